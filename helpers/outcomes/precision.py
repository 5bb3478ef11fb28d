"""What size of difference an analysis could find, and whether one could matter.

Method, section 6 ("Power"). Everything is in the outcome's own units.
"""

import math
from typing import Any

import numpy as np
import pandas as pd

from helpers.intake.power import smallest_reduction
from helpers.matching.weights import effective_size
from helpers.outcomes.estimates import few_events
from helpers.request import Request
from helpers.request.limits import DETECTABLE, MOST_NEEDED


def detectable(standard_error: float) -> float:
    """Give the smallest difference that would be found four times in five."""
    return DETECTABLE * standard_error


def detectable_before(
    values: pd.Series, weights: pd.Series, n_treatment: int, kind: str
) -> float:
    """Give the smallest difference that would be found, by the pool's outcomes alone.

    `values` and `weights` are those of the comparison group. Of a rate it is the fall
    that is found four times in five; of another measure the treated people are taken
    to vary as the comparison group does. NaN where such a difference would not be
    tested, or nobody differs.
    """
    known = values.notna() & (weights > 0)
    y, w = values[known].to_numpy(dtype=float), weights[known].to_numpy(dtype=float)
    size = effective_size(w)
    if not size > 1 or not n_treatment or np.ptp(y) == 0:
        return math.nan
    mean = float((w * y).sum() / w.sum())
    if kind == "rate":
        fall = smallest_reduction(n_treatment, mean, size / n_treatment)
        few = few_events(mean, size) or fall is None
        return math.nan if few or few_events(mean - fall, n_treatment) else fall
    squares = w * (y - mean) ** 2
    spread = squares.sum() / w.sum()
    by_weight = (w * squares).sum() / w.sum() ** 2
    variance = size / (size - 1) * (spread / n_treatment + by_weight)
    return detectable(math.sqrt(variance))


def people_needed(n_treatment: int, standard_error: float, difference: float) -> float:
    """Give how many treated people find a difference, were the true one that seen.

    To two significant figures; infinity above the most that a report names.
    """
    if difference == 0:
        return math.inf
    times = (detectable(standard_error) / abs(difference)) ** 2
    people = math.ceil(n_treatment * times - 1e-9)
    return math.inf if people > MOST_NEEDED else two_figures(people)


def two_figures(people: int) -> int:
    """Round a number of people to two significant figures, halves up."""
    step = 10 ** max(0, len(str(people)) - 2)
    return (people + step // 2) // step * step


#: where an interval lies beside a margin, in words that stand in a table
WITHIN, PARTLY, BEYOND = "within it", "partly within it", "beyond it"


def beside_margin(low: float, high: float, margin: float | None) -> str | None:
    """Tell where an interval lies beside a margin on both sides of no difference.

    None where there is no margin, or no interval. Up to the margin, a difference would
    not matter.
    """
    if margin is None or math.isnan(low) or math.isnan(high):
        return None
    if -margin <= low and high <= margin:
        return WITHIN
    return BEYOND if low > margin or high < -margin else PARTLY


def table(results: pd.DataFrame, request: Request) -> pd.DataFrame:
    """Give one row an analysis and main measure; each measure where none is a main one.

    Columns: `detectable`, NaN where the measure is not tested; `people_needed`, NaN
    but for an inconclusive result. `results` is what `measures.table` gives.
    """
    outcomes = {one.name: one for one in request.outcomes}
    some_main = any(outcomes[name].main_point for name in results["outcome"])
    rows = [
        (row.analysis, row.outcome, *_row(row))
        for row in results.itertuples(index=False)
        if outcomes[row.outcome].main_point or not some_main
    ]
    columns = ["analysis", "outcome", "detectable", "people_needed"]
    return pd.DataFrame(rows, columns=columns).set_index(["analysis", "outcome"])


def _row(row: Any) -> tuple[float, float]:
    if math.isnan(row.p_value):
        return math.nan, math.nan
    needed = math.nan
    if not row.significant:
        needed = people_needed(row.n_treatment, row.standard_error, row.difference)
    return detectable(row.standard_error), needed
