"""Where a sentence on a result stands, whom it is about, and how it is cited."""

from typing import Any

from helpers.publication.numbers import escape
from helpers.publication.refs import in_id
from helpers.publication.wording.request_texts import day, edition
from helpers.request import AnyRequest


def anchor(data: dict[str, Any]) -> str:
    """Give where what may be said of an analysis, or of a measure of it, stands.

    It is made of their names alone, and so the same in every edition.
    """
    measure = data.get("measure")
    name = in_id(data["slug"], measure.outcome) if measure else data["slug"]
    return f"say-{name}"


def source(request: AnyRequest) -> dict[str, str]:
    """Give what to write of the report when a sentence of it is cited."""
    return {
        "title": request.title,
        "organisation": request.organisation.name,
        "published": day(request.publication.date),
        "edition": edition(request.publication.edition),
    }


def cite(source: dict[str, str], at: str) -> str:
    """Give what to write when a sentence is cited, which ends with a link to it.

    `source` is what `source` gives of the request.
    """
    words = [source[name] for name in ("title", "organisation")]
    named = ", ".join(escape(text) for text in words)
    return f"{named}, {source['published']}, {source['edition']}, {link(at, f'#{at}')}"


def compared(data: dict[str, Any]) -> str:
    """Say whom a finding is about, which by itself names no analysis, as HTML."""
    noun, programme = escape(data["noun"]), escape(data["programme"])
    return (
        f"In the analysis “{escape(data['analysis'])}”, {noun} with {programme} were "
        f"compared with similar {noun} without it."
    )


def link(at: str, text: str) -> str:
    """Give a link to a sentence, whose name is code: a digit in it counts nothing."""
    return f'<a href="#{at}"><code>{text}</code></a>'
