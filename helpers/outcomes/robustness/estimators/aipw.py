"""Augmented inverse probability weighting: a model of the outcome, and weights."""

import math
from collections.abc import Iterator

import numpy as np

from helpers.matching.weights import effective_size, largest_share
from helpers.outcomes.robustness.check import Check
from helpers.outcomes.robustness.estimators import estimate, ipw, pool_model
from helpers.outcomes.robustness.study import Study

TEXT = "A model of the outcome in the pool, corrected by weights from the score."


def checks(study: Study) -> Iterator[Check]:
    """Estimate with the pool's model, less what it misses in the weighted pool.

    Weights are those of `ipw`, in which balance is looked at too. The interval is
    normal; a rate is tested where enough people have the outcome in both groups, the
    pool at its effective size. Exact keys of the request do not count here.
    """
    yield estimate.attempted("aipw", lambda: _check(study))


def _check(study: Study) -> Check:
    fitted, weights = pool_model.fit(study), ipw.weights(study)
    treated, r = study.treated[fitted.known], fitted.residual
    w = np.where(treated, 0.0, weights.to_numpy()[fitted.known])
    of_treated, of_pool = r[treated].mean(), (w * r).sum() / w.sum()
    n = len(r)
    psi = np.where(
        treated,
        (r - of_treated) / (treated.sum() / n),
        -w * (r - of_pool) / (w.sum() / n),
    )
    se = math.sqrt((psi**2).sum()) / n
    tested = estimate.enough(study, np.where(treated, 1.0, w))
    kept = study.group.people.index[fitted.known]
    row = {
        "n_treatment": int(treated.sum()),
        "n_comparison": int((~treated).sum()),
        "effective_comparison": effective_size(w[~treated]),
        "largest_weight": largest_share(weights.reindex(kept), study.group.treatment),
        **estimate.normal(float(of_treated - of_pool), se, tested=tested),
        **estimate.alike(study, weights),
    }
    return estimate.judged(study, "aipw", row, TEXT, kept)
