"""The solver on hostile data, against scikit-learn and statsmodels."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from support import effort
from threadpoolctl import threadpool_limits

from helpers.matching.design import read
from helpers.matching.fitting import columns as laid
from helpers.matching.fitting import newton

N = 3000


def near_separation(draw):
    """Groups that two of 3,000 people keep from being told apart for certain."""
    x = draw.normal(size=N)
    y = x > 1.2
    y[np.argsort(np.abs(x - 1.2))[[0, 40]]] ^= True
    return y, {"x": x, "noise": draw.normal(size=N)}


def nearly_collinear(draw):
    x = draw.normal(size=N)
    y = draw.random(N) < expit(x - 2)
    return y, {"x": x, "again": x + 1e-4 * draw.normal(size=N)}


def scales(draw):
    x = draw.normal(size=(3, N))
    y = draw.random(N) < expit(x.sum(axis=0) - 3)
    return y, {"large": 1e6 * x[0] + 1e9, "small": 1e-6 * x[1], "plain": x[2]}


def rare_levels(draw):
    """A category of 40 levels, of which many have two or three treated."""
    area = draw.integers(0, 40, N)
    y = draw.random(N) < 0.04 + 0.02 * (area % 3)
    for level in range(40):
        y[np.flatnonzero(area == level)[:2]] = True, False
    x = draw.normal(size=N)
    return y, {"area": np.array([f"a {level:02}" for level in range(40)])[area], "x": x}


def rich_pool(draw, shape=2):
    """185 poor of a programme, and 15,992 of a survey who earn far more: NSW, CPS."""
    y = np.arange(16177) < 185
    before = np.where(y, draw.gamma(2, 1000, y.size), draw.gamma(shape, 8000, y.size))
    before[draw.random(y.size) < np.where(y, 0.7, 0.11)] = 0
    after = np.where(y, draw.gamma(1, 700, y.size), draw.gamma(2, 2000, y.size))
    after += 0.8 * before
    squares = {"before²": before**2, "after²": after**2}
    return y, {"before": before, "after": after, **squares}


HOSTILE = [near_separation, nearly_collinear, scales, rare_levels, rich_pool]


def laid_out(data):
    """The columns of the model, and the whole matrix of them."""
    of = [read(pd.Series(values, name=name)) for name, values in data.items()]
    each = [column for covariate in of for column in laid.columns_of(covariate)]
    columns = laid.Columns(each, len(of[0].values))
    return columns, columns.laid_out(each, slice(None))


def fitted(y, columns):
    start = np.zeros(columns.size)
    return newton.maximise(y, columns, newton.at(y, columns, start))


@pytest.mark.filterwarnings("ignore:overflow:RuntimeWarning:statsmodels")
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_data_are_fitted_as_others_fit_them(hostile, evidence):
    treated, data = hostile(np.random.default_rng(3))
    y, (columns, matrix) = treated.astype(float), laid_out(data)
    fit = fitted(y, columns)
    assert fit.settled
    with threadpool_limits(limits=1):  # threads wait for one another on small data
        theirs = sm.GLM(y, sm.add_constant(matrix), family=sm.families.Binomial())
        theirs = theirs.fit(tol=1e-14, maxiter=200)
    # in units of its own standard error a coefficient is what the data tell of it
    gap = np.abs((fit.estimate - theirs.params) / theirs.bse).max()
    assert gap < 1e-7
    se = np.sqrt(np.diag(np.linalg.inv(fit.information)))
    assert np.abs(se / theirs.bse - 1).max() < 1e-5
    assert fit.likelihood == pytest.approx(theirs.llf, rel=1e-10)
    other = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-10)
    other.fit(matrix, y)
    assert np.abs(expit(fit.logit) - other.predict_proba(matrix)[:, 1]).max() < 1e-6
    evidence(f"solver: {hostile.__name__.replace('_', ' ')}", "statsmodels GLM", gap)


def test_whole_steps_from_zero_would_lead_away_from_a_rich_pool():
    treated, data = rich_pool(np.random.default_rng(5), shape=1)
    y, (columns, _) = treated.astype(float), laid_out(data)
    start = newton.at(y, columns, np.zeros(columns.size))
    now = start
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(14):
            now = newton.at(y, columns, now.estimate + now.move)
    assert now.likelihood < 1e6 * start.likelihood
    assert newton.maximise(y, columns, start).settled


@settings(max_examples=effort.examples(20))
@given(
    seed=st.integers(0, 10_000), wide=st.integers(0, 2), rows=st.sampled_from([7, 50])
)
def test_columns_never_laid_out_whole_come_to_the_sums_of_the_matrix(seed, wide, rows):
    draw = np.random.default_rng(seed)
    n = int(draw.integers(60, 200))
    data = {"x": draw.normal(size=n), "sex": draw.choice(["F", "M"], n)}
    data["gap"] = np.where(draw.random(n) < 0.2, np.nan, draw.normal(1e3, 1, n))
    for i in range(wide):
        levels = laid.WIDE + 1 + i
        data[f"of {i}"] = draw.permutation(np.arange(n) % levels).astype(str)
    columns, matrix = laid_out(data)
    one = np.column_stack([np.ones(n), matrix])
    estimate, residual, weight = draw.normal(size=(3, n))
    estimate, weight = estimate[: columns.size], weight**2
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(laid, "ROWS", rows)
        logit, gradient, information = columns.products(
            estimate, lambda rows, _: (residual[rows], weight[rows])
        )
        assert np.allclose(columns.logit(estimate), logit)
    assert np.allclose(matrix.mean(axis=0), 0) and np.allclose(matrix.std(axis=0), 1)
    assert np.allclose(logit, one @ estimate)
    assert np.allclose(gradient, one.T @ residual)
    assert np.allclose(information, one.T @ (one * weight[:, None]))
