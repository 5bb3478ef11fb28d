"""Balance as cobalt defines it (4.6, `bal.tab`, for the effect on the treated)."""

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
    "Diff is over the standard deviation of the treated before matching, and not in "
    "per cent; of a 0/1 column it is the plain difference in shares, and so is KS "
    "without its sign."
)


def cobalt(
    people: pd.DataFrame,
    treatment: pd.Series,
    weights: pd.Series,
    covariates: Sequence[str],
) -> pd.DataFrame:
    """Give balance as cobalt's `bal.tab` does for the effect on the treated.

    Parameters are those of `helpers.matching.balance.table`.
    """
    lines = []
    for variable, level, value, samples in rows(people, treatment, weights, covariates):
        two = binary(value)
        places = np.unique(value[~np.isnan(value)])
        row = {"variable": variable, "level": level}
        row["Type"] = "Binary" if two else "Contin."
        for name, sample in zip(("Un", "Adj"), samples, strict=True):
            far = sample.difference
            row |= {
                f"Diff.{name}": far
                if two
                else standardised(far, samples[0].treated.variance),
                f"V.Ratio.{name}": math.nan if two else sample.variance_ratio,
                f"KS.{name}": abs(far) if two else float(gaps(sample, places).max()),
            }
        lines.append(row)
    return pd.DataFrame(lines)
