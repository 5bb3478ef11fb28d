"""The published results so far, in words."""

from typing import Any

from helpers.publication.numbers import Number
from helpers.publication.wording.verdicts import escape


def sentences(data: dict[str, Any]) -> str:
    """Sentences given as pieces of text, with numbers where they stand."""
    return "".join(
        "<p>"
        + "".join(p.html if isinstance(p, Number) else escape(p) for p in pieces)
        + "</p>"
        for pieces in data["sentences"]
    )
