"""Estimates beneath each other: words at the left, an interval, and it in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon

from helpers.publication.figures import common
from helpers.publication.figures.marks import shown
from helpers.publication.figures.results.forest import ground
from helpers.publication.figures.results.forest_rows import HALF, Layout, scale
from helpers.publication.numbers import Number
from helpers.publication.wording.intervals import DIRECTIONS

TOP = 34  # beneath the words that say which side is which
STEP = 18  # from one line of words to the next
DEEP = 9  # half the height of a mean


@dataclass(frozen=True)
class Line:
    """A row of a drawing: an estimate, and the words beside it."""

    label: str
    beneath: str  # what stands beneath the label
    said: str  # the interval in words
    difference: Number
    ci_low: Number
    ci_high: Number
    main: bool = False  # it is the headline's
    hollow: bool = False  # it is to be given little weight
    shape: Literal["dot", "diamond", "line"] = "dot"  # diamond: a mean, end to end


def drawn(
    lines: Sequence[Line],
    kind: str,
    per: str,
    *,
    narrow: bool,
    gap: float = 16,
    sides: tuple[str, str] | None = None,
) -> Figure:
    """Draw each estimate with its interval, words at both sides of the wide form.

    `sides` say what lies left and right of no difference in other words than a kind's.
    """
    layout = _layout(lines, narrow)
    bottom = _body(None, lines, layout, gap)
    figure, axes = common.canvas(narrow, bottom + 44)
    _ends(axes, layout, sides or _sides(kind, narrow))
    if not narrow:
        ground(axes, layout, [(TOP, bottom)])
    _body(axes, lines, layout, gap)
    for tick in layout.ticks:
        common.axis_text(axes, layout.x(tick), bottom + 17, f"{abs(tick):,}", "tick_x")
    middle = (layout.left + layout.right) / 2
    common.axis_text(axes, middle, bottom + 38, per, "axislabel")
    return figure


def _layout(lines: Sequence[Line], narrow: bool) -> Layout:
    numbers = [n for one in lines for n in (one.difference, one.ci_low, one.ci_high)]
    words = [common.text_width(one.said, bold=narrow) for one in lines]
    return scale([n.value for n in numbers if shown(n)], max(words), narrow)


def _sides(kind: str, narrow: bool) -> tuple[str, str]:
    whose = "" if narrow else " in the programme"
    less, more = (f"{side.capitalize()}{whose}" for side in DIRECTIONS[kind])
    return less, more


def _ends(axes: Axes, layout: Layout, sides: tuple[str, str]) -> None:
    """Say which side is which, above the line of no difference."""
    less, more = sides
    zero, end = layout.x(0), common.full_width(layout.narrow)
    left = max(zero - 10, common.text_width(less, 13, True))
    right = min(left + 20, end - common.text_width(more, 13, True))
    left = min(left, right - 20)  # no difference may lie near the right edge
    for x, words, align in ((left, less, "right"), (right, more, "left")):
        style = {"bold": True, "align": align, "gid": "axislabel"}
        common.text(axes, x, 20, words, 13, **style)


def _body(
    axes: Axes | None, lines: Sequence[Line], layout: Layout, gap: float
) -> float:
    """Draw the rows from the top, or on no axes measure them; give the y beneath."""
    y = TOP + 6.0
    for one in lines:
        y = _row(axes, one, layout, y, gap)
    return y


def _row(axes: Axes | None, one: Line, layout: Layout, y: float, gap: float) -> float:
    narrow = layout.narrow
    width = common.NARROW - layout.words - 14 if narrow else layout.left - 16
    label = common.wrap(one.label, width, common.LABEL, one.main)
    # beneath its first line a narrow row is free up to the edge
    full = common.NARROW if narrow else width
    under = common.wrap(one.beneath, full, common.SECOND) if one.beneath else []
    height = STEP * (len(label) + len(under)) + gap
    middle, end = (y + height, y + height + 26) if narrow else (
        y + height / 2, y + height)  # fmt: skip
    if axes is None:
        return end
    if one.main:
        whole = common.full_width(narrow) + 12
        common.box(axes, -6, y, whole, end - y - 4, fill=common.MAIN_ROW, over=0)
    for number, words in enumerate(label):
        common.text(axes, 0, y + STEP * (1 + number), words, bold=one.main)
    for number, words in enumerate(under, len(label)):
        style = {"colour": common.SOFT}
        common.text(axes, 0, y + STEP * (1 + number), words, common.SECOND, **style)
    place = y + STEP if narrow else middle + 5
    edge = common.full_width(narrow)
    common.text(axes, edge, place, one.said, bold=narrow, align="right")
    if narrow:  # lines through the words would hide them
        ground(axes, layout, [(middle - 12, middle + 12)])
    _mark(axes, one, layout, middle)
    return end


def _mark(axes: Axes, one: Line, layout: Layout, y: float) -> None:
    """Draw an interval with end marks, and a dot at the difference; or a mean."""
    if one.shape == "diamond":
        _diamond(axes, one, layout, y)
        return
    stroke = 1.5 if one.hollow else 2.5
    if shown(one.ci_low, one.ci_high):
        ends = layout.x(one.ci_low.value), layout.x(one.ci_high.value)
        common.line(axes, ends, (y, y), common.INK, stroke, over=common.INTERVALS)
        for x in ends:
            bar = (y - HALF, y + HALF)
            common.line(axes, (x, x), bar, common.INK, stroke, over=common.INTERVALS)
    if one.shape == "dot" and shown(one.difference):
        dot = {"marker": "o", "markersize": 9 if one.hollow else 10,
               "markeredgecolor": common.INK, "linestyle": "none",
               "markeredgewidth": 1.5 if one.hollow else 0,
               "markerfacecolor": "white" if one.hollow else common.INK}  # fmt: skip
        x = layout.x(one.difference.value)
        axes.add_line(Line2D([x], [y], zorder=common.MARKS, clip_on=False, **dot))


def _diamond(axes: Axes, one: Line, layout: Layout, y: float) -> None:
    """Draw a mean: its interval from end to end, widest at the mean."""
    if not shown(one.difference, one.ci_low, one.ci_high):
        return
    low, middle, high = (
        layout.x(n.value) for n in (one.ci_low, one.difference, one.ci_high)
    )
    corners = [(low, y), (middle, y - DEEP), (high, y), (middle, y + DEEP)]
    style = {"facecolor": common.INK, "edgecolor": common.INK, "linewidth": 1}
    axes.add_patch(Polygon(corners, zorder=common.MARKS, clip_on=False, **style))
