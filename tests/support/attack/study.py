"""Made-up studies: cohorts with exact counts of rare things, and requests of them."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

SHARING = {
    "purpose": "p", "lawful_basis": "l", "justification": "j", "fairness": "f",
    "proportionality": "p", "approved_by": "a", "approved_on": "2026-01-12",
    "destroy_by": "2099-12-31",
}  # fmt: skip
COURTS = ("indictable", "either_way", "summary")
WIDE = {"caliper": {"sd": 0.25}}

Facts = dict[str, list]


@dataclass
class Study:
    """A cohort, what is asked of it, and what anybody knows of its columns."""

    name: str
    cohort: pd.DataFrame
    analyses: list[dict[str, Any]]
    more: dict[str, Any] = field(default_factory=dict)
    facts: Facts = field(default_factory=dict)

    def write(self, folder: Path) -> Path:
        """Write the cohort and the request; gives the path of the request."""
        folder.mkdir(parents=True, exist_ok=True)
        cohort = folder / f"{self.name}.csv"
        self.cohort.to_csv(cohort, index=False)
        body = {
            "id": self.name, "title": self.name, "analyst": "A. Name",
            "organisation": {"name": "Trust", "sector_type": "Voluntary"},
            # the 1: without a text of the request that holds it, the gate on numbers
            # stops every report with matching.method nearest
            "programme": {"name": "Programme", "intervention_type": "Mentoring",
                          "description": "Part 1 of the programme"},
            "data_sharing": SHARING,
            "inputs": {"cohort": str(cohort)},
            "analyses": self.analyses,
            "publication": {"date": "2026-06-25", "contact": "a@example.org"},
        } | self.more  # fmt: skip
        path = folder / f"{self.name}.yml"
        path.write_text(yaml.safe_dump({"request": body}, sort_keys=False), "utf-8")
        return path


def covariates(
    *categorical: str,
    numeric: tuple[str, ...] = ("age", "previous_offences"),
    sex: bool = True,
) -> dict[str, list[str]]:
    """Give the covariates of an analysis; sex is one unless a filter is on it."""
    return {"numeric": list(numeric), "categorical": ["sex"] * sex + list(categorical)}


def spread(rng: Any, n: int, counts: dict, rest: dict) -> np.ndarray:
    """Give values with exact counts for some levels; the others drawn from `rest`."""
    fixed = [level for level, count in counts.items() for _ in range(count)]
    drawn = rng.choice(list(rest), n - len(fixed), p=list(rest.values()))
    values = np.array([*fixed, *drawn], dtype=object)
    rng.shuffle(values)
    return values


def people(
    rng: Any, treated: int, pool: int, shift: float = 0.0, rate: tuple = (0.32, 0.38)
) -> pd.DataFrame:
    """Give a cohort; the further the shift, the fewer of the treated are matched."""
    n = treated + pool
    t = np.r_[np.ones(treated, int), np.zeros(pool, int)]
    frame = pd.DataFrame({"person_id": np.arange(1, n + 1), "treatment": t})
    frame["age"] = np.clip(rng.normal(32 - shift * t, 9, n).round(), 20, 48).astype(int)
    frame["previous_offences"] = np.minimum(rng.poisson(6 + shift * t, n), 12)
    frame["sex"] = spread(rng, n, {}, {"Male": 0.85, "Female": 0.15})
    y = rng.random(n) < np.where(t == 1, *rate)
    frame["reoffended"] = y.astype(int)
    follow(rng, frame)
    return frame


def follow(rng: Any, frame: pd.DataFrame, mean_more: float = 1.2) -> None:
    """Give reoffences and days to those who reoffended."""
    n, y = len(frame), frame["reoffended"] == 1
    frame["reoffences"] = np.where(y, 1 + rng.poisson(mean_more, n), 0)
    days = rng.integers(1, 366, n).astype(float)
    frame["days_to_first_reoffence"] = np.where(y, days, np.nan)


def set_treated(
    rng: Any, frame: pd.DataFrame, column: str, counts: dict, rest: dict
) -> None:
    """Give the treated exact counts of rare levels; the pool has some of each too."""
    t = (frame["treatment"] == 1).to_numpy()
    values = np.empty(len(frame), dtype=object)
    values[t] = spread(rng, int(t.sum()), counts, rest)
    everyone = {**rest, **{k: 0.03 for k in counts}}
    total = sum(everyone.values())
    p = [v / total for v in everyone.values()]
    values[~t] = rng.choice(list(everyone), (~t).sum(), p=p)
    frame[column] = values


def treated(frame: pd.DataFrame) -> pd.Index:
    """Give the rows of the treated."""
    return frame.index[frame["treatment"] == 1]


def leave_out(frame: pd.DataFrame, rows: Any, box: str) -> None:
    """Put people into a box of the flow, without outcomes."""
    if "left_out" not in frame:
        frame["left_out"] = None
    frame.loc[rows, "left_out"] = box
    words = ("reoffe", "custod", "worked")
    afterwards = [column for column in frame if any(w in column for w in words)]
    frame[afterwards] = frame[afterwards].astype(float)
    frame.loc[rows, afterwards] = np.nan


def courts(rng: Any, frame: pd.DataFrame, rare: float = 0.06) -> list[str]:
    """Add what courts did, few of a kind; gives the names of all outcomes."""
    n, y = len(frame), frame["reoffended"] == 1
    often = [rare, 0.5 - rare, 0.5]
    kind = rng.choice(list(COURTS), n, p=often)
    more = frame["reoffences"].fillna(0).astype(int)
    split = np.array([rng.multinomial(m, often) for m in more])
    for i, k in enumerate(COURTS):
        first = (kind == k).astype(float)
        frame[f"first_reoffence_{k}"] = np.where(y, first, np.nan)
        frame[f"reoffences_{k}"] = np.where(y, split[:, i].astype(float), np.nan)
    custody = rng.random(n) < 0.07
    frame["custody_for_first_reoffence"] = np.where(y, custody.astype(float), np.nan)
    times = custody * (1.0 + rng.poisson(0.1, n))
    frame["custodial_reoffences"] = np.where(y, times, np.nan)
    return [
        "reoffending_rate", "reoffending_frequency", "time_to_first_reoffence",
        *(f"first_reoffence_{k}" for k in COURTS), *(f"reoffences_{k}" for k in COURTS),
        "custody_for_first_reoffence", "custodial_reoffences",
    ]  # fmt: skip
