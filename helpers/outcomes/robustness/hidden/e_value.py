"""E-value: how strongly a hidden characteristic must go with taking part and outcome.

VanderWeele and Ding (2017), Annals of Internal Medicine 167:268-274. It is told of a
rate, whose ratio it is made from.
"""

import math
from collections.abc import Iterator

import pandas as pd

from helpers.outcomes import ratios
from helpers.outcomes.robustness.check import Check
from helpers.outcomes.robustness.study import Study

NAME = "e_value"
COLUMNS = ["ratio", "ratio_low", "ratio_high", "e_value", "e_value_limit"]
TOLD = (
    "A hidden characteristic tied this strongly, as a ratio, both to taking part and "
    "to the outcome could explain the difference; a weaker one could not."
)
NO_RATE = "An E-value is told of a rate alone."
NO_RATIO = "Nobody in one of the groups has the outcome, so there is no ratio."


def e_value(ratio: float) -> float:
    """Give the smallest ratio with both that explains a ratio of rates.

    E = r + √(r(r − 1)) with r the ratio or its inverse, whichever is above 1.
    """
    above = max(ratio, 1 / ratio)
    return above + math.sqrt(above * (above - 1))


def of_limit(low: float, high: float, *, significant: bool) -> float:
    """Give the E-value of the limit nearest 1.

    It is 1 where the difference is not significant or the interval holds 1: then
    nothing hidden is needed.
    """
    if not significant or not (low > 1 or high < 1):
        return 1.0
    return e_value(low if low > 1 else high)


def checks(study: Study) -> Iterator[Check]:
    """Give the E-value of the ratio and of its limit nearest 1, in one row.

    Columns: ratio, ratio_low, ratio_high, e_value, e_value_limit.
    """
    if study.outcome.kind != "rate":
        yield _none(NO_RATE)
        return
    found = ratios.ratio(study.values, study.group.treatment, study.weights)
    if math.isnan(found["ratio"]):
        yield _none(NO_RATIO)
        return
    significant = bool(study.estimate["significant"])
    ends = (found["ratio_low"], found["ratio_high"])
    limit = of_limit(*ends, significant=significant)
    row = [*found[ratios.NAMES], e_value(found["ratio"]), limit]
    yield Check(NAME, "told", pd.DataFrame([row], columns=COLUMNS), TOLD)


def _none(why: str) -> Check:
    return Check(NAME, "none", pd.DataFrame(columns=COLUMNS), why)
