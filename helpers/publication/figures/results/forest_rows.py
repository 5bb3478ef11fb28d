"""The rows of a forest: scale, words, interval, mark and key."""

import math
from dataclasses import dataclass

from matplotlib.axes import Axes

from helpers.publication.facts.published import Result
from helpers.publication.figures import common
from helpers.publication.figures.marks import (
    MARKS,
    draw_mark,
    key,
    shown,
)
from helpers.publication.wording.intervals import drawn_difference, drawn_interval

HALF = 5  # half the height of the end marks of an interval
KINDS = {
    "printed": "Interval as printed",
    "computed": "Hollow: computed from size and rates",
    "none": "No interval printed",
}


@dataclass(frozen=True)
class Layout:
    """Where the columns of a forest stand, and its scale of people in every 100."""

    narrow: bool
    words: float  # width of the words at the right
    left: float
    right: float
    low: int
    high: int

    def x(self, value: float) -> float:
        """Give the pixels of a difference, which may be cut at the ends of the axis."""
        inside = min(max(value, self.low), self.high)
        share = (inside - self.low) / (self.high - self.low)
        return self.left + (self.right - self.left) * share

    @property
    def ticks(self) -> list[int]:
        """Round numbers of people, far enough apart for their labels."""
        reach = self.high - self.low
        # of an amount of money the labels may be long
        digits = len(str(max(abs(self.low), abs(self.high))))
        room = (self.right - self.left) / (38 + 10 * max(0, digits - 3))
        more = (size * 10**power for power in range(2, 12) for size in (1, 2, 5))
        steps = (1, 2, 5, 10, 20, 25, 50, *more)
        step = next(s for s in steps if reach / s <= room)
        first = math.ceil(self.low / step) * step
        return list(range(first, self.high + 1, step))


def lay_out(rows: list[Result], narrow: bool) -> Layout:
    """Give columns and scale that hold every effect and interval of these rows."""
    values, widths = [], [90.0]
    for row in rows:
        ends = [row.difference]
        if row.has_interval:
            ends += [row.ci_low, row.ci_high]
        values += [number.value for number in ends if shown(number)]
        widths += [common.text_width(words, bold=narrow) for words, _ in effect(row)]
    return scale(values, max(widths), narrow)


def scale(values: list[float], right: float, narrow: bool) -> Layout:
    """Give a scale that holds these values, and no difference, beside some words."""
    low = min(math.floor(min([0.0, *values]) - 1), -5)
    high = max(math.ceil(max([0.0, *values]) + 1), 5)
    if narrow:
        return Layout(True, right, 14, common.NARROW - 14, low, high)
    return Layout(False, right, 292, common.WIDE - right - 22, low, high)


def effect(row: Result) -> list[tuple[str, float]]:
    """Give the effect in words and where its interval is from, with sizes of type."""
    if not row.has_interval:
        return [
            (drawn_difference(row.difference), common.LABEL),
            ("no interval", common.SECOND),
        ]
    words = [(drawn_interval(row.ci_low, row.ci_high), common.LABEL)]
    if row.interval == "computed" and shown(row.ci_low):
        words.append(("computed", common.SECOND))
    return words


def key_height(narrow: bool) -> float:
    """Give height of the key: two columns of marks, and the kinds of interval."""
    return 23.0 * (len(MARKS) + len(KINDS) if narrow else len(MARKS) // 2 + 1)


def draw_key(axes: Axes, narrow: bool) -> None:
    """Draw what the marks and the kinds of interval stand for."""
    bottom = key(axes, list(MARKS), narrow, 0)
    x = 0.0
    for kind, words in KINDS.items():
        ends = (x, x + 30)
        _interval(axes, kind, ends, bottom + 10, MARKS["decrease"].colour)
        draw_mark(axes, "decrease", x + 15, bottom + 10, 11 / 12)
        common.text(axes, x + 38, bottom + 15, words)
        if narrow:
            bottom += 23
        else:
            x += 60 + common.text_width(words)


def _interval(
    axes: Axes, kind: str, ends: tuple[float, float], y: float, colour: str
) -> None:
    """Draw an interval: with end marks as printed or our own, hollow when computed."""
    over, (low, high) = common.INTERVALS, ends
    if kind == "none":
        return
    if kind == "computed":
        width = max(high - low, 8)
        style = {"edge": colour, "stroke": 1.5, "rounded": True, "over": over}
        common.box(axes, (low + high - width) / 2, y - 4, width, 8, **style)
        return
    common.line(axes, ends, (y, y), colour, 2.5, over=over)
    for end in ends:
        common.line(axes, (end, end), (y - HALF, y + HALF), colour, 2.5, over=over)


def draw_effect(
    axes: Axes, row: Result, found: str | None, layout: Layout, y: float
) -> None:
    """Draw a row's interval and mark; nothing where its numbers are not shown."""
    if found is None:
        return
    colour = MARKS[found].colour
    if row.has_interval and shown(row.ci_low, row.ci_high):
        ends = (layout.x(row.ci_low.value), layout.x(row.ci_high.value))
        _interval(axes, row.interval, ends, y, colour)
    if shown(row.difference):
        draw_mark(axes, found, layout.x(row.difference.value), y, 11 / 12)


def _second_line(row: Result) -> str:
    parts = [row.organisation, row.published]
    if row.n is not None:
        about = "about\u00a0" if row.n_about else ""
        parts.append(f"{about}{row.n.text}\u00a0people")
    return ", ".join(part for part in parts if part)


def draw_words(
    axes: Axes | None,
    row: Result,
    effect: list[tuple[str, float]],
    layout: Layout,
    y: float,
    *,
    last: bool,
) -> tuple[float, float]:
    """Draw a row's words from y; give the y beneath it, and that of its interval.

    Nothing is drawn on no axes: the rows are measured first.
    """
    narrow = layout.narrow
    study = row.own
    width = common.NARROW if narrow else layout.left - 16
    name = common.wrap(row.label, width, common.LABEL, study)
    room = width - common.text_width(effect[0][0], bold=True) - 14
    # in the narrow form the effect stands beside the name where there is room
    beside = narrow and common.text_width(name[-1], bold=study) <= room
    inner = room if narrow and not beside else width
    second = common.wrap(_second_line(row), inner, common.SECOND)
    height = 9 + 18 * len(name) + 17 * len(second)
    if narrow:
        middle, end = y + height + 12, y + height + 30
    else:
        height = max(height, 44)
        middle, end = y + height / 2, y + height
    if axes is None:
        return end, middle
    if study:
        full = common.full_width(narrow)
        style = {"fill": common.MAIN_ROW, "over": 0}
        common.box(axes, -6, y + 1, full + 12, end - y - 2, **style)
    elif not last and not narrow:
        common.line(axes, (0, common.WIDE), (y, y), common.ROW, 1, over=common.UNDER)
    baseline = y + 18
    for words in name:
        common.text(axes, 0, baseline, words, common.LABEL, bold=study)
        baseline += 18
    if narrow:
        place = baseline - 18 if beside else baseline
        common.text(axes, width, place, effect[0][0], bold=True, align="right")
    else:
        _effect_words(axes, effect, middle)
    for words in second:
        common.text(axes, 0, baseline, words, common.SECOND, colour=common.SOFT)
        baseline += 17
    return end, middle


def _effect_words(axes: Axes, effect: list[tuple[str, float]], middle: float) -> None:
    y = middle + (5 if len(effect) == 1 else -3)
    for words, size in effect:
        colour = common.INK if size == common.LABEL else common.SOFT
        common.text(axes, common.WIDE, y, words, size, colour=colour, align="right")
        y += 17
