"""Names of a cohort's columns: doubled, in other capitals, and those of the request."""

import difflib
import re
from collections.abc import Collection, Sequence

import pandas as pd

from helpers.errors import DataError
from helpers.request import Request

#: names that every cohort has, person_id and treatment
EVERY = 2
#: names asked for that no person has as answers
SEVERAL = 2


def checked(header: Sequence[str], file: str, asked: Sequence[str]) -> list[str]:
    """Give the names of a header without blanks around them, each at most once.

    `asked` are the names that the request asks for, first those of person_id and
    treatment. A row that has too few of them may be a person, and is never printed.
    """
    names = [str(name).strip() for name in header]
    if not _has_names(names, asked):
        raise DataError(
            f"{file}: has no header, or not the names that the request asks for; write "
            f"{' and '.join(asked[:EVERY])} in its first row, or give theirs under "
            "inputs.columns"
        )
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise DataError(
            f"{file}: column {', '.join(twice)} stands in the header more than once; "
            "keep one of them"
        )
    return names


def _has_names(names: Sequence[str], asked: Sequence[str]) -> bool:
    """Tell whether a row has a name of every cohort, or several others asked for.

    One may be a person's answer. Capitals, blanks and signs do not count: how a name
    is to be written is told later.
    """
    held = {_plain(name) for name in names} | set(names)
    there = [name in held or _plain(name) in held for name in asked]
    every, others = there[:EVERY], there[EVERY:]
    return any(every) or sum(others) >= SEVERAL


def renamed(cohort: pd.DataFrame, request: Request) -> pd.DataFrame:
    """Give the file's columns the kit's names."""
    found, where = [], f"{request.source}: inputs.columns"
    columns = dict(request.inputs.columns or {})
    for ours, theirs in columns.items():
        if theirs not in cohort:
            found.append(
                f"{where}.{ours}: {request.inputs.cohort} has no column {theirs}"
                f"{nearest(theirs, list(cohort))}; write the name as its header has it"
            )
        elif ours in cohort and ours != theirs and ours not in columns.values():
            found.append(
                f"{where}.{ours}: {request.inputs.cohort} has a column {ours} already; "
                "take the line out, or rename the column in the file"
            )
    if found:
        raise DataError(found)
    return cohort.rename(columns={theirs: ours for ours, theirs in columns.items()})


def nearest(name: str, held: Collection[str]) -> str:
    """Give the names that a missing one may have meant, as the end of a sentence."""
    near = [other for other in held if _plain(other) == _plain(name)]
    near = near or difflib.get_close_matches(name, held, n=3)
    return f"; the nearest is {' or '.join(near)}" if near else ""


def unlike(
    cohort: pd.DataFrame, asked: Collection[str], silent: Collection[str], file: str
) -> list[str]:
    """Give names that capitals, blanks or signs alone keep from one of the kit's.

    `asked` are the columns that must be there; those of `silent` may be absent: an
    outcome, or why people are left out, would be passed over without a word.
    """
    found = []
    for name in dict.fromkeys((*asked, *silent)):
        others = [c for c in cohort if c not in asked and c not in silent]
        if name in cohort:
            found += [
                f"{file}: columns {name} and {other} differ by capitals alone; keep "
                "one of them, or give one another name"
                for other in others
                if other.lower() == name.lower()
            ]
        elif name not in asked:
            found += [
                f"{file}: column {other} is not read as {name}; if it is meant, write "
                f"{name}: {other} under inputs.columns, else give it another name"
                for other in others
                if _plain(other) == _plain(name)
            ]
    return found


def _plain(name: str) -> str:
    """Give a name without its capitals, blanks and signs."""
    return re.sub(r"[\W_]+", "", name).lower()
