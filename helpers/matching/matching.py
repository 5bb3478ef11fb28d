"""Who is compared with whom: matching on the propensity score, and the weights."""

import math
import warnings
from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from helpers.matching import arguments
from helpers.matching.distances import CaliperTooWide, resolve_caliper, whole, widest
from helpers.matching.methods import kernel, nearest, radius
from helpers.matching.methods.line import Chosen, Line, Rules, Treated
from helpers.matching.sides import Sides, sides
from helpers.matching.weights import Match, effective_size
from helpers.request.matching import BANDWIDTH

#: the methods of matching: one file each in methods/, and one line here
METHODS: dict[str, Callable[[Line, Treated, Rules], Chosen]] = {
    "radius": radius.choose,
    "nearest": nearest.choose,
    "kernel": kernel.choose,
}


def match(
    score: pd.Series,
    treatment: pd.Series,
    *,
    method: str = "radius",
    distance: str = "logit",
    caliper: float | Mapping | None = None,
    bandwidth: float = BANDWIDTH,
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
        caliper, if there is one. `kernel`: everyone nearer than the bandwidth, the
        closer the more (Epanechnikov).
    distance
        The scale compared on: `propensity`, `logit` or `odds`.
    caliper
        As `resolve_caliper` reads it; radius needs one, kernel has none.
    bandwidth
        For kernel, in units of the distance.
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
        bandwidth=bandwidth,
        ratio=ratio,
        order=order,
        methods=tuple(METHODS),
    )
    treatment = treatment.reindex(score.index)
    width = resolve_caliper(score, treatment, distance, caliper, logit=logit)
    reach = "caliper"
    if method == "kernel":
        width, reach = float(bandwidth), "bandwidth"
    limit = widest(score, treatment, distance, logit=logit)
    if math.isfinite(width) and limit > 0 and width > limit:
        text = (
            f"the {reach}, {width:.4g} on the {distance} scale, is wider than "
            f"{limit:.4g}: the people compared may differ enough to bias the estimate"
        )
        warnings.warn(text, CaliperTooWide, stacklevel=2)
    both = sides(score, treatment, distance, exact, logit=logit)
    rules = Rules(int(whole(width)), ratio, replacement, order)
    return chosen(both, method, rules, width)


def chosen(both: Sides, method: str, rules: Rules, width: float) -> Match:
    """Match both groups, once laid out, by a method and its rules.

    `width` is the caliper or bandwidth that the rules hold as a whole number.
    """
    taken = METHODS[method](both.line, both.seeking, rules)
    weights = pd.Series(0.0, index=both.index, name="weight")
    weights.iloc[both.treated] = (taken.found > 0).astype(float)
    weights.iloc[both.pool[both.line.order]] = taken.share
    labels = both.index[both.treated], both.index[both.pool][both.line.order]
    used, is_treated = weights > 0, both.is_treated
    return Match(
        weights=weights,
        n_treatment=int((used & is_treated).sum()),
        n_comparison=int((used & ~is_treated).sum()),
        n_unmatched=int((~used & is_treated).sum()),
        effective_comparison=effective_size(weights[~is_treated]),
        width=width,
        n_tied=int(taken.tied.sum()),
        sets=_sets(taken, *labels),
    )


def _sets(taken: Chosen, treated: pd.Index, pool: pd.Index) -> pd.DataFrame | None:
    """Lay out who was taken for whom; `pool` has the labels in the line's order."""
    if taken.taken is None:
        return None
    found = taken.found[taken.found > 0]
    numbers = np.arange(1, len(found) + 1)
    each = np.repeat(numbers, found)
    sets = pd.DataFrame(
        {
            "set": np.concatenate([numbers, each]),
            "person": treated[taken.found > 0].append(pool[taken.taken]),
            "weight": np.concatenate([np.ones(len(found)), 1 / found[each - 1]]),
        }
    )
    return sets.sort_values("set", kind="stable", ignore_index=True)


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
    both = sides(score, treatment, distance, exact, logit=logit)
    line, stratum, q = both.line, both.seeking.stratum, both.seeking.q
    first, last = line.ends(stratum)
    inside = (line.past(stratum, q) > first) & (line.first(stratum, q) < last)
    cut = score.astype(float)
    cut.iloc[both.treated[~inside]] = np.nan
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
    both = sides(score, treatment, distance, exact, logit=logit)
    stratum, q = both.seeking.stratum, both.seeking.q
    start, stop = both.line.within(stratum, q, int(whole(width)))
    counted = pd.Series(0, index=score.index, name="peers")
    counted.iloc[both.treated] = stop - start
    return counted[both.is_treated]
