"""What the charts stage declares for the report: results so far, and this study."""

from typing import Any

from helpers.charts.catalogue.read import Catalogue
from helpers.charts.report import cells as report_cells
from helpers.charts.report import rows, summary
from helpers.charts.report.measures import RATE, Told
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, see
from helpers.runs.run import Run

SOURCE = "Justice Data Lab reports and pages, and accounts of them (params/catalogue)"


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


def studies(
    run: Run, catalogue: Catalogue, measure: Told = RATE
) -> list[dict[str, Any]]:
    """Give this request's headline analyses as rows among the published results.

    Empty where the request did not measure what they did, the one-year proven
    reoffending rate or the frequency, or where there is no result of it to show.
    """
    if rows.not_placed_reason(run.request.outcomes, measure):
        return []
    found, cells = [], run.cells
    several = run.several
    for analysis in run.request.analyses:
        names = measure.of_study(analysis.name)
        result = cells.get(names["difference"])
        if not analysis.headline or result is None or result.value is None:
            continue
        headlined = cells.get(refs.of(analysis.name, "headlined"))
        if headlined is not None and headlined.value == "no":
            continue
        study = names | {
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


def placed(run: Run, catalogue: Catalogue) -> list[Block]:
    """Say that the collection is partial, and whether this study is in it."""
    return [
        blocks.words(
            run,
            "placed",
            words="placed",
            data={
                "partial": summary.partial(catalogue),
                "reason": rows.not_placed_reason(run.request.outcomes),
                "studies": [s["difference"] for s in studies(run, catalogue)],
            },
        )
    ]
