"""Tipping point: hand calculation, what cannot be, laws."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import studies
from support.effort import examples

from helpers.outcomes.robustness.hidden import tipping_point


def test_a_hundred_lost_by_hand():
    # 400 analysed, limit −0.02, 100 lost: δ* = 400 · 0.02/100 = 0.08; 0.30 + 0.08
    tip = tipping_point.at(400, -0.02, 100, 0.30)
    assert tip.effect == pytest.approx(0.08)
    assert tip.value == pytest.approx(0.38)


def test_ten_lost_could_not_overturn_it_by_hand():
    # 400 · 0.02/10 = 0.8, and 0.3 + 0.8 is more than everyone
    tip = tipping_point.at(400, -0.02, 10, 0.30)
    assert tip.value == pytest.approx(1.1)
    assert not tipping_point.possible(tip.value, "rate")
    assert tipping_point.possible(tip.value, "frequency")
    assert not tipping_point.possible(101.0, "rate", 100)


@pytest.mark.parametrize(
    ("low", "high", "nearest"), [(-8, -2, -2), (2, 8, 2), (-2, 8, None), (0, 8, None)]
)
def test_the_limit_nearest_nought(low, high, nearest):
    found = tipping_point.nearest_zero(low, high)
    assert found == nearest if nearest else found != found


@given(st.integers(1, 5000), st.integers(1, 5000), st.floats(-0.5, 0.5))
@settings(max_examples=examples(100))
def test_over_everyone_the_limit_is_then_nought(people, lost, limit):
    tip = tipping_point.at(people, limit, lost, 0.3)
    assert people * limit + lost * tip.effect == pytest.approx(0, abs=1e-9)


def study(theirs, lost, ours=20, kind="rate"):
    people = pd.DataFrame(
        {
            "treatment": [1] * 100 + [0] * 200,
            "age": [float(i % 20) for i in range(300)],
            "reoffended": [1.0] * ours + [0.0] * (100 - ours)
            + [1.0] * theirs + [0.0] * (200 - theirs),
        }
    )  # fmt: skip
    people.index = pd.RangeIndex(1, 301, name="person_id")
    return replace(studies.of(people, ["age"], kind=kind), lost=lost)


@pytest.mark.parametrize(
    ("made", "verdict", "text"),
    [
        (study(100, 50), "told", tipping_point.TOLD),
        (study(100, 5), "holds", tipping_point.STANDS),
        (study(100, 0), "none", tipping_point.NOBODY),
        (study(100, None), "none", tipping_point.NOT_COUNTED),
        (study(45, 50), "none", tipping_point.NOT_SIGNIFICANT),
        (study(5, 50, ours=0), "none", tipping_point.NOT_SIGNIFICANT),  # not tested
    ],
)
def test_each_case_says_so(made, verdict, text):
    [check] = tipping_point.checks(made)
    assert (check.verdict, check.text) == (verdict, text)
    assert check.table.empty == (verdict == "none")
