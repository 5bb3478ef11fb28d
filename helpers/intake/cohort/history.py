"""What was known of a person before the cut-off: the record, work and benefits."""

import ibis
import numpy as np
import pandas as pd

from helpers.intake.records.dates import days_after, whole_years_between
from helpers.intake.records.engine import Records
from helpers.intake.records.shared import histories

YEAR = 365
#: days of a sentence, from which the next band begins
BANDS = {
    "under 6 months": 182,
    "6 months to under 12 months": 365,
    "12 months to under 4 years": 1461,
    "4 years or more": np.inf,
}
NO_LENGTH = "no length"
#: disposals that have no length of their own
LENGTHLESS = ("fine", "discharge", "other")
KNOWN_SEX = ("Female", "Male")
UK = "British"
DATES = ("index_date", "conviction_date", "custody_start", "cut_off", "date_of_birth")


def covariates(records: Records, people: pd.DataFrame) -> pd.DataFrame:
    """Give each person's characteristics from the records, dated before the cut-off.

    Parameters
    ----------
    people
        One row a person: person_id, sentence_id, index_date, conviction_date,
        custody_start, cut_off (the index date at the latest), date_of_birth, age,
        disposal, sentence_length_days, sex, nationality.

    Returns
    -------
    DataFrame
        In the order of `people`: person_id; sex, uk_national (Yes/No); age_squared;
        age_first_offence (whole years); index_quarter; sentence_length_band; the
        counts of `histories.COUNTS`; copas_rate; employed and on_benefits (Yes/No).

    Notes
    -----
    METHOD.md section 1. Earlier means committed and proven before the cut-off, by
    conviction, caution, reprimand or warning; the index conviction, which is proven on
    the conviction date of the index sentence, is left out for everyone. Offences are
    counted one by one, convictions and cautions by the days on which they were given.
    The Copas rate is ln((c + 1)/(y + 10)) with c earlier convictions and cautions and
    y years of 365.25 days from the first of them to the cut-off, 0 if there is none
    (OGRS 3, Howard and others 2009). 12 months are 365 days. Age at first offence is
    that at the first earlier offence, else at the first offence of the index
    conviction, else at conviction. A table that the extract lacks leaves its columns
    missing. Who is not yet convicted at the cut-off has no conviction_date: nothing is
    taken out.
    """
    dates = people[["person_id", "sentence_id", *DATES]]
    dates = records.local(dates, days=DATES)
    record = people[["person_id"]]
    known = records.frame(_record(records, dates))
    record = record.merge(known, on="person_id", how="left", validate="1:1")
    for name, table in (("employed", "employment"), ("on_benefits", "benefit")):
        record[name] = _in_spell(records, table, dates, record["person_id"])
    counts = list(histories.COUNTS)
    record[counts] = record[counts].fillna(0).astype(float)
    record["copas_rate"] = _copas(record, people)
    first = record["first_offence"].fillna(record["at_conviction"])
    first = first.fillna(people["conviction_date"].reset_index(drop=True))
    birth = people["date_of_birth"].reset_index(drop=True)
    after = record.columns.get_loc("previous_cautions") + 1
    record.insert(after, "age_first_offence", whole_years_between(birth, first))
    inside = [*histories.FIRSTS, "at_conviction"]
    return record.drop(columns=inside).assign(**_own(people))


def at_index(offences: ibis.Table) -> ibis.Value:
    """Tell whether an offence is proven by the index conviction.

    `offences` also have the conviction date of their person's index sentence.
    """
    on_the_day = offences.proven_date == offences.conviction_date
    return ((offences.outcome == "conviction") & on_the_day).fill_null(False)


def _record(records: Records, dates: ibis.Table) -> ibis.Table:
    """Give the state of each person's record on the day of the cut-off.

    With the first offence that the index conviction proves, as `at_conviction`.
    """
    histories.add(records)
    states = records.tables[histories.HISTORY]
    convictions = records.tables[histories.CONVICTIONS]
    before = (dates.conviction_date < dates.cut_off).fill_null(False)
    nothing = ibis.literal(histories.NOTHING)
    dates = dates.select(
        "person_id", "conviction_date", "cut_off",
        without=before.ifelse(dates.conviction_date, nothing),
    )  # fmt: skip
    own = ["person_id", "conviction_date"]
    dates = dates.left_join(convictions, own)
    state = states.select(*histories.STATE)
    on_the_day = [
        dates.person_id == state.person_id,
        dates.without == state.without,
        *histories.on(state, dates.cut_off),
    ]
    known = dates.left_join(state, on_the_day)
    return known.select(
        "person_id", "at_conviction", *histories.COUNTS, *histories.FIRSTS
    )


def _in_spell(
    records: Records, table: str, dates: ibis.Table, people: pd.Series
) -> pd.Series:
    """Give Yes for people in a spell on any of the 365 days before their sentence.

    Those days end with the day before conviction or the start of custody, the earlier,
    and before the cut-off. A spell without an end goes on.
    """
    if table not in records.tables:
        return pd.Series(None, people.index, dtype="str")
    spells = records.tables[table].inner_join(dates, "person_id")
    last = ibis.coalesce(spells.conviction_date, spells.cut_off)
    start = ibis.coalesce(spells.custody_start, spells.cut_off)
    last = ibis.least(last, start, spells.cut_off)
    begun = days_after(last, spells["from"]) >= 1
    going_on = spells["to"].isnull() | (days_after(last, spells["to"]) <= YEAR)
    spells = spells.filter(begun & going_on)
    inside = records.frame(spells[["person_id"]].distinct())["person_id"]
    within = np.where(people.isin(inside), "Yes", "No")
    return pd.Series(within, people.index, dtype="str")


def _copas(record: pd.DataFrame, people: pd.DataFrame) -> pd.Series:
    c = record["previous_convictions"] + record["previous_cautions"]
    span = people["cut_off"].reset_index(drop=True) - record["first_proven"]
    years = (span.dt.days / 365.25).fillna(0)
    return np.log((c + 1) / (years + 10))


def _own(people: pd.DataFrame) -> dict[str, pd.Series]:
    """Give what depends on the person and the index sentence alone."""
    people = people.reset_index(drop=True)
    date, age = people["index_date"].dt, people["age"].astype(float)
    uk = people["nationality"].eq(UK).map({True: "Yes", False: "No"}).astype("str")
    quarter = date.year.astype("str") + " Q" + date.quarter.astype("str")
    return {
        "sex": people["sex"].where(people["sex"].isin(KNOWN_SEX)),
        "uk_national": uk.mask(people["nationality"].isna()),
        "age_squared": age**2,
        "index_quarter": quarter,
        "sentence_length_band": _band(people),
    }


def _band(people: pd.DataFrame) -> pd.Series:
    days = people["sentence_length_days"].astype(float)
    edges = [-np.inf, *BANDS.values()]
    band = pd.cut(days, edges, right=False, labels=list(BANDS)).astype("str")
    return band.mask(days.isna() & people["disposal"].isin(LENGTHLESS), NO_LENGTH)
