"""Both groups in order along the scale of a distance, stratum by stratum."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.matching.distances import scale, told_apart, whole
from helpers.matching.methods.line import Line, Treated


@dataclass(frozen=True, eq=False)
class Sides:
    """Who has a score, in order of the index label: the treated, and the pool's line.

    `treated` and `pool` are their rows in `index`, that of the scores; `is_treated` is
    one a row.
    """

    index: pd.Index
    is_treated: np.ndarray
    treated: np.ndarray
    pool: np.ndarray
    seeking: Treated
    line: Line


def sides(
    score: pd.Series,
    treatment: pd.Series,
    distance: str,
    exact: pd.DataFrame | None = None,
    *,
    logit: pd.Series | None = None,
) -> Sides:
    """Lay both groups out on the scale of a distance, within exact keys.

    Arguments as `matching.match` takes them, and as `arguments.check` has checked them.
    """
    treatment = treatment.reindex(score.index)
    value = scale(score, distance, logit)
    told_apart(value, treatment, distance)
    stratum = np.zeros(len(score), dtype=np.int64)
    if exact is not None:
        keys = exact.reindex(score.index)
        grouped = keys.groupby(list(keys.columns), dropna=False, observed=True)
        stratum = grouped.ngroup().to_numpy()
    row = np.asarray(score.index.argsort())
    row = row[score.notna().to_numpy()[row]]
    is_treated = treatment.to_numpy() == 1
    treated, pool = row[is_treated[row]], row[~is_treated[row]]
    q = np.zeros(len(score), dtype=np.int64)
    q[row] = whole(value.to_numpy()[row])
    return Sides(
        index=score.index,
        is_treated=is_treated,
        treated=treated,
        pool=pool,
        seeking=Treated(stratum[treated], q[treated]),
        line=Line(stratum[pool], q[pool]),
    )
