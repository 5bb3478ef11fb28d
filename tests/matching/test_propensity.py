"""The propensity model: estimates against R, and every rule about odd covariates."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.errors import DataError
from helpers.matching import propensity

EXPECTED = Path(__file__).parents[1] / "expected"
COVARIATES = ["age", "priors", "sex", "ethnicity", "employed"]


def people(n: int = 400, seed: int = 1) -> pd.DataFrame:
    draw = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "age": draw.normal(35, 9, n),
            "priors": draw.poisson(3, n),
            "sex": draw.choice(["F", "M"], n),
            "region": draw.choice(["east", "north", "west"], n),
        },
        index=pd.Index(draw.permutation(n) + 1, name="person_id"),
    )
    chance = 1 / (1 + np.exp(1 + 0.04 * (frame["age"] - 35) - 0.1 * frame["priors"]))
    frame["treatment"] = (draw.random(n) < chance).astype(int)
    return frame


def test_estimates_are_those_of_r_with_missing_values_and_categories(evidence):
    frame = pd.read_csv(EXPECTED / "people.csv", index_col="person_id")
    known = pd.read_csv(EXPECTED / "people_logit.csv", index_col="name")
    model = propensity.fit(frame, "treatment", COVARIATES)
    assert list(model.coefficients.index) == list(known.index)
    assert list(model.coefficients.columns) == ["estimate", "se", "z", "p"]
    assert model.columns == tuple(known.index[1:])
    gap = (model.coefficients - known[model.coefficients.columns]).abs().max().max()
    assert gap < 1e-9
    assert model.log_likelihood == pytest.approx(known["log_likelihood"].iloc[0], 1e-11)
    evidence("propensity: estimates, SE, z, p (missing, categories)", "R glm", gap)


def test_mean_score_is_the_share_treated():
    frame = people()
    model = propensity.fit(frame, "treatment", ["age", "priors", "sex", "region"])
    assert model.score.index.equals(frame.index)
    assert model.score.mean() == pytest.approx(frame["treatment"].mean(), abs=1e-14)
    assert model.n_treatment + model.n_pool == len(frame)


def test_an_ordered_category_takes_its_own_lowest_level_as_base():
    frame = people()
    order = ["west", "north", "east"]
    frame["region"] = pd.Categorical(frame["region"], categories=order, ordered=True)
    model = propensity.fit(frame, "treatment", ["age", "region"])
    assert model.columns == ("age", "region=north", "region=east")


def test_a_level_that_one_group_lacks_is_set_aside_and_counted():
    frame = people()
    pool, treated = (frame.index[frame["treatment"] == group] for group in (0, 1))
    frame.loc[treated[:3], "region"] = "south"
    frame.loc[pool[:5], "sex"] = "X"
    model = propensity.fit(frame, "treatment", ["age", "sex", "region"])
    assert model.set_aside.to_dict("records") == [
        {
            "variable": "sex",
            "level": "X",
            "why": "no treated people",
            "n_treatment": 0,
            "n_pool": 5,
        },
        {
            "variable": "region",
            "level": "south",
            "why": "no pool people",
            "n_treatment": 3,
            "n_pool": 0,
        },
    ]
    assert model.score.isna().sum() == 8
    assert model.score[[*treated[:3], *pool[:5]]].isna().all()
    assert "region=south" not in model.columns
    assert model.n_treatment == len(treated) - 3


def test_setting_aside_repeats_until_no_level_is_without_peers():
    frame = people()
    treated = frame.index[frame["treatment"] == 1]
    pool = frame.index[frame["treatment"] == 0]
    # who is in "south" is set aside, and with them the last treated of sex "X"
    frame.loc[treated[0], ["sex", "region"]] = ["X", "south"]
    frame.loc[pool[0], "sex"] = "X"
    model = propensity.fit(frame, "treatment", ["sex", "region"])
    assert list(model.set_aside["level"]) == ["south", "X"]
    assert model.score[[treated[0], pool[0]]].isna().all()
    assert model.score.notna().sum() == len(frame) - 2


@pytest.mark.parametrize("value", [1.0, np.nan])
def test_zero_one_and_missing_values_need_people_of_both_groups(value):
    frame = people()
    treated = frame.index[frame["treatment"] == 1][:4]
    frame["flag"] = 0.0
    frame.loc[treated, "flag"] = value
    with pytest.warns(propensity.ColumnDropped, match="flag is the same for everyone"):
        model = propensity.fit(frame, "treatment", ["age", "flag"])
    assert model.set_aside["n_treatment"].sum() == 4
    assert model.dropped == ("flag",)
    assert model.score[treated].isna().all()


def test_other_numbers_are_not_levels():
    frame = people()
    frame["visits"] = np.where(frame["treatment"] == 1, frame["priors"] % 3, 0)
    frame.loc[frame.index[frame["treatment"] == 0][:40], "visits"] = 1
    model = propensity.fit(frame, "treatment", ["age", "visits"])
    assert model.set_aside.empty


def test_the_text_missing_is_the_same_level_as_a_missing_value():
    frame = people()
    with_gaps = frame.assign(region=frame["region"].where(frame["region"] != "east"))
    with_text = frame.assign(region=frame["region"].replace("east", "missing"))
    models = [
        propensity.fit(data, "treatment", ["age", "region"])
        for data in (with_gaps, with_text)
    ]
    assert models[0].columns == ("age", "region=west", "region=missing")
    pd.testing.assert_frame_equal(models[0].coefficients, models[1].coefficients)


def test_constant_and_collinear_columns_are_dropped_with_a_warning():
    frame = people().assign(one=7.1)
    frame["months"] = 12 * frame["age"] + 3
    frame["both"] = frame["age"] - 2 * frame["priors"]
    frame["after"] = np.random.default_rng(5).normal(size=len(frame))
    with pytest.warns(propensity.ColumnDropped) as caught:
        model = propensity.fit(
            frame, "treatment", ["one", "age", "months", "priors", "both", "after"]
        )
    assert model.dropped == ("one", "months", "both")
    assert model.columns == ("age", "priors", "after")
    assert len(caught) == 3
    plain = propensity.fit(frame, "treatment", ["age", "priors", "after"])
    assert np.allclose(model.score, plain.score, atol=1e-13)


def test_separation_ends_the_analysis_and_names_the_covariate():
    frame = people()
    frame["dose"] = frame["treatment"] * 10 + frame["priors"] / 10
    with pytest.raises(DataError, match="all but told apart by dose: "):
        propensity.fit(frame, "treatment", ["age", "dose", "priors"])


def test_a_category_that_is_the_treatment_leaves_nobody():
    frame = people()
    frame["course"] = np.where(frame["treatment"] == 1, "yes", "no")
    with pytest.raises(DataError, match="nobody is left .* course"):
        propensity.fit(frame, "treatment", ["age", "course"])


@pytest.mark.parametrize(
    "change, covariates, message",
    [
        ({}, ["age", "agee"], "there is no column agee"),
        ({}, [], "none is named"),
        ({}, ["age", "treatment"], "treatment is the treatment"),
        ({"treatment": 1}, ["age"], "both groups need people"),
        ({"treatment": 2}, ["age"], "must be 1"),
        ({"treatment": "yes"}, ["age"], "must be 1"),
        ({"treatment": np.nan}, ["age"], "must be 1"),
        ({"age": np.inf}, ["age"], "age: some rows hold an infinite number"),
        ({"age": 30}, ["age"], "none differs"),
        ({"age": np.nan}, ["age"], "none differs"),
    ],
)
@pytest.mark.filterwarnings("ignore::helpers.matching.propensity.ColumnDropped")
def test_columns_that_cannot_be_used_are_named(change, covariates, message):
    with pytest.raises(DataError, match=message):
        propensity.fit(people().assign(**change), "treatment", covariates)


@settings(max_examples=25)
@given(
    factor=st.floats(0.01, 500).flatmap(lambda x: st.sampled_from([x, -x])),
    shift=st.floats(-1e4, 1e4),
    seed=st.integers(0, 1000),
)
def test_scores_do_not_depend_on_units_or_the_order_of_rows(factor, shift, seed):
    frame = people(200, seed)
    changed = frame.assign(age=frame["age"] * factor + shift)
    changed = changed.sample(frac=1, random_state=seed)
    covariates = ["age", "priors", "sex"]
    plain = propensity.fit(frame, "treatment", covariates)
    other = propensity.fit(changed, "treatment", covariates)
    assert np.allclose(plain.score, other.score.reindex(frame.index), atol=1e-10)
    for column, power in (("estimate", 1), ("se", 1)):
        once = plain.coefficients.loc["age", column]
        scaled = other.coefficients.loc["age", column] * factor**power
        assert abs(scaled) == pytest.approx(abs(once), rel=1e-6, abs=1e-9)
