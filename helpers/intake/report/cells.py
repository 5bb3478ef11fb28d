"""The flow of submitted lines as cells: its boxes, and that they add up."""

import pandas as pd

from helpers.intake.cohort.losses import BOXES, SUBMITTED
from helpers.publication import refs
from helpers.publication.cells import Cell, Sum


def count(ref: str, value: int, method: str) -> Cell:
    """Give a number of the flow of submitted lines as a cell."""
    return Cell(ref, value, "count", numerator=value, method=method)


def submitted(lines: int) -> Cell:
    """Give the number of lines that were submitted as a cell."""
    return count(refs.SUBMITTED, lines, "1: every line that was submitted")


def share(of: Cell, submitted: int) -> Cell:
    """Give such a number in per cent of the lines submitted; it is withheld with it."""
    needs = tuple(dict.fromkeys((of.ref, refs.SUBMITTED)))
    value = None if of.value is None else 100 * of.value / submitted
    method, ref = "1: 100 × this count / lines submitted", refs.share(of.ref)
    return Cell(ref, value, "derived", None, None, needs, method, "whole")


def cells(losses: pd.DataFrame) -> tuple[list[Cell], list[Sum]]:
    """Give the numbers of the flow of submitted lines, and the sum that its boxes make.

    Refs `intake.submitted`, `intake.lost`, `intake.box.<slug>`, and the per cent of
    those submitted, `intake.submitted.share` and so on. Which boxes are told together
    in `intake.other_boxes`, and how many, the disclosure decision says. How many go on
    is registered by the matching, which knows whether the report shows it.
    """
    lines = losses.set_index("box")["treatment"].astype(int)
    everyone = int(lines[SUBMITTED])
    found = [
        submitted(everyone),
        count(refs.LOST, int(lines[list(BOXES)].sum()), "1: Σ lines in the boxes"),
    ]
    found += [
        count(refs.box(box), int(lines[box]), "1: the first box that the line fits")
        for box in BOXES
    ]
    rule = "8: Σ lines in the boxes that are hidden"
    found.append(Cell(refs.OTHER_BOXES, None, "count", method=rule))
    found += [share(cell, everyone) for cell in found if cell.ref != refs.LOST]
    return found, [Sum(refs.LOST, tuple(refs.box(box) for box in BOXES))]
