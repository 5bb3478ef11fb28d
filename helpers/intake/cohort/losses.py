"""Who was lost on the way: every submitted line in exactly one box."""

import pandas as pd

from helpers.errors import DataError

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


def by_box(cohort: pd.DataFrame) -> pd.DataFrame:
    """Lines of both groups by box: submitted, each loss in order, and who is left.

    Columns `box`, `treatment`, `pool` (counts). Raises DataError unless the boxes
    and those left add up to the lines submitted.
    """
    box = boxes(cohort)
    counts = {}
    for group, label in ((1, "treatment"), (0, "pool")):
        here = box[cohort["treatment"] == group]
        lost = [int((here == name).sum()) for name in BOXES]
        available = int(here.isna().sum())
        if sum(lost) + available != len(here):
            raise DataError(
                f"losses: the boxes of the {label} group hold {sum(lost)} lines and "
                f"{available} go on, which is not the {len(here)} submitted; write in "
                f"left_out one of: {', '.join(BOXES)}"
            )
        counts[label] = [len(here), *lost, available]
    return pd.DataFrame({"box": [SUBMITTED, *BOXES, AVAILABLE], **counts})
