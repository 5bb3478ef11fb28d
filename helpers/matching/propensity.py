"""The chance of being in the treatment group, given the covariates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy import stats
from scipy.special import expit, logsumexp
from scipy.special import logit as logit_of
from threadpoolctl import threadpool_limits

from helpers.errors import DataError
from helpers.matching.design import Covariate, is_categorical, numbers, read
from helpers.matching.fitting import newton, separation
from helpers.matching.fitting.columns import Column, Columns, columns_of
from helpers.matching.fitting.independent import ColumnDropped, informative, varying
from helpers.matching.fitting.peers import set_aside

__all__ = ["ColumnDropped", "Model", "fit", "logits"]

LEAST = 2  # people of each group: of one it is not known how people differ
LISTED = 6  # levels that a message names
FARTHEST = 15  # on the logit scale, a chance of 3 in 10 million: far from everybody
LARGEST = 1e15  # of a number of people: beyond it stand codes for what is not known


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
    read = _read(people, treatment, covariates)
    treated = numbers(people[treatment]) == 1
    keep, aside = set_aside(read, treated)
    if not keep.any():
        raise DataError(_nobody(treated, aside))
    few = _too_few(treated[keep])
    if few:
        raise DataError(f"{few[0]}; {_set_aside_at(aside)}")
    every = [column for each in read for column in columns_of(each.only(keep))]
    y = treated[keep].astype(float)
    # on blocks as small as these, threads cost more than they save
    with threadpool_limits(limits=1, user_api="blas"):
        columns, fitted = _fitted(y, every)
    if separation.seen(fitted.move):
        rows = people[keep], treated[keep]
        raise DataError(separation.message(*rows, columns, fitted.move))
    if not fitted.settled:
        raise DataError(
            f"covariates: the propensity model did not settle in {newton.STEPS} steps; "
            "leave out covariates that nearly repeat one another"
        )
    logit = np.full(len(people), np.nan)
    logit[keep] = fitted.logit
    return Model(
        score=pd.Series(expit(logit), people.index, name="propensity"),
        logit=pd.Series(logit, people.index, name="logit"),
        coefficients=_own_scale(fitted, columns),
        log_likelihood=fitted.likelihood,
        n_treatment=int(y.sum()),
        n_pool=int(len(y) - y.sum()),
        set_aside=aside,
        dropped=tuple(c.name for c in every if c not in columns.each),
        columns=tuple(column.name for column in columns.each),
    )


def logits(
    covariates: Sequence[Covariate], treated: np.ndarray, near: Mapping[str, float]
) -> np.ndarray:
    """Fit the model as `fit` does, and give each person's logit alone.

    For many models of the same people, of whom others count as treated each time.

    Parameters
    ----------
    covariates
        As `design.read` reads them.
    treated
        Boolean, one a person.
    near
        Coefficients of a model that this one will resemble, by the column's name: the
        fit begins there, and so needs fewer steps.

    Returns
    -------
    ndarray
        One a person; NaN for people set aside.

    Raises
    ------
    DataError
        There is no such model.
    """
    keep, _ = set_aside(covariates, treated)
    if _too_few(treated[keep]):
        raise DataError(
            "too few people are left once those without a peer in the other group are "
            "set aside"
        )
    every = [column for each in covariates for column in columns_of(each.only(keep))]
    _, fitted = _fitted(treated[keep].astype(float), every, near)
    if separation.seen(fitted.move):
        raise DataError("the covariates tell the groups apart for certain")
    if not fitted.settled:
        raise DataError("the propensity model did not settle")
    logit = np.full(len(treated), np.nan)
    logit[keep] = fitted.logit
    return logit


def _read(
    people: pd.DataFrame, treatment: str, covariates: list[str]
) -> list[Covariate]:
    """Read the covariates, and refuse columns that cannot be used."""
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
    else:
        problems += _too_few(numbers(value) == 1)
    covariates_read = [read(people[name]) for name in covariates]
    for covariate in covariates_read:
        if not covariate.categorical and (np.abs(covariate.values) > LARGEST).any():
            problems.append(
                f"{covariate.name}: some rows hold an infinite number, or one beyond "
                f"{LARGEST:.0e}; write what is not known as an empty cell"
            )
    if problems:
        raise DataError(problems)
    return covariates_read


def _fitted(
    y: np.ndarray, every: list[Column], near: Mapping[str, float] | None = None
) -> tuple[Columns, newton.Fit]:
    """Drop columns that tell nothing new, and fit the model on the others."""
    columns = varying(every, len(y))
    if not columns.each:
        raise DataError("covariates: none differs between people; name another")
    first = newton.at(y, columns, _start(y, columns, near or {}))
    # means of the columns times one another, weighted unless the start is all 0
    kept = informative(columns, first.information / first.information[0, 0])
    if kept is not columns:
        first = newton.at(y, kept, _start(y, kept, near or {}))
    return kept, newton.maximise(y, kept, first)


def _start(y: np.ndarray, columns: Columns, near: Mapping[str, float]) -> np.ndarray:
    """Give the estimate to begin with: coefficients that are near, others 0."""
    start = np.array([0, *(near.get(c.name, 0.0) * c.spread for c in columns.each)])
    start[0] = logit_of(y.mean())
    if near:  # so that about as many are expected among the treated as there are
        start[0] += np.log(y.sum()) - logsumexp(columns.logit(start))
    return start


def _own_scale(fitted: newton.Fit, columns: Columns) -> pd.DataFrame:
    """Bring estimates and standard errors back from standardised columns."""
    centre = np.array([column.centre for column in columns.each])
    spread = np.array([column.spread for column in columns.each])
    back = np.diag(np.concatenate([[1], 1 / spread]))
    back[0, 1:] = -centre / spread
    own = back @ fitted.estimate
    se = np.sqrt(np.diag(back @ np.linalg.inv(fitted.information) @ back.T))
    z = own / se
    return pd.DataFrame(
        {"estimate": own, "se": se, "z": z, "p": 2 * stats.norm.sf(np.abs(z))},
        index=["const", *(column.name for column in columns.each)],
    )


def _nobody(treated: np.ndarray, aside: pd.DataFrame) -> str:
    """Say that everyone was set aside: how many people, and at which levels."""
    return (
        "covariates: nobody is left with a peer in the other group, of "
        f"{treated.sum():,} people in the treatment group and {(~treated).sum():,} in "
        f"the pool; {_set_aside_at(aside)}"
    )


def _set_aside_at(aside: pd.DataFrame) -> str:
    """Say at which levels people were set aside, how many, and what to do."""
    levels = [
        f"{row.variable}={row.level} ({row.why}: {row.n_treatment + row.n_pool:,})"
        for row in aside.itertuples()
    ]
    more = f" and {len(levels) - LISTED} more" if len(levels) > LISTED else ""
    names = ", ".join(dict.fromkeys(aside["variable"]))
    return (
        f"set aside at {', '.join(levels[:LISTED])}{more}; leave {names} out, or make "
        "its levels coarser"
    )


def _too_few(treated: np.ndarray) -> list[str]:
    """Say that a group has too few people; nothing where both have enough."""
    of_t, of_c = int(treated.sum()), int((~treated).sum())
    if min(of_t, of_c) >= LEAST:
        return []
    return [
        f"people: both groups need people, {LEAST} or more; found {of_t:,} in the "
        f"treatment group and {of_c:,} in the pool"
    ]
