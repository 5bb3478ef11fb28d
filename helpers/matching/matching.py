"""Who is compared with whom: matching on the propensity score, and the weights."""

import math
import warnings
from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from helpers.matching import arguments
from helpers.matching.calipers import (
    CaliperTooWide,
    resolve_caliper,
    scale,
    told_apart,
    whole,
    widest,
)
from helpers.matching.methods import nearest, radius
from helpers.matching.methods.line import Chosen, Line, Rules, Treated
from helpers.matching.weights import Match, effective_size

#: the methods of matching: one file each in methods/, and one line here
METHODS: dict[str, Callable[[Line, Treated, Rules], Chosen]] = {
    "radius": radius.choose,
    "nearest": nearest.choose,
}


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
    logit: pd.Series | None = None,
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
    logit
        The model's logit of each score, which tells people apart whose scores are 0
        or 1 to the last digit; worked out from the scores where it is not given.

    Raises
    ------
    RequestError
        All problems with the arguments at once.

    Notes
    -----
    Distances are compared as whole numbers of 1e-10; ties go to the lower index label.
    """
    arguments.check(
        score,
        treatment,
        exact,
        method=method,
        distance=distance,
        caliper=caliper,
        ratio=ratio,
        order=order,
        methods=tuple(METHODS),
    )
    treatment = treatment.reindex(score.index)
    width = resolve_caliper(score, treatment, distance, caliper, logit=logit)
    _warn_if_wide(width, widest(score, treatment, distance, logit=logit), distance)
    value = scale(score, distance, logit)
    told_apart(value, treatment, distance)
    people = _in_order(score, treatment, value, exact)
    treated, pool = people[people["treated"]], people[~people["treated"]]
    line = Line(pool["stratum"].to_numpy(), pool["q"].to_numpy())
    seeking = Treated(treated["stratum"].to_numpy(), treated["q"].to_numpy())
    rules = Rules(int(whole(width)), ratio, replacement, order)
    chosen = METHODS[method](line, seeking, rules)
    weights = pd.Series(0.0, index=score.index, name="weight")
    weights.iloc[treated["row"].to_numpy()] = (chosen.found > 0).astype(float)
    weights.iloc[pool["row"].to_numpy()[line.order]] = chosen.share
    labels = score.index[treated["row"]], score.index[pool["row"]][line.order]
    sets = _sets(chosen, *labels)
    return _result(weights, treatment == 1, width, int(chosen.tied.sum()), sets=sets)


def _sets(chosen: Chosen, treated: pd.Index, pool: pd.Index) -> pd.DataFrame | None:
    """Lay out who was taken for whom; `pool` has the labels in the line's order."""
    if chosen.taken is None:
        return None
    found = chosen.found[chosen.found > 0]
    numbers = np.arange(1, len(found) + 1)
    each = np.repeat(numbers, found)
    sets = pd.DataFrame(
        {
            "set": np.concatenate([numbers, each]),
            "person": treated[chosen.found > 0].append(pool[chosen.taken]),
            "weight": np.concatenate([np.ones(len(found)), 1 / found[each - 1]]),
        }
    )
    return sets.sort_values("set", kind="stable", ignore_index=True)


def _result(
    weights: pd.Series,
    treated: pd.Series,
    width: float,
    tied: int,
    *,
    sets: pd.DataFrame | None,
) -> Match:
    used = weights > 0
    return Match(
        weights=weights,
        n_treatment=int((used & treated).sum()),
        n_comparison=int((used & ~treated).sum()),
        n_unmatched=int((~used & treated).sum()),
        effective_comparison=effective_size(weights[~treated]),
        width=width,
        n_tied=tied,
        sets=sets,
    )


def _in_order(
    score: pd.Series,
    treatment: pd.Series,
    value: pd.Series,
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
            "q": whole(value.to_numpy()[row]),
            "stratum": stratum[row],
        }
    )


def within_range(
    score: pd.Series,
    treatment: pd.Series,
    distance: str = "logit",
    exact: pd.DataFrame | None = None,
    *,
    logit: pd.Series | None = None,
) -> pd.Series:
    """Give the scores, NaN for treated people outside the range of the pool's.

    The range is that of the stratum where there are exact keys; the pool is not cut.
    `logit` is as `match` takes it.
    """
    arguments.check(score, treatment, exact, distance=distance)
    value = scale(score, distance, logit)
    treatment = treatment.reindex(score.index)
    told_apart(value, treatment, distance)
    people = _in_order(score, treatment, value, exact)
    treated, pool = people[people["treated"]], people[~people["treated"]]
    line = Line(pool["stratum"].to_numpy(), pool["q"].to_numpy())
    stratum, q = treated["stratum"].to_numpy(), treated["q"].to_numpy()
    first, last = line.ends(stratum)
    inside = (line.past(stratum, q) > first) & (line.first(stratum, q) < last)
    cut = score.astype(float)
    cut.iloc[treated["row"].to_numpy()[~inside]] = np.nan
    return cut


def peers(
    score: pd.Series,
    treatment: pd.Series,
    width: float,
    distance: str = "logit",
    exact: pd.DataFrame | None = None,
    *,
    logit: pd.Series | None = None,
) -> pd.Series:
    """Count the pool people inside a width around each of the treated.

    `width` is in units of the distance; counted is within the stratum where there are
    exact keys. Who has no score has nobody. `logit` is as `match` takes it.
    """
    arguments.check(score, treatment, exact, distance=distance)
    treatment = treatment.reindex(score.index)
    people = _in_order(score, treatment, scale(score, distance, logit), exact)
    treated, pool = people[people["treated"]], people[~people["treated"]]
    line = Line(pool["stratum"].to_numpy(), pool["q"].to_numpy())
    start, stop = line.within(
        treated["stratum"].to_numpy(), treated["q"].to_numpy(), int(whole(width))
    )
    counted = pd.Series(0, index=score.index, name="peers")
    counted.iloc[treated["row"].to_numpy()] = stop - start
    return counted[treatment == 1]


def _warn_if_wide(width: float, limit: float, distance: str) -> None:
    if math.isfinite(width) and limit > 0 and width > limit:
        text = (
            f"the caliper, {width:.4g} on the {distance} scale, is wider than "
            f"{limit:.4g}: the people compared may differ enough to bias the estimate"
        )
        warnings.warn(text, CaliperTooWide, stacklevel=3)
