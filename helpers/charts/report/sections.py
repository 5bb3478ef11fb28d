"""What the charts stage declares for the report: results so far, and this study."""

from typing import Any

from helpers.charts.catalogue.read import Catalogue
from helpers.charts.report import cells as report_cells
from helpers.charts.report import rows, summary
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, see
from helpers.request.measures.standard import PUBLISHED
from helpers.runs.run import Run

SOURCE = "Justice Data Lab reports and pages, and accounts of them (params/catalogue)"

NOTE = (
    "A computed interval is drawn hollow; it never changes a printed finding. Where "
    "only an interval was printed the mark is at its middle."
)

NOT_FOUND = "[x] means that the figure was not printed where it could be read."


def register(run: Run, catalogue: Catalogue) -> None:
    """Register every number of the catalogue; all of them are published already."""
    run.register(report_cells.cells(catalogue))
    run.register(*summary.cells(catalogue))
    _check_dates(run, catalogue)


def _check_dates(run: Run, catalogue: Catalogue) -> None:
    """Record that no result is of after the day up to which they are shown."""
    known = catalogue.results["counts_from"].dropna()
    last = known.max().date() if len(known) else None
    run.check(
        "results shown are those published by their day",
        expected=f"a date up to {run.request.as_of}, or none printed",
        found=f"the latest counts from {last}" if last else "no date",
        passed=last is None or last <= run.request.as_of,
    )


def studies(run: Run, catalogue: Catalogue) -> list[dict[str, Any]]:
    """Give this request's headline analyses as rows among the published results.

    Empty where the outcome is not the one-year proven reoffending rate, or where
    there is no result of it to show.
    """
    if rows.not_placed_reason(run.request.outcomes):
        return []
    found, cells = [], run.cells
    several = run.several
    for analysis in run.request.analyses:
        result = cells.get(refs.measure(analysis.name, PUBLISHED, "difference"))
        if not analysis.headline or result is None or result.value is None:
            continue
        headlined = cells.get(refs.of(analysis.name, "headlined"))
        if headlined is not None and headlined.value == "no":
            continue
        names = {
            name: refs.measure(analysis.name, PUBLISHED, name) for name in rows.STUDY
        }
        study = names | {
            "n": refs.measure(analysis.name, PUBLISHED, "n_treatment"),
            "label": analysis.name if several else run.request.programme.name,
            "organisation": "Made-up people"
            if run.request.inputs.made_up
            else run.request.organisation.name,
            "published": "this report",
            "intervention_type": run.request.programme.intervention_type,
            "sector_type": run.request.organisation.sector_type,
        }
        found.append(rows.place(study, catalogue))
    return found


def so_far(run: Run, catalogue: Catalogue) -> list[Block]:
    """Give the latest split of all findings, as a sentence and as a bar."""
    words = blocks.words(
        run,
        "results-so-far",
        words="sentences",
        data={"sentences": [summary.sentence(catalogue), [summary.COUNTING]]},
    )
    bar = blocks.figure(
        run,
        "summary",
        figure="summary_bar",
        lead=[see("summary"), " shows these findings."],
        subtitle="Analyses by their finding on the one-year proven reoffending rate",
        data=summary.bar(catalogue),
        source="Ministry of Justice, summary of findings to date, 17 September 2015",
    )
    return [words, bar]


def charts(run: Run, catalogue: Catalogue) -> list[Block]:
    """Give one mark an analysis by type, then the effects that were printed."""
    own = studies(run, catalogue)
    reason = rows.not_placed_reason(run.request.outcomes)
    words = blocks.words(
        run,
        "placed",
        words="placed",
        data={
            "partial": summary.partial(catalogue),
            "reason": reason,
            "studies": [study["difference"] for study in own],
        },
    )
    tally = blocks.figure(
        run,
        "tally",
        figure="tally",
        lead=[
            see("tally"),
            " shows which types of programme and of organisation the results "
            "collected here are about. Each mark is one analysis.",
        ],
        subtitle="Finding on the one-year proven reoffending rate, by intervention "
        "type and by sector type",
        data=rows.tally_rows(catalogue, own),
        notes=[NOT_FOUND],
        source=SOURCE,
    )
    forest = blocks.figure(
        run,
        "forest",
        figure="forest",
        lead=[
            see("forest"),
            " shows how large the differences were, where they were printed. A mark "
            "left of the line means that fewer people reoffended than in the "
            "comparison group.",
        ],
        subtitle="Difference in the one-year proven reoffending rate, people in "
        "every 100, by intervention type",
        data=rows.forest_rows(catalogue, own),
        notes=[NOTE, NOT_FOUND],
        source=SOURCE,
    )
    return [words, tally, forest]
