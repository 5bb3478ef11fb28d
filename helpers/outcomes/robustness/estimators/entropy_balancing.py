"""Entropy balancing: weights under which the pool's means are the treated people's."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from helpers.matching.fitting.columns import Columns
from helpers.outcomes.robustness.check import Check
from helpers.outcomes.robustness.estimators import estimate
from helpers.outcomes.robustness.study import Study

MET = 1e-8  # so near are means of standardised columns that they count as equal
STEPS = 50
HALVINGS = 60
RIDGE = 1e-12  # keeps the step defined where a column is the same in all the pool
TEXT = "The pool weighted so that every covariate's mean is the treatment group's."
HIGHEST = 600  # of what is raised to a power: beyond lie numbers too large to write
BEYOND = 1e-6  # so far all of the pool lie on one side of the treated people's means


@dataclass(frozen=True, eq=False)
class _Point:
    """The dual at some coefficients: its value, slope, curvature and the weights."""

    coefficients: np.ndarray
    value: float
    slope: np.ndarray
    curve: np.ndarray
    share: np.ndarray


def checks(study: Study) -> Iterator[Check]:
    """Estimate with the whole pool, weighted to the treatment group's means.

    Exact keys of the request do not count here.
    """
    yield estimate.attempted(
        "entropy_balancing",
        lambda: estimate.of_weights(study, "entropy_balancing", weights(study), TEXT),
    )


def weights(study: Study, without: Collection[str] = ()) -> pd.Series:
    """Give weights under which both groups have the same mean of every covariate.

    Of all weights with these means those that differ least from equal ones, by entropy
    (Hainmueller 2012): every number and every level but the base of each category.

    Parameters
    ----------
    without
        Names of covariates that need not be balanced.

    Returns
    -------
    Series
        By person_id: 1 for the treated; those of the pool sum to the number of treated.

    Raises
    ------
    NoEstimate
        No weights give these means, or they were not reached.
    """
    pool = study.columns.pool
    used = [c for c in pool.each if c.source not in without]
    columns = pool if len(used) == len(pool.each) else Columns(used, pool.people)
    # on blocks as small as these, threads cost more than they save
    with threadpool_limits(limits=1, user_api="blas"):
        share = _balanced(columns)
    treated = study.treated
    balanced = np.ones(len(treated))
    balanced[~treated] = share * treated.sum()
    return pd.Series(balanced, study.group.people.index, name="weight")


def _balanced(columns: Columns) -> np.ndarray:
    """Give each pool person's share, by damped Newton steps on the dual.

    With z the columns less the treated people's means, the share is exp(λ'z) over its
    sum, and λ makes the logarithm of that sum smallest.
    """
    start = np.zeros(columns.size)
    start[0] = -np.log(columns.people)
    now = _at(columns, start)
    for _ in range(STEPS):
        if np.abs(now.slope).max(initial=0) <= MET:
            return now.share
        ridge = RIDGE * np.eye(len(now.slope))
        move = -np.linalg.solve(now.curve + ridge, now.slope)
        lower = _lower(columns, now, move)
        if lower is None:
            break
        now = lower
    raise estimate.NoEstimate(
        "equal means were not reached; leave out covariates that nearly repeat one "
        "another"
    )


def _lower(columns: Columns, now: _Point, move: np.ndarray) -> _Point | None:
    """Go along a step, halved until the dual falls; None where it does not."""
    step = np.concatenate([[0.0], move])
    for _ in range(HALVINGS):
        then = _at(columns, now.coefficients + step)
        if then.value <= now.value + 1e-12 * max(abs(now.value), 1):
            return then
        step = step / 2
    return None


def _at(columns: Columns, coefficients: np.ndarray) -> _Point:
    """Give the dual at coefficients, the first of which keeps the sum near 1."""

    def weigh(rows: slice, power: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        share = np.exp(np.minimum(power, HIGHEST))
        return share, share

    power, slope, curve = columns.products(coefficients, weigh)
    if power.max() - coefficients[0] < -BEYOND:
        # then so is every weighted mean of them, by these coefficients
        raise estimate.NoEstimate(
            "perfect balance cannot be met: no weights give the pool the means of the "
            "treatment group"
        )
    if power.max() > HIGHEST:  # a step too long
        return _Point(coefficients, np.inf, slope[1:], curve[1:, 1:], power)
    total = slope[0]
    slope = slope[1:] / total
    curve = curve[1:, 1:] / total - np.outer(slope, slope)
    # the sum is 1 at the coefficients from which the next step starts
    level = coefficients.copy()
    level[0] -= np.log(total)
    return _Point(level, -level[0], slope, curve, np.exp(power - np.log(total)))
