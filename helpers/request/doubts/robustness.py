"""What shows how far the result holds: other choices, and made-up programmes."""

from helpers.request.values import Number, Part, Whole, choice, key

#: the result under one choice after another
LADDER = "ladder"


class Robustness(Part):
    """What the result would be under other choices than the analyst's."""

    links: choice("as_accepted", LADDER) = key(
        "as_accepted; or ladder: the result also for people found by an id alone, and "
        "with the likeliest candidates of the review list taken in",
        "as_accepted",
        LADDER,
    )  # fmt: skip
    placebo_groups: Whole = key(
        "made-up programmes drawn from the pool, to see how often chance alone finds a "
        "difference; 0: none", 0, 200, ge=0, le=10_000,
    )  # fmt: skip
    smallest_effect: Number | None = key(
        "smallest difference that would matter, in points; whether the analysis would "
        "find it is told before outcomes are opened", None, 5, gt=0, le=100,
    )  # fmt: skip
