"""Covariates as numbers: the levels of a category, a number with its missing values."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from helpers.intake.cohort.kinds import in_order

MISSING = "missing"


@dataclass(frozen=True, eq=False)
class Covariate:
    """One covariate as numbers, one a person, read once.

    `values` are floats with NaN where they are missing; of a category they are places
    in `of`, all values that it takes, -1 where one is missing.
    """

    name: str
    values: np.ndarray
    of: list | None = None
    ranked: list | None = None

    @property
    def categorical(self) -> bool:
        """Tell whether this is a category; else it is a number."""
        return self.of is not None

    def only(self, keep: np.ndarray) -> "Covariate":
        """Give the covariate of the people who are kept."""
        return self if keep.all() else replace(self, values=self.values[keep])

    def levels(self) -> tuple[np.ndarray, list[str]]:
        """Give a category as codes and its levels in order, as `levels` gives them."""
        counts = np.bincount(self.values + 1, minlength=len(self.of) + 1)
        there = np.flatnonzero(counts[1:]).tolist()
        order = [there[i] for i in _order([self.of[i] for i in there], self.ranked)]
        names = [name for i in order if (name := str(self.of[i])) != MISSING]
        order = [i for i in order if str(self.of[i]) != MISSING]
        # the last place is for code -1, missing
        place = np.full(len(self.of) + 1, len(order), dtype=np.int32)
        place[order] = np.arange(len(order))
        lost = counts.sum() > counts[[i + 1 for i in order]].sum()
        return place[self.values], [*names, MISSING] if lost else names


def read(column: pd.Series) -> Covariate:
    """Read a covariate from its column."""
    name = str(column.name)
    if not is_categorical(column):
        return Covariate(name, numbers(column))
    codes, values = pd.factorize(column)
    dtype: Any = column.dtype
    ordered = isinstance(dtype, pd.CategoricalDtype) and dtype.ordered
    ranked = list(dtype.categories) if ordered else None
    return Covariate(name, codes, list(values), ranked)


def is_categorical(column: pd.Series) -> bool:
    """Tell whether a covariate is text or a category; all others count as numbers."""
    return not pd.api.types.is_numeric_dtype(column.dtype)


def numbers(column: pd.Series) -> np.ndarray:
    """Give a numeric covariate as floats, missing values as NaN."""
    return column.to_numpy(dtype=float, na_value=np.nan)


def levels(column: pd.Series) -> tuple[np.ndarray, list[str]]:
    """Give a category as codes and its levels in order, `missing` last.

    Only levels that occur are given. An ordered category keeps its order, others stand
    as a person would list them. The text "missing" is the same level as a missing
    value.
    """
    return read(column).levels()


def _order(values: list, ranked: list | None) -> list[int]:
    if ranked is not None:
        key = {value: i for i, value in enumerate(ranked)}
        return sorted(range(len(values)), key=lambda i: key[values[i]])
    if all(isinstance(value, str) for value in values):
        place = {value: i for i, value in enumerate(in_order(values))}
        return sorted(range(len(values)), key=lambda i: place[values[i]])
    try:
        return sorted(range(len(values)), key=values.__getitem__)
    except TypeError:  # levels of several types have no order but that of their text
        return sorted(range(len(values)), key=lambda i: str(values[i]))
