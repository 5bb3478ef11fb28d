"""How small a fall in reoffending an analysis could find, before anybody is sent.

Method, section 6 ("Power"). Rates are proportions; a reduction is a difference of two
of them.
"""

import math
from dataclasses import dataclass, replace
from decimal import Decimal

from helpers.request.limits import DETECTABLE, EVENTS
from helpers.request.records import Eligibility

#: with fewer people left an analysis is not made, unless a request asks for it
LEAST: int = Eligibility.model_fields["minimum_people"].default


@dataclass(frozen=True)
class Plan:
    """An analysis that is thought of: how many are sent, and what is expected of them.

    `base_rate` is the share who would reoffend without the programme, `share` that of
    the people sent who are analysed in the end, and `ratio` how many people of the
    comparison group there are for each of them. Decimals keep what was typed: the whole
    part of 300 times 0.29 is 87.
    """

    people: int
    base_rate: Decimal
    share: Decimal = Decimal(1)
    ratio: Decimal = Decimal(10)

    @property
    def analysed(self) -> int:
        """How many of the people sent are analysed."""
        return int(self.people * self.share)

    @property
    def enough(self) -> bool:
        """Whether an analysis of so many is made at all."""
        return self.analysed >= LEAST

    @property
    def reduction(self) -> float | None:
        """The smallest fall that would be found four times in five.

        None where even a fall to nothing would be missed as often as that allows, or
        so few are analysed that no analysis is made.
        """
        if not self.enough:
            return None
        return smallest_reduction(
            self.analysed, float(self.base_rate), float(self.ratio)
        )

    @property
    def tested(self) -> bool:
        """Whether a rate that fell so far would be tested: enough people have it."""
        if self.reduction is None:
            return False
        needed = _people_for_test(self, float(self.base_rate) - self.reduction)
        return self.analysed >= needed

    def of(self, people: int) -> "Plan":
        """Give the same plan for another number of people sent."""
        return replace(self, people=people)


def smallest_reduction(treated: int, base_rate: float, ratio: float) -> float | None:
    """Give the smallest reduction of a rate that is found four times in five.

    It solves d = k√(pₜ(1 − pₜ)/n + p₀(1 − p₀)/n_c), where pₜ = p₀ − d and n_c is ratio
    times n: squared, a quadratic of one positive root. None where that is above the
    base rate: then even a fall to zero is not found as often.
    """
    per_person = DETECTABLE**2 / treated
    square = 1 + per_person
    linear = per_person * (2 * base_rate - 1)
    constant = per_person * base_rate * (1 - base_rate) * (1 + 1 / ratio)
    root = (linear + math.sqrt(linear**2 + 4 * square * constant)) / (2 * square)
    return root if root <= base_rate else None


def people_to_find(plan: Plan, reduction: float) -> int | None:
    """Give how many people have to be sent for a reduction to be found.

    Enough that an analysis is made, that it is found four times in five, and that it
    is tested: in each group as many people reoffend as a test needs. None where the
    rate cannot fall so far.
    """
    before = float(plan.base_rate)
    after = before - reduction
    if after <= 0:
        return None
    variance = after * (1 - after) + before * (1 - before) / float(plan.ratio)
    analysed = DETECTABLE**2 * variance / reduction**2
    analysed = max(math.ceil(analysed - 1e-9), _people_for_test(plan, after), LEAST)
    return math.ceil(analysed / plan.share)


def _people_for_test(plan: Plan, after: float) -> float:
    """Give how many analysed people a test needs: with ten of each kind, infinity."""
    before, ratio = float(plan.base_rate), float(plan.ratio)
    rarest = min(after, 1 - after, ratio * before, ratio * (1 - before))
    return math.ceil(EVENTS / rarest - 1e-9) if rarest > 0 else math.inf
