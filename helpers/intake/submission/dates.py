"""Dates as people write them: day first or year first, and never a guess.

31/12/1990, 31.12.1990, 31-12-1990, 31 December 1990, 1990-12-31 and a spreadsheet's own
dates are read. 03/25/1990 has a month above 12 and is an error; so is a year of two
digits, because nothing says which century it stands for.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pandas as pd

from helpers.intake.submission.columns import key
from helpers.intake.submission.unknown import says_nothing

NO_DATE = "must be a date"
IMPOSSIBLE = "is not a date of the calendar"
TOO_EARLY = "lies before 1900"
MONTH_FIRST = "has a month above 12"
SHORT_YEAR = "has a year of two digits"
SERIAL = "is a spreadsheet's number of a day, not a date"
#: what is wrong with a date, and what to do about it
FAULTS = {
    NO_DATE: "write day, month and year, for example 31/12/1990",
    IMPOSSIBLE: "correct the day, the month or the year",
    TOO_EARLY: "correct the year, or leave the cell empty if the day is not known",
    MONTH_FIRST: "write the day first, then the month, for example 31/12/1990",
    SHORT_YEAR: "write the year with four digits, for example 31/12/1990",
    SERIAL: "format the column as dates in the spreadsheet and save the file again",
}
#: words for "it goes on", in place of the day on which something ended
GOES_ON = frozenset(
    map(key, ("ongoing", "still ongoing", "current", "currently", "still current",
              "continuing", "continues", "present", "to present", "to date",
              "until now", "now", "open", "still open", "open ended", "active",
              "still active", "live", "in progress", "in support",
              "still in support", "still supported", "still receiving support",
              "not ended", "not yet ended", "has not ended", "not finished",
              "not yet finished", "not completed", "not yet", "no end", "no end date"))
)  # fmt: skip

#: signs without width or that turn the direction of writing; nobody sees them
UNSEEN = dict.fromkeys(
    [0xFEFF, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_ZONE = r"(?:Z| ?[+-]\d\d:?(?:\d\d)?)?"
_TIME = rf"(?:[T ]+(\d{{1,2}}:\d\d(?::\d\d(?:\.\d+)?)?){_ZONE})?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}")
_DAY_FIRST = re.compile(rf"(\d{{1,2}})( ?[-/.] ?| )(\d{{1,2}})\2(\d{{4}}|\d\d){_TIME}")
_IN_WORDS = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[-/. ]*([a-z]{3,9})[-/., ]*(\d{4}|\d\d)"
)
# written out, because the calendar module's names follow the machine's language
_MONTHS = (
    "january february march april may june july august september october november "
    "december"
).split()
#: a day of 1927 to 2064 as a spreadsheet counts them
_SERIAL_TEXT = re.compile(r"[1-5]\d{4}(?:[.,]\d+)?", re.ASCII)
#: whole numbers taken for a year that stands alone, not for a day of 1905
_YEARS = range(1900, 2101)


def one_line(written: str) -> str:
    """Give a text with single spaces and without signs that nobody sees."""
    if not written.isascii():
        written = written.translate(UNSEEN)
    return " ".join(written.split())


@dataclass(frozen=True)
class _Cell:
    """What one cell of a column of dates says."""

    read: date | None = None
    fault: str | None = None
    day: int = 0  # as written, also where the date as a whole cannot be
    day_first: bool = False  # a text that begins with the day, in digits
    seconds: int = 0  # after midnight


def dates(
    values: Sequence[object],
    *,
    from_1904: bool = False,
    empty: frozenset[str] = frozenset(),
) -> pd.DataFrame:
    """Read every cell of a column as a date.

    Gives `date` (datetime64[us], missing where there is none), `fault` (a key of
    FAULTS, missing where the cell is fine or empty) and, for doubts on the column as a
    whole, `day` (0 where there is none), `day_first` (a text that begins with the day,
    in digits) and `seconds` after midnight. Numbers are a spreadsheet's days, counted
    from 1900, or from 1904 where the workbook says so. `empty` are words, as
    `columns.key` gives them, that stand for an empty cell besides WORDS.
    """
    known: dict[tuple[type, object], int] = {}
    cells, codes = [], []
    for value in values:
        place = (type(value), value)
        if place not in known:
            known[place] = len(cells)
            cells.append(_one(value, from_1904, empty))
        codes.append(known[place])
    different = pd.DataFrame(
        {
            "date": pd.Series([cell.read for cell in cells], dtype="datetime64[us]"),
            "fault": pd.Series([cell.fault for cell in cells], dtype="str"),
            "day": pd.Series([cell.day for cell in cells], dtype="int64"),
            "day_first": pd.Series([cell.day_first for cell in cells], dtype="bool"),
            "seconds": pd.Series([cell.seconds for cell in cells], dtype="int64"),
        }
    )
    return different.take(codes).reset_index(drop=True)


def looks_like_a_date(written: str) -> bool:
    """Tell whether a text has the form of a date in digits."""
    text = one_line(written.replace('"', " ")).upper()
    return bool(_YEAR_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(text))


def _one(value: object, from_1904: bool, empty: frozenset[str]) -> _Cell:
    if value is None:
        return _Cell()
    if isinstance(value, datetime):
        return _of(value.date(), seconds=_seconds(value.time()))
    if isinstance(value, date):
        return _of(value)
    if isinstance(value, bool):
        return _Cell(fault=NO_DATE)
    if isinstance(value, int | float):
        return _serial(float(value), from_1904)
    if isinstance(value, str):
        return _text(one_line(value).lower(), empty)
    return _Cell(fault=NO_DATE)


def _of(written: date, *, day_first: bool = False, seconds: int = 0) -> _Cell:
    if written.year < 1900:
        return _Cell(fault=TOO_EARLY)
    return _Cell(written, None, written.day, day_first, seconds)


def _seconds(clock: time) -> int:
    return clock.hour * 3600 + clock.minute * 60 + clock.second


def _serial(number: float, from_1904: bool) -> _Cell:
    # below 61 a workbook of 1900 counts a 29 February that never was
    if not 61 <= number < 100_000 or number in _YEARS:
        return _Cell(fault=NO_DATE)
    start = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
    return _of(start + timedelta(days=int(number)), seconds=int(number % 1 * 24 * 3600))


def _text(text: str, empty: frozenset[str]) -> _Cell:
    if says_nothing(text, empty):
        return _Cell()
    clock, day_first = None, False
    if found := _YEAR_FIRST.fullmatch(text.upper()):
        year, _, month, day, clock = found.groups()
    elif found := _DAY_FIRST.fullmatch(text.upper()):
        day, _, month, year, clock = found.groups()
        day_first = True
        if 12 < int(month) <= 31 and 1 <= int(day) <= 12:
            return _Cell(fault=MONTH_FIRST)
    elif found := _IN_WORDS.fullmatch(text):
        day, word, year = found.groups()
        month = _month(word)
        if not month:
            return _Cell(fault=NO_DATE)
    else:
        return _Cell(fault=SERIAL if _SERIAL_TEXT.fullmatch(text) else NO_DATE)
    if len(year) == 2:
        return _Cell(fault=SHORT_YEAR, day=int(day), day_first=day_first)
    try:
        written = date(int(year), int(month), int(day))
    except ValueError:
        return _Cell(fault=IMPOSSIBLE)
    hour, minute = (clock or "0:0").split(":")[:2]
    seconds = int(hour) * 3600 + int(minute) * 60
    return _of(written, day_first=day_first, seconds=seconds)


def _month(word: str) -> int:
    """Give the number of a month's name or its first letters; 0 if it is not one."""
    for number, name in enumerate(_MONTHS, 1):
        if name.startswith(word) or word == "sept" and number == 9:
            return number
    return 0
