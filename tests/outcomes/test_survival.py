"""Curves over time: R's survival and mvtnorm, laws, bad input, and speed."""

import json
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples

from helpers.errors import DataError
from helpers.matching import matching, propensity
from helpers.outcomes import estimates, survival

ROOT = Path(__file__).parents[2]
EXPECTED = ROOT / "tests/expected"


def north_carolina() -> pd.DataFrame:
    people = pd.read_csv(ROOT / "params/data/nc_prison_work.csv", index_col=0)
    people["weight"] = pd.read_csv(EXPECTED / "nc_weights.csv", index_col=0)["weight"]
    names = {"reoffended": "event", "days_to_first_reoffence": "day"}
    return people.rename(columns=names).dropna(subset="weight")


def made_up() -> pd.DataFrame:
    return pd.read_csv(EXPECTED / "survival_people.csv", index_col="person_id")


STUDIES = {"north carolina": north_carolina, "made up": made_up}


def test_the_weights_that_r_took_are_those_of_the_match():
    people = pd.read_csv(ROOT / "params/data/nc_prison_work.csv", index_col=0)
    known = json.loads((EXPECTED / "nc_prison_work_reference.json").read_text())
    score = propensity.fit(people, "treatment", known["covariates"]).score
    caliper = {"sd": 0.05, "of": "pooled"}
    match = matching.match(score, people["treatment"], caliper=caliper)
    taken = north_carolina()["weight"]
    used = match.weights[match.weights > 0]
    pd.testing.assert_series_equal(taken, used, check_names=False, rtol=1e-9)


def small(days: list, event: list | None = None, weights: list | None = None):
    """A group: the day of each person's event, None for those without."""
    day = pd.Series(days, dtype=float)
    had = day.notna().astype(float) if event is None else pd.Series(event, dtype=float)
    return had, day, pd.Series(weights or [1.0] * len(days), dtype=float)


@pytest.mark.parametrize("study", STUDIES)
def test_curves_are_those_of_r(study, evidence):
    people = STUDIES[study]()
    known = pd.read_csv(EXPECTED / "survival_curves.csv").query("study == @study")
    largest = 0.0
    for group, rows in known.groupby("group"):
        own = people[people["treatment"] == (group == "treatment")]
        found = survival.curve(
            own["event"], own["day"], own["weight"], at=[90, 180, 270, 365]
        )
        rows = rows.set_index("day")
        assert list(found["at_risk"]) == list(rows["at_risk"])
        for name in ("share", "variance", "ci_low", "ci_high"):
            largest = max(largest, (found[name] / rows[name] - 1).abs().max())
        # survey takes -log S for the sum of hazards, one event after another: it is
        # near where events are few in those at risk, as in North Carolina alone
        if study == "north carolina":
            assert found["variance"].to_numpy() == pytest.approx(
                rows["survey"].to_numpy(), rel=0.05
            )
    assert largest < 1e-9
    evidence("curves over time: share, variance, interval", "R survfit", largest)


@pytest.mark.parametrize("study", STUDIES)
def test_differences_hold_at_once_as_in_r(study, evidence):
    people = STUDIES[study]()
    known = pd.read_csv(EXPECTED / "survival_differences.csv", index_col="day")
    known = known[known["study"] == study]
    found = survival.differences(
        people["event"], people["day"], people["treatment"], people["weight"]
    )
    for name in ("difference", "standard_error"):
        assert found[name].to_numpy() == pytest.approx(known[name].to_numpy(), rel=1e-9)
    gap = abs(found.attrs["critical"] - known["critical"].iloc[0])
    assert gap < 0.002
    # a thousandth of a standard error is no digit that is printed
    for name in ("ci_low", "ci_high"):
        assert (found[name] - known[name]).abs().max() < 0.002 * 0.15
    evidence("intervals at once: factor of the errors", "R mvtnorm::qmvnorm", gap)


def test_the_restricted_mean_of_north_carolina_is_that_of_the_method():
    people = north_carolina()
    spent = survival.followed(people["event"], people["day"])
    found = estimates.difference(spent, people["treatment"], people["weight"])
    assert found["difference"] == pytest.approx(5.0455, abs=5e-5)
    assert found["standard_error"] == pytest.approx(5.2733, abs=5e-5)
    assert found["p_value"] == pytest.approx(0.3390, abs=5e-5)


def test_at_the_end_the_curve_is_the_rate_and_its_error_is_welchs():
    people = north_carolina()
    ends = survival.differences(
        people["event"], people["day"], people["treatment"], people["weight"]
    ).loc[365]
    rate = estimates.difference(people["event"], people["treatment"], people["weight"])
    assert ends["difference"] == pytest.approx(rate["difference"], abs=1e-12)
    assert ends["standard_error"] == pytest.approx(rate["standard_error"], abs=1e-12)


def test_a_curve_by_hand():
    # weights 1, 1, 2 of four; days 10 (weight 1), 10 (weight 2), none, none (weight 1):
    # at 10: 3 of 5 have it, so the share is 0.6; two people are still at risk
    found = survival.curve(*small([10, 10, None, None], weights=[1, 2, 1, 1]))
    assert list(found.index) == [10]
    row = found.loc[10]
    assert row["share"] == pytest.approx(0.6)
    assert (row["events"], row["at_risk"]) == (2, 2)
    # w²φ² with 1/(1 - h) = 2.5 and Y = 5: φ is (1 - 0.6)·0.5 = 0.2 for events and -0.3
    # for the others; S²·Σ = 0.16·((1 + 4)·0.04 + (1 + 1)·0.09) = 0.0608; n_e = 25/7, so
    # n_e/(n_e - 1) = 25/18
    assert row["variance"] == pytest.approx(0.0608 * 25 / 18)


def test_where_too_few_reoffended_no_time_tells_the_groups_apart():
    # ten of 40 by day 90 in the programme and nine of 40 in the comparison group, then
    # eleven and ten: the first time has too few in one group, the second in none
    days = [50] * 10 + [100] + [None] * 29 + [50] * 9 + [100] + [None] * 30
    event, day, weights = small(days)
    treatment = pd.Series([1] * 40 + [0] * 40)
    found = survival.differences(event, day, treatment, weights)
    assert list(found["tested"]) == [False, True, True, True]
    assert found["ci_low"].notna().all()


def test_both_curves_are_those_of_each_group():
    people = made_up()
    columns = (people[name] for name in ("event", "day", "treatment", "weight"))
    both = survival.curves(*columns, at=[90, 365])
    own = people[people["treatment"] == 0]
    alone = survival.curve(own["event"], own["day"], own["weight"], at=[90, 365])
    pd.testing.assert_frame_equal(both.loc["comparison"], alone)


def test_quarters_of_a_year_and_of_two():
    assert survival.quarters() == [90, 180, 270, 365]
    assert survival.quarters(730) == [180, 360, 540, 730]


# bad input and ends ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "days", "says"),
    [
        ([1, 1, 0], [5, None, None], "1 people with the event have no day"),
        ([1, 0, 0], [5, 30, None], "1 people without the event have a day up to 365"),
        ([1, 1, 0], [5, 400, None], "have a day that is not 1 to 365"),
        ([1, 1, 0], [5, 0, None], "have a day that is not 1 to 365"),
        ([1, 2, 0], [5, 6, None], "must be 1 or 0"),
    ],
)
def test_what_contradicts_itself_is_refused(event, days, says):
    with pytest.raises(DataError, match=says):
        survival.curve(*small(days, event))


def test_every_problem_is_told_at_once():
    with pytest.raises(DataError) as told:
        survival.followed(*small([None, 30], [1, 0])[:2])
    assert len(told.value.problems) == 2


def test_a_day_beyond_the_horizon_of_people_without_it_is_their_own():
    event, days, weights = small([400, 20, None], [0, 1, 0])
    assert list(survival.followed(event, days)) == [365, 20, 365]
    assert survival.curve(event, days, weights).loc[20, "at_risk"] == 2


def test_nobody_reoffended():
    event, days, weights = small([None] * 8)
    assert survival.curve(event, days, weights).empty
    found = survival.curve(event, days, weights, at=[90, 365])
    assert list(found["share"]) == [0, 0]
    assert found[["ci_low", "ci_high"]].isna().all(axis=None)
    treatment = pd.Series([1, 0] * 4)
    told = survival.differences(event, days, treatment, weights)
    assert list(told["difference"]) == [0] * 4
    assert told[["ci_low", "ci_high"]].isna().all(axis=None)


def test_everybody_on_the_first_day():
    event, days, weights = small([1] * 8)
    found = survival.curve(event, days, weights)
    assert list(found.loc[1, ["share", "at_risk", "variance"]]) == [1, 0, 0]
    assert np.isnan(found.loc[1, "ci_low"])


def test_all_the_weight_on_one_person():
    event, days, weights = small([30, None, None], weights=[1, 0, 0])
    found = survival.curve(event, days, weights, at=[90])
    assert found.loc[90, "share"] == 1
    assert np.isnan(found.loc[90, "variance"])


def test_people_of_whom_it_is_not_known_are_left_out():
    event, days, weights = small([30, None, None, None], [1, 0, 0, np.nan])
    known = survival.curve(event, days, weights, at=[90])
    assert known.loc[90, "share"] == pytest.approx(1 / 3)
    assert known.loc[90, "at_risk"] == 2


def test_nobody_with_a_weight():
    event, days, weights = small([30, None], weights=[0, 0])
    with pytest.raises(DataError, match="nobody with a weight"):
        survival.curve(event, days, weights)


# laws --------------------------------------------------------------------------------

days_of = st.lists(st.one_of(st.none(), st.integers(1, 365)), min_size=3, max_size=30)


@settings(max_examples=examples(60))
@given(days_of, st.data())
def test_the_curve_is_the_weighted_share_so_far(days, data):
    # everybody is followed for the whole year, so nothing is estimated
    weights = data.draw(
        st.lists(st.floats(0.1, 5), min_size=len(days), max_size=len(days))
    )
    event, day, weight = small(days, weights=weights)
    found = survival.curve(event, day, weight, at=[50, 200, 365])
    for at, share in found["share"].items():
        had = np.average((day <= at).astype(float), weights=weight)
        assert share == pytest.approx(had, abs=1e-9)
    assert (found["share"].diff().dropna() >= -1e-12).all()
    inside = found.dropna()
    assert (inside["ci_low"] <= inside["share"] + 1e-12).all()
    assert (inside["share"] <= inside["ci_high"] + 1e-12).all()


@settings(max_examples=examples(30))
@given(days_of, st.floats(0.1, 10), st.randoms())
def test_neither_order_nor_scale_of_weights_matters(days, scale, random):
    event, day, weight = small(days)
    order = list(event.index)
    random.shuffle(order)
    plain = survival.curve(event, day, weight, at=[90, 365])
    moved = survival.curve(
        event[order], day[order], scale * weight[order], at=[90, 365]
    )
    pd.testing.assert_frame_equal(plain, moved, check_exact=False)


def test_a_million_people_take_seconds():
    rng = np.random.default_rng(0)
    n = 1_000_000
    event = pd.Series((rng.random(n) < 0.3).astype(float))
    days = pd.Series(rng.integers(1, 366, n).astype(float)).where(event == 1)
    treatment = pd.Series((np.arange(n) < 5000).astype(int))
    weights = pd.Series(rng.random(n) + 0.01)
    start = time.perf_counter()
    survival.differences(event, days, treatment, weights)
    assert time.perf_counter() - start < 10  # on a busy machine
