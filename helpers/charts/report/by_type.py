"""Results by type of intervention or of sector: what they found, and how much."""

from typing import Any

from helpers.charts.catalogue.read import KINDS, Catalogue
from helpers.charts.report import arrangement, rows
from helpers.charts.report.measures import RATE, Told
from helpers.charts.report.sections import SOURCE, studies
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.request.types import Type, of_kind
from helpers.runs.run import Run

COMPUTED = (
    "A computed interval, from the size and the rates, is drawn hollow; it never "
    "changes a printed finding."
)
MIDDLE = "Where only an interval was printed the mark is at its middle."
NOT_FOUND = "[x] means that the figure was not printed where it could be read."

#: the numbers of a row that has all of them
PRINTED = {"n", "value_treatment", "value_comparison", "ci_low", "ci_high"}

#: kind -> what its types are called, and what sort they are types of
SORTS = {"intervention": "intervention type", "sector": "sector type"}


def blocks_of(run: Run, published: Catalogue, kind: str) -> list[Block]:
    """Give what the results of each type found on the one-year rate, and how much.

    `kind` is intervention or sector. One mark an analysis; the same counted; then the
    printed differences, a figure a type; and which types have none.
    """
    if published.results.empty:
        return []
    own = studies(run, published)
    return [
        tally(run, published, kind, own),
        bars(run, published, kind, own),
        effects_words(run, published, kind),
        *forests(run, published, kind, own),
    ]


def _all_types(run: Run, kind: str, measure: Told) -> dict[str, Any] | None:
    """Give the fold of what is on every type; a summary of results has it open."""
    if not arrangement.own_types(run):
        return None
    return blocks.fold(
        f"All {SORTS[kind]}s, by their finding on the {measure.title}: ",
        ref(refs.counted("all")),
        " results",
    )


def tally(
    run: Run,
    published: Catalogue,
    kind: str,
    own: list[dict[str, Any]],
    measure: Told = RATE,
) -> Block:
    """Give one mark an analysis, by type."""
    key = f"{measure.key}tally-{kind}"
    return blocks.figure(
        run,
        key,
        figure="tally",
        lead=[
            see(key),
            f" shows what the results collected here found, by {SORTS[kind]}. Each "
            "mark is one analysis.",
        ],
        subtitle=f"Finding on the {measure.title}, by {SORTS[kind]}",
        data=rows.tally_rows(published, kind, own, measure),
        notes=[NOT_FOUND],
        source=SOURCE,
        fold=_all_types(run, kind, measure),
    )


def bars(run: Run, published: Catalogue, kind: str, own: list[dict[str, Any]]) -> Block:
    """Give the counts of results by type and finding as bars."""
    key = f"counts-{kind}"
    return blocks.figure(
        run,
        key,
        figure="verdict_bars",
        lead=[see(key), f" counts them by {SORTS[kind]} and finding."],
        subtitle=f"Results by their finding on the {RATE.title}",
        data=rows.tally_rows(published, kind, own),
        source=SOURCE,
        fold=_all_types(run, kind, RATE),
    )


def effects_words(
    run: Run, published: Catalogue, kind: str, measure: Told = RATE
) -> Block:
    """Say what the figures of differences show, and which types have none to show."""
    results, lacking = published.results, []
    known = results[measure.difference].notna()
    counts = results[KINDS[kind]].value_counts()
    for type_ in of_kind(published.types, kind):
        if type_.name in set(counts.index) - set(results.loc[known, KINDS[kind]]):
            lacking += [
                ", " if lacking else "",
                f"{type_.label} (",
                ref(refs.counted("all", kind, type_.name)),
                f" {noun(counts[type_.name])})",
            ]
    said: list[list[Any]] = [[
        "The charts that follow show how large the differences were, where they were "
        f"printed. A mark left of the line means that {measure.less} than in the "
        "comparison group."
    ]]  # fmt: skip
    if not known.any():
        said = [[f"No result printed a difference in the {measure.title}."]]
    elif lacking:
        said.append([f"No difference{measure.aside} was printed on: ", *lacking, "."])
    key = f"{measure.key}differences-{kind}"
    return blocks.words(run, key, words="sentences", data={"sentences": said})


def noun(count: int) -> str:
    """Give what so many results are called."""
    return "result" if count == 1 else "results"


def forests(
    run: Run,
    published: Catalogue,
    kind: str,
    own: list[dict[str, Any]],
    measure: Told = RATE,
) -> list[Block]:
    """Give a figure a type, or several parts of one, of the differences printed."""
    return [
        block
        for type_ in of_kind(published.types, kind)
        for block in _of_type(run, published, type_, own, measure)
    ]


def _of_type(
    run: Run,
    published: Catalogue,
    type_: Type,
    own: list[dict[str, Any]],
    measure: Told,
) -> list[Block]:
    kind, results = type_.kind, published.results
    parts = rows.forest_rows(published, kind, type_, own, measure)
    if not parts:
        return []
    results = results[results[KINDS[kind]] == type_.name]
    counts = [
        ref(refs.counted("all", kind, type_.name)),
        f" {noun(len(results))}, ",
        ref(measure.count("with_difference", kind, type_.name)),
        f" with a printed difference{measure.aside}",
    ]
    shows = [f" is on {type_.label}: ", *counts]
    none = f" has this study alone: no result on {type_.label} printed a difference"
    # without a published difference the figure is of this study alone
    known = results[measure.difference].notna().any()
    alone = [] if known else rows.own(own, kind, type_.name)
    fold = arrangement.fold(run, kind, type_.name, f"{type_.label}: ", *counts)
    key = f"{measure.key}forest-{kind}-{refs.slug(type_.name)}"
    return [
        blocks.figure(
            run,
            place,
            figure="forest",
            lead=[see(place), *(shows if known else [none]), "."],
            subtitle=f"Difference in the {measure.title}, {measure.counted}",
            data=data,
            notes=_notes(data),
            source=SOURCE,
            stands_with=[study["difference"]["ref"] for study in alone],
            fold=fold,
        )
        for number, data in enumerate(parts, 1)
        for place in [f"{key}-{number}" if data["which"] else key]
    ]


def _notes(data: dict[str, Any]) -> list[str]:
    """Give what has to be known of the rows of a figure."""
    published = [row for row in data["rows"] if row["interval"] != "own"]
    holds = {
        COMPUTED: any(row["interval"] == "computed" for row in published),
        MIDDLE: any(row["middle"] for row in published),
        NOT_FOUND: any(row["middle"] or not PRINTED <= set(row) for row in published),
    }
    return [note for note, stands in holds.items() if stands]
