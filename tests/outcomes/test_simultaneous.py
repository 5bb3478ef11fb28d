"""The factor of intervals that hold at once, where it is known."""

import math

import numpy as np
import pytest

from helpers.outcomes import simultaneous


def test_the_same_numbers_every_time():
    covariance = np.array([[2.0, 1.0], [1.0, 2.0]])
    assert simultaneous.critical(covariance) == simultaneous.critical(covariance)


@pytest.mark.parametrize(
    ("covariance", "known"),
    [
        ([[4.0]], 1.959964),  # one number: the normal's
        ([[1.0, 1.0], [1.0, 1.0]], 1.959964),  # the same number twice
        ([[1.0, 0.0], [0.0, 9.0]], 2.236477),  # independent: Φ⁻¹((1 + √0.95)/2)
    ],
)
def test_the_factor_in_cases_that_are_known(covariance, known):
    found = simultaneous.critical(np.array(covariance))
    assert found == pytest.approx(known, abs=0.002)


def test_no_factor_without_a_variance():
    assert math.isnan(simultaneous.critical(np.zeros((0, 0))))
    assert math.isnan(simultaneous.critical(np.zeros((2, 2))))
