"""The design gate: each row by hand, and what stops, warns, tells or is not done."""

import math
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from support import small_study

from helpers.outcomes import gate
from helpers.outcomes.report.reasons import reason_not_headlined
from helpers.outcomes.robustness.check import Check
from helpers.outcomes.robustness.study import Study
from helpers.request import Outcome
from helpers.request.matching import Matching

NAME = small_study.NAME


def sizes(**changes):
    """What the matching of an analysis came to, as 02 hands it on."""
    row = {
        "analysis": NAME,
        "largest_smd_after": 4.84,
        "quality": "well",
        "share_matched": 0.97,
        "share_near": 0.93,
        "n_treatment": 250,
    }
    return pd.DataFrame([row | changes])


def study(values, weights=None, n_treatment=250, name="reoffending_rate", **own):
    """So many treated whose outcomes are sealed, and a pool with these values."""
    n = len(values)
    group = small_study.group([1] * n_treatment + [0] * n, {}, NAME)
    index = group.people.index
    sealed = [math.nan] * n_treatment
    return Study(
        group,
        small_study.model(pd.Series(0.5, index=index)),
        Matching(),
        0.1,
        pd.Series([1.0] * n_treatment + list(weights or [1.0] * n), index=index),
        Outcome.model_validate({"name": name, **own}),
        pd.Series([*sealed, *values], index=index, dtype=float),
    )


def row(criterion, match=None, of=None, **parts):
    """A row of the gate."""
    studies = {} if of is None else {NAME: of}
    table = gate.table(sizes() if match is None else match, studies, **parts)
    return table.set_index("criterion").loc[criterion]


QUARTER = [1.0] * 625 + [0.0] * 1875  # 2,500 people, of whom 25% reoffend


def test_there_is_a_row_an_analysis_and_criterion():
    both = pd.concat([sizes(), sizes(analysis="Women")])
    table = gate.table(both, {NAME: study(QUARTER)})
    assert list(table) == gate.COLUMNS
    assert list(table.loc[table["analysis"] == NAME, "criterion"]) == [*gate.CRITERIA]
    # an analysis that is no headline has what 02 settled of it
    assert list(table.loc[table["analysis"] == "Women", "criterion"]) == [
        "balance",
        "matched",
        "near",
    ]


@pytest.mark.parametrize(
    ("criterion", "changes", "threshold", "value", "verdict"),
    [
        ("balance", {}, 10, 4.84, "passed"),
        ("balance", {"quality": "poorly", "largest_smd_after": 12.0}, 10, 12, "failed"),
        ("matched", {}, 80, 97, "passed"),
        ("matched", {"share_matched": 0.8}, 80, 80, "passed"),
        ("matched", {"share_matched": 0.79}, 80, 79, "failed"),
        ("near", {}, None, 93, "told"),
    ],
)
def test_what_matching_settled(criterion, changes, threshold, value, verdict):
    got = row(criterion, sizes(**changes))
    assert got["verdict"] == verdict
    assert got["value"] == pytest.approx(value)
    assert (None if math.isnan(got["threshold"]) else got["threshold"]) == threshold


@pytest.mark.parametrize(
    "changes",
    [{}, {"quality": "poorly"}, {"share_matched": 0.5}, {"quality": "reasonably"}],
)
def test_what_fails_is_what_keeps_a_result_from_the_main_points(changes):
    match = sizes(**changes)
    failed = (gate.table(match, {})["verdict"] == "failed").any()
    one = SimpleNamespace(**match.iloc[0])
    assert failed == bool(reason_not_headlined(one, 60))


@pytest.mark.parametrize(
    ("smallest", "verdict"),
    [(None, "told"), (8, "passed"), (7, "passed"), (5, "warning")],
)
def test_the_precision_of_a_rate_by_the_power_formula(smallest, verdict):
    """method.md 6: 250 people, 0.25, ten times as many: 0.071990, printed as 7."""
    got = row("precision", of=study(QUARTER), smallest_effect=smallest)
    assert (got["value"], got["unit"], got["verdict"]) == (
        7,
        "in every 100 people",
        verdict,
    )


def test_a_limit_is_held_against_the_printed_value_alone():
    # 7.199 points: a limit of 7.1 would tell on which side of it the digits lie
    assert (
        row("precision", of=study(QUARTER), smallest_effect=7.1)["verdict"] == "passed"
    )
    assert (
        row("precision", of=study(QUARTER), smallest_effect=6.9)["verdict"] == "warning"
    )


def test_the_comparison_group_counts_with_its_weights():
    # twice the people, half of them with weight 0: the same study
    values, weights = QUARTER * 2, [1.0] * 2500 + [0.0] * 2500
    got = row("precision", of=study(values, weights))
    assert got["value"] == row("precision", of=study(QUARTER))["value"]


def test_the_treated_peoples_outcomes_make_no_difference():
    of = study(QUARTER)
    of.values[of.treated] = 1.0
    assert row("precision", of=of).equals(row("precision", of=study(QUARTER)))


def test_a_frequency_takes_the_treated_to_vary_as_the_comparison_group_does():
    """By hand: 0 and 2 for 50 people each, variance 100/99; 25 treated people.

    2.801585 * sqrt(100/99 * (1/25 + 1/100)) = 0.629574, for every 100 people 63.
    """
    of = study([0.0, 2.0] * 50, n_treatment=25, name="reoffending_frequency")
    got = row("precision", of=of, smallest_effect=5)
    assert (got["value"], got["unit"]) == (63, "for every 100 people")
    assert got["verdict"] == "told"  # the request's limit is in points of a rate


@pytest.mark.parametrize(
    "values",
    [
        [1.0] * 9 + [0.0] * 500,  # fewer than ten reoffend
        [0.0] * 500,
        [1.0] * 60 + [0.0] * 340,  # 15%, of 20 people three, and then fewer
    ],
)
def test_no_value_where_so_few_would_not_be_tested(values):
    of = study(values, n_treatment=20)
    got = row("precision", of=of, smallest_effect=5)
    assert math.isnan(got["value"])
    assert (got["verdict"], got["why"]) == ("warning", gate.NOT_TESTED)
    assert row("precision", of=of)["verdict"] == "told"


def summary(**changes):
    """What `placebo.summary` gives of 200 programmes, 3% of which were significant."""
    given = {
        "groups": 200,
        "false_alarms": 0.03,
        "allowed_false_alarms": 0.0808,
        "passed_false_alarms": True,
        "passed_mean": True,
        "why": None,
    }
    return {NAME: pd.Series(given | changes)}


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, "passed"),
        ({"false_alarms": 0.12, "passed_false_alarms": False}, "warning"),
        ({"passed_mean": False}, "warning"),
        ({"passed_mean": np.False_}, "warning"),
        ({"passed_mean": None}, "passed"),
        ({"passed_false_alarms": None, "false_alarms": math.nan}, "not done"),
        ({"passed_false_alarms": None, "passed_mean": False}, "warning"),
        ({"groups": 0}, "not done"),
    ],
)
def test_false_alarms(changes, verdict):
    got = row("false_alarms", of=study(QUARTER), placebo=summary(**changes))
    assert got["verdict"] == verdict
    assert bool(got["why"]) == (verdict != "passed")
    # where fewer than half could be tested there is no rate, though the mean may warn
    judged = (
        verdict != "not done" and changes.get("passed_false_alarms", True) is not None
    )
    assert got["threshold"] == pytest.approx(8.08 if judged else math.nan, nan_ok=True)
    assert math.isnan(got["value"]) == (not judged)


def test_false_alarms_that_nobody_asked_for_are_not_done():
    got = row("false_alarms", of=study(QUARTER))
    assert (got["verdict"], got["why"]) == ("not done", gate.NOT_ASKED)


def earlier(low, high, verdict="told"):
    """The check of earlier offending, with the interval of its difference."""
    table = pd.DataFrame({"difference": [0.02], "ci_low": [low], "ci_high": [high]})
    return {NAME: Check("negative_control", verdict, table, "of earlier offending")}


@pytest.mark.parametrize(
    ("check", "verdict"),
    [
        (earlier(-0.01, 0.05), "passed"),
        (earlier(0.0, 0.05), "passed"),
        (earlier(0.01, 0.05), "warning"),
        (earlier(-0.05, -0.01), "warning"),
        (earlier(math.nan, math.nan, "none"), "not done"),
        (None, "not done"),
    ],
)
def test_earlier_offending(check, verdict):
    got = row("negative_control", of=study(QUARTER), earlier=check)
    assert got["verdict"] == verdict
    if verdict == "not done" and check:
        assert got["why"] == "of earlier offending"
