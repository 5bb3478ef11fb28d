"""What other ways of comparing are called: for a reader, and for a statistician."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Name:
    """The names of a way of comparing, and how it takes the pool."""

    plain: str
    statistical: str
    pairs: bool = False  # one person of the pool for each, so that sizes tell of each
    once: bool = False  # and none of them twice, so that each has the same weight
    by_unmatched: bool = False  # its size follows from how many are left unmatched


#: by variant, in the order in which they are told
NAMES = {
    "caliper_002": Name("The closest matches only", "Radius, narrowest"),
    "caliper_005": Name("Close matches", "Radius, narrow"),
    "caliper_01": Name("Looser matches", "Radius, wider"),
    "caliper_02": Name("The loosest matches", "Radius, widest"),
    "nearest_again": Name(
        "The one most similar person each, however far away",
        "Nearest, with replacement",
        pairs=True,
    ),
    "nearest_once": Name(
        "The one most similar person each, nobody twice",
        "Nearest, without replacement",
        pairs=True,
        once=True,
    ),
    "kernel": Name(
        "Everyone similar, the more similar the more they count",
        "Kernel (Epanechnikov)",
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
