"""What is hidden for its own counts, and what follows from a hidden number."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from helpers.publication.cells import EXEMPT, Cell, Sum
from helpers.publication.disclosure.rules import (
    DEGREES_OF_FREEDOM,
    LARGEST_TWO,
    OTHERS_TO_LARGEST,
    Profile,
)


def primary(cell: Cell, rule: Profile) -> str | None:
    """Give the rule by which a cell is withheld for its own counts (section 8)."""
    if cell.kind in EXEMPT or cell.value is None:
        return None
    if cell.freedom is not None and cell.freedom < DEGREES_OF_FREEDOM:
        return "degrees of freedom"
    people = cell.numerator
    if people is not None and rule.unsafe(people):
        return "few people"
    if cell.denominator is None:
        return None
    if cell.kind != "count" and rule.unsafe(cell.denominator):
        return "group too small"
    if cell.largest is not None and _dominated(*cell.largest):
        return "dominance"
    # all but a few having a value says nothing of those few; all but a few having an
    # attribute does
    if cell.kind == "mean" or people is None:
        return None
    return "complement" if rule.unsafe(cell.denominator - people) else None


def _dominated(two: float, others: float) -> bool:
    """Tell whether one or two people make up most of a total (`cells.of_largest`)."""
    return two > LARGEST_TWO or others < OTHERS_TO_LARGEST


def follow(cells: Mapping[str, Cell], withheld: dict[str, str]) -> None:
    """Withhold every number that needs a withheld one, and what needs that."""
    needed_by: dict[str, list[str]] = {}
    for cell in cells.values():
        if cell.kind not in EXEMPT:
            for name in cell.needs:
                needed_by.setdefault(name, []).append(cell.ref)
    todo = list(withheld)
    while todo:
        for ref in needed_by.get(todo.pop(), ()):
            if ref not in withheld:
                withheld[ref] = "needs"
                todo.append(ref)


def empty_parts(cells: Mapping[str, Cell], sums: Iterable[Sum]) -> set[str]:
    """Give parts of sums that nobody is in: they may be shown, since nobody is."""
    return {
        name
        for total in sums
        for name in total.parts
        if name in cells and cells[name].kind == "count" and not cells[name].numerator
    }


def complete(
    cells: Mapping[str, Cell], sums: Iterable[Sum], withheld: dict[str, str]
) -> None:
    """Withhold the smallest other share of a sum of shares that lacks one alone."""
    for one in sums:
        parts = [name for name in one.parts if cells[name].kind == "rate"]
        gone = [name for name in parts if name in withheld]
        others = [name for name in parts if name not in withheld]
        if len(gone) == 1 and others:
            withheld[min(others, key=lambda n: (float(cells[n].value), n))] = "sum"


def costs(
    cells: Mapping[str, Cell],
    used: Collection[str],
    kept: Sequence[str],
    rank: Callable[[str], int],
) -> Callable[[str], tuple[int, int, str]]:
    """Give what hiding a count costs: its rank, then how many numbers vanish with it.

    `used` are the refs that the report shows; `kept` the analyses, those that are kept
    longest first; `rank` tells what a count is within its analysis, or in the flow.
    """
    needed_by: dict[str, int] = {}
    for cell in cells.values():
        if cell.ref in used:
            for name in cell.needs:
                needed_by[name] = needed_by.get(name, 0) + 1
    place = {name: len(kept) - i for i, name in enumerate(kept)}

    def cost(ref: str) -> tuple[int, int, str]:
        vanish = needed_by.get(ref, 0) + (ref in used)
        if not vanish:
            return (-1, 0, ref)
        return rank(ref), place.get(ref.partition(".")[0], 0) * 100 + vanish, ref

    return cost
