"""The main points of an analysis: its first measure in a box, then the others."""

from typing import Any

from helpers.publication.facts.measure import Measure
from helpers.publication.numbers import Number, Place, escape
from helpers.publication.refs import in_id
from helpers.publication.wording import findings
from helpers.publication.wording.beside.qualified import qualified
from helpers.publication.wording.measure.heading import heading
from helpers.publication.wording.robustness.sure import sure
from helpers.publication.wording.verdicts import attributes, colour, tag, verdict
from helpers.publication.wording.without_result import not_made

NOT_SHOWN_TAG = '<p class="jdl-tag jdl-tag--withheld">Not shown</p>'
#: why an analysis has no main points -> heading, and what it means for a reader
NO_MAIN_POINTS = {
    "few matched": (
        "The result is not a main point of this report",
        "Too many of the people who took part are left out. They may have done better, "
        "or worse, than those who are in the tables.",
    ),
    "few people": (
        "The result is not a main point of this report",
        "So few people can look better or worse by chance alone. Do not use the "
        "numbers in the tables as a finding about the programme.",
    ),
    # what would say why is hidden
    "hidden": (
        "The result is not a main point of this report",
        "Do not use the numbers in the tables as a finding about the programme.",
    ),
}


def main_points(data: dict[str, Any]) -> str:
    """Give a box for the first measure, how sure one can be, the others, and who.

    Where the box stands `alone`, `more_points` has what follows it.
    """
    return f"{_first(data)}{'' if data.get('alone') else more_points(data)}"


def _first(data: dict[str, Any]) -> str:
    """Give the box: the first measure, or that there is no result to tell of."""
    if data["why"] == "poor":
        return not_made.box_of_poor_match(data)
    if data["not_headlined"]:
        return _not_headlined(data)
    return _box(data["measures"][0], data)


def more_points(data: dict[str, Any]) -> str:
    """Give what follows the box: how sure one can be, the other measures, and who."""
    if data["why"] == "poor":
        return not_made.of_poor_match(data, _who(data))
    who = f"<li><p><strong>Who.</strong> {_who(data)}</p></li>"
    if data["not_headlined"]:
        return f'<ul class="jdl-points">{who}</ul>'
    points = "".join(_point(measure, data) for measure in data["measures"][1:])
    return f'{sure(data)}<ul class="jdl-points">{points}{who}</ul>'


def _id(measure: Measure, data: dict[str, Any]) -> str:
    return f"finding-{in_id(data['slug'], measure.outcome)}"


def _box(measure: Measure, data: dict[str, Any]) -> str:
    noun = data["noun"]
    lead, meaning = findings.lead_and_rest(measure, noun)
    big = f'<p class="jdl-finding__big">{lead}</p>' if lead else ""
    for last in (findings.NOT_ZERO, findings.NOTHING):
        meaning = meaning.replace(last, f"<strong>{last}</strong>")
    return (
        f'<div class="jdl-finding jdl-finding--{colour(measure)}" '
        f'id="{_id(measure, data)}" {attributes(measure)}>{tag(measure)}'
        f"<h3>{findings.named(data, heading(measure, noun))}</h3>{big}"
        f"<p>{meaning}{qualified(measure, data)}</p></div>"
    )


def _point(measure: Measure, data: dict[str, Any]) -> str:
    question = escape(measure.question or f"{measure.title}.")
    return (
        f'<li id="{_id(measure, data)}" {attributes(measure)}>{tag(measure)}'
        f"<p><strong>{question}</strong> "
        f"{findings.in_one_line(measure, data['noun'])}"
        f"{qualified(measure, data)}</p></li>"
    )


def _not_headlined(data: dict[str, Any]) -> str:
    heading, means = NO_MAIN_POINTS[data["why"]]
    return (
        '<div class="jdl-finding jdl-finding--withheld" data-verdict="withheld">'
        f"{NOT_SHOWN_TAG}<h3>{findings.named(data, heading)}</h3>"
        f'<p class="jdl-finding__big">{escape(data["not_headlined"])}</p>'
        f"<p><strong>What this means for you.</strong> {means}</p></div>"
    )


def _who(data: dict[str, Any]) -> str:
    noun = escape(data["noun"])
    sizes = (data["n_treatment"], data["n_comparison"])
    place = _at(data["behind"])
    results = [verdict(measure) not in ("withheld", "none")
               for measure in data["measures"]]  # fmt: skip
    # nobody was compared with anybody where no result is a main point
    compared = any(results) and not data["not_headlined"]
    did, to = ("compared", "with") if compared else ("matched", "to")
    others = f"similar {noun}"
    if data["why"] == "poor":
        others = f"{noun} who did not take part, but not closely enough"
    if any(size.state != "shown" for size in sizes):
        text = f"How many {noun} were {did} is hidden to protect people{place}."
    else:
        text = (
            f"{sizes[0].html} {noun} in the programme were {did} {to} "
            f"{sizes[1].html} {others}{place}."
        )
    if not data["some_left_out"]:
        return text
    return f"{text} {left_out(data)}{_why(data['reasons'])}"


def left_out(data: dict[str, Any]) -> str:
    """Say how many of those submitted are not in the analysis."""
    left, submitted = data["left_out"], data["submitted"]
    # whom an analysis does not take need not be what it calls those that it takes
    what = "people in the data" if data["open_data"] else "lines submitted"
    place = _at(data["flow"])
    if _shown(left) and _shown(submitted):
        are = "is" if left.text == "1" else "are"
        return f"{left.html} of the {submitted.html} {what} {are} left out{place}."
    return f"Some of the {what} are left out{place}."


MOST = 3  # reasons that a main point names


def _why(reasons: list[list[Any]]) -> str:
    """Give the reasons that took the most people, as far as they are shown."""
    known = [(label, count) for label, count in reasons if _shown(count)]
    known = sorted(known, key=lambda reason: -reason[1].value)[:MOST]
    if not known:
        return ""
    texts = [
        f"{escape(label[:1].lower() + label[1:])} ({count.html})"
        for label, count in known
    ]
    lead = "The reason" if len(reasons) == 1 else "Among the reasons"
    return f" {lead}: {'; '.join(texts)}."


def _shown(number: Number) -> bool:
    return number.state == "shown"


def _at(place: Place) -> str:
    """Give a reference in brackets; in a notebook, where nothing is numbered, none."""
    return f" ({place.html})" if place.number else ""
