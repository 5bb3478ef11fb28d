"""How far a rate moves, with its difference and intervals, where counts are rounded.

Profile `rounded` makes the rate of a group whose people count the same from rounded
counts: rounded numerator / rounded denominator. The difference of two rates is then
that of the rates so made, and its interval is shifted by as much, as is each group's
own. A weighted rate, a frequency, a time and an amount stay as they
are.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from helpers.publication import rounding
from helpers.publication.disclosure import rules
from helpers.publication.disclosure.rules import FIRST_FIGURE, PRECISIONS
from helpers.request import Outcome, Request
from helpers.request.limits import ALPHA

ENDS = ("ci_low", "ci_high")


@dataclass(frozen=True)
class Move:
    """How far the rate of each group moves, in per cent."""

    by_group: dict[str, float]

    @property
    def difference(self) -> float:
        """How far their difference moves, treatment minus comparison."""
        return self.by_group["treatment"] - self.by_group["comparison"]


def of(row: Any, outcome: Outcome, request: Request) -> Move:
    """Give how far the rates of an estimate move; not at all in other profiles."""
    settings = request.disclosure
    profile = rules.profile(settings.profile, settings.threshold)
    step = profile.round_to if profile else 1
    weighted = abs(row.n_comparison - row.effective_comparison) > 1e-6
    groups = {"treatment": True, "comparison": not weighted}
    if outcome.kind != "rate" or step == 1:
        return Move(dict.fromkeys(groups, 0.0))
    shares = {name: 100 * getattr(row, f"value_{name}") for name in groups}
    return Move(
        {
            name: rounding.shift(shares[name], getattr(row, f"n_{name}"), step)
            if alike
            else 0.0
            for name, alike in groups.items()
        }
    )


def told(
    values: Mapping[str, float], by: float, roundings: Mapping[str, str]
) -> tuple[dict[str, float], dict[str, str]]:
    """Give a difference and its limits as far as they move, and how each is rounded.

    `values` are difference, ci_low, ci_high and p_value, and are given back so. Where
    the limits of a significant difference would both be printed as 0, these and the
    difference keep their first figure: p has told their side.
    """
    moved = {
        "difference": values["difference"] + by,
        "ci_low": limit(values["ci_low"], by),
        "ci_high": limit(values["ci_high"], by),
    }
    sides = [PRECISIONS[roundings[end]](moved[end]) for end in ENDS
             if math.isfinite(moved[end])]  # fmt: skip
    if not values["p_value"] <= ALPHA or any(sides):
        return {**values, **moved}, dict(roundings)
    first = {name: PRECISIONS[FIRST_FIGURE](values[name]) for name in moved}
    return {**values, **first}, {**roundings, **dict.fromkeys(first, FIRST_FIGURE)}


def limit(value: float, by: float) -> float:
    """Move a limit of an interval, which stays on its side of zero: p has told it."""
    moved = value + by
    return 0.0 if value * moved < 0 else moved
