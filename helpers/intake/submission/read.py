"""A provider's list of the people it worked with: read, and checked as a whole."""

import gc
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from helpers import request
from helpers.files import shown
from helpers.intake.cohort.losses import DUPLICATE, UNUSABLE
from helpers.intake.submission import (
    columns as submission_columns,
)
from helpers.intake.submission import (
    misfits,
    repeats,
    rule,
    rules,
)
from helpers.intake.submission.file import Table, load
from helpers.intake.submission.problems import (
    Submission,
    first_line,
    problems_file,
    report_lines,
    totals,
)

__all__ = [
    "Submission",
    "first_line",
    "problems_file",
    "read",
    "report_lines",
    "totals",
]


def read(
    path: str | Path,
    columns: Mapping[str, str] | None = None,
    *,
    today: date | None = None,
    minimum_people: int = 60,
    name: str | None = None,
) -> Submission:
    """Read a provider's .xlsx or .csv list and check every row of it.

    `columns` are a request's `inputs.columns` (ours: theirs), `today` the day that no
    date may lie after, `name` the file's name in messages. Raises DataError, with
    every problem, if the file as a whole cannot be used.
    """
    collects = gc.isenabled()
    # a million cells are no garbage; looking through them takes a fifth of the time
    gc.disable()
    try:
        return _read(
            Path(path),
            dict(columns or {}),
            today or request.today(),
            minimum_people,
            name or shown(Path(path)),
        )
    finally:
        if collects:
            gc.enable()


def _read(
    path: Path, columns: dict[str, str], today: date, minimum_people: int, file: str
) -> Submission:
    table = load(path, file, tuple(columns.values()))
    places = submission_columns.places(table.header, columns, file)
    raw = {name: [row[at] for row in table.rows] for name, at in places.items()}
    headings = {name: table.header[at] for name, at in places.items()}
    lines, unread, found = rules.check(raw, len(table.rows), today, table.from_1904)
    found = misfits.with_misfits(found, table, places)
    found += _of_the_file(table, headings)
    left_out = pd.Series(None, lines.index, dtype="str")
    for problems in found:
        rows = problems["place"][problems["level"] == "error"]
        left_out[rows[rows >= 0]] = UNUSABLE
    usable = lines[left_out.isna()]
    # among usable lines only: one of two that cannot be used is no copy of the other
    same = repeats.duplicates(usable, unread.loc[usable.index])
    left_out[same.index[same.notna()]] = DUPLICATE
    usable.insert(0, "line", pd.Series(table.lines))
    lines.insert(0, "line", table.lines)
    person = repeats.people(usable)
    found += repeats.shared_ids(usable)
    found += repeats.repeats(usable, same, person)
    found += _too_few(person.nunique(), minimum_people)
    lines["left_out"] = left_out
    return Submission(file, lines, _problems(found, lines, list(places)), headings)


def _of_the_file(table: Table, headings: Mapping[str, str]) -> list[pd.DataFrame]:
    """Give the problems that the reading of the file itself brought to light."""
    ours = {heading: name for name, heading in headings.items()}
    found = []
    for note in table.notes:
        column = ours.get(note.column, note.column)
        told = rule.Rule("warning", note.rule, note.to_do)
        found.append(rule.problem(rule.THE_FILE, column, told, note.found))
    return found


def _too_few(count: int, minimum: int) -> list[pd.DataFrame]:
    if count >= minimum:
        return []
    told = rule.Rule(
        "warning",
        f"has fewer than {minimum} people",
        "ask whether more can be sent; a result for so few says little",
    )
    people = "person" if count == 1 else "people"
    return [rule.problem(rule.THE_FILE, "", told, f"{count} {people}")]


def _problems(
    found: list[pd.DataFrame], lines: pd.DataFrame, order: list[str]
) -> pd.DataFrame:
    """Give all problems by row, then by column; those of the whole file come first."""
    names = ["row", "column", "level", "rule", "found", "to_do"]
    if not found:
        return pd.DataFrame(columns=names).astype({"row": "Int64"})
    table = pd.concat(found, ignore_index=True)
    rank = {name: number for number, name in enumerate(order)}
    table["rank"] = table["column"].map(rank).fillna(len(order))
    table = table.sort_values(["place", "rank", "level", "rule"], kind="stable")
    row = pd.array(lines["line"].to_numpy()[table["place"].clip(lower=0)], "Int64")
    row[(table["place"] < 0).to_numpy()] = pd.NA
    return table.assign(row=row)[names].reset_index(drop=True)
