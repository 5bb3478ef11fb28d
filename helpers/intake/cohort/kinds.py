"""Columns of a file as what the request takes them for: numbers, or categories."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time

import numpy as np
import pandas as pd

from helpers.request.filters import Range

#: how long after the index date support began, as it enters every model where it is
#: known: leaving out who reoffended before it thins long delays (method, section 1)
DELAY = {"days_to_support": "numeric", "support_after_index": "categorical"}

#: a column of 0, 1 and blanks is often saved as 0.0, 1.0 and blanks
SAVED_AS_FLOAT = r"^(-?[0-9]+)\.0+$"
#: days, months and spans that pandas would count from some beginning, as it does dates
MOMENTS = (pd.DatetimeTZDtype, pd.PeriodDtype, pd.IntervalDtype)
#: as R, Excel and Python write them, in any capitals
TRUTHS = {"false": 0.0, "true": 1.0}


def numeric(values: pd.Series) -> pd.Series:
    """Give values as floats; what is not a number becomes missing.

    Where all that is known is true or false, however it is written, they are 1 and 0.
    """
    if isinstance(values.dtype, MOMENTS) or values.dtype.kind in "mM":
        return pd.Series(np.nan, index=values.index)
    if not pd.api.types.is_numeric_dtype(values.dtype) and _is_truth(values):
        return as_text(values).map(TRUTHS).astype(float)
    numbers = pd.to_numeric(values, errors="coerce").astype(float)
    return numbers.where(np.isfinite(numbers))


def _is_truth(values: pd.Series) -> bool:
    """Tell whether all that is known is true or false; the first is looked at first."""
    known = values.dropna()
    return as_text(known[:1]).isin(TRUTHS).any() and as_text(known).isin(TRUTHS).all()


def measured(values: pd.Series, range_: Range) -> pd.Series:
    """Give values as what a range is of, numbers or dates, others as missing."""
    if not range_.of_dates:
        return numeric(values)
    if pd.api.types.is_numeric_dtype(values.dtype):
        return pd.Series(pd.NaT, index=values.index)
    dates = pd.to_datetime(
        values.astype("str").where(values.notna()), format="ISO8601", errors="coerce"
    )
    return dates.dt.normalize()  # the last day of a range is a whole day


def within(values: pd.Series, range_: Range) -> pd.Series:
    """Tell whose value lies in a range, its ends included; a missing one does not."""
    known = measured(values, range_)
    inside = known.notna()
    if range_.start is not None:
        inside &= known >= _end(range_.start)
    if range_.to is not None:
        inside &= known <= _end(range_.to)
    return inside


def _end(end: float | str) -> float | pd.Timestamp:
    return pd.Timestamp(end) if isinstance(end, str) else end


def as_text(values: pd.Series) -> pd.Series:
    """Give categories as text in one spelling: 1, 1.0, "1" are "1"; missing stays.

    TRUE, True and a Boolean are "true", and a day is 2026-01-31 however it was kept.
    """
    if isinstance(values.dtype, pd.StringDtype):
        text = values.astype("str").str.replace(SAVED_AS_FLOAT, r"\1", regex=True)
        lower = text.str.lower()
        return text.mask(lower.isin(list(TRUTHS)), lower)
    known = values[values.notna()].astype(object)
    spelt = {value: _spell(value) for value in known.unique()}
    return known.map(spelt).reindex(values.index).astype("str")


def meets(people: pd.DataFrame, wanted: Mapping[str, Sequence | Range]) -> pd.Series:
    """Tell who has one of the values, or lies in the range, that a filter keeps."""
    meets = pd.Series(True, index=people.index)
    for column, kept in wanted.items():
        if isinstance(kept, Range):
            meets &= within(people[column], kept)
            continue
        spelt = as_text(pd.Series(list(kept), dtype=object))
        meets &= as_text(people[column]).isin(set(spelt))
    return meets


def yes_no(values: pd.Series) -> bool:
    """Tell whether all that is known is 0 and 1, or true and false."""
    known = set(as_text(values).dropna().unique())
    return bool(known) and (known <= {"0", "1"} or known <= set(TRUTHS))


def coded(values: pd.Series) -> list[str]:
    """Give the levels of a column that holds whole-number codes alone, else none."""
    known = in_order(as_text(values).dropna().unique())
    return known if all(re.fullmatch(r"-?[0-9]+", value) for value in known) else []


def _spell(value: object) -> str:
    if isinstance(value, bool | np.bool_):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    text = re.sub(SAVED_AS_FLOAT, r"\1", str(value))
    return text.lower() if text.lower() in TRUTHS else text


# levels in order -----------------------------------------------------------------

NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
#: words before a number, and whether they mean what lies below or above it
BELOW = "under|below|less than|fewer than|younger than|up to|at most|no more than|<=?|≤"
ABOVE = "over|above|more than|older than|greater than|>"
#: of bands of a time, each unit in days
UNITS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30.4, "year": 365}
LEADS = re.compile(
    rf"(?:(?:(?P<below>{BELOW})|(?P<above>{ABOVE})|at least|from|aged?|>=|≥)[\s-]*)?"
    rf"[£$€]?\s*(?P<number>-?{NUMBER})(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)


def in_order(levels: Iterable[str]) -> list[str]:
    """Give levels as a person would list them: 2 before 10, bands from the lowest up.

    Levels that begin with a number, or with words such as "under 18", come first, by
    that number, and by its unit of time where each has one; all others by their text,
    numbers within it counted as such.
    """
    led = {level: LEADS.fullmatch(level.strip()) for level in levels}
    days = {level: _unit(found["rest"]) for level, found in led.items() if found}
    timed = all(days.values())
    return sorted(
        led,
        key=lambda level: _place(level, led[level], days.get(level) if timed else 1),
    )


def _unit(rest: str) -> float | None:
    """Give the days of the first unit of time that follows a number."""
    found = re.search(rf"\b({'|'.join(UNITS)})s?\b", rest, re.IGNORECASE)
    return UNITS[found[1].lower()] if found else None


def _place(level: str, led: re.Match[str] | None, days: float | None) -> tuple:
    """Give what a level is sorted by."""
    within = tuple(
        (0, float(part.replace(",", "")), "") if at % 2 else (1, 0.0, part)
        for at, part in enumerate(re.split(rf"({NUMBER})", level))
        if part
    )
    if not led:
        return (1, 0.0, 0, within, level)
    number = float(led["number"].replace(",", ""))
    side = -1 if led["below"] else 1 if led["above"] else 0
    return (0, number * (days or 1), side, within, level)
