"""Who was lost on the way: every submitted line in exactly one box."""

import pandas as pd

from helpers.errors import DataError

# the boxes, in the order in which the reasons are looked for
UNUSABLE = "line that cannot be used"
DUPLICATE = "duplicate line"
NOT_LINKED = "not linked"
ANOTHER_LINE = "another line of a person already counted"
NO_SENTENCE = "no suitable sentence"
OUTSIDE_AGES = "outside the age limits"
TOO_RECENT = "not yet followed up"
REOFFENDED_BEFORE = "reoffended before support"
OUTCOME_MISSING = "outcome missing"
#: each box, in that order, and what a reader of the report is told of it
REASONS: dict[str, str] = {
    UNUSABLE: "Details that cannot be used",
    DUPLICATE: "Same line sent more than once",
    NOT_LINKED: "Not found in the national records",
    ANOTHER_LINE: "Another line of a person already counted",
    NO_SENTENCE: "Support did not fit a sentence that can be used",
    OUTSIDE_AGES: "Outside the age limits",
    TOO_RECENT: "Too recent to know what happened afterwards",
    REOFFENDED_BEFORE: "Reoffended before the support began",
    OUTCOME_MISSING: "What happened afterwards is not known",
}
BOXES: tuple[str, ...] = tuple(REASONS)
#: the boxes of lines whose person was not found in the records, and of the others
UP_TO_LINKAGE = (UNUSABLE, DUPLICATE, NOT_LINKED)
AFTER_LINKAGE = tuple(box for box in BOXES if box not in UP_TO_LINKAGE)
SUBMITTED = "submitted"
AVAILABLE = "available for matching"


def boxes(cohort: pd.DataFrame) -> pd.Series:
    """Give the box of each row of a ready cohort, missing for those that go on.

    A row that nobody left out and that has no known `reoffended` is in the box
    OUTCOME_MISSING, if the cohort has that column at all.
    """
    box = pd.Series(None, index=cohort.index, dtype="str")
    if "left_out" in cohort:
        box = cohort["left_out"].astype("str")
    if "reoffended" in cohort:
        box = box.mask(box.isna() & cohort["reoffended"].isna(), OUTCOME_MISSING)
    return box


def by_box(cohort: pd.DataFrame) -> pd.DataFrame:
    """Count both groups' lines by box: submitted, each loss in order, and who is left.

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
