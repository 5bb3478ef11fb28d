"""An analysis that could not be made, as result.json has it."""

from typing import Any

import pandas as pd

from helpers.publication import refs
from helpers.publication.blocks import ref
from helpers.runs.run import Run

#: of an analysis without a result, in result.json: the name of its reason
WHY = "could_not_be_analysed"


def result(run: Run, analysis: str) -> dict[str, Any]:
    """Give such an analysis as result.json has it: its form, without numbers."""
    asked = next(a for a in run.asked.analyses if a.name == analysis)
    sizes = ("n_treatment", "n_comparison", "effective_comparison", "match_quality")
    return {
        "name": analysis,
        "headline": asked.headline,
        "n_submitted": ref(refs.SUBMITTED),
        **dict.fromkeys(sizes),
        "outcomes": [],
        "balance": [],
        WHY: run.without_result[analysis],
    }


def table(run: Run) -> pd.DataFrame:
    """Give without_result.parquet: the headlines that cannot be analysed, and why."""
    rows = list(run.without_result.items())
    return pd.DataFrame(rows, columns=["analysis", "reason"], dtype="str")


def recipe(run: Run) -> dict[str, Any]:
    """Give result.json of a run in which no headline could be analysed, as a recipe."""
    analyses = [result(run, name) for name in run.without_result]
    return {"request_id": run.request.id, "analyses": analyses}
