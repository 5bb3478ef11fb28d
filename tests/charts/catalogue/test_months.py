"""Months and days that Excel turned: what they were meant to be."""

from datetime import date

import pytest

from helpers.charts.catalogue import months

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Jan-14", ["2014-01"]),
        ("14-Jan", ["2014-01"]),
        ("Sept 2015", ["2015-09"]),
        ("January 2014", ["2014-01"]),
        ("2014 January", ["2014-01"]),
        ("01/01/2014", ["2014-01"]),
        ("01/07/2014", ["2014-07"]),  # the first of July; 7 January begins no month
        ("07/01/2014", ["2014-07"]),  # the same as Americans write it
        ("17/09/2015", ["2015-09"]),
        ("02/03/2014", ["2014-03", "2014-02"]),
        ("01/07/14", ["2014-07"]),
        ("2014-01-01", ["2014-01"]),
        ("2014-01-01 00:00:00", ["2014-01"]),
        ("2014/01", ["2014-01"]),
        ("2014-1", ["2014-01"]),
        ("201401", ["2014-01"]),
        ("1/2014", ["2014-01"]),
        ("41640", ["2014-01"]),  # 1 January 2014 in Excel
        ("Jun-15 or before", ["2015-06 or before"]),
        ("2014-13", []),
        ("2014", []),
        ("spring 2014", []),
    ],
)
def test_a_turned_month_is_told_as_it_is_written(text, meant):
    assert months.months_meant(text) == meant
    told = months.month_problem(text, TODAY)
    assert f'found "{text}"' in told
    assert told.endswith(
        f"write {' or '.join(meant)}" + ", whichever was meant" * (len(meant) > 1)
        if meant
        else "write it so, with the year first"
    )
    assert all(months.month_problem(month, TODAY) == "" for month in meant)


@pytest.mark.parametrize(
    "text", ["", "2014-01", "2015-06 or before", "2026-11", "2026-11 or before"]
)
def test_months_that_have_begun_are_fine(text):
    assert months.month_problem(text, TODAY) == ""


@pytest.mark.parametrize("text", ["2026-12", "2126-01", "2026-12 or before"])
def test_a_month_after_that_of_today_lies_ahead(text):
    assert "lies ahead" in months.month_problem(text, TODAY)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("17/09/2015", "write 2015-09-17"),
        ("05/06/2015", "write 2015-06-05 or 2015-05-06, whichever was meant"),
        ("17-Sep-15", "write 2015-09-17"),
        ("17 September 2015", "write 2015-09-17"),
        ("42264", "write 2015-09-17"),  # in Excel
        ("2015-9-17", "write 2015-09-17"),
        ("2013-09-31", "write it so, with the year first"),  # no such day
        ("", "write it so, with the year first"),
    ],
)
def test_a_turned_day_is_told_as_it_is_written(text, meant):
    assert months.day_problem(text, TODAY).endswith(meant)


def test_a_day_is_not_after_today():
    assert months.day_problem("2026-11-30", TODAY) == ""
    assert "lies ahead" in months.day_problem("2026-12-01", TODAY)
