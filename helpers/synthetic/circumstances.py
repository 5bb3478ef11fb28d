"""What is known of people around a sentence: work, benefits, and OASys answers."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import expit

from helpers.synthetic import national

if TYPE_CHECKING:
    from helpers.synthetic.people import Traits

#: OASys is for people on probation or in prison; older assessments are not kept
FIRST_ASSESSMENT = 17000
#: days for which an assessment counts
RECENT = 730


def spells(
    state: dict[str, np.ndarray],
    now: dict[str, np.ndarray],
    bent: np.ndarray,
    rng: np.random.Generator,
) -> dict[str, np.ndarray]:
    """Draw spells of work and benefits that touch the year before a conviction.

    `employed`: in work on any of the 365 days before the conviction, or before custody
    began if that is earlier; an earlier spell that reaches into the year counts too.
    A new spell never begins before the last conviction, of which it would say
    something else. Days; 0 where there is no spell.
    """
    n = len(bent)
    day = np.minimum(now["proven"], now["custody_start"])
    begins, ends = day - 365, day - 1
    columns = {}
    for name, last, odds in (
        ("work", "worked", -0.3 - 0.45 * bent),
        ("benefit", "claimed", 0.1 + 0.4 * bent),
    ):
        new = rng.random(n) < expit(odds)
        to = ends - rng.integers(0, 330, n)
        since = np.maximum(to - rng.integers(20, 900, n), state["before"] + 1)
        new &= since <= to
        columns[f"{name}_from"] = np.where(new, since, 0).astype(np.int32)
        columns[f"{name}_to"] = np.where(new, to, 0).astype(np.int32)
        if name == "work":
            columns["employed"] = new | (state[last] >= begins)
    return columns


def assess(
    person: np.ndarray,
    now: dict[str, np.ndarray],
    people: "Traits",
    rng: np.random.Generator,
) -> tuple[dict[str, np.ndarray], pd.DataFrame]:
    """Draw the assessment for a sentence, before support can begin, if there was one.

    Returns by occasion `assessed` (day, 0 for none) and `need_<section>` (0/1, 0 for
    none), and the answers: person, day and a column for each question (0, 1, 2).
    """
    n = len(person)
    disposal = now["disposal"].astype(int)
    share = np.where(disposal < 0, 0.0, np.array(national.ASSESSED)[disposal])
    day = np.minimum(now["proven"], now["custody_start"]) - rng.integers(1, 28, n)
    day = np.maximum(day, now["start"])
    done = (rng.random(n) < share) & (day >= FIRST_ASSESSMENT)
    columns = {"assessed": np.where(done, day, 0).astype(np.int32)}
    rows = np.flatnonzero(done)
    answers = {"person": person[rows], "day": day[rows].astype(np.int32)}
    need = people.need[person[rows]]
    for name, (questions, least, base, pull, *_) in national.SECTIONS.items():
        own = base + pull * need + 0.8 * rng.standard_normal(len(rows))
        score = np.zeros(len(rows), dtype=np.int8)
        for question in questions:
            depth = own + 0.8 * rng.standard_normal(len(rows))
            answers[question] = ((depth > 0).astype(np.int8) + (depth > 0.9)).astype(
                np.int8
            )
            score += answers[question]
        columns[f"need_{name}"] = np.zeros(n, dtype=np.int8)
        columns[f"need_{name}"][rows] = score >= least
    return columns, pd.DataFrame(answers)


def assessments(
    answers: pd.DataFrame,
    lives: pd.DataFrame,
    end: int,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Give the assessments in order of person and day; `life` is the row of `lives`.

    A quarter are reviewed some months after the index date, when answers have improved
    here and there; not where the next offence comes first, so that a review never
    stands in for the assessment of a later sentence.
    """
    rows = lives.loc[lives["assessed"] > 0, ["person", "assessed", "index"]]
    following = lives["start"].groupby(lives["person"]).shift(-1, fill_value=end)
    rows = rows.assign(day=rows["assessed"], until=following, life=rows.index)
    rows = rows.merge(answers, on=["person", "day"])
    later = rows["index"] + rng.integers(30, 240, len(rows))
    review = rows[(rng.random(len(rows)) < 0.25) & (later < rows["until"])]
    review = review.assign(day=later)
    for question in national.QUESTIONS:
        better = rng.random(len(review)) < 0.2
        review[question] = np.maximum(review[question] - better, 0)
    table = pd.concat([rows, review])
    table = table.sort_values(["person", "day"], kind="stable", ignore_index=True)
    return table.astype(dict.fromkeys(national.QUESTIONS, "int8"))


def needs_on_record(
    assessments: pd.DataFrame, person: np.ndarray, day: np.ndarray
) -> pd.DataFrame:
    """Give the needs (0/1) by the latest assessment of each person before a day.

    Of the last two years; without one there is no need on record.
    """
    before = pd.DataFrame({"person": person, "until": day - 1, "row": range(len(day))})
    latest = pd.merge_asof(
        before.astype("int64").sort_values("until", kind="stable"),
        assessments.astype({"person": "int64", "day": "int64"}).sort_values("day"),
        left_on="until",
        right_on="day",
        by="person",
        tolerance=RECENT - 1,
    ).sort_values("row")
    return pd.DataFrame(
        {
            name: (latest[questions].sum(axis=1) >= least).to_numpy(dtype=np.int8)
            for name, (questions, least, *_) in national.SECTIONS.items()
        }
    )
