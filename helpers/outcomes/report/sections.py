"""What the outcomes stage declares for the report."""

from typing import Any

import pandas as pd

from helpers.intake.report.without_result import in_report
from helpers.matching.report.quality import unalike
from helpers.outcomes.measures import MAIN
from helpers.outcomes.report import by_measure, lines, recipes
from helpers.outcomes.report.beside import qualifying
from helpers.outcomes.report.decisions import reasons
from helpers.outcomes.report.limits import left_out
from helpers.outcomes.report.robustness.before import sure
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.refs import slug
from helpers.request import Outcome
from helpers.runs.run import Run

#: headlines above which only the box of each stands in view, and boxes in view
MOST_IN_VIEW, MOST_BOXES = 2, 3


def _quality(sizes: pd.DataFrame, analysis: str) -> str:
    return sizes.set_index("analysis").loc[analysis, "quality"]


def about(run: Run, analysis: str) -> dict[str, Any]:
    """Give what every block on an analysis is told: its names and its nouns."""
    programme = run.request.programme
    return {
        "analysis": analysis,
        "several": run.several,
        "slug": slug(analysis),
        "noun": run.asked.noun(analysis),
        "organisation": run.request.organisation.name,
        "open_data": run.request.is_open_data,
        "listed": bool(run.request.inputs.from_records),
        "programme": programme.label,
        "by_chance": programme.selection_by == "chance",
    }


def measures_of(
    run: Run, results: pd.DataFrame, sizes: pd.DataFrame, analysis: str
) -> list[dict[str, Any]]:
    """Give the measures of an analysis, as recipes."""
    quality = _quality(sizes, analysis)
    return recipes.of_analysis(results, run.request, analysis, quality)


def main_points(
    run: Run,
    results: pd.DataFrame,
    sizes: pd.DataFrame,
    balance: pd.DataFrame | None = None,
) -> list[Block]:
    """Give a finding for each measure of each headline, or why it has none.

    By `balance`, the matching's stacked tables, a poor match says what differs most.
    """
    made = []
    for analysis in run.asked.analyses:
        if not analysis.headline:
            continue
        base = slug(analysis.name)
        if analysis.name in run.without_result:
            data = in_report.facts(run, analysis.name)
            key = f"main-points-{base}"
            made.append(blocks.words(run, key, words="not_made", data=data))
            continue
        data = about(run, analysis.name) | reasons(run, sizes, analysis.name)
        data |= left_out(run, analysis.name) | {
            "measures": recipes.headline(
                measures_of(run, results, sizes, analysis.name)
            ),
            "n_treatment": ref(refs.of(analysis.name, "n_treatment")),
            "n_comparison": ref(refs.of(analysis.name, "n_comparison")),
            "behind": see(by_measure.key(first_measure(run, results))),
            "sent": ref(refs.SUBMITTED),
            "unalike": [],
        }
        data |= qualifying.of_measures(run, analysis.name, data["measures"])
        measures = measures_of(run, results, sizes, analysis.name)
        data["sure"] = sure.of_analysis(run, analysis.name, measures)
        if balance is not None and _quality(sizes, analysis.name) == "poorly":
            main = balance[balance["variant"] == MAIN]
            data["unalike"] = unalike(run, analysis.name, main)
        made += _point(run, f"main-points-{base}", data)
    return made


def _point(run: Run, key: str, data: dict[str, Any]) -> list[Block]:
    """Give an analysis' main points: of few headlines whole, of more the box in view.

    Where there are so many that the boxes alone were pages, the later are folded.
    """
    names = [analysis.name for analysis in run.asked.analyses if analysis.headline]
    if len(names) <= MOST_IN_VIEW:
        return [blocks.words(run, key, words="main_points", data=data)]
    if names.index(data["analysis"]) >= MOST_BOXES:
        folded = lines.of_analysis(data["analysis"], data["measures"])
        return [blocks.words(run, key, words="main_points", data=data, fold=folded)]
    rest = blocks.fold(f"{data['analysis']}: how sure, other measures, who")
    return [
        blocks.words(run, key, words="main_points", data=data | {"alone": True}),
        blocks.words(run, f"{key}-more", words="more_points", data=data, fold=rest),
    ]


def first_measure(run: Run, results: pd.DataFrame) -> Outcome:
    """Give the measure that heads the main points."""
    held = [o for o in run.request.outcomes if (results["outcome"] == o.name).any()]
    return next((outcome for outcome in held if outcome.main_point), held[0])
