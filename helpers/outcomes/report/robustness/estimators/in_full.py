"""Every number of every estimator, for reviewers."""

import pandas as pd

from helpers.outcomes.report.recipes import formats_of
from helpers.outcomes.report.robustness.estimators import estimators, forest
from helpers.outcomes.report.robustness.estimators.named import NAMES
from helpers.outcomes.report.robustness.ladders.ladders import per_of
from helpers.outcomes.report.robustness.ladders.rungs import Place
from helpers.publication import blocks
from helpers.publication.blocks import Block, ref, see
from helpers.publication.labels import title
from helpers.publication.wording.intervals import SIDES
from helpers.request import Outcome
from helpers.runs.run import Run

COLUMNS = [
    "Estimator",
    "Caliper, SD",
    "People in the programme",
    "Effective size",
    "Difference",
    "95% interval",
    "Standard error",
    "p-value",
    "Largest weight, %",
    "Largest SMD, %",
    "Groups",
]
NOTE = (
    "SMD: standardised mean difference. People: to a step of twice the threshold, at "
    "most as many as in the headline. The effective size of pairs is not told, since "
    "it would tell how many people they have at least; nor the largest weight where "
    "nobody counts twice. A p stands in every row or in none."
)


def published(run: Run, ways: pd.DataFrame, sizes: pd.DataFrame) -> list[Block]:
    """Give every number of every estimator, an analysis a table."""
    return [
        _detail(run, analysis, outcome, ways)
        for analysis, outcome in forest.told(run, ways, sizes)
    ]


def _detail(run: Run, analysis: str, outcome: Outcome, ways: pd.DataFrame) -> Block:
    own = ways[ways["analysis"] == analysis]
    why, known = estimators.why_none(run, own), run.cells
    key = f"{forest.key_of(analysis)}-in-full"
    whose = f": {analysis}" if run.several else ""
    per = per_of(outcome, run.request.noun(analysis))
    rows, notes = [], []
    for row in own.itertuples(index=False):
        place = Place(analysis, row.variant, outcome)
        name, caliper = NAMES[row.variant], place.size(estimators.CALIPER)
        sd = ref(caliper, "setting") if caliper in known else "[x]"
        rows.append([name.statistical, sd, *_numbers(place)])
        if reason := why[analysis, row.variant]:
            notes.append(f"{name.statistical}: {reason}")
        notes.append(forest.heed(row, place, f"{name.statistical}: {forest.HEAVY}."))
    return blocks.table(
        run,
        key,
        caption=f"Every estimator, {title(outcome)}{whose}",
        heading=f"Every estimator{whose}",
        columns=COLUMNS,
        rows=rows,
        lead=[see(key), " has the numbers behind the figure of all estimators."],
        notes=[NOTE, f"Differences: {per}.", *filter(None, notes)],
    )


def _numbers(place: Place) -> list[dict[str, str]]:
    """Give the numbers of a row of that table, each as it is written."""
    _, side = formats_of(place.outcome)
    less, more = SIDES[place.outcome.kind]
    low, high = (ref(place.told(end), "size") for end in ("ci_low", "ci_high"))

    def of(name: str, written: str) -> dict[str, str]:
        return ref(estimators.ref_of(place, name), written)

    return [
        of(estimators.KEPT, "count"),
        of("effective_comparison", "count"),
        of("difference", side),
        {"fact": "interval", "low": low, "high": high, "less": less, "more": more},
        of("standard_error", "size"),
        of("p_value", "p"),
        of("largest_weight", "count"),
        of("largest_smd", "smd"),
        of("match_quality", "count"),
    ]
