"""Days that stand for nothing known, found by how often each stands in a column."""

from datetime import date

import pandas as pd
import pytest

from helpers.intake.records.impossible import placeholders

UNTIL = date(2026, 6, 30)


def every_day(first: str, last: str, rows: int = 3) -> pd.Series:
    return pd.Series(rows, pd.date_range(first, last, freq="D", unit="us"))


def found(
    daily: pd.Series, table="offence", column="offence_date", people=None
) -> dict[str, list[str]]:
    daily = daily[~daily.index.duplicated(keep="last")].sort_index()
    own = daily if people is None else people
    given = placeholders(table, column, daily, UNTIL, lambda days: own[days])
    return {what: [str(d.date()) for d in days] for what, days in given.items()}


def with_day(daily: pd.Series, day: str, rows: int) -> pd.Series:
    return pd.concat([daily, pd.Series({pd.Timestamp(day): rows})])


USUAL = every_day("1975-01-01", "2025-12-31")


def test_a_column_of_days_that_can_be_has_none():
    assert found(USUAL) == {}
    assert found(USUAL.iloc[:0]) == {}


@pytest.mark.parametrize(
    ("day", "what"),
    [
        ("0001-01-01", "before 1901"),
        ("1900-01-01", "before 1901"),
        ("1899-12-30", "before 1901"),
        ("2026-07-01", "that lies ahead"),
        ("2099-12-31", "that lies ahead"),
        ("9999-12-31", "that lies ahead"),
    ],
)
def test_one_row_of_such_a_day_is_enough(day, what):
    assert found(with_day(USUAL, day, 1)) == {what: [day]}


def test_a_release_and_an_end_may_lie_ahead_but_not_for_ever():
    planned = with_day(with_day(USUAL, "2031-05-01", 1), "9999-12-31", 1)
    for place, what in (
        (("sentence", "index_date"), "that lies ahead"),
        (("benefit", "to"), "of no end, such as 9999-12-31"),
    ):
        assert found(planned, *place) == {what: ["9999-12-31"]}


def test_nobody_with_a_record_was_born_less_than_ten_years_ago():
    births = with_day(with_day(USUAL, "2016-06-30", 1), "2016-07-01", 1)
    births = births[(births.index < "2010") | (births.index > "2016-06")]
    births = births[births.index < "2016-07-02"]
    told = found(births, "person", "date_of_birth")
    assert told["less than 10 years ago"] == ["2016-07-01"]


@pytest.mark.parametrize(("rows", "many"), [(25, False), (26, True), (400, True)])
def test_a_day_that_holds_more_than_its_share(rows, many):
    """Three rows a day are usual: beyond 10 + 5 x 3 it is too many."""
    told = found(with_day(USUAL, "2012-05-04", rows))
    assert (told == {"on 2012-05-04, more than its share": ["2012-05-04"]}) == many
    assert many or told == {}


def test_where_blanks_become_days_fewer_are_too_many():
    """1970-01-01 stands alone here: beyond 3 rows, where other days need 10."""
    assert found(with_day(USUAL, "1970-01-01", 3)) == {}
    told = found(with_day(USUAL, "1970-01-01", 4))
    assert told == {"on 1970-01-01, more than its share": ["1970-01-01"]}


def test_rows_of_one_person_are_no_share_of_a_day():
    daily = with_day(USUAL, "2012-05-04", 60)
    alone = pd.Series({pd.Timestamp("2012-05-04"): 1})
    assert found(daily, people=alone) == {}


def test_a_day_that_is_usual_every_year_is_left():
    """Where no birthday is known 1 January stands for it: a habit, not a blank."""
    births = every_day("1950-01-01", "2000-12-31")
    new_year = (births.index.month == 1) & (births.index.day == 1)
    births[new_year] = 40
    assert found(births, "person", "date_of_birth") == {}
    fifth = births.copy()
    fifth[new_year & (fifth.index.year % 5 != 0)] = 3
    assert found(fifth, "person", "date_of_birth") == {}
    births[pd.Timestamp("1980-01-01")] = 121
    told = found(births, "person", "date_of_birth")
    assert told == {"on 1980-01-01, more than its share": ["1980-01-01"]}
