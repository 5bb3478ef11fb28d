"""Estimates: Welch by scipy and R, survey's variance, Newcombe, few events."""

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
)
from statsmodels.stats.weightstats import DescrStatsW
from support.effort import examples

from helpers.errors import DataError
from helpers.matching.weights import effective_size
from helpers.outcomes import estimates

EXPECTED = Path(__file__).parents[1] / "expected"
KEYS = [
    "n_treatment",
    "n_comparison",
    "effective_comparison",
    "value_treatment",
    "value_comparison",
    "difference",
    "standard_error",
    "df",
    "ci_low",
    "ci_high",
    "p_value",
    "significant",
]


def groups(y_t, y_c, w=None) -> tuple[pd.Series, pd.Series, pd.Series]:
    outcome = pd.Series([*y_t, *y_c], dtype=float)
    treatment = pd.Series([1] * len(y_t) + [0] * len(y_c))
    weights = pd.Series([1.0] * len(y_t) + list(w or [1.0] * len(y_c)))
    return outcome, treatment, weights


def events(x_t: int, n_t: int, x_c: int, n_c: int):
    """Two groups with so many events in so many people."""
    return groups([1] * x_t + [0] * (n_t - x_t), [1] * x_c + [0] * (n_c - x_c))


def test_welch_and_the_weighted_variance_are_those_of_r(evidence):
    people = pd.read_csv(EXPECTED / "people.csv", index_col="person_id")
    known = pd.read_csv(EXPECTED / "people_outcomes.csv", index_col="outcome")
    columns = ["difference", "standard_error", "df", "ci_low", "ci_high", "p_value"]
    ones = pd.Series(1.0, people.index)
    largest = {"welch": 0.0, "survey": 0.0}
    for name, row in known.iterrows():
        plain = estimates.difference(people[name], people["treatment"], ones)
        gap = (plain[columns].astype(float) - row[columns]).abs() / row[columns].abs()
        largest["welch"] = max(largest["welch"], gap.max())
        found = estimates.difference(
            people[name], people["treatment"], people["weight"]
        )
        treated = people.loc[people["treatment"] == 1, name]
        # survey's own small-sample factor n/(n − 1) gives way to the effective size's
        n, n_e = found["n_comparison"], found["effective_comparison"]
        of_c = row["weighted_se"] ** 2 * (n - 1) / n * n_e / (n_e - 1)
        se = np.sqrt(treated.var() / len(treated) + of_c)
        gaps = [found["value_comparison"] / row["weighted_mean"] - 1]
        gaps.append(found["standard_error"] / se - 1)
        largest["survey"] = max(largest["survey"], *np.abs(gaps))
    assert max(largest.values()) < 1e-10
    evidence("Welch: difference, SE, df, interval, p", "R t.test", largest["welch"])
    by = "R survey::svymean, but for its factor n/(n − 1)"
    evidence("weighted mean and its SE", by, largest["survey"])


numbers = st.lists(
    st.floats(-50, 50).map(lambda x: round(x, 3)), min_size=2, max_size=25
)


@settings(max_examples=examples(150))
@given(y_t=numbers, y_c=numbers, weight=st.floats(0.01, 30))
def test_equal_weights_give_scipys_welch(y_t, y_c, weight):
    outcome, treatment, weights = groups(y_t, y_c, [weight] * len(y_c))
    found = estimates.difference(outcome, treatment, weights, kind="days")
    assert list(found.index) == KEYS
    assert found["difference"] == pytest.approx(np.mean(y_t) - np.mean(y_c), abs=1e-9)
    assert found["effective_comparison"] == pytest.approx(len(y_c))
    if np.ptp(y_t) > 0.01 and np.ptp(y_c) > 0.01:
        known = stats.ttest_ind(y_t, y_c, equal_var=False)
        interval = known.confidence_interval()
        assert found["p_value"] == pytest.approx(known.pvalue, rel=1e-6, abs=1e-12)
        assert found["df"] == pytest.approx(known.df, rel=1e-6)
        assert found["ci_low"] == pytest.approx(interval.low, rel=1e-6, abs=1e-6)
        assert found["ci_high"] == pytest.approx(interval.high, rel=1e-6, abs=1e-6)
        assert found["significant"] is bool(found["p_value"] <= 0.05)


@settings(max_examples=examples(60))
@given(
    x_t=st.integers(10, 40),
    rest_t=st.integers(10, 40),
    x_c=st.integers(10, 40),
    rest_c=st.integers(10, 40),
)
def test_a_rate_with_enough_events_is_tested_by_welch(x_t, rest_t, x_c, rest_c):
    data = events(x_t, x_t + rest_t, x_c, x_c + rest_c)
    found = estimates.difference(*data)
    y, treatment, _ = data
    known = stats.ttest_ind(y[treatment == 1], y[treatment == 0], equal_var=False)
    assert found["p_value"] == pytest.approx(known.pvalue, rel=1e-9)
    assert found["ci_low"] == pytest.approx(known.confidence_interval().low)


def test_newcombe_is_that_of_statsmodels_for_whole_people(evidence):
    gap = 0.0
    for x_t, n_t, x_c, n_c in product((0, 3, 9, 20), (20, 70), (0, 5, 20), (20, 400)):
        found = estimates.newcombe(x_t / n_t, n_t, x_c / n_c, n_c)
        known = confint_proportions_2indep(
            x_t, n_t, x_c, n_c, method="newcomb", compare="diff"
        )
        gap = max(gap, *np.abs(np.subtract(found, known)))
    assert gap < 1e-7  # z is written with six decimals
    evidence("Newcombe's interval", "statsmodels newcomb", gap)


@pytest.mark.parametrize(
    "counts, tested",
    [
        ((10, 100, 10, 100), True),
        ((9, 100, 30, 100), False),
        ((30, 100, 9, 100), False),
        ((91, 100, 30, 100), False),
        ((30, 100, 91, 100), False),
        ((90, 100, 90, 100), True),
        ((0, 100, 0, 100), False),
    ],
)
def test_few_events_have_newcombes_interval_and_no_test(counts, tested):
    found = estimates.difference(*events(*counts))
    x_t, n_t, x_c, n_c = counts
    assert (found["significant"] is not None) is tested
    assert np.isnan(found["p_value"]) is not tested
    interval = (found["ci_low"], found["ci_high"])
    known = estimates.newcombe(x_t / n_t, n_t, x_c / n_c, n_c)
    assert (interval == pytest.approx(known)) is not tested
    if x_t:  # standard error and df stay Welch's
        y, treatment, _ = events(*counts)
        welch = stats.ttest_ind(y[treatment == 1], y[treatment == 0], equal_var=False)
        assert found["df"] == pytest.approx(welch.df)
        assert found["standard_error"] == pytest.approx(
            abs(found["difference"] / welch.statistic)
            if welch.statistic
            else found["standard_error"]
        )


def test_ten_events_by_equal_shares_are_ten():
    outcome, treatment, weights = events(10, 60, 10, 60)
    weights[treatment == 0] = 1 / 3
    assert estimates.difference(outcome, treatment, weights)["significant"] is False


def test_events_of_the_comparison_group_count_by_effective_size():
    outcome, treatment, weights = events(40, 100, 40, 100)
    weights[treatment == 0] = [9.0] * 10 + [0.1] * 90  # ten people hold all the weight
    found = estimates.difference(outcome, treatment, weights)
    assert found["effective_comparison"] < 13
    assert found["significant"] is None
    known = estimates.newcombe(
        0.4, 100, found["value_comparison"], found["effective_comparison"]
    )
    assert (found["ci_low"], found["ci_high"]) == pytest.approx(known)


def test_kind_decides_over_the_values():
    few = events(3, 50, 8, 50)
    assert estimates.difference(*few)["significant"] is None
    assert estimates.difference(*few, kind="frequency")["significant"] is False
    with pytest.raises(DataError, match="a rate is 0 or 1"):
        estimates.difference(*groups([0, 2, 1], [0, 1, 1]), kind="rate")
    with pytest.raises(DataError, match="kind must be"):
        estimates.difference(*few, kind="share")


def test_an_amount_of_0_and_1_is_no_rate():
    """Three of fifty have 1 week, and eight of fifty: Welch's test, as of any mean."""
    few = events(3, 50, 8, 50)
    found = estimates.difference(*few, kind="amount")
    y, treatment, _ = few
    welch = stats.ttest_ind(y[treatment == 1], y[treatment == 0], equal_var=False)
    assert found["p_value"] == pytest.approx(welch.pvalue)
    low, high = welch.confidence_interval()
    assert (found["ci_low"], found["ci_high"]) == pytest.approx((low, high))
    within = estimates.group_intervals(*few, kind="amount")
    known = DescrStatsW(y[treatment == 1]).tconfint_mean(0.05)
    assert within[WITHIN[:2]].tolist() == pytest.approx(known)


@settings(max_examples=examples(60))
@given(y_t=numbers, y_c=numbers, shift=st.floats(-1000, 1000))
def test_an_amount_may_be_counted_from_anywhere(y_t, y_c, shift):
    """Its difference is the same, and so is how wide its intervals are."""
    here, there = (
        groups([y + by for y in y_t], [y + by for y in y_c]) for by in (0, shift)
    )
    names = ["difference", "standard_error", "df", "ci_low", "ci_high"]
    found, moved = (
        estimates.difference(*g, kind="amount")[names] for g in (here, there)
    )
    if min(np.ptp(y_t), np.ptp(y_c)) > 0.01:
        assert moved.tolist() == pytest.approx(found.tolist(), rel=1e-5, abs=1e-6)
        within, gone = (estimates.group_intervals(*g, kind="amount")
                        for g in (here, there))  # fmt: skip
        known = (within + shift).tolist()
        assert gone.tolist() == pytest.approx(known, rel=1e-5, abs=1e-6)


def test_an_amount_of_some_needs_ten_people_with_any():
    nine, ten = ([-5.0] * n + [0.0] * (40 - n) for n in (9, 10))
    others = [-4.0] * 20 + [0.0] * 20
    for y, tested in ((nine, False), (ten, True)):
        found = estimates.difference(
            *groups(y, others), kind="amount", of_reoffenders=True
        )
        assert (found["significant"] is not None) is tested


def test_weighted_welch_by_hand():
    # weights 1, 2, 1: mean 2, n_e = 16/6; Σw²(y−2)² = 1 + 0 + 1
    found = estimates.difference(*groups([1, 3, 5], [1, 2, 3], [1, 2, 1]))
    n_e = 16 / 6
    of_t, of_c = 4 / 3, n_e / (n_e - 1) * 2 / 16
    assert found["difference"] == pytest.approx(1)
    assert found["effective_comparison"] == pytest.approx(n_e)
    assert found["standard_error"] == pytest.approx((of_t + of_c) ** 0.5)
    df = (of_t + of_c) ** 2 / (of_t**2 / 2 + of_c**2 / (n_e - 1))
    assert found["df"] == pytest.approx(df)


def test_only_people_with_a_weight_and_a_known_outcome_count():
    outcome, treatment, weights = groups([1, 2, np.nan, 9], [2, 4, np.nan, 3])
    weights[[3, 7]] = 0.0
    found = estimates.difference(outcome, treatment, weights)
    assert (found["n_treatment"], found["n_comparison"]) == (2, 2)
    assert (found["value_treatment"], found["value_comparison"]) == (1.5, 3)
    # rows in another order, and people who were never matched, change nothing
    other = pd.concat([outcome, pd.Series([7.0], index=[99])])[::-1]
    again = estimates.difference(other, treatment[::-1], weights)
    pd.testing.assert_series_equal(found, again)


@pytest.mark.parametrize(
    "y_t, y_c, w",
    [
        ([3], [1, 2, 4], None),
        ([1, 2, 4], [3], None),
        ([1, 2, 4], [1, 2, 3], [1, 0.01, 0.01]),
        ([0.1, 0.1, 0.1], [1, 2, 3], None),
        ([1, 2, 3], [0.1, 0.1, 0.1], [1, 2, 3]),
    ],
)
def test_too_few_people_or_no_variance_are_not_tested(y_t, y_c, w):
    found = estimates.difference(*groups(y_t, y_c, w), kind="days")
    assert np.isnan(found["p_value"])
    assert found["significant"] is None
    assert np.isfinite(found["difference"])


@pytest.mark.parametrize("y_t, y_c", [([], [1, 0]), ([1, 0], []), ([np.nan], [1])])
def test_a_group_without_outcomes_has_no_difference(y_t, y_c):
    found = estimates.difference(*groups(y_t, y_c))
    assert np.isnan(found["difference"])
    assert np.isnan(found["ci_low"])
    assert found["significant"] is None


def test_series_that_do_not_belong_together_are_refused():
    outcome, treatment, weights = events(20, 50, 20, 50)
    with pytest.raises(DataError, match="outcome: nobody with a weight"):
        estimates.difference(outcome.add_prefix("p"), treatment, weights)
    with pytest.raises(DataError, match="treatment: people with a weight"):
        estimates.difference(outcome, treatment.iloc[5:], weights)
    twice = pd.concat([outcome, outcome.iloc[:1]])
    with pytest.raises(DataError, match="outcome: two rows"):
        estimates.difference(twice, treatment, weights)


def test_scaling_all_weights_changes_nothing():
    draw = np.random.default_rng(8)
    outcome, treatment, weights = groups(
        draw.normal(size=30), draw.normal(size=50), list(draw.random(50))
    )
    found = estimates.difference(outcome, treatment, weights)
    scaled = estimates.difference(outcome, treatment, weights * 17.3)
    assert np.allclose(found[:-1].astype(float), scaled[:-1].astype(float))
    assert effective_size(weights[treatment == 0]) == pytest.approx(
        found["effective_comparison"]
    )


# each group's own interval ----------------------------------------------------

WITHIN = [
    "ci_treatment_low", "ci_treatment_high", "ci_comparison_low", "ci_comparison_high"
]  # fmt: skip


def test_a_rates_own_interval_is_wilsons_of_statsmodels(evidence):
    gap = 0.0
    for x_t, n_t, x_c, n_c in product((0, 3, 20), (20, 70), (0, 5, 20), (20, 400)):
        found = estimates.group_intervals(*events(x_t, n_t, x_c, n_c))
        assert list(found.index) == WITHIN
        known = [
            limit
            for x, n in ((x_t, n_t), (x_c, n_c))
            for limit in proportion_confint(x, n, method="wilson")
        ]
        gap = max(gap, *np.abs(found.to_numpy() - known))
    assert gap < 1e-7  # z is written with six decimals
    evidence("Wilson's interval of a group", "statsmodels wilson", gap)


def test_a_weighted_rate_counts_with_its_effective_size():
    # weights 3, 1, 3, 1, of which 7 of 8 have it: n_e = 64/20
    outcome, treatment, weights = groups([1, 0], [1, 0, 1, 1], [3, 1, 3, 1])
    found = estimates.group_intervals(outcome, treatment, weights)
    known = proportion_confint(3.2 * 7 / 8, 3.2, method="wilson")
    assert found[WITHIN[2:]].tolist() == pytest.approx(known, abs=1e-7)


@settings(max_examples=examples(60))
@given(y_t=numbers, y_c=numbers)
def test_a_means_own_interval_is_that_of_statsmodels(y_t, y_c):
    found = estimates.group_intervals(*groups(y_t, y_c), kind="days")
    for y, names in ((y_t, WITHIN[:2]), (y_c, WITHIN[2:])):
        if np.ptp(y) > 0.01:
            low, high = DescrStatsW(y).tconfint_mean(0.05)
            low = max(low, 0) if min(y) >= 0 else low
            assert found[names].tolist() == pytest.approx((low, high), abs=1e-6)


def test_a_weighted_means_own_interval_by_hand():
    # weights 1, 2, 1: mean 2, n_e = 16/6; Σw²(y−2)² = 1 + 0 + 1
    found = estimates.group_intervals(*groups([1, 3, 5], [1, 2, 3], [1, 2, 1]))
    n_e = 16 / 6
    reach = stats.t.ppf(0.975, n_e - 1) * (n_e / (n_e - 1) * 2 / 16) ** 0.5
    # 3 ± 4.302653·2/√3 would begin below zero, where no value is
    assert found.tolist() == pytest.approx(
        [0, 3 + 4.302653 * 2 / 3**0.5, max(2 - reach, 0), 2 + reach]
    )


def test_a_value_below_zero_lets_an_interval_begin_there():
    found = estimates.group_intervals(*groups([-1, 3, 5], [1, 2, 3]), kind="days")
    assert found["ci_treatment_low"] < 0


@pytest.mark.parametrize(
    ("y_t", "y_c"), [([3], [2, 2, 2]), ([], [5]), ([np.nan], [np.nan, 4])]
)
def test_one_value_or_none_has_no_interval(y_t, y_c):
    found = estimates.group_intervals(*groups(y_t, y_c), kind="days")
    assert found.isna().all()


def test_both_groups_are_a_rate_or_neither_is():
    # all of the first are 0 or 1, which makes no rate of a count
    outcome, treatment, weights = groups([1, 0, 1, 0], [1, 2, 3, 0])
    found = estimates.group_intervals(outcome, treatment, weights)
    low, high = DescrStatsW([1, 0, 1, 0]).tconfint_mean(0.05)
    assert found[WITHIN[:2]].tolist() == pytest.approx([max(low, 0), high])
