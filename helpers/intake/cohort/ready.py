"""A ready cohort: the file that a request names, read and checked."""

import pandas as pd

from helpers.errors import DataError
from helpers.files import ROOT
from helpers.intake.cohort.check import problems, wanted
from helpers.intake.cohort.checks.outcomes import outcome_columns
from helpers.intake.cohort.hand_over import _numeric_covariates
from helpers.intake.cohort.kinds import as_text, numeric
from helpers.intake.cohort.whom import REOFFENDED
from helpers.intake.cohort_file import delimited, levels, names, parquet, values
from helpers.request import Request

#: what is asked of every ready cohort, if only whether it is there
ALWAYS = ("person_id", "treatment", REOFFENDED, "left_out")


def read(request: Request) -> pd.DataFrame:
    """Give the ready cohort of a request: the file that it names, checked.

    One row a person or submitted line: person_id (text), treatment (1/0), outcomes
    and numeric covariates as floats, `left_out`, and everything else as it came, but
    for blanks around text and words for what is missing. Raises DataError with every
    problem of the file.
    """
    file = str(request.inputs.cohort)
    cohort = names.renamed(values.cleaned(_load(request)), request)
    silent = [*ALWAYS, *(outcome.column for outcome in request.outcomes)]
    found = names.unlike(cohort, wanted(request), silent, file)
    found += problems(cohort, request, file)
    found += levels.problems(cohort, request, file)
    if found:
        raise DataError(list(dict.fromkeys(found)))
    return typed(cohort, request)


def checked(cohort: pd.DataFrame, request: Request, file: str) -> pd.DataFrame:
    """Give a cohort with all columns that the request asks for, in their types.

    Raises DataError with every problem; `file` names the cohort in messages.
    """
    found = problems(cohort, request, file)
    if found:
        raise DataError(found)
    return typed(cohort, request)


def _load(request: Request) -> pd.DataFrame:
    """Give the file as it stands; text stays text, so that no code loses its zeros."""
    name = str(request.inputs.cohort)
    path, where = ROOT / name, f"{request.source}: inputs.cohort"
    if not path.is_file():
        raise DataError(
            f"{where}: there is no file {name}; give a path from the repository's "
            "folder, or the full path"
        )
    kind = path.suffix.lower()
    if kind not in (".csv", ".parquet"):
        raise DataError(
            f"{where} must be a .csv or .parquet file; found {name}; save it as CSV"
        )
    try:
        if kind == ".parquet":
            return parquet.load(path, name, _asked(request))
        return delimited.load(path, name, _asked(request))
    except UnicodeDecodeError:
        raise DataError(f"{name}: is not UTF-8 text; save it as CSV UTF-8") from None
    except (OSError, ValueError) as error:
        if isinstance(error, DataError):
            raise
        kind = {".csv": "CSV", ".parquet": "Parquet"}[kind]
        raise DataError(f"{name}: cannot be read as {kind}; save it again") from None


def _asked(request: Request) -> list[str]:
    """Give the columns that the request uses, by the file's names, ALWAYS first."""
    ours = (*ALWAYS, *wanted(request), *(o.column for o in request.outcomes))
    return [request.inputs.columns.get(name, name) for name in dict.fromkeys(ours)]


def typed(cohort: pd.DataFrame, request: Request) -> pd.DataFrame:
    """Give a cohort whose columns are right with each in its type."""
    cohort = cohort.copy()
    cohort["person_id"] = as_text(cohort["person_id"])
    cohort["treatment"] = numeric(cohort["treatment"]).astype(int)
    floats = {*outcome_columns(cohort, request), *_numeric_covariates(request)}
    for name in sorted(floats):
        cohort[name] = numeric(cohort[name])
    return cohort
