"""The scale of effects by size: people across by multiples, differences up."""

import math
from dataclasses import dataclass, replace
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from helpers.publication.facts.published import Result
from helpers.publication.figures import common
from helpers.publication.figures.power import ROUND

#: height of the plot, and how far within it what lies furthest out is drawn
PLOT, INSET = 360, 14
#: between the names of differences and the plot
GAP = 8


@dataclass(frozen=True)
class Scale:
    """Where sizes and differences lie in the drawing."""

    top: float
    left: float
    right: float
    sizes: tuple[int, ...]  # ticks, from the least to the most
    step: int
    low: int
    high: int

    def x(self, people: float) -> float:
        """Give the pixels of a size; equal steps are equal ratios."""
        least, most = math.log(self.sizes[0]), math.log(self.sizes[-1])
        share = (math.log(people) - least) / (most - least)
        left, right = self.left + INSET, self.right - INSET
        return left + (right - left) * share

    def y(self, difference: float) -> float:
        """Give the pixels of a difference; more people are above."""
        share = (self.high - difference) / (self.high - self.low)
        return self.top + INSET + (PLOT - 2 * INSET) * share

    @property
    def differences(self) -> dict[int, str]:
        """Give the ticks of differences, and what each is called."""
        sides = {-1: " fewer", 0: "", 1: " more"}
        ticks = range(self.low, self.high + 1, self.step)
        return {n: f"{abs(n)}{sides[(n > 0) - (n < 0)]}" for n in ticks}


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
    last = common.text_width(f"{ticks[-1]:,}", common.SECOND) / 2 - INSET
    right = common.full_width(narrow) - max(last, 2)
    scale = Scale(top, 0, right, ticks, step, low, high)
    words = scale.differences.values()
    widest = max(common.text_width(text, common.SECOND) for text in words)
    return replace(scale, left=widest + GAP)


def draw_ground(axes: Axes, scale: Scale) -> None:
    """Draw grid lines with their numbers, and the line of no difference."""
    bottom = scale.top + PLOT
    for size in _numbered(scale):
        x = scale.x(size)
        common.line(axes, (x, x), (scale.top, bottom), common.GRID, 1)
        common.axis_text(axes, x, bottom + 46, f"{size:,}", "tick_x")
    left, right = scale.left, scale.right
    for tick, text in scale.differences.items():
        y = scale.y(tick)
        colour, stroke = (common.INK, 1.5) if tick == 0 else (common.GRID, 1)
        common.line(axes, (left, right), (y, y), colour, stroke)
        common.axis_text(axes, left - GAP, y + 5, text, "tick_y", align="right")


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
    middle = (scale.left + scale.right) / 2
    words = "People in the treatment group"
    common.axis_text(axes, middle, bottom + 66, words, "axislabel")
