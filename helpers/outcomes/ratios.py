"""How many times as many: the ratio of both groups' means, with its interval."""

import math

import pandas as pd
from scipy import stats

from helpers.outcomes import estimates
from helpers.request import Outcome
from helpers.request.limits import ALPHA

#: kinds of measure that are told as ratios too: a time or an amount is no count
KINDS = ("rate", "frequency")
NAMES = ["ratio", "ratio_low", "ratio_high"]
#: of the logarithm of a ratio: a limit beyond it tells nothing
LARGEST = 20


def ratio(outcome: pd.Series, treatment: pd.Series, weights: pd.Series) -> pd.Series:
    """Give a mean of the treatment group in parts of that of the comparison group.

    Arguments are those of `estimates.difference`. Gives ratio, ratio_low and ratio_high
    (95%), taken on the scale of its logarithm; NaN where a mean is zero, and limits
    alone where no number is large enough for them.
    """
    found = estimates.difference(outcome, treatment, weights)
    treated, compared = found["value_treatment"], found["value_comparison"]
    if not (treated > 0 and compared > 0):
        return pd.Series(math.nan, index=NAMES)
    used = weights.index[(weights > 0) & (treatment.reindex(weights.index) == 1)]
    values = outcome.reindex(used).astype(float).dropna()
    of_t = values.var(ddof=1) / len(values)
    of_c = max(found["standard_error"] ** 2 - of_t, 0.0)
    spread = math.sqrt(of_t / treated**2 + of_c / compared**2)
    reach = stats.t.ppf(1 - ALPHA / 2, found["df"]) * spread
    middle = treated / compared
    # two people at most by their weights leave an interval without an end
    wide = not reach < LARGEST
    limits = (math.nan,) * 2 if wide else (math.exp(-reach), math.exp(reach))
    limits = tuple(middle * limit for limit in limits)
    return pd.Series(dict(zip(NAMES, (middle, *limits), strict=True)))


def table(each: list[tuple[str, Outcome, pd.DataFrame]]) -> pd.DataFrame:
    """Give a row an analysis and measure of the kinds that are told as ratios too."""
    rows = {
        (name, o.name): ratio(p[o.name], p["treatment"], p["weight"])
        for name, o, p in each
        if o.kind in KINDS
    }
    index = pd.MultiIndex.from_tuples(list(rows), names=["analysis", "outcome"])
    return pd.DataFrame(list(rows.values()), index=index, columns=NAMES)
