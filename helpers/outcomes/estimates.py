"""The difference in an outcome between the treatment and comparison groups."""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import stats

from helpers.errors import DataError
from helpers.matching.weights import effective_size
from helpers.request.limits import ALPHA, EVENTS

KINDS = ("rate", "frequency", "days", "amount")
Z = 1.959964


@dataclass(frozen=True)
class _Values:
    """The known outcomes of a group with their weights."""

    values: np.ndarray
    weights: np.ndarray

    @property
    def people(self) -> int:
        return len(self.values)

    @cached_property
    def size(self) -> float:
        """The effective size: the number of people where weights are equal."""
        return effective_size(self.weights)

    @cached_property
    def mean(self) -> float:
        if not self.people:
            return math.nan
        return (self.weights * self.values).sum() / self.weights.sum()

    @cached_property
    def variance(self) -> float:
        """The variance of the weighted mean; NaN for fewer than two people."""
        n, w = self.size, self.weights
        if not n > 1:
            return math.nan
        if np.ptp(self.values) == 0:
            return 0.0
        squares = (w**2 * (self.values - self.mean) ** 2).sum()
        return n / (n - 1) * squares / w.sum() ** 2


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
        `rate`, `frequency`, `days` or `amount`; without it, a rate if all values are
        0 or 1.
    of_reoffenders
        Whether it is known only of those who reoffended, or had another event; it is
        then tested only when it is other than 0 for 10 treated people or more.

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
    treated, pool, binary = _groups(outcome, treatment, weights, kind)
    result = _welch(treated, pool)
    if binary and (
        few_events(treated.mean, treated.size) or few_events(pool.mean, pool.size)
    ):
        result["ci_low"], result["ci_high"] = newcombe(
            treated.mean, treated.size, pool.mean, pool.size
        )
        result["p_value"] = math.nan
    if of_reoffenders and (treated.values != 0).sum() < EVENTS:
        result["p_value"] = math.nan
    p = result["p_value"]
    result["significant"] = None if math.isnan(p) else bool(p <= ALPHA)
    sizes = {
        "n_treatment": treated.people,
        "n_comparison": pool.people,
        "effective_comparison": pool.size,
        "value_treatment": float(treated.mean),
        "value_comparison": float(pool.mean),
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
    value is, unless it is an amount, which may be. The comparison group counts with its
    effective size.
    """
    treated, pool, binary = _groups(outcome, treatment, weights, kind)
    limits = []
    for group in (treated, pool):
        if not group.people:
            limits += [math.nan, math.nan]
            continue
        if binary:
            limits += _wilson(group.mean, group.size)
        else:
            limits += _around(group, lowest=-math.inf if kind == "amount" else 0)
    names = [f"ci_{g}_{end}" for g in ("treatment", "comparison")
             for end in ("low", "high")]  # fmt: skip
    return pd.Series(dict(zip(names, map(float, limits), strict=True)))


def _around(group: _Values, lowest: float) -> tuple[float, float]:
    """Give a mean's interval by t; none where nothing varies.

    It ends at `lowest` where all values lie above.
    """
    if not (group.variance > 0 and _two(group)):
        return math.nan, math.nan
    reach = stats.t.ppf(1 - ALPHA / 2, group.size - 1) * math.sqrt(group.variance)
    low = group.mean - reach
    low = max(low, lowest) if group.values.min() >= lowest else low
    return low, group.mean + reach


def _groups(
    outcome: pd.Series, treatment: pd.Series, weights: pd.Series, kind: str | None
) -> tuple[_Values, _Values, bool]:
    """Give the known outcomes of both groups, and whether they are a rate."""
    _check(outcome, treatment, weights, kind)
    used = weights.index[weights > 0]
    y = outcome.reindex(used).astype(float).dropna()
    treated = (treatment.reindex(y.index) == 1).to_numpy()
    w = weights.reindex(y.index).to_numpy(dtype=float)[~treated]
    binary = bool(y.isin([0, 1]).all())
    if kind == "rate" and not binary:
        raise DataError("outcome: a rate is 0 or 1 for everyone; see its kind")
    rate = kind == "rate" or (kind is None and binary)
    values = y.to_numpy()
    ones = np.ones(int(treated.sum()))
    return _Values(values[treated], ones), _Values(values[~treated], w), rate


def _check(
    outcome: pd.Series, treatment: pd.Series, weights: pd.Series, kind: str | None
) -> None:
    problems = []
    if kind is not None and kind not in KINDS:
        problems.append(f"kind must be rate, frequency, days or amount; found {kind!r}")
    named = {"outcome": outcome, "treatment": treatment, "weights": weights}
    for name, data in named.items():
        if data.index.has_duplicates:
            problems.append(f"{name}: two rows have the same index label")
    used = weights.index[weights > 0]
    if not used.isin(treatment.index).all():
        problems.append("treatment: people with a weight are not in its index")
    elif not treatment.reindex(used).isin([0, 1]).all():
        problems.append("treatment must be 1 or 0 for everyone with a weight")
    try:
        values = outcome.astype(float)
    except (TypeError, ValueError):
        problems.append("outcome: some people have a value that is no number")
    else:
        if np.isinf(values).any():
            problems.append("outcome: some people have an infinite value")
        if kind == "frequency" and (values < 0).any():
            problems.append("outcome: a count is 0 or more for everyone; see its kind")
    if len(used) and not used.isin(outcome.index).any():
        problems.append("outcome: nobody with a weight is in its index")
    if problems:
        raise DataError(problems)


def _welch(treated: _Values, pool: _Values) -> dict[str, float]:
    """Give Welch's interval and test with the comparison group at its effective size.

    No interval where a group has fewer than two people, effectively: by t it would
    have no end that can be written. No test there, nor where one has no variance.
    """
    gap, of_t, of_c = treated.mean - pool.mean, treated.variance, pool.variance
    variance = of_t + of_c
    se = math.sqrt(variance)
    df = low = high = p = math.nan
    if variance > 0:
        df = variance**2 / (of_t**2 / (treated.people - 1) + of_c**2 / (pool.size - 1))
        if _two(pool):
            reach = stats.t.ppf(1 - ALPHA / 2, df) * se
            low, high = gap - reach, gap + reach
            if of_t > 0 and of_c > 0:
                p = 2 * stats.t.sf(abs(gap) / se, df)
    names = ("difference", "standard_error", "df", "ci_low", "ci_high", "p_value")
    return dict(zip(names, map(float, (gap, se, df, low, high, p)), strict=True))


def _two(group: _Values) -> bool:
    """Tell whether a group counts as two people or more."""
    return group.size >= 2 - 1e-9


def few_events(share: float, size: float) -> bool:
    """Tell whether too few people have, or have not, the outcome for a test.

    `share` is 0 to 1, `size` may be an effective size.
    """
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
