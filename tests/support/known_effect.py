"""People whose chances follow known laws, and whom support changes by a known amount.

Five characteristics are recorded; a hidden one, where asked for, moves both taking part
and reoffending by the same log odds, and no record shows it.
"""

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import expit, logit

COVARIATES = ["age", "record", "sex", "need", "region"]
ODDS = np.log(0.65)  # support multiplies a person's odds of reoffending by 0.65


def people(
    n: int,
    share: float,
    hidden: float,
    rng: np.random.Generator,
    *,
    odds: float = ODDS,
    halves: bool = False,
) -> pd.DataFrame:
    """People with characteristics, treatment, both chances, and what they drew.

    `share` of the n are treated; `odds` is what support adds to the log odds. `hidden`
    are log odds of taking part, and of reoffending, for each standard deviation of a
    normal hidden characteristic; with `halves`, between the half of people who have it
    and the other: exp(hidden) is then Rosenbaum's Γ. Columns: the characteristics,
    `hidden`, `treatment`, `effect` (change of a person's chance), `chance`,
    `reoffended`.
    """
    frame = pd.DataFrame(
        {
            "age": 18 + rng.gamma(2.5, 6, n),
            "record": np.log1p(rng.poisson(rng.gamma(1.2, 4, n))),
            "sex": np.where(rng.random(n) < 0.15, "Female", "Male"),
            "need": (rng.random(n) < 0.35).astype(int),
            "region": rng.choice(["North", "South", "Wales"], n, p=[0.5, 0.35, 0.15]),
        }
    )
    normal = rng.standard_normal(n)
    frame["hidden"] = (normal > 0).astype(int) if halves else normal
    u = hidden * frame["hidden"]
    young, record = (33 - frame["age"]) / 15, frame["record"] - 1.2
    female = (frame["sex"] == "Female").astype(float)
    north = (frame["region"] == "North").astype(float)
    pull = 0.3 * young + 0.6 * record + 0.6 * frame["need"] + 0.5 * north - 0.3 * female
    middle = brentq(lambda a: expit(a + pull + u).mean() - share, -20, 20)
    frame["treatment"] = (rng.random(n) < expit(middle + pull + u)).astype(int)
    risk = expit(
        -1 + 0.5 * young + 0.8 * record + 0.5 * frame["need"] - 0.4 * female + u
    )
    changed = expit(logit(risk) + odds)
    frame["effect"] = changed - risk
    frame["chance"] = np.where(frame["treatment"] == 1, changed, risk)
    frame["reoffended"] = (rng.random(n) < frame["chance"]).astype(int)
    return frame.rename_axis("person_id")
