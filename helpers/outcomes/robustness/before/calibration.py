"""The finding beside what made-up programmes come to: the empirical null."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import optimize, stats

from helpers.errors import DataError
from helpers.request.limits import ALPHA

LEAST = 5  # estimates, or it is not known how they spread
PRECISION = 1e-12  # of the variance sought, in parts of the largest that it may be


@dataclass(frozen=True)
class Null:
    """Where estimates lie, and how they spread beside chance, where nobody was helped.

    Both in the outcome's units: the mean and the standard deviation of the systematic
    error, fitted to so many estimates.
    """

    mean: float
    spread: float
    estimates: int


def beside(difference: pd.Series, standard_error: pd.Series, real: float) -> Null:
    """Fit the empirical null as a result of this standard error is judged by it.

    The mean is the plain one of the differences. How far each lies from it is brought
    to the standard error of the result, and their spread beside chance is the most
    likely; what is left of a mean counts as spread.

    This departs from Schuemie and others, who weigh each by its own standard error. Of
    programmes of one pool, those that drew low values by chance have low standard
    errors too, wherever a few people have most or a rate is low: weighed by them, the
    mean lies too low, and the spread takes in what only the standard errors tell.
    Nor is the mean's own error of simulation in it.
    """
    known = difference.notna() & (standard_error > 0)
    mean = float(difference[known].mean())
    alike = (difference[known] - mean) * (real / standard_error[known])
    found = null(alike, pd.Series(real, alike.index))
    return Null(mean, math.hypot(found.mean, found.spread), found.estimates)


def null(difference: pd.Series, standard_error: pd.Series) -> Null:
    """Fit the empirical null to estimates of programmes in which nobody was helped.

    Each is one draw of N(mean, spread² + standard error²), and both are the most likely
    (Schuemie and others 2014, Statistics in Medicine 33, 209). Raises DataError where
    too few have a standard error.
    """
    known = difference.notna() & (standard_error > 0)
    d = difference[known].to_numpy(dtype=float)
    own = standard_error[known].to_numpy(dtype=float) ** 2
    if len(d) < LEAST:
        raise DataError(
            f"placebo: {LEAST} made-up programmes or more need a standard error; found "
            f"{len(d)}"
        )
    # the likelihood only falls from there on: no difference is farther from the mean
    widest = np.ptp(d) ** 2
    best = 0.0
    if widest > 0:
        sought = optimize.minimize_scalar(
            _unlikely, bounds=(0, widest), args=(d, own), method="bounded",
            options={"xatol": PRECISION * widest},
        )  # fmt: skip
        # a minimum within the bounds is never at 0 itself
        if sought.fun < _unlikely(0.0, d, own):
            best = float(sought.x)
    return Null(_mean(best, d, own), math.sqrt(best), len(d))


def _mean(variance: float, d: np.ndarray, own: np.ndarray) -> float:
    """Give the most likely mean where the spread is known."""
    return float(np.average(d, weights=1 / (variance + own)))


def _unlikely(variance: float, d: np.ndarray, own: np.ndarray) -> float:
    """Give minus the log-likelihood of a spread, but for a constant, at its mean."""
    total = variance + own
    gap = d - _mean(variance, d, own)
    return float(np.sum(np.log(total) + gap**2 / total) / 2)


def calibrated(null: Null, difference: float, standard_error: float) -> pd.Series:
    """Give a difference's p and interval when judged by the empirical null.

    Returns
    -------
    Series
        difference (less the null's mean), ci_low, ci_high (95%) and p_value
        (two-sided), by the normal law: the variance is that of the null and of the
        estimate together (Schuemie and others 2018, PNAS 115, 2571, with an error that
        does not hang on the true effect). In the outcome's units; NaN without a
        standard error.
    """
    gap, spread = difference - null.mean, math.hypot(standard_error, null.spread)
    if not spread > 0:
        names = ("difference", "ci_low", "ci_high", "p_value")
        return pd.Series(dict.fromkeys(names, math.nan))
    reach = stats.norm.ppf(1 - ALPHA / 2) * spread
    return pd.Series(
        {
            "difference": gap,
            "ci_low": gap - reach,
            "ci_high": gap + reach,
            "p_value": 2 * stats.norm.sf(abs(gap) / spread),
        }
    )
