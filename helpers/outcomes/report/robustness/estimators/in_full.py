"""Every number of every estimator, for reviewers."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.outcomes import gate
from helpers.outcomes.measures import MAIN
from helpers.outcomes.report.recipes import formats_of
from helpers.outcomes.report.robustness.estimators import estimators, forest
from helpers.outcomes.report.robustness.estimators.named import NAMES
from helpers.outcomes.report.robustness.ladders.ladders import per_of
from helpers.outcomes.report.robustness.ladders.rungs import SHOWN, Place
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.cells import Cell
from helpers.publication.labels import title
from helpers.request import Outcome
from helpers.runs.run import Run

COLUMNS = [
    "Estimator",
    "People in the programme",
    "Effective size",
    "Difference",
    "95% interval from",
    "95% interval to",
    "Standard error",
    "p-value",
    "Largest weight, %",
    "Largest SMD, %",
    "Groups",
]
NOTE = (
    "SMD: standardised mean difference. What has the very settings of the headline is "
    "no other estimator and has no row of its own."
)
#: where something is hidden
STEPS = (
    "People of other estimators are told to a step of twice the threshold, and never "
    "as more than in the headline: hence “or more”. The effective size of pairs is not "
    "told, since it would tell how many people they have at least; nor the largest "
    "weight where nobody counts twice. A p stands in the row of every other estimator "
    "or of none."
)
#: what is not worked out of the headline
NOTHING = "–"


def published(run: Run, ways: pd.DataFrame, sizes: pd.DataFrame) -> list[Block]:
    """Give every number of every estimator, an analysis a table."""
    return [
        _detail(run, analysis, outcome, ways)
        for analysis, outcome in forest.told(run, ways, sizes)
    ]


def _detail(run: Run, analysis: str, outcome: Outcome, ways: pd.DataFrame) -> Block:
    own = ways[ways["analysis"] == analysis]
    why = estimators.why_none(run, own)
    key = f"{forest.key_of(analysis)}-in-full"
    whose = f": {analysis}" if run.several else ""
    per = per_of(outcome, run.request.noun(analysis))
    exact = forest.exact(run.request)
    rows = [_headline(run.cells, Place(analysis, MAIN, outcome))]
    for row in own.itertuples(index=False):
        place = Place(analysis, row.variant, outcome)
        reason = why[analysis, row.variant]
        heavy = forest.heed(row, place, f". {forest.HEAVY}.")
        groups = [ref(estimators.ref_of(place, "match_quality")), heavy]
        rows.append([
            NAMES[row.variant].statistical,
            *_numbers(place, exact=exact),
            reason or groups,
        ])  # fmt: skip
    return blocks.table(
        run,
        key,
        caption=f"Every estimator, {title(outcome)}{whose}",
        heading=f"Every estimator{whose}",
        columns=COLUMNS,
        rows=rows,
        lead=[see(key), " has the numbers behind the figure of all estimators."],
        notes=[NOTE, *([] if exact else [STEPS]), f"Differences: {per}."],
    )


def _headline(known: Mapping[str, Cell], main: Place) -> list[Any]:
    """Give the row of the headline itself, of the numbers that are worked out of it."""
    _, side = formats_of(main.outcome)
    written = [
        (main.rate("n_treatment"), "count"),
        (main.rate("effective_comparison"), "count"),
        *((main.told(name), side) for name in SHOWN),
        (main.told("standard_error"), "size"),
        (main.rate("p_value"), "p"),
        (main.size("largest_weight"), "weight"),
        (refs.gate(main.analysis, gate.BALANCE, "value"), "smd"),
        (main.size("match_quality"), "count"),
    ]
    cells = [ref(one, form) if one in known else NOTHING for one, form in written]
    return [forest.MAIN_STATISTICAL, *cells]


def _numbers(place: Place, *, exact: bool) -> list[Any]:
    """Give the numbers of a row but the last, each as it is written."""
    _, side = formats_of(place.outcome)
    main = Place(place.analysis, MAIN, place.outcome)

    def of(name: str, written: str) -> dict[str, str]:
        return ref(estimators.ref_of(place, name), written)

    people = of(estimators.KEPT, "count")
    about = {
        "fact": "kept", "people": people, "headline": ref(main.rate("n_treatment"))
    }  # fmt: skip
    return [
        people if exact else about,
        of("effective_comparison", "count"),
        *(of(name, side) for name in SHOWN),
        of("standard_error", "size"),
        of("p_value", "p"),
        of("largest_weight", "weight"),
        of("largest_smd", "smd"),
    ]
