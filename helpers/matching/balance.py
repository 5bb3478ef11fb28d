"""How alike the two groups are before and after matching."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from scipy.special import logit as logit_of

from helpers.matching import moments
from helpers.matching.design import MISSING, Covariate, read
from helpers.request.limits import REASONABLE, WELL

SQUARED = "_squared"  # ends the name of a covariate's square
COLUMNS = [
    "variable",
    "level",
    "mean_treatment_before",
    "mean_treatment",
    "mean_comparison_before",
    "mean_comparison_after",
    "smd_before",
    "smd_after",
    "smd_after_treated_sd",
    "variance_ratio",
    "ks",
]


def table(
    people: pd.DataFrame,
    treatment: pd.Series,
    weights: pd.Series,
    covariates: Sequence[str],
    *,
    ks: bool = True,
) -> pd.DataFrame:
    """Compare the groups on every covariate before and after matching.

    Parameters
    ----------
    people
        Those the propensity model was fitted on, one row a person; all of them are
        the groups before matching.
    treatment, weights
        1 or 0, and the weights of a match; looked up by the index of `people`.
    ks
        Whether to work out the Kolmogorov–Smirnov distances, which take longest.

    Returns
    -------
    DataFrame
        A row a number (level empty), a level of a category, or the share missing.
        Standardised mean differences are in per cent, over √((s²ₜ+s²_c)/2) of the
        groups before matching; null when nobody differs within either group but the
        means do. `variance_ratio` and `ks` are for numbers alone, after matching.
    """
    treated = (treatment.reindex(people.index) == 1).to_numpy()
    weight = weights.reindex(people.index).to_numpy(dtype=float)
    groups = np.stack([treated, ~treated, treated * weight, ~treated * weight])
    groups = groups.astype(float)
    read_in = [read(people[name]) for name in covariates]
    rows, mean, variance = _moments(groups, read_in)
    before_t, before_c, after_t, after_c = mean
    result = pd.DataFrame(rows, columns=["variable", "level"])
    result["mean_treatment_before"], result["mean_treatment"] = before_t, after_t
    result["mean_comparison_before"] = before_c
    result["mean_comparison_after"] = after_c
    pooled = np.sqrt((variance[0] + variance[1]) / 2)
    result["smd_before"] = _smd(before_t - before_c, pooled)
    result["smd_after"] = _smd(after_t - after_c, pooled)
    result["smd_after_treated_sd"] = _smd(after_t - after_c, np.sqrt(variance[0]))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(variance[3] > 0, variance[2] / variance[3], np.nan)
    numbers = {each.name: each.values for each in read_in if not each.categorical}
    numeric = result["variable"].isin(list(numbers)) & (result["level"] == "")
    result["variance_ratio"] = np.where(numeric, ratio, np.nan)
    result["ks"] = np.nan
    if ks:
        used = weight > 0
        kept = groups[2, used], groups[3, used]
        result.loc[numeric, "ks"] = [
            moments.largest_gap(numbers[name][used], *kept)
            for name in result.loc[numeric, "variable"]
        ]
    return result[COLUMNS]


def of_several(
    people: pd.DataFrame,
    treatment: pd.Series,
    weights: Mapping[str, pd.Series],
    covariates: Sequence[str],
) -> dict[str, pd.DataFrame]:
    """Give the differences before matching and after each of several matches.

    As `table` would, with `variable`, `level`, `smd_before` and `smd_after` alone, but
    the covariates are laid out once for all.
    """
    treated = (treatment.reindex(people.index) == 1).to_numpy()
    weight = [w.reindex(people.index).to_numpy(dtype=float) for w in weights.values()]
    after = [w * group for group in (treated, ~treated) for w in weight]
    groups = np.stack([treated, ~treated, *after]).astype(float)
    read_in = [read(people[name]) for name in covariates]
    rows, mean, variance = _moments(groups, read_in)
    pooled = np.sqrt((variance[0] + variance[1]) / 2)
    before = pd.DataFrame(rows, columns=["variable", "level"]).assign(
        smd_before=_smd(mean[0] - mean[1], pooled)
    )
    gaps = mean[2 : 2 + len(weight)] - mean[2 + len(weight) :]
    return {
        name: before.assign(smd_after=_smd(gap, pooled))
        for name, gap in zip(weights, gaps, strict=True)
    }


def _moments(
    groups: np.ndarray, covariates: Sequence[Covariate]
) -> tuple[list[tuple[str, str]], np.ndarray, np.ndarray]:
    """Give variable and level of each row, and groups × rows means and variances."""
    numbers = [each.values for each in covariates if not each.categorical]
    mean, variance = moments.of_numbers(groups, numbers)
    of_numbers = iter(zip(mean.T, variance.T, strict=True))
    rows, parts = [], []
    for covariate in covariates:
        name = covariate.name
        if covariate.categorical:
            codes, levels = covariate.levels()
            rows += [(name, level) for level in levels]
            parts.append(moments.of_levels(groups, codes, len(levels)))
            continue
        lost, known = np.isnan(covariate.values), next(of_numbers)
        if not lost.all():
            rows.append((name, ""))
            parts.append([part[:, None] for part in known])
        if lost.any():
            rows.append((name, MISSING))
            shares = moments.of_levels(groups, lost, 2)
            parts.append([share[:, 1:] for share in shares])
    mean, variance = (np.hstack(part) for part in zip(*parts, strict=True))
    return rows, mean, variance


def _smd(difference: np.ndarray, spread: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        value = 100 * difference / spread
    same = np.where(np.abs(difference) <= 1e-12, 0.0, np.nan)
    return np.where(spread > 0, value, np.where(spread == 0, same, np.nan))


def rating(smd: float) -> str:
    """Rate a standardised mean difference: green to 5%, amber to 10%, else red."""
    size = abs(smd)
    return "green" if size <= WELL else "amber" if size <= REASONABLE else "red"


def named(table: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of a balance table on which the verdict rests: not the squares."""
    return table[~table["variable"].str.endswith(SQUARED)]


def quality(table: pd.DataFrame) -> str:
    """Tell how well a balance table's groups are matched: well, reasonably, poorly.

    Over the covariates as named; the square of one says nothing of its own.
    """
    rated = {rating(smd) for smd in named(table)["smd_after"]}
    return "poorly" if "red" in rated else "reasonably" if "amber" in rated else "well"


def mean_smd(table: pd.DataFrame) -> tuple[float, float]:
    """Give the mean size of a balance table's differences, before and after matching.

    Over the rows on which the verdict rests; null where one of them is.
    """
    own = table[~table["variable"].str.endswith(SQUARED)]
    sizes = (own[f"smd_{when}"].abs() for when in ("before", "after"))
    before, after = (float(size.mean(skipna=False)) for size in sizes)
    return before, after


def rubin(
    score: pd.Series,
    treatment: pd.Series,
    weights: pd.Series,
    *,
    logit: pd.Series | None = None,
) -> tuple[float, float]:
    """Give Rubin's B (per cent) and R of the logit of the score on the matched people.

    B is the standardised difference of means, R the ratio of variances, treatment over
    comparison (Rubin 2001). `logit` is that of the model, where it is known.
    """
    used = weights.reindex(score.index) > 0
    if logit is None:
        logit = pd.Series(logit_of(score.to_numpy(dtype=float)), score.index)
    value = logit.reindex(score.index)[used].to_numpy()
    treated = (treatment.reindex(score.index)[used] == 1).to_numpy()
    weight = weights.reindex(score.index)[used].to_numpy()
    groups = np.stack([treated * weight, ~treated * weight])
    mean, variance = moments.of_numbers(groups, [value])
    gap, (of_t, of_c) = abs(mean[0, 0] - mean[1, 0]), variance[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(100 * gap / np.sqrt((of_t + of_c) / 2)), float(of_t / of_c)
