"""Tests beside the headline: R's own tests and sandwich, hand calculation, laws."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import studies
from support.effort import examples

from helpers.outcomes import estimates
from helpers.outcomes.robustness.testing import beside

EXPECTED = Path(__file__).parents[3] / "expected"
KNOWN = pd.read_csv(EXPECTED / "robustness_hidden.csv").set_index(["what", "name"])
COLUMNS = ["standard_error", "df", "ci_low", "ci_high", "p_value"]


@pytest.fixture(scope="module")
def people():
    return pd.read_csv(EXPECTED / "people_sites.csv", index_col="person_id")


def raw(people, weighted):
    y, treated = people["reoffended"], people["treatment"] == 1
    w = people["weight"][~treated] if weighted else None
    return (y[treated].mean(), treated.sum(),
            np.average(y[~treated], weights=w), (~treated).sum())  # fmt: skip


@pytest.mark.parametrize("what", ["alike", "weighted"])
@pytest.mark.parametrize("name", ["welch_raw", "pooled_raw"])
def test_tests_of_raw_sizes_are_those_of_r(people, what, name):
    test = {"welch_raw": beside.welch, "pooled_raw": beside.pooled}[name]
    found = test(*raw(people, what == "weighted"))
    known = KNOWN.loc[(what, name)].dropna()
    for column, value in known.items():
        assert found[column] == pytest.approx(value, rel=1e-8), column


def test_the_regression_is_that_of_sandwich_in_r(people):
    found = beside.regression(
        people["reoffended"], people["treatment"], people["weight"]
    )
    known = KNOWN.loc[("weighted", "regression")].dropna()
    for column, value in known.items():
        assert found[column] == pytest.approx(value, rel=1e-8), column


def test_ninety_people_are_significant_by_one_test_and_not_by_the_other():
    """13% of 90 against 21% of 5,000.

    Welch: √(0.13·0.87/89 + 0.21·0.79/4999) = 0.03611, 0.08/0.03611 = 2.215, p 0.029.
    Pooled: share 0.20859, √(0.20859·0.79141·(1/90 + 1/5000)) = 0.04322, 1.851, p 0.064.
    """
    of = (0.13, 90, 0.21, 5000)
    one, other = beside.welch(*of), beside.pooled(*of)
    assert one["standard_error"] == pytest.approx(0.03611, abs=5e-6)
    assert other["standard_error"] == pytest.approx(0.04322, abs=1e-5)
    assert (one["significant"], other["significant"]) == (True, False)


def made(ours=30, theirs=700, size=(150, 2000)):
    sides = [(ours, size[0]), (theirs, size[1])]
    people = pd.DataFrame(
        {
            "treatment": [1] * size[0] + [0] * size[1],
            "age": [float(i % 20) for i in range(sum(size))],
            "reoffended": [y for n, of in sides for y in [1.0] * n + [0.0] * (of - n)],
        }
    )
    people.index = pd.RangeIndex(1, len(people) + 1, name="person_id")
    return people


@pytest.mark.parametrize("ours", [30, 50])  # 20% and 33% of 150, against 35%
def test_the_verdict_is_compared_over_all_tests(ours):
    [check] = beside.checks(studies.of(made(ours), ["age"]))
    assert (check.verdict, check.text) == ("holds", beside.AGREE)
    assert set(check.table["significant"]) == {ours == 30}
    assert list(check.table["test"]) == [
        "headline", "welch_raw", "pooled_raw", "newcombe", "regression"
    ]  # fmt: skip
    assert check.table["p_value"].isna().tolist() == [False] * 3 + [True, False]


def test_a_verdict_that_hangs_on_the_choice_is_doubted():
    [check] = beside.checks(studies.of(made(12, 1050, (90, 5000)), ["age"]))
    assert (check.verdict, check.text) == ("doubt", beside.DIFFER)


@pytest.mark.parametrize(
    ("ours", "kind", "why"),
    [(3, "rate", beside.NOT_TESTED), (30, "frequency", beside.NO_RATE)],
)
def test_no_tests_stand_beside_none(ours, kind, why):
    [check] = beside.checks(studies.of(made(ours), ["age"], kind=kind))
    assert (check.verdict, check.text) == ("none", why)


@given(st.integers(10, 90), st.integers(10, 190))
@settings(max_examples=examples(60))
def test_equal_weights_make_welch_the_headline(ours, theirs):
    y = pd.Series([1.0] * ours + [0.0] * (100 - ours)
                  + [1.0] * theirs + [0.0] * (200 - theirs))  # fmt: skip
    treatment = pd.Series([1] * 100 + [0] * 200)
    found = estimates.difference(y, treatment, pd.Series(1.0, y.index))
    again = beside.welch(ours / 100, 100, theirs / 200, 200)
    for column in COLUMNS:
        assert again[column] == pytest.approx(found[column], rel=1e-9)


def test_groups_without_variance_have_no_test():
    assert beside.welch(0.0, 20, 0.0, 30)["significant"] is None
    assert math.isnan(beside.pooled(1.0, 20, 1.0, 30)["p_value"])
