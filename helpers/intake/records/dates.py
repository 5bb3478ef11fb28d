"""Days and years between dates of the records, and the century of a short year."""

import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis
    import ibis.expr.types as ir


def days_after(date: "ibis.Value", other: "ibis.Value") -> "ibis.Value":
    """How many days `date` lies after `other`; negative before it."""
    return date.delta(other, unit="day")


def whole_years(birth: "ibis.Value", date: "ibis.Value") -> "ibis.Value":
    """Age in whole years; who was born on 29 February turns on 1 March elsewhere."""
    before_birthday = (date.month() < birth.month()) | (
        (date.month() == birth.month()) & (date.day() < birth.day())
    )
    return date.year() - birth.year() - before_birthday.cast("int64")


def in_2000s(
    year: "str | ir.StringValue", on: datetime.date
) -> "bool | ir.BooleanValue":
    """Tell whether the two-digit year of a PNC id is of the 2000s, not of the 1900s.

    It is if it has come by the day `on`. `year` is text such as "27", or a column of
    it. `on` is the day on which the list was received, for the list and the register
    alike: one id is then the same in both, on whatever day the request is run.
    """
    return year <= f"{on.year % 100:02d}"
