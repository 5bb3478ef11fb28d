"""Dates as people write them: day first or year first, and never a guess.

31/12/1990, 31.12.1990, 31-12-1990, 31 December 1990, 1990-12-31 and a spreadsheet's own
dates are read. 03/25/1990 has a month above 12 and is an error; so is a year of two
digits, because nothing says which century it stands for.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pandas as pd

from helpers.intake.submission.columns import key

NO_DATE = "must be a date"
IMPOSSIBLE = "is not a date of the calendar"
MONTH_FIRST = "has a month above 12"
SHORT_YEAR = "has a year of two digits"
#: what is wrong with a date, and what to do about it
FAULTS = {
    NO_DATE: "write day, month and year, for example 31/12/1990",
    IMPOSSIBLE: "correct the day, the month or the year",
    MONTH_FIRST: "write the day first, then the month, for example 31/12/1990",
    SHORT_YEAR: "write the year with four digits, for example 31/12/1990",
}
#: words for "nothing is known", which some write in place of an empty cell; capitals,
#: spaces and punctuation do not count, and signs alone ("-", "?") say nothing either
BLANK = frozenset(
    map(key, ("", "n/a", "n/k", "nil", "none", "null", "unknown", "not known",
              "not applicable", "not available", "not given", "not recorded",
              "tbc", "to be confirmed"))
)  # fmt: skip
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
_TIME = r"(?:[T ]+\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?Z?)?"
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
#: whole numbers taken for a year that stands alone, not for a day of 1905
_YEARS = range(1900, 2101)


def one_line(written: str) -> str:
    """Give a text with single spaces and without signs that nobody sees."""
    if not written.isascii():
        written = written.translate(UNSEEN)
    return " ".join(written.split())


def dates(
    values: Sequence[object],
    *,
    from_1904: bool = False,
    empty: frozenset[str] = frozenset(),
) -> pd.DataFrame:
    """Read every cell of a column as a date.

    Gives `date` (datetime64[us], missing where there is none) and `fault` (a key of
    FAULTS, missing where the cell is fine or empty). Numbers are a spreadsheet's days,
    counted from 1900, or from 1904 where the workbook says so. `empty` are words, as
    `columns.key` gives them, that stand for an empty cell besides BLANK.
    """
    empty |= BLANK
    known: dict[tuple[type, object], date | str | None] = {}
    found = []
    for value in values:
        place = (type(value), value)
        if place not in known:
            known[place] = _one(value, from_1904, empty)
        found.append(known[place])
    return pd.DataFrame(
        {
            "date": pd.Series(
                [item if isinstance(item, date) else None for item in found],
                dtype="datetime64[us]",
            ),
            "fault": pd.Series(
                [item if isinstance(item, str) else None for item in found],
                dtype="str",
            ),
        }
    )


def _one(value: object, from_1904: bool, empty: frozenset[str]) -> date | str | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value if value.year >= 1900 else IMPOSSIBLE
    if isinstance(value, bool):
        return NO_DATE
    if isinstance(value, int | float):
        return _serial(float(value), from_1904)
    if isinstance(value, str):
        return _text(one_line(value).lower(), empty)
    return NO_DATE


def _serial(number: float, from_1904: bool) -> date | str:
    # below 61 a workbook of 1900 counts a 29 February that never was
    if not 61 <= number < 100_000 or number in _YEARS:
        return NO_DATE
    start = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
    return start + timedelta(days=int(number))


def _text(text: str, empty: frozenset[str]) -> date | str | None:
    if key(text) in empty:
        return None
    if found := _YEAR_FIRST.fullmatch(text.upper()):
        year, _, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(text.upper()):
        day, _, month, year = found.groups()
        if 12 < int(month) <= 31 and 1 <= int(day) <= 12:
            return MONTH_FIRST
    elif found := _IN_WORDS.fullmatch(text):
        day, word, year = found.groups()
        month = _month(word)
        if not month:
            return NO_DATE
    else:
        return NO_DATE
    if len(year) == 2:
        return SHORT_YEAR
    try:
        written = date(int(year), int(month), int(day))
    except ValueError:
        return IMPOSSIBLE
    return written if written.year >= 1900 else IMPOSSIBLE


def _month(word: str) -> int:
    """Give the number of a month's name or its first letters; 0 if it is not one."""
    for number, name in enumerate(_MONTHS, 1):
        if name.startswith(word) or word == "sept" and number == 9:
            return number
    return 0
