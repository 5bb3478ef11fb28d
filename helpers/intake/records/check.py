"""What an extract must look like: every problem of its tables at once.

A message names the table, the column and how many rows are wrong, and never a value.
"""

from collections.abc import Callable, Iterable, Mapping

import ibis
import pandas as pd

from helpers.intake.records.tables import (
    CASTS,
    DAY,
    DECISIVE,
    MISSING,
    TEXT,
    WHOLE,
    WRITTEN,
)

Frame = Callable[[ibis.Table], pd.DataFrame]

#: words that a column may hold; an empty value is not known
WORDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("sentence", "disposal"): (
        "custody", "suspended sentence order", "community order",
        "youth rehabilitation order", "fine", "discharge", "other",
    ),
    ("offence", "outcome"): (
        "conviction", "caution", "reprimand", "warning", "penalty_notice",
    ),
    ("offence", "trial_mode"): ("indictable", "either_way", "summary"),
}  # fmt: skip
#: columns that every row must fill
NEEDED = {
    "person": ("person_id",),
    "sentence": ("person_id", "sentence_id", "disposal"),
    "offence": ("person_id",),
}
#: columns that no two rows share
UNIQUE = {"person": "person_id", "sentence": "sentence_id"}
FILLED = ("person", "sentence")


def column_problems(
    table: ibis.Table,
    columns: Mapping[str, str],
    file: str,
    frame: Frame,
) -> list[str]:
    """Give the columns that are missing or not of the kind declared, one line each."""
    missing = [name for name in columns if name not in table.columns]
    found = [
        f"{file}: has no column {name} ({columns[name]}); "
        f"{_remedy(file, name, table.columns)}"
        for name in missing
    ]
    wrong = {}
    for name in columns:
        if name in missing:
            continue
        verdict = _of_kind(table[name], columns[name], from_text=file.endswith(".csv"))
        if verdict is False:
            found.append(
                f"{file}: column {name} must hold {columns[name]}; found "
                f"{_plain(table[name])}; convert it and save the table again"
            )
        elif verdict is not True:
            wrong[name] = (~verdict).sum()
    if wrong:
        counts = frame(table.aggregate(**wrong)).iloc[0]
        found += [
            f"{file}: column {name} must hold {columns[name]}{_form(columns[name])}; "
            f"found otherwise in {_rows(counts[name])}; mend them"
            for name in wrong
            if not pd.isna(counts[name]) and counts[name]
        ]
    return found


def _remedy(file: str, column: str, held: Iterable[str]) -> str:
    """Tell what to do about a column that is missing, of those that a file has."""
    alike = [name for name in held if name.strip().lower() == column]
    if alike:
        return f"{alike[0]} is there: write its name as {column}"
    if column in DECISIVE.get(file.partition(".")[0], ()):
        return "ask for the table with it: it decides who counts"
    return "add it, empty if nothing is known"


def _of_kind(column: ibis.Value, kind: str, *, from_text: bool) -> bool | ibis.Value:
    """Tell whether a column is of its kind, or give a test of each of its values."""
    held = column.type()
    if from_text:
        if kind == TEXT:
            return True
        value = column.isin(MISSING).ifelse(ibis.null("string"), column)
        return value.isnull() | (
            value.re_search(WRITTEN[kind]) & value.try_cast(CASTS[kind]).notnull()
        )
    if without_values(column):
        return True
    if kind == TEXT:
        return held.is_string()
    if kind == DAY:
        if held.is_timestamp():
            return held.timezone is None and (
                column.isnull() | (column.truncate("D") == column)
            )
        return held.is_date()
    if kind == WHOLE:
        if held.is_floating() or held.is_decimal():
            return column.isnull() | column.isnan() | (column == column.floor())
        return held.is_integer()
    return held.is_boolean()


def without_values(column: ibis.Value) -> bool:
    """Tell whether a column has no type because none of its rows holds anything."""
    held = column.type()
    return held.is_null() or (held.is_unknown() and 'kind="NULL"' in str(held))


def _plain(column: ibis.Value) -> str:
    held = column.type()
    if held.is_timestamp():
        return "times with a time zone"
    names = {"string": "text", "float64": "numbers", "boolean": "true or false"}
    return names.get(str(held).lstrip("!"), str(held).lstrip("!"))


def _form(kind: str) -> str:
    return {DAY: ", year-month-day and no time"}.get(kind, "")


def _rows(count: float) -> str:
    return f"{int(count):,} row{'s' if count != 1 else ''}"


def row_problems(tables: Mapping[str, ibis.Table], frame: Frame) -> list[str]:
    """Give what is wrong with the rows of tables whose columns are right."""
    found = []
    for name, table in tables.items():
        tests = {"rows": table.count()}
        for column in NEEDED.get(name, ("person_id",)):
            tests[f"empty {column}"] = table[column].isnull().sum()
        if name in UNIQUE:
            tests["distinct"] = table[UNIQUE[name]].nunique()
        for (of, column), words in WORDS.items():
            if of == name:
                tests[f"words {column}"] = (~table[column].isin(words)).sum()
        counts = frame(table.aggregate(**tests)).iloc[0].fillna(0)
        found += _counted(name, counts)
    return found


def _counted(name: str, counts: pd.Series) -> list[str]:
    found = []
    if name in FILLED and not counts["rows"]:
        return [f"{name}: has no rows; send the table again"]
    for test, count in counts.items():
        kind, _, column = str(test).partition(" ")
        if kind == "empty" and count:
            found.append(f"{name}: column {column} is empty in {_rows(count)}; fill it")
        elif kind == "words" and count:
            words = ", ".join(WORDS[name, column])
            found.append(
                f"{name}: column {column} holds another word than {words} in "
                f"{_rows(count)}; write one of these"
            )
    if name in UNIQUE:
        column = UNIQUE[name]
        twice = counts["rows"] - counts.get(f"empty {column}", 0) - counts["distinct"]
        if twice:
            found.append(
                f"{name}: {_rows(twice)} repeat the {column} of another; keep each once"
            )
    return found
