"""Kernel matching: everyone within the bandwidth, the closer the more."""

import numpy as np

from helpers.matching.methods.line import Chosen, Line, Rules, Treated


def choose(line: Line, treated: Treated, rules: Rules) -> Chosen:
    """Take everyone nearer than the bandwidth h, at distance d by 1 − (d/h)².

    This is Epanechnikov's kernel, divided by its sum for each treated person.
    """
    nobody_tied = np.zeros(len(treated.q), dtype=bool)
    start, stop = line.within(treated.stratum, treated.q, rules.limit - 1)
    found = np.maximum(stop - start, 0)  # a bandwidth of 0 holds nobody
    share = np.zeros(len(line.q))
    some = found > 0
    if some.any():
        part = (start[some], stop[some], treated.q[some])
        share = _shared(line.q, *part, rules.limit)
    return Chosen(found, share, nobody_tied)


def _shared(
    pool: np.ndarray, start: np.ndarray, stop: np.ndarray, q: np.ndarray, h: int
) -> np.ndarray:
    """Give each pool person's weight when every treated person shares out 1.

    Σ(h² − (x − q)²) over a range of places is h²·Σ1 − q²·Σ1 + 2q·Σx − Σx², differences
    of running sums; and, the other way about, so is what a place gets from the treated
    whose range holds it. Those sums cancel almost wholly next to the bandwidth's edge,
    so that they are added as whole numbers of any length, which lose nothing.
    """
    x, q = pool.astype(object), q.astype(object)
    first, second = _range(x, start, stop), _range(x * x, start, stop)
    whole = (stop - start) * (h * h - q * q) + 2 * q * first - second
    unit = 1 << (int(whole.max()).bit_length() + 64)
    each = unit // whole  # 1 over the sum, in units so small that none is rounded off
    change = [
        _changes(part, start, stop, len(pool))
        for part in (each * (h * h - q * q), 2 * each * q, each)
    ]
    used = np.flatnonzero(_changes(np.ones(len(q), dtype=int), start, stop, len(pool)))
    flat, slope, bend = (part[used] for part in change)
    share = np.zeros(len(pool))
    share[used] = (flat + (slope - bend * x[used]) * x[used]) / unit
    return share


def _range(value: np.ndarray, start: np.ndarray, stop: np.ndarray) -> np.ndarray:
    """Give the sum over each range of places."""
    total = np.concatenate([[0], np.cumsum(value)])
    return total[stop] - total[start]


def _changes(
    value: np.ndarray, start: np.ndarray, stop: np.ndarray, size: int
) -> np.ndarray:
    """Give what each place gets where every range adds its value to all within it."""
    change = np.zeros(size + 1, dtype=value.dtype)
    np.add.at(change, start, value)
    np.subtract.at(change, stop, value)
    return np.cumsum(change)[:size]
