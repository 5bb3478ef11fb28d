"""The rules for the dates of each row, and for each column of dates as a whole."""

from collections.abc import Mapping
from datetime import date
from math import exp, log

import numpy as np
import pandas as pd

from helpers.intake.records.dates import whole_years_between
from helpers.intake.submission.columns import BY_NAME, COLUMNS, ONE_OF
from helpers.intake.submission.dates import FAULTS, GOES_ON, MONTH_FIRST, dates
from helpers.intake.submission.rule import (
    THE_FILE,
    Raw,
    Rule,
    marked,
    problem,
    unless_spared,
)

#: ages outside these, at the earliest date given, are mistakes
YOUNGEST, OLDEST = 10, 100
#: share of a year's dates that have a day of 12 or less, and so another reading
EARLY = 12 * 12 / 365
#: a column that chance would bring about more rarely than this is in doubt
CHANCE = 0.01
#: at most this share of the texts has a day of 12 or less; some were typed later
FEW = 0.05
FUTURE = Rule("error", "lies in the future", "correct the date")
#: columns in which such a day stands for no date; a birth may be of any
SENTENCE_OR_SUPPORT = ("index_date", "conviction_date", "intervention_start")
#: nobody's sentence or support on these lists began before, and these days are what a
#: program writes where it knows none
FIRST_YEAR, PLACEHOLDERS = 1950, (pd.Timestamp(1970, 1, 1),)
NO_DAY = Rule(
    "error", f"is 1 January 1970 or lies before {FIRST_YEAR}, as if no day were known",
    "correct the date, or leave the cell empty",
)  # fmt: skip
MAY_BE_TURNED = Rule(
    "warning", "may have dates with the month first",
    "write the day first in every row; other dates of the column may be turned without "
    "showing it",
)  # fmt: skip
TURNED = Rule(
    "warning", "may have day and month turned by a spreadsheet",
    "compare dates that have a day of 12 or less with the source; ask for the list "
    "made anew from it, with the day first in every row",
)  # fmt: skip
TIMED = Rule(
    "warning", "has times that are not midnight",
    "ask for dates without times: 23:00 may be midnight in another time zone, which "
    "makes the date a day early; until then the day is taken as written",
)  # fmt: skip
NO_ESSENTIAL_DATE = Rule("error", "must be given", "write it, or leave the row out")
NO_DATE = Rule("error", "must have a date", "write at least one of them")
ODD_AGE = Rule(
    "error", f"gives an age outside {YOUNGEST} to {OLDEST} at the earliest other date",
    "correct the date of birth or the other dates",
)  # fmt: skip
ENDS_FIRST = Rule(
    "warning", "lies before intervention_start",
    "correct one of the two dates; until then the end is left empty, the start taken "
    "as written",
)  # fmt: skip


def days_of(
    raw: Raw, count: int, today: date, from_1904: bool
) -> dict[str, pd.DataFrame]:
    """Give each column of dates: date (missing where it cannot be used) and fault."""
    days = {}
    for column in (column for column in COLUMNS if column.kind == "date"):
        empty = GOES_ON if column.name == "intervention_end" else frozenset()
        cells = raw.get(column.name, [None] * count)
        read = dates(cells, from_1904=from_1904, empty=empty)
        future = read["date"] > pd.Timestamp(today)
        read["fault"] = read["fault"].mask(future, FUTURE.words)
        read["date"] = read["date"].mask(future)
        if column.name in SENTENCE_OR_SUPPORT:
            no_day = read["date"].dt.year < FIRST_YEAR
            no_day |= read["date"].isin(PLACEHOLDERS)
            read["fault"] = read["fault"].mask(no_day, NO_DAY.words)
            read["date"] = read["date"].mask(no_day)
        days[column.name] = read
    return days


def of_dates(raw: Raw, days: Mapping[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """Give the dates that cannot be used, and whether the line can do without them."""
    found: list[pd.DataFrame] = []
    finds = np.any([days[name]["date"].notna() for name in ONE_OF], axis=0)
    for column in (name for name in days if name in raw):
        read, essential = days[column], BY_NAME[column].essential
        spared = finds if column in ONE_OF else np.full(len(read), not essential)
        told = set(read["fault"].dropna())
        of_days = [(rule.words, rule.to_do) for rule in (FUTURE, NO_DAY)]
        for words, to_do in [*FAULTS.items(), *of_days]:
            if words not in told:
                continue
            rule = Rule("error", words, to_do)
            found += unless_spared(raw, read["fault"] == words, column, rule, spared)
        found += _in_doubt(column, read)
        if essential:
            empty = read["date"].isna() & read["fault"].isna()
            found.append(marked(raw, empty, column, NO_ESSENTIAL_DATE))
    return found


def _in_doubt(column: str, read: pd.DataFrame) -> list[pd.DataFrame]:
    """Give what casts doubt on a whole column, also on dates that can be read."""
    months = int((read["fault"] == MONTH_FIRST).sum())
    seen = {
        MAY_BE_TURNED: f"{months} with a month above 12" if months else None,
        TURNED: _turned(read),
        TIMED: _timed(read),
    }
    return [
        problem(THE_FILE, column, rule, text) for rule, text in seen.items() if text
    ]


def without_date(raw: Raw, days: Mapping[str, pd.DataFrame]) -> list[pd.DataFrame]:
    """Give the rows without any date that says which sentence is meant."""
    given = [column for column in ONE_OF if column in raw]
    nothing = np.all(
        [days[name][["date", "fault"]].isna().all(axis=1) for name in given], axis=0
    )
    return [problem(np.flatnonzero(nothing), " or ".join(given), NO_DATE, "empty")]


def between_dates(raw: Raw, lines: pd.DataFrame, today: date) -> list[pd.DataFrame]:
    """Check the age at the earliest date, and the order of start and end.

    An end that cannot be is left empty: nothing is worked out from it.
    """
    born = lines["date_of_birth"]
    at = lines[list(ONE_OF)].min(axis=1).fillna(pd.Timestamp(today))
    age = whole_years_between(born, at)
    wrong = ((age < YOUNGEST) | (age > OLDEST)) & (born <= pd.Timestamp(today))
    found = [marked(raw, wrong, "date_of_birth", ODD_AGE)]
    turned = lines["intervention_end"] < lines["intervention_start"]
    if turned.any():
        found.append(marked(raw, turned, "intervention_end", ENDS_FIRST))
        lines["intervention_end"] = lines["intervention_end"].mask(turned)
    return found


def _turned(read: pd.DataFrame) -> str | None:
    """Say what looks as if a spreadsheet had turned day and month, if it does.

    `read` is of `dates.dates`. A spreadsheet set to month/day takes 04/10/1971 for 10
    April and leaves 31/05/1970 as text: what is still text has a day above 12, and the
    dates have a day of 12 or less.
    """
    texts = read["day"][read["day_first"]]
    others = read["day"][~read["day_first"] & (read["day"] > 0)]
    late, early = int((texts > 12).sum()), int((others <= 12).sum())
    if not late or not early or late < (1 - FEW) * len(texts):
        return None
    by_chance = _chance(late, len(texts), 1 - EARLY) * _chance(
        early, len(others), EARLY
    )
    if by_chance > CHANCE:
        return None
    return (
        f"{len(texts)} as text with the day first, {_share(late, texts)} with a day "
        f"above 12; {len(others)} as dates, {_share(early, others)} with a day of 12 "
        "or less"
    )


def _timed(read: pd.DataFrame) -> str | None:
    """Say how many dates have a time that is not midnight, if any has."""
    seconds = read["seconds"][read["seconds"] > 0]
    if not len(seconds):
        return None
    summer = int((seconds == 23 * 3600).sum())
    at_23 = f", {summer} at 23:00" if summer else ""
    return f"{len(seconds)} of {int((read['day'] > 0).sum())} dates{at_23}"


def _share(count: int, whole: pd.Series) -> str:
    return "all" if count == len(whole) else f"{count} of them"


def _chance(count: int, of: int, share: float) -> float:
    """Bound the chance of `count` or more of so many, each with this chance (Chernoff).

    It is exact where it is all of them.
    """
    seen = count / of
    if seen <= share:
        return 1.0
    distance = seen * log(seen / share)
    if seen < 1:
        distance += (1 - seen) * log((1 - seen) / (1 - share))
    return exp(-of * distance)
