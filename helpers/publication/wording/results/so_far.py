"""The published results so far, in words."""

from typing import Any

from helpers.publication.numbers import pieces


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
    """Give sentences given as pieces: text, numbers, and places to look at."""
    return "".join(f"<p>{pieces(parts)}</p>" for parts in data["sentences"])
