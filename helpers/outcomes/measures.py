"""The measures of a run: one row an analysis and outcome, and what is not shown."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.request import Outcome, Request

#: the columns of estimates.parquet (method, section 5)
VALUES = (
    "n_treatment n_comparison effective_comparison value_treatment value_comparison "
    "difference standard_error df ci_low ci_high p_value significant"
).split()
COLUMNS = ["analysis", "variant", "outcome", *VALUES]


def with_outcomes(matched: pd.DataFrame, outcomes: pd.DataFrame) -> dict[str, Any]:
    """Give each analysis' matched people with their outcomes, by its name."""
    joined = matched.merge(outcomes, on="person_id", validate="many_to_one")
    return dict(list(joined.groupby("analysis", sort=False)))


def each(
    matched: Mapping[str, pd.DataFrame], request: Request
) -> list[tuple[str, Outcome, pd.DataFrame]]:
    """Give analysis, outcome and matched people for every outcome in the data."""
    return [
        (name, outcome, people)
        for name, people in matched.items()
        for outcome in request.outcomes
        if outcome.name in people
    ]


def known(each: list[tuple[str, Outcome, pd.DataFrame]]) -> pd.DataFrame:
    """Count the people of each group on whom the estimates of an outcome rest."""
    rows = []
    for name, outcome, people in each:
        used = people[people["weight"] > 0]
        counts = used[outcome.name].notna().groupby(used["treatment"]).sum()
        rows.append(
            {
                "analysis": name,
                "outcome": outcome.name,
                "programme": int(counts.get(1, 0)),
                "comparison": int(counts.get(0, 0)),
            }
        )
    return pd.DataFrame(rows).set_index("outcome")


def table(results: Mapping[tuple[str, str], pd.Series]) -> pd.DataFrame:
    """Give one row an analysis and outcome, from `estimates.difference` of each."""
    rows = [
        {"analysis": analysis, "variant": "main", "outcome": outcome, **result}
        for (analysis, outcome), result in results.items()
    ]
    frame = pd.DataFrame(rows, columns=COLUMNS)
    frame["significant"] = frame["significant"].astype("boolean")
    counts = ["n_treatment", "n_comparison"]
    frame[counts] = frame[counts].astype("int64")
    floats = [c for c in VALUES if c not in (*counts, "significant")]
    frame[floats] = frame[floats].astype("float64")
    return frame


def interval_table(found: Mapping[tuple[str, str], pd.Series]) -> pd.DataFrame:
    """Give one row an analysis and outcome, from `estimates.group_intervals`."""
    return pd.DataFrame(found).T.rename_axis(["analysis", "outcome"])
