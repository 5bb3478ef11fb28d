"""The scale of effects by size: people across by multiples, differences up."""

import math
from dataclasses import dataclass
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from helpers.publication.facts.published import Result
from helpers.publication.figures import common
from helpers.publication.figures.power import ROUND

PLOT, LEFT = 360, 34


@dataclass(frozen=True)
class Scale:
    """Where sizes and differences lie in the drawing."""

    top: float
    right: float
    sizes: tuple[int, ...]  # ticks, from the least to the most
    step: int
    low: int
    high: int

    def x(self, people: float) -> float:
        """Give the pixels of a size; equal steps are equal ratios."""
        least, most = math.log(self.sizes[0]), math.log(self.sizes[-1])
        share = (math.log(people) - least) / (most - least)
        return LEFT + (self.right - LEFT) * share

    def y(self, difference: float) -> float:
        """Give the pixels of a difference; more people are above."""
        return self.top + PLOT * (self.high - difference) / (self.high - self.low)


def sizes_round(least: float, most: float) -> tuple[int, ...]:
    """Give round numbers of people (10, 30, 100 …) from below the least to the most."""
    every = [size * 10**power for power in range(10) for size in (1, 3)]
    first = max(place for place, size in enumerate(every) if size <= max(least, 1))
    last = next(place for place, size in enumerate(every) if size >= most)
    return tuple(every[first : max(last, first + 1) + 1])


def lay_out(rows: list[Result], top: float, narrow: bool) -> Scale:
    """Give a scale that holds every size and difference, and both sides of zero."""
    sizes = [row.n.value for row in rows] or [100, 1000]
    values = [0.0, *(row.difference.value for row in rows)]
    ticks = sizes_round(min(sizes), max(sizes))
    step = next(s for s in ROUND if (max(values) - min(values)) / s <= 7)
    # both sides of the line of no difference are there to be read
    low = min(math.floor(min(values) / step), -1) * step
    high = max(math.ceil(max(values) / step), 1) * step
    last = common.text_width(f"{ticks[-1]:,}", common.SECOND) / 2
    return Scale(top, common.full_width(narrow) - last, ticks, step, low, high)


def draw_ground(axes: Axes, scale: Scale) -> None:
    """Draw grid lines with their numbers, and the line of no difference."""
    bottom = scale.top + PLOT
    for size in _numbered(scale):
        x = scale.x(size)
        common.line(axes, (x, x), (scale.top, bottom), common.GRID, 1)
        common.axis_text(axes, x, bottom + 46, f"{size:,}", "tick_x")
    for tick in range(scale.low, scale.high + 1, scale.step):
        y = scale.y(tick)
        colour, stroke = (common.INK, 1.5) if tick == 0 else (common.GRID, 1)
        common.line(axes, (LEFT, scale.right), (y, y), colour, stroke)
        text = str(abs(tick))
        common.axis_text(axes, LEFT - 10, y + 5, text, "tick_y", align="right")


def _numbered(scale: Scale) -> list[int]:
    """Give the sizes with a line: all, or where there is no room 10, 100 … or fewer."""
    ticks = list(scale.sizes)
    for noughts in (1, 2, 3):
        places = [
            (scale.x(n), common.text_width(f"{n:,}", common.SECOND) / 2 + 4)
            for n in ticks
        ]
        if all(x + half <= y - other for (x, half), (y, other) in pairwise(places)):
            break
        tens = (10**power for power in range(0, 10, noughts))
        ticks = [size for size in tens if size in scale.sizes]
    return ticks


def name_axes(axes: Axes, scale: Scale, above: float) -> None:
    """Say which side is which, above and beneath the plot, and name both axes."""
    style = {"bold": True, "gid": "axislabel"}
    bottom = scale.top + PLOT
    words = "Difference, people in every 100"
    common.axis_text(axes, 0, above + 20, words, "axislabel", align="left")
    for side, shape, y in (("More", "^", above + 40), ("Fewer", "v", bottom + 24)):
        head = {"marker": shape, "markersize": 8, "color": common.INK}
        place = Line2D([6], [y - 5], linestyle="none", markeredgewidth=0, **head)
        place.set_clip_on(False)
        axes.add_line(place)
        common.text(axes, 16, y, f"{side} people reoffended", 13, **style)
    middle = (LEFT + scale.right) / 2
    words = "People in the treatment group"
    common.axis_text(axes, middle, bottom + 66, words, "axislabel")
