"""How submitted lines were found in the records: its numbers and table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from helpers.intake.cohort.losses import NOT_LINKED, UP_TO_LINKAGE
from helpers.intake.linkage import passes
from helpers.intake.linkage.review import ACCEPTED
from helpers.intake.report import cells
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.cells import Cell, Sum
from helpers.runs.run import Run

if TYPE_CHECKING:
    from helpers.intake.linkage.link import Linkage

LINKED, REVIEW, UNFOUND = refs.LINKED, refs.UNDER_REVIEW, refs.NOT_FOUND
#: why the flow of lines has more that were not found than this table
UNDECIDED = (
    "The rest of this report counts lines about which a person has still to decide "
    "among those not found."
)
#: the rows of the table, and what a reader is told of each; a pass says which is its
#: own (`told_as`)
WAYS = {
    "number": "A PNC id or prison number, and two of surname, forename and date of "
    "birth",
    "exact": "The same names and date of birth",
    "near": "Nearly the same names or date of birth, or a person decided",
}


def register(run: Run, linkage: Linkage, lines: pd.DataFrame) -> None:
    """Register how many lines were found and how, of all lines of the list.

    How many were not found, and how many wait for a decision, make up the box
    NOT_LINKED.
    """
    passed = linkage.links["passed"].str.removesuffix(passes.BY_ALIAS)
    told = passed.map(_told_as())
    usable, waiting = lines["left_out"].isna().sum(), linkage.review["line"].nunique()
    count, submitted = cells.count, cells.submitted(len(lines))
    ways = [
        count(refs.within(LINKED, name), int((told == name).sum()), f"1: links: {text}")
        for name, text in WAYS.items()
    ]
    linked = Cell(
        LINKED, len(passed), "count", len(passed), len(lines),
        method="1: lines with a link to the records",
    )  # fmt: skip
    left = [
        count(REVIEW, waiting, "1: lines with candidates for a person to decide on"),
        count(UNFOUND, usable - len(passed) - waiting, "1: lines without a candidate"),
    ]
    found = [linked, *ways, *left]
    parts = [refs.box(box) for box in UP_TO_LINKAGE]
    run.register(
        [submitted, *found, *(cells.share(cell, len(lines)) for cell in found)],
        [
            Sum(LINKED, tuple(cell.ref for cell in ways)),
            Sum(refs.box(NOT_LINKED), (REVIEW, UNFOUND)),
            Sum(refs.SUBMITTED, (*parts, LINKED)),
        ],
    )


def _told_as() -> dict[str, str]:
    """Give the row of the table in which the links of each pass are counted."""
    return {one.name: one.told_as for one in passes.PASSES} | {ACCEPTED: "near"}


def table(run: Run, fold: dict[str, Any] | None = None) -> Block:
    """Give the table of lines found, by how they were found, and of lines that wait.

    A report has it in the fold of its steps.
    """
    rows = [(text, refs.within(LINKED, name)) for name, text in WAYS.items()]
    rows += [
        ("Found, all ways", LINKED),
        ("Uncertain: a person has still to decide", REVIEW),
        ("Not found", UNFOUND),
    ]
    key = "found-in-records"
    share = ref(refs.share(LINKED), "per_cent")
    said = [" Of the ", ref(refs.SUBMITTED), " lines, ", ref(LINKED), " (", share,
            ") were found."]  # fmt: skip
    return blocks.table(
        run,
        key,
        lead=[
            see(key),
            " says how the lines submitted were found.",
            *(blocks.where_shown(refs.share(LINKED), piece) for piece in said),
        ],
        caption="How the lines submitted were found in the national records",
        columns=["How", "Lines", "% of those submitted"],
        rows=[
            [text, ref(name), ref(refs.share(name), "per_cent")]
            for text, name in rows
            if name == LINKED or run.cells[name].some
        ],
        notes=[
            "Ways by which nobody was found are left out. Lines that cannot be used, "
            "and lines sent twice, are in none of these rows.",
            *([UNDECIDED] if run.cells[REVIEW].some else []),
        ],
        fold=fold,
    )
