"""How sure a reader can be, in three lines, from the released rows of the gate."""

from typing import Any

from helpers.outcomes import gate
from helpers.publication import refs
from helpers.publication.blocks import ref
from helpers.runs.run import Run

#: each line, with the names of what it tells of a criterion
NUMBERS = {
    gate.PRECISION: {"value": "size", "threshold": "setting", "verdict": "text"},
    gate.FALSE_ALARMS: {"verdict": "text"},
    gate.NEGATIVE_CONTROL: {"verdict": "text"},
}


def of_analysis(
    run: Run, analysis: str, measures: list[dict[str, Any]]
) -> dict[str, Any]:
    """Give what the lines on an analysis are made of; nothing where no gate is told.

    `measures` are its measures as recipes; the first is that of the gate's precision.
    """
    if refs.gate(analysis, gate.PRECISION, "verdict") not in run.cells:
        return {}
    criteria = {
        criterion: {
            name: ref(place, form)
            for name, form in numbers.items()
            if (place := refs.gate(analysis, criterion, name)) in run.cells
        }
        for criterion, numbers in NUMBERS.items()
    }
    return criteria | {
        "measure": measures[0],
        "match_quality": ref(refs.of(analysis, "match_quality"), "text"),
    }
