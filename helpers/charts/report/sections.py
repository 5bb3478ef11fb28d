"""What the charts stage declares for the report: results so far, and this study."""

from typing import Any

from helpers.charts.catalogue import read
from helpers.charts.catalogue.columns import MADE_UP
from helpers.charts.catalogue.read import Catalogue
from helpers.charts.report import arrangement, rows, summary
from helpers.charts.report import cells as report_cells
from helpers.charts.report.measures import RATE, Told
from helpers.errors import RequestError
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.publication.wording.request_texts import last_month
from helpers.request.whole.findings import PUBLISHED_RESULTS
from helpers.runs.run import Run

SOURCE = PUBLISHED_RESULTS

#: how a draft names what an analyst chose of the published results
CHOSEN = "published results"


def register(run: Run, catalogue: Catalogue) -> None:
    """Register every number of the catalogue; all of them are published already."""
    _tell_chosen(run, catalogue)
    if not run.draft:
        check_whole(run, catalogue)
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


def _tell_chosen(run: Run, catalogue: Catalogue) -> None:
    """Tell on every output of a draft what was chosen; a report holds all results."""
    chosen = ", ".join(catalogue.chosen)
    if chosen and not run.draft:
        raise RequestError(
            f"04_charts: only some published results were chosen ({chosen}), and a "
            "report tells of all of them; write None for intervention_type, "
            "sector_type, published_from and published_to, and run again"
        )
    others = {key: value for key, value in run.changes.items() if key != CHOSEN}
    run.changes = others | ({CHOSEN: chosen} if chosen else {})


def check_whole(run: Run, catalogue: Catalogue) -> None:
    """Check that the results are all that the request's catalogue has for its day.

    RequestError where a notebook left some out, added some or changed any.
    """
    asked = run.request
    kept = read.read(asked.findings.catalogue, asked.as_of, asked.id)
    same = (
        kept.results.equals(catalogue.results)
        and kept.counts.equals(catalogue.counts)
        and kept.types == catalogue.types
    )
    if not same:
        raise RequestError(
            f"04_charts: the published results are not those of "
            f"{asked.findings.catalogue} up to {asked.as_of} ({len(kept.results)} "
            f"results there, {len(catalogue.results)} here, or others), and a report "
            "tells of all of them as they stand there; take what was changed out of "
            "the notebook, and run again"
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
            "organisation": MADE_UP
            if run.request.inputs.made_up
            else run.request.organisation.name,
            "published": "this report",
            "intervention_type": run.request.programme.intervention_type,
            "sector_type": run.request.organisation.sector_type,
        }
        found.append(rows.place(study, catalogue))
    return found


def so_far(run: Run, catalogue: Catalogue) -> list[Block]:
    """Give the last full count of findings, then what the results here found.

    A report has the count and where this study is, and folds the rest. The main points
    of the periodic summary list the count already, its table of the results collected
    here stands open in the place of a list, and its limits name those that may be about
    the same people.
    """
    alone, last = run.request.alone, summary.bar(catalogue)
    until = {"until": last_month(run.request.as_of)}
    fold = arrangement.part(run, ref(refs.counted("all")), " results collected")
    made = []
    if not (alone and last):
        data = until | {"when": ""} | last
        made.append(
            blocks.words(run, "results-so-far", words="split_in_brief", data=data)
        )
    if last:
        made.append(
            blocks.figure(
                run,
                "summary",
                figure="summary_bar",
                lead=[see("summary"), " shows the last count of all findings."],
                subtitle="Analyses by their finding on the one-year proven "
                "reoffending rate",
                data=last,
                source=summary.split(catalogue.counts)["source"],
            )
        )
    if not alone:
        made += _placed(run, catalogue)
    data = until | summary.collected(catalogue)
    words = "collected_in_brief" if alone else "collected"
    made += [
        blocks.words(run, "collected", words=words, data=data, fold=fold),
        _counts(run, catalogue, fold),
        blocks.words(run, "counting", words="counting", data=data, fold=fold),
    ]
    return made if alone else [*made, *_shared(run, catalogue, fold)]


def _placed(run: Run, catalogue: Catalogue) -> list[Block]:
    """Say which of this study is marked among the results, where there are any."""
    if catalogue.results.empty:
        return []
    headlines = [
        analysis.name for analysis in run.request.analyses if analysis.headline
    ]
    marked = {study["label"]: study["difference"] for study in studies(run, catalogue)}
    names = headlines if run.several else [run.request.programme.name]
    data = {
        "reason": rows.not_placed_reason(run.request.outcomes),
        "analyses": [
            {"name": name, "difference": marked.get(name, "")} for name in names
        ],
    }
    return [blocks.words(run, "placed", words="placed", data=data)]


def _counts(run: Run, catalogue: Catalogue, fold: dict[str, Any] | None) -> Block:
    """Give the counts of results collected here as a table."""
    return blocks.table(
        run,
        "collected-counts",
        caption="How many results are collected here, by finding and by date",
        columns=["What is counted", "Number"],
        rows=summary.table(catalogue, last_month(run.request.as_of)),
        lead=[
            see("collected-counts"),
            " counts the results collected here by their finding and by when they were "
            "published.",
        ],
        source=SOURCE,
        fold=fold,
    )


def _shared(
    run: Run, catalogue: Catalogue, within: dict[str, Any] | None
) -> list[Block]:
    """Name the results that may be about the same people, in a fold."""
    rows_ = summary.shared(catalogue)
    if not rows_:
        return []
    line = ("Results that may be about the same people: ", ref(refs.counted("shared")))
    return [
        blocks.table(
            run,
            "shared",
            caption="Results that may be about the same people",
            columns=["Organisation and type of programme", "Results"],
            rows=rows_,
            lead=[
                "One organisation can be analysed more than once. Where the years "
                "meet, or were not printed, the same people may be in more than one "
                "result. So the results in ",
                see("shared"),
                " cannot be added up.",
            ],
            source=SOURCE,
            fold=blocks.fold(*line, within=within),
        )
    ]
