"""Power: the smallest fall that would usually be found, by how many are sent."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.publication import colours
from helpers.publication.facts.in_tables import Size
from helpers.publication.figures import common
from helpers.publication.figures.marks import shown

TOP, PLOT, LEFT = 34, 250, 34
#: what the ends and steps of an axis are multiples of
ROUND = tuple(n * 10**e for e in range(9) for n in (1, 2, 5))


@dataclass(frozen=True)
class Data:
    """What the figure is drawn from: the sizes of its curve, and the one asked for."""

    sizes: list[Size]
    asked: Size


def headline(data: Data) -> str:
    """Say what would usually be found with as many people as are asked for."""
    people = _people(data.asked)
    if not (shown(data.asked.reduction) and data.asked.tested):
        return f"{people} would be too few to find a fall"
    fall = data.asked.reduction.text
    return f"With {people}, a fall of {fall} points would usually be found"


def alternative(data: Data) -> str:
    """Give both ends of the curve."""
    drawn = _drawn(data)
    ends = " to ".join(
        f"{size.reduction.text} points with {_people(size)}"
        for size in (drawn[0], drawn[-1])
    )
    return f"The smallest fall that would usually be found goes from {ends}."


def table(data: Data) -> tuple[list[str], list[list[Any]]]:
    """Give one row a number of people."""
    columns = ["People sent", "People analysed", "Smallest fall usually found, points",
               "Enough people to test it"]  # fmt: skip
    rows = [
        [
            size.people,
            size.analysed,
            size.reduction if shown(size.reduction) else "none",
            "yes" if size.tested else "no",
        ]
        for size in data.sizes
    ]
    return columns, rows


def _people(size: Size) -> str:
    """Give how many are sent in words: "1 person", "250 people"."""
    return f"{size.people.text} {'person' if size.people.value == 1 else 'people'}"


def _drawn(data: Data) -> list[Size]:
    return [size for size in data.sizes if shown(size.reduction)]


@dataclass(frozen=True)
class _Scale:
    """Where people and points lie in the drawing."""

    right: float  # of the axis
    end: float  # of the drawing
    people: int
    points: int

    def x(self, people: float) -> float:
        return LEFT + (self.right - LEFT) * people / self.people

    def y(self, points: float) -> float:
        return TOP + PLOT * (1 - points / self.points)


def steps(most: float, count: int) -> tuple[int, int]:
    """Give a round step, and a multiple of it that is no less than the most."""
    step = next(s for s in ROUND if most / s <= count)
    return step, step * max(1, -int(-most // step))


def draw(data: Data, narrow: bool) -> Figure:
    """Draw the curve, dashed where too few are tested, and the size asked for."""
    figure, axes = common.canvas(narrow, TOP + PLOT + 46)
    drawn = _drawn(data)
    most = max((size.reduction.value for size in drawn), default=1)
    people_step, people = steps(data.sizes[-1].people.value, 4 if narrow else 8)
    step, points = steps(most, 6)
    last = common.text_width(f"{people:,}", common.SECOND) / 2
    end = common.full_width(narrow)
    scale = _Scale(end - last, end, people, points)
    for tick in range(0, points + 1, step):
        y = scale.y(tick)
        common.line(axes, (LEFT, scale.right), (y, y), common.GRID, 1)
        common.axis_text(axes, LEFT - 8, y + 5, str(tick), "tick_y", align="right")
    for tick in range(0, people + 1, people_step):
        x, words = scale.x(tick), f"{tick:,}"
        common.axis_text(axes, x, TOP + PLOT + 18, words, "tick_x")
    common.axis_text(axes, 0, 16, "Smallest fall, in points", "axislabel", align="left")
    middle = (LEFT + scale.right) / 2
    common.axis_text(axes, middle, TOP + PLOT + 40, "People sent", "axislabel")
    _curve(axes, drawn, scale)
    _asked(axes, data.asked, scale)
    return figure


def _curve(axes: Axes, drawn: list[Size], scale: _Scale) -> None:
    """Draw the curve, and say what lies on which side of it where there is a test."""
    for one, other in pairwise(drawn):
        ends = (
            (scale.x(one.people.value), scale.x(other.people.value)),
            (scale.y(one.reduction.value), scale.y(other.reduction.value)),
        )
        style = {"dashed": not one.tested, "over": common.INTERVALS}
        common.line(axes, *ends, colours.TREATMENT, 2.5, **style)
    if any(size.tested for size in drawn):
        style = {"bold": True, "align": "right", "gid": "axislabel"}
        sides = {"Would usually be found": TOP + 16, "Could be missed": TOP + PLOT - 10}
        for words, y in sides.items():
            common.text(axes, scale.right, y, words, **style)


def _asked(axes: Axes, asked: Size, scale: _Scale) -> None:
    """Mark the size asked for, and what would be found with it."""
    if not shown(asked.reduction):
        return
    x, y = scale.x(asked.people.value), scale.y(asked.reduction.value)
    common.line(axes, (x, x), (y, TOP + PLOT), common.INK, 1.5, dashed=True)
    axes.plot([x], [y], "o", color=colours.TREATMENT, ms=10, zorder=common.MARKS)
    lines = _people(asked), f"{asked.reduction.text} points"
    room = x + 12 + max(map(common.text_width, lines)) <= scale.end
    place = (x + 12, "left") if room else (x - 12, "right")
    # beneath the words at the upper edge
    above = max(y - 28, TOP + 40)
    for line, height in zip(lines, (above, above + 18), strict=True):
        common.text(axes, place[0], height, line, align=place[1])
