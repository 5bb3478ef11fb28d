"""The rules of disclosure control as data: profiles, precisions, what is never shown.

A number about people is rounded once, when it is registered, to the precision that it
is printed with; what is decided, drawn and published afterwards is made from that.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from helpers.publication.numbers import p_decimals
from helpers.request.disclosure import ROUND_TO, ROUNDED


@dataclass(frozen=True)
class Profile:
    """Which counts of people are unsafe, and what counts are rounded to.

    A count from `lowest` to `threshold` - 1 is unsafe, and so is the rest of its group.
    """

    lowest: int
    threshold: int
    round_to: int = 1

    def unsafe(self, count: int) -> bool:
        """Tell whether a count of people is too small to be shown."""
        return self.lowest <= count < self.threshold


def profile(name: str, threshold: int) -> Profile | None:
    """Give the rule of a profile; None for `none`, by which nothing is hidden.

    `rounded` hides counts up to seven and rounds the others to five, with all that
    follows from them (OpenSAFELY's rule); its threshold is its own.
    """
    return {
        "default": Profile(0, threshold),
        "ministry": Profile(1, threshold),
        "rounded": Profile(0, ROUNDED, ROUND_TO),
        "none": None,
    }[name]


#: dominance in a total (SACRO's defaults): the largest two people may not make up more
#: than this share of it, and all others must make up this share of the largest at least
LARGEST_TWO, OTHERS_TO_LARGEST = 0.9, 0.1
#: degrees of freedom that a model or a test must leave
DEGREES_OF_FREEDOM = 10
#: values that a hidden number must leave to one who knows the rule
LEAST_VALUES = 3
#: steps in per cent that a treated share before matching is coarsened to, in turn
STEPS = (1, 2, 5, 10)

#: what a p that is printed as below 0.01 is registered as
P_BELOW = 0.004


def to_step(count: float, step: int) -> int:
    """Round a count to the nearest step, halves up."""
    return step * math.floor(count / step + 0.5)


def to_decimals(value: float, decimals: int) -> float:
    """Round as in print: halves away from zero, and no negative zero."""
    unit = Decimal(1).scaleb(-decimals)
    return float(Decimal(repr(float(value))).quantize(unit, ROUND_HALF_UP)) + 0.0


def _limit(value: float, decimals: int = 0) -> float:
    # a limit that rounds to zero keeps one decimal more (method, section 9)
    return to_decimals(value, decimals) or to_decimals(value, decimals + 1)


def _effective(value: float) -> float:
    # two significant figures below 100, else three
    return _figures(value, 2 if abs(value) < 100 else 3)


def _figures(value: float, figures: int) -> float:
    if not value:
        return 0.0
    return to_decimals(value, figures - 1 - math.floor(math.log10(abs(value))))


def _p(value: float) -> float:
    # as printed: below 0.01, or with the decimals that tell its side of 0.05
    return P_BELOW if value < 0.005 else to_decimals(value, p_decimals(value))


FIRST_FIGURE = "first figure"

#: how a number about people is rounded when it is registered, by the name that its cell
#: bears; counts, settings and texts are as they are
PRECISIONS: dict[str, Callable[[float], float]] = {
    "exact": lambda value: value,
    "whole": lambda value: to_decimals(value, 0),
    "tenth": lambda value: to_decimals(value, 1),
    "hundredth": lambda value: to_decimals(value, 2),
    "thousandth": lambda value: to_decimals(value, 3),
    "limit": _limit,
    "limit in tenths": lambda value: _limit(value, 1),
    "limit in hundredths": lambda value: _limit(value, 2),
    # of a significant result whose limits would both be 0: its side is told by p
    FIRST_FIGURE: lambda value: _figures(value, 1),
    "effective size": _effective,
    "two figures": lambda value: _figures(value, 2),
    "p": _p,
}


#: the rules by which a number is withheld, each in a sentence for whoever reviews a
#: report; a decision names them, and none tells which of its sides a number is on
RULES: dict[str, str] = {
    "few people": "It is about fewer people than may be shown.",
    "complement": "It would tell that all but a few of a group are counted.",
    "group too small": "It is about a group of fewer people than may be shown.",
    "needs": "It follows from a number that is withheld, which it would give away.",
    "sum": "With the other parts of a sum it would tell one that is withheld.",
    "same people": "A group of the same people is withheld elsewhere.",
    "nested": "It would tell a group that lies within this one, or around it.",
    "unmatched": "It would tell about the few people who were left unmatched.",
    "apart": "It would tell about the few people by whom another analysis differs.",
    "edition": "It would tell about the few people by whom an earlier release differs.",
    "known for": "It would tell of how few people a measure is not known, or is known.",
    "dominance": "One or two people make up most of it.",
    "degrees of freedom": "The model or test behind it leaves too few degrees of "
    "freedom.",
    "extreme": "It is the smallest or largest value of a group, which is one person's.",
}
