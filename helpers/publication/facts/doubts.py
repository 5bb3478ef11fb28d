"""The finding by other ways, among made-up programmes, and beside something hidden."""

from dataclasses import dataclass

from helpers.publication.facts.in_tables import Kept
from helpers.publication.numbers import Number


@dataclass(frozen=True)
class Rung:
    """An estimate of a ladder: the finding on some people, with some known of them."""

    label: str
    people: Number  # in the programme
    difference: Number
    ci_low: Number
    ci_high: Number
    moved: Number | str  # from the difference above it; empty for the first
    main: bool = False  # it is the headline's


@dataclass(frozen=True)
class Way:
    """An estimate by another way of comparing, or the headline's own."""

    variant: str
    label: str
    statistical: str  # what a statistician calls it
    people: Number  # of the programme
    headline: Number  # people of the programme in the headline
    difference: Number
    ci_low: Number
    ci_high: Number
    quality: Number | None = None
    main: bool = False  # it is the headline's
    exact: bool = False  # its people are told exactly
    why: str = ""  # there is no estimate
    heed: str = ""  # what a reader must know of its weights

    @property
    def shown(self) -> bool:
        """Whether its difference and interval are told."""
        numbers = (self.difference, self.ci_low, self.ci_high)
        return all(n.state == "shown" and n.value is not None for n in numbers)

    @property
    def poor(self) -> bool:
        """Whether its groups could not be made alike enough."""
        quality = self.quality
        return quality is not None and quality.state == "shown" and (
            quality.value == "poorly"
        )  # fmt: skip

    @property
    def side(self) -> str:
        """The side that its whole interval is on: lower, higher, or neither."""
        if self.ci_high.value < 0:
            return "lower"
        return "higher" if self.ci_low.value > 0 else ""

    @property
    def kept(self) -> Kept:
        """How many people it keeps, told in steps where they are not exact."""
        return Kept(self.people, self.headline)


@dataclass(frozen=True)
class Bar:
    """How many made-up programmes came to a difference, or as near to it as drawn."""

    at: Number
    programmes: Number
    larger: Number  # of them, those as large as the real result, or larger


@dataclass(frozen=True)
class Strength:
    """How unlike the groups were on something, and how it goes with the outcome."""

    variable: str
    label: str  # with its level, of a category
    imbalance: Number  # of those analysed from the pool, per cent of an SD
    association: Number  # of the outcome, for one standard deviation
