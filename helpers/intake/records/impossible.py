"""Dates and numbers of the records that cannot be: found, and taken as not known.

A date that stands for nothing known (1 January 1900, 31 December 9999) is read like any
other, and makes a person of 120 years or an offence of long ago. `placeholders` finds
such days in a column by how often each day stands there; `RULES` has what one row must
keep between its dates and the person's date of birth.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import ibis
import pandas as pd

#: nobody whose reoffending is measured was born, or did anything, before this day
FIRST_DAY = pd.Timestamp("1901-01-01")
#: no record looks ahead as far as this; from here on a date means "no end"
FAR = pd.Timestamp("2100-01-01")
#: where computers begin to count days, so that a blank turns into it: it needs less to
#: be more than its share
EPOCH, EPOCH_TIMES, EPOCH_ROWS = pd.Timestamp("1970-01-01"), 5, 3
#: whole years of age at which people can have a record
YOUNGEST, OLDEST = 10, 100
#: a day holds more than its share beyond this many times what is usual around it (and
#: this many rows besides): a clear case, since courts sit on some days and not others
TIMES, ROWS = 5, 10
#: the same day of other years: 1 January is a usual birthday where none is known
OTHER_YEARS, YEARS = 3, 5
AROUND = 182  # days before and after that tell what is usual

#: an end that lies ahead as far as can be written is no end
NO_END = "of no end, such as 9999-12-31"
#: columns whose date may lie after the day of the extract: a planned release, an end
MAY_BE_AHEAD = frozenset({("sentence", "index_date"), ("benefit", "to"),
                          ("employment", "to")})  # fmt: skip
BIRTH = "date_of_birth"


@dataclass(frozen=True)
class Rule:
    """What a row must keep; the `columns` of one that does not are not known."""

    table: str
    columns: tuple[str, ...]
    what: str
    broken: Callable[[ibis.Table], ibis.Value]  # of a table with the columns of `ages`


def ages(person: ibis.Table) -> ibis.Table:
    """Give each person's first and last day on which they can be in a record.

    Worked out once a person: the dates of many rows are held against it.
    """
    born = person.date_of_birth
    return person.select(
        "person_id",
        known=True,
        youngest=(born + ibis.interval(years=YOUNGEST)).cast("date"),
        oldest=(born + ibis.interval(years=OLDEST + 1)).cast("date"),
    )


def _outside(column: str) -> Callable[[ibis.Table], ibis.Value]:
    """Tell of a date at which the person is younger or older than can be."""
    return lambda t: (t[column] < t.youngest) | (t[column] >= t.oldest)


def _ages(table: str, *columns: str) -> tuple[Rule, ...]:
    what = f"before birth, or at an age outside {YOUNGEST} to {OLDEST}"
    return tuple(
        Rule(table, (column,), f"{column} {what}", _outside(column))
        for column in columns
    )


def _turned(table: str, first: str, last: str, what: str) -> Rule:
    return Rule(table, (first, last), what, lambda t: t[last] < t[first])


RULES = (
    *_ages("sentence", "conviction_date", "custody_start", "index_date"),
    Rule("sentence", ("custody_start", "index_date"), "release before reception",
         lambda t: (t.disposal == "custody") & (t.index_date < t.custody_start)),
    Rule("sentence", ("sentence_length_days",), "sentence_length_days below 0",
         lambda t: t.sentence_length_days < 0),
    *_ages("offence", "offence_date", "proven_date"),
    _turned("offence", "offence_date", "proven_date", "proven before committed"),
    *_ages("assessment", "date"),
    _turned("benefit", "from", "to", "ended before it began"),
    _turned("employment", "from", "to", "ended before it began"),
)  # fmt: skip


def placeholders(
    table: str,
    column: str,
    daily: pd.Series,
    until: date,
    people: Callable[[pd.DatetimeIndex], pd.Series],
) -> dict[str, pd.DatetimeIndex]:
    """Give the days of a column that cannot be what they say, by what is wrong.

    `daily`: how many rows have each day, in order of day (an index of datetime64);
    `until`: the day of the publication, after which nothing can have happened;
    `people`: gives how many people have each of some days, since one person may have
    many rows of one day.
    """
    days, last = daily.index, pd.Timestamp(until)
    ahead = (days >= FAR) | ((days > last) & ((table, column) not in MAY_BE_AHEAD))
    found = {
        "before 1901": days[days < FIRST_DAY],
        NO_END if column == "to" else "that lies ahead": days[ahead],
    }
    held = daily[~ahead & (days >= FIRST_DAY)]
    if column == BIRTH:
        too_young = held.index > last - pd.DateOffset(years=YOUNGEST)
        found["less than 10 years ago"] = held.index[too_young]
        held = held[~too_young]
    for day in _too_many(held, people):
        found[f"on {day.date()}, more than its share"] = pd.DatetimeIndex([day])
    return {what: wrong for what, wrong in found.items() if len(wrong)}


def _too_many(
    daily: pd.Series, people: Callable[[pd.DatetimeIndex], pd.Series]
) -> pd.DatetimeIndex:
    """Give the days that far more people have than the days and years around."""
    if daily.empty or daily.max() <= EPOCH_ROWS:
        return daily.index[:0]
    every = daily.resample("D").sum()
    around = every.rolling(2 * AROUND + 1, center=True, min_periods=1)
    usual = (around.sum() - every) / (around.count() - 1).clip(lower=1)
    limit = ROWS + TIMES * usual
    if EPOCH in every.index:
        limit[EPOCH] = EPOCH_ROWS + EPOCH_TIMES * usual[EPOCH]
    many = every[every > limit].index
    if not len(many):
        return many
    own = people(many)
    return pd.DatetimeIndex([
        day
        for day in many
        if own[day] > max(limit[day], OTHER_YEARS * _habit(every, limit, day))
    ])  # fmt: skip


def _habit(every: pd.Series, limit: pd.Series, day: pd.Timestamp) -> float:
    """Give the most that the same day of other years has, if it is too many as well.

    Where only a year is known some write its first day, of every fifth year most.
    """
    others = [day + pd.DateOffset(years=n) for n in range(-YEARS, YEARS + 1) if n]
    others = [other for other in others if other in every.index]
    many = every[others][every[others] > limit[others]]
    return float(many.max()) if len(many) else 0.0


def without(column: ibis.Value, days: pd.DatetimeIndex) -> ibis.Value:
    """Give a column of dates in which these days are not known."""
    if not len(days):
        return column
    return on(column, days).fill_null(False).ifelse(ibis.null("date"), column)


def on(column: ibis.Value, days: pd.DatetimeIndex) -> ibis.Value:
    """Tell whether a date is one of these days."""
    return column.isin([ibis.date(str(day.date())) for day in days])


def possible(joined: ibis.Table, rules: list[Rule]) -> ibis.Table:
    """Give a table in which the columns of rows that break a rule are not known.

    `joined` has the columns of `ages` beside its own.
    """
    for rule in rules:
        wrong = rule.broken(joined).fill_null(False)
        columns = {
            column: wrong.ifelse(ibis.null(joined[column].type()), joined[column])
            for column in rule.columns
        }
        joined = joined.mutate(**columns)
    return joined
