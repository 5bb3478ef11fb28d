"""From located sentences and a drawn pool to one cohort: a row a line, or a person.

Everything about a sentence and its person is fetched by the same code for both groups.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.intake.cohort.index_sentence import Eligibility, counted
from helpers.intake.cohort.losses import NOT_LINKED, OUTSIDE_AGES, TOO_RECENT
from helpers.intake.cohort.reoffending import DAY_0, follow_up
from helpers.intake.linkage.thresholds import accepted
from helpers.intake.records.dates import whole_years
from helpers.intake.records.engine import Records
from helpers.intake.submission import columns
from helpers.request.measures.standard import YEAR

#: of the index sentence, as the records have it
SENTENCE = (
    "index_date", "conviction_date", "custody_start", "disposal",
    "sentence_length_days", "release_type", "offence_group", "offence_type", "region",
    "establishment",
)  # fmt: skip
PERSON = ("sex", "ethnicity", "nationality", "date_of_birth")
#: of the people, what stays inside: the rest becomes columns of the cohort
INSIDE = (
    "index_date", "conviction_date", "custody_start", "sentence_length_days",
    "date_of_birth", "nationality", "sex", "delay", "cut_off", "sentence_id",
    "found_by", "support_start", "line",
)  # fmt: skip


def people(
    records: Records, located: pd.DataFrame, drawn: pd.DataFrame
) -> pd.DataFrame:
    """Give both groups, one row a person with an index sentence.

    Parameters
    ----------
    located
        What `index_sentence.locate` or `thresholds.told` gave; drawn: what `pool.draw`
        gave.

    Returns
    -------
    DataFrame
        In order of treatment (treated first) and person_id: person_id, treatment,
        line (missing for the pool), sentence_id, found_by, support_start, delay (days,
        missing for the pool), the columns of SENTENCE and PERSON, age (whole years at
        the index date), left_out, and how surely they were found
        where `located` says it.
    """
    treated = counted(located).dropna(subset="sentence_id")
    treated = treated.drop(columns="index_date").assign(treatment=1)
    pool = drawn.loc[drawn["sentence_id"].notna(), ["person_id", "sentence_id"]]
    both = pd.concat([treated, pool.assign(treatment=0)], ignore_index=True)
    ids = records.local(both[["person_id", "sentence_id"]])
    sentence = records.tables["sentence"].select("sentence_id", *SENTENCE)
    person = records.tables["person"].select("person_id", *PERSON)
    joined = ids.inner_join(sentence, "sentence_id").left_join(person, "person_id")
    age = whole_years(joined.date_of_birth, joined.index_date)
    known = records.frame(joined.select("person_id", *SENTENCE, *PERSON, age=age))
    both = both.merge(known, on="person_id", how="left", validate="1:1")
    both["age"] = both["age"].astype(float)
    both["left_out"] = both["left_out"].astype("str")
    return both.sort_values(
        ["treatment", "person_id"], ascending=[False, True], ignore_index=True
    )


def limits(
    people: pd.DataFrame,
    eligibility: Eligibility,
    records_complete_to: str,
    horizons: Iterable[int] = (YEAR,),
) -> pd.DataFrame:
    """Leave out who is outside the age limits or not yet followed up, in both groups.

    Whole years at the index date, both limits included; an age that is not known is
    outside. Followed up: index date + 548 days is not after `records_complete_to`, or
    for other `horizons` the longest and 183 days.
    """
    age, most = people["age"], eligibility.maximum_age
    within = age.between(eligibility.minimum_age, np.inf if most is None else most)
    ends = people["index_date"] + pd.Timedelta(days=follow_up(horizons))
    followed = ends <= pd.Timestamp(records_complete_to)
    box = np.select([~within, ~followed], [OUTSIDE_AGES, TOO_RECENT], "")
    box = pd.Series(box, people.index, dtype="str").mask(lambda b: b == "")
    return people.assign(left_out=people["left_out"].fillna(box).astype("str"))


@dataclass(frozen=True, eq=False)
class Parts:
    """What a cohort is put together from, one frame each.

    Attributes
    ----------
    lines
        Every line of the submission: line, left_out (missing for usable lines), the
        columns submitted.
    links
        line, person_id of the lines that are linked.
    located
        From `index_sentence.locate`, of the lines that are linked.
    people
        From `support_delay.assign`.
    outcomes
        From `reoffending.outcomes`.
    covariates
        From `history` and `assessment`, one row a person each.
    """

    lines: pd.DataFrame
    links: pd.DataFrame
    located: pd.DataFrame
    people: pd.DataFrame
    outcomes: pd.DataFrame
    covariates: tuple[pd.DataFrame, ...]


def cohort(parts: Parts) -> pd.DataFrame:
    """Put the cohort together: every submitted line in exactly one box, and the pool.

    Returns
    -------
    DataFrame
        Treated lines in order of line, then the pool in order of person_id:
        person_id (of the register; "line N" for a line without a person of its own),
        treatment, left_out, outcomes (missing for people left out), covariates (also
        for people left out whose sentence is known), and what was submitted beside
        identities and dates. A submitted column with the name of one of the kit's is
        kept as submitted_<name>.
    """
    known = _known(parts, parts.people[accepted(parts.people)])
    given = _given(parts.lines, known)
    treated = known[known["treatment"] == 1].drop(columns=["treatment"])
    rows = given.merge(treated, on="line", how="left", validate="1:1")
    box = rows.pop("given_box").fillna(_box(parts)).astype("str")
    rows["left_out"] = box.fillna(rows["left_out"]).astype("str")
    rows["person_id"] = _ids(rows, parts.located)
    pool = known[known["treatment"] == 0].drop(columns="line")
    both = pd.concat([rows.assign(treatment=1), pool], ignore_index=True)
    return _in_order(both, parts)


def likely(parts: Parts) -> pd.DataFrame:
    """Give those who are only likely and could go on: rows as those of `cohort`.

    In order of line. Nobody is among them unless `people` says how surely each was
    found.
    """
    known = _known(parts, parts.people[~accepted(parts.people)])
    given = _given(parts.lines, known).drop(columns="given_box")
    known = known[known["left_out"].isna()]
    return _in_order(given.merge(known, on="line", validate="1:1"), parts)


def _known(parts: Parts, people: pd.DataFrame) -> pd.DataFrame:
    """Give all that is known of some people; no outcomes of those left out."""
    known = people.drop(columns=[c for c in INSIDE if c != "line" and c in people])
    outcomes = parts.outcomes.drop(columns=DAY_0)
    for part in (outcomes, *parts.covariates):
        known = known.merge(part, on="person_id", how="left", validate="1:1")
    measured = _measured(parts)
    known[measured] = known[measured].mask(known["left_out"].notna())
    return known


def _measured(parts: Parts) -> list[str]:
    return [c for c in parts.outcomes if c not in ("person_id", DAY_0)]


def _in_order(rows: pd.DataFrame, parts: Parts) -> pd.DataFrame:
    """Give the rows of a cohort with its columns in order, without the line."""
    rows = rows.astype({"person_id": "str", "left_out": "str"})
    first = ["person_id", "treatment", "left_out", *_measured(parts)]
    return rows[[*first, *(c for c in rows if c not in (*first, "line"))]]


def _given(lines: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Give what was submitted and identifies nobody, in order of line."""
    identifying = {column.name for column in columns.COLUMNS if column.identifies}
    dropped = (identifying | columns.TAKEN) - {"line"}
    kept = [c for c in lines if c not in dropped]
    given = lines[kept].rename(
        columns={c: f"submitted_{c}" for c in kept if c in known and c != "line"}
    )
    given["given_box"] = lines["left_out"].astype("str")
    return given.sort_values("line", ignore_index=True)


def _box(parts: Parts) -> pd.Series:
    """Give the box of each line, in order, as far as the index sentence decides it."""
    line = parts.lines["line"].sort_values(ignore_index=True)
    box = line.map(parts.located.set_index("line")["left_out"])
    return box.mask(~line.isin(parts.links["line"]), NOT_LINKED)


def _ids(rows: pd.DataFrame, located: pd.DataFrame) -> pd.Series:
    """Give a line the register's id if it stands for a person, else one of its own."""
    person = counted(located).set_index("line")["person_id"]
    own = "line " + rows["line"].astype("str")
    # without anybody counted there is nothing but gaps, which pandas holds as numbers
    return rows["line"].map(person).astype("str").fillna(own)
