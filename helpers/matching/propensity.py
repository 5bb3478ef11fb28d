"""The chance of being in the treatment group, given the covariates."""

import warnings
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy import stats
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from statsmodels.discrete.discrete_model import Logit

from helpers.errors import DataError
from helpers.matching.design import design, is_categorical, numbers, set_aside

GRADIENT = 1e-10  # the fit has settled when no mean gradient is larger
STEPS = 50
SEPARATED = 15  # on the logit scale: a chance of 3 in 10 million
COLLINEAR = 1e-7  # share of a column's spread that earlier columns must leave over


class ColumnDropped(UserWarning):
    """A covariate that tells nothing new was left out of the propensity model."""


@dataclass(frozen=True, eq=False)
class Model:
    """A fitted propensity model.

    `score` has NaN for people set aside. `coefficients` is on the covariates' own
    scale, `columns` names its rows but `const`. `set_aside` counts the people at a
    level that one of the groups lacks; `dropped` names columns that tell nothing new.
    """

    score: pd.Series = field(repr=False)
    coefficients: pd.DataFrame = field(repr=False)
    log_likelihood: float
    n_treatment: int
    n_pool: int
    set_aside: pd.DataFrame = field(repr=False)
    dropped: tuple[str, ...]
    columns: tuple[str, ...] = field(repr=False)


def fit(people: pd.DataFrame, treatment: str, covariates: list[str]) -> Model:
    """Fit the propensity model, a logistic regression by maximum likelihood.

    Parameters
    ----------
    people
        One row a person, with a 0/1 column named by `treatment`.
    covariates
        Text and category columns count as categories, others as numbers.

    Raises
    ------
    DataError
        The columns cannot be used, or they tell the groups apart for certain.
    """
    _check(people, treatment, covariates)
    treated = numbers(people[treatment]) == 1
    keep, aside = set_aside(people, treated, covariates)
    if not keep.any():
        names = ", ".join(dict.fromkeys(aside["variable"]))
        raise DataError(
            f"covariates: nobody is left with a peer in the other group; see {names}"
        )
    matrix, names, sources = design(people[keep], covariates)
    matrix, centre, spread, used = _informative(matrix, names)
    if not used:
        raise DataError("covariates: none differs between people; name another")
    y = treated[keep].astype(float)
    estimate, logit = _estimate(y, matrix, [sources[i] for i in used])
    x = logit.exog
    score = pd.Series(np.nan, index=people.index, name="propensity")
    score[keep] = expit(x @ estimate)
    columns = [names[i] for i in used]
    return Model(
        score=score,
        coefficients=_own_scale(
            estimate, logit.hessian(estimate), centre, spread, columns
        ),
        log_likelihood=float(logit.loglike(estimate)),
        n_treatment=int(y.sum()),
        n_pool=int(len(y) - y.sum()),
        set_aside=aside,
        dropped=tuple(name for i, name in enumerate(names) if i not in used),
        columns=tuple(columns),
    )


def _check(people: pd.DataFrame, treatment: str, covariates: list[str]) -> None:
    problems = [
        f"covariates: there is no column {name}"
        for name in [treatment, *covariates]
        if name not in people
    ]
    if not covariates:
        problems.append("covariates: none is named; name at least one")
    if treatment in covariates:
        problems.append(f"covariates: {treatment} is the treatment; take it out")
    if people.index.has_duplicates:
        problems.append("people: two rows have the same index; there is one a person")
    if problems:
        raise DataError(problems)
    value = people[treatment]
    if is_categorical(value) or not np.isin(numbers(value), (0, 1)).all():
        problems.append(f"{treatment}: must be 1 (treated) or 0 (pool) in every row")
    elif len(np.unique(numbers(value))) < 2:
        problems.append(f"{treatment}: both groups need people; one has none")
    for name in covariates:
        column = people[name]
        if is_categorical(column):
            continue
        if np.isinf(numbers(column)).any():
            problems.append(f"{name}: some rows hold an infinite number")
    if problems:
        raise DataError(problems)


def _informative(
    matrix: np.ndarray, names: list[str]
) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[int]]:
    """Standardise the columns and drop those that tell nothing new."""
    high, low = matrix.max(axis=0), matrix.min(axis=0)
    size = np.maximum(np.abs(high), np.abs(low))
    varying = np.flatnonzero(high - low > 1e-12 * size)
    for i in np.setdiff1d(np.arange(len(names)), varying):
        _dropped(names[i], "is the same for everyone")
    centre, spread = matrix.mean(axis=0), matrix.std(axis=0)
    standard = (matrix[:, varying] - centre[varying]) / spread[varying]
    # the triangle of a QR has the geometry of the columns, with as many rows as columns
    triangle = np.linalg.qr(standard, mode="r") / np.sqrt(len(standard))
    basis = np.empty((triangle.shape[0], 0))
    kept = []
    for place, i in enumerate(varying):
        rest = triangle[:, place]
        for _ in range(2):  # once more takes out what rounding left
            rest = rest - basis @ (basis.T @ rest)
        length = np.linalg.norm(rest)
        if length <= COLLINEAR:
            _dropped(names[i], "follows from the columns before it")
        else:
            basis = np.column_stack([basis, rest / length])
            kept.append(place)
    used = varying[kept]
    return standard[:, kept], centre[used], spread[used], used.tolist()


def _dropped(name: str, why: str) -> None:
    text = f"{name} {why} and was left out of the propensity model"
    warnings.warn(text, ColumnDropped, stacklevel=4)


def _estimate(
    y: np.ndarray, standard: np.ndarray, sources: list[str]
) -> tuple[np.ndarray, Logit]:
    """Maximise the likelihood on standardised columns; the constant comes first."""
    solver = LogisticRegression(
        C=np.inf, solver="newton-cholesky", tol=GRADIENT, max_iter=STEPS
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what they warn of is checked below
        solver.fit(standard, y)
        x = np.column_stack([np.ones(len(y)), standard])
        logit = Logit(y, x, check_rank=False)
    estimate = np.concatenate([solver.intercept_, solver.coef_[0]])
    _not_separated(estimate, x, sources)
    if not _settled(logit, estimate):
        raise DataError(
            f"covariates: the propensity model did not settle in {STEPS} steps; "
            "leave out covariates that nearly repeat one another"
        )
    estimate = estimate - np.linalg.solve(
        logit.hessian(estimate), logit.score(estimate)
    )
    _not_separated(estimate, x, sources)
    return estimate, logit


def _settled(logit: Logit, estimate: np.ndarray) -> bool:
    """Tell whether no mean gradient is too large; the first is score less share."""
    gradient = np.abs(logit.score(estimate)) / len(logit.endog)
    return bool(gradient.max() <= GRADIENT)


def _not_separated(estimate: np.ndarray, x: np.ndarray, sources: list[str]) -> None:
    """Refuse a fit in which some people are all but certain to be in one group."""
    certain = np.abs(x @ estimate) > SEPARATED
    if not certain.any():
        return
    part = pd.Series(np.abs(x[certain, 1:] * estimate[1:]).mean(axis=0))
    part = part.groupby(sources, sort=False).sum()
    names = ", ".join(part.index[part >= part.max() / 4])
    raise DataError(
        f"covariates: the groups are all but told apart by {names}: "
        "some people have a propensity next to 0 or 1; leave it out or make it coarser"
    )


def _own_scale(
    estimate: np.ndarray,
    hessian: np.ndarray,
    centre: np.ndarray,
    spread: np.ndarray,
    columns: list[str],
) -> pd.DataFrame:
    """Bring estimates and standard errors back from standardised columns."""
    back = np.diag(np.concatenate([[1], 1 / spread]))
    back[0, 1:] = -centre / spread
    own = back @ estimate
    se = np.sqrt(np.diag(back @ np.linalg.inv(-hessian) @ back.T))
    z = own / se
    return pd.DataFrame(
        {"estimate": own, "se": se, "z": z, "p": 2 * stats.norm.sf(np.abs(z))},
        index=["const", *columns],
    )
