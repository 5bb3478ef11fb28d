"""Months without offences, and a fall before the records end."""

from datetime import date

import pandas as pd
import pytest

from helpers.intake.records.continuity import empty_months, fall

END = date(2025, 6, 30)


def daily(first="2015-01-01", last="2025-06-30", rows=2) -> pd.Series:
    return pd.Series(rows, pd.date_range(first, last, freq="D", unit="us"))


def without(first: str, last: str) -> pd.Series:
    days = daily()
    return days[(days.index < first) | (days.index > last)]


def test_records_that_run_on_evenly_are_fine():
    assert empty_months(daily(), END) == [] and fall(daily(), END) is None


def test_records_that_begin_later_have_no_empty_months_before():
    assert empty_months(daily("2022-03-15"), END) == []


@pytest.mark.parametrize(
    ("last", "months"),
    [
        ("2021-04-29", []),  # one day of April is left
        ("2021-04-30", ["2021-04"]),
        ("2021-06-03", ["2021-04", "2021-05"]),
    ],
)
def test_a_month_without_an_offence_is_named(last, months):
    assert empty_months(without("2021-03-20", last), END) == months


def test_the_last_three_months_may_not_be_proven_yet():
    assert empty_months(daily(last="2025-03-31"), END) == []
    assert empty_months(daily(last="2025-02-28"), END) == ["2025-03"]


def test_a_month_that_is_not_over_is_not_judged():
    assert fall(daily(last="2025-06-10"), date(2025, 6, 10)) is None


def test_few_offences_say_nothing():
    """With less than 20 a month a month without any may be chance."""
    some = pd.Series(1, pd.date_range("2015-01-01", "2024-12-31", freq="2D", unit="us"))
    assert empty_months(some, END) == [] and fall(some, END) is None


def test_a_fall_is_told_with_what_is_usual():
    """Two a day before: 62, 60 or 61 a month; in the last three 29 of 91 days."""
    thin = pd.concat([daily(last="2025-03-31"), daily("2025-04-01", "2025-04-29", 1)])
    assert fall(thin, END) == (pytest.approx(29 / 3), 62)
    half = pd.concat([daily(last="2025-03-31"), daily("2025-04-01", rows=1)])
    assert fall(half, END) == (pytest.approx(91 / 3), 62)
    more = half.copy()
    more["2025-06-28":"2025-06-30"] = 2
    assert fall(more, END) is None  # 94 / 3 is above half of 62
