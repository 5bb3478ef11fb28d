"""People on their way into the analysis, and how alike the groups are."""

from dataclasses import dataclass
from typing import Literal

from helpers.publication.facts.measure import Group
from helpers.publication.numbers import Number


@dataclass(frozen=True)
class Step:
    """A stage of the flow, or a loss between two: how many, and of those submitted."""

    label: str
    count: Number
    share: Number


@dataclass(frozen=True)
class Band:
    """A band of the propensity score, with the share of each group in it."""

    label: str
    treatment: Number
    comparison: Number

    def share(self, group: Group) -> Number:
        """Give the share of a group that lies in the band."""
        return {"treatment": self.treatment, "comparison": self.comparison}[group]


@dataclass(frozen=True)
class Bin:
    """A part of the scale of the score, with shares before and after matching."""

    label: str
    low: float
    high: float
    treatment_before: Number
    comparison_before: Number
    treatment_after: Number
    comparison_after: Number

    def share(self, group: Group, when: Literal["before", "after"]) -> Number:
        """Give the share of a group that lies in it."""
        return {
            ("treatment", "before"): self.treatment_before,
            ("comparison", "before"): self.comparison_before,
            ("treatment", "after"): self.treatment_after,
            ("comparison", "after"): self.comparison_after,
        }[group, when]


@dataclass(frozen=True)
class Balance:
    """How far the groups differ on a characteristic, before and after matching."""

    label: str
    before: Number
    after: Number

    def difference(self, when: Literal["before", "after"]) -> Number:
        """Give the difference before or after matching."""
        return {"before": self.before, "after": self.after}[when]
