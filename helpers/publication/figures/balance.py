"""Love plot: how much the groups differ on each characteristic, before and after."""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from helpers.publication import colours
from helpers.publication.facts.groups import Balance
from helpers.publication.figures import common
from helpers.publication.figures.marks import shown
from helpers.publication.numbers import MINUS, Number
from helpers.publication.wording.number_words import in_words, small
from helpers.request.limits import REASONABLE, WELL

BAR, JOIN, LIMIT = colours.NONE, "#8C8C8C", "#595959"
BANDS = {
    f"Well matched: 0 to {WELL}": "#D5DEDB",
    f"Reasonably matched: {WELL} to {REASONABLE}": "#EDF0EF",
    f"Poorly matched: above {REASONABLE}": "white",
}
LONGEST = 36  # letters of a label in the text alternative
STRIP = 24  # height of a row's strip in the narrow form


@dataclass(frozen=True)
class Data:
    """What a Love plot is drawn from."""

    rows: list[Balance]


def _size(number: Number) -> float | None:
    return abs(number.value) if shown(number) else None


def _plain(number: Number) -> str:
    return number.as_("smd").text.replace(MINUS, "")


def _rows(data: Data) -> list[Balance]:
    """Give rows by the size of the difference before matching; withheld ones last."""
    return sorted(
        data.rows,
        key=lambda row: (not shown(row.before), -(_size(row.before) or 0)),
    )


def _count(count: int) -> str:
    """Give characteristics in words: "one characteristic", "many characteristics"."""
    words = small(count) or "many"
    return f"{words} characteristic{'' if count == 1 else 's'}"


def _quality(row: Balance) -> str:
    """Tell how well the groups are matched on a row, as the bands name it."""
    size = _size(row.after)
    if size is None:
        return row.after.text
    limits = (WELL, REASONABLE, float("inf"))
    band = next(n for n, limit in enumerate(limits) if size <= limit)
    return list(BANDS)[band].partition(":")[0]


def headline(data: Data) -> str:
    """Say how alike the groups are after matching, from the released differences."""
    after = [_size(row.after) for row in data.rows]
    if not after or None in after:
        return "How much the groups differ before and after matching"
    poor = sum(size > REASONABLE for size in after)
    fair = sum(size > WELL for size in after) - poor
    if poor:
        return f"After matching the groups still differ on {_count(poor)}"
    if not fair:
        return "After matching the groups are alike on every characteristic compared"
    if small(fair) and fair < len(after) / 2:
        return f"After matching the groups are alike on all but {_count(fair)}"
    return "After matching the groups are reasonably alike"


def alternative(data: Data) -> str:
    """Give the largest differences before and after matching, in words and numbers."""
    parts = [
        f"Differences between the groups on {in_words(len(data.rows))} "
        "characteristics, in per cent of a standard deviation."
    ]
    for when in ("before", "after"):
        known = [row for row in data.rows if shown(row.difference(when))]
        if known:
            top = max(known, key=lambda row: abs(row.difference(when).value))
            label = textwrap.shorten(top.label, LONGEST, placeholder=" …")
            some = "" if len(known) == len(data.rows) else " shown"
            parts.append(
                f"The largest{some} {when} matching is "
                f"{_plain(top.difference(when))} per cent: {label}."
            )
    if any(not shown(row.after) for row in data.rows):
        parts.append("Some differences are not shown.")
    return " ".join(parts)


def table(data: Data) -> tuple[list[str], list[list[Any]]]:
    """Give the differences with their direction in words, and the band each is in."""
    columns = ["Characteristic", "Before matching, %", "After matching, %"]
    rows = [
        [
            row.label,
            row.before.as_("smd_words"),
            row.after.as_("smd_words"),
            _quality(row),
        ]
        for row in _rows(data)
    ]
    return [*columns, "Quality of match"], rows


def draw(data: Data, narrow: bool) -> Figure:
    """Draw a row a characteristic: a bar for before, a dot for after matching."""
    rows = _rows(data)
    label_width = _label_width(rows, narrow)
    lines = [common.wrap(row.label, label_width) for row in rows]
    heights = [_height(len(wrapped), narrow) for wrapped in lines]
    top = 122 if narrow else 66
    bottom = top + sum(heights)
    figure, axes = common.canvas(narrow, bottom + 48)
    hidden = _before_hidden(rows)
    _key(axes, narrow, hidden)
    left = 12 if narrow else label_width + 14
    margin = 76 if any(_words(row, hidden) for row in rows) else 16
    scale = _Scale(rows, left, common.full_width(narrow) - margin)
    strips = [(top, bottom)]
    if narrow:
        ends = accumulate(heights, initial=top)
        begun = (y + 18 * len(of) + 4 for y, of in zip(ends, lines, strict=False))
        strips = [(strip, strip + STRIP) for strip in begun]
    _ground(axes, scale, strips)
    y = top
    for row, wrapped, height in zip(rows, lines, heights, strict=True):
        middle = y + height / 2
        if narrow:
            strip = y + 18 * len(wrapped) + 4
            middle = strip + STRIP / 2
        _label(axes, wrapped, narrow, left, y if narrow else middle)
        _row(axes, scale, row, middle, hidden)
        y += height
    _axis(axes, scale, bottom, narrow)
    return figure


class _Scale:
    """Per cent of a standard deviation to pixels; there is room at the right."""

    def __init__(self, rows: list[Balance], left: float, right: float) -> None:
        sizes = [
            _size(row.difference(when)) or 0
            for row in rows
            for when in ("before", "after")
        ]
        largest = max([*sizes, 2 * REASONABLE])
        self.step = next(
            step * power
            for power in (10, 100, 1000, 10**4, 10**6)
            for step in (1, 2, 5)
            if largest / (step * power) <= 6
        )
        self.end = self.step * math.ceil(largest / self.step)
        self.left, self.right = left, right

    def __call__(self, value: float) -> float:
        return self.left + (self.right - self.left) * value / self.end

    @property
    def ticks(self) -> list[int]:
        """Round numbers, and the two limits where their labels have room."""
        ticks = list(range(0, self.end + 1, self.step))
        for limit in (REASONABLE, WELL):
            room = min(abs(self(limit) - self(tick)) for tick in ticks)
            if limit not in ticks and room >= 24:
                ticks.append(limit)
        return sorted(ticks)


def _label_width(rows: list[Balance], narrow: bool) -> float:
    if narrow:
        return common.NARROW
    longest = max((common.text_width(row.label) for row in rows), default=0)
    return min(max(longest, 60), 290)


def _height(lines: int, narrow: bool) -> float:
    return 18 * lines + 4 + STRIP + 6 if narrow else max(26, 17 * lines + 9)


def _label(axes: Axes, wrapped: list[str], narrow: bool, left: float, y: float) -> None:
    first = y + 15 if narrow else y + 5 - 8.5 * (len(wrapped) - 1)
    for number, words in enumerate(wrapped):
        x, align = (0, "left") if narrow else (left - 14, "right")
        step = 18 if narrow else 17
        common.text(axes, x, first + step * number, words, align=align)


def _before_hidden(rows: list[Balance]) -> str:
    """Give the symbol that stands once where no row shows what was before matching."""
    if not rows or any(shown(row.before) for row in rows):
        return ""
    return rows[0].before.text


def _key(axes: Axes, narrow: bool, hidden: str) -> None:
    common.line(axes, (11, 11), (3, 19), BAR, 3)
    common.text(axes, 30, 16, f"Before matching {hidden}".strip())
    _dot(axes, 191, 11)
    common.text(axes, 206, 16, "After matching")
    x, y = 0.0, 44.0
    for words, fill in BANDS.items():
        edge = common.LINE if fill == "white" else fill
        common.box(axes, x, y - 14, 22, 16, fill=fill, edge=edge, stroke=1)
        if fill != "white":
            common.line(axes, (x + 22, x + 22), (y - 15, y + 3), LIMIT)
        common.text(axes, x + 30, y, words, gid="nocheck")
        x, y = (0, y + 23) if narrow else (x + 60 + common.text_width(words), y)


def _ground(axes: Axes, scale: _Scale, strips: Sequence[tuple[float, float]]) -> None:
    """Draw the bands and the grid of strips, like by like, each from top to bottom."""
    well, reasonable = list(BANDS.values())[:2]
    for fill, low, high in ((well, 0, WELL), (reasonable, WELL, REASONABLE)):
        for top, bottom in strips:
            width = scale(high) - scale(low)
            common.box(axes, scale(low), top, width, bottom - top, fill=fill)
    for tick in range(scale.step, scale.end + 1, scale.step):
        if tick != REASONABLE:
            for strip in strips:
                common.line(axes, (scale(tick),) * 2, strip, common.GRID, 1)
    for limit in (WELL, REASONABLE):
        for top, bottom in strips:
            dashed = bottom - top > 40
            common.line(axes, (scale(limit),) * 2, (top, bottom), LIMIT, dashed=dashed)


def _dot(axes: Axes, x: float, y: float) -> None:
    axes.add_line(
        Line2D(
            [x],
            [y],
            marker="o",
            markersize=12.5,
            markerfacecolor=common.INK,
            markeredgecolor="white",
            linestyle="none",
            zorder=common.MARKS + 0.5,
            clip_on=False,
        )
    )


def _row(axes: Axes, scale: _Scale, row: Balance, y: float, hidden: str) -> None:
    before, after = _size(row.before), _size(row.after)
    if before is not None and after is not None:
        ends = (scale(before), scale(after))
        common.line(axes, ends, (y, y), JOIN, over=common.INTERVALS)
    if before is not None:
        common.line(
            axes, (scale(before),) * 2, (y - 9, y + 9), BAR, 3, over=common.MARKS
        )
    if after is not None:
        _dot(axes, scale(after), y)
    words = _words(row, hidden)
    if words:
        x = max(scale(before or 0), scale(after or 0)) + 11
        for limit in (scale(WELL), scale(REASONABLE)):
            if x < limit + 4 and x + common.text_width(words, common.SECOND) > limit:
                x = limit + 4
        common.text(axes, x, y + 5, words, common.SECOND)


def _words(row: Balance, hidden: str) -> str:
    """Give what a row says beside its marks: what is left above 5, what is hidden."""
    before, after = row.before, row.after
    if not shown(before) and not shown(after):
        return after.text
    if not shown(before) and not hidden:
        return f"before {before.text}"
    if not shown(after):
        return f"after {after.text}"
    if abs(after.value) > WELL:
        return f"{_plain(after)} after"
    return ""


def _axis(axes: Axes, scale: _Scale, y: float, narrow: bool) -> None:
    for tick in scale.ticks:
        common.axis_text(axes, scale(tick), y + 18, f"{tick:,}", "tick_x")
    words = "Standardised mean difference, per cent"
    words += "" if narrow else ", without its sign"
    middle = (scale.left + scale.right) / 2
    common.axis_text(axes, middle, y + 40, words, "axislabel")
