"""What the provider may say of the findings in its own publications, as Markdown.

The sentences are those of the page, with what stands behind each, and made by the same
functions from the same released numbers.
"""

from collections.abc import Iterator
from typing import Any

from helpers.publication.facts.resolve import resolve
from helpers.publication.report.forms.escaped import own, text
from helpers.publication.report.forms.written import Written
from helpers.publication.wording import request_texts
from helpers.publication.wording.claims.cite import anchor
from helpers.publication.wording.claims.claims import Claims, behind, claims
from helpers.publication.wording.claims.shown import place
from helpers.publication.wording.without_result import hidden
from helpers.request import Request

NAME = "claims.md"
HOW = (
    "Each sentence below may be used as it stands, with what stands behind it. Leave "
    "nothing out of a sentence, and name the source with it. What no sentence here "
    "says may not be claimed as a finding of this report."
)
NO_ONE = "All the people are made up, so nothing here may be said of any real service."
REPLACES = "This is the {} of the report. It replaces the {}, whose sentences may "
NO_MORE = "no longer be used."
CAN, NOTHING, CANNOT = (
    "You may say", "Nothing may be claimed", "You may not say",
)  # fmt: skip
NO_PERIOD = "not given"


def files(report: Written) -> dict[str, str | bytes]:
    """Give the file of claims; none of a summary of published results."""
    contents = report.contents
    if contents.request.alone:
        return {}
    resolved = [
        (part.recipe["words"], resolve(part.recipe["data"], contents.decision.released))
        for part in contents.parts
        if part.section == "can-say" or part.recipe.get("words") == "not_made"
    ]
    if any(words != "not_made" for words, _ in resolved):
        resolved = [one for one in resolved if one[0] != "not_made"]
    lines = [*_head(contents.request)]
    for words, data in resolved:
        told = {"hidden": _hidden, "not_made": _not_made}.get(words, _told)
        lines += told(data, contents.request)
    return {NAME: "\n\n".join(lines) + "\n"}


def _head(request: Request) -> Iterator[str]:
    """Give whose report it is, which edition, and how sentences may be used."""
    publication = request.publication
    yield f"# What may be said: {own(request.title)}"
    yield _items({
        "Organisation": own(request.organisation.name),
        "Programme": own(request.programme.name),
        "Published": request_texts.day(publication.date),
        "Edition": request_texts.edition(publication.edition),
        "Status": own(request_texts.status(request)),
        "Contact": own(publication.contact),
    })  # fmt: skip
    if publication.edition > 1:
        now, before = (request_texts.edition(publication.edition - n) for n in (0, 1))
        yield REPLACES.format(now, before) + NO_MORE
    if request.inputs.made_up:
        yield NO_ONE
    yield HOW


def _told(data: dict[str, Any], request: Request) -> Iterator[str]:
    """Give what may be said on a measure with what stands behind it, and what not."""
    told, at = claims(data), anchor(data)
    yield f"## {text(told.title)}"
    yield f"### {NOTHING if told.nothing else CAN}"
    yield f"> {text(told.can)}"
    numbers = {} if told.nothing or not data.get("measure") else behind(data)
    facts = {text(name): text(words) for name, words in numbers.items()}
    if not told.nothing:
        facts["When people were supported"] = own(request.programme.period or NO_PERIOD)
    yield _items(facts | {"Source": _source(data, request, at)})
    yield f"### {CANNOT}"
    yield "\n".join(_cannot(told, at))


def _cannot(told: Claims, at: str) -> Iterator[str]:
    for one in told.cannot:
        why = f" **Why:** {text(one.why[:1].upper() + one.why[1:])}" if one.why else ""
        yield f"- {text(one.text)}.{why} (`#{place(at, one)}`)"
    if told.end:
        yield f"\n**Why:** {text(told.end)}"


def _not_made(data: dict[str, Any], request: Request) -> Iterator[str]:
    """Say the same of an analysis that could not be made, where no report had claims.

    Then the page has no section of them, and the main points say why.
    """
    known = {"programme": request.programme.label}
    told = claims(data | known)
    yield f"## {text(told.title)}"
    yield f"### {NOTHING}"
    yield f"> {text(told.can)}"
    yield _items({"Place in the report": "`#main-points`"})
    yield f"### {CANNOT}"
    yield "\n".join(f"- {text(one.text)}." for one in told.cannot)
    yield f"**Why:** {text(told.end)}"


def _hidden(data: dict[str, Any], _: Request) -> Iterator[str]:
    """Say of an analysis whose numbers are all hidden that nothing may be claimed."""
    yield f"## {own(data['analysis'])}"
    yield f"### {NOTHING}"
    yield f"> {text(hidden.SAY)}"
    yield _items({"Place in the report": f"`#{anchor(data)}`"})


def _source(data: dict[str, Any], request: Request, at: str) -> str:
    """Give the report, the analysis, the measure and where the sentence stands."""
    source, measure = data["source"], data.get("measure")
    named = [
        f"“{own(source['title'])}”",
        own(source["organisation"]),
        f"published {source['published']}",
        source["edition"],
        f"analysis “{own(data['analysis'])}”",
        *([f"measure “{own(measure.title)}”"] if measure else []),
        f"`#{at}`",
    ]
    return ", ".join(named)


def _items(facts: dict[str, str]) -> str:
    """Give names and values as a list."""
    return "\n".join(f"- **{name}:** {value}" for name, value in facts.items())
