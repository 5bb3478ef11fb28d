"""Who is compared with whom: matching on the propensity score, and the weights."""

import math
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from helpers.matching.arguments import check
from helpers.matching.balance import effective_size
from helpers.matching.calipers import (
    CaliperTooWide,
    resolve_caliper,
    scale,
    whole,
    widest,
)
from helpers.matching.methods import nearest
from helpers.matching.methods.closest import closest
from helpers.matching.methods.line import Line


@dataclass(frozen=True, eq=False)
class Match:
    """The treatment group and its comparison group.

    Attributes
    ----------
    weights
        On the index of the scores: treated 1 when matched, else 0; comparison people
        the sum of their shares over the treated; 0 = not used.
    n_treatment, n_comparison
        People with a weight above 0.
    n_unmatched
        Treated people without a match, those without a score among them.
    effective_comparison
        (Σw)²/Σw² of the comparison people.
    width
        The caliper in units of the distance; `inf` without one.
    n_tied
        Treated people for whom equal distances had to be settled. Nearest with
        replacement: more people than the ratio lay at or inside the ratio-th
        distance, and all were taken. Without: another candidate, free at that moment,
        lay as near as the one taken, and the lower index label decided. Radius: 0.
    """

    weights: pd.Series = field(repr=False)
    n_treatment: int
    n_comparison: int
    n_unmatched: int
    effective_comparison: float
    width: float
    n_tied: int


def match(
    score: pd.Series,
    treatment: pd.Series,
    *,
    method: str = "radius",
    distance: str = "logit",
    caliper: float | Mapping | None = None,
    bandwidth: float = 0.06,
    ratio: int = 1,
    replacement: bool = True,
    order: str = "largest",
    exact: pd.DataFrame | None = None,
) -> Match:
    """Match treated people to people of the pool who have about the same propensity.

    Parameters
    ----------
    score
        Propensity, 0 to 1, one a person; who has none is not matched.
    treatment
        1 for treated, 0 for pool.
    method
        `radius`: everyone within the caliper. `nearest`: the ratio nearest within the
        caliper, if there is one.
    distance
        The scale compared on: `propensity`, `logit` or `odds`.
    caliper
        As `resolve_caliper` reads it; radius needs one.
    bandwidth
        For kernel matching, which this version does not have.
    ratio, replacement, order
        For nearest: how many are taken; whether again and again; and if not, who
        chooses first: the `largest` or `smallest` distance scale value, or the
        `closest` pair.
    exact
        Keys on which the people compared must agree, a missing key being one of its
        own.

    Raises
    ------
    RequestError
        All problems with the arguments at once.

    Notes
    -----
    Distances are compared as whole numbers of 1e-10; ties go to the lower index label.
    """
    check(score, treatment, exact, method, distance, caliper, ratio, order)
    treatment = treatment.reindex(score.index)
    width = resolve_caliper(score, treatment, distance, caliper)
    _warn_if_wide(score, treatment, distance, width)
    people = _in_order(score, treatment, distance, exact)
    treated, pool = people[people["treated"]], people[~people["treated"]]
    line = Line(pool["stratum"].to_numpy(), pool["q"].to_numpy())
    stratum, q = treated["stratum"].to_numpy(), treated["q"].to_numpy()
    limit = int(whole(width))
    if method == "radius" or replacement:
        reach = limit
        if method == "nearest":
            reach = nearest.reach(line, stratum, q, ratio, limit)
        start, stop = line.within(stratum, q, reach)
        found, share = stop - start, line.shared(start, stop)
        tied = (found > ratio) & (method == "nearest")
    else:
        who, place, tied = _without_replacement(line, stratum, q, order, ratio, limit)
        found = np.bincount(who, minlength=len(q))
        share = np.zeros(len(pool))
        share[place] = 1 / found[who]
    weights = pd.Series(0.0, index=score.index, name="weight")
    weights.iloc[treated["row"].to_numpy()] = (found > 0).astype(float)
    weights.iloc[pool["row"].to_numpy()[line.order]] = share
    return _result(weights, treatment == 1, width, int(tied.sum()))


def _without_replacement(
    line: Line, stratum: np.ndarray, q: np.ndarray, order: str, ratio: int, limit: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    if order == "closest":
        return closest(line, stratum, q, ratio, limit)
    # stable, so that equals choose in order of their label
    sequence = np.argsort(-q if order == "largest" else q, kind="stable")
    return nearest.greedy(line, stratum, q, sequence, ratio, limit)


def _result(weights: pd.Series, treated: pd.Series, width: float, tied: int) -> Match:
    used = weights > 0
    return Match(
        weights=weights,
        n_treatment=int((used & treated).sum()),
        n_comparison=int((used & ~treated).sum()),
        n_unmatched=int((~used & treated).sum()),
        effective_comparison=effective_size(weights[~treated]),
        width=width,
        n_tied=tied,
    )


def _in_order(
    score: pd.Series,
    treatment: pd.Series,
    distance: str,
    exact: pd.DataFrame | None,
) -> pd.DataFrame:
    """Lay out who has a score, by index label: row, treated, q, stratum."""
    stratum = np.zeros(len(score), dtype=np.int64)
    if exact is not None:
        keys = exact.reindex(score.index)
        grouped = keys.groupby(list(keys.columns), dropna=False, observed=True)
        stratum = grouped.ngroup().to_numpy()
    row = np.asarray(score.index.argsort())
    row = row[score.notna().to_numpy()[row]]
    return pd.DataFrame(
        {
            "row": row,
            "treated": treatment.to_numpy()[row] == 1,
            "q": whole(scale(score.iloc[row], distance).to_numpy()),
            "stratum": stratum[row],
        }
    )


def within_range(
    score: pd.Series,
    treatment: pd.Series,
    distance: str = "logit",
    exact: pd.DataFrame | None = None,
) -> pd.Series:
    """Give the scores, NaN for treated people outside the range of the pool's.

    The range is that of the stratum where there are exact keys; the pool is not cut.
    """
    check(score, treatment, exact, "nearest", distance, None, 1, "largest")
    people = _in_order(score, treatment.reindex(score.index), distance, exact)
    treated, pool = people[people["treated"]], people[~people["treated"]]
    line = Line(pool["stratum"].to_numpy(), pool["q"].to_numpy())
    stratum, q = treated["stratum"].to_numpy(), treated["q"].to_numpy()
    first, last = line.ends(stratum)
    inside = (line.past(stratum, q) > first) & (line.first(stratum, q) < last)
    cut = score.astype(float)
    cut.iloc[treated["row"].to_numpy()[~inside]] = np.nan
    return cut


def _warn_if_wide(
    score: pd.Series, treatment: pd.Series, distance: str, width: float
) -> None:
    limit = widest(score, treatment, distance)
    if math.isfinite(width) and limit > 0 and width > limit:
        text = (
            f"the caliper, {width:.4g} on the {distance} scale, is wider than "
            f"{limit:.4g}: the people compared may differ enough to bias the estimate"
        )
        warnings.warn(text, CaliperTooWide, stacklevel=3)
