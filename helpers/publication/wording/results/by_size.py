"""What the figure of effects by size of the treatment group holds, in words."""

from typing import Any

from helpers.publication.numbers import Number

CHANCE = (
    "The fewer people an analysis is about, the more its difference moves by chance: a "
    "large difference among few people is weaker evidence than the same difference "
    "among many. The figure does not show whether larger programmes work better."
)


def of_collected(part: Number, whole: Number, what: str) -> str:
    """Give "3 of the 30 results collected are in this figure", as `what` ends it.

    `what` is as of several results: it begins with "are" or "were".
    """
    verb, rest = what.split(" ", 1)
    if part.value == whole.value:
        if part.value == 1:
            return f"The {part.html} result collected {_one(verb)} {rest}"
        return f"All {part.html} results collected {verb} {rest}"
    verb = _one(verb) if part.value == 1 else verb
    return f"{part.html} of the {whole.html} results collected {verb} {rest}"


def _one(verb: str) -> str:
    return {"are": "is", "were": "was", "have": "has"}[verb]


def by_size(data: dict[str, Any]) -> str:
    """Say how many results the figure holds, what chance does, and where this study is.

    `alone` tells that there is no study that could be in it.
    """
    drawn, collected = data["drawn"], data["all"]
    if not drawn.value:
        return (
            "<p>There is no figure by size of the treatment group: none of the results "
            "collected has both a known size and a known difference.</p>"
        )
    said = of_collected(drawn, collected, "are in the figure")
    if drawn.value < collected.value:
        others = "other" if collected.value - drawn.value == 1 else "others"
        said += f". The size or the difference of the {others} is not known"
    own = "" if data["alone"] else _studies(data["studies"])
    return f"<p>{said}.</p><p>{CHANCE}{own}</p>"


def _studies(studies: list[dict[str, Number]]) -> str:
    """Say whether this study's results are marked in the figure."""
    marked = [s for s in studies if all(n.state == "shown" for n in s.values())]
    if not marked:
        return " This study has no result to mark in the figure."
    if len(marked) == 1:
        return " This study’s result is in the figure: a ring and a line mark it."
    return " This study’s results are in the figure: a ring and a line mark each."
