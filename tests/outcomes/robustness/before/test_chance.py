"""What is said of made-up programmes: false alarms, their mean, and no verdict."""

import math

import numpy as np
import pandas as pd
import pytest

from helpers.outcomes.robustness.before import chance


def programmes_of(differences: list, significant: list) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "difference": differences,
            "significant": pd.Series(significant, dtype=object),
            "why": [None if d == d else "no model" for d in differences],
        }
    )


def test_the_summary_by_hand():
    """Of 40 with an estimate 5 are alarms; mean 0.01, SD 0.03·√(40/39) = 0.0303822."""
    table = programmes_of(
        [*[0.04, -0.02] * 20, math.nan],
        [*[True] * 5, *[False] * 30, *[None] * 6],
    )
    told = chance.summary(table)
    assert (told["groups"], told["estimated"], told["tested"]) == (41, 40, 35)
    assert told["false_alarms"] == 0.125
    # 0.05 + 2·√(0.05·0.95/40) = 0.05 + 2·0.0344601
    assert told["allowed_false_alarms"] == pytest.approx(0.1189202, abs=1e-7)
    assert told["mean"] == pytest.approx(0.01)
    assert told["spread"] == pytest.approx(0.0303822, abs=1e-7)
    # 2·0.0303822/√40
    assert told["allowed_mean"] == pytest.approx(0.0096077, abs=1e-7)
    assert told["passed_false_alarms"] is False
    assert told["passed_mean"] is False
    assert told["why"] == "no model"


def test_a_mean_that_is_printed_as_0_warns_of_nothing():
    """As above: 0.01 is beyond two standard errors, and printed as 0 below 0.011."""
    table = programmes_of([0.04, -0.02] * 20, [False] * 40)
    verdicts = [chance.summary(table, n)["passed_mean"] for n in (0, 0.005, 0.011)]
    assert verdicts == [False, False, True]


@pytest.mark.parametrize(
    ("differences", "significant", "passed"),
    [
        # fewer than twenty, or than half, with a test or an estimate: nothing is judged
        ([], [], (None, None)),
        ([0.1], [True], (None, None)),
        ([0.1, 0.2] * 9 + [0.1], [True] * 19, (None, None)),
        ([0.1, -0.1] * 10, [False] * 20, (True, True)),
        ([0.1, -0.1] * 20, [*[None] * 21, *[False] * 19], (None, True)),
        ([0.1, -0.1] * 10 + [math.nan] * 21, [False] * 20 + [None] * 21, (None, None)),
    ],
)
def test_too_few_answers_are_not_judged(differences, significant, passed):
    told = chance.summary(programmes_of(differences, significant))
    assert (told["passed_false_alarms"], told["passed_mean"]) == passed


def test_few_programmes_say_so():
    told = chance.summary(programmes_of([0.1, -0.1], [False, True]))
    assert told["why"] == chance.FEW_DRAWN
    assert told["false_alarms"] == 0.5


def test_no_share_of_false_alarms_where_fewer_than_half_could_be_tested():
    """North Carolina: 75 of 200, and a share that another table called not done."""
    table = programmes_of([0.1, -0.1] * 100, [*[False] * 75, *[None] * 125])
    told = chance.summary(table)
    assert told["tested"] == 75
    assert math.isnan(told["false_alarms"])
    assert math.isnan(told["allowed_false_alarms"])


@pytest.mark.parametrize(("n", "shown"), [(0, False), (1, False), (2, True), (5, True)])
def test_how_many_estimates_are_shown(n, shown):
    """Two or more, of at least half: of nine none are."""
    assert chance.enough(programmes_of([0.1] * n, [None] * n)) is shown
    assert not chance.enough(programmes_of([0.1] * 4 + [math.nan] * 5, [None] * 9))


def test_few_null_draws_seldom_warn():
    """Of 400 times so few draws of no effect, at most 5% and two standard errors."""
    draw = np.random.default_rng(1)
    for n in (2, 5, 20):
        told = [
            chance.summary(programmes_of(draw.normal(size=n), [False] * n))
            for _ in range(400)
        ]
        warned = np.mean([one["passed_mean"] is False for one in told])
        assert warned <= 0.05 + 2 * (0.05 * 0.95 / 400) ** 0.5
