"""What stands beside the finding of a measure and could change what is made of it."""

from typing import Any

from helpers.outcomes.report.beside import precision, sites
from helpers.outcomes.report.robustness.estimators import forest
from helpers.runs.run import Run


def of_measures(
    run: Run, analysis: str, measures: list[dict[str, Any]]
) -> dict[str, Any]:
    """Give for each measure its second interval by place, margin and other ways.

    A measure without either has no entry, and one whose number is hidden says nothing.
    """
    found = {
        measure["outcome"]: sites.second(run, analysis, measure)
        | precision.margin(run, analysis, measure["outcome"])
        | forest.beside(run, analysis, measure["outcome"])
        for measure in measures
    }
    return {"beside": {name: of for name, of in found.items() if of}}
