"""Tables of the made-up extract: from positions and days to what a reader meets."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.synthetic import national, occasions
from helpers.synthetic.national import CUSTODY, FINE
from helpers.synthetic.occasions import CONVICTION

RELEASES = [
    "automatic release on licence",
    "home detention curfew",
    "parole",
    "end of sentence",
]


def sentences(
    lives: pd.DataFrame, region: np.ndarray, rng: np.random.Generator
) -> pd.DataFrame:
    """Give the table `sentence` in positions and days: one row a conviction.

    life (row of the occasion), person, sentence (number within the person),
    conviction_date, custody_start (NEVER for none), index_date, disposal, length,
    release, group, type, region, prison.
    """
    rows = lives[lives["kind"] == CONVICTION]
    n = len(rows)
    custody = (rows["disposal"] == CUSTODY).to_numpy()
    length = rows["length"].to_numpy()
    u = rng.random(n)
    release = np.where(length > 1400, np.where(u < 0.7, 2, 0), np.where(u < 0.15, 1, 0))
    release = np.where((length < 60) & (u > 0.6), 3, release)
    moved = rng.random(n) < 0.04
    own = region[rows["person"].to_numpy()]
    elsewhere = rng.integers(0, len(national.REGIONS), n)
    return pd.DataFrame(
        {
            "life": rows.index.to_numpy(),
            "person": rows["person"].to_numpy(),
            "sentence": rows.groupby("person").cumcount().to_numpy() + 1,
            "conviction_date": rows["proven"].to_numpy(),
            "custody_start": rows["custody_start"].to_numpy(),
            "index_date": rows["index"].to_numpy(),
            "disposal": rows["disposal"].to_numpy(),
            "length": length,
            "release": np.where(custody, release, -1),
            "group": rows["group"].to_numpy(),
            "type": kinds(rows["group"].to_numpy(), rows["type"].to_numpy()),
            "region": np.where(moved, elsewhere, own).astype(np.int8),
            "prison": np.where(custody, own * 2 + (u * 4).astype(int), -1),
        }
    )


def kinds(group: np.ndarray, u: np.ndarray) -> np.ndarray:
    """Give the position of a kind of offence of the group in the list of all kinds."""
    sizes = np.array([len(kinds) for kinds in national.TYPES.values()])
    first = np.cumsum(sizes) - sizes
    return (first[group] + np.minimum(u * sizes[group], sizes[group] - 1)).astype(int)


def offences(
    lives: pd.DataFrame, end: int, rng: np.random.Generator, *, plain: bool = False
) -> pd.DataFrame:
    """Give the table `offence` in positions and days, in order of person and date.

    Every occasion's offences, one in thirty of the further ones proven at a later
    hearing; and matters that are no proven reoffence: breaches of an order or licence,
    penalty notices, offences not recordable, abroad, or prosecuted by others (none of
    them if `plain`).
    """
    count = lives["offences"].to_numpy()
    row = np.repeat(np.arange(len(lives), dtype=np.int32), count)
    first = np.diff(row, prepend=-1) != 0
    n = len(row)
    span = lives["span"].to_numpy()[row]
    start = lives["start"].to_numpy()[row]
    start = start + np.where(first, 0, rng.random(n, dtype=np.float32) * span)
    late = ~first & (rng.random(n, dtype=np.float32) < 0.03)
    proven = lives["proven"].to_numpy()[row] + late * rng.integers(30, 300, n)
    other = ~first & (rng.random(n, dtype=np.float32) < 0.3)
    group = lives["group"].to_numpy()[row]
    group = np.where(other, rng.permutation(group), group)
    custody = (lives["disposal"].to_numpy() == CUSTODY)[row]
    custodial = custody & (first | (rng.random(n, dtype=np.float32) < 0.7)) & ~late
    columns = {
        "life": row,
        "person": lives["person"].to_numpy()[row],
        "offence_date": start.astype(np.int32),
        "proven_date": proven.astype(np.int32),
        "outcome": lives["kind"].to_numpy()[row],
        "group": group,
        "trial_mode": _tried(group, rng),
        "custodial": custodial,
        "matter": np.zeros(n, dtype=np.int8),
    }
    rows = pd.DataFrame(columns)
    if not plain:
        rows = pd.concat([rows, _matters(lives, rng)], ignore_index=True)
    return in_order(rows[rows["proven_date"] <= end], "offence_date", "proven_date")


def in_order(rows: pd.DataFrame, *by: str) -> pd.DataFrame:
    """Sort rows by person, then by the columns named, then as they came."""
    order = np.lexsort([rows[name] for name in (*reversed(by), "person")])
    return rows.iloc[order].reset_index(drop=True)


def _tried(group: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    modes = np.array(list(national.TRIED.values()))
    u = rng.random(len(group), dtype=np.float32).astype(float)
    return occasions.pick(modes, group.astype(np.int64), u)


#: what keeps a matter from being a proven reoffence, and how common it is
BREACH, NOTICE, NOT_RECORDABLE, ABROAD, OTHERS = range(1, 6)
MATTERS = {BREACH: 0.07, NOTICE: 0.04, NOT_RECORDABLE: 0.03, ABROAD: 0.01, OTHERS: 0.02}


def _matters(lives: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    blocks = []
    for matter, share in MATTERS.items():
        picked = rng.random(len(lives)) < share
        if matter == BREACH:
            picked &= lives["disposal"].between(CUSTODY, FINE - 1).to_numpy()
        rows = lives[picked]
        n = len(rows)
        day = rows["index"].to_numpy() + 1 + rng.integers(0, 400, n)
        group = np.where(
            matter == BREACH,
            national.GROUP_NAMES.index("Other"),
            rng.choice([9, 10, 11], n),
        )
        blocks.append(
            {
                "life": np.flatnonzero(picked).astype(np.int32),
                "person": rows["person"].to_numpy(),
                "offence_date": day.astype(np.int32),
                "proven_date": (day + rng.integers(0, 120, n)).astype(np.int32),
                "outcome": np.full(n, 4 if matter == NOTICE else CONVICTION, np.int8),
                "group": group.astype(np.int8),
                "trial_mode": np.full(n, 2, dtype=np.int8),
                "custodial": np.zeros(n, dtype=bool),
                "matter": np.full(n, matter, dtype=np.int8),
            }
        )
    return pd.concat([pd.DataFrame(block) for block in blocks], ignore_index=True)


@dataclass(frozen=True)
class Happened:
    """What happened in the end, with the support that some people had."""

    lives: pd.DataFrame
    assessments: pd.DataFrame
    sentences: pd.DataFrame
    offences: pd.DataFrame
