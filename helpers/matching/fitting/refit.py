"""Whether scikit-learn and statsmodels come to the same propensity model."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from statsmodels.discrete.discrete_model import Logit
from threadpoolctl import threadpool_limits

from helpers.matching.design import read
from helpers.matching.fitting.columns import Columns, columns_of

NUMBERS = 2_000_000  # people × columns, above which a second fit would take minutes


@dataclass(frozen=True)
class Agreement:
    """The largest difference of a score, and of a standard error as a share of it."""

    score: float
    error: float

    @property
    def good(self) -> bool:
        """Tell whether nothing that is printed or matched on could differ."""
        return self.score < 1e-6 and self.error < 1e-3


@threadpool_limits.wrap(limits=1, user_api="blas")
def agreement(
    people: pd.DataFrame,
    covariates: Sequence[str],
    score: pd.Series,
    coefficients: pd.DataFrame,
) -> Agreement | None:
    """Fit a propensity model again, with scikit-learn, and compare what came of it.

    The standard errors are those that statsmodels finds where scikit-learn ends.

    Parameters
    ----------
    people, covariates
        Those the model was fitted on, with `treatment`, and its covariates.
    score, coefficients
        What came of it, as a `Model` has them.

    Returns
    -------
    Agreement
        None where there are too many people for a second fit.
    """
    if len(people) * len(coefficients) > NUMBERS:
        return None
    every = [c for name in covariates for c in columns_of(read(people[name]))]
    used = [column for column in every if column.name in coefficients.index[1:]]
    x = Columns(used, len(people)).laid_out(used, slice(None))
    y = people["treatment"].to_numpy()
    theirs = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-10)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a fit that ended early is told by the numbers
        theirs.fit(x, y)
    both = np.column_stack([np.ones(len(y)), x])
    estimate = np.concatenate([theirs.intercept_, theirs.coef_[0]])
    information = -Logit(y, both, check_rank=False).hessian(estimate)
    own = coefficients["se"].to_numpy()[1:] * [column.spread for column in used]
    ratio = np.sqrt(np.diag(np.linalg.pinv(information)))[1:] / own
    gap = theirs.predict_proba(x)[:, 1] - score.reindex(people.index)
    return Agreement(float(np.abs(gap).max()), float(np.abs(ratio - 1).max()))
