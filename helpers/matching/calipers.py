"""Which caliper: the first that does not balance poorly, and a bench of many."""

import math
from collections.abc import Iterable, Sequence

import pandas as pd

from helpers.errors import DataError
from helpers.matching.balance import quality, table
from helpers.matching.weights import Match


def first_not_poor(
    people: pd.DataFrame,
    treatment: pd.Series,
    covariates: Sequence[str],
    matches: Iterable[Match],
) -> Match:
    """Take the first match that is not poorly balanced, or the first if all are.

    `matches` may be a generator: no more are made than are looked at.
    """
    first = None
    for match in matches:
        first = first or match
        balance = table(people, treatment, match.weights, covariates, ks=False)
        if quality(balance) != "poorly":
            return match
    if first is None:
        raise ValueError("matches: there is none to choose from")
    if not first.n_treatment:
        raise DataError(_nobody(treatment, first))
    return first


def _nobody(treatment: pd.Series, match: Match) -> str:
    treated = int((treatment == 1).sum())
    within = "" if math.isinf(match.width) else f" within {match.width:.4g}"
    return (
        f"matching: nobody is left with a peer: none of {treated:,} people in the "
        f"treatment group has one of {len(treatment) - treated:,} in the pool{within}; "
        "widen the caliper or bandwidth, take out exact keys or common_support, or "
        "name fewer covariates"
    )
