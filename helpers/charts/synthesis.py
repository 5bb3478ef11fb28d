"""Several results taken together: the mean of effects that may differ (section 7).

The restricted likelihood and the interval of the mean follow Hartung and Knapp (2001)
and Sidik and Jonkman (2002), with a floor as in Rover, Knapp and Friede (2015); the
prediction interval is that of Higgins, Thompson and Spiegelhalter (2009).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.stats import t

from helpers.request.limits import ALPHA, POOLED_FROM, PREDICTED_FROM

#: standard errors that a 95% interval is wide, twice the normal quantile of 0.975
WIDTH = 3.919928

#: places at which the slope of the likelihood is looked at between 0 and its bound
PLACES = 400

Vector = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Pooled:
    """The mean of some effects with its 95% interval, in the unit of the effects.

    `between` is the variance between programmes, `factor` what the variance of the mean
    is multiplied by (1 or more), `predicted` the interval in which a new programme's
    effect would lie; None with too few effects to say.
    """

    count: int
    mean: float
    low: float
    high: float
    between: float
    factor: float
    predicted: tuple[float, float] | None


def of_interval(low: str, high: str) -> tuple[float, float]:
    """Give the effect behind a printed 95% interval, and its variance.

    The limits are text, since their last printed digit tells how they were rounded:
    the middle of two whole numbers has a variance of 1/24 from that alone.
    """
    ends = float(low), float(high)
    units = [10.0 ** -len(text.partition(".")[2]) for text in (low, high)]
    sampling = ((ends[1] - ends[0]) / WIDTH) ** 2
    return (ends[0] + ends[1]) / 2, sampling + sum(u**2 for u in units) / 48


def between(effects: npt.ArrayLike, variances: npt.ArrayLike) -> float:
    """Give the variance between programmes at the peak of the restricted likelihood.

    It is 0 exactly where the peak is there. With variances far apart the likelihood
    may have several peaks: each is found by where its slope turns, and the highest is
    taken.
    """
    y, v = np.asarray(effects, dtype=float), np.asarray(variances, dtype=float)
    # beyond the spread of the effects and the largest variance the slope is negative
    bound = y.var(ddof=1) + v.max()
    tried = np.concatenate([[0.0], np.geomspace(bound * 1e-9, bound, PLACES)])
    slopes = np.array([_slope(value, y, v) for value in tried])
    turns = np.flatnonzero((slopes[:-1] > 0) & (slopes[1:] <= 0))
    peaks = [brentq(_slope, *tried[i : i + 2], args=(y, v), xtol=1e-14) for i in turns]
    return float(max([0.0, *peaks], key=lambda value: _likelihood(value, y, v)))


def _mean(value: float, y: Vector, v: Vector) -> tuple[Vector, float]:
    """Give the weights of the effects and their mean, at a variance between them."""
    weights = 1 / (v + value)
    return weights, float(weights @ y / weights.sum())


def _likelihood(value: float, y: Vector, v: Vector) -> float:
    """Give the logarithm of the restricted likelihood, but for a constant."""
    w, mean = _mean(value, y, v)
    return -(np.log(v + value).sum() + np.log(w.sum()) + w @ (y - mean) ** 2) / 2


def _slope(value: float, y: Vector, v: Vector) -> float:
    """Give the slope of the logarithm of the restricted likelihood."""
    w, mean = _mean(value, y, v)
    return (w**2 @ (y - mean) ** 2 - w.sum() + w @ w / w.sum()) / 2


def pooled(effects: npt.ArrayLike, variances: npt.ArrayLike) -> Pooled:
    """Give the mean of effects of which each has a variance of its own.

    Raises ValueError for fewer effects than may be taken together.
    """
    y, v = np.asarray(effects, dtype=float), np.asarray(variances, dtype=float)
    count = len(y)
    if count < POOLED_FROM:
        raise ValueError(f"{count} effects; at least {POOLED_FROM} make a mean")
    spread = between(y, v)
    w, mean = _mean(spread, y, v)
    # unlike Hartung and Knapp's own, never narrower than the variances alone allow
    factor = max(1.0, float(w @ (y - mean) ** 2) / (count - 1))
    variance = factor / w.sum()
    reach = float(t.ppf(1 - ALPHA / 2, count - 1))
    half, far = reach * np.sqrt(variance), reach * np.sqrt(spread + variance)
    predicted = (float(mean - far), float(mean + far))
    return Pooled(
        count=count,
        mean=mean,
        low=float(mean - half),
        high=float(mean + half),
        between=spread,
        factor=factor,
        predicted=predicted if count >= PREDICTED_FROM else None,
    )
