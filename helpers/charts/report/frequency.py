"""Results on how often people reoffended, by intervention type and by sector type."""

from typing import Any

from helpers.charts.catalogue.read import FINDINGS, KINDS, Catalogue
from helpers.charts.report import arrangement, by_type, rows
from helpers.charts.report.measures import FREQUENCY
from helpers.charts.report.sections import studies
from helpers.publication import blocks, refs
from helpers.publication.blocks import Block, ref
from helpers.request.types import of_kind
from helpers.runs.run import Run

#: a finding, after how many results have it
SAID = {
    "decrease": "decrease",
    "inconclusive": "inconclusive",
    "increase": "increase",
    "not_found": "not known",
}


def blocks_of(run: Run, published: Catalogue) -> list[Block]:
    """Give what the results of each type found on frequency, and how much.

    One mark a result, then the known differences, a figure a type. A figure of a sector
    type that would repeat one of an intervention type is left out. A report folds all
    of it, and begins with its own intervention type.
    """
    if published.results.empty:
        return []
    own, folded = studies(run, published, FREQUENCY), _folded(run)
    mine, others = _forests(run, published, own, folded)
    counted = [
        by_type.tally(run, published, kind, own, FREQUENCY, fold=folded)
        for kind in KINDS
    ]
    words = by_type.effects_words(
        run, published, "intervention", FREQUENCY, fold=folded
    )
    return [*mine, *counted, *_not_placed(run, folded), *words, *others]


def _folded(run: Run) -> dict[str, Any] | None:
    """Give the fold of all results on frequency in a report."""
    every = ref(refs.counted("all"))
    told = [(ref(FREQUENCY.count(found)), f" {SAID[found]}") for found in FINDINGS]
    pieces = [piece for count in told for piece in (", ", *count)][1:]
    return arrangement.part(run, "Frequency of ", every, " results: ", *pieces)


def _forests(
    run: Run,
    published: Catalogue,
    own: list[dict[str, Any]],
    folded: dict[str, Any] | None,
) -> tuple[list[Block], list[Block]]:
    """Give the figures of a report's own intervention type, and those of the others."""
    mine, others, shown = [], [], []
    for kind in KINDS:
        seen = list(shown)
        for type_ in of_kind(published.types, kind):
            is_own = arrangement.own_types(run).get("intervention") == type_.name
            is_own = is_own and kind == "intervention"
            for block in by_type.forests(
                run, published, type_, own, FREQUENCY, fold=folded
            ):
                if block.recipe["data"]["rows"] in seen:
                    continue
                shown.append(block.recipe["data"]["rows"])
                (mine if is_own else others).append(block)
    return mine, others


def _not_placed(run: Run, folded: dict[str, Any] | None) -> list[Block]:
    """Say why this study is not among them, if it is not."""
    if run.request.alone:
        return []
    reason = rows.not_placed_reason(run.request.outcomes, FREQUENCY)
    data = {"sentences": [[reason]]}
    if not reason:
        return []
    key = "frequency-placed"
    return [blocks.words(run, key, words="sentences", data=data, fold=folded)]
