"""What can and cannot be said as it stands on the page, each sentence to be cited."""

from typing import Any

from helpers.publication.facts.measure import Measure
from helpers.publication.numbers import escape
from helpers.publication.wording.claims.cite import anchor, cite
from helpers.publication.wording.claims.claims import Cannot, Claims, claims
from helpers.publication.wording.number_words import in_words
from helpers.publication.wording.verdicts import verdict

#: what a verdict lets one say, where it is no decrease and no increase
IN_BRIEF = {
    "inconclusive": "cannot tell yet",
    "untested": "too few to tell",
    "open": "cannot tell",
    "withheld": "nothing can be said",
    "none": "nothing can be said",
}
SIDES = {"days": ("shorter", "longer"), "amount": ("lower", "higher")}
NOTHING, NOT_MADE = "nothing can be said", "could not be analysed"


def can_say(data: dict[str, Any]) -> str:
    """Say what may be claimed on one measure, and what may not."""
    told, at = claims(data), anchor(data)
    can = ""
    if "source" in data:  # an analyst's notebook has none as yet
        can = _behind(f"Cite this{_of(told)}", f"<p>{cite(data['source'], at)}</p>")
    cannot = _behind(f"Link to these{_of(told)}", _links(told, at), " jdl-cite--links")
    return (
        f'<h3>{told.title}</h3><div class="jdl-say"><div><h4>What you can say</h4>'
        f'{can}<p id="{at}">{told.can}</p></div><div><h4>What you cannot say</h4>'
        f"{cannot}{_cannot(told, at)}</div></div>"
    )


def _behind(line: str, markup: str, kind: str = "") -> str:
    """Give what to write when a sentence is cited, behind a small line of its own."""
    return (
        f'<details class="jdl-cite{kind}"><summary>{line}</summary>{markup}</details>'
    )


def _of(told: Claims) -> str:
    """Say to a screen reader on what, since each measure has such a line."""
    return f'<span class="jdl-heard"> ({told.title})</span>'


def _links(told: Claims, at: str) -> str:
    """Give a link to each sentence that may not be said, by its own words."""
    items = "".join(
        f'<li><a href="#{place(at, one)}">{one.text}</a></li>' for one in told.cannot
    )
    return f"<ul>{items}</ul>"


def place(at: str, one: Cannot) -> str:
    """Give where a sentence stands that may not be said; `at` is where its measure."""
    return f"cannot-{at}-{one.name}"


def _cannot(told: Claims, at: str) -> str:
    items = "".join(
        f'<li id="{place(at, one)}">{sentence(one)}</li>' for one in told.cannot
    )
    return f"<ul>{items}</ul>" + (f"<p>{told.end}</p>" if told.end else "")


def sentence(one: Cannot) -> str:
    """Give what may not be said as the page has it."""
    return f"{one.text}: {one.why}" if one.with_why else f"{one.text}."


def line(data: dict[str, Any]) -> str:
    """Give in a few words what may be said: "How often: cannot tell yet".

    With `whose`, the line names the analysis; of several measures it says how many
    show a difference.
    """
    whose = [escape(data["analysis"])] if data["whose"] else []
    if data.get("reason"):
        return ": ".join([*whose, NOT_MADE])
    if data.get("not_headlined"):
        return ": ".join([*whose, NOTHING])
    if len(data.get("measures", [])) > 1:
        return ": ".join([*whose, _of_several(data["measures"])])
    measure = data["measure"]
    asked = measure.question.removesuffix(".") or measure.title
    if whose:
        asked = f"{asked[:1].lower()}{asked[1:]}"
    return f"{', '.join([*whose, escape(asked)])}: {_in_brief(measure)}"


def _of_several(measures: list[Measure]) -> str:
    """Say what several measures come to, where they come to the same; else how many."""
    clear = sum(verdict(measure) in ("decrease", "increase") for measure in measures)
    if not clear:
        same = {IN_BRIEF[verdict(measure)] for measure in measures}
        return same.pop() if len(same) == 1 else "nothing clear can be said"
    every = in_words(len(measures))
    count = f"{in_words(clear)} of {every}"
    if clear == len(measures):
        count = "both" if clear == 2 else f"all {every}"
    return f"{count} measures show{'s' if clear == 1 else ''} a difference"


def _in_brief(measure: Measure) -> str:
    found = verdict(measure)
    less, more = SIDES.get(measure.kind, ("fewer", "more"))
    return {"decrease": less, "increase": more}.get(found) or IN_BRIEF[found]
