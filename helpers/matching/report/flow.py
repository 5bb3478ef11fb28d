"""Where every submitted line went: its numbers, and words, chart and table of it."""

from typing import Any

import pandas as pd

from helpers.intake.cohort.losses import AFTER_LINKAGE, REASONS
from helpers.intake.report import cells as intake_cells
from helpers.intake.report import flow as intake_flow
from helpers.intake.report import kept
from helpers.matching.report import layers
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


def of_lines(run: Run, summary: pd.DataFrame) -> dict[str, list[Block]]:
    """Give words on who was submitted and is analysed, and a fold of where each went.

    There is no chart if none was lost.
    """
    made = {}
    for row in summary.itertuples(index=False):
        analysis = row.analysis
        outer = layers.of_people(run, analysis)
        view = layers.in_view(run, analysis, outer)
        fold = blocks.fold(_line(run, analysis), within=outer)
        made[analysis] = [
            _words(run, analysis, view),
            *_set_aside_words(run, analysis, list(row.set_aside_for), fold),
            *([_chart(run, analysis, fold)] if _some_lost(run, analysis) else []),
            _table(run, analysis, fold),
        ]
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


def _about(run: Run, analysis: str) -> dict[str, Any]:
    return {
        "analysis": analysis,
        "several": run.several,
        "noun": run.request.noun(analysis),
        "organisation": run.request.organisation.name,
        "open_data": run.request.is_open_data,
        "listed": bool(run.request.inputs.from_records),
        "some_left_out": _some_lost(run, analysis),
        "submitted": ref(refs.SUBMITTED),
        "n_treatment": ref(refs.of(analysis, "n_treatment")),
    }


def _line(run: Run, analysis: str) -> dict[str, Any]:
    """Give the line of the fold that holds where everyone went."""
    return blocks.said(words="line_of_flow", data=_about(run, analysis))


def _words(run: Run, analysis: str, fold: dict[str, Any] | None) -> Block:
    asked = next(a for a in run.request.analyses if a.name == analysis)
    data = _about(run, analysis) | {"kept": kept.sentences(run.request, asked)}
    key = f"flow-words-{slug(analysis)}"
    return blocks.words(run, key, words="flow", data=data, fold=fold)


def _set_aside_words(
    run: Run, analysis: str, on: list[str], fold: dict[str, Any]
) -> list[Block]:
    """Tell of those who were set aside for a level that one group lacks, if any."""
    names = [refs.of(analysis, name) for name in ("set_aside", "pool_set_aside")]
    if not any(name in run.cells for name in names):
        return []
    data = {
        "analysis": analysis,
        "noun": run.request.noun(analysis),
        "set_aside": [ref(name) if name in run.cells else "" for name in names],
        "set_aside_for": [variable(run.request, name) for name in on],
    }
    key = f"set-aside-{slug(analysis)}"
    return [blocks.words(run, key, words="set_aside", data=data, fold=fold)]


def _chart(run: Run, analysis: str, fold: dict[str, Any]) -> Block:
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
        fold=fold,
        lead=[see(f"flow-chart-{slug(analysis)}"), " draws where everyone went."],
    )


def _table(run: Run, analysis: str, fold: dict[str, Any]) -> Block:
    where = "in the data" if run.request.is_open_data else "submitted"
    at_intake, later = _losses(run, analysis)
    if _some_lost(run, analysis):
        later.append(("Not analysed, all reasons", refs.of(analysis, "not_analysed")))
    later.append(("In the analysis", refs.of(analysis, "n_treatment")))
    caption = _named(run, analysis, f"Where everyone {where} went")
    key = f"flow-{slug(analysis)}"
    lead = [see(key), " says where each went, and why."]
    return intake_flow.table(
        run, key, caption, [at_intake, later], lead=lead, fold=fold
    )
