"""The chance of being in the treatment group, given the covariates."""

import warnings
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy import stats
from scipy.special import expit
from scipy.special import logit as logit_of
from sklearn.linear_model import LogisticRegression
from statsmodels.discrete.discrete_model import Logit

from helpers.errors import DataError
from helpers.matching import separation
from helpers.matching.design import design, is_categorical, numbers, set_aside

GRADIENT = 1e-10  # the fit has settled when no mean gradient is larger
STEPS = 50
ROUNDING = 1e-12  # share of the likelihood by which rounding alone may lower it
LISTED = 6  # levels that a message names
FARTHEST = 15  # on the logit scale, a chance of 3 in 10 million: far from everybody
COLLINEAR = 1e-7  # share of a column's spread that earlier columns must leave over


class ColumnDropped(UserWarning):
    """A covariate that tells nothing new was left out of the propensity model."""


@dataclass(frozen=True, eq=False)
class Model:
    """A fitted propensity model.

    `score` has NaN for people set aside, and so has `logit`, its logit: it tells people
    apart whose scores are 0 or 1 to the last digit. `coefficients` is on the
    covariates' own scale, `columns` names its rows but `const`. `set_aside` counts the
    people at a level that one of the groups lacks; `dropped` names columns that tell
    nothing new.
    """

    score: pd.Series = field(repr=False)
    coefficients: pd.DataFrame = field(repr=False)
    log_likelihood: float
    n_treatment: int
    n_pool: int
    set_aside: pd.DataFrame = field(repr=False)
    dropped: tuple[str, ...]
    columns: tuple[str, ...] = field(repr=False)
    logit: pd.Series | None = field(default=None, repr=False)

    @property
    def far(self) -> pd.Series:
        """Who is all but certain to be in one of the groups, of those with a score."""
        logit = np.abs(logit_of(self.score)) if self.logit is None else self.logit.abs()
        return pd.Series(logit, self.score.index) > FARTHEST


@dataclass(frozen=True, eq=False)
class _Fit:
    """Coefficients of standardised columns, the constant first, and how they settled.

    `move` is the Newton step that would come next before the last one was taken.
    """

    estimate: np.ndarray
    information: np.ndarray
    move: np.ndarray
    settled: bool


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
        raise DataError(_nobody(treated, aside))
    matrix, names, sources = design(people[keep], covariates)
    standard, centre, spread, used = _informative(matrix, names)
    if not used:
        raise DataError("covariates: none differs between people; name another")
    y = treated[keep].astype(float)
    x = np.column_stack([np.ones(len(y)), standard])
    fitted = _maximise(y, standard)
    columns = [names[i] for i in used]
    if separation.seen(fitted.move):
        moves = pd.Series(fitted.move[1:], index=columns)
        of = [sources[i] for i in used]
        raise DataError(
            separation.message(people[keep], treated[keep], of, moves, x @ fitted.move)
        )
    if not fitted.settled:
        raise DataError(
            f"covariates: the propensity model did not settle in {STEPS} steps; "
            "leave out covariates that nearly repeat one another"
        )
    logit = pd.Series(np.nan, index=people.index, name="logit")
    logit[keep] = x @ fitted.estimate
    return Model(
        score=expit(logit).rename("propensity"),
        logit=logit,
        coefficients=_own_scale(fitted, centre, spread, columns),
        log_likelihood=_likelihood(y, x @ fitted.estimate),
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


def _maximise(y: np.ndarray, standard: np.ndarray) -> _Fit:
    """Maximise the likelihood, then take one further Newton step.

    The solver may end a little early, or fall back on another way, where columns nearly
    repeat one another; Newton steps, halved until the likelihood rises, then go on.
    """
    solver = LogisticRegression(
        C=np.inf, solver="newton-cholesky", tol=GRADIENT, max_iter=STEPS
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what they warn of is told by the next step
        solver.fit(standard, y)
        x = np.column_stack([np.ones(len(y)), standard])
        logit = Logit(y, x, check_rank=False)
    estimate, settled = np.concatenate([solver.intercept_, solver.coef_[0]]), False
    reached = _likelihood(y, x @ estimate)
    for _ in range(STEPS):
        gradient, information = logit.score(estimate), -logit.hessian(estimate)
        move = _solved(information, gradient)
        # the first of the mean gradients is the mean score less the share treated
        settled = bool(np.abs(gradient).max() / len(y) <= GRADIENT)
        if settled:
            break
        step, lowest = move, reached - ROUNDING * abs(reached)
        while (found := _likelihood(y, x @ (estimate + step))) < lowest:
            step = step / 2
        estimate, reached = estimate + step, found
    if settled and not separation.seen(move):
        estimate = estimate + move
        information = -logit.hessian(estimate)
    return _Fit(estimate, information, move, settled)


def _likelihood(y: np.ndarray, logit: np.ndarray) -> float:
    return float(y @ logit - np.logaddexp(0, logit).sum())


def _solved(information: np.ndarray, gradient: np.ndarray) -> np.ndarray:
    try:
        return np.linalg.solve(information, gradient)
    except np.linalg.LinAlgError:
        return np.linalg.lstsq(information, gradient, rcond=None)[0]


def _own_scale(
    fitted: _Fit, centre: np.ndarray, spread: np.ndarray, columns: list[str]
) -> pd.DataFrame:
    """Bring estimates and standard errors back from standardised columns."""
    back = np.diag(np.concatenate([[1], 1 / spread]))
    back[0, 1:] = -centre / spread
    own = back @ fitted.estimate
    se = np.sqrt(np.diag(back @ np.linalg.inv(fitted.information) @ back.T))
    z = own / se
    return pd.DataFrame(
        {"estimate": own, "se": se, "z": z, "p": 2 * stats.norm.sf(np.abs(z))},
        index=["const", *columns],
    )


def _nobody(treated: np.ndarray, aside: pd.DataFrame) -> str:
    """Say that everyone was set aside: how many people, and at which levels."""
    levels = [
        f"{row.variable}={row.level} ({row.why}: {row.n_treatment + row.n_pool:,})"
        for row in aside.itertuples()
    ]
    more = f" and {len(levels) - LISTED} more" if len(levels) > LISTED else ""
    names = ", ".join(dict.fromkeys(aside["variable"]))
    return (
        "covariates: nobody is left with a peer in the other group, of "
        f"{treated.sum():,} people in the treatment group and {(~treated).sum():,} in "
        f"the pool; set aside at {', '.join(levels[:LISTED])}{more}; leave {names} "
        "out, or make its levels coarser"
    )
