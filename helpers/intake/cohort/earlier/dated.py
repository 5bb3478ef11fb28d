"""When the earlier year of each person lies, and for whom it cannot be looked at."""

import numpy as np
import pandas as pd

from helpers.intake.cohort.reoffending import TO_PROVE
from helpers.intake.records.dates import whole_years_between
from helpers.request.limits import CRIMINAL_AGE
from helpers.request.measures.standard import YEAR

#: days before the conviction on which the year begins and ends: what was committed on
#: its last day still had as long to be proven as a reoffence has
FIRST, LAST = YEAR + TO_PROVE - 1, TO_PROVE

#: why the year of a person cannot be looked at, in the order in which it is asked
NO_DATE = "no date of conviction or of birth"
TOO_YOUNG = f"under {CRIMINAL_AGE} when the earlier year began"
TOO_EARLY = "the earlier year began before the records do"
REASONS = (NO_DATE, TOO_YOUNG, TOO_EARLY)

#: the outcome of the year, 1/0, and the days in custody in it, 0 to 365
OFFENDED, IN_CUSTODY = "offended_before", "days_in_custody_before"


def dated(people: pd.DataFrame, records_from: pd.Timestamp) -> pd.DataFrame:
    """Give each person's earlier year, or why it cannot be looked at.

    Parameters
    ----------
    people
        One row a person: person_id, conviction_date, custody_start, date_of_birth.
    records_from
        The first day on which the records have an offence as proven.

    Returns
    -------
    DataFrame
        In the order of `people`: person_id; taken, the day c; begins and ends, the days
        c − 547 and c − 183; age on the first of them, in whole years; why (one of
        REASONS, missing where the year can be looked at).

    Notes
    -----
    METHOD.md section 6: c is the conviction date of the index sentence, or the start of
    custody where that is earlier. Nobody under the age of criminal responsibility can
    have offended, and nothing is known of anybody before the records begin.
    """
    taken = people[["conviction_date", "custody_start"]].min(axis=1)
    begins = taken - pd.Timedelta(days=FIRST)
    age = whole_years_between(people["date_of_birth"], begins)
    tests = [age.isna(), age < CRIMINAL_AGE, ~(begins >= records_from)]
    why = pd.Series(np.select(tests, REASONS, ""), people.index, dtype="str")
    return pd.DataFrame(
        {
            "person_id": people["person_id"],
            "taken": taken,
            "begins": begins,
            "ends": taken - pd.Timedelta(days=LAST),
            "age": age,
            "why": why.mask(why == ""),
        }
    )
