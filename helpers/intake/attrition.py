"""Who was lost on the way: every submitted line in exactly one box."""

import pandas as pd

from helpers.publication.cells import Cell, Sum
from helpers.publication.labels import slug
from helpers.request import RequestError

#: why a line is not analysed, in the order in which the reasons are looked for
BOXES: tuple[str, ...] = (
    "line that cannot be used",
    "duplicate line",
    "not linked",
    "another line of a person already counted",
    "no suitable sentence",
    "outside the age limits",
    "not yet followed up",
    "reoffended before support",
    "outcome missing",
)
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


def cells(losses: pd.DataFrame) -> tuple[list[Cell], list[Sum]]:
    """The numbers of the flow of submitted lines, and that its boxes add up.

    Refs `intake.submitted`, `intake.box.<slug>`, `intake.available`, `intake.lost`.
    """
    count = losses.set_index("box")["treatment"].astype(int)
    refs = {f"intake.box.{slug(box)}": int(count[box]) for box in BOXES}
    totals = {
        "intake.submitted": int(count[SUBMITTED]),
        "intake.available": int(count[AVAILABLE]),
        "intake.lost": int(count[list(BOXES)].sum()),
    }
    found = [
        Cell(ref, value, "count", numerator=value)
        for ref, value in {**totals, **refs}.items()
    ]
    return found, [
        Sum("intake.submitted", (*refs, "intake.available")),
        Sum("intake.submitted", ("intake.lost", "intake.available")),
        Sum("intake.lost", tuple(refs)),
    ]
