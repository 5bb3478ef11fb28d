"""The headline's matching without those who have fewest peers in the pool."""

import math
import warnings
from collections.abc import Iterator

import numpy as np

from helpers.matching import matching
from helpers.matching.distances import CaliperTooWide
from helpers.outcomes.robustness.check import Check
from helpers.outcomes.robustness.estimators import estimate
from helpers.outcomes.robustness.study import Study

SHARE = 0.05  # of the treated who are left out
TEXT = "Without the treated people who have fewest peers in the comparison pool."


def checks(study: Study) -> Iterator[Check]:
    """Match as the headline, without one in twenty of the treated.

    Left out are those with fewest pool people inside the caliper or bandwidth, by the
    headline's distance and within exact keys; ties by person_id, the lowest first. Who
    has nobody there is among them, so that they are those whom the match loses first.
    """
    yield estimate.attempted("trimmed", lambda: _check(study))


def _check(study: Study) -> Check:
    if math.isinf(study.width):
        return estimate.without("trimmed", "the headline is matched without a caliper")
    treatment, rules = study.group.treatment, dict(study.rules)
    leaving = math.floor(SHARE * int(study.treated.sum()))
    if not leaving:
        why = "too few people are treated for anyone to be left out"
        return estimate.without("trimmed", why)
    alike = {name: rules[name] for name in ("distance", "exact", "logit")}
    score = study.model.score
    # of a kernel those at the bandwidth itself count for nothing
    width = study.width - 1e-10 * (rules["method"] == "kernel")
    peers = matching.peers(score, treatment, width, **alike).sort_index()
    fewest = peers.index[np.argsort(peers.to_numpy(), kind="stable")[:leaving]]
    if study.settings.common_support == "range":
        score = matching.within_range(score, treatment, **alike)
    score = score.mask(score.index.isin(fewest))
    reach = {study.settings.reach: study.width}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CaliperTooWide)  # the request accepted it
        match = matching.match(score, treatment, **rules, **reach)
    return estimate.of_weights(study, "trimmed", match.weights, TEXT)
