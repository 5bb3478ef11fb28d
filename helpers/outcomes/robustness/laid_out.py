"""The covariates of both groups as columns, laid out once for every method."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from helpers.matching.design import read
from helpers.matching.fitting.columns import Column, Columns, columns_of
from helpers.matching.groups import Group
from helpers.matching.propensity import Model


@dataclass(frozen=True, eq=False)
class LaidOut:
    """The columns of the propensity model, those of the pool and of the treated.

    Both have the same columns in the same order. They are centred at the treated
    people's means and divided by everybody's standard deviation, so that a mean of 0
    is that of the treatment group.
    """

    pool: Columns
    treated: Columns


def of(group: Group, model: Model) -> LaidOut:
    """Lay out the covariates of everybody with a score."""
    treated = (group.treatment == 1).to_numpy()
    of_pool: list[Column] = []
    of_treated: list[Column] = []
    for name in group.covariates:
        columns = columns_of(read(group.people[name]))
        columns = [column for column in columns if column.name in model.columns]
        own = _of_rows(columns, treated)
        centre = [_mean(column) for column in own]
        of_treated += _centred(own, centre)
        of_pool += _centred(_of_rows(columns, ~treated), centre)
    people = int(treated.sum())
    return LaidOut(Columns(of_pool, len(treated) - people), Columns(of_treated, people))


def _of_rows(columns: Sequence[Column], rows: np.ndarray) -> list[Column]:
    """Give the columns of some people; levels of one category share their codes."""
    values = {id(column.values): column.values for column in columns}
    values = {each: whole[rows] for each, whole in values.items()}
    return [replace(column, values=values[id(column.values)]) for column in columns]


def _centred(columns: Sequence[Column], centre: Sequence[float]) -> list[Column]:
    return [replace(c, centre=m) for c, m in zip(columns, centre, strict=True)]


def _mean(column: Column) -> float:
    values = column.values if column.level is None else column.values == column.level
    return float(values.mean())
