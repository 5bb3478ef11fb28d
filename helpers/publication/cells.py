"""Numbers that could be published, and which counts add up."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["count", "rate", "mean", "derived", "setting", "public"]

#: numbers of the request, the method or the catalogue: never withheld
EXEMPT = ("setting", "public")

DIGITS = 10


def rounded(value: float) -> float:
    """Round to 10 significant digits, so that one number has one spelling."""
    if value == 0 or not math.isfinite(value):
        return value + 0.0
    return float(f"{value:.{DIGITS - 1}e}")


@dataclass(frozen=True)
class Cell:
    """A number that could be published.

    `numerator` and `denominator` are unweighted counts of people. Rates, their
    differences and standardised mean differences are in per cent, times in days.
    A `derived` number is withheld when anything in `needs` is. A `value` of None
    means that there is no such number (not applicable), and is shown as `[z]`.
    """

    ref: str
    value: float | str | None
    kind: Kind
    numerator: int | None = None
    denominator: int | None = None
    needs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        value = self.value
        if value is not None and not isinstance(value, str):
            number = float(value)
            number = rounded(number) if math.isfinite(number) else None
            object.__setattr__(self, "value", number)
        for name in ("numerator", "denominator"):
            count = getattr(self, name)
            if count is not None:
                object.__setattr__(self, name, int(count))
        object.__setattr__(self, "needs", tuple(self.needs))


@dataclass(frozen=True)
class Sum:
    """Counts that add up: the parts make the total."""

    total: str
    parts: tuple[str, ...]


def by_ref(cells: Iterable[Cell]) -> dict[str, Cell]:
    """Cells by their ref; the same ref twice must be the same cell."""
    found: dict[str, Cell] = {}
    for cell in cells:
        if found.setdefault(cell.ref, cell) != cell:
            raise ValueError(f"cell {cell.ref} is registered twice with other content")
    return found
