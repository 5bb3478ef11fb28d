"""Where the propensity scores of both groups overlap: for the report, the analyst."""

import math

import numpy as np
import pandas as pd

from helpers.matching.distances import resolve_caliper
from helpers.matching.groups import Group
from helpers.matching.matching import peers
from helpers.matching.propensity import Model
from helpers.matching.weights import Match
from helpers.request.limits import PEERS
from helpers.request.matching import WIDTHS, Matching

STEPS = (0.01, 0.02, 0.05)  # of the bands, before small ones are merged
ROWS = 20  # no more bands than these, where the steps allow
LEAST = 200  # a band holds at least one in so many of a group: less is printed as 0%


def bands(score: pd.Series, treatment: pd.Series, least: int) -> pd.DataFrame:
    """Give both groups by band of the score: start, end, treatment, comparison.

    Bands are merged with the next until each holds at least `least` people of each
    group; with 0, until it holds enough of one group to be printed as 1%.
    """
    # a quantile, so that no band's width comes from one person
    spread = score.quantile(0.99) - score.quantile(0.01)
    step = next((s for s in STEPS if spread <= ROWS * s), STEPS[-1])
    edges = np.round(np.arange(0, 1 + step / 2, step), 2)
    place = pd.cut(score, edges, labels=False, include_lowest=True)
    groups = {
        name: np.bincount(place[treatment == value], minlength=len(edges) - 1)
        for name, value in (("treatment", 1), ("comparison", 0))
    }
    need = {n: max(least, counts.sum() / LEAST) for n, counts in groups.items()}
    enough = all if least else any
    found, held, start = [], dict.fromkeys(groups, 0), 0.0
    for number, end in enumerate(edges[1:]):
        held = {name: held[name] + groups[name][number] for name in groups}
        if enough(held[name] >= need[name] for name in groups):
            found.append({"start": start, "end": end, **held})
            held, start = dict.fromkeys(groups, 0), end
    return _last(pd.DataFrame(found), held)


def _last(table: pd.DataFrame, left: dict[str, int]) -> pd.DataFrame:
    """Add those who are left above the last band to it."""
    if len(table):
        last = table.index[-1]
        for name, count in left.items():
            table.loc[last, name] += count
        table.loc[last, "end"] = 1.0
    return table


def share_near(group: Group, model: Model, match: Match, settings: Matching) -> float:
    """Give the share of the treated with at least ten of the pool inside the caliper.

    Of all the treated of an analysis, those without a score too, and within strata of
    exact keys. Where a match has no caliper, inside the first that radius would try.
    """
    score, logit, distance = model.score, model.logit, settings.distance
    width = match.width
    if math.isinf(width):
        first = {"sd": WIDTHS[0], "of": "pooled"}
        width = resolve_caliper(score, group.treatment, distance, first, logit=logit)
    counted = peers(score, group.treatment, width, distance, group.exact, logit=logit)
    return float((counted >= PEERS).sum() / group.n_treatment)
