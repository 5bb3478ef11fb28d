"""What the outcome would have been without the programme, by a model of the pool."""

import warnings
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import expit, logit
from threadpoolctl import threadpool_limits

from helpers.matching.fitting import newton
from helpers.matching.fitting.columns import ROWS, Column, Columns
from helpers.matching.fitting.independent import informative
from helpers.outcomes.robustness.estimators import estimate
from helpers.outcomes.robustness.study import Study


@dataclass(frozen=True, eq=False)
class Fitted:
    """A model of the outcome, fitted on the pool, and how far everyone is from it.

    `known` is who has a value, of all people, and `residual` is one for each of them,
    the value less what the model expects. `variance` is that of the mean expected of
    the treated, by the HC0 sandwich.
    """

    known: np.ndarray
    residual: np.ndarray
    variance: float


def fit(study: Study) -> Fitted:
    """Fit the outcome on the covariates in the pool; tell what it expects of everyone.

    A rate by logistic regression, other measures by least squares, on the columns of
    the propensity model less those that tell nothing new within the pool. People
    without a known value are left out of both groups. Where all with some level did the
    same, chances end at 0 or 1 for them, which is the limit that the likelihood has.

    Raises
    ------
    NoEstimate
        Nobody of a group has a known value, all of the pool did the same, or the model
        did not settle.
    """
    values, treated = study.values.to_numpy(dtype=float), study.treated
    known = ~np.isnan(values)
    y, y_treated = values[known & ~treated], values[known & treated]
    rate = estimate.is_rate(study)
    if not (len(y) and len(y_treated)):
        raise estimate.NoEstimate("nobody with a known value is in one of the groups")
    if np.ptp(y) == 0:
        raise estimate.NoEstimate("the outcome is the same for everyone in the pool")
    columns = [
        _only(side, known[rows])
        for side, rows in (
            (study.columns.pool, ~treated),
            (study.columns.treated, treated),
        )
    ]
    # on blocks as small as these, threads cost more than they save
    with threadpool_limits(limits=1, user_api="blas"):
        pool, of_treated = _telling(*columns)
        model = _logistic if rate else _least_squares
        coefficients, residual, information = model(y, pool)
        expected = of_treated.logit(coefficients)
        slope = np.ones(len(expected))
        if rate:
            expected = expit(expected)
            slope = expected * (1 - expected)
        gradient = _mean(of_treated, slope)
        along = np.linalg.solve(information, gradient)
        # g'Vg, with V = I⁻¹ (Σ r² x x') I⁻¹
        spread = pool.logit(along)
    both = np.empty(len(values))
    both[known & ~treated], both[known & treated] = residual, y_treated - expected
    return Fitted(known, both[known], float(((residual * spread) ** 2).sum()))


def _only(columns: Columns, rows: np.ndarray) -> Columns:
    """Give the columns of some people."""
    if rows.all():
        return columns
    values: dict[int, np.ndarray] = {}
    for column in columns.each:
        if id(column.values) not in values:
            values[id(column.values)] = column.values[rows]
    each = [replace(c, values=values[id(c.values)]) for c in columns.each]
    return Columns(each, int(rows.sum()))


def _telling(pool: Columns, treated: Columns) -> tuple[Columns, Columns]:
    """Give the columns that tell something new within the pool, of both groups."""

    def plain(rows: slice, power: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return np.zeros(len(power)), np.ones(len(power))

    _, _, squares = pool.products(np.zeros(pool.size), plain)
    middle = squares[0, 1:] / pool.people
    spread = np.sqrt(np.maximum(squares.diagonal()[1:] / pool.people - middle**2, 0))
    varies = spread > 1e-9
    places = np.flatnonzero(varies).tolist()

    def own(column: Column, i: int) -> Column:
        # standardised within the pool
        centre = column.centre + middle[i] * column.spread
        return replace(column, centre=centre, spread=column.spread * spread[i])

    kept = Columns([own(pool.each[i], i) for i in places], pool.people)
    others = [own(treated.each[i], i) for i in places]
    _, _, squares = kept.products(np.zeros(kept.size), plain)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the outcome's model nobody chose columns
        told = informative(kept, squares / pool.people)
    names = {column.name for column in told.each}
    others = [column for column in others if column.name in names]
    return told, Columns(others, treated.people)


def _logistic(
    y: np.ndarray, columns: Columns
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give coefficients, residuals and information of a logistic regression."""
    start = np.append(logit(y.mean()), np.zeros(columns.size - 1))
    fitted = newton.maximise(y, columns, newton.at(y, columns, start))
    if not fitted.settled:
        raise estimate.NoEstimate("the model of the outcome did not settle")
    return fitted.estimate, y - expit(fitted.logit), fitted.information


def _least_squares(
    y: np.ndarray, columns: Columns
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give coefficients, residuals and sums of products of a linear regression."""

    def weigh(rows: slice, power: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return y[rows] - power, np.ones(len(power))

    own = np.append(y.mean(), np.zeros(columns.size - 1))
    for _ in range(2):  # once more takes out what rounding left
        _, gradient, squares = columns.products(own, weigh)
        own = own + np.linalg.solve(squares, gradient)
    return own, y - columns.logit(own), squares


def _mean(columns: Columns, weight: np.ndarray) -> np.ndarray:
    """Give the mean of each column times a weight, the constant first."""
    total = np.zeros(columns.size)
    for rows in columns.steps(ROWS):
        block = columns.laid_out(columns.each, rows)
        total[0] += weight[rows].sum()
        total[1:] += weight[rows] @ block
    return total / columns.people
