"""Analyses that could not be made for what intake found, as cells and in the report."""

from typing import Any

import pandas as pd

from helpers.intake import enough
from helpers.intake.cohort.losses import AFTER_LINKAGE, REASONS, TOO_RECENT
from helpers.intake.report import flow as intake_flow
from helpers.intake.report import kept
from helpers.intake.report.cells import count, share
from helpers.publication import blocks, disclosure, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.cells import Cell, Sum
from helpers.publication.disclosure import rules
from helpers.publication.people import BEFORE, SELECTED, TREATED, Who
from helpers.publication.refs import slug
from helpers.publication.wording.number_words import in_words
from helpers.publication.wording.without_result.not_made import TAG
from helpers.publication.wording.without_result.reasons import (
    NOBODY_FOUND,
    NOT_FOLLOWED_UP,
    TOO_FEW_PEOPLE,
)
from helpers.request.analyses import Analysis
from helpers.runs.run import Run

#: the table of the losses of all who were sent
TABLE, CHART = "flow-sent", "flow-chart-sent"
IDS = ("pnc_id", "prison_number")
#: how it is said whom an analysis is about, for each filter that keeps treated people
ABOUT = {
    "filter": "Only people with these characteristics are in this analysis: ",
    "treatment_filter": "Of those in the programme, only these are in this analysis: ",
}
#: of an analysis without a result, in result.json: the name of its reason
WHY = "could_not_be_analysed"
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


def reasons(run: Run, counts: pd.DataFrame) -> dict[str, str]:
    """Give why headlines cannot be analysed: analysis to the name of a row of REASONS.

    `counts` from `enough.available`; the checks tell it of each headline. That too few
    are followed up is said where their number is told, or it would bound it.
    """
    least = run.request.least_people
    linked = run.cells.get(refs.LINKED)
    found = {}
    for name in enough.too_few(counts, run.request):
        row = counts.set_index("analysis").loc[name]
        if linked is not None and not linked.numerator:
            reason = NOBODY_FOUND
        elif row["treatment"] + row["too_recent"] >= least and _is_told(run, row):
            reason = NOT_FOLLOWED_UP
        else:
            reason = TOO_FEW_PEOPLE
        found[name] = reason.name
    for name in counts.loc[counts["headline"], "analysis"]:
        reason = found.get(name, "")
        run.check(
            f"{name}: enough people are left",
            expected=f"{least} or more",
            found=f"{TAG}: {reason}" if reason else "as many",
            passed=not reason,
        )
    return found


def _is_told(run: Run, row: pd.Series) -> bool:
    """Tell whether the report shows who is too recent for an analysis, and is left."""
    settings = run.request.disclosure
    rule = rules.profile(settings.profile, settings.threshold)
    if rule is None:
        return True
    if rule.unsafe(row["too_recent"]) or rule.unsafe(row["treatment"]):
        return False
    cells, lost = run.cells, run.cells.get(refs.LOST)
    submitted = cells[refs.SUBMITTED].numerator or 0
    available = submitted - ((lost.numerator or 0) if lost else 0)
    made, sums, analysis = [_available(available)], _sums(run), _only(run)
    if analysis and _is_part(analysis):
        of_analysis, sum_ = _kept(analysis, available, row["treatment"])
        made, sums = [*made, *of_analysis], [*sums, sum_]
    released = disclosure.release(
        [*cells.values(), *made],
        [*run.sums, *sums],
        profile=settings.profile,
        threshold=settings.threshold,
    ).released
    shown = [refs.box(TOO_RECENT), _left(analysis) if analysis else refs.AVAILABLE]
    return all(name in released for name in shown)


# numbers ---------------------------------------------------------------------------


def register(
    run: Run,
    cohort: pd.DataFrame,
    counts: pd.DataFrame,
    ends: pd.Series | None = None,
    lines: pd.DataFrame | None = None,
) -> None:
    """Register the numbers of a report in which no headline could be analysed.

    `cohort` with the run's own ids; `ends` from `enough.follow_up_ends` and `lines` of
    the list, where people were looked up. How many are left for an analysis of several
    is not among them: analyses that differ by a few people would tell of these.
    """
    submitted = run.cells[refs.SUBMITTED].numerator or 0
    going_on = enough.left(cohort)
    left = _available(len(going_on))
    made, sums = [left, share(left, submitted)], _sums(run)
    who = _who("intake", going_on)
    analysis = _only(run)
    if analysis and _is_part(analysis):
        of_analysis, sum_, people = _filtered(run, cohort, analysis)
        made += [*of_analysis, *(share(cell, submitted) for cell in of_analysis)]
        sums.append(sum_)
        who += people
    if lines is not None:
        ids, sum_ = _ids(lines)
        made += ids
        sums.append(sum_)
    run.register([*made, *kept.cells(run.asked, cohort)], sums, who)
    if analysis:
        run.register(_needed(run, cohort, analysis, counts, ends))


def _available(left: int) -> Cell:
    return count(refs.AVAILABLE, left, "1: lines submitted − lines in a box")


def _sums(run: Run) -> list[Sum]:
    """Give what those who go on make up with those in boxes."""
    sums = [Sum(refs.SUBMITTED, (refs.LOST, refs.AVAILABLE))]
    if refs.LINKED in run.cells:
        boxes = map(refs.box, AFTER_LINKAGE)
        sums.append(Sum(refs.LINKED, (*boxes, refs.AVAILABLE)))
    return sums


def _only(run: Run) -> Analysis | None:
    """Give the analysis of a request that has one alone."""
    return run.asked.analyses[0] if len(run.asked.analyses) == 1 else None


def _is_part(analysis: Analysis) -> bool:
    return bool(analysis.filter or analysis.treatment_filter)


def _left(analysis: Analysis) -> str:
    """Give the ref of how many are left for the only analysis."""
    own = _is_part(analysis)
    return refs.of(analysis.name, "available") if own else refs.AVAILABLE


def _who(name: str, people: pd.Index) -> list[Who]:
    groups = (BEFORE, TREATED, SELECTED) if len(people) else ()
    return [Who(name, "group", group, people) for group in groups]


def _filtered(
    run: Run, cohort: pd.DataFrame, analysis: Analysis
) -> tuple[list[Cell], Sum, list[Who]]:
    """Give whom the filters of the only analysis keep of those left, and the others."""
    all_, kept = enough.left(cohort), enough.left(cohort, run.asked, analysis)
    made, sum_ = _kept(analysis, len(all_), len(kept))
    return made, sum_, _who(slug(analysis.name), kept)


def _kept(analysis: Analysis, available: int, kept: int) -> tuple[list[Cell], Sum]:
    left = count(_left(analysis), kept, "1: of those who go on, whom filters keep")
    others = refs.of(analysis.name, "filtered")
    filtered = count(others, available - kept, "1: of those who go on, the others")
    return [filtered, left], Sum(refs.AVAILABLE, (filtered.ref, left.ref))


def _ids(lines: pd.DataFrame) -> tuple[list[Cell], Sum]:
    """Give how many lines came with an id of the records, and how many without any."""
    known = lines.reindex(columns=list(IDS)).replace("", None).notna().any(axis=1)
    made = [
        count(
            refs.WITH_ID, int(known.sum()), "1: lines with a PNC id or prison number"
        ),
        count(refs.WITHOUT_ID, int((~known).sum()), "1: lines with neither of them"),
    ]
    return made, Sum(refs.SUBMITTED, (refs.WITH_ID, refs.WITHOUT_ID))


def _needed(
    run: Run,
    cohort: pd.DataFrame,
    analysis: Analysis,
    counts: pd.DataFrame,
    ends: pd.Series | None,
) -> list[Cell]:
    """Give how many more people are needed, and from which month on they are there."""
    least, left = run.request.least_people, _left(analysis)
    shown = run.cells[left].value  # rounded, where counts are
    made = [
        Cell(refs.of(analysis.name, "more"), least - shown, "derived", needs=(left,),
             method="4: minimum_people − people left", rounding="whole")
    ]  # fmt: skip
    settings = run.request.disclosure
    profile = rules.profile(settings.profile, settings.threshold)
    if ends is None:
        return made
    recent = enough.too_recent(cohort, run.asked, analysis)
    wanted = least - len(enough.left(cohort, run.asked, analysis))
    day = enough.followed_up_by(
        ends.reindex(recent), wanted, profile.threshold if profile else 1
    )
    if day is None:
        return made
    box = refs.box(TOO_RECENT)
    method = "1: index date and follow-up of enough people, rounded up to a month"
    later = Cell(refs.of(analysis.name, "later"), f"{day:%B %Y}", "derived",
                 needs=(left, box), method=method)  # fmt: skip
    return [*made, later]


# the report ------------------------------------------------------------------------


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
    only = _only(run)
    if only and not _is_part(only):
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
    cells, analysis = run.cells, _only(run)
    where = "in the data" if run.request.is_open_data else "submitted"
    at_intake = [(text, refs.box(box)) for box, text in REASONS.items()]
    later, last = [], refs.AVAILABLE
    if analysis and _is_part(analysis):
        later = [("Not part of this analysis", refs.of(analysis.name, "filtered"))]
        last = _left(analysis)
    losses = [
        [one for one in lost if cells[one[1]].some] for lost in (at_intake, later)
    ]
    went = f" says where everyone {where} went, and why"
    said: list[Any] = ["Nobody was analysed. ", see(TABLE), went]
    chart = [_chart(run, losses, last)] if any(losses) else []
    if chart:
        said += ["; ", see(CHART), " draws it"]
    sentences = [[*said, "."], *_not_carried_out(run)]
    words = blocks.words(
        run, "flow-words-sent", words="sentences", data={"sentences": sentences}
    )
    at_intake, later = losses
    end, caption = ("Left to analyse", last), f"Where everyone {where} went"
    table_ = intake_flow.table(run, TABLE, caption, at_intake, [*later, end])
    return [words, *chart, table_]


def _not_carried_out(run: Run) -> list[list[str]]:
    """Name the analyses that are no headline, and were not made for want of one."""
    names = [f"“{a.name}”" for a in run.asked.analyses if not a.headline]
    if not names:
        return []
    return [["Not carried out without a main analysis: ", "; ".join(names), "."]]


def _chart(run: Run, losses: list[list[intake_flow.Numbered]], last: str) -> Block:
    noun, first = run.request.programme.noun, intake_flow.first(run)
    steps = [(first, refs.SUBMITTED)]
    if all(losses):
        steps.append(("people whose records can be used", refs.AVAILABLE))
    steps.append((f"{noun} left to analyse", last))
    subtitle = f"From the {first} to those left to analyse"
    return intake_flow.chart(run, CHART, steps, losses, subtitle=subtitle,
                             end="left to analyse")  # fmt: skip


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
