"""What a ready cohort must look like: every problem of a file at once.

A message names the file, the column, how many rows are wrong and the first of them
(data rows count from 1, the header left out), and never a person's value.
"""

import pandas as pd

from helpers.intake.cohort import whom
from helpers.intake.cohort.checks import outcomes
from helpers.intake.cohort.checks.lines import correct, problem, rows
from helpers.intake.cohort.checks.outcomes import outcome_columns
from helpers.intake.cohort.kinds import as_text, measured, meets, numeric
from helpers.intake.cohort.losses import BOXES, boxes
from helpers.intake.cohort_file import labels, symbols
from helpers.intake.cohort_file.names import nearest
from helpers.request import Request
from helpers.request.covariates.needs import NEED_NAMES
from helpers.request.filters import Range
from helpers.request.provider import SEXES

#: what pandas calls a first column without a name, such as row names written by R
NO_NAME = "Unnamed: 0"
#: ends the key of columns that a named set of covariates asks for
OF_SET = "covariates.set"


def wanted(request: Request) -> dict[str, str]:
    """Give every column that the request names, with the key that names it first."""
    found = {"person_id": "every cohort", "treatment": "every cohort"}
    for analysis in request.analyses:
        where = f'analyses: "{analysis.name}"'
        for key, names in (
            (OF_SET, analysis.covariates.of_set),
            ("covariates.numeric", analysis.covariates.numeric),
            ("covariates.categorical", analysis.covariates.categorical),
            ("exact", analysis.exact),
            ("filter", analysis.filter),
            ("treatment_filter", analysis.treatment_filter),
            ("pool", analysis.pool),
        ):
            for name in names:
                found.setdefault(name, f"{where} {key}")
    return found


def needs(cohort: pd.DataFrame, request: Request) -> list[str]:
    """Give the columns of assessed needs (OASys) that an analysis uses, if one does."""
    if not any(analysis.uses_needs for analysis in request.analyses):
        return []
    return [name for name in NEED_NAMES if name in cohort]


def problems(cohort: pd.DataFrame, request: Request, file: str) -> list[str]:
    """Give everything that is wrong with a ready cohort, one line each."""
    found = _missing_columns(cohort, request, file)
    found += _no_needs(cohort, request, file)
    found += labels.problems(cohort, request, file)
    found += symbols.problems(cohort, wanted(request), file)
    found += _people(cohort, file)
    found += _covariates(cohort, request, file)
    found += _ranges(cohort, request, file)
    found += outcomes.problems(cohort, request, file)
    found += _left_out(cohort, request, file)
    found += _noun(cohort, request, file)
    # whom an outcome counts is asked of columns that are right in themselves
    return found or _groups(cohort, file) or whom.problems(cohort, request, file)


def _missing_columns(cohort: pd.DataFrame, request: Request, file: str) -> list[str]:
    found = _missing_of_sets(cohort, request, file)
    measured = outcome_columns(cohort, request)
    for name, where in wanted(request).items():
        if name not in cohort and not where.endswith(OF_SET):
            # never an outcome: it must not become a covariate
            held = [str(c) for c in cohort.columns if c not in measured]
            near = nearest(name, held)
            if name == "person_id" and NO_NAME in held and not near:
                near = (
                    "; the first column has no name: if it holds ids or row numbers, "
                    f'write person_id: "{NO_NAME}" under inputs.columns'
                )
            found.append(
                f"{file}: column {name} is missing{near}; {where} asks for it; "
                "correct the name, or give theirs under inputs.columns"
            )
    asked = {outcome.column: outcome.main_point for outcome in request.outcomes}
    if not asked.keys() & set(cohort.columns):
        first = [column for column, main in asked.items() if main] or list(asked)
        found.append(
            f"{file}: no outcome asked for has a column; add one of "
            f"{', '.join(sorted(first))}"
        )
    return found


def _missing_of_sets(cohort: pd.DataFrame, request: Request, file: str) -> list[str]:
    """Give one line for each named set of covariates of which columns are missing."""
    missing: dict[str, list[str]] = {}
    for name, where in wanted(request).items():
        if where.endswith(OF_SET) and name not in cohort:
            missing.setdefault(where, []).append(name)
    return [
        f"{file}: {len(names)} columns are missing that {where} asks for: "
        f"{', '.join(names)}; give theirs under inputs.columns, or write the columns "
        "that there are under numeric and categorical in place of the set"
        for where, names in missing.items()
    ]


def _no_needs(cohort: pd.DataFrame, request: Request, file: str) -> list[str]:
    """Refuse an analysis of assessed needs where the cohort has none of them."""
    if needs(cohort, request):
        return []
    return [
        f'{file}: no column of assessed needs (OASys); analyses: "{analysis.name}" '
        f"{'oasys: ladder' if analysis.oasys == 'ladder' else 'covariates.set'} asks "
        f"for them; add {NEED_NAMES[0]} and others such, or "
        f"{'delete oasys' if analysis.oasys == 'ladder' else 'write set: standard'}"
        for analysis in request.analyses
        if analysis.uses_needs
    ]


def _people(cohort: pd.DataFrame, file: str) -> list[str]:
    found = []
    if "person_id" in cohort:
        ids = as_text(cohort["person_id"])
        found += problem(
            file, "person_id", "must be given", ids.isna(), "give every row an id"
        )
        found += problem(
            file,
            "person_id",
            "must be different in every row",
            ids.notna() & ids.duplicated(),
            "keep one row a person",
        )
    if "treatment" in cohort:
        found += problem(
            file,
            "treatment",
            "must be 0 or 1",
            ~numeric(cohort["treatment"]).isin([0, 1]),
            "write 1 for the treatment group and 0 for the pool",
        )
    return found


def _covariates(cohort: pd.DataFrame, request: Request, file: str) -> list[str]:
    found = []
    names = dict.fromkeys(n for a in request.analyses for n in a.covariates.numeric)
    for name in (n for n in names if n in cohort):
        numbers = numeric(cohort[name])
        found += problem(
            file,
            name,
            "must be a number",
            cohort[name].notna() & numbers.isna(),
            f"{correct(cohort[name])}, leave it empty if it is not known, or make it "
            "categorical",
        )
    return found


def _ranges(cohort: pd.DataFrame, request: Request, file: str) -> list[str]:
    """Refuse a range on a column that holds something else than its ends."""
    found = []
    for analysis in request.analyses:
        for key in ("filter", "treatment_filter", "pool"):
            for name, kept in getattr(analysis, key).items():
                if name not in cohort or not isinstance(kept, Range):
                    continue
                kind = "a date (year-month-day)" if kept.of_dates else "a number"
                found += problem(
                    file,
                    name,
                    f'must be {kind}: analyses: "{analysis.name}" {key} has a range',
                    cohort[name].notna() & measured(cohort[name], kept).isna(),
                    "correct it, leave it empty if it is not known, or list the values "
                    "that are kept",
                )
    return list(dict.fromkeys(found))


def _left_out(cohort: pd.DataFrame, request: Request, file: str) -> list[str]:
    if "left_out" not in cohort:
        return []
    left_out = cohort["left_out"]
    found = problem(
        file,
        "left_out",
        "must be empty or the name of a loss",
        left_out.notna() & ~left_out.isin(BOXES),
        f"write one of: {', '.join(BOXES)}",
    )
    held = [c for c in outcome_columns(cohort, request)]
    return found + problem(
        file,
        "left_out",
        "must be empty where an outcome is given",
        left_out.notna() & cohort[held].notna().any(axis=1),
        "empty the outcomes of people left out",
    )


def _noun(cohort: pd.DataFrame, request: Request, file: str) -> list[str]:
    """Check that all whom the report would call men, or women, are."""
    named = [name for name in cohort if str(name).lower() == "sex"]
    if not named:
        return []
    found = []
    sex = as_text(cohort[named[0]]).str.strip().str.lower()
    for analysis in request.analyses:
        noun = request.noun(analysis.name)
        if noun == "people" or any(name not in cohort for name in analysis.filter):
            continue
        others = {word for name, spelt in SEXES.items() if name != noun
                  for word in spelt}  # fmt: skip
        wrong = meets(cohort, analysis.filter) & sex.isin(others)
        if wrong.any():
            found.append(
                f"{request.source}: programme.noun is {noun}, but "
                f'"{analysis.name}" keeps others in {file}, {rows(wrong)}; add a '
                "filter on sex, or write noun: people"
            )
    return found


def _groups(cohort: pd.DataFrame, file: str) -> list[str]:
    """Refuse a cohort that lacks a group.

    That all of the programme are lost is no fault of the file, but a result.
    """
    group = numeric(cohort["treatment"])
    going_on = group[boxes(cohort).isna()]
    labels_of = {1: "in the treatment group", 0: "in the pool"}
    absent = [
        f"{file}: nobody is {label}; the cohort needs people with treatment {number}"
        for number, label in labels_of.items()
        if not (group == number).any() and (number or (going_on == 1).any())
    ]
    if absent or not (going_on == 1).any() or (going_on == 0).any():
        return absent
    return [
        f"{file}: nobody in the pool is left after the losses; the cohort needs people "
        "with treatment 0 and a known outcome"
    ]
