"""Many tests at once: of those that stand out, how many would by chance alone?"""

from collections.abc import Collection

import pandas as pd
from statsmodels.stats.multitest import multipletests

from helpers.outcomes.measures import MAIN
from helpers.request.limits import ALPHA

COLUMNS = ["analysis", "outcome", "p_value", "q_value", "tests", "significant"]


def discoveries(results: pd.DataFrame, headlines: Collection[str]) -> pd.DataFrame:
    """Give Benjamini and Hochberg's q of every analysis that is no headline.

    Within each measure; `results` is what `measures.table` gives. Columns: analysis,
    outcome, p_value, q_value, tests (how many were looked at together), significant (q
    is 0.05 or less). Rows that were not tested are left out.
    """
    tested = results[
        (results["variant"] == MAIN)
        & ~results["analysis"].isin(headlines)
        & results["p_value"].notna()
    ]
    parts = []
    for _, rows in tested.groupby("outcome", sort=False):
        q = multipletests(rows["p_value"], ALPHA, method="fdr_bh")[1]
        told = {"q_value": q, "tests": len(rows), "significant": q <= ALPHA}
        parts.append(rows[["analysis", "outcome", "p_value"]].assign(**told))
    if not parts:
        return pd.DataFrame(columns=COLUMNS)
    return pd.concat(parts, ignore_index=True)[COLUMNS]


def expected_by_chance(tests: int) -> float:
    """Give how many of so many tests would stand out if there were no difference."""
    return ALPHA * tests
