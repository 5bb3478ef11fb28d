"""Ladder: the finding on other people, or with more known of them, one row each."""

from dataclasses import dataclass
from typing import Any

from matplotlib.figure import Figure

from helpers.publication.facts.doubts import Rung
from helpers.publication.figures.marks import shown
from helpers.publication.figures.robustness import rows
from helpers.publication.wording.intervals import DIRECTIONS, drawn_interval
from helpers.publication.wording.number_words import in_words

NO_ROW_ABOVE = "[z]"


@dataclass(frozen=True)
class Data:
    """What a ladder is drawn from: its rungs, and the measure that they are of."""

    kind: str
    title: str
    per: str
    rungs: list[Rung]
    unit: str = ""  # of an amount


def headline(data: Data) -> str:
    """Say whether the intervals lie on one side of no difference."""
    if not all(shown(rung.ci_low, rung.ci_high) for rung in data.rungs):
        return f"{data.title}, estimated again"
    sides = [_side(rung, data) for rung in data.rungs]
    count, clear = in_words(len(sides)), sum(map(bool, sides))
    if not clear:
        found = f"all {count} intervals include no difference"
    elif len(set(sides)) == 1:
        found = f"{sides[0]} in the programme in all {count} estimates"
    elif clear == len(sides):
        found = f"the {count} estimates do not agree"
    else:
        unclear = len(sides) - clear
        include = "includes" if unclear == 1 else "include"
        found = f"{in_words(unclear)} of {count} intervals {include} no difference"
    return f"{data.title}: {found}"


def _side(rung: Rung, data: Data) -> str:
    """Give what the whole interval says: lower, higher, or neither."""
    lower, higher = DIRECTIONS[data.kind]
    if rung.ci_high.value < 0:
        return lower
    return higher if rung.ci_low.value > 0 else ""


def _interval(rung: Rung, data: Data) -> str:
    return drawn_interval(rung.ci_low, rung.ci_high, data.kind, data.unit)


def alternative(data: Data) -> str:
    """Give every estimate with its interval."""
    told = (f"{rung.label}: {_interval(rung, data)}" for rung in data.rungs)
    return f"{data.title}, {data.per}, 95% intervals. {'; '.join(told)}."


def table(data: Data) -> tuple[list[str], list[list[Any]]]:
    """Give one row an estimate, in the order of the chart."""
    columns = ["Estimate", "People in the programme", f"Difference, {data.per}",
               "95% interval", "Change from the row above"]  # fmt: skip
    cells = [
        [
            rung.label,
            rung.people,
            rung.difference,
            _interval(rung, data),
            rung.moved or NO_ROW_ABOVE,
        ]
        for rung in data.rungs
    ]
    return columns, cells


def draw(data: Data, narrow: bool) -> Figure:
    """Draw each estimate with its interval and its people."""
    lines = [
        rows.Line(
            rung.label,
            f"{rung.people.text}\u00a0people",
            _interval(rung, data),
            rung.difference,
            rung.ci_low,
            rung.ci_high,
            main=rung.main,
        )
        for rung in data.rungs
    ]
    return rows.drawn(lines, data.kind, data.per, narrow=narrow)
