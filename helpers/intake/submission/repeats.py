"""Who stands on a provider's list more than once, as far as the list itself tells."""

import numpy as np
import pandas as pd

from helpers.intake.submission.rule import Rule, problem
from helpers.intake.submission.unknown import may_say_unknown

IDS = ("pnc_id", "prison_number")
SHARED_ID = Rule(
    "warning", "is one id that stands for different people",
    "leave it empty if it only fills the cell, else correct it; rows that share "
    "nothing but this id count as different people",
)  # fmt: skip
#: the dates that tell one spell of support from another
SPELL = ["index_date", "conviction_date", "intervention_start", "intervention_end"]


def duplicates(lines: pd.DataFrame, unread: pd.DataFrame) -> pd.Series:
    """Give each row the label of an earlier row equal in every field, or missing.

    `unread` are cells as they were written where they could not be read and so are
    empty in `lines`: rows that differ in one of them are no copies of each other.
    """
    fields = pd.concat([lines, unread.add_suffix(" as written")], axis=1)
    first = _first(fields, list(fields.columns))
    return first.where((first != lines.index) & ~_nameless(lines))


def _nameless(lines: pd.DataFrame) -> pd.Series:
    """Tell which rows have a name that may say that the name is not known.

    Two people whose name is None, for what is known, are not one.
    """
    return may_say_unknown(lines["surname"]) | may_say_unknown(lines["forename"])


def people(lines: pd.DataFrame) -> pd.Series:
    """Give each row the number of its person: the label of the person's first row.

    Rows with the same names and date of birth, the same PNC id or the same prison
    number are one person; names that may say that they are not known tie nobody, nor
    does an id that stands for different people.
    """
    names = pd.DataFrame(
        {
            name: lines[name].str.lower() if name != "date_of_birth" else lines[name]
            for name in ("surname", "forename", "date_of_birth")
        }
    )
    names["surname"] = names["surname"].mask(_nameless(lines))
    ids = [lines[[name]][~_of_different_people(lines, name)] for name in IDS]
    number = pd.Series(lines.index, lines.index)
    keys = []
    for key in (names, *ids):
        known = key.dropna()
        keys.append(known.groupby(list(key.columns), sort=False).ngroup())
    while True:
        before = number
        for key in keys:
            smallest = number[key.index].groupby(key, sort=False).min()
            number = number.copy()
            number[key.index] = smallest[key].to_numpy()
        # a row may tie two numbers together that others bear too
        number = number[number].set_axis(number.index)
        if number.equals(before):
            return number


def _of_different_people(lines: pd.DataFrame, column: str) -> pd.Series:
    """Tell which rows have an id that rows of somebody else have too.

    Somebody else has another surname and another date of birth: one of the two may be
    mistyped, or the surname changed.
    """
    known = lines[column].dropna()
    # most ids stand once, and are nobody else's
    known = known[known.duplicated(keep=False)]
    if known.empty:
        return pd.Series(False, lines.index)
    who = lines[["date_of_birth"]].assign(
        surname=lines["surname"].str.lower().mask(_nameless(lines))
    )
    groups = who.loc[known.index].groupby(known, sort=False)
    counts = groups[["surname", "date_of_birth"]].nunique()
    ids = counts.index[(counts > 1).all(axis=1)]
    return lines[column].isin(list(ids))


def shared_ids(lines: pd.DataFrame) -> list[pd.DataFrame]:
    """Give a warning for each row whose id stands for different people."""
    problems = []
    for column in IDS:
        ids = lines[column][_of_different_people(lines, column)]
        counts = ids.value_counts().to_dict()
        seen = [f"one id in {counts[one]} rows" for one in ids]
        problems.append(problem(ids.index.to_numpy(), column, SHARED_ID, seen))
    return [found for found in problems if len(found)]


def repeats(
    lines: pd.DataFrame, same: pd.Series, person: pd.Series
) -> list[pd.DataFrame]:
    """Give warnings for rows of a person who stands in an earlier row already.

    `lines` are the rows that can be used, in the file's order, with the column `line`;
    `same` (of `duplicates`) and `person` (of `people`) are theirs. A row equal in every
    field, a further row on the same spell and a further spell are told apart.
    """
    rows = lines["line"]
    spells = lines[SPELL].assign(person=person)
    first = _first(spells, ["person", *SPELL])
    is_first = first == lines.index
    cases = (
        (same.notna(), same, "is the same as an earlier line",
         "delete it if it was entered twice; it is counted once"),
        (same.isna() & ~is_first, first, "is a person who stands there already",
         "keep one row for each spell of support"),
        (is_first & (person != lines.index), person, "is a further spell of a person",
         "nothing to do if the person was supported more than once"),
    )  # fmt: skip
    problems = []
    for where, earlier, rule, to_do in cases:
        seen = [f"same person as row {row}" for row in rows[earlier[where]]]
        where = np.flatnonzero(where)
        places = lines.index.to_numpy()[where]
        problems.append(problem(places, "", Rule("warning", rule, to_do), seen))
    return [found for found in problems if len(found)]


def _first(frame: pd.DataFrame, columns: list[str]) -> pd.Series:
    """Give for each row the label of the first row equal in these columns."""
    group = frame.groupby(columns, sort=False, dropna=False).ngroup()
    return pd.Series(frame.index, frame.index).groupby(group).transform("first")
