"""Numbers that could be published, and which counts add up."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

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

    `numerator` and `denominator` are unweighted counts of people, never rounded; the
    numerator of a count is the count. Rates, their
    differences and standardised mean differences are in per cent, times in days.
    A `derived` number is withheld when anything in `needs` is. A `value` of None
    means that there is no such number (not applicable), and is shown as `[z]`.
    `rounding` names the precision that a number about people is published with, of
    `disclosure.rules.PRECISIONS`; registering it rounds it (`publication.rounding`).
    `largest` tells of a total, or a mean, how much of it one or two people make up
    (`of_largest`), and `freedom` how many degrees of freedom a test leaves.
    """

    ref: str
    value: float | str | None
    kind: Kind
    numerator: int | None = None
    denominator: int | None = None
    needs: tuple[str, ...] = ()
    method: str = ""
    rounding: str = "exact"
    largest: tuple[float, float] | None = None
    freedom: float | None = None

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
        counted = self.kind == "count" and isinstance(self.value, float)
        if counted and self.numerator is None:
            object.__setattr__(self, "numerator", int(self.value))
        object.__setattr__(self, "needs", tuple(self.needs))
        if self.largest is not None:
            object.__setattr__(self, "largest", tuple(map(float, self.largest)))

    @property
    def some(self) -> bool:
        """Whether it counts anybody, however it is rounded; of a setting, its value."""
        return bool(self.numerator if self.kind == "count" else self.value)


@dataclass(frozen=True)
class Sum:
    """Counts that add up: the parts make the total."""

    total: str
    parts: tuple[str, ...]


def of_largest(amounts: npt.ArrayLike) -> tuple[float, float] | None:
    """Give the share of a total that its largest two people make up, whatever its sign,
    and all the others in parts of the largest; None where nobody has any.
    """
    sizes = np.sort(np.abs(np.asarray(amounts, dtype=float)))
    sizes = sizes[sizes > 0]
    if not len(sizes):
        return None
    two, others = float(sizes[-2:].sum()), float(sizes[:-2].sum())
    return two / (two + others), others / float(sizes[-1])


def by_ref(cells: Iterable[Cell]) -> dict[str, Cell]:
    """Give cells by their ref; the same ref twice must be the same cell."""
    found: dict[str, Cell] = {}
    for cell in cells:
        if found.setdefault(cell.ref, cell) != cell:
            raise ValueError(f"cell {cell.ref} is registered twice with other content")
    return found


# as a file of the run -----------------------------------------------------------

COLUMNS = [
    "ref", "value", "text", "kind", "numerator", "denominator", "needs", "method",
    "rounding", "largest", "freedom", "made_in",
]  # fmt: skip


def as_frame(cells: Iterable[Cell], made_in: Mapping[str, int | None]) -> pd.DataFrame:
    """Give cells as a table, with the execution count of the notebook cell of each."""
    rows = [
        asdict(cell)
        | {
            "value": None if isinstance(cell.value, str) else cell.value,
            "text": cell.value if isinstance(cell.value, str) else None,
            "needs": list(cell.needs),
            "largest": None if cell.largest is None else list(cell.largest),
            "made_in": made_in.get(cell.ref),
        }
        for cell in cells
    ]
    counts = dict.fromkeys(("numerator", "denominator", "made_in"), "Int64")
    numbers = dict.fromkeys(("value", "freedom"), "float64")
    return pd.DataFrame(rows, columns=COLUMNS).astype(numbers | counts)


def read_cells(path: Path) -> list[Cell]:
    """Give cells as a stage wrote them."""
    return [
        Cell(
            ref=row.ref,
            value=row.text if isinstance(row.text, str) else row.value,
            kind=row.kind,
            numerator=None if pd.isna(row.numerator) else row.numerator,
            denominator=None if pd.isna(row.denominator) else row.denominator,
            needs=tuple(row.needs),
            method=row.method,
            rounding=row.rounding,
            largest=None if row.largest is None else tuple(row.largest),
            freedom=None if pd.isna(row.freedom) else row.freedom,
        )
        for row in pd.read_parquet(path).itertuples(index=False)
    ]


def read_made_in(path: Path) -> dict[str, int]:
    """Give the execution count of the notebook cell that registered each number."""
    cells = pd.read_parquet(path, columns=["ref", "made_in"]).dropna()
    return dict(zip(cells["ref"], cells["made_in"].astype(int), strict=True))
