"""Proven reoffending within a year, or another horizon, after the index date."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from helpers.intake.records.dates import days_after
from helpers.intake.records.tables import PROVEN
from helpers.request import Request
from helpers.request.measures.standard import STANDARD, YEAR, Standard

if TYPE_CHECKING:
    import ibis

    from helpers.intake.records.engine import Records

TO_PROVE = 183  # days after the horizon within which an offence may be proven
#: how an offence is tried, the most serious first
TRIAL_MODES = ("indictable", "either_way", "summary")
DAY_0 = "reoffences_on_day_0"
#: column -> the measure of it, of those that count some groups of offence alone
OF_GROUPS = {row.column: row for row in STANDARD.values() if row.offences}
#: columns of an offence without which nothing is known of these outcomes
KNOWN_BY = {
    "custodial": ["custody_for_first_reoffence", "custodial_reoffences"],
    "offence_group": list(OF_GROUPS),
}


def horizons(request: Request) -> tuple[int, ...]:
    """Give the horizons of the measures that a request asks for, in days, sorted."""
    asked = {outcome.horizon_days for outcome in request.outcomes if outcome.standard}
    return tuple(sorted(asked)) or (YEAR,)


def follow_up(horizons: Iterable[int]) -> int:
    """Give the days from the index date for which people have to be followed up.

    That of the longest horizon, and those in which an offence may still be proven.
    """
    return max(horizons) + TO_PROVE


def proven(offence: ibis.Table) -> ibis.Value:
    """Tell whether an offence is of the kind that counts as reoffending.

    Proven by conviction, caution, reprimand or warning, recordable, in England and
    Wales, prosecuted by the police, and not a breach. Where one of these is not known
    the offence does not count; where only breach is not known it does.
    """
    return (
        offence.outcome.isin(PROVEN)
        & offence.recordable
        & offence.england_wales
        & offence.police_prosecuted
        & ~offence.breach.fill_null(False)
    ).fill_null(False)


def first_proven(records: Records) -> pd.Timestamp:
    """Give the first day on which an offence was proven that could be a reoffence.

    Missing where no offence is of that kind.
    """
    return records.frame(_proven_days(records))["first"][0]


def last_proven(records: Records) -> pd.Timestamp:
    """Give the last day on which an offence was proven that could be a reoffence.

    Missing where no offence is of that kind.
    """
    return records.frame(_proven_days(records))["last"][0]


def _proven_days(records: Records) -> ibis.Table:
    offence = records.tables["offence"]
    offence = offence.filter(proven(offence))
    day = offence.proven_date
    return offence.aggregate(first=day.min(), last=day.max())


def outcomes(
    records: Records, people: pd.DataFrame, horizons: Iterable[int] = (YEAR,)
) -> pd.DataFrame:
    """Give each person's outcomes, and the offences of day 0 as a check.

    Parameters
    ----------
    people
        person_id and index_date, one row a person.
    horizons
        Days from the index date within which an offence counts. Those within a year
        are always given; the columns of others end in `_<days>_days`.

    Returns
    -------
    DataFrame
        One row a person, in the order of `people`. person_id; reoffended (1/0);
        reoffences (count, 0 for others); the columns of OF_GROUPS (1/0 or counts of
        violent and other such reoffences); days_to_first_reoffence (1 to 365). Of
        reoffenders alone, missing for others: first_reoffence_<mode> (1/0) and
        reoffences_<mode> (count) for indictable, either_way and summary;
        custody_for_first_reoffence (1/0);
        custodial_reoffences (count). reoffences_on_day_0: offences of the index date,
        which do not count.

    Notes
    -----
    METHOD.md section 1: committed on day 1 to 365 and proven by day 548, or on day 1
    to another horizon and proven within 183 days of it. Of several offences on the day
    of the first, the most serious stands for it (indictable, then either way, then
    summary), and it led to custody if any of them did. Violent and the like are those
    of the groups of offence that the measure names, in any capitals.
    """
    dates = records.local(people[["person_id", "index_date"]], days=("index_date",))
    after = _within(records, people, dates, YEAR)
    for horizon in sorted(set(horizons) - {YEAR}):
        more = _within(records, people, dates, horizon).drop(columns=DAY_0)
        after = after.merge(
            more.rename(columns=_columns(horizon)), on="person_id", validate="1:1"
        )
    return after


def _columns(horizon: int) -> dict[str, str]:
    """Give what the columns of a year are called within another horizon."""
    return {row.column: row.at(horizon).column for row in STANDARD.values()}


def _within(
    records: Records, people: pd.DataFrame, dates: ibis.Table, horizon: int
) -> pd.DataFrame:
    """Give each person's outcomes within a horizon, by the names of a year."""
    counted = _counted(records.tables["offence"], dates, horizon)
    by_person = records.frame(_by_person(counted))
    after = people[["person_id"]].merge(by_person, on="person_id", how="left")
    counts = ["reoffences", *OF_GROUPS, DAY_0]
    after[counts] = after[counts].fillna(0)
    none = after["reoffences"] == 0
    after.insert(1, "reoffended", (~none).astype(float))
    for column, measure in OF_GROUPS.items():
        if measure.kind == "rate":
            after[column] = (after[column] > 0).astype(float)
    mode = after.pop("first_mode")
    for name in TRIAL_MODES:
        is_mode = (mode == name).astype(float)
        after[f"first_reoffence_{name}"] = is_mode.mask(mode.isna() | none)
    only = [c for c in after if c.startswith(("reoffences_", "custod")) and c != DAY_0]
    after[only] = after[only].mask(none)
    for known_by, columns in KNOWN_BY.items():
        if not _told(records, known_by):
            after[columns] = np.nan
    return after.astype({c: float for c in after if c != "person_id"})


def _told(records: Records, column: str) -> bool:
    """Tell whether the records say of any offence what a column of theirs is for."""
    offence = records.tables["offence"]
    known = offence.aggregate(known=offence[column].notnull().any())
    return bool(records.frame(known)["known"].fillna(False)[0])


def _counted(offence: ibis.Table, dates: ibis.Table, horizon: int) -> ibis.Table:
    """Give the offences from day 0 on that are proven in time, each with its day."""
    offences = offence.filter(proven(offence)).inner_join(dates, "person_id")
    offences = offences.mutate(
        day=days_after(offences.offence_date, offences.index_date),
        proven_on=days_after(offences.proven_date, offences.index_date),
    )
    offences = offences.filter(
        offences.day.between(0, horizon), offences.proven_on <= horizon + TO_PROVE
    )
    first = offences.day.nullif(0).min().over(group_by=offences.person_id)
    offences = offences.mutate(
        counts=offences.day > 0,
        first=offences.day == first,
        **{name: _of_groups(offences, row) for name, row in OF_GROUPS.items()},
    )
    looked_at = ("person_id", "day", "trial_mode", "custodial", "counts", "first")
    return offences.select(*looked_at, *OF_GROUPS)


def _of_groups(offences: ibis.Table, measure: Standard) -> ibis.Value:
    """Tell whether an offence is of the groups that a measure counts."""
    groups = [group.lower() for group in measure.offences]
    return offences.offence_group.strip().lower().isin(groups).fill_null(False)


def _by_person(offences: ibis.Table) -> ibis.Table:
    import ibis  # slow to import, and later stages need this module's days alone

    custodial = offences.custodial.fill_null(False)
    seriousness = ibis.cases(
        *((offences.trial_mode == mode, i) for i, mode in enumerate(TRIAL_MODES))
    )
    modes = {
        f"reoffences_{mode}": (offences.counts & (offences.trial_mode == mode)).sum()
        for mode in TRIAL_MODES
    }
    rows = offences.group_by("person_id").aggregate(
        reoffences=offences.counts.sum(),
        **{name: (offences.counts & offences[name]).sum() for name in OF_GROUPS},
        days_to_first_reoffence=offences.day.min(where=offences.counts),
        most_serious=seriousness.min(where=offences.first),
        **{name: total.fill_null(0) for name, total in modes.items()},
        custody_for_first_reoffence=(offences.first & custodial).sum() > 0,
        custodial_reoffences=(offences.counts & custodial).sum(),
        **{DAY_0: (~offences.counts).sum()},
    )
    names = [(rows.most_serious == i, mode) for i, mode in enumerate(TRIAL_MODES)]
    return rows.mutate(
        first_mode=ibis.cases(*names),
        custody_for_first_reoffence=rows.custody_for_first_reoffence.cast("int64"),
    ).drop("most_serious")
