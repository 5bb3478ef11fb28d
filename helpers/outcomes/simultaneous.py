"""Intervals that hold all at once, of differences that go together."""

import math

import numpy as np
from scipy import special, stats
from scipy.stats import qmc

from helpers.request.limits import ALPHA

#: points by which their joint distribution is integrated, a power of 2, and the seed of
#: how they are scrambled
POINTS, SEED = 2**18, 1


def critical(covariance: np.ndarray) -> float:
    """Give the 95% point of the largest absolute value of some normal numbers.

    They have mean 0 and this covariance, and are set to variance 1 first. NaN of none,
    or where a variance is not above 0.
    """
    scale = np.sqrt(np.diag(covariance))
    if not len(scale) or not np.all(scale > 0):
        return math.nan
    values, vectors = np.linalg.eigh(covariance / np.outer(scale, scale))
    root = vectors * np.sqrt(np.maximum(values, 0))
    # Sobol's points lie evenly in the cube: the third decimal is right
    even = qmc.Sobol(len(scale), scramble=True, rng=SEED).random(POINTS)
    largest = np.abs(special.ndtri(even) @ root.T).max(axis=1)
    alone = stats.norm.ppf(1 - ALPHA / 2)  # of one number, and the least of several
    return max(float(np.quantile(largest, 1 - ALPHA)), float(alone))
