"""Who offended in the earlier year, and how much of it was spent in custody."""

import ibis
import pandas as pd

from helpers.intake.cohort.earlier.dated import IN_CUSTODY, OFFENDED
from helpers.intake.cohort.history import at_index
from helpers.intake.cohort.reoffending import proven
from helpers.intake.records.dates import days_after
from helpers.intake.records.engine import Records
from helpers.intake.records.tables import CUSTODY
from helpers.request.measures.standard import YEAR

DAYS = ("begins", "taken", "conviction_date")


def outcomes(records: Records, people: pd.DataFrame) -> pd.DataFrame:
    """Give who offended in the earlier year, and the days of it spent in custody.

    Parameters
    ----------
    people
        One row a person: person_id, conviction_date of the index sentence, begins and
        taken (`dated`).

    Returns
    -------
    DataFrame
        In the order of `people`: person_id; offended_before (1/0);
        days_in_custody_before (0 to 365).

    Notes
    -----
    METHOD.md section 6. The offence is one that would count as a reoffence, committed
    on a day from c − 547 to c − 183 and proven by day c, as a reoffence must be by day
    548: what is proven later may hang on what happened after the programme began. What
    the index conviction proves does not count, since everybody has that one.
    """
    ids = people[["person_id"]]
    dates = records.local(people[["person_id", *DAYS]], days=DAYS)
    offended = records.frame(_offended(records, dates))["person_id"]
    custody = records.frame(_custody(records, dates)).set_index("person_id")["days"]
    person = ids["person_id"]
    return ids.assign(
        **{
            OFFENDED: person.isin(offended).astype(float),
            IN_CUSTODY: person.map(custody).fillna(0).astype(float),
        }
    )


def _offended(records: Records, dates: ibis.Table) -> ibis.Table:
    offence = records.tables["offence"]
    offences = offence.filter(proven(offence)).inner_join(dates, "person_id")
    offences = offences.filter(
        days_after(offences.offence_date, offences.begins).between(0, YEAR - 1),
        offences.proven_date <= offences.taken,
        ~at_index(offences),
    )
    return offences.select("person_id").distinct()


def _custody(records: Records, dates: ibis.Table) -> ibis.Table:
    """Count the days of the year in custody; a day in two sentences counts once.

    The day of release is one outside. A sentence without a release goes on; one without
    a day on which it began counts for nothing.
    """
    sentence = records.tables["sentence"]
    custody = sentence.filter(sentence.disposal == CUSTODY).select(
        "person_id",
        start=ibis.coalesce(sentence.custody_start, sentence.conviction_date),
        release="index_date",
    )
    custody = custody.filter(custody.start.notnull())
    spells = custody.inner_join(dates, "person_id")
    entered = days_after(spells.start, spells.begins)
    left = days_after(spells.release, spells.begins).fill_null(YEAR)
    spells = spells.select(
        "person_id",
        entered=ibis.greatest(entered, 0),
        left=ibis.least(left, YEAR),
    )
    spells = spells.filter(spells.entered < spells.left)
    before = ibis.window(
        group_by="person_id",
        order_by=[spells.entered, spells.left],
        preceding=(None, 1),
    )
    reached = spells.left.max().over(before).fill_null(0)
    new = spells.left - ibis.greatest(spells.entered, reached)
    spells = spells.mutate(new=ibis.greatest(new, 0))
    return spells.group_by("person_id").aggregate(days=spells.new.sum())
