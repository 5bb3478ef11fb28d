"""How many of a report's numbers lie where: counted from those that are shown."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from helpers.request.limits import REASONABLE, WELL

#: of a recipe: the ref under which a count is told, which of a list it counts, and the
#: list, each of it one or several refs
COUNTED, WHICH, OF = "counted_as", "which", "of"

#: the differences of one thing in per cent, or None where any of them is hidden
Sizes = Sequence[float] | None


def _within(low: float, high: float) -> Callable[[Sizes], bool]:
    return lambda sizes: sizes is not None and low < max(map(abs, sizes)) <= high


#: name in a recipe → which of a list are counted
COUNTS: dict[str, Callable[[Sizes], bool]] = {
    "all": lambda sizes: True,
    "alike": _within(-1, WELL),
    "nearly": _within(WELL, REASONABLE),
    "apart": _within(REASONABLE, float("inf")),
    "hidden": lambda sizes: sizes is None,
}


def how_many(
    recipe: Mapping[str, Any], numbers: Mapping[str, float | str | None]
) -> float:
    """Give how many of a list count, from the numbers that are shown alone."""
    counts = COUNTS[recipe[WHICH]]
    return float(sum(counts(_sizes(one, numbers)) for one in recipe[OF]))


def _sizes(
    several: Sequence[Mapping[str, str]], numbers: Mapping[str, float | str | None]
) -> Sizes:
    """Give the differences of one thing; None where any is hidden, or there is none.

    One without a difference, since nobody differs on it, tells nothing by itself.
    """
    names = [one["ref"] for one in several]
    if any(name not in numbers or isinstance(numbers[name], str) for name in names):
        return None
    known = [float(value) for name in names if (value := numbers[name]) is not None]
    return known or None


def counts_in(recipe: Any) -> Iterator[dict[str, Any]]:
    """Give every count that a recipe declares."""
    if isinstance(recipe, dict):
        if COUNTED in recipe:
            yield recipe
            return
        recipe = list(recipe.values())
    if isinstance(recipe, list):
        for value in recipe:
            yield from counts_in(value)
