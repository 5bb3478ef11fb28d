"""What size of difference could be found: against the reference study and by hand."""

import json
import math
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import small_study
from support.effort import examples
from support.outcomes_stage import OFTEN, RATE, TIME, people

from helpers.outcomes import estimates, measures, precision

EXPECTED = Path(__file__).parents[1] / "expected/nc_prison_work_reference.json"
DEFAULT = json.loads(EXPECTED.read_text())["method_md"]["radius_logit_0.05_pooled_sd"][
    "rate"
]


def test_the_reference_study_has_what_the_method_says():
    # method, section 10: 6.635 points; 9,954 people, told as 10,000
    se, gap, n = (DEFAULT[name] for name in ("se", "diff", "n_t"))
    assert 100 * precision.detectable(se) == pytest.approx(6.635, abs=5e-4)
    times = (precision.detectable(se) / gap) ** 2
    assert math.ceil(n * times) == 9954
    assert precision.people_needed(n, se, gap) == 10_000


def test_before_outcomes_a_rate_has_the_smallest_fall_of_the_power_formula():
    # method, section 6: 250 people, 0.25, ten times as many in the comparison group
    values, weights = pd.Series([1.0, 0, 0, 0] * 625), pd.Series([3.0] * 2500)
    least = precision.detectable_before(values, weights, 250, "rate")
    assert least == pytest.approx(0.071990, abs=5e-7)


def test_before_outcomes_another_measure_takes_the_comparison_groups_variance():
    """By hand, of 0 and 1 day with the weights 1 and 3, and ten treated people.

    n_e = 16/10; mean 3/4; s² = 0.1875·1.6/0.6, V = 0.0703125·1.6/0.6; the root of
    s²/10 + V is 0.4873397, times 2.801585.
    """
    values, weights = pd.Series([0.0, 1.0]), pd.Series([1.0, 3.0])
    least = precision.detectable_before(values, weights, 10, "days")
    assert least == pytest.approx(1.365324, abs=2e-6)


def test_before_outcomes_nothing_is_known_where_nobody_differs():
    same, unknown = pd.Series([2.0] * 9), pd.Series([math.nan] * 9)
    for values in (same, unknown):
        weights = pd.Series(1.0, index=values.index)
        assert math.isnan(precision.detectable_before(values, weights, 10, "days"))


@pytest.mark.parametrize(
    ("people", "told"),
    [(7, 7), (99, 99), (104, 100), (105, 110), (1249, 1200), (1250, 1300),
     (9954, 10_000), (99_499, 99_000)],
)  # fmt: skip
def test_people_are_told_to_two_figures(people, told):
    assert precision.two_figures(people) == told


def test_too_many_people_have_no_number():
    # 100 × (2.801585 × 1 / d)²: 100,000 for d = 0.0885939…
    assert precision.people_needed(100, 1, 0.0886) == 100_000
    assert precision.people_needed(100, 1, 0.0885) == math.inf
    assert precision.people_needed(100, 1, 0.0) == math.inf


@given(st.integers(10, 5000), st.floats(0.001, 1), st.floats(0.01, 1))
@settings(max_examples=examples(60))
def test_with_as_many_people_the_difference_is_the_smallest_found(n, se, gap):
    needed = precision.people_needed(n, se, gap)
    if needed == math.inf or needed < 100:
        return
    again = precision.detectable(se * math.sqrt(n / needed))
    # two figures tell the number of people to 5 per cent, and its root to half of that
    assert again == pytest.approx(gap, rel=0.026)


@pytest.mark.parametrize(
    ("low", "high", "side"),
    [
        (-1.9, 1.5, "within it"),
        (-2, 2, "within it"),
        (0.5, 1.9, "within it"),
        (-2.1, 1.5, "partly within it"),
        (-1, 2.0001, "partly within it"),
        (1.9, 6, "partly within it"),
        (-9, -2.1, "beyond it"),
        (2.1, 9, "beyond it"),
        (-9, 9, "partly within it"),
        (math.nan, 1, None),
        (-1, math.nan, None),
    ],
)
def test_an_interval_lies_within_a_margin_or_not(low, high, side):
    assert precision.beside_margin(low, high, 2) == side
    assert precision.beside_margin(low, high, None) is None


def study(**how):
    outcomes = [{"name": name} for name in (RATE, OFTEN, TIME)]
    request = small_study.study(outcomes=outcomes)
    matched = people("All", **how)
    results = measures.table(
        {
            ("All", o.name): estimates.difference(
                matched[o.name], matched["treatment"], matched["weight"],
                kind=o.kind, of_reoffenders=o.of_some,
            )
            for o in request.outcomes
        }
    )  # fmt: skip
    return precision.table(results, request).loc["All"]


def test_each_measure_by_hand():
    # 40 of 100 against 100 of 200: √(0.24/99 + 0.25/199) = 0.0606674, times k 0.169965;
    # 100 × (0.169965/0.1)² = 288.9. Twice as much of the frequency, and of the times
    # both means are 75: √(225/39 + 225/99) × k = 7.945, and no difference at all
    told = study()
    assert told["detectable"].tolist() == pytest.approx(
        [0.169965, 0.339930, 7.94478], rel=1e-5
    )
    assert told["people_needed"].tolist() == [290, 290, math.inf]


def test_a_clear_result_needs_no_more_people():
    told = study(reoffend=(20, 120))
    assert told.loc[RATE, "detectable"] > 0
    assert math.isnan(told.loc[RATE, "people_needed"])


def test_what_is_not_tested_has_no_size_that_is_found():
    told = study(reoffend=(6, 100))
    assert told.loc[RATE, ["detectable", "people_needed"]].isna().all()
