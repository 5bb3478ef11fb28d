"""Balance as MatchIt defines it (4.5, `summary`, for the effect on the treated)."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from helpers.matching.diagnostics.samples import (
    binary,
    gaps,
    rows,
    standardised,
)

#: why its numbers differ from the balance table
WHY = (
    "Std. Mean Diff. is over the standard deviation of the treated before matching, "
    "√(p(1−p)) for a 0/1 column, and not in per cent; eCDF Max is the KS distance, "
    "which of a 0/1 column is the difference in shares."
)


def matchit(
    people: pd.DataFrame,
    treatment: pd.Series,
    weights: pd.Series,
    covariates: Sequence[str],
) -> pd.DataFrame:
    """Give balance as MatchIt's `summary` does, for all data and the matched.

    Parameters are those of `helpers.matching.balance.table`. Values that are not known
    are left out, where MatchIt would stop.
    """
    lines = []
    for variable, level, value, samples in rows(people, treatment, weights, covariates):
        two = binary(value)
        first = samples[0].treated
        spread = first.mean * (1 - first.mean) if two else first.variance
        places = np.unique(value[~np.isnan(value)])
        for name, sample in zip(("all", "matched"), samples, strict=True):
            gap = abs(sample.difference) if two else gaps(sample, places)
            lines.append(
                {
                    "variable": variable,
                    "level": level,
                    "data": name,
                    "Means Treated": sample.treated.mean,
                    "Means Control": sample.control.mean,
                    "Std. Mean Diff.": standardised(sample.difference, spread),
                    "Var. Ratio": math.nan if two else sample.variance_ratio,
                    "eCDF Mean": float(np.mean(gap)),
                    "eCDF Max": float(np.max(gap)),
                }
            )
    return pd.DataFrame(lines)
