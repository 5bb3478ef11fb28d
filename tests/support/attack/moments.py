"""What an interval and p with ten digits tell: variances, so the sum of squares."""

import numpy as np
from scipy import optimize, stats


def welch(o):
    """Each df, and the variance of the difference, that an interval and p allow."""
    d, low, high, p = (o[k] for k in ("difference", "ci_low", "ci_high", "p_value"))
    if None in (d, low, high, p) or not d:
        return
    half = (high - low) / 2

    def gap(df):  # p with the standard error that the width means, less p
        return 2 * stats.t.sf(abs(d) * stats.t.ppf(0.975, df) / half, df) - p

    grid = np.geomspace(2, 1e5, 400)
    for at in np.flatnonzero(np.diff(np.sign([gap(x) for x in grid]))):
        df = optimize.brentq(gap, grid[at], grid[at + 1], xtol=1e-12)
        yield df, (half / stats.t.ppf(0.975, df)) ** 2


def effective(rate, n):
    """A withheld effective size: of a rate the treated's variance is known."""
    for df, both in welch(rate):
        ours = rate["value_treatment"] * (1 - rate["value_treatment"]) / (n - 1)
        rest = both**2 / df - ours**2 / (n - 1)
        if rest > 0:
            return (both - ours) ** 2 / rest + 1
    return None


def sum_of_squares(o, n, e):
    """Of the treated's counts: both variances follow from v²/(n-1) + w²/(e-1)."""
    wholes = []
    for df, both in welch(o) if e else ():
        roots = np.roots([1 / (n - 1) + 1 / (e - 1), -2 * both / (e - 1),
                          both**2 * (1 / (e - 1) - 1 / df)])  # fmt: skip
        real = [v.real for v in roots if abs(v.imag) < 1e-12 and 0 < v.real < both]
        wholes += [v * n * (n - 1) + n * o["value_treatment"] ** 2 for v in real]
    odd = round(n * o["value_treatment"]) % 2  # a square is odd where its number is
    return min(
        wholes, key=lambda s: abs(s - odd - 2 * round((s - odd) / 2)), default=None
    )


def squares_known(analysis):
    """The sum of squares of the treated's frequency; None where it is not told."""
    found = {o["outcome"]: o for o in analysis["outcomes"]}
    rate, o = found.get("reoffending_rate"), found.get("reoffending_frequency")
    if not o or o["value_treatment"] is None or not o["n_treatment"]:
        return None
    n, e = o["n_treatment"], analysis["effective_comparison"]
    if e is None and rate and rate["value_treatment"] is not None:
        e = effective(rate, n)
    return sum_of_squares(o, n, e)
