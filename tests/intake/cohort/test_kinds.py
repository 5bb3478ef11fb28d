"""Columns as categories and as numbers."""

import pandas as pd
import pytest

from helpers.intake.cohort.kinds import as_text, coded, in_order, numeric, yes_no


@pytest.mark.parametrize(
    "values, spelt",
    [
        ([1, 0], ["1", "0"]),
        ([1.0, 0.5], ["1", "0.5"]),
        (["1.0", "01"], ["1", "01"]),
        ([True, False], ["true", "false"]),
        (["TRUE", "False"], ["true", "false"]),
        (pd.to_datetime(["2026-01-31", "2026-02-01"]), ["2026-01-31", "2026-02-01"]),
        (pd.Categorical(["b", "a"]), ["b", "a"]),
        (pd.Series([1, "1.0"], dtype=object), ["1", "1"]),
    ],
)
def test_a_category_has_one_spelling(values, spelt):
    assert as_text(pd.Series(values)).tolist() == spelt


@pytest.mark.parametrize("values", [[1.0, None], ["1.0", None], ["1", None]])
def test_a_missing_category_stays_missing(values):
    found = as_text(pd.Series(values))
    assert found.tolist()[0] == "1"
    assert found.isna().tolist() == [False, True]


def test_what_is_no_number_is_missing():
    found = numeric(pd.Series(["2", "x", "inf", None, "1e3"], dtype=object))
    assert found.dropna().tolist() == [2, 1000]
    assert numeric(pd.Series(pd.to_datetime(["2026-01-01"]))).isna().all()


@pytest.mark.parametrize(
    "values",
    [
        pd.to_timedelta([9], unit="D"),
        pd.to_datetime(["2026-01-01"], utc=True),
        pd.period_range("2026-01", periods=1, freq="M"),
    ],
)
def test_a_time_or_a_duration_is_no_number(values):
    assert numeric(pd.Series(values)).isna().all()


@pytest.mark.parametrize(
    "values", [["TRUE", "FALSE"], ["True", "false"], [True, False], [1, 0], ["1", "0"]]
)
def test_truths_are_one_and_nought_however_they_are_written(values):
    assert numeric(pd.Series(values)).tolist() == [1, 0]
    assert numeric(pd.Series([*values, None], dtype=object)).tolist()[:2] == [1, 0]
    assert yes_no(pd.Series(values))


def test_a_truth_among_numbers_is_none():
    assert numeric(pd.Series(["3", "TRUE"])).isna().tolist() == [False, True]


@pytest.mark.parametrize(
    "levels",
    [
        ["0", "1", "2", "10", "none"],
        ["0", "1", "2", "3 to 9", "10 or more"],
        ["Under 18", "18 to 25", "26 to 49", "50+"],
        ["Under-18s", "18-24", "65 and over"],
        ["<5", "5-9", "10-14", ">14"],
        ["up to 6 months", "6 months to 1 year", "12 months to 4 years", "over 4"
         " years"],
        ["2 weeks", "1 month", "1 year"],
        ["under 6 months", "6 months to under 12 months", "12 months to under 4 years",
         "no length"],
        ["18 to 25 years", "26 and over"],  # a unit that only one of them has
        ["\u00a3900", "\u00a31,000 or more"],
        ["Site 2", "Site 10", "Wing A"],
        ["2024 Q4", "2025 Q1"],
        ["-1", "0", "1"],
        ["East", "North", "South"],
    ],
)  # fmt: skip
def test_levels_stand_as_a_person_would_list_them(levels):
    assert in_order(reversed(levels)) == levels
    assert in_order(sorted(levels)) == levels


def test_codes_come_in_order():
    assert coded(pd.Series(["10", "2", "2", None])) == ["2", "10"]
