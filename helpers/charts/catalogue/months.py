"""Months and days of publication, and what one that Excel turned was meant to be."""

import calendar
import re
from datetime import date, timedelta

from helpers.request.reading.table import cut

MONTH = re.compile(r"(?:[0-9]{4}-(?:0[1-9]|1[0-2])(?: or before)?)?")
BEFORE = " or before"
#: month in which the lab began
BEGAN = "2013-04"
#: day from which Excel counts
FIRST_DAY = date(1899, 12, 30)
NUMBER_OF = {
    name[:length].casefold(): number
    for number, name in enumerate(calendar.month_name)
    for length in (3, 4, len(name))
    if number
}
_YEAR, _LESS = "((?:[0-9]{2}){1,2})", "([0-9]{1,2})"
_WORD, _GAP = "([a-z]+)", "[-/. ]"


def month_problem(text: str, today: date) -> str:
    """Tell what is wrong with a month of publication; "" where nothing is.

    The month of today may be written: a result counts from its month's end.
    """
    if not MONTH.fullmatch(text):
        return (
            'published must be a month such as 2014-01 or "2014-01 or before"; found '
            f'"{cut(text)}"; {_advice(months_meant(text))}'
        )
    if text and text[:7] < BEGAN:
        return f"published {text} is before {BEGAN}, when the lab began; mend it"
    if text[:7] > f"{today:%Y-%m}":
        return f"published {text} lies ahead; write the month in which it was published"
    return ""


def day_problem(text: str, today: date) -> str:
    """Tell what is wrong with the day of a count; "" where nothing is."""
    days = days_meant(text)
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) or not days:
        advice = _advice([f"{day}" for day in days])
        return f'as_at must be a date such as 2015-09-17; found "{cut(text)}"; {advice}'
    if text < BEGAN:
        return f"as_at {text} is before {BEGAN}, when the lab began; mend it"
    if days[0] > today:
        return f"as_at {text} lies ahead; write the day to which the count goes"
    return ""


def _advice(meant: list[str]) -> str:
    if not meant:
        return "write it so, with the year first"
    return f"write {' or '.join(meant)}" + (
        ", whichever was meant" if len(meant) > 1 else ""
    )


def months_meant(text: str) -> list[str]:
    """Give the months that a text may mean: "Jan-14", "01/01/2014", "41640".

    Excel turns a month into its first day, and then into words or a number of days.
    """
    words = text.casefold()
    end = BEFORE if words.endswith(BEFORE) else ""
    words = words.removesuffix(BEFORE)
    if found := re.fullmatch(rf"{_WORD}{_GAP}*{_YEAR}", words):
        pairs = [(found[2], str(NUMBER_OF.get(found[1], 0)))]
    elif found := re.fullmatch(rf"{_YEAR}{_GAP}*{_WORD}", words):
        pairs = [(found[1], str(NUMBER_OF.get(found[2], 0)))]
    elif found := re.fullmatch(rf"([0-9]{{4}})(?:{_GAP}|(?=..$)){_LESS}", words):
        pairs = [found.groups()]
    elif found := re.fullmatch(rf"{_LESS}{_GAP}([0-9]{{4}})", words):
        pairs = [(found[2], found[1])]
    else:
        days = days_meant(words)
        days = [day for day in days if day.day == 1] or days
        pairs = [(f"{day:%Y}", f"{day:%m}") for day in days]
    return [
        f"{_year(year)}-{int(month):02}{end}"
        for year, month in dict.fromkeys(pairs)
        if 1 <= int(month) <= 12
    ]


def days_meant(text: str) -> list[date]:
    """Give the days that a text may mean, the British order of day and month first."""
    words = text.casefold().removesuffix(" 00:00:00").removesuffix(" 00:00")
    if found := re.fullmatch(rf"([0-9]{{4}}){_GAP}{_LESS}{_GAP}{_LESS}", words):
        orders = [(found[1], found[2], found[3])]
    elif found := re.fullmatch(rf"{_LESS}{_GAP}{_LESS}{_GAP}{_YEAR}", words):
        orders = [(found[3], found[2], found[1]), (found[3], found[1], found[2])]
    elif found := re.fullmatch(rf"{_LESS}{_GAP}*{_WORD}{_GAP}*{_YEAR}", words):
        orders = [(found[3], str(NUMBER_OF.get(found[2], 0)), found[1])]
    elif re.fullmatch(r"[34567][0-9]{4}", words):  # 1982 to 2119
        return [FIRST_DAY + timedelta(days=int(words))]
    else:
        return []
    days = []
    for year, month, day in dict.fromkeys(orders):
        try:
            days.append(date(_year(year), int(month), int(day)))
        except ValueError:
            continue
    return list(dict.fromkeys(days))


def _year(text: str) -> int:
    # the first result was published in 2013
    return int(text) + (2000 if len(text) == 2 else 0)
