"""What a report counts of itself: the numbers that it shows and those it hides."""

from typing import Any

from helpers.publication.blocks import ref, see
from helpers.publication.cells import Cell
from helpers.publication.disclosure import Decision
from helpers.publication.facts.counted import COUNTED, counts_in, how_many
from helpers.publication.numbers import refs_in
from helpers.publication.refs import HIDDEN, SHOWN, THRESHOLD
from helpers.publication.report.publish_cells import Part
from helpers.request import Request


def of_numbers(found: list[Part], decision: Decision, request: Request) -> list[Cell]:
    """Count the report's numbers that are shown and hidden, and by which threshold."""
    used = {name for part in found for name in refs_in(part.recipe)}
    hidden = len(used & set(decision.withheld))
    shown = sum(isinstance(decision.released.get(name), float) for name in used)
    rule = "8: numbers of this report, each counted once"
    counts = [
        Cell(SHOWN, shown, "setting", method=rule),
        Cell(HIDDEN, hidden, "setting", method=rule),
    ]
    if request.disclosure.profile != "none":
        threshold = request.disclosure.threshold
        rule = "8: a count below T is unsafe"
        counts.append(Cell(THRESHOLD, threshold, "setting", method=rule))
    return counts


def of_blocks(found: list[Part], decision: Decision) -> list[Cell]:
    """Give the counts that blocks and folds make of the numbers that are shown."""
    rule = "8: counted from the numbers that are shown"
    made = {
        count[COUNTED]: how_many(count, decision.released)
        for count in counts_in([part.recipe for part in found])
    }
    return [Cell(name, n, "setting", method=rule) for name, n in made.items()]


def table(request: Request) -> Part:
    """Give the table of these numbers, with the threshold where there is one."""
    rows: list[list[Any]] = [
        ["Numbers shown, published results and settings included", ref(SHOWN)],
        ["Numbers hidden to protect people", ref(HIDDEN)],
    ]
    if request.disclosure.profile != "none":
        rows.append(
            ["Smallest group about which a number may be shown", ref(THRESHOLD)]
        )
    key = "hidden-numbers"
    recipe = {
        "block": "table",
        "key": key,
        "caption": "Numbers shown and hidden",
        "columns": ["What", "Number"],
        "rows": rows,
        "lead": [see(key), " counts the numbers of this report, each once."],
        "notes": [],
        "source": "This report",
    }
    return Part("data-sharing", recipe)
