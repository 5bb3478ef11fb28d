"""Another data lab's study: made-up people, what they earned and how long they worked.

An employment data lab compares those who were helped to find work with similar people
out of work: a rate and two amounts, and nothing on reoffending.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from support import ready_cohort

OUTCOMES = [
    {"name": "in_work", "kind": "rate", "label": "were in work",
     "definition": "a year later"},
    {"name": "earnings", "kind": "amount", "unit": "£", "label": "earnings",
     "definition": "in the year", "margin": 250},
    {"name": "weeks", "kind": "amount", "unit": "weeks", "label": "weeks in work",
     "definition": "in the year"},
]  # fmt: skip


def people(treated: int = 200, pool: int = 900, seed: int = 3) -> pd.DataFrame:
    """Give a cohort: whom it takes in hangs on age, time out of work and schooling."""
    draw = np.random.default_rng(seed)
    n = treated + pool
    age = draw.integers(18, 62, n)
    out = np.minimum(draw.exponential(14, n).round(), 90)
    school = draw.choice(["primary", "school", "college"], n, p=[0.3, 0.5, 0.2])
    wish = -0.02 * (age - 40) + 0.02 * out + 0.4 * (school == "primary")
    wish += draw.logistic(size=n)
    helped = np.zeros(n, dtype=int)
    helped[np.argsort(-wish)[:treated]] = 1
    chance = 0.62 - 0.006 * out - 0.1 * (school == "primary") + 0.3 * helped
    worked = draw.random(n) < np.clip(chance, 0.05, 0.95)
    weeks = np.where(worked, draw.integers(4, 53, n), 0)
    pay = draw.lognormal(5.7, 0.35, n) * (1 + 0.2 * (school == "college"))
    return pd.DataFrame(
        {
            "person_id": [f"P{i:04}" for i in range(n)],
            "treatment": helped,
            "age": age,
            "months_out_of_work": out.astype(int),
            "schooling": school,
            "in_work": (worked & (weeks > 20)).astype(int),
            "earnings": (weeks * pay).round(2),
            "weeks": weeks,
        }
    )


def request(cohort: Path, **changes: Any) -> dict[str, Any]:
    """Give a request on the cohort in a file; `changes` are whole keys of it."""
    covariates = {"numeric": ["age", "months_out_of_work"],
                  "categorical": ["schooling"]}  # fmt: skip
    programme = {"name": "Ready for Work", "intervention_type": "Employment",
                 "label": "help from Ready for Work"}  # fmt: skip
    parts = {
        "id": "work",
        "title": "Ready for Work: made-up people, another data lab's outcomes",
        "programme": programme,
        "inputs": {"cohort": str(cohort)},
        "analyses": [{"name": "All helped", "covariates": covariates}],
        "outcomes": OUTCOMES,
    }
    return ready_cohort.raw(cohort, **(parts | changes))


def write(folder: Path, cohort: pd.DataFrame | None = None) -> Path:
    """Write a cohort; gives the path of its file."""
    path = folder / "people.csv"
    (people() if cohort is None else cohort).to_csv(path, index=False)
    return path
