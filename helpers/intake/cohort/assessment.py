"""Needs before the cut-off, from the latest OASys assessment."""

import re

import ibis
import pandas as pd

from helpers.intake.records.dates import days_after
from helpers.intake.records.engine import Records
from helpers.intake.records.tables import QUESTION
from helpers.request.covariates.needs import NEEDS, NOT_ASSESSED


def questions(records: Records) -> list[str]:
    """Give the OASys questions that the extract holds, by section and number."""
    table = records.tables.get("assessment")
    names = [] if table is None else filter(QUESTION.fullmatch, table.columns)
    return sorted(names, key=lambda name: [int(n) for n in re.findall(r"\d+", name)])


def covariates(
    records: Records, people: pd.DataFrame, within_days: int
) -> pd.DataFrame:
    """Give answers and needs of the latest assessment in time before the cut-off.

    Parameters
    ----------
    people
        person_id and cut_off, one row a person.
    within_days
        An assessment counts on a day from 1 to this many before the cut-off.

    Returns
    -------
    DataFrame
        In the order of `people`: person_id, a column of text for each question (the
        answer, "none" without an assessment, missing if not answered), and
        needs_<section> (Yes/No/none, missing if nothing in the section is answered).

    Notes
    -----
    A need is a sum over the section's questions of at least the published threshold.
    The questions are those that the extract holds: it should hold the scored ones and
    no others. One that was not answered adds nothing, as in OASys itself. Of two
    assessments on the same day the higher answer counts, question by question.
    """
    names = questions(records)
    if not names:
        return people[["person_id"]].copy()
    dates = records.local(people[["person_id", "cut_off"]], days=("cut_off",))
    latest = _latest(records.tables["assessment"], dates, names, within_days)
    latest = records.frame(latest)
    latest = people[["person_id"]].merge(latest, on="person_id", how="left")
    assessed = latest.pop("assessed").notna()
    answers, needs = latest[names], {}
    for need in NEEDS:
        asked = [c for c in names if c.startswith(f"S{need.section}Q")]
        if asked:
            has = answers[asked].sum(axis=1) >= need.threshold
            has = has.map({True: "Yes", False: "No"}).astype("str")
            has = has.mask(answers[asked].isna().all(axis=1))
            needs[need.name] = has.mask(~assessed, NOT_ASSESSED)
    for name in names:
        text = answers[name].astype("Int64").astype("str").mask(answers[name].isna())
        latest[name] = text.mask(~assessed, NOT_ASSESSED)
    return latest.assign(**needs)


def _latest(
    assessment: ibis.Table, dates: ibis.Table, names: list[str], within_days: int
) -> ibis.Table:
    assessments = assessment.inner_join(dates, "person_id")
    before = days_after(assessments.cut_off, assessments.date)
    assessments = assessments.filter(before.between(1, within_days))
    last = assessments.date.max().over(group_by=assessments.person_id)
    assessments = assessments.mutate(last=last)
    assessments = assessments.filter(assessments.date == assessments["last"])
    return assessments.group_by("person_id").aggregate(
        assessed=assessments.date.max(),
        **{name: assessments[name].max() for name in names},
    )
