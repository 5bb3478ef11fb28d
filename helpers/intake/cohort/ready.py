"""A ready cohort: read, checked, without the ids it came with, and cut in two files."""

import csv
from pathlib import Path

import pandas as pd

from helpers.errors import DataError
from helpers.files import ROOT
from helpers.intake.cohort.check import (
    outcome_columns,
    problems,
)
from helpers.intake.cohort.hand_over import _numeric_covariates
from helpers.intake.cohort.kinds import as_text, numeric
from helpers.request import Request


def read(request: Request) -> pd.DataFrame:
    """Give the ready cohort of a request: the file that it names, checked.

    One row a person or submitted line: person_id (text), treatment (1/0), outcomes
    and numeric covariates as floats, `left_out`, and everything else as it came.
    Raises DataError with every problem of the file.
    """
    cohort = _renamed(_load(request), request)
    return checked(cohort, request, str(request.inputs.cohort))


def checked(cohort: pd.DataFrame, request: Request, file: str) -> pd.DataFrame:
    """Give a cohort with all columns that the request asks for, in their types.

    Raises DataError with every problem; `file` names the cohort in messages.
    """
    found = problems(cohort, request, file)
    if found:
        raise DataError(found)
    return _typed(cohort, request)


def _load(request: Request) -> pd.DataFrame:
    """Give the file as it stands; text stays text, so that no code loses its zeros."""
    name = str(request.inputs.cohort)
    path, where = ROOT / name, f"{request.source}: inputs.cohort"
    if not path.is_file():
        raise DataError(
            f"{where}: there is no file {name}; give a path from the repository's "
            "folder, or the full path"
        )
    if path.suffix.lower() not in (".csv", ".parquet"):
        raise DataError(
            f"{where} must be a .csv or .parquet file; found {name}; save it as CSV"
        )
    try:
        if path.suffix.lower() == ".parquet":
            return _blank_is_missing(_with_index(pd.read_parquet(path)))
        return _load_csv(path, name)
    except UnicodeDecodeError:
        raise DataError(f"{name}: is not UTF-8 text; save it as CSV UTF-8") from None
    except (OSError, pd.errors.ParserError, pd.errors.EmptyDataError, ValueError) as e:
        if isinstance(e, DataError):
            raise
        kind = "Parquet" if path.suffix.lower() == ".parquet" else "CSV"
        raise DataError(
            f"{name}: cannot be read as {kind}: its rows and its header must have the "
            "same fields; save it again"
        ) from None


def _with_index(cohort: pd.DataFrame) -> pd.DataFrame:
    """Make the index that pandas wrote a column again, if it is more than a count."""
    if isinstance(cohort.index, pd.RangeIndex):
        return cohort
    names = [name or f"Unnamed: {at}" for at, name in enumerate(cohort.index.names)]
    known = not set(names).isdisjoint(cohort.columns)
    return cohort.reset_index(drop=True) if known else cohort.reset_index(names=names)


def _blank_is_missing(cohort: pd.DataFrame) -> pd.DataFrame:
    """Make an empty text a missing value, as it is in a CSV file."""
    text = cohort.select_dtypes(exclude=["number", "bool", "datetime"])
    return cohort.assign(**{name: text[name].mask(text[name] == "") for name in text})


def _load_csv(path: Path, name: str) -> pd.DataFrame:
    with path.open(newline="", encoding="utf-8-sig") as file:
        header = next(csv.reader(file), [])
    # columns without a name get one each: Unnamed: 0
    twice = sorted({column for column in header if column and header.count(column) > 1})
    if twice:
        raise DataError(
            f"{name}: column {', '.join(twice)} stands in the header more than once; "
            "keep one of them"
        )
    cohort = pd.read_csv(
        path,
        dtype="str",
        keep_default_na=False,
        na_values=["", "NA"],
        encoding="utf-8-sig",
    )
    if not isinstance(cohort.index, pd.RangeIndex):
        raise ValueError("the rows hold more fields than the header")
    return cohort


def _renamed(cohort: pd.DataFrame, request: Request) -> pd.DataFrame:
    """Give the file's columns the kit's names."""
    found, where = [], f"{request.source}: inputs.columns"
    columns = dict(request.inputs.columns or {})
    for ours, theirs in columns.items():
        if theirs not in cohort:
            found.append(
                f"{where}.{ours}: {request.inputs.cohort} has no column {theirs}; "
                "write the name as its header has it"
            )
        elif ours in cohort and ours != theirs and ours not in columns.values():
            found.append(
                f"{where}.{ours}: {request.inputs.cohort} has a column {ours} already; "
                "take the line out, or rename the column in the file"
            )
    if found:
        raise DataError(found)
    return cohort.rename(columns={theirs: ours for ours, theirs in columns.items()})


def _typed(cohort: pd.DataFrame, request: Request) -> pd.DataFrame:
    cohort = cohort.copy()
    cohort["person_id"] = as_text(cohort["person_id"])
    cohort["treatment"] = numeric(cohort["treatment"]).astype(int)
    floats = {*outcome_columns(cohort, request), *_numeric_covariates(request)}
    for name in sorted(floats):
        cohort[name] = numeric(cohort[name])
    return cohort
