"""Published results, and counts of them."""

from dataclasses import dataclass, field
from typing import Literal

from helpers.publication.numbers import Number


@dataclass(frozen=True)
class Result:
    """A published result, or this study's own among them."""

    label: str
    organisation: str
    published: str
    interval: Literal["printed", "computed", "none", "own"]
    difference: Number
    ci_low: Number | None = None
    ci_high: Number | None = None
    p_value: Number | None = None
    n: Number | None = None
    value_treatment: Number | None = None
    value_comparison: Number | None = None
    finding: str = ""  # as published; this study's own follows from its numbers
    n_about: bool = False
    middle: bool = False  # the difference is the middle of the printed interval
    from_rates: bool = False  # it is the printed numbers of both groups subtracted
    types: dict[str, str] = field(default_factory=dict)

    @property
    def own(self) -> bool:
        """Whether it is this study's."""
        return not self.finding

    @property
    def has_interval(self) -> bool:
        """Whether an interval is known of it."""
        return self.interval != "none"


@dataclass(frozen=True)
class Taken:
    """A row of results taken together, with its 95% interval.

    A published result, this study's own, the mean of several, or what a new programme
    would come to.
    """

    what: Literal["result", "study", "mean", "new"]
    label: str
    ci_low: Number
    ci_high: Number
    beneath: str = ""  # of a result: whose it is, and when it was published
    mean: Number | None = None
    count: Number | None = None  # of a mean: of how many results


@dataclass(frozen=True)
class Added:
    """The mean of published results with this study's own, and how it is called."""

    label: str
    mean: Taken


@dataclass(frozen=True)
class Counted:
    """The results of a type of programme or organisation, counted by finding."""

    counts: dict[str, Number]
    all: Number
    n_known: Number
    n_low: Number
    n_high: Number
    with_difference: Number | None = None  # on the measure that counts are of
    n_low_about: bool = False
    n_high_about: bool = False
    label: str = ""
    studies: list[Result] = field(default_factory=list)


@dataclass(frozen=True)
class CountedYear:
    """The results published in a year, counted by finding."""

    label: str
    counts: dict[str, Number]
    all: Number
