"""Who offends, and how often: the record of a made-up person from youth to now.

Until the end of 2017 a person's occasions are simply spread over the years since the
first. From 2018 one law holds for everyone and every sentence: the time from the index
date (or the caution) to the next occasion is Weibull, and its one-year probability is
logistic in what the records show on that day (Copas rate, age, sex, offence group,
disposal, work, needs at the last assessment) and in the person's motivation, which no
record shows. So the recorded past predicts reoffending, and people with more
occasions have more sentences.
"""

import numpy as np
import pandas as pd
from scipy.special import expit

from helpers.synthetic import circumstances, national, occasions
from helpers.synthetic.national import CUSTODY, RISK
from helpers.synthetic.people import LAW_BEGINS, Traits

MOST_OCCASIONS = 80


def lives(
    people: Traits, end: int, streams: list[np.random.Generator]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw everyone's occasions until day `end`, and the assessments beside them.

    One row an occasion, in order of person and start: `person` (position), the columns
    of occasions.draw, `record` (earlier occasions), `copas`, `employed`, spells of work
    and benefits (`work_from` …, 0 for none), `assessed` (day, 0 for none), section by
    section whether there was a need, and `pulls`. Streams: past, and the years since.
    """
    past = _past(people, streams[0])
    since = _since(people, past, end, streams[1])
    answers = pd.concat([block[1] for block in since], ignore_index=True)
    rows = pd.concat([past, *(block[0] for block in since)], ignore_index=True)
    for name, values in rows.items():
        if values.isna().any():
            rows[name] = values.fillna(0).astype(since[0][0][name].dtype)
    order = np.lexsort((rows["start"], rows["person"]))
    return rows.iloc[order].reset_index(drop=True), answers


def _past(people: Traits, rng: np.random.Generator) -> pd.DataFrame:
    """Draw the occasions before 2018, all over before then."""
    ten = people.birth + 3653
    years = np.clip((LAW_BEGINS - ten) / 365.25, 0, None)
    mean = np.exp(1.15 + 1.0 * people.bent) * np.minimum(years / 14, 1)
    count = rng.poisson(mean * rng.gamma(1.1, 1 / 1.1, len(years)))
    count = np.minimum(np.where(years < 1.5, 0, count), MOST_OCCASIONS)
    onset = ten + (LAW_BEGINS - ten - 200) * rng.beta(1.3, 2.6, len(years))
    person = np.repeat(np.arange(len(years), dtype=np.int32), count)
    first = np.repeat(np.cumsum(count) - count, count)
    nth = np.arange(len(person)) - first
    span = (LAW_BEGINS - onset)[person] * rng.random(len(person)) ** 0.7
    start = np.floor(onset[person] + np.where(nth == 0, 0, span))
    start = start[np.lexsort((start, person))].astype(np.int32)
    last = np.append(person[1:] != person[:-1], True)[: len(person)]
    room = np.where(last, LAW_BEGINS, np.append(start[1:], 0)[: len(start)]) - start
    state = {
        "birth": people.birth[person],
        "bent": people.bent[person],
        "record": nth,
        "group": np.full(len(person), -1, dtype=np.int8),
    }
    drawn = occasions.draw(state, start, np.maximum(room, 0), rng)
    return pd.DataFrame({"person": person, **drawn, "record": nth.astype(np.int16)})


def _since(
    people: Traits, past: pd.DataFrame, end: int, rng: np.random.Generator
) -> list[tuple[pd.DataFrame, pd.DataFrame]]:
    """Draw everybody's next occasion, round by round, until the end."""
    n = len(people.birth)
    count = np.bincount(past["person"], minlength=n)
    first = np.full(n, occasions.NEVER)
    np.minimum.at(first, past["person"].to_numpy(), past["start"].to_numpy())
    state = {
        "person": np.arange(n, dtype=np.int32),
        "start": people.entry,
        "birth": people.birth,
        "bent": people.bent,
        "record": count.astype(np.int16),
        "first": first.astype(np.int32),
        "group": np.full(n, -1, dtype=np.int8),
        "worked": np.zeros(n, dtype=np.int32),
        "claimed": np.zeros(n, dtype=np.int32),
        "before": np.zeros(n, dtype=np.int32),
    }
    rounds = []
    for _ in range(MOST_OCCASIONS):
        if not len(state["person"]):
            break
        rows, answers = _round(people, state, rng)
        rounds.append((rows, answers))
        state = _next(state, rows, end)
    return rounds


def _round(
    people: Traits, state: dict[str, np.ndarray], rng: np.random.Generator
) -> tuple[pd.DataFrame, pd.DataFrame]:
    now = occasions.draw(state, state["start"], None, rng)
    person = state["person"]
    first = np.minimum(state["first"], now["start"])
    years = np.where(state["record"] > 0, (now["index"] - first) / 365.25, 0)
    now["copas"] = np.log((state["record"] + 1) / (years + 10))
    now |= circumstances.spells(state, now, people.bent[person], rng)
    needs, answers = circumstances.assess(person, now, people, rng)
    now |= needs
    rate = expit(risk(now, state["record"], people, person))
    wait = np.log(rng.random(len(person))) / np.log1p(-rate)
    days = np.minimum(365 * wait ** (1 / national.SHAPE), 20_000)
    now["next"] = (now["index"] + 1 + days).astype(np.int32)
    rows = pd.DataFrame({"person": person, **now, "record": state["record"]})
    return rows, answers


def risk(
    now: dict[str, np.ndarray], record: np.ndarray, people: Traits, person: np.ndarray
) -> np.ndarray:
    """Give the log odds of a further occasion within a year."""
    age = (now["index"] - people.birth[person]) / 365.25
    group = np.array([risk for _, risk, _ in national.GROUPS.values()])
    disposal = now["disposal"].astype(int)
    after = np.where(disposal == CUSTODY, 0, disposal + 2)
    long = (now["length"] > 182).astype(int) + (now["length"] >= 365)
    after = np.where(disposal == CUSTODY, long, after)
    needs = sum(
        weight * now[f"need_{name}"]
        for name, (*_, weight, _) in national.SECTIONS.items()
    )
    return (
        RISK["base"]
        + RISK["copas"] * (now["copas"] + 1)
        + RISK["no_record"] * (record == 0)
        + RISK["age"] * (age - 34)
        + RISK["under_18"] * (age < 18)
        + RISK["female"] * people.female[person]
        + RISK["employed"] * now["employed"]
        + RISK["motivation"] * people.motivation[person]
        + group[now["group"]]
        + np.where(
            disposal < 0, RISK["caution"], np.array(national.DISPOSAL_RISK)[after]
        )
        + needs
    )


def _next(
    state: dict[str, np.ndarray], rows: pd.DataFrame, end: int
) -> dict[str, np.ndarray]:
    """Give those whose next occasion begins in time, and their state after the last."""
    begun = np.minimum(rows["proven"], rows["custody_start"]).to_numpy()
    state = {
        **state,
        "start": rows["next"].to_numpy(),
        "record": (state["record"] + 1).astype(np.int16),
        "first": np.minimum(state["first"], rows["start"]).astype(np.int32),
        "group": rows["group"].to_numpy(),
        "worked": np.maximum(state["worked"], rows["work_to"]),
        "claimed": np.maximum(state["claimed"], rows["benefit_to"]),
        "before": begun,
    }
    keep = rows["next"].to_numpy() <= end
    return {name: np.asarray(values)[keep] for name, values in state.items()}
