"""The difference once more, people helped at one place taken together."""

import math
from collections.abc import Iterable, Mapping

import pandas as pd
from scipy import stats

from helpers.intake.cohort.kinds import as_text
from helpers.request import Outcome
from helpers.request.limits import ALPHA, LARGEST_SITE, SITES

VALUES = (
    "n_sites",
    "largest_site",
    "standard_error",
    "df",
    "ci_low",
    "ci_high",
    "p_value",
)


def difference(
    outcome: pd.Series, site: pd.Series, estimate: Mapping[str, float]
) -> pd.Series:
    """Give an estimate's interval and test with people of one site taken together.

    Parameters
    ----------
    outcome
        Its value for each treated person analysed; who has none is left out.
    site
        Where each was helped, as text; capitals and spaces tell no two sites apart.
    estimate
        As `estimates.difference` gives it, on the same people.

    Returns
    -------
    Series
        n_sites and largest_site (its share of the people); in the outcome's units
        standard_error, df, ci_low, ci_high (95%) and p_value (two-sided), NaN with
        fewer than ten sites, with one of more than a third of the people, and where
        the estimate has no test.

    Notes
    -----
    Vₜ = G/(G−1)·Σ_g(Σ_{i∈g}(y−ȳₜ))²/nₜ² and df = G−1 (method, section 9); V_c is the
    estimate's. A person whose site is not known enters the sum alone and is none of
    the G sites.
    """
    known = outcome.notna()
    y = outcome[known].astype(float)
    place = plain(site[known])
    count = place.nunique()
    largest = float(place.value_counts().max() / len(y)) if count else math.nan
    counted = {"n_sites": count, "largest_site": largest}
    if not enough(count, largest) or math.isnan(estimate["p_value"]):
        return pd.Series(dict.fromkeys(VALUES, math.nan) | counted)
    within = (y - y.mean()).groupby(place).sum()
    alone = (y - y.mean())[place.isna()]
    squares = (within**2).sum() + (alone**2).sum()
    together = count / (count - 1) * squares / len(y) ** 2
    pool = estimate["standard_error"] ** 2 - y.var(ddof=1) / len(y)
    gap, error = estimate["difference"], math.sqrt(together + pool)
    reach = stats.t.ppf(1 - ALPHA / 2, count - 1) * error
    p = 2 * stats.t.sf(abs(gap) / error, count - 1)
    values = (count, largest, error, count - 1, gap - reach, gap + reach, p)
    return pd.Series(dict(zip(VALUES, values, strict=True)))


def enough(count: float, largest: float) -> bool:
    """Tell whether sites are enough for a second standard error, and none too large."""
    return count >= SITES and largest <= LARGEST_SITE


def plain(site: pd.Series) -> pd.Series:
    """Give sites in one spelling: capitals, and spaces around them, tell none apart."""
    text = as_text(site).str.strip().str.replace(r"\s+", " ", regex=True)
    return text.str.casefold().where(text != "")


def table(
    results: pd.DataFrame,
    each: Iterable[tuple[str, Outcome, pd.DataFrame]],
    people: pd.DataFrame,
) -> pd.DataFrame:
    """Give `difference` of every estimate, and for how many no site is known.

    `results` are the estimates, `each` is analysis, outcome and matched people, and
    `people` has the sites by person_id. No row where there is no column of sites.
    """
    columns = ["analysis", "outcome", "no_site", *VALUES]
    if "site" not in people:
        return pd.DataFrame(columns=columns)
    place = people.set_index("person_id")["site"]
    estimates = results.set_index(["analysis", "outcome"])
    rows = []
    for name, outcome, matched in each:
        analysed = (matched["treatment"] == 1) & (matched["weight"] > 0)
        treated = matched[analysed & matched[outcome.name].notna()]
        site = treated["person_id"].map(place)
        found = difference(
            treated[outcome.name], site, estimates.loc[(name, outcome.name)]
        )
        unknown = int(plain(site).isna().sum())
        rows.append(
            {"analysis": name, "outcome": outcome.name, "no_site": unknown, **found}
        )
    return pd.DataFrame(rows, columns=columns)
