"""How submitted lines were found in the records: its numbers and table."""

import pandas as pd

from helpers.errors import DataError
from helpers.intake.linkage.link import Linkage
from helpers.intake.linkage.passes import BY_ALIAS, PASSES
from helpers.intake.linkage.review import ACCEPTED
from helpers.intake.report import cells
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.cells import Cell, Sum
from helpers.runs.run import Run

LINKED, REVIEW, UNFOUND = refs.LINKED, refs.UNDER_REVIEW, refs.NOT_FOUND
#: what a reader is told of the passes, and how the method says it
WAYS = {
    "number": ("A PNC id or prison number, and two of surname, forename and date of "
               "birth", PASSES[:2]),
    "exact": ("The same names and date of birth", PASSES[2:3]),
    "near": ("Nearly the same names or date of birth, or a person decided",
             (*PASSES[3:], ACCEPTED)),
}  # fmt: skip


def register(run: Run, linkage: Linkage, lines: pd.DataFrame) -> None:
    """Register how many lines were found and how, of all lines of the list.

    How many went unfound, or wait for a decision, make up the box "not linked". Raises
    DataError where nobody was found.
    """
    if linkage.links.empty:
        raise DataError(
            f"none of the {int(lines['left_out'].isna().sum())} lines that can be used "
            "was found in the national records; look at names, dates of birth and the "
            "extract"
        )
    passed = linkage.links["passed"].str.removesuffix(BY_ALIAS)
    usable, waiting = lines["left_out"].isna().sum(), linkage.review["line"].nunique()
    count, submitted = cells.count, len(lines)
    ways = [
        count(
            refs.within(LINKED, name),
            int(passed.isin(passes).sum()),
            f"1: links: {text}",
        )
        for name, (text, passes) in WAYS.items()
    ]
    linked = Cell(
        LINKED, len(passed), "count", len(passed), submitted,
        method="1: lines with a link to the records",
    )  # fmt: skip
    left = [
        count(REVIEW, waiting, "1: lines with candidates for a person to decide on"),
        count(UNFOUND, usable - len(passed) - waiting, "1: lines without a candidate"),
    ]
    found = [linked, *ways, *left]
    boxes = ("line that cannot be used", "duplicate line", "not linked")
    parts = [cells.box_ref(box) for box in boxes]
    run.register(
        [*found, *(cells.share(cell, submitted) for cell in found)],
        [
            Sum(LINKED, tuple(cell.ref for cell in ways)),
            Sum(parts[-1], (REVIEW, UNFOUND)),
            Sum(refs.SUBMITTED, (*parts, LINKED)),
        ],
    )


def table(run: Run) -> Block:
    """Share of the submitted lines that was found, how, and how many wait."""
    rows = [(text, refs.within(LINKED, name)) for name, (text, _) in WAYS.items()]
    rows += [
        ("Found, all ways", LINKED),
        ("Uncertain: a person has still to decide", REVIEW),
        ("Not found", UNFOUND),
    ]
    key = "found-in-records"
    return blocks.table(
        run,
        key,
        lead=[
            see(key),
            " says how the lines submitted were found. Of the ",
            ref(refs.SUBMITTED),
            " lines, ",
            ref(LINKED),
            " (",
            ref(refs.share(LINKED), "per_cent"),
            ") were found.",
        ],
        caption="How the lines submitted were found in the national records",
        columns=["How", "Lines", "% of those submitted"],
        rows=[
            [text, ref(name), ref(refs.share(name), "per_cent")]
            for text, name in rows
            if run.cells[name].value
        ],
        notes=["Ways by which nobody was found are left out. Lines that cannot be "
               "used, and lines sent twice, are in none of these rows."],
    )  # fmt: skip
