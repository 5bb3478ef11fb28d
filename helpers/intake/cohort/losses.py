"""Who was lost on the way: every submitted line in exactly one box."""

import pandas as pd

from helpers.publication.cells import Cell, Sum
from helpers.publication.labels import slug
from helpers.request import RequestError

#: why a line is not analysed, in the order in which the reasons are looked for, and
#: what a reader of the report is told of it
REASONS: dict[str, str] = {
    "line that cannot be used": "Details that cannot be used",
    "duplicate line": "Same line sent more than once",
    "not linked": "Not found in the national records",
    "another line of a person already counted": "Another line of a person already "
    "counted",
    "no suitable sentence": "Support did not fit a sentence that can be used",
    "outside the age limits": "Outside the age limits",
    "not yet followed up": "Too recent to know what happened afterwards",
    "reoffended before support": "Reoffended before the support began",
    "outcome missing": "What happened afterwards is not known",
}
BOXES: tuple[str, ...] = tuple(REASONS)
#: the boxes of lines whose person was found in the records
AFTER_LINKAGE = BOXES[BOXES.index("not linked") + 1 :]
SUBMITTED = "submitted"
AVAILABLE = "available for matching"


def boxes(cohort: pd.DataFrame) -> pd.Series:
    """The box of each row of a ready cohort, missing for those that go on.

    A row that nobody left out and that has no known `reoffended` is in the box
    "outcome missing", if the cohort has that column at all.
    """
    box = pd.Series(None, index=cohort.index, dtype="str")
    if "left_out" in cohort:
        box = cohort["left_out"].astype("str")
    if "reoffended" in cohort:
        box = box.mask(box.isna() & cohort["reoffended"].isna(), "outcome missing")
    return box


def losses(cohort: pd.DataFrame) -> pd.DataFrame:
    """Lines of both groups by box: submitted, each loss in order, and who is left.

    Columns `box`, `treatment`, `pool` (counts). Raises RequestError unless the boxes
    and those left add up to the lines submitted.
    """
    box = boxes(cohort)
    counts = {}
    for group, label in ((1, "treatment"), (0, "pool")):
        here = box[cohort["treatment"] == group]
        lost = [int((here == name).sum()) for name in BOXES]
        available = int(here.isna().sum())
        if sum(lost) + available != len(here):
            raise RequestError(
                f"losses: the boxes of the {label} group hold {sum(lost)} lines and "
                f"{available} go on, which is not the {len(here)} submitted; write in "
                f"left_out one of: {', '.join(BOXES)}"
            )
        counts[label] = [len(here), *lost, available]
    return pd.DataFrame({"box": [SUBMITTED, *BOXES, AVAILABLE], **counts})


def box_ref(box: str) -> str:
    """The ref of a box's count."""
    return f"intake.box.{slug(box)}"


def count(ref: str, value: int, method: str) -> Cell:
    """A number of the flow of submitted lines."""
    return Cell(ref, value, "count", numerator=value, method=method)


def share(of: Cell, submitted: int) -> Cell:
    """A number of the flow in per cent of the lines submitted: withheld with it."""
    needs = tuple(dict.fromkeys((of.ref, "intake.submitted")))
    value, method = 100 * of.value / submitted, "1: 100 × this count / lines submitted"
    return Cell(f"{of.ref}.share", value, "derived", needs=needs, method=method)


def cells(losses: pd.DataFrame) -> tuple[list[Cell], list[Sum]]:
    """The numbers of the flow of submitted lines, and that its boxes add up.

    Refs `intake.submitted`, `intake.lost`, `intake.box.<slug>`, and the per cent of
    those submitted, `intake.submitted.share` and so on. How many go on is registered
    by the matching, which knows whether the report shows it.
    """
    lines = losses.set_index("box")["treatment"].astype(int)
    submitted = int(lines[SUBMITTED])
    found = [
        count("intake.submitted", submitted, "1: every line that was submitted"),
        count("intake.lost", int(lines[list(BOXES)].sum()), "1: Σ lines in the boxes"),
    ]
    found += [
        count(box_ref(box), int(lines[box]), "1: the first box that the line fits")
        for box in BOXES
    ]
    found += [share(cell, submitted) for cell in found if cell.ref != "intake.lost"]
    return found, [Sum("intake.lost", tuple(box_ref(box) for box in BOXES))]
