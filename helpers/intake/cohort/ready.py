"""A ready cohort: read, checked, without the ids it came with, and cut in two files."""

import csv
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.intake.cohort.check import (
    OUTCOME_COLUMNS,
    outcome_columns,
    problems,
    wanted,
)
from helpers.intake.cohort.kinds import DELAY, as_text, numeric
from helpers.intake.cohort.losses import boxes
from helpers.request import ROOT, Request, RequestError


def read(request: Request) -> pd.DataFrame:
    """The ready cohort of a request: the file that it names, checked.

    One row a person or submitted line: person_id (text), treatment (1/0), outcomes
    and numeric covariates as floats, `left_out`, and everything else as it came.
    Raises RequestError with every problem of the file.
    """
    cohort = _renamed(_load(request), request)
    return checked(cohort, request, str(request.inputs.cohort))


def checked(cohort: pd.DataFrame, request: Request, file: str) -> pd.DataFrame:
    """A cohort with everything that the request asks of it, and its types.

    Raises RequestError with every problem; `file` names the cohort in messages.
    """
    found = problems(cohort, request, file)
    if found:
        raise RequestError(found)
    return _typed(cohort, request)


def pseudonymise(cohort: pd.DataFrame, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give everyone a new person_id by a seeded permutation of 1 to n.

    Returns the cohort in the order of the new ids, and the key (person_id,
    original_id). Neither depends on the order of the rows that came in.
    """
    cohort = cohort.sort_values("person_id", key=as_text, ignore_index=True)
    original = cohort["person_id"]
    new = np.random.default_rng(seed).permutation(len(cohort)) + 1
    cohort = cohort.assign(person_id=new)
    key = pd.DataFrame({"person_id": new, "original_id": original})
    return (
        cohort.sort_values("person_id", ignore_index=True),
        key.sort_values("person_id", ignore_index=True),
    )


def people(cohort: pd.DataFrame, request: Request) -> pd.DataFrame:
    """Those who go on to matching, with what matching may know of them.

    person_id, treatment, covariates (numeric ones as floats), exact keys and columns
    of filters as text, and `site` and the delay of support where they are known. No
    outcome among them.
    """
    names = [name for name in wanted(request) if name not in ("person_id", "treatment")]
    beside = [n for n in ("site", *DELAY) if n in cohort and n not in names]
    names += beside
    rows = cohort[boxes(cohort).isna()]
    delays = {name for name, kind in DELAY.items() if kind == "numeric"}
    numbers = _numeric_covariates(request) | delays
    found = rows[["person_id", "treatment"]].copy()
    for name in names:
        convert = numeric if name in numbers else as_text
        found[name] = convert(rows[name])
    return found.reset_index(drop=True)


def outcomes(cohort: pd.DataFrame, request: Request) -> pd.DataFrame:
    """person_id and a column of floats for each outcome that the cohort holds.

    Columns bear the outcomes' names; missing is not known, or does not apply (the
    time of those who did not reoffend). Only people who go on to matching.
    """
    rows = cohort[boxes(cohort).isna()]
    absent = absent_outcomes(cohort, request)
    found = rows[["person_id"]].copy()
    for outcome in request.outcomes:
        if outcome.name not in absent:
            column = OUTCOME_COLUMNS.get(outcome.name, outcome.name)
            found[outcome.name] = numeric(rows[column])
    return found.reset_index(drop=True)


def absent_outcomes(cohort: pd.DataFrame, request: Request) -> dict[str, str]:
    """Outcomes asked for that the cohort does not hold, each with the reason."""
    going_on = boxes(cohort).isna()
    found = {}
    for outcome in request.outcomes:
        column = OUTCOME_COLUMNS.get(outcome.name, outcome.name)
        if column not in cohort:
            found[outcome.name] = f"the cohort has no column {column}"
        elif cohort.loc[going_on, column].isna().all():
            found[outcome.name] = f"column {column} of the cohort is empty"
    return found


def wanted_covariates(request: Request) -> dict[str, str]:
    """Every covariate of every analysis, and whether it is numeric or categorical."""
    found: dict[str, str] = {}
    for analysis in request.analyses:
        found |= dict.fromkeys(analysis.covariates.numeric, "numeric")
        found |= dict.fromkeys(analysis.covariates.categorical, "categorical")
    return found


def _numeric_covariates(request: Request) -> set[str]:
    kinds = wanted_covariates(request)
    return {name for name, kind in kinds.items() if kind == "numeric"}


def _load(request: Request) -> pd.DataFrame:
    """The file as it stands; text stays text, so that no code loses its zeros."""
    name = str(request.inputs.cohort)
    path, where = ROOT / name, f"{request.source}: inputs.cohort"
    if not path.is_file():
        raise RequestError(
            f"{where}: there is no file {name}; give a path from the repository's "
            "folder, or the full path"
        )
    if path.suffix.lower() not in (".csv", ".parquet"):
        raise RequestError(
            f"{where} must be a .csv or .parquet file; found {name}; save it as CSV"
        )
    try:
        if path.suffix.lower() == ".parquet":
            return _blank_is_missing(pd.read_parquet(path))
        return _load_csv(path, name)
    except UnicodeDecodeError:
        raise RequestError(f"{name}: is not UTF-8 text; save it as CSV UTF-8") from None
    except (OSError, pd.errors.ParserError, pd.errors.EmptyDataError, ValueError) as e:
        if isinstance(e, RequestError):
            raise
        kind = "Parquet" if path.suffix.lower() == ".parquet" else "CSV"
        raise RequestError(
            f"{name}: cannot be read as {kind}: its rows and its header must have the "
            "same fields; save it again"
        ) from None


def _blank_is_missing(cohort: pd.DataFrame) -> pd.DataFrame:
    """An empty text is a missing value, as it is in a CSV file."""
    text = cohort.select_dtypes(exclude=["number", "bool", "datetime"])
    return cohort.assign(**{name: text[name].mask(text[name] == "") for name in text})


def _load_csv(path: Path, name: str) -> pd.DataFrame:
    with path.open(newline="", encoding="utf-8-sig") as file:
        header = next(csv.reader(file), [])
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        raise RequestError(
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
    """Their columns under our names."""
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
        raise RequestError(found)
    return cohort.rename(columns={theirs: ours for ours, theirs in columns.items()})


def _typed(cohort: pd.DataFrame, request: Request) -> pd.DataFrame:
    cohort = cohort.copy()
    cohort["person_id"] = as_text(cohort["person_id"])
    cohort["treatment"] = numeric(cohort["treatment"]).astype(int)
    floats = {*outcome_columns(cohort, request), *_numeric_covariates(request)}
    for name in sorted(floats):
        cohort[name] = numeric(cohort[name])
    return cohort
