"""What the provider may say of the findings in its own publications, as Markdown.

The sentences are those of the page, led in by whom they are about, with what stands
behind each, and made by the same functions from the same released numbers.
"""

from collections.abc import Iterator
from typing import Any

from helpers.publication.facts.resolve import resolve
from helpers.publication.numbers import escape
from helpers.publication.report.forms.escaped import own, text
from helpers.publication.report.forms.written import Written
from helpers.publication.wording import request_texts
from helpers.publication.wording.claims.cite import anchor, compared
from helpers.publication.wording.claims.claims import (
    NO_EVIDENCE,
    Claims,
    behind,
    claims,
    nothing_made_of,
)
from helpers.publication.wording.claims.shown import place
from helpers.publication.wording.without_result import hidden
from helpers.request import Request

NAME = "claims.md"
HOW = (
    "What stands under “You may say” may be used word for word. Leave nothing out of "
    "it, and give the numbers and the source with it. What does not stand there may "
    "not be claimed as a finding of this report."
)
NO_FINDING = "Nothing may be claimed as a finding of this report."
NO_ONE = "All the people are made up, so nothing here may be said of any real service."
REPLACES = "This is the {} of the report. It replaces the {}, whose sentences may "
NO_MORE = "no longer be used."
CAN, NOTHING, CANNOT = (
    "You may say", "Nothing may be claimed", "You may not say",
)  # fmt: skip


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
    request, lines = contents.request, []
    for words, data in resolved:
        told = {"hidden": _hidden, "not_made": _not_made}.get(words, _told)
        lines += told(data, request)
    how = HOW if f"### {CAN}" in lines else NO_FINDING
    return {NAME: "\n\n".join([*_head(request), how, *lines]) + "\n"}


def _head(request: Request) -> Iterator[str]:
    """Give whose report it is, which edition, and whether its people are made up."""
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


def _told(data: dict[str, Any], request: Request) -> Iterator[str]:
    """Give what may be said on a measure with what stands behind it, and what not."""
    told, at = claims(data), anchor(data)
    yield f"## {text(told.title)}"
    yield f"### {NOTHING if told.nothing else CAN}"
    of_measure = bool(data.get("measure")) and not told.nothing
    about = f"{compared(data)} " if of_measure else ""
    yield f"> {text(f'{about}{told.can}')}"
    numbers = behind(data) if of_measure else {}
    facts = {text(name): text(words) for name, words in numbers.items()}
    if not told.nothing and request.programme.period:
        facts["Period"] = own(request.programme.period)
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
    yield from _nothing(told, _source(data, request, "main-points"))


def _hidden(data: dict[str, Any], request: Request) -> Iterator[str]:
    """Say of an analysis whose numbers are all hidden that nothing may be claimed."""
    cannot = nothing_made_of(request.programme.label)
    told = Claims(escape(data["analysis"]), hidden.SAY, cannot, NO_EVIDENCE)
    yield from _nothing(told, _source(data, request, anchor(data)))


def _nothing(told: Claims, source: str) -> Iterator[str]:
    """Say that nothing may be claimed, and what the page has no place for: what not."""
    yield f"## {text(told.title)}"
    yield f"### {NOTHING}"
    yield f"> {text(told.can)}"
    yield _items({"Source": source})
    yield f"### {CANNOT}"
    yield "\n".join(f"- {text(one.text)}." for one in told.cannot)
    yield f"**Why:** {text(told.end)}"


def _source(data: dict[str, Any], request: Request, at: str) -> str:
    """Give the report, the analysis, the measure and where the sentence stands."""
    measure, publication = data.get("measure"), request.publication
    named = [
        f"“{own(request.title)}”",
        own(request.organisation.name),
        f"published {request_texts.day(publication.date)}",
        request_texts.edition(publication.edition),
        f"analysis “{own(data['analysis'])}”",
        *([f"measure “{own(measure.title)}”"] if measure else []),
        f"`#{at}`",
    ]
    return ", ".join(named)


def _items(facts: dict[str, str]) -> str:
    """Give names and values as a list."""
    return "\n".join(f"- **{name}:** {value}" for name, value in facts.items())
