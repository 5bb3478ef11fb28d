"""Columns of dates in doubt though each can be read: turned, or with times."""

from datetime import date, datetime

import pandas as pd
import pytest
from support.submission_lists import FINE, HEADER, check, found, write_csv, write_xlsx

TURNED = "may have day and month turned by a spreadsheet"
TIMES = "has times that are not midnight"
LATE = ["13/05/1970", "31/12/1982", "26/05/1992", "22/10/1992", "13/06/1991"]
#: 4 October is a spreadsheet's 10 April where the month comes first
EARLY = [date(1971, 10, 4), date(1994, 1, 8), date(1980, 4, 4), date(1975, 12, 1),
         date(1988, 3, 9)]  # fmt: skip


def doubts(folder, cells, column="date_of_birth", write=write_xlsx):
    """What is said of a column as a whole: rule and what was found."""
    rows = [[*FINE.values()] for _ in cells]
    place = HEADER.index(column)
    for row, cell in zip(rows, cells, strict=True):
        row[place] = cell
    if write is write_xlsx:
        path = write_xlsx(folder, {"People": [HEADER, *rows]})
    else:
        path = write_csv(folder, rows)
    told = check(path).problems
    told = told[told["row"].isna() & (told["column"] == column)]
    return list(zip(told["rule"], told["found"], strict=True))


@pytest.mark.parametrize("column", ["date_of_birth", "index_date"])
def test_dates_that_a_spreadsheet_turned(tmp_path, column):
    """Ten cells: 0.605 to the 5th times 0.395 to the 5th, one chance in 1,300."""
    assert doubts(tmp_path, LATE + EARLY, column) == [
        (TURNED, "5 as text with the day first, all with a day above 12; 5 as dates, "
         "all with a day of 12 or less"),
    ]  # fmt: skip


def test_dates_turned_before_the_list_was_saved_as_csv(tmp_path):
    cells = LATE + [f"{day:%Y-%m-%d}" for day in EARLY]
    assert [one[0] for one in doubts(tmp_path, cells, write=write_csv)] == [TURNED]


def test_dates_turned_with_others_typed_in_later(tmp_path):
    """Fifteen texts above 12, none below: one chance in 1,800, whatever the dates."""
    later = [date(1990, 1, day) for day in (14, 17, 29, 30)]
    assert doubts(tmp_path, LATE * 3 + EARLY + later) == [
        (TURNED, "15 as text with the day first, all with a day above 12; 9 as dates, "
         "5 of them with a day of 12 or less"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "cells",
    [
        LATE[:3] + EARLY[:2],  # 3.5 in a hundred by chance
        LATE + EARLY + ["04/10/1971", "01/02/1990"],  # texts of both kinds
        LATE + [date(1990, 1, day) for day in (14, 17, 29)],  # nothing to turn
        LATE * 4,
        EARLY * 4,
    ],
)
def test_dates_that_chance_may_have_brought_about(tmp_path, cells):
    assert doubts(tmp_path, cells) == []


@pytest.mark.parametrize(
    "cells, said",
    [
        (["1985-06-14T23:00:00Z", "1985-01-14T00:00:00Z", ""],
         "1 of 2 dates, 1 at 23:00"),
        (["1985-06-14 23:00:00+00:00", "14/06/1985 22:30"], "2 of 2 dates, 1 at 23:00"),
    ],
)  # fmt: skip
def test_dates_with_a_time_in_a_csv(tmp_path, cells, said):
    assert doubts(tmp_path, cells, write=write_csv) == [(TIMES, said)]


def test_dates_with_a_time_in_a_workbook(tmp_path):
    """Half a day is written as 0.5; the second date is a number without its format."""
    cells = [datetime(2021, 9, 3, 23), 44442.5, date(2021, 9, 3)]
    assert doubts(tmp_path, cells, "conviction_date") == [
        (TIMES, "2 of 3 dates, 1 at 23:00")
    ]


def test_a_date_with_a_time_is_kept_as_it_is_written(tmp_path):
    read = check(write_csv(tmp_path, [{**FINE, "date_of_birth": "1985-06-14T23:00Z"}]))
    assert found(read) == [(0, "date_of_birth", "warning", TIMES)]
    assert read.lines["date_of_birth"][0] == pd.Timestamp(1985, 6, 14)


def test_midnight_is_no_time(tmp_path):
    cells = ["1985-06-14T00:00:00.000Z", "14/06/1985 00:00", "1985-06-14 00:00+01:00"]
    assert doubts(tmp_path, cells, write=write_csv) == []
