"""The same difference of two rates by other tests: does the verdict hang on the choice?

Published accounts count everybody in the comparison group once, however little they
weigh ("raw" below); the headline's test counts its effective size.
"""

import math
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.regression.linear_model import WLS
from statsmodels.stats.proportion import proportions_ztest

from helpers.outcomes import estimates
from helpers.outcomes.estimates import Z
from helpers.outcomes.robustness.check import Check
from helpers.outcomes.robustness.study import Study
from helpers.request.limits import ALPHA

NAME = "tests_beside"
VALUES = ["standard_error", "df", "ci_low", "ci_high", "p_value", "significant"]
COLUMNS = ["test", *VALUES]
AGREE = "The verdict is the same by each of these tests."
DIFFER = "The verdict depends on which test is chosen."
NO_RATE = "Other tests stand beside that of a rate alone."
NOT_TESTED = "Too few people reoffended to test, by any of them."


def welch(p_t: float, n_t: float, p_c: float, n_c: float) -> dict[str, float]:
    """Give Welch's test of two rates, each group with as many people as it has."""
    parts = [p * (1 - p) / (n - 1) for p, n in ((p_t, n_t), (p_c, n_c))]
    error = math.sqrt(sum(parts))
    if error == 0:
        return _found(error)
    df = sum(parts) ** 2 / sum(v**2 / (n - 1) for v, n in zip(parts, (n_t, n_c),
                                                              strict=True))  # fmt: skip
    reach = stats.t.ppf(1 - ALPHA / 2, df) * error
    gap = p_t - p_c
    p = 2 * stats.t.sf(abs(gap) / error, df)
    return _found(error, df, gap - reach, gap + reach, p)


def pooled(p_t: float, n_t: float, p_c: float, n_c: float) -> dict[str, float]:
    """Give the z-test of two rates with one variance for both groups."""
    both = (n_t * p_t + n_c * p_c) / (n_t + n_c)
    error = math.sqrt(both * (1 - both) * (1 / n_t + 1 / n_c))
    if error == 0:
        return _found(error)
    _, p = proportions_ztest([n_t * p_t, n_c * p_c], [n_t, n_c])
    gap = p_t - p_c
    return _found(error, math.nan, gap - Z * error, gap + Z * error, p)


def newcombe(p_t: float, n_t: float, p_c: float, n_c: float) -> dict[str, float]:
    """Give Newcombe's interval; the verdict is whether it holds 0."""
    low, high = estimates.newcombe(p_t, n_t, p_c, n_c)
    return _found(ci_low=low, ci_high=high) | {"significant": bool(low * high > 0)}


def regression(
    outcome: pd.Series, treatment: pd.Series, weights: pd.Series
) -> dict[str, float]:
    """Give weighted least squares on a constant and the group, with HC2 errors.

    Arguments are those of `estimates.difference`; its test and interval are by the
    normal distribution.
    """
    used = ((weights > 0) & outcome.notna()).to_numpy()
    group = treatment.to_numpy(dtype=float)[used]
    design = np.column_stack([np.ones(len(group)), group])
    y, w = (values.to_numpy(dtype=float)[used] for values in (outcome, weights))
    fit = WLS(y, design, weights=w).fit(cov_type="HC2")
    low, high = fit.conf_int(ALPHA)[1]
    return _found(fit.bse[1], math.nan, low, high, fit.pvalues[1])


def _found(
    standard_error: float = math.nan,
    df: float = math.nan,
    ci_low: float = math.nan,
    ci_high: float = math.nan,
    p_value: float = math.nan,
) -> dict[str, float]:
    significant = None if math.isnan(p_value) else bool(p_value <= ALPHA)
    values = (standard_error, df, ci_low, ci_high, p_value, significant)
    return dict(zip(VALUES, values, strict=True))


def checks(study: Study) -> Iterator[Check]:
    """Give the headline's test and four beside it, one row each.

    Columns: test (`headline`, `welch_raw`, `pooled_raw`, `newcombe`, `regression`), and
    in proportions standard_error, df, ci_low, ci_high, p_value, significant.
    """
    found = study.estimate
    why = ""
    if study.outcome.kind != "rate":
        why = NO_RATE
    elif math.isnan(found["p_value"]):
        why = NOT_TESTED
    if why:
        yield Check(NAME, "none", pd.DataFrame(columns=COLUMNS), why)
        return
    raw = _rates(found, found["n_comparison"])
    tests = {
        "headline": found[VALUES].to_dict(),
        "welch_raw": welch(*raw),
        "pooled_raw": pooled(*raw),
        "newcombe": newcombe(*_rates(found, found["effective_comparison"])),
        "regression": regression(study.values, study.group.treatment, study.weights),
    }
    table = pd.DataFrame([{"test": test} | row for test, row in tests.items()])
    agree = len({bool(verdict) for verdict in table["significant"]}) == 1
    yield Check(NAME, "holds" if agree else "doubt", table, AGREE if agree else DIFFER)


def _rates(found: Mapping[str, float], size: float) -> tuple[float, ...]:
    """Give rate and people of each group, the comparison group with some size."""
    ours = found["value_treatment"], found["n_treatment"]
    return (*ours, found["value_comparison"], size)
