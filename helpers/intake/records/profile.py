"""A profile of the records before anybody is linked: what looks fine and is not.

Every table is counted by the engine, and only counts leave it. What decides who counts
and is wrong stops the run; everything else is told, and values that cannot be are taken
as not known from here on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

import pandas as pd

from helpers.intake.records import continuity, impossible, repeats, strangers, words
from helpers.intake.records.counted import STOPS, TOLD, Line, told
from helpers.intake.records.engine import Records
from helpers.intake.records.tables import DAY, DECISIVE, TABLES

NOT_KNOWN = "taken as not known"
NEITHER = "such an offence counts neither as earlier nor as a reoffence"
NO_REOFFENCE = "such an offence is no reoffence"
#: what is done with rows in which a column that decides is empty
DONE_WHERE_EMPTY = {
    "date_of_birth": "such a person has no age and is left out",
    "conviction_date": "such a sentence is found by its other dates",
    "index_date": "such a sentence is not followed up: nobody was released",
    "offence_date": NEITHER,
    "proven_date": NEITHER,
    "outcome": NEITHER,
    "recordable": NO_REOFFENCE,
    "england_wales": NO_REOFFENCE,
    "police_prosecuted": NO_REOFFENCE,
    "breach": "such an offence counts, as no breach",
}
#: columns that may be empty in some rows and nothing be amiss
MAY_BE_EMPTY = ("date_of_birth", "conviction_date", "index_date")
STOP_WHERE_EMPTY = (
    "ask for the table with it: it decides who counts, and empty is not no"
)


@dataclass(frozen=True)
class Looking:
    """What it hangs on whether a row of the records can be.

    Attributes
    ----------
    complete_to
        The last day that the records tell of.
    until
        The day of the publication: nothing can have happened after it.
    repeated_rows
        What rows are that repeat another in every column: "keep" counts them, "drop"
        takes them out of `records.tables`, and None refuses more than 1%.
    """

    complete_to: date
    until: date
    repeated_rows: str | None = None


@dataclass
class Profile:
    """The lines of all tables, in order.

    `of_each` has the lines that were told when each table was looked at.
    """

    of_each: dict[str, list[Line]] = field(default_factory=dict)

    @property
    def lines(self) -> list[Line]:
        """The lines of every table."""
        return [line for lines in self.of_each.values() for line in lines]

    @property
    def table(self) -> pd.DataFrame:
        """One row a line, with the rows' share in per cent."""
        rows = [
            (x.table, x.what, x.rows, 100 * x.share, x.done, x.verdict)
            for x in self.lines
        ]
        names = ["table", "looked at", "rows", "%", "what is done", "verdict"]
        return pd.DataFrame(rows, columns=names)

    @property
    def problems(self) -> list[str]:
        """What must be mended before anybody is linked, one line each."""
        return [str(line) for line in self.lines if line.verdict == STOPS]


def profile(
    records: Records, looking: Looking, told: Mapping[str, list[Line]] | None = None
) -> Profile:
    """Look at every table; what cannot be is not known in `records.tables` afterwards.

    `told` has the lines of tables that were looked at already, which are not again.
    """
    looked, told = Profile(), told or {}
    for name in (name for name in TABLES if name in records.tables):
        looked.of_each[name] = told.get(name) or _of_table(records, name, looking)
    return looked


def _of_table(records: Records, name: str, looking: Looking) -> list[Line]:
    """Look at one table; those before it have been looked at."""
    lines = repeats.repeated(records, name, looking.repeated_rows)
    lines += _rows(records, name)
    daily = {c: _daily(records, name, c) for c, kind in TABLES[name].items()
             if kind == DAY}  # fmt: skip
    lines += _days(records, name, daily, looking.until)
    lines += _broken(records, name)
    lines += words.odd_words(records, name)
    if name == "person":
        lines.append(strangers.alike(records))
    lines += _whole_months(name, daily, looking.complete_to)
    if name == "offence":
        lines += _fallen(daily, looking.complete_to)
        lines.append(words.without_offence(records))
    return lines


def _rows(records: Records, name: str) -> list[Line]:
    """Count rows of nobody, and what is empty of the columns that decide."""
    table, tests = records.tables[name], {}
    if name != "person":
        person = records.tables["person"].select("person_id", known=True)
        table = table.left_join(person, "person_id")
        tests["nobody"] = table.known.isnull().sum()
    for column in DECISIVE.get(name, ()):
        tests[column] = table[column].isnull().sum()
    if name == "offence":
        # an offence of which nothing was made yet is in nobody's doubt
        unproven = table.proven_date.isnull() & table.outcome.isnull()
        tests["unproven"] = unproven.sum()
    counts = records.frame(table.aggregate(rows=table.count(), **tests))
    counts = counts.iloc[0].fillna(0).astype(int)
    of = int(counts["rows"])
    lines = []
    if name != "person":
        lines.append(strangers.of_nobody(records, name, int(counts["nobody"]), of))
    for column in DECISIVE.get(name, ()):
        unproven = column in ("proven_date", "outcome") and counts["unproven"]
        lines.append(_empty(name, column, int(counts[column]), of, int(unproven)))
    return lines


def _empty(name: str, column: str, empty: int, of: int, unproven: int) -> Line:
    what = f"{column} is empty"
    if of and empty == of:
        return Line(name, what, empty, of, STOP_WHERE_EMPTY, STOPS)
    done = DONE_WHERE_EMPTY[column]
    if column in MAY_BE_EMPTY:
        return Line(name, what, empty, of, done if empty else "")
    return told(name, what, empty - unproven, of, done)


def _daily(records: Records, name: str, column: str) -> pd.Series:
    """Count the rows of each day of a column, in order of day."""
    table = records.tables[name]
    known = table.filter(table[column].notnull())
    counts = records.frame(known.group_by(day=known[column]).aggregate(n=known.count()))
    return counts.set_index("day")["n"].sort_index()


def _people(
    records: Records, name: str, column: str, days: pd.DatetimeIndex
) -> pd.Series:
    """Count the people who have each of these days in a column."""
    table = records.tables[name]
    some = table.filter(impossible.on(table[column], days))
    people = some.group_by(day=some[column]).aggregate(n=some.person_id.nunique())
    return records.frame(people).set_index("day")["n"]


def _days(
    records: Records, name: str, daily: dict[str, pd.Series], until: date
) -> list[Line]:
    """Count days that stand for nothing known; they are not known afterwards."""
    table, lines = records.tables[name], []
    for column, counts in daily.items():
        of = int(counts.sum())
        people = partial(_people, records, name, column)
        wrong = impossible.placeholders(name, column, counts, until, people)
        for what, days in wrong.items():
            rows = int(counts[days].sum())
            line = f"{column} {what}"
            if what == impossible.NO_END:  # nobody's fault
                lines.append(Line(name, line, rows, of, "taken as no end"))
            else:
                lines.append(told(name, line, rows, of, NOT_KNOWN))
            table = table.mutate(**{column: impossible.without(table[column], days)})
            daily[column] = daily[column].drop(days)
        if not wrong:
            lines.append(Line(name, f"{column} is a day that cannot be", 0, of))
    records.tables[name] = table
    return lines


def _broken(records: Records, name: str) -> list[Line]:
    """Count rows whose dates cannot be together; they are not known afterwards."""
    table = records.tables[name]
    rules = [rule for rule in impossible.RULES if rule.table == name]
    if not rules:
        return []
    joined = table.left_join(impossible.ages(records.tables["person"]), "person_id")
    tests = {str(n): rule.broken(joined).sum() for n, rule in enumerate(rules)}
    counts = records.frame(joined.aggregate(rows=joined.count(), **tests)).iloc[0]
    counts = counts.fillna(0).astype(int)
    of = int(counts["rows"])
    many = [int(counts[str(n)]) for n in range(len(rules))]
    if any(many):
        found = [rule for rule, rows in zip(rules, many, strict=True) if rows]
        possible = impossible.possible(joined, found).select(*table.columns)
        records.tables[name] = records.converted(possible, f"{name}_possible")
    return [
        told(name, rule.what, rows, of, NOT_KNOWN)
        for rule, rows in zip(rules, many, strict=True)
    ]


def _whole_months(
    name: str, daily: dict[str, pd.Series], complete_to: date
) -> list[Line]:
    """Tell of months in which a column that decides has no day."""
    lines = []
    for column in (column for column in DECISIVE.get(name, ()) if column in daily):
        if column == impossible.BIRTH:
            continue
        months = continuity.empty_months(daily[column], complete_to)
        what, done = f"{column} in every month", "ask whether they were exported"
        if months:
            named = ", ".join(months[:6]) + (" and more" if len(months) > 6 else "")
            lines.append(Line(name, f"{column} in none of {named}", 0, 0, done, TOLD))
        else:
            lines.append(Line(name, what, 0, 0))
    return lines


def _fallen(daily: dict[str, pd.Series], complete_to: date) -> list[Line]:
    """Tell of a fall of what is proven before the records end."""
    fallen = continuity.fall(daily["proven_date"], complete_to)
    what = "offences proven a month before the records end"
    if fallen:
        done = "see whether records_complete_to is too late"
        what += f": {fallen[0]:,.0f}, {fallen[1]:,.0f} usual"
        return [Line("offence", what, 0, 0, done, TOLD)]
    return [Line("offence", what, 0, 0)]
