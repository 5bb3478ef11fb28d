"""What stands in a table beside its numbers."""

from dataclasses import dataclass
from typing import Any

from helpers.publication.facts.measure import Measure
from helpers.publication.numbers import Number


@dataclass(frozen=True)
class Interval:
    """A 95% interval in a cell of a table, and the words for less and for more."""

    low: Number
    high: Number
    less: str
    more: str


@dataclass(frozen=True)
class Finding:
    """What an analysis came to in a measure; or why it came to nothing."""

    measure: Measure
    reason: str = ""


@dataclass(frozen=True)
class Kept:
    """How many people another way of comparing keeps, told in steps."""

    people: Number
    headline: Number  # people in the headline, above which nothing is told

    @property
    def shown(self) -> bool:
        """Whether it is told at all."""
        return self.people.state == "shown" and self.people.value is not None

    @property
    def or_more(self) -> bool:
        """Whether it keeps about as many as the headline, or more."""
        return self.shown and self.people.value == self.headline.value


@dataclass(frozen=True)
class Printed:
    """Both values of a row and their difference, as printed, and whose row it is."""

    row: str
    treatment: Number
    comparison: Number
    difference: Number


@dataclass(frozen=True)
class Sources:
    """Where a published result was read: addresses, or words where it has none."""

    read_at: list[str]


#: between the names of an analysis and of a measure, which name a row together: a
#: space that no text of a request holds, so that each is told from the other
AND = ",\u00a0"


@dataclass(frozen=True)
class Note:
    """What is said beneath a table of some of its rows; of nobody nothing is said."""

    text: str
    about: list[Any]  # words; or values as printed, where they do not add up
    named: bool  # whether its rows need to be named


@dataclass(frozen=True)
class Varies:
    """How many times its mean the variance of a count is, for each row of a table."""

    what: str
    rows: list[dict[str, Any]]  # row, and times


@dataclass(frozen=True)
class Size:
    """A number of people who are sent, and the smallest fall that they would find."""

    people: Number
    analysed: Number
    reduction: Number  # in points
    after: Number  # the rate after it, in every 100
    tested: bool  # enough of them would have the outcome, and not have it
