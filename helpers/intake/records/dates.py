"""Days and years between dates of the records, and the century of a short year."""

import datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    import ibis
    import ibis.expr.types as ir


def days_after(date: "ibis.Value", other: "ibis.Value") -> "ibis.Value":
    """Give how many days `date` lies after `other`; negative before it."""
    return date.delta(other, unit="day")


def whole_years(birth: "ibis.Value", date: "ibis.Value") -> "ibis.Value":
    """Give the age on a date in whole years, as an expression.

    Someone born on 29 February is a year older on 1 March where there is no such day.
    """
    early = _before_birthday(birth.month(), birth.day(), date.month(), date.day())
    return date.year() - birth.year() - early.cast("int64")


def whole_years_between(birth: pd.Series, date: pd.Series) -> pd.Series:
    """Give the same for two columns of dates, row by row, as floats.

    Missing where one of the two is.
    """
    birth, date = birth.dt, date.dt
    early = _before_birthday(birth.month, birth.day, date.month, date.day)
    return (date.year - birth.year - early).astype(float)


def _before_birthday(birth_month: Any, birth_day: Any, month: Any, day: Any) -> Any:
    return (month < birth_month) | ((month == birth_month) & (day < birth_day))


def in_2000s(
    year: "str | ir.StringValue", on: datetime.date
) -> "bool | ir.BooleanValue":
    """Tell whether the two-digit year of a PNC id is of the 2000s, not of the 1900s.

    It is if it has come by the day `on`. `year` is text such as "27", or a column of
    it. `on` is the day on which the list was received, for the list and the register
    alike: one id is then the same in both, on whatever day the request is run.
    """
    return year <= f"{on.year % 100:02d}"
