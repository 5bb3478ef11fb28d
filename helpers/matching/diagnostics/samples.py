"""Covariates as columns of numbers, both groups before and after matching."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from helpers.matching.design import MISSING, is_categorical, levels, numbers


def columns(
    people: pd.DataFrame, covariates: Sequence[str]
) -> Iterator[tuple[str, str, np.ndarray]]:
    """Give variable, level and values of each row of a balance table, in its order."""
    for name in covariates:
        if is_categorical(people[name]):
            codes, named = levels(people[name])
            for code, level in enumerate(named):
                yield name, level, (codes == code).astype(float)
            continue
        value = numbers(people[name])
        yield name, "", value
        lost = np.isnan(value)
        if lost.any():
            yield name, MISSING, lost.astype(float)


def binary(value: np.ndarray) -> bool:
    """Tell whether nothing but 0 and 1 is known."""
    known = value[~np.isnan(value)]
    return bool(((known == 0) | (known == 1)).all())


@dataclass(frozen=True, eq=False)
class Side:
    """One group's values that are known, and their weights, those above 0."""

    value: np.ndarray
    weight: np.ndarray

    @cached_property
    def total(self) -> float:
        """Sum of the weights."""
        return float(self.weight.sum())

    @cached_property
    def mean(self) -> float:
        """Weighted mean."""
        return float(self.weight @ self.value / self.total) if self.total else math.nan

    @cached_property
    def squares(self) -> float:
        """Weighted sum of squares about the mean."""
        squares = float(self.weight @ (self.value - self.mean) ** 2)
        # rounding leaves a trace of a group in which nobody differs
        return squares if squares > 1e-26 * (self.weight @ self.value**2) else 0.0

    @cached_property
    def variance(self) -> float:
        """Variance as R's cov.wt has it, which for equal weights is that by n − 1."""
        share = self.weight / self.total if self.total else self.weight
        return ratio(self.squares / max(self.total, 1e-300), 1 - share @ share)

    @cached_property
    def variance_of_counts(self) -> float:
        """Variance with weights as numbers of people, as Stata's iweights are."""
        return ratio(self.squares, self.total - 1)


def ratio(part: float, whole: float) -> float:
    """Give a quotient, NaN where there is nothing to divide by."""
    return float(part / whole) if whole > 0 else math.nan


class Sample(NamedTuple):
    """Both groups, before matching or after."""

    treated: Side
    control: Side

    @property
    def difference(self) -> float:
        """Mean of the treated less mean of the comparison people."""
        return self.treated.mean - self.control.mean

    @property
    def variance_ratio(self) -> float:
        """Variance of the treated over that of the comparison people."""
        return ratio(self.treated.variance, self.control.variance)


def _split(
    value: np.ndarray, treated: np.ndarray, weight: np.ndarray
) -> tuple[Sample, Sample]:
    """Give the people of a column before matching and after."""
    known = ~np.isnan(value)
    return tuple(
        Sample(*(Side(value[who], w[who]) for who in (used & treated, used & ~treated)))
        for w in (np.ones(len(value)), weight)
        for used in [known & (w > 0)]
    )


def gaps(sample: Sample, places: np.ndarray) -> np.ndarray:
    """Give the distance of the groups' cumulative shares at each of some values."""
    shares = []
    for side in sample:
        order = np.argsort(side.value)
        sums = np.append(0.0, np.cumsum(side.weight[order]))
        past = np.searchsorted(side.value[order], places, side="right")
        shares.append(sums[past] / max(sums[-1], 1e-300))
    return np.abs(shares[0] - shares[1])


def standardised(difference: float, variance: float) -> float:
    """Give a difference in standard deviations, NaN where there is no variance."""
    return difference / math.sqrt(variance) if variance > 0 else math.nan


def rows(
    people: pd.DataFrame,
    treatment: pd.Series,
    weights: pd.Series,
    covariates: Sequence[str],
) -> Iterator[tuple[str, str, np.ndarray, tuple[Sample, Sample]]]:
    """Give each row of a balance table with its values, and the people of each sample.

    Parameters are those of `helpers.matching.balance.table`.
    """
    treated = (treatment.reindex(people.index) == 1).to_numpy()
    weight = weights.reindex(people.index).to_numpy(dtype=float)
    for variable, level, value in columns(people, covariates):
        yield variable, level, value, _split(value, treated, weight)
