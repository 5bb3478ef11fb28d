"""What the report tells of analyses that could not be made."""

from typing import Any

from helpers.intake.cohort.losses import REASONS, TOO_RECENT
from helpers.intake.report import flow as intake_flow
from helpers.intake.report import kept
from helpers.intake.report.without_result import numbers
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.refs import slug
from helpers.publication.wording.number_words import in_words
from helpers.publication.wording.without_result.reasons import (
    NOT_FOLLOWED_UP,
)
from helpers.runs.run import Run

#: the table of the losses of all who were sent
TABLE, CHART = "flow-sent", "flow-chart-sent"
#: how it is said whom an analysis is about, for each filter that keeps treated people
ABOUT = {
    "filter": "Only people with these characteristics are in this analysis: ",
    "treatment_filter": "Of those in the programme, only these are in this analysis: ",
}
#: the numbers that the sentences on an analysis may have, and how they are written
NUMBERS = {
    "submitted": "count",
    "linked": "count",
    "available": "count",
    "too_recent": "count",
    "without_id": "count",
    "more": "count",
    "later": "text",
}


def facts(run: Run, analysis: str) -> dict[str, Any]:
    """Give what the words on an analysis that could not be made are given.

    The numbers among them are those that are registered.
    """
    reason = run.without_result[analysis]
    itself = next(a for a in run.asked.analyses if a.name == analysis)
    of = {
        "submitted": refs.SUBMITTED,
        "linked": refs.LINKED,
        "available": refs.of(analysis, "available"),
        "too_recent": refs.box(TOO_RECENT),
        "without_id": refs.WITHOUT_ID,
        "more": refs.of(analysis, "more"),
        "later": refs.of(analysis, "later"),
    }
    cells, asked = run.cells, run.asked
    only = numbers.only_analysis(run)
    if only and not numbers.is_part(only):
        of["available"] = refs.AVAILABLE
    if reason != NOT_FOLLOWED_UP.name:
        of["too_recent"] = of["later"] = ""
    else:
        of["without_id"] = ""
    return {
        "analysis": analysis,
        "several": run.several,
        "reason": reason,
        "noun": asked.noun(analysis),
        "least": in_words(asked.least_people),
        "organisation": asked.organisation.name,
        "open_data": asked.is_open_data,
        "listed": bool(asked.inputs.from_records),
        "about": kept.sentences(asked, itself, ABOUT),
        "unopened": False,
        "table": "",
    } | {
        name: ref(of[name], form) if of[name] in cells else ""
        for name, form in NUMBERS.items()
    }


def main_points(run: Run) -> list[Block]:
    """Say of each headline what was sent, what was found, why there is no estimate."""
    told = {"unopened": True, "table": see(TABLE)}
    return [
        blocks.words(run, f"main-points-{slug(name)}", words="not_made",
                     data=facts(run, name) | told)
        for name in run.without_result
    ]  # fmt: skip


def of_lines(run: Run) -> list[Block]:
    """Give words, a chart and a table of where everyone went who was sent."""
    cells, analysis = run.cells, numbers.only_analysis(run)
    where = "in the data" if run.request.is_open_data else "submitted"
    at_intake = [(text, refs.box(box)) for box, text in REASONS.items()]
    later, last = [], refs.AVAILABLE
    if analysis and numbers.is_part(analysis):
        later = [("Not part of this analysis", refs.of(analysis.name, "filtered"))]
        last = numbers.left_for(analysis)
    losses = [
        [one for one in lost if cells[one[1]].some] for lost in (at_intake, later)
    ]
    line = {"submitted": ref(refs.SUBMITTED), "open_data": run.request.is_open_data,
            "listed": bool(run.request.inputs.from_records)}  # fmt: skip
    fold = blocks.fold(blocks.said(words="line_of_flow", data=line))
    chart = [_chart(run, losses, last, fold)] if any(losses) else []
    words = blocks.words(
        run, "flow-words-sent", words="sentences",
        data={"sentences": [["Nobody was analysed."], *_not_carried_out(run)]},
    )  # fmt: skip
    at_intake, later = losses
    end, caption = ("Left to analyse", last), f"Where everyone {where} went"
    lead = [see(TABLE), f" says where everyone {where} went, and why."]
    table_ = intake_flow.table(
        run, TABLE, caption, [at_intake, [*later, end]], lead=lead, fold=fold
    )
    return [words, *chart, table_]


def _not_carried_out(run: Run) -> list[list[str]]:
    """Name the analyses that are no headline, and were not made for want of one."""
    names = [f"“{a.name}”" for a in run.asked.analyses if not a.headline]
    if not names:
        return []
    return [["Not carried out without a main analysis: ", "; ".join(names), "."]]


def _chart(
    run: Run,
    losses: list[list[intake_flow.Numbered]],
    last: str,
    fold: dict[str, Any],
) -> Block:
    noun, first = run.request.programme.noun, intake_flow.first(run)
    steps = [(first, refs.SUBMITTED)]
    if all(losses):
        steps.append(("people whose records can be used", refs.AVAILABLE))
    steps.append((f"{noun} left to analyse", last))
    return intake_flow.chart(
        run,
        CHART,
        steps,
        losses,
        subtitle=f"From the {first} to those left to analyse",
        end="left to analyse",
        lead=[see(CHART), " draws where everyone went."],
        fold=fold,
    )
