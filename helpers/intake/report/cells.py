"""The flow of submitted lines as cells: its boxes, and that they add up."""

import pandas as pd

from helpers.intake.cohort.losses import BOXES, SUBMITTED
from helpers.publication import refs
from helpers.publication.cells import Cell, Sum


def box_ref(box: str) -> str:
    """The ref of a box's count."""
    return refs.box(box)


def count(ref: str, value: int, method: str) -> Cell:
    """A number of the flow of submitted lines."""
    return Cell(ref, value, "count", numerator=value, method=method)


def share(of: Cell, submitted: int) -> Cell:
    """A number of the flow in per cent of the lines submitted: withheld with it."""
    needs = tuple(dict.fromkeys((of.ref, refs.SUBMITTED)))
    value, method = 100 * of.value / submitted, "1: 100 × this count / lines submitted"
    return Cell(refs.share(of.ref), value, "derived", needs=needs, method=method)


def cells(losses: pd.DataFrame) -> tuple[list[Cell], list[Sum]]:
    """The numbers of the flow of submitted lines, and that its boxes add up.

    Refs `intake.submitted`, `intake.lost`, `intake.box.<slug>`, and the per cent of
    those submitted, `intake.submitted.share` and so on. How many go on is registered
    by the matching, which knows whether the report shows it.
    """
    lines = losses.set_index("box")["treatment"].astype(int)
    submitted = int(lines[SUBMITTED])
    found = [
        count(refs.SUBMITTED, submitted, "1: every line that was submitted"),
        count(refs.LOST, int(lines[list(BOXES)].sum()), "1: Σ lines in the boxes"),
    ]
    found += [
        count(box_ref(box), int(lines[box]), "1: the first box that the line fits")
        for box in BOXES
    ]
    found += [share(cell, submitted) for cell in found if cell.ref != refs.LOST]
    return found, [Sum(refs.LOST, tuple(box_ref(box) for box in BOXES))]
