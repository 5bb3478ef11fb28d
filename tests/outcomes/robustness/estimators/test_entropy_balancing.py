"""Weights under which the pool's means are those of the treatment group."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from support import effort, studies

from helpers.errors import DataError
from helpers.outcomes import estimates
from helpers.outcomes.robustness.estimators import entropy_balancing


def test_north_carolina():
    """method.md section 10: computed once outside the kit."""
    study = studies.north_carolina()
    weights = entropy_balancing.weights(study)
    found = estimates.difference(study.values, study.group.treatment, weights)
    assert found["difference"] == pytest.approx(-0.0084029, abs=5.1e-8)
    assert found["standard_error"] == pytest.approx(0.0227976, abs=5.1e-8)
    # printed as 438.13: scipy's BFGS gives 438.12478 (slope 3e-10), as here
    assert found["effective_comparison"] == pytest.approx(438.12478, abs=5.1e-6)


def test_means_are_equal_and_what_is_left_out_need_not_be():
    study = studies.north_carolina()
    people, treated = study.group.people, study.treated
    target = people.loc[treated, study.group.covariates].mean()
    spread = people[study.group.covariates].std()

    def gaps(weights: pd.Series) -> pd.Series:
        own = weights[~treated] / weights[~treated].sum()
        means = people.loc[~treated, study.group.covariates].mul(own, axis=0).sum()
        return ((means - target) / spread).abs()

    assert gaps(entropy_balancing.weights(study)).max() <= 2e-8
    without = gaps(entropy_balancing.weights(study, ["priors"]))
    assert without.drop("priors").max() <= 2e-8
    assert without["priors"] > 1e-3


def test_beyond_the_pool_perfect_balance_cannot_be_met():
    # the treated's mean, -0.5·5 + 0.5·9 = 2, lies above all of the pool but one of 1
    x = [9.0, -5.0] * 10 + [0.0] * 40 + [-6.0, 1.0]
    people = pd.DataFrame({"treatment": [1] * 20 + [0] * 42, "x": x})
    people["reoffended"] = np.arange(62) % 2
    with pytest.raises(DataError, match="perfect balance cannot be met"):
        entropy_balancing.weights(studies.of(people, ["x"]))


@given(seed=st.integers(0, 10_000))
@settings(max_examples=effort.examples(60))
def test_balance_is_met_where_linear_programming_finds_weights(seed):
    rng = np.random.default_rng(seed)
    treated = np.repeat([1, 0], [12, 30])
    numbers = rng.normal(rng.uniform(0, 1.5) * treated[:, None], 1, (42, 3))
    people = pd.DataFrame(numbers, columns=["a", "b", "c"])
    people = people.assign(treatment=treated, reoffended=np.arange(42) % 2)
    try:
        study = studies.of(people, ["a", "b", "c"])
    except DataError:
        assume(False)  # there is no propensity model
    equal = np.vstack([numbers[12:].T, np.ones(30)])
    known = linprog(np.zeros(30), A_eq=equal, b_eq=[*numbers[:12].mean(axis=0), 1])
    try:
        weights = entropy_balancing.weights(study)[12:] / 12
    except DataError:
        assert known.status == 2  # infeasible
    else:
        assert known.status == 0
        gap = numbers[12:].T @ weights - numbers[:12].mean(axis=0)
        assert np.abs(gap).max() <= 1e-7
