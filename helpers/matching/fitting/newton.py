"""The most likely coefficients of a logistic regression, by Newton steps."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import expit

from helpers.matching.fitting import separation
from helpers.matching.fitting.columns import Columns

GRADIENT = 1e-10  # the fit has settled when no mean gradient is larger
STEPS = 50
ROUNDING = 1e-12  # share of the likelihood by which rounding alone may lower it


@dataclass(frozen=True, eq=False)
class Fit:
    """Coefficients of standardised columns, the constant first, and how they settled.

    `move` is the Newton step that would come next before the last one was taken.
    """

    estimate: np.ndarray
    information: np.ndarray
    move: np.ndarray
    logit: np.ndarray
    likelihood: float
    settled: bool


def at(y: np.ndarray, columns: Columns, estimate: np.ndarray) -> Fit:
    """Give a fit as it stands at an estimate; `y` is 1 for treated, 0 for pool."""

    def weigh(rows: slice, logit: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        score = expit(logit)
        return y[rows] - score, score * (1 - score)

    logit, gradient, information = columns.products(estimate, weigh)
    # the first of the mean gradients is the mean score less the share treated
    settled = bool(np.abs(gradient).max() / len(y) <= GRADIENT)
    likelihood = float(y @ logit - np.logaddexp(0, logit).sum())
    move = _solved(information, gradient)
    return Fit(estimate, information, move, logit, likelihood, settled)


def maximise(y: np.ndarray, columns: Columns, now: Fit) -> Fit:
    """Maximise the likelihood by damped Newton steps, then take one further step.

    A step is halved until the likelihood rises: the groups may differ so widely that
    whole steps lead away from it. `now` is where to start from.
    """
    for _ in range(STEPS):
        if now.settled:
            break
        lowest, step = now.likelihood - ROUNDING * abs(now.likelihood), now.move
        while (then := at(y, columns, now.estimate + step)).likelihood < lowest:
            step = step / 2
        now = then
    if now.settled and not separation.seen(now.move):
        now = replace(at(y, columns, now.estimate + now.move), move=now.move)
    return now


def _solved(information: np.ndarray, gradient: np.ndarray) -> np.ndarray:
    try:
        return np.linalg.solve(information, gradient)
    except np.linalg.LinAlgError:
        return np.linalg.lstsq(information, gradient, rcond=None)[0]
