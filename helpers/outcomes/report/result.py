"""result.json of a run, as a recipe."""

from typing import Any

import pandas as pd

from helpers.intake.report.without_result import as_result
from helpers.intake.report.without_result.as_result import WHY
from helpers.matching.report.characteristics import row_refs
from helpers.outcomes.measures import MAIN
from helpers.outcomes.report.cells import LEVELS
from helpers.outcomes.report.recipes import formats_of
from helpers.publication import refs
from helpers.publication.blocks import ref
from helpers.publication.cells import Cell
from helpers.request import Request
from helpers.request.limits import ALPHA
from helpers.runs.run import Run


def recipe(run: Run, results: pd.DataFrame, balance: pd.DataFrame) -> dict[str, Any]:
    """Give result.json as a recipe: refs in place of numbers (design, section 5).

    Rungs of ladders are not in it.
    """
    analyses, balance = [], balance[balance["variant"] == MAIN]
    cells = run.cells
    for analysis in run.asked.analyses:
        if analysis.name in run.left_out:
            continue
        if analysis.name in run.without_result:
            analyses.append(as_result.result(run, analysis.name))
            continue
        why = refs.of(analysis.name, WHY)
        sizes = ("n_treatment", "n_comparison", "effective_comparison", "match_quality")
        here = results[results["analysis"] == analysis.name]
        rows = balance[balance["analysis"] == analysis.name]
        analyses.append(
            {
                "name": analysis.name,
                "headline": analysis.headline,
                "n_submitted": ref(refs.SUBMITTED),
                **{name: ref(refs.of(analysis.name, name)) for name in sizes},
                "headlined": ref(refs.of(analysis.name, "headlined"), "text"),
                "outcomes": [
                    outcome(row, run.request) for row in here.itertuples(index=False)
                ],
                "balance": [
                    _balance_row(cells, start, row)
                    for start, row in zip(
                        row_refs(analysis.name, rows),
                        rows.itertuples(index=False),
                        strict=True,
                    )
                ],
                **({WHY: ref(why, "text")} if why in cells else {}),
            }
        )
    return {"request_id": run.request.id, "analyses": analyses}


def _balance_row(cells: dict[str, Cell], start: str, row: Any) -> dict[str, Any]:
    scale = 0.01 if cells[refs.within(start, "mean_treatment")].kind == "rate" else 1
    means = ("mean_treatment", "mean_comparison_before", "mean_comparison_after")
    return {
        "variable": row.variable,
        "level": row.level,
        **{name: {"ref": refs.within(start, name), "scale": scale} for name in means},
        **{name: ref(refs.within(start, name)) for name in ("smd_before", "smd_after")},
    }


def outcome(row: Any, request: Request) -> dict[str, Any]:
    """Give a measure of result.json as a recipe: rates there are proportions."""
    asked = next(o for o in request.outcomes if o.name == row.outcome)
    often = ("frequency", "frequency_fewer")  # for each person, not for a hundred
    written, side = often if asked.kind == "frequency" else formats_of(asked)

    def number(name: str, form: str = "count") -> dict[str, str]:
        return ref(refs.measure(row.analysis, row.outcome, name), form)

    scale = 0.01 if asked.kind == "rate" else 1
    return {
        "outcome": row.outcome,
        **{name: number(name) for name in ("n_treatment", "n_comparison")},
        **{
            name: number(name, written if name.startswith("value_") else side)
            | {"scale": scale}
            for name in LEVELS
        },
        "p_value": number("p_value", "p"),
        "significant": number("p_value", "p") | {"significant_at": ALPHA},
    }
