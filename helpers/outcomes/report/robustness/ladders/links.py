"""What the sizes of the linkage ladder tell of the flow of lines, by subtraction.

The report shows how many lines were found in each way and how many wait. Beside these
the size of a rung tells how many of them it has not; beside the size of the headline,
how many people it has more or less. None of it is shown, and small ones are protected.
"""

from collections.abc import Iterator

import pandas as pd

from helpers.intake.cohort.losses import DUPLICATE, UNUSABLE
from helpers.publication import refs
from helpers.publication.cells import Cell, Sum
from helpers.runs.run import Run

NUMBER = refs.within(refs.LINKED, "number")
#: what a whole has beside the parts that are counted elsewhere
METHOD = {
    "found_otherwise": "1: people analysed − those of them found by an id",
    "id_lost": "1: lines found by an id − people found by an id and analysed",
    "otherwise_lost": "1: lines found otherwise − people found otherwise and analysed",
    "taken_in": "1: people analysed with the likeliest candidates − without",
    "review_lost": "1: lines that wait − people taken in",
    "lost": "1: lines found or waiting − people analysed with the likeliest candidates",
}


def told(run: Run, rungs: pd.DataFrame) -> tuple[list[Cell], list[Sum]]:
    """Give the numbers that follow from the sizes of the rungs, and their sums.

    `rungs` are what the matching of each came to; one without a match tells nothing.
    """
    known = {name: cell.numerator for name, cell in run.cells.items()}
    found: list[Cell] = []
    sums: list[Sum] = []
    for row in rungs[rungs["why"] == ""].itertuples(index=False):
        base = refs.rung(row.analysis, row.variant)
        main = refs.of(row.analysis, "n_treatment")
        for whole, parts, rest in _shares(row.variant, base, main):
            ref = refs.within(base, rest)
            if not {whole, *parts} <= set(known):
                continue
            left = known[whole] - sum(known[name] for name in parts)
            if left >= 0:  # else people went either way, and it is no count of them
                known[ref] = left
                found.append(Cell(ref, left, "count", left, method=METHOD[rest]))
                sums.append(Sum(whole, (*parts, ref)))
    return found, sums


def _shares(
    variant: str, base: str, main: str
) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Give a whole, parts of it, and what the rest of it is called."""
    n, boxes = refs.within(base, "n_treatment"), map(refs.box, (UNUSABLE, DUPLICATE))
    if variant == "links_id":
        otherwise = refs.within(base, "found_otherwise")
        yield main, (n,), "found_otherwise"
        yield NUMBER, (n,), "id_lost"
        yield refs.LINKED, (NUMBER, otherwise), "otherwise_lost"
    if variant == "links_likely":
        yield n, (main,), "taken_in"
        yield refs.UNDER_REVIEW, (refs.within(base, "taken_in"),), "review_lost"
        yield refs.SUBMITTED, (*boxes, refs.NOT_FOUND, n), "lost"
