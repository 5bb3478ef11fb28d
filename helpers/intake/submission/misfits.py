"""Rows that do not fit the header, and formulas without a value."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from helpers.intake.submission.columns import BY_NAME
from helpers.intake.submission.date_rules import NO_DATE
from helpers.intake.submission.file import Table
from helpers.intake.submission.rule import Rule, problem
from helpers.intake.submission.rules import NO_NAME

TOO_LONG = Rule(
    "error", "has more cells than the header",
    "put quotation marks around a cell that holds the separator",
)  # fmt: skip
OPEN_QUOTE = Rule(
    "error", "has a quotation mark that is not closed, or not alone around its cell",
    "correct it, or save the list as .xlsx",
)  # fmt: skip
BREAKS_OFF = Rule(
    "error", "has fewer cells than the header, and what is needed is not there",
    "write the whole row; look whether a line break within a cell has cut it",
)  # fmt: skip
SHORT = Rule(
    "warning", "has fewer cells than the header",
    "look whether something is missing at its end; until then that is left empty",
)  # fmt: skip
UNCALCULATED = Rule(
    "error", "has a formula without a value",
    "open the file in Excel or LibreOffice and save it, or paste the column as values",
)  # fmt: skip
#: what is said of a cell that is empty; not of one that is not there
_OF_EMPTY = (NO_NAME.words, NO_DATE.words)


def with_misfits(
    found: list[pd.DataFrame], table: Table, places: Mapping[str, int]
) -> list[pd.DataFrame]:
    """Add the rows that do not fit the header, and take out what follows from them.

    `found` are the problems of the rows as they were read, `places` the place of each
    column. A row with an open quotation mark has no cells to speak of. A cell that a
    row broke off before, or whose formula has no value, is not said to be empty.
    """
    names = {place: name for name, place in places.items()}
    unread = set(table.open_quotes)
    absent = {
        row: {name for name, place in places.items() if place >= count}
        for row, count in table.short.items()
        if row not in unread
    }
    for row, place in table.uncalculated:
        absent.setdefault(row, set()).add(names.get(place, ""))
    found, needed = _without_what_follows(found, absent, unread)
    short = [row for row in table.short if row in absent]
    for rule, rows in (
        (BREAKS_OFF, [row for row in short if row in needed]),
        (SHORT, [row for row in short if row not in needed]),
    ):
        counts = [
            f"{_cells(table.short[row])}, the header {len(table.header)}"
            for row in rows
        ]
        found.append(problem(np.array(rows, dtype=int), "", rule, counts))
    found.append(_of_rows(table.open_quotes, OPEN_QUOTE, "an open quotation mark"))
    too_long = [row for row in table.too_long if row not in unread]
    found.append(_of_rows(too_long, TOO_LONG, "cells without a heading"))
    return [some for some in found + _uncalculated(table, names) if len(some)]


def _cells(count: int) -> str:
    return f"{count} cell{'' if count == 1 else 's'}"


def _of_rows(rows: list[int], rule: Rule, seen: str) -> pd.DataFrame:
    return problem(np.array(rows, dtype=int), "", rule, seen)


def _without_what_follows(
    found: list[pd.DataFrame], absent: Mapping[int, set[str]], unread: set[int]
) -> tuple[list[pd.DataFrame], set[int]]:
    """Take out problems of rows without cells, and of empty cells that are `absent`.

    Gives the rows, too, of which something needed is absent.
    """
    kept, needed = [], set()
    for some in found:
        follows = some["place"].isin(unread).to_numpy()
        if some["rule"].iloc[0] in _OF_EMPTY:
            columns = set(some["column"].iloc[0].split(" or "))
            gone = [bool(columns & absent.get(row, set())) for row in some["place"]]
            needed |= set(some["place"][gone])
            follows = follows | gone
        kept.append(some[~follows])
    return kept, needed


def _uncalculated(table: Table, names: Mapping[int, str]) -> list[pd.DataFrame]:
    """Give the formulas without a value; outside the kit's columns they cost no line.

    Nobody knows what would stand there, so such a cell does not count as empty.
    """
    columns: dict[str, list[int]] = {}
    for row, place in table.uncalculated:
        if name := names.get(place):
            columns.setdefault(name, []).append(row)
    return [
        problem(
            np.array(rows), name,
            UNCALCULATED if name in BY_NAME else UNCALCULATED.spares(name),
            "a formula",
        )
        for name, rows in columns.items()
    ]  # fmt: skip
