"""What is withheld: the primary rule on counts and complements, and what follows."""

from collections.abc import Iterable
from dataclasses import dataclass

from helpers.publication.cells import EXEMPT, Cell, Sum, by_ref


@dataclass(frozen=True)
class Decision:
    """Released numbers by ref, and the rule by which each other one is withheld."""

    released: dict[str, float | str | None]
    withheld: dict[str, str]


def _unsafe(count: int | None, profile: str, threshold: int) -> bool:
    if count is None:
        return False
    lowest = 1 if profile == "ministry" else 0
    return lowest <= count < threshold


def _primary(cell: Cell, profile: str, threshold: int) -> str | None:
    """Give the rule by which a cell is withheld for its own counts (section 8)."""
    if cell.kind in EXEMPT or cell.value is None:
        return None
    people = cell.numerator
    if people is None and cell.kind == "count":
        people = round(float(cell.value))
    if _unsafe(people, profile, threshold):
        return "fewer people than the threshold"
    if cell.denominator is None:
        return None
    if cell.kind != "count" and _unsafe(cell.denominator, profile, threshold):
        return "a group smaller than the threshold"
    # all but a few having a value says nothing of those few; all but a few having an
    # attribute does
    others = (
        None if cell.kind == "mean" or people is None else cell.denominator - people
    )
    if _unsafe(others, profile, threshold):
        return "all but fewer people than the threshold"
    return None


def _follow(cells: dict[str, Cell], withheld: dict[str, str]) -> bool:
    """Withhold every number that needs a withheld one; whether any was added."""
    added = False
    for cell in cells.values():
        if cell.ref in withheld or cell.kind in EXEMPT:
            continue
        if any(name in withheld for name in cell.needs):
            withheld[cell.ref] = "would give a withheld number away"
            added = True
    return added


def _complete(
    cells: dict[str, Cell], sums: Iterable[Sum], withheld: dict[str, str]
) -> bool:
    """Withhold another number of a sum in which one alone is withheld.

    The smallest other part goes first, then the total, the size of an analysis last.
    """

    def cost(name: str, total: str) -> tuple[int, float, str]:
        kept = 1 if name == total else 2 if name.endswith(".n_treatment") else 0
        return kept, float(cells[name].value), name

    added = False
    for line in sums:
        names = (line.total, *line.parts)
        others = [n for n in names if n not in withheld and cells[n].value]
        if sum(name in withheld for name in names) != 1 or not others:
            continue
        cheapest = min(others, key=lambda name: cost(name, line.total))
        withheld[cheapest] = "would give a withheld number away by subtraction"
        added = True
    return added


def release(
    cells: Iterable[Cell], sums: Iterable[Sum], *, profile: str, threshold: int
) -> Decision:
    """Decide once over the whole report what is released.

    `profile` is `default` (counts from 0 to threshold - 1 are unsafe), `ministry`
    (from 1) or `none` (open data and made-up people only). A count of zero that is
    a part of a sum is an empty box of the flow: nobody is in it, it may be shown.
    """
    known, sums = by_ref(cells), list(sums)
    withheld: dict[str, str] = {}
    if profile != "none":
        empty = {
            name
            for total in sums
            for name in total.parts
            if name in known and known[name].kind == "count" and not known[name].value
        }
        for cell in known.values():
            rule = _primary(cell, profile, threshold)
            if rule and cell.ref not in empty:
                withheld[cell.ref] = rule
        while _follow(known, withheld) or _complete(known, sums, withheld):
            pass
    released = {
        name: cell.value for name, cell in known.items() if name not in withheld
    }
    return Decision(released, withheld)
