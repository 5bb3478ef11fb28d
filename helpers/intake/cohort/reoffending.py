"""Proven reoffending in the year after the index date."""

import ibis
import pandas as pd

from helpers.intake.records.dates import days_after
from helpers.intake.records.duckdb_engine import Records

YEAR = 365  # last day on which an offence counts
PROVEN_BY = 548  # last day on which it may be proven
PROVEN = ("conviction", "caution", "reprimand", "warning")
#: how an offence is tried, the most serious first
TRIAL_MODES = ("indictable", "either_way", "summary")
DAY_0 = "reoffences_on_day_0"


def proven(offence: ibis.Table) -> ibis.Value:
    """Whether an offence is of the kind that counts as reoffending.

    Proven by conviction, caution, reprimand or warning, recordable, in England and
    Wales, prosecuted by the police, and not a breach. What is not known is not so.
    """
    return (
        offence.outcome.isin(PROVEN)
        & offence.recordable
        & offence.england_wales
        & offence.police_prosecuted
        & ~offence.breach.fill_null(False)
    ).fill_null(False)


def last_proven(records: Records) -> pd.Timestamp:
    """The last day on which the records have an offence proven."""
    offence = records.tables["offence"]
    return records.frame(offence.aggregate(last=offence.proven_date.max()))["last"][0]


def outcomes(records: Records, people: pd.DataFrame) -> pd.DataFrame:
    """Outcomes of each person, and the offences of day 0 as a check.

    Parameters
    ----------
    people
        person_id and index_date, one row a person.

    Returns
    -------
    DataFrame
        One row a person, in the order of `people`. person_id; reoffended (1/0);
        reoffences (count, 0 for others); days_to_first_reoffence (1 to 365). Of
        reoffenders alone, missing for others: first_reoffence_<mode> (1/0) and
        reoffences_<mode> (count) for indictable, either_way and summary;
        custody_for_first_reoffence (1/0); custodial_reoffences (count).
        reoffences_on_day_0: offences of the index date, which do not count.

    Notes
    -----
    method.md section 1: committed on day 1 to 365 and proven by day 548. Of several
    offences on the day of the first, the most serious stands for it (indictable, then
    either way, then summary), and it led to custody if any of them did.
    """
    dates = records.local(people[["person_id", "index_date"]], days=("index_date",))
    found = _counted(records.tables["offence"], dates)
    found = records.frame(_by_person(found))
    found = people[["person_id"]].merge(found, on="person_id", how="left")
    found[["reoffences", DAY_0]] = found[["reoffences", DAY_0]].fillna(0)
    none = found["reoffences"] == 0
    found.insert(1, "reoffended", (~none).astype(float))
    mode = found.pop("first_mode")
    for name in TRIAL_MODES:
        is_mode = (mode == name).astype(float)
        found[f"first_reoffence_{name}"] = is_mode.mask(mode.isna() | none)
    only = [c for c in found if c.startswith(("reoffences_", "custod")) and c != DAY_0]
    found[only] = found[only].mask(none)
    return found.astype({c: float for c in found if c != "person_id"})


def _counted(offence: ibis.Table, dates: ibis.Table) -> ibis.Table:
    """Offences of day 0 to 365 that are proven in time, with the day of each."""
    found = offence.filter(proven(offence)).inner_join(dates, "person_id")
    found = found.mutate(
        day=days_after(found.offence_date, found.index_date),
        proven_on=days_after(found.proven_date, found.index_date),
    )
    found = found.filter(found.day.between(0, YEAR), found.proven_on <= PROVEN_BY)
    first = found.day.nullif(0).min().over(group_by=found.person_id)
    found = found.mutate(counts=found.day > 0, first=found.day == first)
    return found.select(
        "person_id", "day", "trial_mode", "custodial", "counts", "first"
    )


def _by_person(found: ibis.Table) -> ibis.Table:
    custodial = found.custodial.fill_null(False)
    seriousness = ibis.cases(
        *((found.trial_mode == mode, i) for i, mode in enumerate(TRIAL_MODES))
    )
    modes = {
        f"reoffences_{mode}": (found.counts & (found.trial_mode == mode)).sum()
        for mode in TRIAL_MODES
    }
    rows = found.group_by("person_id").aggregate(
        reoffences=found.counts.sum(),
        days_to_first_reoffence=found.day.min(where=found.counts),
        most_serious=seriousness.min(where=found.first),
        **{name: total.fill_null(0) for name, total in modes.items()},
        custody_for_first_reoffence=(found.first & custodial).sum() > 0,
        custodial_reoffences=(found.counts & custodial).sum(),
        **{DAY_0: (~found.counts).sum()},
    )
    names = [(rows.most_serious == i, mode) for i, mode in enumerate(TRIAL_MODES)]
    return rows.mutate(
        first_mode=ibis.cases(*names),
        custody_for_first_reoffence=rows.custody_for_first_reoffence.cast("int64"),
    ).drop("most_serious")
