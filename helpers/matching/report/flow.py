"""Where every submitted line went: its numbers, and words, chart and table of it."""

from typing import Any

import pandas as pd

from helpers.intake.cohort.losses import AFTER_LINKAGE, REASONS
from helpers.intake.report import cells as intake_cells
from helpers.intake.report import flow as intake_flow
from helpers.intake.report import kept
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.cells import Cell, Sum
from helpers.publication.labels import variable
from helpers.publication.refs import slug
from helpers.runs.run import Run

#: losses of an analysis after those of intake, and what a reader is told of each
LATER: dict[str, str] = {
    "filtered": "Not part of this analysis",
    "not_matched": "Nobody similar enough to compare with",
}

METHOD = {
    "filtered": "1: lines that go on, less people whom the analysis takes",
    "not_matched": "3: people without a match, or set aside for want of a score",
    "set_aside": "2: of those not matched, people at a level that the pool lacks",
    "not_near": "3: of those not matched, the others",
    "pool_set_aside": "2: pool people at a level that the treated lack",
    "pool_far": "2: pool people without a match whose logit is beyond 15",
    "not_analysed": "1: lines submitted − people analysed",
}
GO_ON = "1: lines submitted − lines in a box"


def cells(
    summary: pd.DataFrame, available: int, submitted: int, *, linked: bool = False
) -> tuple[list[Cell], list[Sum]]:
    """Give the numbers of each analysis' flow, and which of them add up.

    `available` people came out of intake, of `submitted` lines; `linked` says whether
    the report has how many of these were found in the records. Every number that is
    shown is in a sum with those from which it could be had by subtraction; further
    sums that follow from these would add nothing.
    """
    found: list[Cell] = []
    sums: list[Sum] = []
    between = _is_stage(summary, available, submitted)
    if between:
        go_on = intake_cells.count(refs.AVAILABLE, available, GO_ON)
        found += [go_on, intake_cells.share(go_on, submitted)]
        sums.append(Sum(refs.SUBMITTED, (refs.LOST, refs.AVAILABLE)))
    for row in summary.itertuples(index=False):
        numbers = {
            "filtered": available - row.available,
            "not_matched": row.not_matched,
            "not_analysed": submitted - row.n_treatment,
        }
        made = [
            intake_cells.count(refs.of(row.analysis, name), int(n), METHOD[name])
            for name, n in numbers.items()
        ]
        aside, parts = _set_aside(row)
        found += aside
        sums += parts
        # registered with the sizes of the match; only its share is made here
        ref_ = refs.of(row.analysis, "n_treatment")
        analysed = intake_cells.count(ref_, int(row.n_treatment), "")
        found += made
        found += [intake_cells.share(cell, submitted) for cell in [*made, analysed]]
        filtered, lost, left = (cell.ref for cell in made)
        if between:
            sums.append(Sum(refs.AVAILABLE, (filtered, lost, analysed.ref)))
        sums += [
            Sum(refs.SUBMITTED, (left, analysed.ref)),
            Sum(left, (refs.LOST, filtered, lost)),
        ]
        if linked:
            boxes = map(refs.box, AFTER_LINKAGE)
            sums.append(Sum(refs.LINKED, (*boxes, filtered, lost, analysed.ref)))
    return found, sums


def _set_aside(row: Any) -> tuple[list[Cell], list[Sum]]:
    """Give who was set aside for a level that one group lacks, and who was far away.

    Where few treated people were, that is hidden with the rest of the box that they are
    in; the box itself, and the share matched, can still be shown.
    """

    def number(name: str, count: int, of: int) -> Cell:
        ref_, method = refs.of(row.analysis, name), METHOD[name]
        return Cell(ref_, count, "count", count, of, method=method)

    pool = {"pool_set_aside": row.pool_set_aside, "pool_far": row.pool_far}
    found = [number(name, n, row.pool) for name, n in pool.items() if n]
    if not row.set_aside:
        return found, []
    parts = [
        number("set_aside", row.set_aside, row.available),
        number("not_near", row.not_matched - row.set_aside, row.available),
    ]
    whole = refs.of(row.analysis, "not_matched")
    return [*found, *parts], [Sum(whole, tuple(part.ref for part in parts))]


def _is_stage(summary: pd.DataFrame, available: int, submitted: int) -> bool:
    """Tell whether a chart shows how many went on from intake.

    Else it would repeat the stage before or after, and be one number more by which
    the size of an analysis could be told.
    """
    return available < submitted and bool((summary["n_treatment"] < available).any())


def of_lines(run: Run, summary: pd.DataFrame) -> list[Block]:
    """Give words, a chart and a table for each analysis; no chart if none was lost."""
    made = []
    for row in summary.itertuples(index=False):
        analysis = row.analysis
        made.append(_words(run, analysis, list(row.set_aside_for)))
        if _some_lost(run, analysis):
            made.append(_chart(run, analysis))
        made.append(_table(run, analysis))
    return made


def _some_lost(run: Run, analysis: str) -> bool:
    # an empty box may be shown, so that its absence says nothing new
    return run.cells[refs.of(analysis, "not_analysed")].some


def _losses(run: Run, analysis: str) -> list[list[tuple[str, str]]]:
    """Give reason and ref of the losses of intake, then of the analysis."""
    cells = run.cells
    stages = [
        [(text, refs.box(box)) for box, text in REASONS.items()],
        [(text, refs.of(analysis, name)) for name, text in LATER.items()],
    ]
    return [[loss for loss in losses if cells[loss[1]].some] for losses in stages]


def _named(run: Run, analysis: str, text: str) -> str:
    return f"{text}: {analysis}" if run.several else text


def _words(run: Run, analysis: str, set_aside_for: list[str]) -> Block:
    base = slug(analysis)
    asked = next(a for a in run.request.analyses if a.name == analysis)
    aside = [refs.of(analysis, name) for name in ("set_aside", "pool_set_aside")]
    data: dict[str, Any] = {
        "analysis": analysis,
        "several": run.several,
        "noun": run.request.noun(analysis),
        "organisation": run.request.organisation.name,
        "open_data": run.request.is_open_data,
        "listed": bool(run.request.inputs.from_records),
        "some_left_out": _some_lost(run, analysis),
        "kept": kept.sentences(run.request, asked),
        "set_aside": [ref(name) if name in run.cells else "" for name in aside],
        "set_aside_for": [variable(run.request, name) for name in set_aside_for],
        "submitted": ref(refs.SUBMITTED),
        "n_treatment": ref(refs.of(analysis, "n_treatment")),
        "not_analysed": ref(refs.of(analysis, "not_analysed")),
        "table": see(f"flow-{base}"),
    }
    if data["some_left_out"]:
        data["chart"] = see(f"flow-chart-{base}")
    return blocks.words(run, f"flow-words-{base}", words="flow", data=data)


def _chart(run: Run, analysis: str) -> Block:
    noun, first = run.request.noun(analysis), intake_flow.first(run)
    at_intake, later = _losses(run, analysis)
    steps = [(first, refs.SUBMITTED)]
    if at_intake and later:  # else it would repeat the stage before or after it
        steps.append(("people whose records can be used", refs.AVAILABLE))
    steps.append((f"{noun} in the analysis", refs.of(analysis, "n_treatment")))
    return intake_flow.chart(
        run,
        f"flow-chart-{slug(analysis)}",
        steps,
        [at_intake, later],
        subtitle=_named(run, analysis, f"From the {first} to the {steps[-1][0]}"),
        end="in the analysis",
    )


def _table(run: Run, analysis: str) -> Block:
    where = "in the data" if run.request.is_open_data else "submitted"
    at_intake, later = _losses(run, analysis)
    if _some_lost(run, analysis):
        later.append(("Not analysed, all reasons", refs.of(analysis, "not_analysed")))
    later.append(("In the analysis", refs.of(analysis, "n_treatment")))
    caption = _named(run, analysis, f"Where everyone {where} went")
    return intake_flow.table(run, f"flow-{slug(analysis)}", caption, at_intake, later)
