"""Inverse probability weighting: everyone of the pool, by the odds of their score."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from helpers.outcomes.robustness.check import Check
from helpers.outcomes.robustness.estimators import estimate
from helpers.outcomes.robustness.study import Study

TEXT = "Everyone of the pool counts, by the odds of having been in the programme."


def checks(study: Study) -> Iterator[Check]:
    """Estimate with the whole pool weighted by e/(1−e), e being the score.

    Exact keys of the request do not count here.
    """
    yield estimate.attempted(
        "ipw", lambda: estimate.of_weights(study, "ipw", weights(study), TEXT)
    )


def weights(study: Study) -> pd.Series:
    """Give 1 for the treated, and e/(1−e) for the pool, in proportion.

    By person_id; those of the pool sum to the number of treated.
    """
    treated = study.treated
    logit = study.model.logit.to_numpy()[~treated]
    odds = np.exp(logit - logit.max())  # so that none is beyond what can be written
    own = np.ones(len(treated))
    own[~treated] = odds * (treated.sum() / odds.sum())
    return pd.Series(own, study.group.people.index, name="weight")
