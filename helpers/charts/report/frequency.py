"""Results on how often people reoffended, by intervention type and by sector type."""

from helpers.charts.catalogue.read import KINDS, Catalogue
from helpers.charts.report import by_type, rows
from helpers.charts.report.measures import FREQUENCY
from helpers.charts.report.sections import studies
from helpers.publication import blocks
from helpers.publication.blocks import Block
from helpers.runs.run import Run


def blocks_of(run: Run, published: Catalogue) -> list[Block]:
    """Give what the results of each type found on frequency, and how much.

    One mark an analysis, then the printed differences, a figure a type. A figure of a
    sector type that would repeat one of an intervention type is left out.
    """
    if published.results.empty:
        return []
    own = studies(run, published, FREQUENCY)
    tallies = [by_type.tally(run, published, kind, own, FREQUENCY) for kind in KINDS]
    forests, shown = [], []
    for kind in KINDS:
        forests += [
            block
            for block in by_type.forests(run, published, kind, own, FREQUENCY)
            if block.recipe["data"]["rows"] not in shown
        ]
        shown = [block.recipe["data"]["rows"] for block in forests]
    words = by_type.effects_words(run, published, "intervention", FREQUENCY)
    return [*tallies, *_not_placed(run), words, *forests]


def _not_placed(run: Run) -> list[Block]:
    """Say why this study is not among them, if it is not."""
    if run.request.alone:
        return []
    reason = rows.not_placed_reason(run.request.outcomes, FREQUENCY)
    said = {"sentences": [[reason]]}
    if not reason:
        return []
    return [blocks.words(run, "frequency-placed", words="sentences", data=said)]
