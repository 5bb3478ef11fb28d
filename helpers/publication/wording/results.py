"""The published results so far, in words."""

from typing import Any

from helpers.publication.numbers import Number, escape


def placed(data: dict[str, Any]) -> str:
    """Say that the collection is partial, and whether this study is in it."""
    shown = [study for study in data["studies"] if study.state == "shown"]
    where = data["reason"] or (
        "This study is marked among the published results."
        if shown
        else "This study has no result to mark among the published ones."
    )
    return sentences({"sentences": [data["partial"], [where]]})


def sentences(data: dict[str, Any]) -> str:
    """Give sentences given as pieces of text, with numbers where they stand."""
    return "".join(
        "<p>"
        + "".join(p.html if isinstance(p, Number) else escape(p) for p in pieces)
        + "</p>"
        for pieces in data["sentences"]
    )
