"""Results by type of intervention or of sector: what they found, and how much."""

from typing import Any

import pandas as pd

from helpers.charts.catalogue.read import KINDS, Catalogue
from helpers.charts.report import arrangement, forest_notes, rows
from helpers.charts.report.measures import RATE, Told
from helpers.charts.report.sections import SOURCE, studies
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref, see
from helpers.request.types import Type, of_kind
from helpers.runs.run import Run

#: kind -> what its types are called, and what sort they are types of
SORTS = {"intervention": "intervention type", "sector": "sector type"}
#: finding -> one of it in a sentence, and several
COUNTED = {
    "decrease": ("significant decrease", "significant decreases"),
    "inconclusive": ("inconclusive", "inconclusive"),
    "increase": ("significant increase", "significant increases"),
    "not_found": ("of which the finding is not known",) * 2,
}


def blocks_of(run: Run, published: Catalogue, kind: str) -> list[Block]:
    """Give what the results of each type found on the one-year rate, and how much.

    `kind` is intervention or sector. One mark a result, and in the periodic summary
    their counts as bars; then the known differences, a figure a type, and which types
    have none. A report folds all of it; its own intervention type stands apart.
    """
    if published.results.empty:
        return []
    own, own_types = studies(run, published), arrangement.own_types(run)
    every = ref(refs.counted("all"))
    folded = arrangement.part(run, f"By {SORTS[kind]}: ", every, " results")
    counted = [
        tally(run, published, kind, own, fold=folded),
        *([bars(run, published, kind, own, folded)] if run.request.alone else []),
        *effects_words(run, published, kind, fold=folded),
    ]
    mine, others = [], []
    for type_ in of_kind(published.types, kind):
        is_own = own_types.get(kind) == type_.name
        if is_own and kind == "intervention":
            continue
        made = forests(run, published, type_, own, within=folded)
        if is_own:
            mine = made or [_own_words(run, published, type_, folded)]
        else:
            others += made
    return [*mine, *counted, *others]


def own_type(run: Run, published: Catalogue) -> list[Block]:
    """Give what the results of a report's own intervention type found, said in view."""
    name = arrangement.own_types(run).get("intervention")
    if not name or published.results.empty:
        return []
    type_ = next(t for t in of_kind(published.types, "intervention") if t.name == name)
    made = forests(run, published, type_, studies(run, published),
                   within=own_fold(run, published, type_))  # fmt: skip
    return [_own_words(run, published, type_), *made]


def own_fold(run: Run, published: Catalogue, type_: Type) -> dict[str, Any]:
    """Give the fold of a report's own intervention type: how many results it has."""
    results = published.results[published.results[KINDS[type_.kind]] == type_.name]
    count = ref(refs.counted("all", type_.kind, type_.name))
    return blocks.fold(f"{type_.label}: ", count, f" {noun(len(results))}")


def _own_words(
    run: Run, published: Catalogue, type_: Type, fold: dict[str, Any] | None = None
) -> Block:
    """Say what the results of a report's own type found, and if nothing else is known.

    That of the intervention type is in view, that of the sector type in a fold.
    """
    results = published.results[published.results[KINDS[type_.kind]] == type_.name]
    said: list[Any] = [f"{type_.label}, as in this study: no result is collected."]
    if len(results):
        many = ref(refs.counted("all", type_.kind, type_.name))
        said = [f"{type_.label}, as in this study: ", many]
        said.append(f" {noun(len(results))} collected")
        counts = results["finding"].value_counts()
        for place, found in enumerate(name for name in COUNTED if name in counts):
            number = ref(refs.counted(found, type_.kind, type_.name))
            one, several = COUNTED[found]
            word = one if counts[found] == 1 else several
            said += [", " if place else " (", number, f" {word}"]
        said.append(")." + _without_difference(results))
    key = f"own-{type_.kind}"
    data = {"sentences": [said]}
    return blocks.words(run, key, words="sentences", data=data, fold=fold)


def _without_difference(results: pd.DataFrame) -> str:
    """Say that no difference of some results is known; nothing where one is."""
    if results[RATE.difference].notna().any():
        return ""
    one = len(results) == 1
    return " Its difference is not known." if one else " No difference is known."


def tally(
    run: Run,
    published: Catalogue,
    kind: str,
    own: list[dict[str, Any]],
    measure: Told = RATE,
    *,
    fold: dict[str, Any] | None = None,
) -> Block:
    """Give one mark a result, by type."""
    key = f"{measure.key}tally-{kind}"
    data = rows.tally_rows(published, kind, own, measure)
    return blocks.figure(
        run,
        key,
        figure="tally",
        lead=[
            see(key),
            f" shows what the results collected here found on the {measure.title}, by "
            f"{SORTS[kind]}. Each mark is one result.",
        ],
        subtitle=f"Finding on the {measure.title}, by {SORTS[kind]}",
        data=data,
        notes=forest_notes.of_tally(published, kind),
        source=SOURCE,
        fold=fold,
    )


def bars(
    run: Run,
    published: Catalogue,
    kind: str,
    own: list[dict[str, Any]],
    fold: dict[str, Any] | None,
) -> Block:
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
        fold=fold,
    )


def effects_words(
    run: Run,
    published: Catalogue,
    kind: str,
    measure: Told = RATE,
    *,
    fold: dict[str, Any] | None = None,
) -> list[Block]:
    """Say what figures of differences show, once, and which types have none to show.

    A report's figures lie in folds, and have their directions in them.
    """
    results = published.results
    said: list[list[Any]] = []
    if not results[measure.difference].notna().any():
        said = [[f"No difference in the {measure.title} is known."]]
    else:
        if run.request.alone and kind == "intervention":
            said = [[
                "A figure for each type shows how large the differences were, where "
                "they are known. A mark left of the line means that "
                f"{measure.less} than in the comparison group."
            ]]  # fmt: skip
        lacking = _lacking(published, kind, measure)
        if lacking:
            said.append([f"No difference{measure.aside} is known for: ", *lacking, "."])
    key = f"{measure.key}differences-{kind}"
    data = {"sentences": said}
    made = blocks.words(run, key, words="sentences", data=data, fold=fold)
    return [made] if said else []


def _lacking(published: Catalogue, kind: str, measure: Told) -> list[Any]:
    """Name the types of which results are collected, and no difference is known."""
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
    return lacking


def noun(count: int) -> str:
    """Give what so many results are called."""
    return "result" if count == 1 else "results"


def forests(
    run: Run,
    published: Catalogue,
    type_: Type,
    own: list[dict[str, Any]],
    measure: Told = RATE,
    *,
    fold: dict[str, Any] | None = None,
    within: dict[str, Any] | None = None,
) -> list[Block]:
    """Give the figure of a type's known differences, or the parts of it.

    They lie in the fold of their type `within` that of their part, or in another one.
    """
    parts = rows.forest_rows(published, type_.kind, type_, own, measure)
    if not parts:
        return []
    results = published.results
    results = results[results[KINDS[type_.kind]] == type_.name]
    known = results[results[measure.difference].notna()]
    with_difference = ref(measure.count("with_difference", type_.kind, type_.name))
    everything = ref(refs.counted("all", type_.kind, type_.name))
    key = f"{measure.key}forest-{type_.kind}-{refs.slug(type_.name)}"
    if not fold:
        held = _held(len(known), len(results), with_difference, everything)
        told = (f"{type_.label}: ", *held)
        fold = arrangement.fold(run, type_.kind, type_.name, *told, within=within)
    return [
        blocks.figure(
            run,
            place,
            figure="forest",
            lead=[
                f"{type_.label}: ",
                everything,
                f" {noun(len(results))}, ",
                with_difference,
                f" with a known difference{measure.aside} (",
                see(place),
                ").",
            ],
            subtitle=f"Difference in the {measure.title}, {measure.counted}",
            data=data,
            notes=forest_notes.of_forest(data, known, measure),
            source=SOURCE,
            fold=fold,
        )
        for number, data in enumerate(parts, 1)
        for place in [f"{key}-{number}" if data["which"] else key]
    ]


def _held(known: int, count: int, shown: Any, everything: Any) -> list[Any]:
    """Say in a fold's line how many results it shows: "9 of 10 results"."""
    ratio = [] if known == count else [shown, " of "]
    return [*ratio, everything, f" {noun(count)}"]
