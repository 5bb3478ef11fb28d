"""Placebo: what made-up programmes came to, and where the real result lies."""

import math
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.publication import colours
from helpers.publication.facts.doubts import Bar
from helpers.publication.figures import common
from helpers.publication.figures.marks import shown
from helpers.publication.figures.power import ROUND
from helpers.publication.numbers import Number
from helpers.publication.wording.intervals import DIRECTIONS
from helpers.publication.wording.robustness.placebo import how_many

TOP, HEIGHT = 66, 220  # of the field of the bars
GAP = 2  # between two bars
LINES = 5  # at most, across the field
NEAR = "#B1B4B6"  # bars of smaller differences than the real one


@dataclass(frozen=True)
class Data:
    """What is drawn: the bars in order, and the real result."""

    kind: str
    title: str
    per: str
    difference: Number  # the real result
    as_far: Number  # programmes that stand out as much, or more, for their size
    as_large: Number  # programmes whose difference is as large, or larger
    groups: Number  # made up
    estimated: Number  # of them
    bars: list[Bar]


def headline(data: Data) -> str:
    """Say how many stand out as much as the real result, whatever their size."""
    if not shown(data.as_far, data.estimated):
        return f"{data.title}: made-up programmes"
    many = how_many(data.as_far, data.estimated)
    return (
        f"{data.title}: {many[:1].lower()}{many[1:]} {data.estimated.text} made-up "
        "programmes stand out as much as the real result"
    )


def alternative(data: Data) -> str:
    """Give where the made-up programmes lie, and where the real result."""
    told = [bar for bar in data.bars if shown(bar.programmes) and bar.programmes.value]
    if not told or not shown(data.difference):
        return "What made-up programmes came to is not shown."
    most = max(told, key=lambda bar: bar.programmes.value)
    return (
        f"Bars of what {data.estimated.text} made-up programmes came to, {data.per}: "
        f"from {told[0].at.text} to {told[-1].at.text}, most often {most.at.text} "
        f"({most.programmes.text} of them). The real result is {data.difference.text}."
    )


def table(data: Data) -> tuple[list[str], list[list[Any]]]:
    """Give one row a bar, and all of them beside the real result."""
    rows: list[list[Any]] = [[f"Made-up programmes by their difference, {data.per}"]]
    rows += [[bar.at, bar.programmes] for bar in data.bars]
    rows += [["All of them, and the real result"],
             ["Made up", data.groups],
             ["Could be estimated", data.estimated],
             ["Stand out as much as the real result, allowing for how many people "
              "each has", data.as_far],
             ["As large as the real result, by size alone", data.as_large],
             [f"The real result, {data.per}", data.difference]]  # fmt: skip
    return ["What", "Number"], rows


@dataclass(frozen=True)
class _Field:
    """Where differences and numbers of programmes stand in the drawing."""

    left: float
    right: float
    low: float
    high: float
    step: float  # from one bar to the next
    most: int

    def x(self, difference: float) -> float:
        share = (difference - self.low) / (self.high - self.low)
        return self.left + (self.right - self.left) * share

    def y(self, programmes: float) -> float:
        return TOP + HEIGHT * (1 - programmes / self.most)


def draw(data: Data, narrow: bool) -> Figure:
    """Draw the bars, darker where as large as the real result, and a line for it."""
    figure, axes = common.canvas(narrow, TOP + HEIGHT + 46)
    bars = [bar for bar in data.bars if shown(bar.programmes)]
    if not bars or not shown(data.difference):
        return figure
    field = _field(data, bars, narrow)
    _scales(axes, data, field, narrow)
    real = abs(data.difference.value)
    width = field.x(field.step) - field.x(0)
    for bar in bars:
        if bar.programmes.value:
            top = field.y(bar.programmes.value)
            fill = colours.INCONCLUSIVE if abs(bar.at.value) >= real else NEAR
            left = field.x(bar.at.value) - width / 2 + GAP / 2
            box = (left, top, max(width - GAP, 1), TOP + HEIGHT - top)
            common.box(axes, *box, fill=fill, over=common.INTERVALS)
    _real(axes, data, field)
    return figure


def _field(data: Data, bars: list[Bar], narrow: bool) -> _Field:
    at = [bar.at.value for bar in bars]
    step = at[1] - at[0] if len(at) > 1 else 1.0
    ends = [*at, data.difference.value, 0.0]
    most = max(bar.programmes.value for bar in bars)
    rise = _rise(most)
    edge = common.full_width(narrow) - 6
    low, high = min(ends) - step, max(ends) + step
    top = rise * math.ceil(most / rise)
    left = common.text_width(f"{top:,}", common.SECOND) + 10
    return _Field(left, edge, low, high, step, top)


def _rise(most: int) -> int:
    """Give how many programmes lie between two lines of the field."""
    return next(s for s in ROUND if most <= LINES * s)


def _scales(axes: Axes, data: Data, field: _Field, narrow: bool) -> None:
    """Draw both scales, and say which side is which."""
    rise = _rise(field.most)
    for tick in range(0, field.most + 1, rise):
        y = field.y(tick)
        common.line(axes, (field.left, field.right), (y, y), common.GRID, 1)
        words, x = f"{tick:,}", field.left - 8
        common.axis_text(axes, x, y + 5, words, "tick_y", align="right")
    bottom, reach = TOP + HEIGHT, field.high - field.low
    apart = next(s for s in ROUND if reach / s <= (6 if narrow else 12))
    for number in range(math.ceil(field.low / apart), int(field.high // apart) + 1):
        tick = number * apart
        common.axis_text(axes, field.x(tick), bottom + 18, f"{abs(tick):,}", "tick_x")
    zero = field.x(0)
    common.line(axes, (zero, zero), (TOP, bottom), common.INK, 1.5, over=common.MARKS)
    less, more = (side.capitalize() for side in DIRECTIONS[data.kind])
    middle = (field.left + field.right) / 2
    common.axis_text(axes, middle, bottom + 40, data.per, "axislabel")
    style = {"bold": True, "gid": "axislabel"}
    common.text(axes, field.left, bottom + 40, less, 13, **style)
    common.text(axes, field.right, bottom + 40, more, 13, align="right", **style)
    axis = "Made-up programmes"
    common.axis_text(axes, 0, 16, axis, "axislabel", align="left")


def _real(axes: Axes, data: Data, field: _Field) -> None:
    """Mark the real result by a line over the bars, with its words above it."""
    x, colour = field.x(data.difference.value), colours.TREATMENT
    ends = (TOP - 14, TOP + HEIGHT)
    common.line(axes, (x, x), ends, colour, 3, over=common.MARKS + 0.5)
    words = f"Real result: {data.difference.text}"
    half = common.text_width(words, bold=True) / 2
    middle = min(max(x, half), field.right - half)
    style = {"bold": True, "colour": colour, "align": "center"}
    common.text(axes, middle, TOP - 22, words, **style)
