"""A measure of an analysis, and a moment of its curves."""

from dataclasses import dataclass
from typing import Literal, Protocol

from helpers.publication import labels
from helpers.publication.numbers import Number

Group = Literal["treatment", "comparison"]


class Tested(Protocol):
    """A difference with its interval and its test; a verdict needs no more."""

    difference: Number
    ci_low: Number
    ci_high: Number
    p_value: Number


@dataclass(frozen=True)
class Measure:
    """A measure of an analysis: its own words, and its numbers.

    The label of a rate is what people did ("reoffended", "returned to prison"), that
    of a frequency what is counted ("proven reoffences"), that of a time what was
    measured ("time to the first proven reoffence").
    """

    outcome: str
    kind: Literal["rate", "frequency", "days", "amount"]
    label: str
    definition: str
    title: str
    value_treatment: Number
    value_comparison: Number
    difference: Number
    ci_low: Number
    ci_high: Number
    p_value: Number
    ci_treatment_low: Number | None = None
    ci_treatment_high: Number | None = None
    ci_comparison_low: Number | None = None
    ci_comparison_high: Number | None = None
    few: str = ""  # what too few people did for a test
    of_some: bool = False  # it is about some people only
    event: str = ""  # what those did whom it is about, where it is about some only
    called: str = ""  # what tells it from a measure of the same label
    own_label: bool = True  # the request gave the label
    own: bool = False  # it is no standard measure, but a column of the request's own
    main_point: bool = True
    question: str = ""  # what it answers among the main points
    topic: str = ""  # what a headline calls it that has said who reoffended
    reason: str = ""  # why it is not shown
    unit: str = ""  # what an amount is counted in

    @property
    def name(self) -> str:
        """Its label, with its definition where another measure has the same label."""
        return self.called or self.label

    @property
    def _whose(self) -> str:
        """What those did whom it is about, by the standard words where it has them."""
        return self.event or ("" if self.own_label else "reoffended")

    def among(self, noun: str) -> str:
        """Say whom it is about, where it is about some people only."""
        return labels.among(noun, self._whose)

    def every_100(self, noun: str) -> str:
        """Say of whom it is so many: "every 100 people"."""
        return labels.every_100(noun, self._whose, of_some=self.of_some)

    def not_matched(self, noun: str) -> str:
        """Say that those whom it is about were not matched; empty for everyone."""
        return labels.not_matched(noun, self._whose) if self.of_some else ""

    def value(self, group: Group) -> Number:
        """Give the value of a group."""
        return {
            "treatment": self.value_treatment,
            "comparison": self.value_comparison,
        }[group]

    @property
    def values(self) -> tuple[Number, Number]:
        """The values of both groups."""
        return self.value_treatment, self.value_comparison

    def limits(self, group: Group) -> list[Number]:
        """Give the ends of a group's own interval; none where there is none."""
        ends = {
            "treatment": (self.ci_treatment_low, self.ci_treatment_high),
            "comparison": (self.ci_comparison_low, self.ci_comparison_high),
        }[group]
        return [end for end in ends if end is not None]


@dataclass(frozen=True)
class Moment:
    """How many of each group reoffended by a day, and at a quarter how they differ."""

    day: Number
    share_treatment: Number
    share_comparison: Number
    low_treatment: Number
    high_treatment: Number
    low_comparison: Number
    high_comparison: Number
    at_risk_treatment: Number | None = None
    at_risk_comparison: Number | None = None
    difference: Number | None = None
    ci_low: Number | None = None
    ci_high: Number | None = None
    tested: Number | None = None  # yes where enough reoffended to tell groups apart

    def share(self, group: Group) -> Number:
        """Give the share of a group that reoffended by then."""
        return {
            "treatment": self.share_treatment,
            "comparison": self.share_comparison,
        }[group]

    def limits(self, group: Group) -> tuple[Number, Number]:
        """Give the ends of the interval of that share."""
        return {
            "treatment": (self.low_treatment, self.high_treatment),
            "comparison": (self.low_comparison, self.high_comparison),
        }[group]

    def at_risk(self, group: Group) -> Number | None:
        """Give how many of a group had not reoffended by a quarter; else None."""
        return {
            "treatment": self.at_risk_treatment,
            "comparison": self.at_risk_comparison,
        }[group]
