"""The earlier year of each person, and their characteristics as they stood before it.

The same code as for the cohort makes these, at an earlier cut-off. Of the index
sentence nothing is among them: its offence, disposal, length, region and the time to
support came later, and what was done in that year may have shaped them.
"""

import pandas as pd

from helpers.intake.cohort import assessment, history
from helpers.intake.cohort.earlier.dated import IN_CUSTODY, OFFENDED, REASONS, dated
from helpers.intake.cohort.earlier.offending import outcomes
from helpers.intake.cohort.reoffending import first_proven
from helpers.intake.records.engine import Records

#: what comes before the characteristics
COLUMNS = ["person_id", "treatment", "why", OFFENDED, IN_CUSTODY]
#: made from the index sentence, which comes later
OF_INDEX = ["sentence_length_band"]
KNOWN = "known"


def table(records: Records, people: pd.DataFrame, within_days: int) -> pd.DataFrame:
    """Give everybody who goes on with their earlier year.

    Parameters
    ----------
    people
        From `support_delay.assign`: both groups, with the dates of their sentence.
    within_days
        Days before the year in which an assessment (OASys) counts.

    Returns
    -------
    DataFrame
        In the order of `people`: COLUMNS (why the year cannot be looked at, missing
        where it can; the rest of such a row is missing); age in whole years on the day
        c − 547, ethnicity; the columns of `history.covariates` and
        `assessment.covariates` as of that day, by the same names.

    Notes
    -----
    METHOD.md section 6: characteristics count as far as they were proven before
    c − 547. The quarter is that in which the year begins; who has no offence before it
    has the age on that day as the age at the first offence.
    """
    going_on = people[people["left_out"].isna()].reset_index(drop=True)
    years = dated(going_on, first_proven(records))
    own = going_on.drop(columns="age").merge(years, on="person_id", validate="1:1")
    told = own[own["why"].isna()].reset_index(drop=True)
    then = _as_of(told)
    before = history.covariates(records, then).drop(columns=OF_INDEX)
    first = before["age_first_offence"]
    before["age_first_offence"] = first.fillna(then["age"].astype(float))
    known = then[["person_id", "age", "ethnicity"]]
    for part in (
        before,
        assessment.covariates(records, then, within_days),
        outcomes(records, told),
    ):
        known = known.merge(part, on="person_id", validate="1:1")
    every = own[["person_id", "treatment", "why"]].merge(
        known, on="person_id", how="left", validate="1:1"
    )
    return every[[*COLUMNS, *(name for name in every if name not in COLUMNS)]]


def _as_of(people: pd.DataFrame) -> pd.DataFrame:
    """Give people as they stood on the first day of the year, not yet convicted."""
    never = pd.Series(pd.NaT, people.index, dtype="datetime64[us]")
    day = people["begins"]
    return people.assign(
        index_date=day, cut_off=day, conviction_date=never, custody_start=never
    )


def none() -> pd.DataFrame:
    """Give the table of a ready cohort, whose earlier year no records tell of."""
    return pd.DataFrame(columns=COLUMNS).astype({"why": "str"})


def handed_over(
    table: pd.DataFrame, key: pd.DataFrame, people: pd.DataFrame
) -> pd.DataFrame:
    """Give the table by the ids of the run, with what matching may know.

    `key` has both ids; of the characteristics those are kept that `people`, who go on
    to matching, have as well.
    """
    ids = key.set_index("original_id")["person_id"]
    person = table["person_id"].map(ids).astype("int64")
    kept = [name for name in table if name in COLUMNS or name in people]
    table = table[kept].assign(person_id=person)
    return table.sort_values("person_id", ignore_index=True)


def counts(table: pd.DataFrame) -> pd.DataFrame:
    """Count the people of each group whose year can be looked at, and why others' not.

    Columns programme and pool; a row `known` and one for each of REASONS.
    """
    why = table["why"].fillna(KNOWN)
    group = table["treatment"].map({1: "programme", 0: "pool"})
    counted = pd.crosstab(why, group)
    return counted.reindex(
        index=[KNOWN, *REASONS], columns=["programme", "pool"], fill_value=0
    ).rename_axis("earlier year")
