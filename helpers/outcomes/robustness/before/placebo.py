"""Placebo programmes: what the method finds where nobody was helped."""

import math
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import expit
from threadpoolctl import threadpool_limits

from helpers.errors import DataError, KitError
from helpers.intake.cohort import draws
from helpers.matching import matching, propensity
from helpers.matching.design import Covariate, read
from helpers.matching.distances import resolve_caliper
from helpers.outcomes import estimates
from helpers.outcomes.robustness.study import Study
from helpers.request.limits import EVENTS, REOFFENDERS

PART = 10  # people of the pool for each of a made-up programme
LEAST = 2 * EVENTS  # people, or no rate could be tested: ten with and ten without
#: said without a number, since a report may print it
TOO_SMALL = "too few people are matched, or in the pool, to draw made-up programmes of"
TOO_FEW = "too few people were matched to estimate a difference"

COLUMNS = (
    "n_treatment", "difference", "standard_error", "df", "p_value", "significant",
)  # fmt: skip


def programmes(study: Study, groups: int, seed: int) -> pd.DataFrame:
    """Estimate what made-up programmes of people of the pool come to.

    Each has as many people as were matched of the programme, or a tenth of the pool if
    that is fewer, drawn by their odds of taking part. The others are its pool: the
    propensity model is fitted and people are matched again as in the study. Only the
    pool's outcomes are looked at.

    Parameters
    ----------
    study
        With the values of its measure; those of the treated may be missing.
    groups
        How many programmes to make up.
    seed
        Of the draws, which hang on it, the analysis' name and each person's id alone.

    Returns
    -------
    DataFrame
        A row a programme: number (from 1), n_treatment (people matched), and in the
        outcome's units difference, standard_error, df, p_value and significant (None
        where not tested), as `estimates.difference` gives them; why there is no
        difference, or None.
    """
    numbers = range(1, groups + 1)
    try:
        pool = _pool(study, seed)
    except DataError as error:
        rows = [_none(number, str(error)) for number in numbers]
    else:
        with warnings.catch_warnings(), threadpool_limits(limits=1, user_api="blas"):
            warnings.simplefilter("ignore")  # columns dropped, and calipers, each time
            rows = [_programme(pool, number) for number in numbers]
    return pd.DataFrame(rows, columns=["number", *COLUMNS, "why"])


def size(study: Study) -> int:
    """Give how many people each made-up programme of a study has."""
    return min(n_matched(study), int((~study.treated).sum()) // PART)


def n_matched(study: Study) -> int:
    """Give how many people of the programme were matched."""
    return int((study.weights[study.treated] > 0).sum())


@dataclass(frozen=True, eq=False)
class _Pool:
    """The pool of a study in order of person_id, as programmes are drawn from it.

    People are known by their place, so that ties go to the lower person_id as they do
    in the study.
    """

    study: Study
    size: int
    caliper: float | dict | None
    covariates: list[Covariate]
    near: Mapping[str, float]
    units: np.ndarray
    against: np.ndarray
    exact: pd.DataFrame | None
    values: pd.Series

    def drawn(self, number: int) -> np.ndarray:
        """Tell who is in a made-up programme: the largest of ln(u)(1−e)/e."""
        u = draws.further(self.units, number)
        # 52 bits, so that no u is 0 or 1
        chance = ((u >> np.uint64(12)).astype(float) + 0.5) * 2.0**-52
        key = np.log(chance) * self.against
        taken = np.zeros(len(key), dtype=bool)
        taken[np.argpartition(key, -self.size)[-self.size :]] = True
        return taken

    def matched(self, taken: np.ndarray) -> matching.Match:
        """Fit the propensity model and match once more, as the study was."""
        logit = pd.Series(propensity.logits(self.covariates, taken, self.near))
        score, treatment = expit(logit), pd.Series(taken.astype(int))
        settings = self.study.settings
        rules: dict[str, Any] = {"exact": self.exact, "logit": logit}
        width = self.caliper
        if settings.method != "kernel":
            width = resolve_caliper(
                score, treatment, settings.distance, width, logit=logit
            )
            width = width if math.isfinite(width) else None
        if settings.common_support == "range":
            score = matching.within_range(
                score, treatment, settings.distance, self.exact, logit=logit
            )
        rules |= {settings.reach: width}
        return matching.match(score, treatment, **settings.how, **rules)


def _pool(study: Study, seed: int) -> _Pool:
    treated, group = study.treated, study.group
    people = size(study)
    if people < LEAST:
        raise DataError(TOO_SMALL)
    frame = group.people[~treated].sort_index()
    by_person = frame.index
    exact = group.exact
    if exact is not None:
        keys = exact.loc[by_person]
        strata = keys.groupby(list(keys.columns), dropna=False, observed=True)
        exact = pd.DataFrame({"stratum": strata.ngroup().to_numpy()})
    with np.errstate(over="ignore"):
        against = np.exp(-study.model.logit.loc[by_person].to_numpy())
    return _Pool(
        study=study,
        size=people,
        caliper=_caliper(study),
        covariates=[read(frame[name]) for name in group.covariates],
        near=study.model.coefficients["estimate"].to_dict(),
        units=draws.units(seed, f"placebo {group.name}", map(str, by_person)),
        against=against,
        exact=exact,
        values=study.values.loc[by_person].reset_index(drop=True),
    )


def _caliper(study: Study) -> float | dict | None:
    """Give the caliper or bandwidth as the request tells it that the study came to."""
    settings, model = study.settings, study.model
    if settings.method == "kernel":
        return settings.bandwidth
    told = settings.calipers
    if len(told) == 1:
        return told[0]
    widths = [
        resolve_caliper(
            model.score, study.group.treatment, settings.distance, c, logit=model.logit
        )
        for c in told
    ]
    return told[int(np.argmin(np.abs(np.array(widths) - study.width)))]


def _programme(pool: _Pool, number: int) -> dict[str, Any]:
    taken = pool.drawn(number)
    try:
        match = pool.matched(taken)
    except KitError as error:
        return _none(number, str(error))
    treatment = pd.Series(taken.astype(int))
    estimate = estimates.difference(
        pool.values, treatment, match.weights, **pool.study.outcome.estimated
    )
    if not estimate["standard_error"] >= 0:
        return _none(number, TOO_FEW)
    if pool.study.outcome.of_some and estimate["n_treatment"] < REOFFENDERS:
        # nor would a real result of so few be shown
        estimate["p_value"], estimate["significant"] = math.nan, None
    return {"number": number, **estimate[list(COLUMNS)], "why": None}


def _none(number: int, why: str) -> dict[str, Any]:
    blank = dict.fromkeys(COLUMNS, math.nan) | {"n_treatment": 0, "significant": None}
    return {"number": number, **blank, "why": why}
