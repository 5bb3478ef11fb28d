"""Balance in cobalt's tidy form: a row a covariate, sample and statistic."""

from collections.abc import Sequence

import pandas as pd

from helpers.matching import balance

#: a statistic → its column of the balance table in each sample
STATISTICS = {
    "mean_treatment": ("mean_treatment_before", "mean_treatment"),
    "mean_comparison": ("mean_comparison_before", "mean_comparison_after"),
    "smd": ("smd_before", "smd_after"),
    "variance_ratio": ("variance_ratio", "variance_ratio"),
    "ks": ("ks", "ks"),
}
SAMPLES = ("unadjusted", "adjusted")


def tidy(
    people: pd.DataFrame,
    treatment: pd.Series,
    weights: pd.Series,
    covariates: Sequence[str],
) -> pd.DataFrame:
    """Give balance before and after matching, one number a row.

    Parameters and definitions are those of `helpers.matching.balance.table`; in the
    unadjusted sample everybody counts once.

    Returns
    -------
    DataFrame
        variable, level, sample (unadjusted, adjusted), statistic (mean_treatment,
        mean_comparison, smd, variance_ratio, ks) and value; no row for the variance
        ratio and KS of a level.
    """
    even = pd.Series(1.0, index=people.index)
    tables = [
        balance.table(people, treatment, weight, covariates)
        for weight in (even, weights)
    ]
    parts = [
        table[["variable", "level"]].assign(
            sample=sample, statistic=name, value=table[columns[number]]
        )
        for number, (sample, table) in enumerate(zip(SAMPLES, tables, strict=True))
        for name, columns in STATISTICS.items()
    ]
    numeric = ["variance_ratio", "ks"]
    both = pd.concat(parts)
    of_level = both["statistic"].isin(numeric) & (both["level"] != "")
    return both[~of_level].sort_index(kind="stable").reset_index(drop=True)
