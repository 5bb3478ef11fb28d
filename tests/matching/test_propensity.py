"""The propensity model: estimates against R, and every rule about odd covariates."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.errors import DataError
from helpers.matching import balance, design, matching, propensity
from helpers.matching.fitting import separation

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


@pytest.mark.parametrize("near", [{}, {"age": -0.03, "sex=M": 1.0, "const": 9}])
def test_logits_of_groups_read_before_are_those_of_a_fit(near):
    """With a level that no treated person has, whose people are set aside."""
    frame = people()
    frame.loc[(frame["treatment"] == 1) & (frame["region"] == "east"), "region"] = "no"
    names = ["age", "priors", "sex", "region"]
    read = [design.read(frame[name]) for name in names]
    model = propensity.fit(frame, "treatment", names)
    logits = propensity.logits(read, (frame["treatment"] == 1).to_numpy(), near)
    assert model.score.isna().any()
    np.testing.assert_allclose(logits, model.logit, rtol=0, atol=1e-9)


def test_an_ordered_category_takes_its_own_lowest_level_as_base():
    frame = people()
    order = ["west", "north", "east"]
    frame["region"] = pd.Categorical(frame["region"], categories=order, ordered=True)
    model = propensity.fit(frame, "treatment", ["age", "region"])
    assert model.columns == ("age", "region=north", "region=east")


def test_levels_of_a_category_stand_in_their_natural_order():
    children = pd.Series(["10 or more", "2", "0", "3 to 9", "1", None])
    _, levels = design.levels(children)
    assert levels == ["0", "1", "2", "3 to 9", "10 or more", "missing"]


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
    with pytest.raises(DataError, match="told apart for certain by dose .below 5 for"):
        propensity.fit(frame, "treatment", ["age", "dose", "priors"])


def test_a_category_that_is_the_treatment_leaves_nobody():
    frame = people()
    frame["course"] = np.where(frame["treatment"] == 1, "yes", "no")
    treated = frame["treatment"].sum()
    told = (
        f"nobody is left with a peer in the other group, of {treated} people in the "
        rf"treatment group and {400 - treated} in the pool; set aside at course=no .no "
        rf"treated people: {400 - treated}., course=yes .no pool people: {treated}."
    )
    with pytest.raises(DataError, match=told):
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


# where the groups differ widely, or are told apart ------------------------------------

EARNINGS = ["age", "education", "black", "married", "re74", "re75", "re74_squared"]


def unlike(seed=1):
    """185 of a programme and 15,992 of a survey who earn far more, as NSW and CPS."""
    draw = np.random.default_rng(seed)

    def group(n, treatment, age, education, black, married, earned, idle):
        re74 = np.where(draw.random(n) < idle, 0, draw.gamma(2, earned / 2, n))
        return pd.DataFrame(
            {
                "treatment": treatment,
                "age": np.clip(np.round(draw.normal(age, 9, n)), 16, 55),
                "education": np.clip(np.round(draw.normal(education, 2.8, n)), 0, 18),
                "black": (draw.random(n) < black).astype(float),
                "married": (draw.random(n) < married).astype(float),
                "re74": re74,
                "re75": 0.6 * re74 + draw.gamma(2, earned / 6, n),
            }
        )

    both = [
        group(185, 1, 26, 10.3, 0.84, 0.19, 6500, 0.68),
        group(15992, 0, 33, 12.0, 0.07, 0.71, 16000, 0.11),
    ]
    frame = pd.concat(both, ignore_index=True)
    return frame.assign(re74_squared=frame["re74"] ** 2)


def test_a_pool_far_from_the_programme_is_fitted_as_others_fit_it(evidence):
    frame = unlike()
    model = propensity.fit(frame, "treatment", EARNINGS)
    own = frame[EARNINGS]
    standard = (own - own.mean()) / own.std(ddof=0)
    theirs = sm.GLM(
        frame["treatment"], sm.add_constant(standard), family=sm.families.Binomial()
    ).fit(tol=1e-14, maxiter=100)
    table = model.coefficients.loc[EARNINGS].mul(own.std(ddof=0), axis=0)
    gap = (table["estimate"] - theirs.params[EARNINGS]).abs().max()
    assert gap < 1e-9
    # theirs are of the step before the last, a little differently on each machine
    assert (table["se"] - theirs.bse[EARNINGS]).abs().max() < 1e-6
    evidence("propensity: a pool far from the programme", "statsmodels GLM", gap)
    assert model.logit.min() < -20
    assert model.far.sum() > 100
    assert model.score.mean() == pytest.approx(185 / len(frame), abs=1e-12)
    found = matching.match(
        model.score, frame["treatment"], caliper={"sd": 0.05}, logit=model.logit
    )
    assert found.n_treatment > 150
    assert not found.weights[model.far].any()


def test_a_long_tail_of_the_pool_is_not_matched():
    draw = np.random.default_rng(4)
    frame = pd.DataFrame({"treatment": [1] * 300 + [0] * 3000})
    frame["offences"] = np.r_[
        draw.poisson(3, 300), draw.negative_binomial(1, 0.05, 3000)
    ]
    frame.loc[[1000, 1001], "offences"] = [400, 900]
    model = propensity.fit(frame, "treatment", ["offences"])
    assert model.logit[[1000, 1001]].max() < -15
    assert np.isfinite(model.logit).all()
    assert model.coefficients["se"].notna().all()


def test_scores_next_to_1_are_told_apart_by_their_logits():
    draw = np.random.default_rng(3)
    n = 2000
    treated = draw.random(n) < 0.1
    offences = np.where(treated, draw.negative_binomial(0.5, 0.005, n), 0)
    offences = offences + draw.poisson(3, n)
    frame = pd.DataFrame({"treatment": treated.astype(int), "offences": offences})
    frame.loc[frame.index[~treated][:2], "offences"] = [400, 500]
    model = propensity.fit(frame, "treatment", ["offences"])
    assert (model.score == 1).sum() > 2
    assert np.isfinite(model.logit).all()
    found = matching.match(
        model.score, frame["treatment"], caliper=0.01, logit=model.logit
    )
    assert np.isfinite(found.width) and found.n_treatment > 0
    farthest = frame["offences"].idxmax()
    used = found.weights > 0
    near = (model.logit[~treated] - model.logit[farthest]).abs().min()
    assert used[farthest] == (near <= 0.01)
    b, r = balance.rubin(
        model.score, frame["treatment"], found.weights, logit=model.logit
    )
    assert np.isfinite([b, r]).all()
    with pytest.raises(DataError, match="too near 0 or 1 for distance odds; use dis"):
        matching.match(model.score, frame["treatment"], caliper=0.1, distance="odds",
                       logit=model.logit)  # fmt: skip


def apart(**columns):
    """60 treated and 200 of the pool, a number that tells nothing, and more columns."""
    draw = np.random.default_rng(2)
    return pd.DataFrame(
        {"treatment": [1] * 60 + [0] * 200, "x": draw.normal(size=260), **columns}
    )


LOW, HIGH = np.arange(60) % 4, 4 + np.arange(200) % 9
KNOWN = np.r_[LOW, HIGH].astype(float)
GAP = np.where(np.arange(260) % 13 == 0, np.nan, KNOWN)


@pytest.mark.parametrize(
    ("column", "told"),
    [
        (KNOWN, "dose (below 3.5 for all 60 in the treatment group, above it for all "
         "200 in the pool); leave it out"),
        (-KNOWN, "dose (below -3.5 for all 200 in the pool, above it for all 60 in the "
         "treatment group); leave it out"),
        # the pool has 4 to 12, the treated 1 to 4: fifteen and twenty-three have 4
        (KNOWN + np.r_[np.ones(60), np.zeros(200)], "dose (nobody in the treatment "
         "group is above 4 and nobody in the pool below it: 45 are below, 177 above, "
         "38 at it); leave it out"),
        (GAP, "dose (below 3.5 for all 55 in the treatment group, above it for all 185 "
         "in the pool); leave it out"),
    ],
)  # fmt: skip
def test_a_number_that_parts_the_groups_is_named_with_where_and_how_many(column, told):
    with pytest.raises(DataError) as error:
        propensity.fit(apart(dose=column), "treatment", ["x", "dose"])
    lead = "covariates: the groups are told apart for certain by "
    assert str(error.value).startswith(lead + told)
    assert "filter: {age: {from: 18, to: 25}}" in str(error.value)


def test_columns_that_part_the_groups_only_together_are_named_together():
    base = np.arange(260) % 7
    frame = apart(had=base, got=base + np.r_[np.ones(60), -np.ones(200)])
    with pytest.raises(DataError) as error:
        propensity.fit(frame, "treatment", ["x", "had", "got"])
    assert (
        "several columns together, no single one does it: had, got; so 60 of 60 people "
        "in the treatment group and 200 of 200 in the pool have nobody like them"
        in str(error.value)
    )


def test_levels_that_part_some_people_only_together_are_named_with_how_many():
    # north and women: the treated alone; south and men: the pool alone; others mixed
    counts = {
        ("north", "F", 1): 20,
        ("south", "M", 0): 70,
        **{(*cell, 1): 20 for cell in (("north", "M"), ("south", "F"))},
        ("north", "M", 0): 60,
        ("south", "F", 0): 70,
    }
    rows = [cell for cell, count in counts.items() for _ in range(count)]
    frame = pd.DataFrame(rows, columns=["region", "sex", "treatment"])
    with pytest.raises(DataError) as error:
        propensity.fit(frame, "treatment", ["region", "sex"])
    assert (
        "no single one does it: region=south, sex=M; so 20 of 60 people in the "
        "treatment group and 70 of 200 in the pool" in str(error.value)
    )


@given(low=st.floats(-1e6, 1e6), gap=st.floats(1e-3, 1e6))
def test_a_message_gives_a_number_between_two_values(low, gap):
    high = low + gap
    assert low < separation.between(low, high) < high
