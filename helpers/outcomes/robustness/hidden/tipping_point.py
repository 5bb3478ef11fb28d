"""Tipping point: what those lost on the way would have had to do to undo the finding.

n_x people are lost, and the finding of n_t people would be a difference for everyone of
0 at its nearest limit L if the effect among those lost were −n_t L/n_x.
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from helpers.outcomes.robustness.check import Check
from helpers.outcomes.robustness.study import Study

NAME = "tipping_point"
COLUMNS = ["lost", "limit", "effect", "value", "possible"]
TOLD = "An outcome of those lost could undo the finding: it is told which."
STANDS = "No outcome of those lost could overturn the finding."
NOT_SIGNIFICANT = "The result is not significant, so there is no finding to undo."
NOBODY = "Nobody was lost who might have been analysed."
NOT_COUNTED = "How many were lost was not counted."

#: the lowest and the highest mean that a kind of measure can have
REACH = {
    "rate": (0.0, 1.0),
    "frequency": (0.0, math.inf),
    "days": (0.0, math.inf),
    "amount": (-math.inf, math.inf),
}


class Tip(NamedTuple):
    """The effect among those lost at which the finding is undone, and their mean."""

    effect: float
    value: float


def nearest_zero(low: float, high: float) -> float:
    """Give the limit nearest 0 of an interval that does not hold it; else NaN."""
    if low > 0:
        return low
    return high if high < 0 else math.nan


def at(people: int, limit: float, lost: int, comparison: float) -> Tip:
    """Give what those lost would have had to do, in the units of the limit.

    `people` are the treated analysed, `limit` that of their interval nearest 0, `lost`
    how many were lost, `comparison` the mean of the comparison group.
    """
    effect = -people * limit / lost
    return Tip(effect, comparison + effect)


def possible(value: float, kind: str, whole: float = 1.0) -> bool:
    """Tell whether a measure of a kind can have a mean; of a rate, 0 to `whole`."""
    low, high = REACH[kind]
    return low * whole <= value <= high * whole


def checks(study: Study) -> Iterator[Check]:
    """Give what those lost would have had to do, in one row.

    Columns: lost (people), limit, effect and value (their mean) in the outcome's units,
    possible. Only of a significant result.
    """
    found = study.estimate
    why = ""
    if not found["significant"]:
        why = NOT_SIGNIFICANT
    elif not study.lost:
        why = NOT_COUNTED if study.lost is None else NOBODY
    if why:
        yield Check(NAME, "none", pd.DataFrame(columns=COLUMNS), why)
        return
    limit = nearest_zero(found["ci_low"], found["ci_high"])
    tip = at(found["n_treatment"], limit, study.lost, found["value_comparison"])
    can = possible(tip.value, study.outcome.kind)
    table = pd.DataFrame([[study.lost, limit, *tip, can]], columns=COLUMNS)
    yield Check(NAME, "told" if can else "holds", table, TOLD if can else STANDS)
