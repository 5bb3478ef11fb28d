"""What an analysis could find: against the method's numbers, hand and scipy."""

import math
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq
from support.effort import examples

from helpers.intake.power import Plan, people_to_find, smallest_reduction


def plan(people, rate, share="1", ratio="10"):
    return Plan(people, Decimal(rate), Decimal(share), Decimal(ratio))


@pytest.mark.parametrize(("people", "share"), [(125, "1"), (250, "0.5"), (251, "0.5")])
def test_half_the_people_find_what_the_method_says(people, share):
    # method, section 6: 0.096601 for 125 people analysed
    assert plan(people, "0.25", share).reduction == pytest.approx(0.096601, abs=5e-7)


def test_250_people_find_what_the_issue_says():
    assert plan(250, "0.25").reduction == pytest.approx(0.071990, abs=5e-7)


@given(st.integers(30, 100_000), st.floats(0.05, 0.95), st.floats(0.1, 1000))
@settings(max_examples=examples(60))
def test_it_is_what_a_search_for_the_root_finds(people, rate, ratio):
    k = 2.801585

    def too_small(fall):
        after = rate - fall
        spread = after * (1 - after) + rate * (1 - rate) / ratio
        return fall - k * math.sqrt(max(spread, 0) / people)

    found = smallest_reduction(people, rate, ratio)
    if too_small(rate) < 0:  # even a fall to nothing
        assert found is None
    else:
        assert found == pytest.approx(brentq(too_small, 0, rate), abs=1e-9)
    # so many people find a fall of so much, and one person fewer do not
    if found:
        assert smallest_reduction(people + 1, rate, ratio) < found


def test_the_share_of_the_people_is_as_typed():
    # 0.29 as a binary fraction is a little less, and would leave 86
    assert plan(300, "0.29").of(300).share == 1
    assert plan(300, "0.25", "0.29").analysed == 87


def test_a_rate_may_be_too_low_for_any_fall_to_be_found():
    # by hand: 1.785 d² + 0.706 d − 0.0410 = 0 has its root at 0.0514, above 0.05
    assert plan(10, "0.05").reduction is None
    assert not plan(10, "0.05").tested
    assert plan(1, "0.5", "0.5").reduction is None  # nobody is analysed


@pytest.mark.parametrize(
    ("rate", "fall", "people"),
    [
        # 2.801585² (pₜ(1 − pₜ) + p₀(1 − p₀)/10) / d², worked out by hand
        ("0.25", 0.03, 1661),  # 1660.04
        ("0.25", 0.05, 562),  # 561.2
        ("0.25", 0.10, 115),  # 114.8
        # 213 by the formula, but a test needs ten people who reoffend at a rate of 0.02
        ("0.05", 0.03, 500),
        ("0.05", 0.05, None),
        ("0.05", 0.10, None),
    ],
)
def test_people_that_find_a_fall(rate, fall, people):
    assert people_to_find(plan(1, rate), fall) == people
    if people:
        assert people_to_find(plan(1, rate, "0.5"), fall) == 2 * people
        assert plan(people, rate).reduction <= fall + 1e-9


def test_few_events_are_not_tested():
    # 62 people: 25% less 12.7 points is 7.6 people, below ten
    assert not plan(62, "0.25").tested
    assert plan(125, "0.25").tested
    # a comparison group so small has too few as well
    assert not plan(125, "0.25", ratio="0.1").tested
