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
    as_large: Number  # programmes whose difference is as large, or larger
    groups: Number  # made up
    estimated: Number  # of them
    bars: list[Bar]


def headline(data: Data) -> str:
    """Say how many came to a difference as large as the real one."""
    if not shown(data.as_large, data.estimated):
        return f"{data.title}: made-up programmes"
    many = how_many(data.as_large, data.estimated)
    return (
        f"{data.title}: {many[:1].lower()}{many[1:]} {data.estimated.text} made-up "
        "programmes came to a difference as large as the real one, allowing for how "
        "far chance moves each"
    )


def alternative(data: Data) -> str:
    """Give where the made-up programmes lie, and where the real result."""
    told = [bar for bar in data.bars if shown(bar.programmes) and bar.programmes.value]
    if not told or not shown(data.difference):
        return "What made-up programmes came to is not shown."
    most = max(told, key=lambda bar: bar.programmes.value)
    return (
        f"Bars of what {data.estimated.text} made-up programmes came to, as if of the "
        f"real one’s size, {data.per}: "
        f"from {told[0].at.text} to {told[-1].at.text}, most often {most.at.text} "
        f"({most.programmes.text} of them). The real result is {data.difference.text}."
    )


def table(data: Data) -> tuple[list[str], list[list[Any]]]:
    """Give one row a bar, and all of them beside the real result."""
    heading = f"Made-up programmes by their difference, {data.per}"
    rows: list[list[Any]] = [[heading]]
    rows += [[bar.at, bar.programmes] for bar in data.bars]
    larger = [[bar.at, bar.larger] for bar in data.bars if bar.larger.value]
    if larger:
        rows += [["Of them, as large as the real result, or larger"], *larger]
    rows += [["All of them, and the real result"],
             ["Made up", data.groups],
             ["Could be estimated", data.estimated],
             ["As large as the real result, or larger", data.as_large],
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
    """Draw the bars, dark as far as as large as the real result, and a line for it."""
    figure, axes = common.canvas(narrow, TOP + HEIGHT + 46)
    bars = [bar for bar in data.bars if shown(bar.programmes)]
    if not bars or not shown(data.difference):
        return figure
    field = _field(data, bars, narrow)
    _scales(axes, data, field, narrow)
    width = field.x(field.step) - field.x(0)
    for bar in bars:
        left, wide = field.x(bar.at.value) - width / 2 + GAP / 2, max(width - GAP, 1)
        larger, every = bar.larger.value, bar.programmes.value
        for low, high, fill in (
            (0, larger, colours.INCONCLUSIVE), (larger, every, NEAR)
        ):  # fmt: skip
            if high > low:
                box = (left, field.y(high), wide, field.y(low) - field.y(high))
                common.box(axes, *box, fill=fill, over=common.INTERVALS)
    _real(axes, data, field)
    return figure


def _rise(most: float) -> int:
    """Give how many programmes lie between two lines of the field."""
    return next(s for s in ROUND if most <= LINES * s)


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
