"""The difference in an outcome between the treatment and comparison groups."""

import math

import numpy as np
import pandas as pd
from scipy import stats

from helpers.errors import DataError
from helpers.matching.weights import effective_size
from helpers.request.limits import ALPHA, EVENTS

KINDS = ("rate", "frequency", "days")
Z = 1.959964


def difference(
    outcome: pd.Series,
    treatment: pd.Series,
    weights: pd.Series,
    *,
    kind: str | None = None,
    of_reoffenders: bool = False,
) -> pd.Series:
    """Estimate an outcome's difference, treatment minus comparison, by weighted Welch.

    Parameters
    ----------
    outcome
        Its value for each person; who has none is left out.
    treatment
        1 for treated, 0 for pool.
    weights
        Of a match. People with a weight above 0 and a known outcome count.
    kind
        `rate`, `frequency` or `days`; without it, a rate if all values are 0 or 1.
    of_reoffenders
        Whether it is known of reoffenders only; it is then tested only when it is
        above 0 for 10 treated people or more.

    Returns
    -------
    Series
        In the outcome's units: n_treatment and n_comparison (people),
        effective_comparison, value_treatment, value_comparison, difference,
        standard_error, df, ci_low, ci_high (95%), p_value (two-sided), significant
        (None when not tested).

    Notes
    -----
    The comparison group counts with its effective size. A rate is tested only when
    10 people or more have, and have not, the outcome in each group; otherwise its
    interval is Newcombe's (1998), while standard_error and df stay Welch's.
    """
    y_t, y_c, w, binary = _groups(outcome, treatment, weights, kind)
    n_t, n_e = len(y_t), effective_size(w)
    mean_t = y_t.mean() if n_t else math.nan
    mean_c = (w * y_c).sum() / w.sum() if len(w) else math.nan
    result = _welch(y_t, mean_t, y_c, mean_c, w, n_e)
    if binary and (_few(mean_t, n_t) or _few(mean_c, n_e)):
        result["ci_low"], result["ci_high"] = newcombe(mean_t, n_t, mean_c, n_e)
        result["p_value"] = math.nan
    if of_reoffenders and (y_t > 0).sum() < EVENTS:
        result["p_value"] = math.nan
    p = result["p_value"]
    result["significant"] = None if math.isnan(p) else bool(p <= ALPHA)
    sizes = {
        "n_treatment": n_t,
        "n_comparison": len(y_c),
        "effective_comparison": n_e,
        "value_treatment": float(mean_t),
        "value_comparison": float(mean_c),
    }
    return pd.Series(sizes | result, dtype=object)


def group_intervals(
    outcome: pd.Series,
    treatment: pd.Series,
    weights: pd.Series,
    *,
    kind: str | None = None,
) -> pd.Series:
    """Give the 95% interval of each group's own value; arguments as of `difference`.

    Returns
    -------
    Series
        In the outcome's units: ci_treatment_low, ci_treatment_high,
        ci_comparison_low, ci_comparison_high; NaN where there is none.

    Notes
    -----
    A rate has Wilson's limits, of which Newcombe's are made. Another value has its mean
    plus and minus t times the root of its variance, but no limit below zero where no
    value is. The comparison group counts with its effective size.
    """
    y_t, y_c, w, binary = _groups(outcome, treatment, weights, kind)
    limits = []
    for y, weight in ((y_t, np.ones(len(y_t))), (y_c, w)):
        if not len(y):
            limits += [math.nan, math.nan]
            continue
        mean, size = (weight * y).sum() / weight.sum(), effective_size(weight)
        limits += _wilson(mean, size) if binary else _around(y, weight, mean, size)
    names = [f"ci_{g}_{end}" for g in ("treatment", "comparison")
             for end in ("low", "high")]  # fmt: skip
    return pd.Series(dict(zip(names, map(float, limits), strict=True)))


def _around(
    y: np.ndarray, w: np.ndarray, mean: float, size: float
) -> tuple[float, float]:
    """Give a mean's interval by t; none where nothing varies."""
    variance = _variance(y, w, mean, size)
    if not variance > 0:
        return math.nan, math.nan
    reach = stats.t.ppf(1 - ALPHA / 2, size - 1) * math.sqrt(variance)
    low = mean - reach
    return max(low, 0.0) if y.min() >= 0 else low, mean + reach


def _groups(
    outcome: pd.Series, treatment: pd.Series, weights: pd.Series, kind: str | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray, bool]:
    """Known outcomes of both groups, weights of the second, and whether a rate."""
    _check(outcome, treatment, weights, kind)
    used = weights.index[weights > 0]
    y = outcome.reindex(used).astype(float).dropna()
    treated = (treatment.reindex(y.index) == 1).to_numpy()
    w = weights.reindex(y.index).to_numpy(dtype=float)[~treated]
    binary = bool(y.isin([0, 1]).all())
    if kind == "rate" and not binary:
        raise DataError("outcome: a rate is 0 or 1 for everyone; see its kind")
    rate = kind == "rate" or (kind is None and binary)
    return y.to_numpy()[treated], y.to_numpy()[~treated], w, rate


def _check(
    outcome: pd.Series, treatment: pd.Series, weights: pd.Series, kind: str | None
) -> None:
    problems = []
    if kind is not None and kind not in KINDS:
        problems.append(f"kind must be rate, frequency or days; found {kind!r}")
    named = {"outcome": outcome, "treatment": treatment, "weights": weights}
    for name, data in named.items():
        if data.index.has_duplicates:
            problems.append(f"{name}: two rows have the same index label")
    used = weights.index[weights > 0]
    if not used.isin(treatment.index).all():
        problems.append("treatment: people with a weight are not in its index")
    elif not treatment.reindex(used).isin([0, 1]).all():
        problems.append("treatment must be 1 or 0 for everyone with a weight")
    if np.isinf(outcome.astype(float)).any():
        problems.append("outcome: some people have an infinite value")
    if len(used) and not used.isin(outcome.index).any():
        problems.append("outcome: nobody with a weight is in its index")
    if problems:
        raise DataError(problems)


def _welch(
    y_t: np.ndarray,
    mean_t: float,
    y_c: np.ndarray,
    mean_c: float,
    w: np.ndarray,
    n_e: float,
) -> dict[str, float]:
    """Give Welch's interval and test with the comparison group at its effective size.

    No test where a group has fewer than two people, effectively, or no variance.
    """
    n_t = len(y_t)
    gap = mean_t - mean_c
    of_t = _variance(y_t, np.ones(n_t), mean_t, n_t)
    of_c = _variance(y_c, w, mean_c, n_e)
    variance = of_t + of_c
    se = math.sqrt(variance)
    df = low = high = p = math.nan
    if variance > 0:
        df = variance**2 / (of_t**2 / (n_t - 1) + of_c**2 / (n_e - 1))
        reach = stats.t.ppf(1 - ALPHA / 2, df) * se
        low, high = gap - reach, gap + reach
        if n_e >= 2 - 1e-9 and of_t > 0 and of_c > 0:
            p = 2 * stats.t.sf(abs(gap) / se, df)
    names = ("difference", "standard_error", "df", "ci_low", "ci_high", "p_value")
    return dict(zip(names, map(float, (gap, se, df, low, high, p)), strict=True))


def _variance(y: np.ndarray, w: np.ndarray, mean: float, size: float) -> float:
    """Give the variance of a weighted mean; NaN for fewer than two people."""
    if not size > 1:
        return math.nan
    if np.ptp(y) == 0:
        return 0.0
    return size / (size - 1) * (w**2 * (y - mean) ** 2).sum() / w.sum() ** 2


def _few(share: float, size: float) -> bool:
    """Tell whether too few people have, or have not, the outcome for a test."""
    events = min(size * share, size * (1 - share)) if size else 0
    return events < EVENTS - 1e-9  # ten by equal weights of 1/3 is ten


def newcombe(p_t: float, n_t: float, p_c: float, n_c: float) -> tuple[float, float]:
    """Give Newcombe's 95% interval for a difference of two rates (1998, method 10).

    Rates are proportions; sizes may be effective sizes. NaN without people.
    """
    if not (n_t > 0 and n_c > 0):
        return math.nan, math.nan
    low_t, high_t = _wilson(p_t, n_t)
    low_c, high_c = _wilson(p_c, n_c)
    gap = p_t - p_c
    low = gap - math.hypot(p_t - low_t, high_c - p_c)
    return low, gap + math.hypot(high_t - p_t, p_c - low_c)


def _wilson(p: float, n: float) -> tuple[float, float]:
    middle = p + Z**2 / (2 * n)
    reach = Z * math.sqrt(max(p * (1 - p), 0) / n + Z**2 / (4 * n**2))
    scale = 1 + Z**2 / n
    return (middle - reach) / scale, (middle + reach) / scale
