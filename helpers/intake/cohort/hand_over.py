"""What goes on from a cohort: new ids, the people for matching, the outcomes sealed."""

import hashlib

import numpy as np
import pandas as pd

from helpers.intake.cohort.check import needs, wanted
from helpers.intake.cohort.checks.outcomes import outcome_columns
from helpers.intake.cohort.kinds import DELAY, as_text, numeric
from helpers.intake.cohort.losses import boxes
from helpers.intake.cohort.whom import of_everyone
from helpers.intake.linkage import thresholds
from helpers.request import Outcome, Request


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


def with_likely(
    cohort: pd.DataFrame, key: pd.DataFrame, likely: pd.DataFrame, seed: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give a cohort and its key with the likely people after all others.

    `cohort` and `key` from `pseudonymise`, `likely` from `assemble.likely`, in its
    types. Nobody else's id or place depends on them.
    """
    if likely.empty:
        return cohort, key
    more, more_key = pseudonymise(likely, seed)
    last = len(cohort)
    more["person_id"] += last
    more_key["person_id"] += last
    return (
        pd.concat([cohort, more], ignore_index=True),
        pd.concat([key, more_key], ignore_index=True),
    )


def people(cohort: pd.DataFrame, request: Request) -> pd.DataFrame:
    """Give those who go on to matching, with what matching may know of them.

    person_id, treatment, covariates (numeric ones as floats), exact keys and columns
    of filters as text, and where they are known `site`, the delay of support, the
    needs that an analysis uses and how surely people were found. No outcome among them.
    """
    return known(cohort[boxes(cohort).isna()], request).reset_index(drop=True)


def known(rows: pd.DataFrame, request: Request) -> pd.DataFrame:
    """Give what matching may know of rows of a cohort, lost or not, in its types."""
    names = [name for name in wanted(request) if name not in ("person_id", "treatment")]
    beside = ("site", *DELAY, thresholds.COLUMN, *needs(rows, request))
    names += [n for n in beside if n in rows and n not in names]
    delays = {name for name, kind in DELAY.items() if kind == "numeric"}
    numbers = _numeric_covariates(request) | delays
    typed = rows[["person_id", "treatment"]].copy()
    for name in names:
        convert = numeric if name in numbers else as_text
        typed[name] = convert(rows[name])
    return typed


def outcomes(cohort: pd.DataFrame, request: Request) -> pd.DataFrame:
    """Give person_id and a column of floats for each outcome that the cohort holds.

    Columns bear the outcomes' names; missing is not known, or does not apply (the
    time of those who did not reoffend). Only people who go on to matching.
    """
    rows = cohort[boxes(cohort).isna()]
    absent = absent_outcomes(cohort[thresholds.accepted(cohort)], request)
    known = rows[["person_id"]].copy()
    for outcome in request.outcomes:
        if outcome.name not in absent:
            known[outcome.name] = numeric(rows[outcome.column])
    return known.reset_index(drop=True)


def held(cohort: pd.DataFrame, request: Request) -> pd.DataFrame:
    """Count the values that are known and missing in each column but the outcomes.

    How many have a value that reoffenders alone have tells how many reoffended, which
    nobody may know before the matching is settled.
    """
    outcome = outcome_columns(cohort, request)
    known = cohort.drop(columns=list(outcome)).notna().sum()
    counts = pd.DataFrame({"known": known, "missing": len(cohort) - known})
    return counts.rename_axis("column")


def outcomes_known(
    outcomes: pd.DataFrame, cohort: pd.DataFrame, request: Request
) -> pd.DataFrame:
    """Count for how many each outcome is known, of those that are about everyone."""
    about = [o.name for o in of_everyone(cohort, request) if o.name in outcomes]
    known = outcomes.loc[outcomes["person_id"].isin(cohort["person_id"]), about]
    known = known.notna().sum()
    return known.rename_axis("outcome").to_frame("known for")


def seals(
    outcomes: pd.DataFrame, people: pd.DataFrame, key: pd.DataFrame
) -> pd.DataFrame:
    """Give two hashes an outcome, by which the same people's outcome is known again.

    Of the treated, and of everyone whatever their group: a pool drawn anew keeps the
    first, groups told apart otherwise keep the second. Each goes over the ids that
    people came with and their values, in the order of these ids, so that neither rows,
    new ids, other columns nor the kind of file matter, and no count can be tried out
    by one who has no ids. People who are only likely are left out, so that the linkage
    ladder changes neither.
    """
    people = people[thresholds.accepted(people)]
    outcomes = outcomes[outcomes["person_id"].isin(people["person_id"])]
    person = outcomes["person_id"]
    # apart from the outcomes, which may be called anything
    ids = person.map(key.set_index("person_id")["original_id"]).sort_values()
    group = person.map(people.set_index("person_id")["treatment"])[ids.index]
    treated = ids[group == 1]
    names = [name for name in outcomes if name != "person_id"]
    return pd.DataFrame(
        {
            "outcome": names,
            "of_treated": [_seal(treated, outcomes[name]) for name in names],
            "of_everyone": [_seal(ids, outcomes[name]) for name in names],
        }
    )


def _seal(ids: pd.Series, values: pd.Series) -> str:
    """Give the hash of people's ids, in their order, and of their values."""
    digest = hashlib.sha256("\n".join(ids).encode())
    values = values[ids.index]
    # one spelling of missing, and of zero
    numbers = np.where(values.isna(), np.nan, values.to_numpy(dtype="<f8") + 0.0)
    digest.update(numbers.astype("<f8").tobytes())
    return digest.hexdigest()


def absent_outcomes(cohort: pd.DataFrame, request: Request) -> dict[str, str]:
    """Give the outcomes asked for that the cohort does not hold, with the reasons."""
    going_on = boxes(cohort).isna()
    found = {}
    for outcome in request.outcomes:
        column = outcome.column
        if column not in cohort:
            found[outcome.name] = f"the cohort has no column {column}"
        elif cohort.loc[going_on, column].isna().all() and not _of_nobody(
            cohort[going_on], outcome
        ):
            found[outcome.name] = f"column {column} of the cohort is empty"
    return found


def _of_nobody(people: pd.DataFrame, outcome: Outcome) -> bool:
    """Tell whether a measure has no value since nobody reoffended.

    To leave it out as not held would tell so.
    """
    if not outcome.of_reoffenders or outcome.reoffended not in people:
        return False
    return bool((numeric(people[outcome.reoffended]) == 0).all())


def wanted_covariates(request: Request) -> dict[str, str]:
    """Give every analysis' covariates, and whether each is numeric or categorical."""
    found: dict[str, str] = {}
    for analysis in request.analyses:
        found |= dict.fromkeys(analysis.covariates.numeric, "numeric")
        found |= dict.fromkeys(analysis.covariates.categorical, "categorical")
    return found


def _numeric_covariates(request: Request) -> set[str]:
    kinds = wanted_covariates(request)
    return {name for name, kind in kinds.items() if kind == "numeric"}
