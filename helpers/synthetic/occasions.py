"""One occasion of offending: what was done, when it was proven, what the court did.

An occasion is one or more offences that one hearing (or one caution) settles. All days
are whole numbers of days since 1 January 1970; nothing is named here, groups and
disposals are positions in the lists of national.py.
"""

from dataclasses import dataclass

import numpy as np

from helpers.synthetic import national
from helpers.synthetic.national import CUSTODY, FINE, YOUTH

CONVICTION, CAUTION, REPRIMAND, WARNING = range(4)
OUTCOMES = ["conviction", "caution", "reprimand", "warning", "penalty_notice"]
#: reprimands and warnings ended on 8 April 2013, when youth cautions came
LAST_REPRIMAND = 15803
MOST_OFFENCES = 30
#: a day that never comes: custody_start of those not sent to custody
NEVER = 2**30


def pick(shares: np.ndarray, row: np.ndarray, u: np.ndarray) -> np.ndarray:
    """Draw for each uniform `u` a column of the table of shares, from its row."""
    rows, columns = shares.shape
    steps = np.cumsum(shares, axis=1) / shares.sum(axis=1, keepdims=True)
    steps[:, -1] = 1.0
    flat = (steps + np.arange(rows)[:, None]).ravel()
    column = np.searchsorted(flat, row + u, side="right") - row * columns
    return np.minimum(column, columns - 1).astype(np.int8)


@dataclass(frozen=True)
class Hearing:
    """What each person stands before the court for: arrays, one value a person.

    record: earlier occasions; group: of the offence; kind: how it is proven; age: in
    years when it began; proven: the day; lag: days since it began; room: days until the
    next occasion where that is known.
    """

    record: np.ndarray
    group: np.ndarray
    kind: np.ndarray
    age: np.ndarray
    proven: np.ndarray
    lag: np.ndarray
    room: np.ndarray | None


def draw(
    state: dict[str, np.ndarray],
    start: np.ndarray,
    room: np.ndarray | None,
    rng: np.random.Generator,
) -> dict[str, np.ndarray]:
    """Draw an occasion for each person of `state` that begins on day `start`.

    `state` has birth, bent, record (earlier occasions) and group (of the last
    occasion, -1 for none); `room` is the number of days until the next occasion where
    that is known already: everything is over before then.
    """
    n = len(start)
    age = (start - state["birth"]) / 365.25
    group = _group(state, rng)
    kind = _kind(state["record"], age, start, rng)
    lag = 1 + 55 * np.exp(0.8 * rng.standard_normal(n)) * (group != 1)
    lag = np.minimum(lag + (group == 1) * 250 * rng.random(n), 900)
    lag = np.where(kind == CONVICTION, lag, 0.3 * lag)
    if room is not None:
        lag = np.minimum(lag, 0.4 * room)
    lag = lag.astype(np.int32)
    proven = start + lag
    hearing = Hearing(state["record"], group, kind, age, proven, lag, room)
    sentence = _sentence(hearing, rng)
    before = np.minimum(proven, sentence["custody_start"]) - start - 1
    return {
        "start": start,
        "proven": proven,
        "kind": kind,
        "group": group,
        "type": rng.random(n, dtype=np.float32),
        "offences": _offences(state["record"], kind, rng),
        "span": np.clip(before, 0, 60).astype(np.int16),
        **sentence,
    }


def _group(state: dict[str, np.ndarray], rng: np.random.Generator) -> np.ndarray:
    """Draw the offence group: two in five repeat the last, others follow their bent."""
    bands = np.linspace(-2.5, 2.5, 21)
    band = np.clip(np.rint((state["bent"] + 2.5) * 4), 0, 20).astype(np.int64)
    share, _, pull = np.array(list(national.GROUPS.values())).T
    table = share * np.exp(np.outer(bands, pull) - pull**2 / 2)
    new = pick(table, band, rng.random(len(band)))
    again = (rng.random(len(band)) < 0.4) & (state["group"] >= 0)
    return np.where(again, state["group"], new).astype(np.int8)


def _kind(
    record: np.ndarray, age: np.ndarray, start: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Draw how it is proven: most by conviction, fewer so with little or no record."""
    u, v = rng.random(len(age)), rng.random(len(age))
    share = np.where(record < 2, 0.35, 0.08) + 0.25 * (age < 18)
    old = (age < 18) & (start < LAST_REPRIMAND - 400)
    mild = np.where(old, np.where(v < 0.6, REPRIMAND, WARNING), CAUTION)
    return np.where(u < share, mild, CONVICTION).astype(np.int8)


def _offences(
    record: np.ndarray, kind: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Draw how many offences are settled: more for people with a longer record."""
    mean = np.where(kind == CONVICTION, 1.0 + 0.15 * np.minimum(record, 16), 0.2)
    further = rng.geometric(1 / (1 + mean)) - 1
    return (1 + np.minimum(further, MOST_OFFENCES - 1)).astype(np.int8)


def _disposal(
    record: np.ndarray, group: np.ndarray, age: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    adult = np.array(list(national.DISPOSED.values()))
    factor = np.array(national.CUSTODY_FACTOR)
    table = np.repeat(adult[:, None, :], len(factor), axis=1)
    table[:, :, 0] *= factor
    table = np.insert(table.reshape(-1, 6), YOUTH, 0.0, axis=1)
    young = np.insert(national.DISPOSED_UNDER_18, 1, (0.0, 0.0))
    table = np.vstack([table, young])
    band = np.searchsorted(national.RECORD_BANDS, record, side="right")
    row = np.where(age < 18, len(table) - 1, group * len(factor) + band)
    return pick(table, row.astype(np.int64), rng.random(len(age)))


def _sentence(hearing: Hearing, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Draw what the court did, and from when the person was at liberty.

    Three in ten of those sent to custody were remanded before; half the sentence is
    served, a little less where a curfew takes its place. custody_start is
    NEVER, and length 0, where they do not apply.
    """
    kind, proven, room = hearing.kind, hearing.proven, hearing.room
    n = len(proven)
    disposal = _disposal(hearing.record, hearing.group, hearing.age, rng)
    custody = (disposal == CUSTODY) & (kind == CONVICTION)
    median, spread = np.array(list(national.LENGTH.values()))[hearing.group].T
    length = np.clip(median * np.exp(spread * rng.standard_normal(n)), 7, 4400)
    orders = rng.choice([182, 270, 365, 548, 730], n, p=[0.1, 0.1, 0.5, 0.2, 0.1])
    served = np.ceil(length * np.where(rng.random(n) < 0.15, 0.42, 0.5))
    if room is not None:
        served = np.minimum(served, np.floor(0.4 * room))
        length = np.minimum(length, np.maximum(2 * served, 1))
    remand = np.where(
        rng.random(n) < 0.3, 0.8 * rng.random(n) * np.minimum(hearing.lag, 180), 0
    )
    custody_start = proven - remand.astype(np.int32)
    wait = np.where(disposal < FINE, rng.integers(0, 8, n), 0)
    if room is not None:
        wait = np.minimum(wait, np.floor(0.1 * room))
    released = np.maximum(custody_start + served, proven)
    return {
        "disposal": np.where(kind == CONVICTION, disposal, -1).astype(np.int8),
        "length": np.where(custody, length, orders * (disposal < FINE)).astype(
            np.int16
        ),
        "custody_start": np.where(custody, custody_start, NEVER).astype(np.int32),
        "index": np.where(custody, released, proven + wait).astype(np.int32),
    }
