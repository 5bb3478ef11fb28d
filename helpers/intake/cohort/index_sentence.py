"""The index sentence: the one that each submitted person's support belongs to."""

from typing import Protocol

import ibis
import numpy as np
import pandas as pd

from helpers.errors import DataError
from helpers.intake.cohort.losses import ANOTHER_LINE, NO_SENTENCE
from helpers.intake.records.dates import days_after
from helpers.intake.records.engine import Records
from helpers.intake.records.tables import CUSTODY

COMMUNITY = (
    "community order",
    "suspended sentence order",
    "youth rehabilitation order",
)
NEAR = 7  # days that a given index or conviction date may be off
YEAR = 365

#: how a sentence is found, in the order in which the rules are tried
RULES = {
    1: "index date given",
    2: "conviction date given",
    3: "support began in custody",
    4: "support began after the index date",
    5: "support began before the index date",
}
GIVEN = ("index_date", "conviction_date", "intervention_start")


class Eligibility(Protocol):
    """Whose sentences count; the request's block of that name."""

    minimum_age: int
    maximum_age: int | None
    window_days: int
    sentence: str
    exclude_offence_groups: tuple[str, ...]
    assessment_within_days: int


def eligible(records: Records, eligibility: Eligibility) -> ibis.Table:
    """Give the sentences of the type asked for, without excluded offence groups.

    The same for both groups. Sentences without an index date (the person is still in
    custody) cannot be followed up and are not among them. `community` is the three
    orders; `any` also has fines, discharges and others.
    """
    sentences = records.tables["sentence"]
    sentences = sentences.filter(sentences.index_date.notnull())
    if eligibility.sentence == "custody":
        sentences = sentences.filter(sentences.disposal == CUSTODY)
    elif eligibility.sentence == "community":
        sentences = sentences.filter(sentences.disposal.isin(COMMUNITY))
    if eligibility.exclude_offence_groups:
        excluded = sentences.offence_group.isin(eligibility.exclude_offence_groups)
        sentences = sentences.filter(~excluded.fill_null(False))
    return sentences


def locate(
    records: Records, lines: pd.DataFrame, eligibility: Eligibility
) -> pd.DataFrame:
    """Find each linked line's sentence, and the one line that stands for a person.

    Parameters
    ----------
    lines
        line, person_id of the register, and the dates given: index_date,
        conviction_date, intervention_start (datetime64, missing where not given).

    Returns
    -------
    DataFrame
        One row a line, in order of line: line, person_id, sentence_id, index_date (of
        the sentence), support_start, delay (days from the index date to the start of
        support, negative before it), found_by (a rule), left_out.

    Notes
    -----
    METHOD.md section 1. The rules are tried in order until one finds a sentence. Ties
    go to the later index date, then to the lower sentence_id. Of a person's lines the
    one with the earliest index date stands for the person (ties: the earlier start of
    support, then the lower line). Support that began 365 days or more after the index
    date has no suitable sentence.
    """
    _refuse_unknown(records, eligibility)
    given = lines[["line", "person_id", *GIVEN]].reset_index(drop=True)
    best = records.frame(_best(_candidates(records, given, eligibility)))
    located = given.drop(columns="index_date").merge(best, on="line", how="left")
    located = located.rename(columns={"intervention_start": "support_start"})
    located["delay"] = (
        located["support_start"] - located["index_date"]
    ).dt.days.astype(float)
    located["found_by"] = located.pop("rule").map(RULES).astype("str")
    located["left_out"] = _left_out(located)
    columns = ["line", "person_id", "sentence_id", "index_date", "support_start"]
    located = located[[*columns, "delay", "found_by", "left_out"]]
    return located.sort_values("line", ignore_index=True)


def _refuse_unknown(records: Records, eligibility: Eligibility) -> None:
    """Refuse to leave out an offence group that the records do not have.

    A misspelt one would leave out nobody, and nobody would notice.
    """
    if not eligibility.exclude_offence_groups:
        return
    groups = records.tables["sentence"].select("offence_group").distinct()
    known = sorted(records.frame(groups)["offence_group"].dropna())
    unknown = [g for g in eligibility.exclude_offence_groups if g not in known]
    if unknown:
        raise DataError(
            f"eligibility.exclude_offence_groups: the records have no offence group "
            f"{', '.join(unknown)}; write one of {', '.join(known)}"
        )


def counted(located: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of `locate` that stand for a person: one row a person."""
    return located[located["left_out"] != ANOTHER_LINE]


def by_rule(located: pd.DataFrame) -> pd.DataFrame:
    """Count the people by the rule that found their sentence: rule and people."""
    found_by = counted(located)["found_by"]
    people = found_by.value_counts()
    rows = {rule: int(people.get(rule, 0)) for rule in RULES.values()}
    rows["none found"] = int(found_by.isna().sum())
    return pd.DataFrame({"rule": rows.keys(), "people": rows.values()})


def _candidates(
    records: Records, given: pd.DataFrame, eligibility: Eligibility
) -> ibis.Table:
    """Give each line with each eligible sentence of its person."""
    lines = records.local(given, days=GIVEN)
    lines = lines.rename({f"given_{name}": name for name in GIVEN})
    candidates = lines.inner_join(eligible(records, eligibility), "person_id")
    off_index = days_after(candidates.index_date, candidates.given_index_date).abs()
    off_conviction = days_after(
        candidates.conviction_date, candidates.given_conviction_date
    ).abs()
    start, window = candidates.given_intervention_start, eligibility.window_days
    after = days_after(start, candidates.index_date)  # of support after the index date
    in_custody = (
        (candidates.disposal == CUSTODY)
        & (candidates.custody_start <= start)
        & (after <= 0)
    )
    rules = [
        (off_index <= NEAR, off_index),
        (off_conviction <= NEAR, off_conviction),
        (in_custody, ibis.literal(0)),
        (after.between(0, window), after),
        (after.between(-window, -1), -after),
    ]
    ranks = [(test, i) for i, (test, _) in enumerate(rules, start=1)]
    return candidates.select(
        "line",
        "sentence_id",
        "index_date",
        rule=ibis.cases(*ranks),
        distance=ibis.cases(*rules),
    )


def _best(candidates: ibis.Table) -> ibis.Table:
    """Give each line's sentence by the first rule that finds one."""
    ranked = candidates.filter(candidates.rule.notnull())
    order = [
        ranked.rule,
        ranked.distance,
        ranked.index_date.desc(),
        ranked.sentence_id,
    ]
    place = ibis.row_number().over(group_by=ranked.line, order_by=order)
    best = ranked.mutate(place=place)
    return best.filter(best.place == 0).select(
        "line", "sentence_id", "index_date", "rule"
    )


def _left_out(located: pd.DataFrame) -> pd.Series:
    """Give the box of a person's other lines and of lines without a sentence."""
    order = located[["person_id", "line", "index_date"]].assign(
        start=located["support_start"].mask(located["index_date"].isna())
    )
    order = order.sort_values(["index_date", "start", "line"], na_position="last")
    first = ~order.duplicated("person_id").reindex(located.index)
    unsuitable = located["sentence_id"].isna() | (located["delay"] >= YEAR)
    box = np.select([~first, unsuitable], [ANOTHER_LINE, NO_SENTENCE], "")
    box = pd.Series(box, index=located.index, dtype="str")
    return box.mask(box == "")
