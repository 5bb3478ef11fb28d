"""Means and variances of weighted groups, and how far their distributions lie apart."""

import math
from collections.abc import Sequence

import numpy as np
from threadpoolctl import threadpool_limits

ROWS = 8192  # worked on at once: what they fill stays in the processor's cache

Moments = tuple[np.ndarray, np.ndarray]


# threads of the linear algebra cost more on small blocks than they save
@threadpool_limits.wrap(limits=1, user_api="blas")
def of_numbers(groups: np.ndarray, values: Sequence[np.ndarray]) -> Moments:
    """Give weighted means and variances, groups × numbers, over the known values.

    `groups` has what each person stands for in each group, groups × people. The
    variance is n/(n−1)·Σw(x−x̄)²/Σw with n the effective size, which is the usual one
    for equal weights. NaN where there is none.
    """
    if not values:
        return np.empty((len(groups), 0)), np.empty((len(groups), 0))
    lost = [np.isnan(value) for value in values]
    gaps = [i for i, column in enumerate(lost) if column.any()]
    total = np.repeat(groups.sum(axis=1)[:, None], len(values), axis=1)
    squares = groups**2
    square = np.repeat(squares.sum(axis=1)[:, None], len(values), axis=1)
    people = np.full(len(values), groups.shape[1])
    centre = np.array([value.mean() for value in values])
    for i in gaps:
        known = (~lost[i]).astype(float)
        people[i] = known.sum()
        centre[i] = np.nansum(values[i]) / max(people[i], 1)
        total[:, i], square[:, i] = groups @ known, squares @ known
    first, second = np.zeros((2, len(groups), len(values)))
    overall = np.zeros(len(values))
    for start in range(0, groups.shape[1], ROWS):
        rows = slice(start, start + ROWS)
        # near 0, so that squares keep their digits
        shifted = np.stack([value[rows] for value in values]) - centre[:, None]
        for i in gaps:
            shifted[i, lost[i][rows]] = 0
        first += groups[:, rows] @ shifted.T
        shifted *= shifted
        second += groups[:, rows] @ shifted.T
        overall += shifted.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        offset = first / total
        spread = second / total - offset**2
        # rounding leaves a trace of a group in which nobody differs
        spread[spread <= 1e-13 * overall / people] = 0
        return centre + offset, _unbiased(spread, total**2 / square)


def of_levels(groups: np.ndarray, codes: np.ndarray, levels: int) -> Moments:
    """Give each group's share at every level of a category, and its variance."""
    sums = np.array([np.bincount(codes, group, levels) for group in groups])
    total = sums.sum(axis=1)[:, None]
    overall = np.bincount(codes, minlength=levels) / len(codes)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = sums / total
        spread = share * (1 - share)
        spread[spread <= 1e-13 * overall * (1 - overall)] = 0
        return share, _unbiased(spread, total**2 / (groups**2).sum(axis=1)[:, None])


def _unbiased(spread: np.ndarray, size: np.ndarray) -> np.ndarray:
    return np.where(size > 1, size / (size - 1) * spread, np.nan)


def largest_gap(
    value: np.ndarray, treated: np.ndarray, comparison: np.ndarray
) -> float:
    """Give the Kolmogorov–Smirnov distance of two groups, over their known values.

    It is the largest gap between their weighted cumulative shares; NaN where one of
    them has nobody. What people stand for in each group is `treated`, `comparison`.
    """
    lost = np.isnan(value)
    if lost.any():
        value, treated, comparison = value[~lost], treated[~lost], comparison[~lost]
    if not (treated.any() and comparison.any()):
        return math.nan
    # between two values of one group the other's share only rises: its ends are enough
    few = min((treated, comparison), key=np.count_nonzero)
    ends = np.unique(value[few > 0])
    place = np.searchsorted(ends, value)
    at_end = ends[np.minimum(place, len(ends) - 1)] == value
    step = treated / treated.sum() - comparison / comparison.sum()
    return float(np.abs(np.cumsum(np.bincount(2 * place + at_end, step))).max())
