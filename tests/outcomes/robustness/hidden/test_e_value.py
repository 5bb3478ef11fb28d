"""E-values: VanderWeele and Ding's own example, hand calculation, laws."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import studies
from support.effort import examples

from helpers.outcomes.robustness.hidden import e_value


@pytest.mark.parametrize(
    ("ratio", "expected"),
    # VanderWeele and Ding 2017: 3.9 (1.8 to 8.7), E-values 7.26 and 3.00; 0.80 by hand:
    # r = 1.25, E = 1.25 + √(1.25 · 0.25) = 1.809
    [(3.9, 7.26), (1.8, 3.00), (0.8, 1.81), (1.0, 1.0)],
)
def test_the_published_example_and_a_ratio_by_hand(ratio, expected):
    assert e_value.e_value(ratio) == pytest.approx(expected, abs=0.005)


def test_the_limit_nearest_one_counts():
    above = e_value.of_limit(1.8, 8.7, significant=True)
    below = e_value.of_limit(1 / 8.7, 1 / 1.8, significant=True)
    assert above == pytest.approx(3.0)
    assert below == pytest.approx(above)


@pytest.mark.parametrize(
    ("low", "high", "significant"),
    [(0.9, 1.2, True), (1.1, 2.0, False), (1.0, 2.0, True), (math.nan, 2.0, True)],
)
def test_nothing_hidden_is_needed_where_there_is_no_finding(low, high, significant):
    assert e_value.of_limit(low, high, significant=significant) == 1


@given(st.floats(0.01, 100))
@settings(max_examples=examples(100))
def test_the_bound_of_two_ratios_as_strong_is_the_ratio_itself(ratio):
    # Ding and VanderWeele's bounding factor of E and E: E·E/(E + E − 1)
    strength = e_value.e_value(ratio)
    bound = strength**2 / (2 * strength - 1)
    assert bound == pytest.approx(max(ratio, 1 / ratio))


def study(ours, theirs, kind="rate"):
    """20 treated and 40 of the pool, as alike as can be, with so many events."""
    people = pd.DataFrame(
        {
            "treatment": [1] * 20 + [0] * 40,
            "age": [float(i % 20) for i in range(60)],
            "reoffended": [1.0] * ours + [0.0] * (20 - ours)
            + [1.0] * theirs + [0.0] * (40 - theirs),
        }
    )  # fmt: skip
    people.index = pd.RangeIndex(1, 61, name="person_id")
    return studies.of(people, ["age"], kind=kind)


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (study(0, 10), e_value.NO_RATIO),
        (study(10, 0), e_value.NO_RATIO),
        (study(5, 10, "frequency"), e_value.NO_RATE),
    ],
)
def test_without_a_ratio_the_row_says_why(made, why):
    [check] = e_value.checks(made)
    assert (check.verdict, check.text) == ("none", why)
    assert check.table.empty


def test_a_result_that_is_not_tested_needs_nothing_hidden():
    [check] = e_value.checks(study(5, 20))  # few events: 25% against 50%
    row = check.table.iloc[0]
    assert check.verdict == "told"
    assert row["ratio"] == pytest.approx(0.5)
    assert row["e_value"] == pytest.approx(2 + math.sqrt(2))
    assert row["e_value_limit"] == 1
