"""Years between dates, and the century of a short year: each rule in both its forms."""

from datetime import date

import ibis
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.intake.records.dates import (
    days_after,
    in_2000s,
    whole_years,
    whole_years_between,
)


def as_expression(rule, **columns):
    """What a rule for expressions gives for these columns of text or dates."""
    table = ibis.memtable(pd.DataFrame(columns))
    value = rule(*(table[name] for name in columns))
    return table.select(value=value).execute()["value"].tolist()


def dates(*texts) -> pd.Series:
    return pd.Series(pd.to_datetime(list(texts)))


# (birth, date, age)
AGES = [
    ("2012-02-29", "2022-02-28", 9),
    ("2012-02-29", "2022-03-01", 10),
    ("2012-02-29", "2024-02-29", 12),
    ("1990-06-15", "2020-06-14", 29),
    ("1990-06-15", "2020-06-15", 30),
    ("1990-06-15", "2020-05-20", 29),
    ("1990-06-15", "2020-07-01", 30),
]


def test_age_in_whole_years_in_both_forms():
    birth, on = (dates(*column) for column in list(zip(*AGES, strict=True))[:2])
    expected = [age for *_, age in AGES]
    assert whole_years_between(birth, on).tolist() == expected
    assert as_expression(whole_years, birth=birth, date=on) == expected


def test_age_is_missing_where_a_date_is():
    birth, on = dates("1990-01-01", None, None), dates(None, "2020-01-01", None)
    assert whole_years_between(birth, on).isna().all()
    assert pd.isna(as_expression(whole_years, birth=birth, date=on)).all()


@settings(max_examples=20)
@given(st.lists(st.tuples(st.dates(date(1900, 1, 1), date(2100, 1, 1)),
                          st.dates(date(1900, 1, 1), date(2100, 1, 1))),
                min_size=1, max_size=20))  # fmt: skip
def test_both_forms_agree(pairs):
    birth, on = (dates(*column) for column in zip(*pairs, strict=True))
    expected = as_expression(whole_years, birth=birth, date=on)
    assert whole_years_between(birth, on).tolist() == expected


def test_days_after_are_negative_before():
    later, earlier = dates("2020-03-01"), dates("2020-02-28")
    assert as_expression(days_after, date=later, other=earlier) == [2]
    assert as_expression(days_after, date=earlier, other=later) == [-2]


@pytest.mark.parametrize("on", [date(2026, 1, 1), date(2026, 12, 31)])
def test_a_short_year_that_has_come_is_of_the_2000s_in_both_forms(on):
    years = {"00": True, "26": True, "27": False, "49": False, "50": False, "99": False}
    assert {year: in_2000s(year, on) for year in years} == years
    columns = {"year": list(years)}
    answers = as_expression(lambda year: in_2000s(year, on), **columns)
    assert answers == list(years.values())


def test_a_short_year_of_a_single_digit_has_its_nought():
    assert in_2000s("05", date(2005, 1, 1)) and not in_2000s("06", date(2005, 12, 31))
