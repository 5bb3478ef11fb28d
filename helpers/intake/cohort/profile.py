"""Who goes on and who does not, compared on every covariate."""

from typing import Any

import pandas as pd

from helpers.intake.cohort.hand_over import wanted_covariates
from helpers.intake.cohort.kinds import as_text, numeric
from helpers.intake.cohort.losses import boxes
from helpers.request import Request

MEAN = "mean"


def profile(everyone: pd.DataFrame, request: Request) -> pd.DataFrame:
    """Compare treated people who go on with those who do not: means, levels in %.

    Only lines whose values are known count; `known` says how many there are. The level
    of a number's row is MEAN.
    """
    treated = everyone[everyone["treatment"] == 1]
    lost = boxes(treated).notna()
    groups = {"go on": treated[~lost], "left out": treated[lost]}
    rows = []
    for name, kind in wanted_covariates(request).items():
        rows += [[name, *row] for row in _rows(groups, name, kind)]
    columns = ["characteristic", "level"]
    columns += [f"{what}{group}" for group in groups for what in ("", "known, ")]
    return pd.DataFrame(rows, columns=columns)


def _rows(groups: dict[str, pd.DataFrame], name: str, kind: str) -> list[list[Any]]:
    """Give the mean of a number, or the per cent at each level of a category."""
    if kind == "numeric":
        values = [numeric(people[name]) for people in groups.values()]
        known = [int(v.notna().sum()) for v in values]
        return [[MEAN, *(x for v, n in zip(values, known, strict=True)
                         for x in (v.mean(), n))]]  # fmt: skip
    texts = [as_text(people[name]).dropna() for people in groups.values()]
    levels = sorted({value for text in texts for value in text.unique()})
    return [
        [level, *(x for t in texts for x in (100 * (t == level).mean(), len(t)))]
        for level in levels
    ]
