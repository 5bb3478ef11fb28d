"""Rates and frequencies as ratios of the treatment group to the comparison group."""

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

from helpers.outcomes.ratios import KINDS, NAMES
from helpers.outcomes.report import by_measure, lines, moves
from helpers.outcomes.report.beside import dispersion, not_shown
from helpers.outcomes.report.reasons import reason_not_shown
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, see
from helpers.publication.cells import Cell
from helpers.request import Outcome, Request
from helpers.runs.run import Run

KEY = "ratios"
METHOD = {
    "ratio": "5: RR = ȳₜ/ȳ_c",
    "ratio_low": "5: exp(ln RR − t(df)·s), s = √(Vₜ/ȳₜ² + V_c/ȳ_c²)",
    "ratio_high": "5: exp(ln RR + t(df)·s), s = √(Vₜ/ȳₜ² + V_c/ȳ_c²)",
}
COLUMNS = ["Analysis", "Ratio", "95% interval"]
LEAD = (
    " tells rates and frequencies as ratios, the treatment group to the comparison "
    "group: below one there was less in the treatment group, above one there was more."
)
NONE = "none"
NOTE = (
    "The interval of a ratio is worked out on a scale of its own. Whether a difference "
    "is significant is told by its test, in the table of its measure."
)


def cells(
    found: pd.DataFrame, results: pd.DataFrame, sizes: pd.DataFrame, request: Request
) -> list[Cell]:
    """Give ratios as cells; those of a measure that is not shown have no value."""
    quality = sizes.set_index("analysis")["quality"]
    outcomes = {outcome.name: outcome for outcome in request.outcomes}
    made = []
    for row in results.itertuples(index=False):
        outcome = outcomes[row.outcome]
        if outcome.kind not in KINDS:
            continue
        shown = not reason_not_shown(row, outcome, quality[row.analysis])
        values = _moved(found.loc[(row.analysis, row.outcome)], row, outcome, request)
        both = ("value_treatment", "value_comparison")
        made += [
            Cell(
                refs.measure(row.analysis, row.outcome, name),
                value if shown else None,
                "derived",
                needs=tuple(refs.measure(row.analysis, row.outcome, n) for n in both),
                method=METHOD[name],
                rounding="hundredth",
                freedom=None if name == "ratio" or math.isnan(row.df) else row.df,
            )
            for name, value in values.items()
        ]
    return made


def _moved(
    ratio: pd.Series, row: Any, outcome: Outcome, request: Request
) -> dict[str, float]:
    """Give a ratio and its limits, by rates of rounded counts where these are printed.

    A limit stays on its side of one.
    """
    by_group = moves.of(row, outcome, request).by_group
    treated, compared = (
        getattr(row, f"value_{group}") + by_group[group] / 100
        for group in ("treatment", "comparison")
    )
    if not any(by_group.values()) or not (treated > 0 and compared > 0):
        none = any(by_group.values())
        return {name: math.nan if none else ratio[name] for name in NAMES}
    moved = treated / compared
    values = {name: ratio[name] * moved / ratio["ratio"] for name in NAMES}
    for name in NAMES[1:]:
        if (ratio[name] - 1) * (values[name] - 1) < 0:
            values[name] = 1.0
    return values


def table(run: Run, results: pd.DataFrame, sizes: pd.DataFrame) -> list[Block]:
    """Give the ratios of the measures of main points, with a row for each analysis."""
    measures = [
        of
        for of in by_measure.main_points(run.request, results, sizes)
        if of.outcomes[0].kind in KINDS
    ]
    if not measures:
        return []
    rows: list[list[Any]] = []
    for of in measures:
        rows.append([by_measure.called(of)])
        rows += [_row(row) for row in of.every]
    for of in measures:
        rows += _varies(run, of)
    table = blocks.table(
        run,
        KEY,
        caption="As ratios",
        columns=COLUMNS,
        rows=rows,
        lead=[see(KEY), LEAD],
        notes=[NOTE, *_not_shown(run, measures)],
        fold=_fold(run, measures),
    )
    return [table]


def _fold(run: Run, measures: Sequence[by_measure.Measures]) -> dict[str, Any]:
    """Give the fold of the table, whose line tells of the first headline."""
    name = next(a.name for a in run.request.analyses if a.headline)
    told = [
        [lines.name_of_table(of, measures), _row(row)[1]]
        for of in measures
        for row in of.every
        if row.analysis == name
    ]
    several = len(run.request.analyses) > 1
    data = {"analysis": name if several else "", "ratios": told}
    return blocks.fold(blocks.said(words="as_ratios", data=data))


def _not_shown(run: Run, measures: Sequence[by_measure.Measures]) -> list[Any]:
    rows = [
        (row.estimate, row.outcome, row.match.quality)
        for of in measures
        for row in of.every
    ]
    return not_shown.notes(rows, several=len(run.request.analyses) > 1)


def _varies(run: Run, of: by_measure.Measures) -> list[list[Any]]:
    """Give how much a frequency varies, of which the note beneath its table tells."""
    numbers = [(row.analysis, dispersion.number(row)) for row in of.every]
    if numbers[0][1]["ref"] not in run.cells:
        return []
    heading = f"Variance of {of.outcomes[0].label} over their mean, comparison group"
    return [[heading], *([name, number, NONE] for name, number in numbers)]


def _row(row: by_measure.Row) -> list[Any]:
    ratio, low, high = (
        {"ref": refs.measure(row.analysis, row.outcome.name, name),
         "format": "frequency"}
        for name in NAMES
    )  # fmt: skip
    ends = {"fact": "interval", "low": low, "high": high, "less": "", "more": ""}
    return [row.analysis, ratio, ends]
