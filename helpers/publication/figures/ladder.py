"""Ladder: the finding on other people, or with more known of them, one row each."""

from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from helpers.publication.facts import Rung
from helpers.publication.figures import common
from helpers.publication.figures.forest import ground
from helpers.publication.figures.forest_rows import HALF, Layout, scale
from helpers.publication.figures.marks import shown
from helpers.publication.wording.intervals import DIRECTIONS, drawn_interval
from helpers.publication.wording.number_words import in_words

TOP = 34  # beneath the words that say which side is which
GAP = 16
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
    rows = (f"{rung.label}: {_interval(rung, data)}" for rung in data.rungs)
    return f"{data.title}, {data.per}, 95% intervals. {'; '.join(rows)}."


def table(data: Data) -> tuple[list[str], list[list[Any]]]:
    """Give one row an estimate, in the order of the chart."""
    columns = ["Estimate", "People in the programme", f"Difference, {data.per}",
               "95% interval", "Change from the row above"]  # fmt: skip
    rows = [
        [
            rung.label,
            rung.people,
            rung.difference,
            _interval(rung, data),
            rung.moved or NO_ROW_ABOVE,
        ]
        for rung in data.rungs
    ]
    return columns, rows


def draw(data: Data, narrow: bool) -> Figure:
    """Draw each estimate with its interval, words at both sides of the wide form."""
    layout = _layout(data, narrow)
    bottom = _body(None, data, layout)
    figure, axes = common.canvas(narrow, bottom + 44)
    _ends(axes, layout, data)
    if not narrow:
        ground(axes, layout, TOP, bottom)
    _body(axes, data, layout)
    for tick in layout.ticks:
        common.axis_text(axes, layout.x(tick), bottom + 17, str(abs(tick)), "tick_x")
    middle = (layout.left + layout.right) / 2
    common.axis_text(axes, middle, bottom + 38, data.per, "axislabel")
    return figure


def _layout(data: Data, narrow: bool) -> Layout:
    numbers = [n for rung in data.rungs
               for n in (rung.difference, rung.ci_low, rung.ci_high)]  # fmt: skip
    words = [common.text_width(_interval(rung, data), bold=narrow)
             for rung in data.rungs]  # fmt: skip
    return scale([n.value for n in numbers if shown(n)], max(words), narrow)


def _ends(axes: Axes, layout: Layout, data: Data) -> None:
    """Say which side is which, above the line of no difference."""
    whose = "" if layout.narrow else " in the programme"
    less, more = (f"{side.capitalize()}{whose}" for side in DIRECTIONS[data.kind])
    zero, end = layout.x(0), common.full_width(layout.narrow)
    left = max(zero - 10, common.text_width(less, 13, True))
    right = min(left + 20, end - common.text_width(more, 13, True))
    for x, words, align in ((left, less, "right"), (right, more, "left")):
        style = {"bold": True, "align": align, "gid": "axislabel"}
        common.text(axes, x, 20, words, 13, **style)


def _body(axes: Axes | None, data: Data, layout: Layout) -> float:
    """Draw the rows from the top, or on no axes measure them; give the y beneath."""
    y = TOP + 6.0
    for rung in data.rungs:
        y = _row(axes, rung, data, layout, y)
    return y


def _row(axes: Axes | None, rung: Rung, data: Data, layout: Layout, y: float) -> float:
    narrow, said = layout.narrow, _interval(rung, data)
    width = common.NARROW - layout.words - 14 if narrow else layout.left - 16
    lines = common.wrap(rung.label, width, common.LABEL, rung.main)
    height = 18 * len(lines) + 18 + GAP
    middle, end = (y + height, y + height + 26) if narrow else (
        y + height / 2, y + height)  # fmt: skip
    if axes is None:
        return end
    if rung.main:
        full = common.full_width(narrow) + 12
        common.box(axes, -6, y, full, end - y - 4, fill=common.MAIN_ROW, over=0)
    for number, words in enumerate(lines):
        common.text(axes, 0, y + 18 + 18 * number, words, bold=rung.main)
    people = f"{rung.people.text}\u00a0people"
    beneath = y + 18 + 18 * len(lines)
    common.text(axes, 0, beneath, people, common.SECOND, colour=common.SOFT)
    place = y + 18 if narrow else middle + 5
    edge = common.full_width(narrow)
    common.text(axes, edge, place, said, bold=narrow, align="right")
    if narrow:  # lines through the words would hide them
        ground(axes, layout, middle - 12, middle + 12)
    _mark(axes, rung, layout, middle)
    return end


def _mark(axes: Axes, rung: Rung, layout: Layout, y: float) -> None:
    """Draw an interval with end marks, and a dot at the difference."""
    if shown(rung.ci_low, rung.ci_high):
        ends = layout.x(rung.ci_low.value), layout.x(rung.ci_high.value)
        common.line(axes, ends, (y, y), common.INK, 2.5, over=common.INTERVALS)
        for x in ends:
            bar = (y - HALF, y + HALF)
            common.line(axes, (x, x), bar, common.INK, 2.5, over=common.INTERVALS)
    if shown(rung.difference):
        dot = {"marker": "o", "markersize": 10, "color": common.INK,
               "markeredgewidth": 0, "linestyle": "none"}  # fmt: skip
        x = layout.x(rung.difference.value)
        axes.add_line(Line2D([x], [y], zorder=common.MARKS, clip_on=False, **dot))
