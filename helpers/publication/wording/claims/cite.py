"""Where a sentence on a result stands, and what to write when it is cited."""

from typing import Any

from helpers.publication.numbers import escape
from helpers.publication.refs import in_key


def anchor(data: dict[str, Any]) -> str:
    """Give where what may be said of an analysis, or of a measure of it, stands.

    It is made of their names alone, and so the same in every edition.
    """
    measure = data.get("measure")
    name = f"{data['slug']}-{in_key(measure.outcome)}" if measure else data["slug"]
    return f"say-{name.replace('_', '-').lower()}"


def cite(source: dict[str, str], at: str) -> str:
    """Give what to write when a sentence is cited, which ends with a link to it.

    `source` has title, organisation, date and edition of the report.
    """
    words = [source[name] for name in ("title", "organisation")]
    named = ", ".join(escape(text) for text in words)
    return f"{named}, {source['published']}, {source['edition']}, {link(at, f'#{at}')}"


def link(at: str, text: str) -> str:
    """Give a link to a sentence, whose name is code: a digit in it counts nothing."""
    return f'<a href="#{at}"><code>{text}</code></a>'
