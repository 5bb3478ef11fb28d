"""What was known of a person before the cut-off: the record, work and benefits."""

import ibis
import numpy as np
import pandas as pd

from helpers.intake.cohort.index_sentence import CUSTODY
from helpers.intake.cohort.reoffending import PROVEN
from helpers.intake.records.dates import days_after, whole_years, whole_years_between
from helpers.intake.records.engine import Records

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
COUNTS = (
    "previous_offences",
    "previous_convictions",
    "previous_cautions",
    "previous_custody",
    "previous_custody_under_12_months",
    "previous_custody_12_months_or_more",
)


def covariates(records: Records, people: pd.DataFrame) -> pd.DataFrame:
    """Give each person's characteristics from the records, dated before the cut-off.

    Parameters
    ----------
    people
        One row a person: person_id, sentence_id, index_date, conviction_date,
        custody_start, cut_off, date_of_birth, age, disposal, sentence_length_days,
        sex, nationality.

    Returns
    -------
    DataFrame
        In the order of `people`: person_id; sex, uk_national (Yes/No); age_squared;
        age_first_offence (whole years); index_quarter; sentence_length_band; the
        counts of COUNTS; copas_rate; employed and on_benefits (Yes/No).

    Notes
    -----
    method.md section 1. Earlier means committed and proven before the cut-off, by
    conviction, caution, reprimand or warning; the index conviction, which is proven on
    the conviction date of the index sentence, is left out for everyone. Offences are
    counted one by one, convictions and cautions by the days on which they were given.
    The Copas rate is ln((c + 1)/(y + 10)) with c earlier convictions and cautions and
    y years of 365.25 days from the first of them to the cut-off, 0 if there is none
    (Copas and Marshall 1998). 12 months are 365 days. Age at first offence is that at
    the first earlier offence, else at the first offence of the index conviction, else
    at conviction. A table that the extract lacks leaves its columns missing.
    """
    dates = people[["person_id", "sentence_id", *DATES]]
    dates = records.local(dates, days=DATES)
    record = people[["person_id"]]
    for part in (_offences(records, dates), _custody(records, dates)):
        record = record.merge(records.frame(part), on="person_id", how="left")
    for name, table in (("employed", "employment"), ("on_benefits", "benefit")):
        record[name] = _in_spell(records, table, dates, record["person_id"])
    record[list(COUNTS)] = record[list(COUNTS)].fillna(0).astype(float)
    record["copas_rate"] = _copas(record, people)
    at_conviction = whole_years_between(
        people["date_of_birth"], people["conviction_date"]
    ).reset_index(drop=True)
    age_first = record["age_first_offence"].astype(float)
    record["age_first_offence"] = age_first.fillna(at_conviction)
    return record.drop(columns="first_proven").assign(**_own(people))


def at_index(offences: ibis.Table) -> ibis.Value:
    """Tell whether an offence is proven by the index conviction.

    `offences` also have the conviction date of their person's index sentence.
    """
    on_the_day = offences.proven_date == offences.conviction_date
    return ((offences.outcome == "conviction") & on_the_day).fill_null(False)


def _offences(records: Records, dates: ibis.Table) -> ibis.Table:
    """Count earlier offences by person, and give the first of them."""
    offence = records.tables["offence"]
    offences = offence.filter(offence.outcome.isin(PROVEN)).inner_join(
        dates, "person_id"
    )
    convicted, own = offences.outcome == "conviction", at_index(offences)
    before = (offences.offence_date < offences.cut_off) & (
        offences.proven_date < offences.cut_off
    )
    offences = offences.mutate(
        convicted=convicted,
        at_index=own,
        earlier=(before & ~own).fill_null(False),
    )
    offences = offences.filter(offences.earlier | offences.at_index)
    first = offences.offence_date.min(where=offences.earlier)
    first = ibis.coalesce(first, offences.offence_date.min(where=offences.at_index))
    rows = offences.group_by("person_id").aggregate(
        previous_offences=offences.earlier.sum(),
        previous_convictions=offences.proven_date.nunique(
            where=offences.earlier & offences.convicted
        ),
        previous_cautions=offences.proven_date.nunique(
            where=offences.earlier & ~offences.convicted
        ),
        first_proven=offences.proven_date.min(where=offences.earlier),
        first=first,
        birth=offences.date_of_birth.min(),
    )
    age = whole_years(rows.birth, rows.first)
    return rows.mutate(age_first_offence=age).drop("first", "birth")


def _custody(records: Records, dates: ibis.Table) -> ibis.Table:
    """Count earlier custodial sentences by person and length."""
    sentence = records.tables["sentence"]
    custody = sentence.filter(sentence.disposal == CUSTODY).select(
        "person_id", "sentence_id", "sentence_length_days", given="conviction_date"
    )
    dates = dates.select("person_id", "cut_off", "conviction_date", own="sentence_id")
    sentences = custody.inner_join(dates, "person_id")
    at_index = (sentences.given == sentences.conviction_date).fill_null(False)
    sentences = sentences.filter(
        sentences.given < sentences.cut_off,
        ~at_index,
        sentences.sentence_id != sentences.own,
    )
    return sentences.group_by("person_id").aggregate(
        previous_custody=sentences.count(),
        previous_custody_under_12_months=(sentences.sentence_length_days < YEAR).sum(),
        previous_custody_12_months_or_more=(
            sentences.sentence_length_days >= YEAR
        ).sum(),
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
