"""Covariates as numbers: levels of categories, filled columns, and who has no peer."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from helpers.intake.cohort.kinds import in_order

MISSING = "missing"


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
    codes, values = pd.factorize(column)
    names = [str(value) for value in values]
    order = [i for i in _order(column, list(values)) if names[i] != MISSING]
    lost = len(order)
    place = np.full(len(names) + 1, lost)  # the last place is for code -1, missing
    place[order] = np.arange(lost)
    codes = place[codes]
    ordered = [names[i] for i in order]
    return codes, ordered + [MISSING] if (codes == lost).any() else ordered


def _order(column: pd.Series, values: list) -> list[int]:
    if isinstance(column.dtype, pd.CategoricalDtype) and column.dtype.ordered:
        key = {value: i for i, value in enumerate(column.dtype.categories)}
        return sorted(range(len(values)), key=lambda i: key[values[i]])
    if all(isinstance(value, str) for value in values):
        place = {value: i for i, value in enumerate(in_order(values))}
        return sorted(range(len(values)), key=lambda i: place[values[i]])
    try:
        return sorted(range(len(values)), key=values.__getitem__)
    except TypeError:  # levels of several types have no order but that of their text
        return sorted(range(len(values)), key=lambda i: str(values[i]))


def _peers(column: pd.Series) -> tuple[np.ndarray, list[str]]:
    """Give the levels that must have people of both groups; -1 where there is none."""
    if is_categorical(column):
        return levels(column)
    value = numbers(column)
    known = ~np.isnan(value)
    binary = known.any() and np.isin(value[known], (0, 1)).all()
    codes = np.where(known, value, 2).astype(int) if binary else np.where(known, -1, 2)
    return codes, ["0", "1", MISSING]


def set_aside(
    people: pd.DataFrame, treated: np.ndarray, covariates: Sequence[str]
) -> tuple[np.ndarray, pd.DataFrame]:
    """Leave out people at a level that nobody, or everybody, of the treated has.

    Parameters
    ----------
    people
        Covariates, one row a person.
    treated
        Boolean, in the order of `people`.
    covariates
        Their levels, 0/1 values and missing values are looked at in this order.

    Returns
    -------
    tuple
        Which rows remain, and the reasons: variable, level, why, n_treatment, n_pool.
        A person is counted at the first reason found; repeated until none is left.
    """
    keep = np.ones(len(people), dtype=bool)
    reasons: list[dict] = []
    found = True
    while found:
        found = False
        for name in covariates:
            if not keep.any():
                break
            codes, names = _peers(people[name][keep])
            seen = codes >= 0
            group = treated[keep]
            size = len(names)
            with_t = np.bincount(codes[seen & group], minlength=size)
            with_c = np.bincount(codes[seen & ~group], minlength=size)
            lonely = (with_t > 0) != (with_c > 0)
            if lonely.any():
                found = True
                keep[np.flatnonzero(keep)[seen & lonely[codes]]] = False
                reasons += [
                    _reason(name, names[i], with_t[i], with_c[i])
                    for i in np.flatnonzero(lonely)
                ]
    columns = ["variable", "level", "why", "n_treatment", "n_pool"]
    return keep, pd.DataFrame(reasons, columns=columns)


def _reason(name: str, level: str, n_treatment: int, n_pool: int) -> dict:
    return {
        "variable": name,
        "level": level,
        "why": "no pool people" if n_treatment else "no treated people",
        "n_treatment": int(n_treatment),
        "n_pool": int(n_pool),
    }


def design(
    people: pd.DataFrame, covariates: Sequence[str]
) -> tuple[np.ndarray, list[str], list[str]]:
    """Lay covariates out as columns of numbers for the propensity model.

    A number with missing values is filled with the mean of the known ones and has an
    indicator; a category has a column for every level but its lowest, the base.

    Returns
    -------
    tuple
        The matrix (people × columns), its column names (`name`, `name=level`), and
        the covariate that each column comes from.
    """
    columns: list[np.ndarray] = []
    names: list[str] = []
    sources: list[str] = []
    for name in covariates:
        if is_categorical(people[name]):
            codes, level = levels(people[name])
            made = {f"{name}={level[i]}": codes == i for i in range(1, len(level))}
        else:
            value = numbers(people[name])
            lost = np.isnan(value)
            made = {name: value}
            if lost.any() and not lost.all():
                made[name] = np.where(lost, value[~lost].mean(), value)
                made[f"{name}={MISSING}"] = lost
            elif lost.all():
                made[name] = np.zeros(len(value))  # constant, dropped with a warning
        columns += [column.astype(float) for column in made.values()]
        names += list(made)
        sources += [name] * len(made)
    matrix = np.column_stack(columns) if columns else np.empty((len(people), 0))
    return matrix, names, sources
