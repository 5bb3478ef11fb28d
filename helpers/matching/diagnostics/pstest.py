"""Balance as psmatch2 defines it (pstest 4.2, `both`)."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.special import log_ndtr
from scipy.stats import norm
from scipy.stats import t as students_t

from helpers.matching.design import is_categorical, levels
from helpers.matching.diagnostics.samples import (
    Sample,
    Side,
    binary,
    columns,
    ratio,
    rows,
    standardised,
)

STEPS = 50  # of Newton's method

#: why its numbers differ from the balance table
WHY = (
    "%bias is defined as here; t, p and V(T)/V(C) take the sum of the weights for a "
    "number of people, so that p says more than the effective size allows."
)
WHY_INDEX = (
    "B and R are those of a probit fitted anew in each sample, which people with a "
    "number not known drop out of; the kit's are those of the logit matched on."
)


def pstest(
    people: pd.DataFrame,
    treatment: pd.Series,
    weights: pd.Series,
    covariates: Sequence[str],
) -> pd.DataFrame:
    """Give balance as psmatch2's `pstest, both` does: a row unmatched, a row matched.

    Parameters are those of `helpers.matching.balance.table`. Like Stata's `i.x`, a
    category has no row for its first level.
    """
    lines, terms = [], _terms(people, covariates)
    for variable, level, value, samples in rows(people, treatment, weights, covariates):
        if (variable, level) not in terms:
            continue
        two = binary(value)
        before = samples[0]
        spread = (before.treated.variance + before.control.variance) / 2
        bias = [100 * standardised(sample.difference, spread) for sample in samples]
        less = 100 * ratio(abs(bias[0]) - abs(bias[1]), abs(bias[0]))
        for name, sample, far in zip(("U", "M"), samples, bias, strict=True):
            t, p = _t_test(sample)
            of = [side.variance_of_counts for side in sample]
            lines.append(
                {
                    "variable": variable,
                    "level": level,
                    "sample": name,
                    "Mean Treated": sample.treated.mean,
                    "Mean Control": sample.control.mean,
                    "%bias": far,
                    "%reduct |bias|": less if name == "M" else math.nan,
                    "t": t,
                    "p>|t|": p,
                    "V(T)/V(C)": math.nan if two else ratio(*of),
                }
            )
    return pd.DataFrame(lines)


def _t_test(sample: Sample) -> tuple[float, float]:
    """Regress a column on treatment, each weight a number of people; t and p."""
    totals = [side.total for side in sample]
    freedom = sum(totals) - 2
    if min(totals) <= 0 or freedom <= 0:
        return math.nan, math.nan
    variance = sum(side.squares for side in sample) / freedom
    error = math.sqrt(variance * sum(1 / total for total in totals))
    if not error:
        return math.nan, math.nan
    t = sample.difference / error
    return t, float(2 * students_t.sf(abs(t), freedom))


def pstest_index(
    people: pd.DataFrame,
    treatment: pd.Series,
    weights: pd.Series,
    covariates: Sequence[str],
) -> pd.DataFrame:
    """Give pstest's summary of each sample: MeanBias, MedBias, B, R.

    B and R are those of the linear index of a probit fitted on the sample's people of
    whom every number is known; null where none can be fitted.
    """
    biases = pstest(people, treatment, weights, covariates)
    treated = (treatment.reindex(people.index) == 1).to_numpy()
    weight = weights.reindex(people.index).to_numpy(dtype=float)
    design = _design(people, covariates)
    lines = []
    for name, w in (("U", np.ones(len(people))), ("M", weight)):
        size = biases.loc[biases["sample"] == name, "%bias"].abs()
        b, r = _index(design, treated, w)
        mean, median = size.mean(), size.median()
        lines.append(
            {"sample": name, "MeanBias": mean, "MedBias": median, "B": b, "R": r}
        )
    return pd.DataFrame(lines)


def _design(people: pd.DataFrame, covariates: Sequence[str]) -> np.ndarray:
    """Lay out a constant and the covariates as numbers."""
    terms = _terms(people, covariates)
    taken = [
        value
        for variable, level, value in columns(people, covariates)
        if (variable, level) in terms
    ]
    return np.column_stack([np.ones(len(people)), *taken])


def _terms(people: pd.DataFrame, covariates: Sequence[str]) -> set[tuple[str, str]]:
    """Give the columns that Stata would have: of a category all levels but the first.

    Stata has no column for a number that is not known: it leaves such people out.
    """
    return {
        (name, level)
        for name in covariates
        for level in (
            levels(people[name])[1][1:] if is_categorical(people[name]) else [""]
        )
    }


def _index(
    design: np.ndarray, treated: np.ndarray, weight: np.ndarray
) -> tuple[float, float]:
    used = (weight > 0) & ~np.isnan(design).any(axis=1)
    y, w = treated[used], weight[used]
    line = _probit(design[used], y, w) if y.any() and not y.all() else None
    if line is None:
        return math.nan, math.nan
    sample = Sample(*(Side(line[who], w[who]) for who in (y, ~y)))
    of = [side.variance_of_counts for side in sample]
    return 100 * standardised(sample.difference, sum(of) / 2), ratio(*of)


def _probit(x: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray | None:
    """Give the linear index of a probit fitted by Newton's method.

    None where the coefficients have no end, or do not settle.
    """
    x[:, 1:] /= np.maximum(np.abs(x[:, 1:]).max(axis=0), 1e-300)  # of one size
    sign, line = np.where(y, 1.0, -1.0), np.zeros(len(y))
    for _ in range(STEPS):
        log_chance = log_ndtr(sign * line)
        if -(w @ log_chance) < 1e-6:  # the groups are told apart for certain
            return None
        pull = sign * np.exp(norm.logpdf(line) - log_chance)
        curve = (x * (w * pull * (pull + line))[:, None]).T @ x
        step = x @ np.linalg.lstsq(curve, x.T @ (w * pull), rcond=1e-12)[0]
        line = line + step
        if np.abs(step).max() < 1e-9:
            return line
    return None
