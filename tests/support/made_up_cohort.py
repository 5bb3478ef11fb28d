"""A ready cohort of made-up people: a provider's list and the pool around it.

Nobody in it is real. Selection into the programme and reoffending both follow recorded
covariates alone, so that matching on them finds `effect` and the plain difference
between the groups does not.
"""

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import expit
from support.made_up_population import (
    BASE_RISK,
    COVARIATES,
    DISPOSAL,
    ETHNICITY,
    MOST_PULL,
    NEEDS,
    NO_RECORD,
    OFFENCE,
    OFFENCE_RISK,
    OFFENCE_SELECTION,
    POOL_LOSSES,
    REGION,
    REGION_SELECTION,
    RISK,
    SELECTION,
    TREATMENT_LOSSES,
)

from helpers.errors import DataError


def make(
    people: int,
    submitted: int,
    effect: float = 0.0,
    seed: int = 1,
    *,
    selection: float = 1.0,
) -> pd.DataFrame:
    """A ready cohort of made-up people, the same bytes for the same arguments.

    Parameters
    ----------
    people : all the people, `submitted` lines of the provider's among them; the rest
        is the pool. Both hold rows with `left_out`, which have no outcome.
    effect : true effect on the one-year reoffending rate of the treated who are not
        left out, as a proportion: -0.08 is 8 points fewer.
    selection : how strongly the covariates steer people into the programme; 0 is a
        lottery, and 4 with two people in the pool for each one treated leaves groups
        that matching cannot balance.

    Raises
    ------
    DataError : when the numbers leave no pool, or no rate between 0 and 1.
    """
    if not 0 < submitted < people:
        raise DataError(
            "inputs.made_up.submitted must be at least 1 and fewer than people "
            f"({people}); found {submitted}"
        )
    streams = [np.random.default_rng(s) for s in np.random.SeedSequence(seed).spawn(6)]
    cohort = _background(people, streams[0])
    cohort = pd.concat([cohort, _needs(cohort.pop("record"), streams[1])], axis=1)
    cohort["disposal"] = _draw(DISPOSAL, people, streams[5])
    cohort["previous_custody"] = streams[5].binomial(
        cohort["previous_convictions"], 0.2
    )
    cohort["treatment"] = _select(cohort, submitted, selection, streams[2])
    cohort["left_out"] = _lose(cohort["treatment"].to_numpy(), streams[3])
    cohort = pd.concat([cohort, _outcomes(cohort, effect, streams[4])], axis=1)
    width = len(str(people))
    cohort["person_id"] = [f"MADE-UP-{i:0{width}d}" for i in range(1, people + 1)]
    cohort["site"] = _site(cohort, streams[3])
    return _blank(cohort)


def _draw(shares: dict[str, float], n: int, rng: np.random.Generator) -> np.ndarray:
    return rng.choice(np.array(list(shares), dtype=object), n, p=list(shares.values()))


def _background(n: int, rng: np.random.Generator) -> pd.DataFrame:
    """Who people are and what they did before; `record` is the bent behind it."""
    record = rng.standard_normal(n)
    age = np.clip(18 + rng.gamma(2.2, 7.5, n), 18, 65).astype(int)
    mean = np.exp(1.35 + 0.7 * record + 0.01 * (age - 34))
    convictions = np.minimum(rng.poisson(mean * rng.gamma(3, 1 / 3, n)), 40)
    offences = convictions + rng.poisson(0.7 * convictions)
    years = np.round((age - 13) * rng.beta(2.5, 2, n), 1) * (convictions > 0)
    employed = np.where(rng.random(n) < expit(-0.5 - 0.4 * record), "Yes", "No")
    employed = np.where(rng.random(n) < 0.05, None, employed)
    ethnicity = np.where(rng.random(n) < 0.06, None, _draw(ETHNICITY, n, rng))
    return pd.DataFrame(
        {
            "sex": np.where(rng.random(n) < 0.14, "Female", "Male"),
            "age": age,
            "ethnicity": ethnicity,
            "offence_group": _draw(OFFENCE, n, rng),
            "previous_offences": offences,
            "previous_convictions": convictions,
            "years_since_first_offence": years,
            "copas_rate": np.round(np.log((convictions + 1) / (years + 10)), 6),
            "employed": employed,
            "region": _draw(REGION, n, rng),
            "record": record,
        }
    )


def _needs(record: pd.Series, rng: np.random.Generator) -> pd.DataFrame:
    """The seven OASys sections: whether each was scored as a need."""
    needs = {}
    for name, (share, pull) in NEEDS.items():
        odds = np.log(share / (1 - share)) + pull * record
        needs[name] = np.where(rng.random(len(record)) < expit(odds), "Yes", "No")
    return pd.DataFrame(needs)


def _pull(cohort: pd.DataFrame, needs: dict[str, float]) -> pd.Series:
    return sum(weight * (cohort[name] == "Yes") for name, weight in needs.items())


def _select(
    cohort: pd.DataFrame, submitted: int, strength: float, rng: np.random.Generator
) -> np.ndarray:
    """1 for the provider's lines: a draw without replacement, weighted by covariates.

    The largest log weights plus Gumbel noise are such a draw (Efraimidis and Spirakis
    2006), close to a logistic model while the list is a small part of the people.
    """
    pull = (
        _pull(cohort, SELECTION)
        + 0.25 * (cohort["copas_rate"] + 1.2)
        - 0.012 * (cohort["age"] - 34)
        - 0.35 * (cohort["employed"] == "Yes")
        + cohort["region"].map(REGION_SELECTION).fillna(0)
        + cohort["offence_group"].map(OFFENCE_SELECTION).fillna(0)
    )
    # places are short: beyond some need, more of it does not bring one any sooner
    pull = np.minimum(pull.to_numpy(), MOST_PULL)
    keys = strength * pull + rng.gumbel(size=len(cohort))
    chosen = np.zeros(len(cohort), dtype=int)
    chosen[np.argsort(-keys, kind="stable")[:submitted]] = 1
    return chosen


def _lose(treatment: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    left_out = np.full(len(treatment), None, dtype=object)
    for group, shares in ((1, TREATMENT_LOSSES), (0, POOL_LOSSES)):
        rows = rng.permutation(np.flatnonzero(treatment == group))
        start = 0
        for box, share in shares.items():
            lost = round(share * len(rows))
            left_out[rows[start : start + lost]] = box
            start += lost
    return left_out


def _outcomes(
    cohort: pd.DataFrame, effect: float, rng: np.random.Generator
) -> pd.DataFrame:
    """Whether, when and how often people reoffend within 365 days.

    The time is Weibull (shape 0.8: most at risk soon after release), with each
    person's rate as its value at 365 days, so that an effect on the rate moves the
    time too.
    """
    risk = (
        BASE_RISK
        + _pull(cohort, RISK)
        + 1.0 * (cohort["copas_rate"] + 1.2)
        - 0.02 * (cohort["age"] - 34)
        - 0.35 * (cohort["employed"] == "Yes")
        - 0.2 * (cohort["sex"] == "Female")
        + cohort["offence_group"].map(OFFENCE_RISK).fillna(0)
    ).to_numpy()
    treated = cohort["treatment"].to_numpy() == 1
    counted = treated & cohort["left_out"].isna().to_numpy()
    # the programme moves whether and when people reoffend; how often those who do,
    # follows what they bring with them
    rate = expit(risk + treated * _shift(risk[counted], effect))
    draw = rng.random(len(cohort))
    with np.errstate(divide="ignore"):
        share = np.log1p(-draw) / np.log1p(-rate)
    reoffended = draw < rate
    days = np.clip(np.ceil(365 * share ** (1 / 0.8)), 1, 365)
    further = rng.poisson(2.6 * np.exp(0.3 * risk) * rng.gamma(0.8, 1 / 0.8, len(risk)))
    return pd.DataFrame(
        {
            "reoffended": reoffended.astype(float),
            "reoffences": np.where(reoffended, 1 + further, 0).astype(float),
            "days_to_first_reoffence": np.where(reoffended, days, np.nan),
        }
    )


def _shift(risk: np.ndarray, effect: float) -> float:
    """The change in log odds that moves the mean rate by `effect`."""
    if effect == 0 or len(risk) == 0:
        return 0.0
    base = expit(risk).mean()
    if not 0.001 < base + effect < 0.999:
        raise DataError(
            "inputs.made_up.effect must leave a rate between 0 and 1 when added to "
            f"{base:.2f}; found {effect}"
        )
    return brentq(lambda d: expit(risk + d).mean() - base - effect, -30, 30)


def _site(cohort: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Two sites of the provider in each region; people of the pool have none."""
    first = cohort["region"].map({name: 2 * i + 1 for i, name in enumerate(REGION)})
    number = first + rng.integers(0, 2, len(cohort))
    names = "Site " + number.astype(str).str.zfill(2)
    return np.where(cohort["treatment"] == 1, names, None)


def _blank(cohort: pd.DataFrame) -> pd.DataFrame:
    """Empty what is not known of people left out, and put the columns in order."""
    outcomes = ["reoffended", "reoffences", "days_to_first_reoffence"]
    known = ["person_id", "treatment", *outcomes, "left_out"]
    covariates = [name for name in COVARIATES if name in cohort]
    lost = cohort["left_out"].notna()
    cohort.loc[lost, outcomes] = np.nan
    cohort.loc[cohort["left_out"] == "outside the age limits", "age"] = 17
    unlinked = cohort["left_out"].isin(NO_RECORD)
    of_record = [n for n in covariates if n not in ("sex", "age", "site")]
    cohort[of_record] = cohort[of_record].mask(unlinked)
    cohort.loc[cohort["left_out"] == "no suitable sentence", "offence_group"] = None
    return cohort[known + covariates]
