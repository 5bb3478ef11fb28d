"""Verdict bars: how many results of each type found what, as parts of a bar."""

from collections.abc import Callable
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.publication.facts.published import Counted
from helpers.publication.figures import common
from helpers.publication.figures.marks import MARKS, draw_mark, shown
from helpers.publication.figures.results.hatching import hatch
from helpers.publication.figures.results.tally import Data, counted, titled

__all__ = ["Data", "alternative", "draw", "headline", "table"]

HEIGHT, GAP = 18, 2  # of a bar, and between its parts
NAMES, BARS, NUMBERS, STEP = 190, 206, 540, 44  # columns of the wide form
ACROSS = 75  # from one number to the next in the narrow form

Row = Callable[[Axes | None, Counted, list[str], float, float], float]


def headline(data: Data) -> str:
    """Name the type with most results, where one has more than every other."""
    neutral = f"{titled(data)}: number of results by what they found"
    if len(data.rows) < 2 or not shown(*(row.all for row in data.rows)):
        return neutral
    first, second = sorted(data.rows, key=lambda row: -row.all.value)[:2]
    if first.all.value == second.all.value:
        return neutral
    of = f"{first.all.text} of {data.total.all.text}"
    return f"{titled(data)}: {first.label} has most results, {of}"


def alternative(data: Data) -> str:
    """Give the counts over all types, and the largest type."""
    counts = data.total.counts
    words = ", ".join(
        f"{counts[found].text} {MARKS[found].short.lower()}" for found in counted(data)
    )
    return (
        f"Bars of {data.total.all.text} results in {len(data.rows)} "
        f"type{'' if len(data.rows) == 1 else 's'}, {data.heading.lower()}, each in "
        f"parts by what the results found. All types: {words}."
    )


def table(data: Data) -> tuple[list[str], list[list[Any]]]:
    """Give one row a type, and one of all: results by what they found."""
    columns = ["Type", *(mark.short for mark in MARKS.values()), "All results"]
    rows = [[row.label, *_numbers(row)] for row in data.rows]
    return columns, [*rows, ["All types", *_numbers(data.total)]]


def _numbers(row: Counted) -> list[Any]:
    return [*(row.counts[found] for found in MARKS), row.all]


def draw(data: Data, narrow: bool) -> Figure:
    """Draw a bar a type and its numbers; all types have numbers alone.

    The bars of the types have one scale, on which that of all would leave no room.
    """
    most = max([row.all.value for row in data.rows if shown(row.all)], default=0)
    width = common.NARROW if narrow else NUMBERS - STEP - BARS + 12
    scale = width / max(most, 1)
    # the rows are laid out once to learn the height
    height = _layout(None, data, scale, narrow=narrow)
    figure, axes = common.canvas(narrow, height)
    _layout(axes, data, scale, narrow=narrow)
    return figure


def _layout(axes: Axes | None, data: Data, scale: float, *, narrow: bool) -> float:
    row_of: Row = _narrow_row if narrow else _wide_row
    found = counted(data)
    y = _key(axes, found, narrow=narrow) + 8
    if axes and not narrow:
        _heads(axes, found, y + 12)
    y += 0 if narrow else 22
    edge = (0, common.full_width(narrow))
    for row in data.rows:
        if axes:
            common.line(axes, edge, (y, y), common.ROW, 1, over=common.UNDER)
        y = row_of(axes, row, found, scale, y)
    if axes:
        common.line(axes, edge, (y, y), common.LINE, 1.5)
    return row_of(axes, data.total, found, 0, y)


def _key(axes: Axes | None, used: list[str], *, narrow: bool) -> float:
    """Draw a part of a bar, a mark and what both stand for."""
    columns = 1 if narrow else 2
    for place, found in enumerate(used):
        x, y = 330 * (place % columns), 2 + 25 * (place // columns)
        if axes:
            _part(axes, found, x, y, 26)
            draw_mark(axes, found, x + 41, y + HEIGHT / 2)
            common.text(axes, x + 56, y + 14, MARKS[found].words)
    return 2 + 25.0 * -(-len(used) // columns)


def _heads(axes: Axes, used: list[str], y: float) -> None:
    for place, found in enumerate(used):
        draw_mark(axes, found, NUMBERS + STEP * place - 5, y - 4)
    style = {"bold": True, "align": "right", "gid": "axislabel"}
    common.text(axes, common.WIDE, y, "All", 13, **style)


def _wide_row(
    axes: Axes | None, row: Counted, used: list[str], scale: float, y: float
) -> float:
    """Draw a row of the wide form; give the y beneath it."""
    label, total = row.label or "All types", not row.label
    lines = common.wrap(label, NAMES, common.LABEL, total)
    if axes:
        for number, words in enumerate(lines):
            common.text(axes, 0, y + 20 + 18 * number, words, bold=total)
        _bar(axes, row, scale, BARS, y + 6)
        for place, found in enumerate(used):
            x, style = NUMBERS + STEP * place, {"bold": total, "align": "right"}
            common.text(axes, x, y + 20, row.counts[found].text, **style)
        x, style = common.WIDE, {"bold": True, "align": "right"}
        common.text(axes, x, y + 20, row.all.text, **style)
    return y + 12 + 18 * len(lines)


def _narrow_row(
    axes: Axes | None, row: Counted, used: list[str], scale: float, y: float
) -> float:
    """Draw a row of the narrow form: name, bar, numbers; give the y beneath it."""
    label, total = row.label or "All types", not row.label
    lines = common.wrap(label, common.NARROW - 60, common.LABEL, bold=True)
    under = y + 8 + 18 * len(lines)
    if axes:
        for number, words in enumerate(lines):
            common.text(axes, 0, y + 20 + 18 * number, words, bold=True)
        x, style = common.NARROW, {"bold": True, "align": "right"}
        common.text(axes, x, y + 20, row.all.text, **style)
        _bar(axes, row, scale, 0, under)
    under += 4 if total else HEIGHT + 4
    if axes:
        for place, found in enumerate(used):
            x = ACROSS * place
            draw_mark(axes, found, x + 7, under + 11)
            common.text(axes, x + 20, under + 16, row.counts[found].text)
    return under + 28


def _bar(axes: Axes, row: Counted, scale: float, x: float, y: float) -> None:
    """Draw the parts of a bar next to each other, as wide as their counts."""
    for found in MARKS:
        number = row.counts[found]
        width = scale * number.value if shown(number) else 0
        if width:
            _part(axes, found, x, y, max(width - GAP, 1))
        x += width


def _part(axes: Axes, found: str, x: float, y: float, width: float) -> None:
    """Draw a part: filled, open, or hatched as its finding is."""
    mark, inside = MARKS[found], (x, x + width, y, y + HEIGHT)
    if mark.filled or width <= 4:
        common.box(axes, x, y, width, HEIGHT, fill=mark.colour)
    else:
        edge = {"edge": mark.colour, "stroke": 2}
        common.box(axes, x + 1, y + 1, width - 2, HEIGHT - 2, **edge)
    if found == "increase":
        hatch(axes, inside, "white")
    if found == "not_found":
        hatch(axes, inside, mark.colour)
        hatch(axes, inside, mark.colour, falling=True)
