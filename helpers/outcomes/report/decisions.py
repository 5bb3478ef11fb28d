"""What is not shown, and which analyses the main points may tell of."""

from typing import Any

import pandas as pd

from helpers.intake.report.without_result.as_result import WHY
from helpers.outcomes.report import reasons as report_reasons
from helpers.outcomes.report.reasons import reason_not_headlined, reason_not_shown
from helpers.publication import refs
from helpers.publication.cells import Cell
from helpers.publication.wording.without_result.reasons import POOR_MATCH
from helpers.runs.run import Run


def not_headlined(run: Run, sizes: pd.DataFrame, analysis: str) -> str:
    """Tell why an analysis is kept out of the main points; empty where it is in."""
    match = sizes.set_index("analysis", drop=False).loc[analysis]
    least = run.request.least_people
    return reason_not_headlined(match, least)


def reasons(run: Run, sizes: pd.DataFrame, analysis: str) -> dict[str, Any]:
    """Tell why an analysis has no main points, for the words that say so."""
    match = sizes.set_index("analysis", drop=False).loc[analysis]
    least = run.request.least_people
    return report_reasons.not_headlined(match, least)


def headlined(run: Run, sizes: pd.DataFrame) -> list[Cell]:
    """Tell which analyses the main points may tell of, and which had no like groups."""
    poor = [
        Cell(
            refs.of(row.analysis, WHY),
            POOR_MATCH.name,
            "derived",
            needs=(refs.of(row.analysis, "match_quality"),),
            method="4: a poor match at every caliper that was tried",
        )
        for row in sizes.itertuples()
        if row.quality == "poorly"
    ]
    return poor + [
        Cell(
            refs.of(analysis.name, "headlined"),
            "no" if not_headlined(run, sizes, analysis.name) else "yes",
            "derived",
            needs=(refs.of(analysis.name, "n_treatment"),),
            method="4: no on a poor match, too few matched, or too few analysed",
        )
        for analysis in run.request.analyses
    ]


def table(run: Run, results: pd.DataFrame, sizes: pd.DataFrame) -> pd.DataFrame:
    """Tell the analyst what is not shown or not headlined, and why."""
    outcomes = {outcome.name: outcome for outcome in run.request.outcomes}
    by_name = sizes.set_index("analysis")
    rows = [
        {
            "analysis": row.analysis,
            "outcome": row.outcome,
            "not shown": reason_not_shown(
                row, outcomes[row.outcome], by_name.loc[row.analysis, "quality"]
            ),
            "not headlined": not_headlined(run, sizes, row.analysis),
        }
        for row in results.itertuples(index=False)
    ]
    return pd.DataFrame(rows).set_index("outcome")
