"""Regression: the treated compared with what a model of the pool expects of them."""

import math
from collections.abc import Iterator

import numpy as np

from helpers.outcomes.robustness.check import Check
from helpers.outcomes.robustness.estimators import estimate, pool_model
from helpers.outcomes.robustness.study import Study

TEXT = "A model of the outcome in the whole pool tells what to expect of the treated."


def checks(study: Study) -> Iterator[Check]:
    """Estimate as the treated people's mean distance from the pool's model.

    Its variance is that of the distances and that of the model. The interval is normal.
    A rate is tested where, in each group, ten people or more have the outcome and ten
    have not, as everywhere. Exact keys of the request do not count here.
    """
    yield estimate.attempted("regression", lambda: _check(study))


def _check(study: Study) -> Check:
    fitted = pool_model.fit(study)
    treated = study.treated[fitted.known]
    own = fitted.residual[treated]
    if len(own) < 2:
        return estimate.without("regression", estimate.TOO_FEW)
    se = math.sqrt(own.var(ddof=1) / len(own) + fitted.variance)
    tested = estimate.enough(study, np.ones(len(treated)))
    row = {
        "n_treatment": len(own),
        "n_comparison": int((~treated).sum()),
        **estimate.normal(float(own.mean()), se, tested=tested),
    }
    kept = study.group.people.index[fitted.known]
    return estimate.judged(study, "regression", row, TEXT, kept)
