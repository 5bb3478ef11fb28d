"""The empirical null, beside the package of those who proposed it."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from helpers.errors import DataError
from helpers.outcomes.robustness.before import calibration

EXPECTED = Path(__file__).parents[3] / "expected"
KNOWN = json.loads((EXPECTED / "calibration.json").read_text())


def fitted(known: dict) -> calibration.Null:
    columns = known["difference"], known["standard_error"]
    return calibration.null(*map(pd.Series, columns))


@pytest.mark.parametrize("name", KNOWN)
def test_null_p_and_interval_are_those_of_empyricalcalibration(name, evidence):
    """Which stops at 1e-5 of its maximum, and never quite reaches a spread of 0."""
    known = KNOWN[name]
    null = fitted(known)
    assert [null.mean, null.spread] == pytest.approx(known["null"], abs=2e-5)
    gaps = []
    columns = zip(*(known[c] for c in ("p_value", "ci_low", "ci_high")), strict=True)
    for (difference, own), row in zip(known["of"], columns, strict=True):
        told = calibration.calibrated(null, difference, own)
        gaps += np.abs(told[["p_value", "ci_low", "ci_high"]].to_numpy() - row).tolist()
        assert told["difference"] == difference - null.mean
    assert max(gaps) < 2e-4
    what = f"empirical null ({name}): mean, spread, p, interval"
    evidence(what, "empyricalcalibration", max(gaps))


def test_estimates_that_spread_as_chance_has_them_have_no_more_error():
    """The spread is exactly 0, so the mean is that weighted by 1/SE²."""
    known = KNOWN["chance"]
    null = fitted(known)
    assert null.spread == pytest.approx(0, abs=1e-6)
    weights = 1 / np.square(known["standard_error"])
    assert null.mean == pytest.approx(np.average(known["difference"], weights=weights))


def test_equal_standard_errors_by_hand():
    """Then the likelihood is highest at the mean and at variance less SE².

    Of −2, 0, 2, 4, 6 the mean is 2 and the variance, by n, 8; with SE 2 the spread is
    √(8 − 4) = 2. A finding of 7 with SE 1.5: 7 − 2 = 5, √(4 + 2.25) = 2.5, so z = 2.
    """
    null = calibration.null(pd.Series([-2, 0, 2, 4, 6]), pd.Series([2.0] * 5))
    assert (null.mean, null.spread) == pytest.approx((2, 2), rel=1e-6)
    told = calibration.calibrated(null, 7, 1.5)
    assert told["p_value"] == pytest.approx(2 * stats.norm.sf(2), rel=1e-5)
    assert told["ci_low"] == pytest.approx(5 - 1.959964 * 2.5, abs=1e-5)


def test_all_estimates_alike_have_no_spread():
    null = calibration.null(pd.Series([0.1] * 5), pd.Series([0.02] * 5))
    assert (null.mean, null.spread) == pytest.approx((0.1, 0))


def test_a_finding_without_a_standard_error_is_not_calibrated():
    null = calibration.Null(0.1, 0.0, 5)
    for own in (0.0, np.nan):
        assert calibration.calibrated(null, 0.2, own).isna().all()


def test_too_few_estimates_have_no_null():
    values = pd.Series([0.1, 0.2, 0.3, 0.4, np.nan])
    with pytest.raises(DataError, match="5 made-up programmes or more .* found 4"):
        calibration.null(values, pd.Series([0.1] * 5))


def test_the_null_of_the_result_by_hand():
    """Mean (−2 + 0 + 2 + 4 + 6)/5 = 2 though the low have small standard errors.

    From it lie −4, −2, 0, 2, 4, of SE 1, 1, 2, 2, 2; at the result's SE of 2 these are
    −8, −4, 0, 2, 4: mean −1.2, variance 20 − 1.44 = 18.56, beside chance 14.56, so
    that the spread is √(1.44 + 14.56) = 4.
    """
    d, own = pd.Series([-2.0, 0, 2, 4, 6]), pd.Series([1.0, 1, 2, 2, 2])
    null = calibration.beside(d, own, 2.0)
    assert (null.mean, null.spread) == pytest.approx((2, 4), rel=1e-5)
    assert null.estimates == 5


@pytest.mark.slow
def test_p_is_even_where_a_few_people_have_most_and_nobody_was_helped():
    """A skewed amount without effect: p ≤ 0.05, 0.25, 0.5 as often as it says.

    Within three standard errors of 300 times. The difference's own p is at most 0.05
    twice as often (0.12), and weighed by 1/SE² the null's mean lies too low.
    """
    rng, n, pool, times = np.random.default_rng(0), 77, 773, 300

    def estimate(a: np.ndarray, b: np.ndarray) -> tuple[float, float]:
        variance = a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b)
        return a.mean() - b.mean(), np.sqrt(variance)

    p, low = [], []
    for _ in range(times):
        values = rng.lognormal(6, 1.5, pool)
        difference, own = estimate(rng.lognormal(6, 1.5, n), values)
        orders = (rng.permutation(values) for _ in range(200))
        drawn = np.array([estimate(order[:n], order[n:]) for order in orders])
        d, errors = pd.Series(drawn[:, 0]), pd.Series(drawn[:, 1])
        null = calibration.beside(d, errors, own)
        p.append(calibration.calibrated(null, difference, own)["p_value"])
        low.append((calibration.null(d, errors).mean - null.mean) / own)
    for level in (0.05, 0.25, 0.5):
        allowed = 3 * (level * (1 - level) / times) ** 0.5
        assert np.mean(np.array(p) <= level) == pytest.approx(level, abs=allowed)
    assert np.mean(low) < -0.3
