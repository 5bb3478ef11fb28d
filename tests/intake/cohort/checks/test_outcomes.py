"""What the columns of outcomes must hold, a line each, as a run would print it."""

import numpy as np
import pandas as pd
import pytest
from support import ready_cohort

from helpers.intake.cohort.checks import outcomes


def problems(asked=("reoffending_rate",), **columns):
    request = ready_cohort.a_request("cohort.csv", outcomes=list(asked))
    return outcomes.problems(pd.DataFrame(columns), request, "FILE")


AMOUNT = {"name": "earnings", "kind": "amount", "unit": "£"}
RATE = {"name": "in_work", "kind": "rate"}
COUNT = {"name": "jobs", "kind": "frequency"}
DAYS = {"name": "wait", "kind": "days"}


@pytest.mark.parametrize(
    ("outcome", "values", "line"),
    [
        (AMOUNT, ["12.5", "much", "3"],
         "must be a finite number; found otherwise in data row 2; correct it, or"),
        (AMOUNT, ["1,200.50", "800", "3"],
         "must be a finite number; found otherwise in data row 1; write numbers "
         "without a comma for thousands, or"),
        (AMOUNT, [1.0, np.inf, -np.inf],
         "must be a finite number; found otherwise in 2 rows, the first of them data "
         "row 2; correct it, or"),
        (RATE, [1, 2, 0], "must be 0 or 1; found otherwise in data row 2;"),
        (RATE, [1, 0.5, 0], "must be 0 or 1; found otherwise in data row 2;"),
        (COUNT, [1, 2, -1],
         "must be a whole number of 0 or more; found otherwise in data row 3;"),
        (COUNT, [1, np.inf, 1],
         "must be a whole number of 0 or more; found otherwise in data row 2;"),
        (DAYS, [-1, 2, 3],
         "must be a number of days of 0 or more; found otherwise in data row 1;"),
        (DAYS, [1, 2, np.inf],
         "must be a number of days of 0 or more; found otherwise in data row 3;"),
    ],
)  # fmt: skip
def test_what_a_kind_does_not_allow_is_named_without_the_value(outcome, values, line):
    [found] = problems([outcome], **{outcome["name"]: values})
    assert found.startswith(f"FILE: {outcome['name']} {line}")
    assert found.endswith("or leave it empty if it is not known")


@pytest.mark.parametrize(
    "values", [[-250.75, 0, 1e9], [None, 3, -2], ["-2.5", None, "7"], [0, 1, 1]]
)
def test_an_amount_may_be_negative_zero_or_not_known(values):
    assert not problems([AMOUNT], earnings=values)


def test_a_time_without_a_reoffence_is_told_within_each_horizon():
    found = problems(
        reoffended=[1, 0, 1], days_to_first_reoffence=[5, None, 365],
        reoffended_730_days=[1, 0, 1], days_to_first_reoffence_730_days=[5, 9, 731],
    )  # fmt: skip
    assert found == [
        "FILE: days_to_first_reoffence_730_days must lie between 1 and 730 for people "
        "who reoffended; found otherwise in data row 3; correct it, or write 0 in "
        "reoffended_730_days",
        "FILE: days_to_first_reoffence_730_days must be empty for people who did not "
        "reoffend; found otherwise in data row 2; empty it, or write 1 in "
        "reoffended_730_days",
    ]


def test_counts_agree_with_who_reoffended_within_the_same_horizon():
    [found] = problems(
        reoffended=[0, 1], reoffences=[0, 2],
        reoffended_90_days=[0, 0], reoffences_90_days=[0, 2],
    )  # fmt: skip
    assert found.startswith("FILE: reoffences_90_days must be 0 for people who did not")
    assert found.endswith("count both over the same 90 days")


def test_nobody_reoffends_sooner_and_not_later():
    [found] = problems(reoffended_730_days=[0, 1], reoffended=[1, 1])
    assert found == (
        "FILE: reoffended_730_days must be 1 for people with 1 in reoffended; found "
        "otherwise in data row 1; who reoffended within fewer days did so within more"
    )


@pytest.mark.parametrize("column", ["violent_reoffended", "violent_reoffences"])
def test_nobody_reoffends_violently_who_did_not_reoffend(column):
    [found] = problems(reoffended=[1, 0, 0], **{column: [1, 0, 1]})
    assert found == (
        f"FILE: {column} must be 0 for people who did not reoffend; found otherwise in "
        "data row 3; correct it, or write 1 in reoffended"
    )


def test_columns_that_tell_one_which_is_not_there_are_refused():
    parts = {f"reoffences_{mode}": [1, 2] for mode in ("indictable", "summary")}
    asked = [*parts, "reoffences_either_way"]
    [found] = problems(asked, **parts)
    assert found == (
        "FILE: reoffences_indictable and reoffences_summary are asked for and tell "
        "reoffences_either_way, which is not there; add it, or name the outcomes that "
        "are analysed"
    )
    assert not problems(asked, **parts, reoffences_either_way=[0, 0])
    assert not problems(asked, reoffences_summary=[1, 2])
