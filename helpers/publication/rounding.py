"""Numbers about people, rounded once: when they are registered.

What is decided, drawn and published afterwards is made from the rounded numbers alone,
so that nothing can be worked out from digits that nobody sees.
"""

from collections.abc import Iterable
from dataclasses import replace

from helpers.publication.cells import Cell
from helpers.publication.disclosure.rules import PRECISIONS

#: kinds of number about people that are no count
ABOUT_PEOPLE = ("rate", "mean", "derived")


def as_registered(cells: Iterable[Cell], profile: str) -> list[Cell]:
    """Give cells as they are registered: every number about people as it is printed.

    With profile `none` (open data and made-up people) each keeps its digits. Raises
    ValueError for numbers of no precision, and for shares and means of no people.
    """
    found = list(cells)
    problems = _problems(found, profile)
    if problems:
        raise ValueError("; ".join(problems))
    if profile == "none":
        return found
    return [_rounded(cell) for cell in found]


def _problems(cells: list[Cell], profile: str) -> list[str]:
    about = [
        c for c in cells if c.kind in ABOUT_PEOPLE and not isinstance(c.value, str)
    ]
    unknown = [c.ref for c in about if c.rounding not in PRECISIONS]
    exact = [c.ref for c in about if c.rounding == "exact" and profile != "none"]
    nobody = [
        c.ref
        for c in about
        if c.kind != "derived" and None in (c.numerator, c.denominator)
    ]
    wrong = {
        f"its rounding must be one of {', '.join(PRECISIONS)}": unknown,
        "it would be published with all its digits; name its rounding": exact,
        "a cell without people; give its numerator and denominator": nobody,
    }
    return [f"{', '.join(refs)}: {what}" for what, refs in wrong.items() if refs]


def _rounded(cell: Cell) -> Cell:
    if cell.kind not in ABOUT_PEOPLE or not isinstance(cell.value, float):
        return cell
    return replace(cell, value=PRECISIONS[cell.rounding](cell.value))
