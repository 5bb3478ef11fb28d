"""Outcomes of which little can be said, or that cannot be: results and messages."""

import warnings

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from helpers.errors import DataError
from helpers.outcomes import estimates


@pytest.fixture(autouse=True)
def no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def found(y_t, y_c, w=None, **options):
    outcome = pd.Series([*y_t, *y_c])
    treatment = pd.Series([1] * len(y_t) + [0] * len(y_c))
    weights = pd.Series([1.0] * len(y_t) + list(w or [1.0] * len(y_c)))
    within = estimates.group_intervals(
        outcome, treatment, weights, kind=options.get("kind")
    )
    return estimates.difference(outcome, treatment, weights, **options), within


def untested(result):
    return np.isnan(result["p_value"]) and result["significant"] is None


#: z² = 3.841459; Wilson's upper limit of 0 of n is z²/(n + z²)
OF_100, OF_200 = 3.841459 / 103.841459, 3.841459 / 203.841459


@pytest.mark.parametrize(
    ("value", "low", "high"), [(0.0, -OF_200, OF_100), (1.0, -OF_100, OF_200)]
)
def test_nobody_or_everybody_reoffended(value, low, high):
    result, within = found([value] * 100, [value] * 200, kind="rate")
    assert result["difference"] == result["standard_error"] == 0
    assert untested(result) and np.isnan(result["df"])
    interval = result["ci_low"], result["ci_high"]
    assert interval == pytest.approx((low, high), abs=1e-6)
    ends = [0, OF_100, 0, OF_200] if value == 0 else [1 - OF_100, 1, 1 - OF_200, 1]
    assert within.tolist() == pytest.approx(ends, abs=1e-6)


def test_one_reoffender():
    result, _ = found([1.0] + [0.0] * 99, [1.0] * 20 + [0.0] * 180, kind="rate")
    assert untested(result) and result["value_treatment"] == 0.01
    known = confint_proportions_2indep(1, 100, 20, 200, method="newcomb")
    interval = result["ci_low"], result["ci_high"]
    assert interval == pytest.approx(known, abs=1e-7)
    # of one reoffender there is a time, and nothing to compare it by
    time, within = found([30.0] + [np.nan] * 99, [20.0, 40, 60], kind="days")
    assert (time["n_treatment"], time["difference"]) == (1, -10)
    assert untested(time) and np.isnan([time["ci_low"], time["ci_high"]]).all()
    assert within[:2].isna().all()


def test_a_missing_outcome_counts_nowhere():
    result, _ = found([1, np.nan, 3, np.nan], [np.nan, 4.0, 8], kind="amount")
    assert (result["n_treatment"], result["n_comparison"]) == (2, 2)
    assert (result["value_treatment"], result["value_comparison"]) == (2, 6)


@pytest.mark.parametrize("kind", ["days", "amount", "frequency"])
def test_all_weight_on_one_comparison_person(kind):
    result, within = found([1.0, 2, 3, 2] * 10, [5.0, 1, 2], [40.0, 0, 0], kind=kind)
    assert (result["n_comparison"], result["effective_comparison"]) == (1, 1)
    assert (result["value_comparison"], result["difference"]) == (5, -3)
    assert untested(result)
    assert np.isnan([result[n] for n in ("ci_low", "ci_high", "df")]).all()
    assert within[2:].isna().all()


def test_a_rate_of_one_comparison_person_is_known_as_well_as_of_one():
    """Newcombe's limits with n_e = 1: 0.5 less 0.7934 at the most, by hand."""
    result, within = found([0.0, 1] * 50, [1.0, 0, 0], [100.0, 0, 0], kind="rate")
    assert result["effective_comparison"] == 1 and untested(result)
    # Wilson: 50 of 100 0.403830 to 0.596170; 1 of 1 0.206549 to 1
    low = -0.5 - (0.096170**2) ** 0.5
    high = -0.5 + (0.096170**2 + 0.793451**2) ** 0.5
    assert (result["ci_low"], result["ci_high"]) == pytest.approx((low, high), abs=1e-5)
    assert within[2:].tolist() == pytest.approx([0.206549, 1], abs=1e-6)


@pytest.mark.parametrize("kind", ["days", "amount", "frequency"])
def test_nearly_all_weight_on_one_person_has_no_interval_that_could_be_written(kind):
    """By t with 0.0002 degrees of freedom it would reach beyond any number."""
    y_c, w = [5.0, 1, 2, 4, 3], [99.0, *[0.25] * 4]
    result, within = found([1.0, 2, 3, 2] * 25, y_c, w, kind=kind)
    # n_e = 100²/(99² + 4·0.25²) = 1.02028
    assert result["effective_comparison"] == pytest.approx(10000 / 9801.25)
    assert untested(result) and result["standard_error"] > 0
    assert np.isnan([result["ci_low"], result["ci_high"]]).all()
    assert within[2:].isna().all() and within[:2].notna().all()


@pytest.mark.parametrize(
    ("values", "kind", "message"),
    [
        ([0.0, 2.0], "rate", "outcome: a rate is 0 or 1 for everyone; see its kind"),
        ([0.0, -1.0], "frequency",
         "outcome: a count is 0 or more for everyone; see its kind"),
        ([0.0, np.inf], "amount", "outcome: some people have an infinite value"),
        ([0.0, -np.inf], "days", "outcome: some people have an infinite value"),
        (["1.5", "much"], "amount",
         "outcome: some people have a value that is no number"),
    ],
)  # fmt: skip
def test_values_that_cannot_be_are_refused_without_being_told(values, kind, message):
    with pytest.raises(DataError) as error:
        found(values * 5, [0, 1] * 5, kind=kind)
    assert str(error.value) == message
