"""What an estimator cannot do is said in its row, and the rest goes on."""

import math
import warnings

import numpy as np
import pandas as pd
import pytest
from support import known_effect, studies

from helpers.outcomes.robustness import runner
from helpers.outcomes.robustness.check import Check
from helpers.outcomes.robustness.estimators import estimate, pool_model, trimmed
from helpers.request.matching import Matching

NEAREST = Matching.model_validate({"method": "nearest"})
WEIGHING = ("entropy_balancing", "ipw", "aipw")


def checks(study) -> dict[str, Check]:
    return {
        check.name: check
        for check in runner.checks({"All": study})["All"]
        if list(check.table.columns) == list(estimate.COLUMNS)
    }


def row(check: Check) -> pd.Series:
    return check.table.iloc[0]


@pytest.fixture(scope="module")
def people() -> pd.DataFrame:
    return known_effect.people(1_200, 0.2, 0.0, np.random.default_rng(1))


@pytest.fixture(scope="module")
def study(people):
    return studies.of(people, known_effect.COVARIATES)


def none_but(found: dict[str, Check], *without: str) -> None:
    """Hold that these have no estimate, say why, and that all others have one."""
    assert {name for name, check in found.items() if check.verdict == "none"} == set(
        without
    )
    for name, check in found.items():
        if name in without:
            assert check.kept is None and row(check)["why"] == check.text
            assert np.isnan(row(check)["difference"])
        else:
            assert not np.isnan(row(check)["difference"]), name


def test_perfect_balance_cannot_be_met():
    # the mean of the treated, -0.5·5 + 0.5·9 = 2, is above all of the pool
    x = [9.0, -5.0] * 20 + [0.0] * 80 + [-6.0, 1.0]
    frame = pd.DataFrame({"treatment": [1] * 40 + [0] * 82, "x": x})
    frame["reoffended"] = np.arange(122) // 2 % 2
    found = checks(studies.of(frame, ["x"]))
    assert found["entropy_balancing"].verdict == "none"
    assert "cannot be met" in row(found["entropy_balancing"])["why"]
    assert found["ipw"].verdict != "none"


def test_one_covariate(people):
    none_but(checks(studies.of(people, ["age"])))
    none_but(checks(studies.of(people, ["sex"])))


def test_a_number_that_is_the_same_for_all_of_the_pool():
    frame = pd.DataFrame({"treatment": [1] * 40 + [0] * 120})
    frame["x"] = [1.0, 2.0, 3.0, 4.0] * 10 + [2.5] * 120
    frame["age"] = np.arange(160) % 23
    frame["reoffended"] = np.arange(160) // 3 % 2
    # 2.5 is the mean of the treated too: balance can be met
    found = checks(studies.of(frame, ["x", "age"]))
    assert found["entropy_balancing"].verdict != "none"
    # the model of the pool does without it, and so is that of age alone
    alone = checks(studies.of(frame, ["age"]))
    known = row(alone["regression"])["difference"]
    assert row(found["regression"])["difference"] == pytest.approx(known, abs=1e-9)
    frame["x"] = [1.0, 2.0, 3.0, 5.0] * 10 + [2.5] * 120
    found = checks(studies.of(frame, ["x", "age"]))
    assert found["entropy_balancing"].verdict == "none"
    assert found["regression"].verdict != "none"


def test_all_weight_on_one_person():
    # one of the pool is where the treated are: odds of the others are next to nothing
    frame = pd.DataFrame({"treatment": [1] * 30 + [0] * 301})
    frame["x"] = [8.0, 9.0, 10.0] * 10 + [0.0, 1.0, 2.0] * 100 + [9.0]
    frame.loc[0, "x"] = 1.0
    frame["reoffended"] = np.arange(331) % 2
    found = checks(studies.of(frame, ["x"]))
    heavy = row(found["ipw"])
    assert heavy["largest_weight"] > 0.5
    assert heavy["why"] in (estimate.HEAVY, estimate.TOO_FEW)
    assert row(found["aipw"])["why"] == estimate.HEAVY


@pytest.mark.parametrize("event", [0.0, 1.0])
def test_a_pool_that_all_did_the_same_has_no_model(study, people, event):
    values = study.values.where(study.treated, event)
    found = checks(studies.with_values(study, values))
    none_but(found, "regression", "aipw")
    assert "same for everyone" in row(found["regression"])["why"]


@pytest.mark.parametrize("event", [0.0, 1.0])
def test_treated_people_who_all_did_the_same_are_not_tested(study, event):
    values = study.values.where(~study.treated, event)
    found = checks(studies.with_values(study, values))
    none_but(found)
    for check in found.values():
        own = row(check)
        assert own["significant"] is None and np.isnan(own["p_value"])
        assert own["ci_low"] < own["difference"] < own["ci_high"]


@pytest.mark.parametrize("region", ["North", "Wales"])  # the base, and another
def test_a_level_at_which_nobody_of_the_pool_reoffended(study, people, region):
    """Nothing is expected there, and all else is as of the people elsewhere."""
    there = people["region"] == region
    values = study.values.mask(there & ~study.treated, 0.0)
    whole = pool_model.fit(studies.with_values(study, values))
    elsewhere = people[~there].assign(reoffended=values[~there])
    part = pool_model.fit(studies.of(elsewhere, known_effect.COVARIATES))
    assert whole.residual[there & study.treated] == pytest.approx(
        values[there & study.treated], abs=1e-6
    )
    assert whole.residual[~there] == pytest.approx(part.residual, abs=1e-6)
    share = (study.treated & ~there).sum() / study.treated.sum()
    assert whole.variance == pytest.approx(share**2 * part.variance, rel=1e-5)


def test_people_without_a_known_value_are_left_out(study):
    values = study.values.mask(np.arange(len(study.values)) % 5 == 0)
    found = checks(studies.with_values(study, values))
    none_but(found)
    for check in found.values():
        assert values[check.kept].notna().all()
    own = row(found["aipw"])
    assert own["n_treatment"] == values[study.treated].notna().sum()


def test_before_the_outcomes_are_open_there_is_no_estimate(study):
    found = checks(studies.with_values(study, study.values.mask(study.treated)))
    none_but(found, *found)


def test_a_headline_without_a_caliper_is_not_trimmed(people):
    found = checks(studies.of(people, known_effect.COVARIATES, settings=NEAREST))
    none_but(found, "trimmed")


def test_as_the_headline_is_matched_so_are_those_left(people):
    """By kernel, and by a caliper so wide that the request had to accept it."""
    wide = {"caliper": {"sd": 0.5, "of": "pooled"}, "accept_wide": True}
    range_alone = {"common_support": "range", "caliper": 0.1, "distance": "odds"}
    for matching in ({"method": "kernel"}, wide, range_alone):
        settings = Matching.model_validate(matching)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            study = studies.of(people, known_effect.COVARIATES, settings=settings)
        (trim,) = trimmed.checks(study)
        left = int(study.treated.sum()) - math.floor(0.05 * study.treated.sum())
        matched = study.estimate["n_treatment"]
        own = row(trim)["n_treatment"]
        assert own <= min(matched, left)
        # who is not matched has nobody there, and is among those left out
        assert own == min(matched, left) or matching is range_alone


def test_exact_keys_bind_matching_alone(people):
    keys = people[["region"]]
    found = checks(studies.of(people, known_effect.COVARIATES, exact=keys))
    plain = checks(studies.of(people, known_effect.COVARIATES))
    none_but(found)
    for variant in found:
        same = row(found[variant])["difference"] == row(plain[variant])["difference"]
        assert same == (variant in (*WEIGHING, "regression")), variant


def test_a_method_that_does_not_settle_says_so(study, monkeypatch):
    monkeypatch.setattr("helpers.matching.fitting.newton.STEPS", 1)
    monkeypatch.setattr(
        "helpers.outcomes.robustness.estimators.entropy_balancing.STEPS", 1
    )
    found = checks(study)
    none_but(found, "entropy_balancing", "regression", "aipw")
    assert "not settle" in row(found["regression"])["why"]
    assert "not reached" in row(found["entropy_balancing"])["why"]


def test_an_estimate_whose_interval_does_not_hold_the_headline_is_in_doubt(study):
    # the headline's own match is told another story than every other: 0 for its pool
    matched = (study.weights > 0) & ~study.treated
    few = study.weights.where(study.treated | (np.arange(len(matched)) % 9 == 0), 0.0)
    values = study.values.mask((few > 0) & ~study.treated, 0.0)
    values = values.mask((few == 0) & ~study.treated, 1.0)
    other = studies.with_values(study, values, weights=few)
    assert checks(other)["caliper_01"].verdict == "doubt"
