"""Numbers about people, rounded once: when they are registered.

What is decided, drawn and published afterwards is made from the rounded numbers alone,
so that nothing can be worked out from digits that nobody sees.

Profile `rounded` rounds counts too, and derives from rounded counts what follows from
them: the share of a group that has a level or an outcome, where its people count the
same, shares of two counts, and standardised differences of such shares. Weighted shares
and means stay, and are rounded as printed; what the difference of two rates is then,
`shift` tells.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace

from helpers.publication import refs
from helpers.publication.cells import Cell
from helpers.publication.disclosure.rules import PRECISIONS, Profile, to_step

#: kinds of number about people that are no count
ABOUT_PEOPLE = ("rate", "mean", "derived")


def as_registered(
    cells: Iterable[Cell], profile: Profile | None, known: Mapping[str, Cell]
) -> list[Cell]:
    """Give cells as they are registered: every number about people as it is printed.

    Without a profile (`none`, for open data and made-up people) each keeps its digits.
    `known` are cells registered earlier, whose counts may be part of a share. Raises
    ValueError for numbers of no precision, and for shares and means of no people.
    """
    found = list(cells)
    problems = _problems(found, profile)
    if problems:
        raise ValueError("; ".join(problems))
    if profile is None:
        return found
    if profile.round_to > 1:
        known = {**known, **{cell.ref: cell for cell in found}}
        found = [_of_rounded_counts(cell, profile.round_to, known) for cell in found]
    return [_rounded(cell) for cell in found]


def _problems(cells: list[Cell], profile: Profile | None) -> list[str]:
    # what has no value has no digits to be told by either
    about = [
        c
        for c in cells
        if c.kind in ABOUT_PEOPLE and not isinstance(c.value, str | None)
    ]
    unknown = [c.ref for c in about if c.rounding not in PRECISIONS]
    exact = [c.ref for c in about if c.rounding == "exact" and profile]
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
    return [f"cell {', '.join(refs)}: {what}" for what, refs in wrong.items() if refs]


def _rounded(cell: Cell) -> Cell:
    if cell.kind not in ABOUT_PEOPLE or not isinstance(cell.value, float):
        return cell
    return replace(cell, value=PRECISIONS[cell.rounding](cell.value))


# counts rounded, and what follows from them ---------------------------------------


def shift(share: float, people: int, step: int) -> float:
    """Tell by how much the share of a group, in per cent, moves with rounded counts."""
    whole = to_step(people, step)
    having = round(share * people / 100) if whole else 0
    return 100 * to_step(having, step) / whole - share if whole else 0.0


def _of_rounded_counts(cell: Cell, step: int, known: Mapping[str, Cell]) -> Cell:
    value = cell.value
    if not isinstance(value, float):
        return cell
    if cell.kind == "count":
        return replace(cell, value=to_step(value, step))
    if cell.ref.endswith(("smd_before", "smd_after")):
        return _of_printed_shares(cell, step, known)
    if cell.rounding == "effective size":
        return replace(cell, value=to_step(_rounded(cell).value, step))
    for part, parts in _counts(cell, known):
        whole = sum(to_step(count, step) for count in parts)
        if whole and _same(value, 100 * part / sum(parts), cell.rounding):
            return replace(cell, value=100 * to_step(part, step) / whole)
    return cell


def _of_printed_shares(cell: Cell, step: int, known: Mapping[str, Cell]) -> Cell:
    """Give a level's standardised difference from shares of rounded counts."""
    base = cell.ref.rpartition(".")[0]
    when = "_before" if cell.ref.endswith("before") else ""
    ends = ("_before", when or "_after")
    names = ("mean_treatment_before", "mean_comparison_before",
             f"mean_treatment{when}", f"mean_comparison{ends[1]}")  # fmt: skip
    rows = [known.get(refs.within(base, name)) for name in names]
    if any(row is None or row.kind != "rate" or row.value is None for row in rows):
        return cell
    p, q, ours, theirs = (
        _rounded(_of_rounded_counts(row, step, known)).value / 100 for row in rows
    )
    s = math.sqrt((p * (1 - p) + q * (1 - q)) / 2)
    return replace(cell, value=100 * (ours - theirs) / s if s else None)


def _counts(cell: Cell, known: Mapping[str, Cell]) -> list[tuple[int, list[int]]]:
    """Give the counts of which a number may be the share: part, parts of the whole."""
    if cell.kind == "rate":
        return [(cell.numerator, [cell.denominator])]
    needs = [known[name] for name in cell.needs if name in known]
    if cell.kind != "derived" or [need.kind for need in needs] != ["count", "count"]:
        return []
    part, other = (need.numerator for need in needs)
    return [(part, [other]), (part, [part, other])]


def _same(value: float, share: float, precision: str) -> bool:
    # a stage may have rounded it already; a weighted share is another one
    printed = PRECISIONS[precision](share)
    return value == printed or math.isclose(value, share, rel_tol=1e-8)
