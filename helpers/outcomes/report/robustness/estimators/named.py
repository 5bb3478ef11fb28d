"""What other ways of comparing are called: for a reader, and for a statistician."""

from dataclasses import dataclass

from helpers.outcomes.robustness.estimators.rematched import VARIANTS
from helpers.request.matching import BANDWIDTH


@dataclass(frozen=True)
class Name:
    """The names of a way of comparing, and how it takes the pool."""

    plain: str
    statistical: str
    pairs: bool = False  # one person of the pool for each, so that sizes tell of each
    once: bool = False  # and none of them twice, so that each has the same weight
    by_unmatched: bool = False  # its size follows from how many are left unmatched


def _caliper(variant: str) -> str:
    """Give the caliper of a variant as a statistician names it."""
    return f"caliper {VARIANTS[variant][0].sd:g} SD"


#: by variant, in the order in which they are told
NAMES = {
    "caliper_002": Name(
        "The closest matches only", f"Radius, {_caliper('caliper_002')}"
    ),
    "caliper_005": Name("Close matches", f"Radius, {_caliper('caliper_005')}"),
    "caliper_01": Name("Looser matches", f"Radius, {_caliper('caliper_01')}"),
    "caliper_02": Name("The loosest matches", f"Radius, {_caliper('caliper_02')}"),
    "nearest_again": Name(
        "The one most similar person each, however far away",
        "Nearest with replacement, no caliper",
        pairs=True,
    ),
    "nearest_once": Name(
        "The one most similar person each, nobody twice",
        f"Nearest without replacement, {_caliper('nearest_once')}",
        pairs=True,
        once=True,
    ),
    "kernel": Name(
        "Everyone similar, the more similar the more they count",
        f"Kernel (Epanechnikov), bandwidth {BANDWIDTH}",
    ),
    "entropy_balancing": Name(
        "Everyone in the pool, weighted until the averages agree",
        "Entropy balancing",
    ),
    "ipw": Name(
        "Everyone in the pool, weighted by how likely each was to take part",
        "Inverse probability weights (IPW)",
    ),
    "aipw": Name(
        "The same weights, and each person’s outcome predicted",
        "Augmented IPW",
    ),
    "regression": Name(
        "Each person’s outcome predicted from the pool",
        "Regression on the pool",
    ),
    "trimmed": Name(
        "Without those who are hardest to match",
        "The headline, trimmed",
        by_unmatched=True,
    ),
}
