"""Days and years between dates of the records, as expressions."""

import ibis


def days_after(date: ibis.Value, other: ibis.Value) -> ibis.Value:
    """How many days `date` lies after `other`; negative before it."""
    return date.delta(other, unit="day")


def whole_years(birth: ibis.Value, date: ibis.Value) -> ibis.Value:
    """Age in whole years; who was born on 29 February turns on 1 March elsewhere."""
    before_birthday = (date.month() < birth.month()) | (
        (date.month() == birth.month()) & (date.day() < birth.day())
    )
    return date.year() - birth.year() - before_birthday.cast("int64")


def quarter(date: ibis.Value) -> ibis.Value:
    """Year and quarter, such as 2022 Q1."""
    return date.year().cast("string") + " Q" + date.quarter().cast("string")
