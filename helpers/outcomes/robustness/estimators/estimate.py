"""What an estimator gives: one row of numbers, who counts, and whether it agrees.

An estimator's check `holds` where its own 95% interval holds the headline's difference,
and is in `doubt` where it does not. It only tells (`told`) where it has no interval, or
where its groups are poorly matched: that says more of the estimator than of the answer.
It is `none`, with why, where there is no estimate.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from helpers.errors import DataError
from helpers.matching import balance
from helpers.matching.weights import effective_size, largest_share
from helpers.outcomes import estimates
from helpers.outcomes.robustness.check import Check, Verdict
from helpers.outcomes.robustness.study import Study
from helpers.request.limits import ALPHA, EVENTS, HEAVIEST

#: of an estimator's table, a row a variant, in the outcome's own units
COLUMNS = (
    "variant",
    "n_treatment",
    "n_comparison",
    "effective_comparison",
    "difference",
    "standard_error",
    "df",
    "ci_low",
    "ci_high",
    "p_value",
    "significant",
    "largest_weight",
    "largest_smd",
    "quality",
    "why",
)
NOBODY = "nobody with a known value is matched"
TOO_FEW = "one of the groups counts as fewer than two people, or nobody differs"
HEAVY = "much of the comparison group's weight is on one person"
UNCLEAR = "the scores or covariates do not tell people apart well enough"


class NoEstimate(DataError):
    """Why a method has no estimate, in words that hold no number of people."""


def of_weights(
    study: Study,
    variant: str,
    weights: pd.Series,
    text: str,
    balanced: pd.DataFrame | None = None,
) -> Check:
    """Give the check of an estimator that weighs people, by weighted Welch.

    Parameters
    ----------
    weights
        By person_id: 1 for the treated who count, above 0 for the comparison people.
    text
        What was done, in one sentence.
    balanced
        The balance table of these weights, where it is known.

    Notes
    -----
    People whose value is not known are left out, as `estimates.difference` does.
    """
    treatment = study.group.treatment
    own = estimates.difference(
        study.values, treatment, weights, **study.outcome.estimated
    )
    if not (own["n_treatment"] and own["n_comparison"]):
        return without(variant, NOBODY)
    kept = weights.index[(weights > 0) & study.values.notna()]
    heaviest = largest_share(weights.reindex(kept), treatment)
    row = own.to_dict() | {"largest_weight": heaviest} | alike(study, weights, balanced)
    return judged(study, variant, row, text, kept)


def alike(
    study: Study, weights: pd.Series, balanced: pd.DataFrame | None = None
) -> dict[str, Any]:
    """Give the largest difference left on a covariate, and how well groups match."""
    if balanced is None:
        group = study.group
        balanced = balance.of_several(
            group.people, group.treatment, {"own": weights}, group.covariates
        )["own"]
    sizes = balance.named(balanced)["smd_after"].abs()
    return {
        "largest_smd": float(sizes.max(skipna=False)),
        "quality": balance.quality(balanced),
    }


def is_rate(study: Study) -> bool:
    """Tell whether the measure is a rate, as `estimates.difference` takes it."""
    kind = study.outcome.estimated_as
    binary = bool(study.values.dropna().isin([0, 1]).all())
    return kind == "rate" or (kind is None and binary)


def enough(study: Study, weight: np.ndarray) -> bool:
    """Tell whether enough people have an outcome, and have not, for a test.

    `weight` is one a person with a known value; the treated count as 1.
    """
    known = study.values.notna().to_numpy()
    y, treated = study.values.to_numpy()[known], study.treated[known]
    if study.outcome.of_some and (y[treated] != 0).sum() < EVENTS:
        return False
    if not is_rate(study):
        return True
    pool = weight[~treated]
    share = (pool * y[~treated]).sum() / pool.sum()
    few = estimates.few_events
    return not (
        few(y[treated].mean(), treated.sum()) or few(share, effective_size(pool))
    )


def normal(difference: float, standard_error: float, *, tested: bool) -> dict[str, Any]:
    """Give an estimate with its interval and test by the normal distribution.

    `tested` tells whether enough people have the outcome for a test.
    """
    tested = tested and standard_error > 0
    z = abs(difference) / standard_error if standard_error > 0 else math.nan
    p = float(2 * stats.norm.sf(z)) if tested else math.nan
    reach = estimates.Z * standard_error if standard_error > 0 else math.nan
    return {
        "difference": difference,
        "standard_error": standard_error,
        "df": math.nan,
        "ci_low": difference - reach,
        "ci_high": difference + reach,
        "p_value": p,
        "significant": bool(p <= ALPHA) if tested else None,
    }


def judged(
    study: Study, variant: str, row: Mapping[str, Any], text: str, kept: pd.Index
) -> Check:
    """Give an estimator's check, judged against the headline's difference."""
    low, high = row["ci_low"], row["ci_high"]
    why, verdict = None, _verdict(study, row)
    if math.isnan(low) or math.isnan(high):
        why = TOO_FEW
    elif row.get("largest_weight", 0) > HEAVIEST + 1e-9:  # sums round
        why = HEAVY
    return Check(
        variant, verdict, table({**row, "variant": variant, "why": why}), text, kept
    )


def _verdict(study: Study, row: Mapping[str, Any]) -> Verdict:
    low, high = row["ci_low"], row["ci_high"]
    headline = study.estimate["difference"]
    unjudged = (low, high, headline)
    if any(map(math.isnan, unjudged)) or row.get("quality") == "poorly":
        return "told"
    return "holds" if low <= headline <= high else "doubt"


def without(variant: str, why: str) -> Check:
    """Give the check of an estimator that could not be carried out, and why."""
    return Check(variant, "none", table({"variant": variant, "why": why}), why)


def attempted(variant: str, work: Callable[[], Check]) -> Check:
    """Carry an estimator out; where the data do not allow it, the check says why."""
    try:
        return work()
    except NoEstimate as error:
        return without(variant, str(error))
    except (DataError, np.linalg.LinAlgError):  # whose words may count people
        return without(variant, UNCLEAR)


def table(row: Mapping[str, Any]) -> pd.DataFrame:
    """Give an estimator's row in its columns; None or NaN where there is no number."""
    held = {"significant": None, "quality": None, "why": None}
    empty = {name: held.get(name, math.nan) for name in COLUMNS}
    rows = pd.DataFrame([empty | {k: v for k, v in row.items() if k in empty}])
    return rows.astype({name: object for name in held})
