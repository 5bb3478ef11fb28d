"""Balance: R's weighted moments, hand-worked rows, and the verdicts."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers.errors import DataError
from helpers.matching import balance, calipers, matching
from helpers.matching import weights as matching_weights

EXPECTED = Path(__file__).parents[1] / "expected"


@pytest.fixture
def frame() -> pd.DataFrame:
    return pd.read_csv(EXPECTED / "people.csv", index_col="person_id")


def test_weighted_means_variances_and_ks_are_those_of_r(frame, evidence):
    known = pd.read_csv(EXPECTED / "people_balance.csv", index_col="variable")
    names = list(known.index)
    found = balance.table(frame, frame["treatment"], frame["weight"], names)
    found = found[found["level"] == ""].set_index("variable")
    columns = [name for name in known.columns if name != "ks_of_count"]
    gap = (found.loc[names, columns] - known[columns]).abs().max().max()
    assert gap < 1e-9
    whole = frame["count"].where(frame["treatment"] == 0, 1)
    found = balance.table(frame, frame["treatment"], whole, names)
    found = found[found["level"] == ""].set_index("variable")
    gap_ks = (found["ks"] - known["ks_of_count"]).abs().max()
    assert gap_ks < 1e-11
    evidence("balance: weighted means, SMD, variance ratio", "R cov.wt, var", gap)
    evidence("balance: KS with whole-number weights", "R ks.test", gap_ks)


def small() -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    people = pd.DataFrame(
        {
            "age": [20.0, 30.0, np.nan, 20.0, 40.0, np.nan],
            "sex": ["F", "M", "M", "F", None, "M"],
        },
        index=list("abcdef"),
    )
    treatment = pd.Series([1, 1, 1, 0, 0, 0], index=people.index)
    weights = pd.Series([1, 0, 1, 0.5, 1.5, 0], index=people.index)
    return people, treatment, weights


def test_rows_by_hand():
    people, treatment, weights = small()
    found = balance.table(people, treatment, weights, ["age", "sex"])
    assert list(found.columns) == balance.COLUMNS
    assert list(found["variable"] + ":" + found["level"]) == [
        "age:",
        "age:missing",
        "sex:F",
        "sex:M",
        "sex:missing",
    ]
    age = found.iloc[0]
    assert age["mean_treatment_before"] == 25  # 20 and 30 are known
    assert age["mean_treatment"] == 20  # of the matched only 20 is known
    assert age["mean_comparison_before"] == 30
    assert age["mean_comparison_after"] == pytest.approx((0.5 * 20 + 1.5 * 40) / 2)
    # variances 50 and 200, so the pooled SD is √125
    assert age["smd_before"] == pytest.approx(100 * -5 / 125**0.5)
    assert age["smd_after"] == pytest.approx(100 * -15 / 125**0.5)
    assert age["smd_after_treated_sd"] == pytest.approx(100 * -15 / 50**0.5)
    assert age["ks"] == pytest.approx(0.75)
    sex = found.iloc[2]
    assert sex["mean_treatment_before"] == pytest.approx(1 / 3)
    assert sex["mean_treatment"] == 0.5
    assert sex["mean_comparison_after"] == 0.25
    # shares of 1/3 in both groups: variance 1/3 with n − 1
    assert sex["smd_after"] == pytest.approx(100 * 0.25 / (1 / 3) ** 0.5)
    assert (
        found.loc[found["level"] != "", ["variance_ratio", "ks"]].isna().all(axis=None)
    )


def test_people_before_matching_are_the_rows_given():
    people, treatment, weights = small()
    cut = balance.table(people.drop("f"), treatment, weights, ["sex"])
    assert cut["mean_comparison_before"].tolist() == [0.5, 0, 0.5]


def test_no_spread_in_either_group_is_0_if_the_means_agree_and_else_red():
    index = range(6)
    treatment = pd.Series([1, 1, 1, 0, 0, 0], index=index)
    people = pd.DataFrame({"same": [0.1] * 6, "apart": [0.1] * 3 + [0.3] * 3})
    weights = pd.Series([1, 1, 1, 0.7, 1.3, 1.0], index=index)
    found = balance.table(people, treatment, weights, ["same", "apart"])
    assert found["smd_after"].iloc[0] == 0
    assert np.isnan(found["smd_after"].iloc[1])
    assert balance.quality(found.iloc[:1]) == "well"
    assert balance.quality(found) == "poorly"


def test_a_spread_far_from_zero_keeps_its_digits():
    draw = np.random.default_rng(3)
    treatment = pd.Series(draw.integers(0, 2, 300))
    near = pd.DataFrame({"x": draw.normal(0, 1, 300)})
    weights = pd.Series(np.where(treatment == 1, 1, draw.random(300)))
    there = balance.table(near, treatment, weights, ["x"])
    away = balance.table(near + 2**20, treatment, weights, ["x"])
    columns = ["smd_before", "smd_after", "variance_ratio", "ks"]
    assert np.allclose(there[columns], away[columns], rtol=1e-7)


def test_without_ks_the_rest_is_the_same(frame):
    names = ["age", "sex", "priors"]
    quick = balance.table(frame, frame["treatment"], frame["weight"], names, ks=False)
    full = balance.table(frame, frame["treatment"], frame["weight"], names)
    assert quick["ks"].isna().all()
    pd.testing.assert_frame_equal(quick.drop(columns="ks"), full.drop(columns="ks"))


@pytest.mark.parametrize(
    "smd, colour, verdict",
    [
        (5, "green", "well"),
        (-5, "green", "well"),
        (5.0001, "amber", "reasonably"),
        (-10, "amber", "reasonably"),
        (10.001, "red", "poorly"),
        (np.nan, "red", "poorly"),
    ],
)
def test_limits_of_5_and_10_per_cent(smd, colour, verdict):
    assert balance.rating(smd) == colour
    found = pd.DataFrame({"variable": list("abc"), "smd_after": [0.0, smd, -1.0]})
    assert balance.quality(found) == verdict
    # a square counts in the model alone
    square = pd.DataFrame({"variable": ["age_squared"], "smd_after": [30.0]})
    assert balance.quality(pd.concat([found, square])) == verdict


def test_the_mean_difference_leaves_squares_out_as_the_verdict_does():
    rows = pd.DataFrame(
        {
            "variable": ["age", "age_squared", "sex", "sex"],
            "smd_before": [-40.0, 100.0, 10.0, -10.0],
            "smd_after": [1.0, 100.0, -4.0, 4.0],
        }
    )
    assert balance.mean_smd(rows) == (20, 3)
    rows.loc[0, "smd_after"] = np.nan  # nobody differs, but the groups do
    before, after = balance.mean_smd(rows)
    assert before == 20 and np.isnan(after)


def test_the_first_match_that_is_not_poor_is_taken_and_no_more_are_made(frame):
    draw = np.random.default_rng(11)
    n = 600
    people = pd.DataFrame({"x": draw.normal(size=n)})
    score = 1 / (1 + np.exp(-people["x"] + 1))
    treatment = pd.Series((draw.random(n) < score).astype(int))
    everybody = matching_weights.Match(pd.Series(1.0, people.index), 1, 1, 0, 1, 0, 0)
    made = []

    def matches():
        for caliper in (None, 0.1, 0.05):
            made.append(caliper)
            yield (
                matching.match(score, treatment, caliper=caliper)
                if caliper
                else everybody
            )

    chosen = calipers.first_not_poor(people, treatment, ["x"], matches())
    assert made == [None, 0.1]
    assert chosen.width == 0.1
    assert calipers.first_not_poor(people, treatment, ["x"], [everybody]) is everybody
    with pytest.raises(ValueError, match="none to choose from"):
        calipers.first_not_poor(people, treatment, ["x"], [])


def test_a_match_of_nobody_says_how_many_there_were_and_how_wide_it_was():
    people = pd.DataFrame({"x": [0.0, 1, 8, 9, 9]})
    treatment = pd.Series([1, 1, 0, 0, 0])
    score = pd.Series([0.9, 0.8, 0.2, 0.1, 0.1])
    none = [matching.match(score, treatment, caliper=width) for width in (0.1, 0.15)]
    told = (
        "nobody is left with a peer: none of 2 people in the treatment group has one "
        "of 3 in the pool within 0.1; widen the caliper or bandwidth"
    )
    with pytest.raises(DataError, match=told):
        calipers.first_not_poor(people, treatment, ["x"], none)


def test_effective_size_by_hand():
    assert matching_weights.effective_size(pd.Series([1.0, 1.0, 1.0, 0.0])) == 3
    assert matching_weights.effective_size(pd.Series([2.0, 1.0, 1.0])) == pytest.approx(
        16 / 6
    )
    assert matching_weights.effective_size(pd.Series([0.0])) == 0


def test_rubin_by_hand():
    # logits 0, 2 (treated) and 0, 1 (comparison, equal weights), one more not used
    logits = pd.Series([0.0, 2.0, 0.0, 1.0, 5.0])
    score = 1 / (1 + np.exp(-logits))
    treatment = pd.Series([1, 1, 0, 0, 0])
    b, r = balance.rubin(score, treatment, pd.Series([1, 1, 1, 1, 0]))
    assert b == pytest.approx(100 * 0.5 / ((2 + 0.5) / 2) ** 0.5)
    assert r == pytest.approx(4)
