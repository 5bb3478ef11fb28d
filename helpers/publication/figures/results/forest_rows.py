"""The rows of a forest: scale, words, interval, mark and key."""

import math
from dataclasses import dataclass, replace

from matplotlib.axes import Axes

from helpers.publication.facts.published import Result
from helpers.publication.figures import common
from helpers.publication.figures.marks import (
    MARKS,
    draw_mark,
    finding,
    key,
    shown,
)
from helpers.publication.numbers import Number
from helpers.publication.wording.intervals import drawn_difference, drawn_interval

HALF = 5  # half the height of the end marks of an interval
NAMES = 230  # width of the names at the left of the wide form
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
    people: float = 0  # where the numbers of people end, in the wide form

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


def lay_out(rows: list[Result], narrow: bool, ends: list[Number]) -> Layout:
    """Give columns and scale that hold every effect and interval of these rows.

    `ends` are numbers of other parts of the figure, which have the same scale.
    """
    values, right, people = list(ends), [90.0], [50.0]
    for row in rows:
        values += [row.difference, *([row.ci_low, row.ci_high] * row.has_interval)]
        right += [common.text_width(*said, _strong(said[1])) for said in effect(row)]
        people.append(common.text_width(_people(row)))
    known = [number.value for number in values if shown(number)]
    if narrow:
        return scale(known, max(right), narrow)
    columns = max(right) + 18 + max(people)
    layout = scale(known, columns, narrow, left=NAMES + 16)
    return replace(layout, people=common.WIDE - max(right) - 18)


def scale(
    values: list[float], right: float, narrow: bool, *, left: float = 292
) -> Layout:
    """Give a scale that holds these values, and no difference, beside some words."""
    low = min(math.floor(min([0.0, *values]) - 1), -5)
    high = max(math.ceil(max([0.0, *values]) + 1), 5)
    if narrow:
        return Layout(True, right, 14, common.NARROW - 14, low, high)
    return Layout(False, right, left, common.WIDE - right - 22, low, high)


def effect(row: Result) -> list[tuple[str, float]]:
    """Give the effect in words and where its interval is from, with sizes of type."""
    said = (drawn_difference(row.difference), common.LABEL)
    if not row.has_interval:
        return [said, ("no interval", common.SECOND)]
    words = drawn_interval(row.ci_low, row.ci_high)
    if row.middle:
        return [(words, common.LABEL), ("interval alone", common.SECOND)]
    made = [said, (words, common.SECOND)]
    if row.interval == "computed":
        made.append(("computed", common.SECOND))
    return made


def _strong(size: float) -> bool:
    """Tell whether words of an effect are its first, which stand out."""
    return size == common.LABEL


def _used(rows: list[Result]) -> tuple[list[str], list[str]]:
    """Give the findings and the kinds of interval that stand in some rows."""
    marks, kinds = {finding(row) for row in rows}, {row.interval for row in rows}
    return [m for m in MARKS if m in marks], [k for k in KINDS if k in kinds]


def key_height(rows: list[Result], narrow: bool) -> float:
    """Give height of the key: columns of marks, and the kinds of interval."""
    marks, kinds = _used(rows)
    lines = len(marks) + len(kinds) if narrow else -(-len(marks) // 2) + bool(kinds)
    return 23.0 * lines


def draw_key(axes: Axes, rows: list[Result], narrow: bool) -> None:
    """Draw what the marks and the kinds of interval stand for."""
    marks, kinds = _used(rows)
    bottom = key(axes, marks, narrow, 0)
    x = 0.0
    for kind in kinds:
        words, colour = KINDS[kind], MARKS[marks[0]].colour
        _interval(axes, kind, (x, x + 30), bottom + 10, colour)
        draw_mark(axes, marks[0], x + 15, bottom + 10, 11 / 12)
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


def _people(row: Result) -> str:
    if row.n is None:
        return ""
    return f"about\u00a0{row.n.text}" if row.n_about else row.n.text


def _second_lines(row: Result, narrow: bool) -> list[str]:
    """Give what stands beneath a name: whose it is, and what has no column."""
    parts = [row.organisation, row.published.replace(" ", "\u00a0")]
    if narrow and _people(row):
        parts.append(f"{_people(row)}\u00a0people")
    lines = [", ".join(part for part in parts if part)]
    if narrow:
        lines += [", ".join(words for words, _ in effect(row)[1:])]
    return [line for line in lines if line]


def draw_words(
    axes: Axes | None, row: Result, layout: Layout, y: float, *, first: bool
) -> tuple[float, float]:
    """Draw a row's words from y; give the y beneath it, and that of its interval.

    Nothing is drawn on no axes: the rows are measured first.
    """
    narrow, said = layout.narrow, effect(row)
    width = common.NARROW if narrow else NAMES
    # in the narrow form the effect stands beside the name
    beside = common.text_width(said[0][0], bold=True) + 14 if narrow else 0
    name = common.wrap(row.label, width - beside, common.LABEL, row.own)
    lines = [
        words
        for line in _second_lines(row, narrow)
        for words in common.wrap(line, width, common.SECOND)
    ]
    height = 9 + 18 * len(name) + 17 * len(lines)
    if narrow:
        middle, end = y + height + 12, y + height + 30
    else:
        height = max(height, 44, 9 + 17 * len(said))
        middle, end = y + height / 2, y + height
    if axes is None:
        return end, middle
    if row.own:
        full = common.full_width(narrow)
        style = {"fill": common.MAIN_ROW, "over": 0}
        common.box(axes, -6, y + 1, full + 12, end - y - 2, **style)
    elif not first:
        line = (0, common.full_width(narrow))
        common.line(axes, line, (y, y), common.ROW, 1, over=common.UNDER)
    baseline = y + 18
    if narrow:
        common.text(axes, width, baseline, said[0][0], bold=True, align="right")
    else:
        _at_the_right(axes, row, layout, middle)
    for words in name:
        common.text(axes, 0, baseline, words, common.LABEL, bold=row.own)
        baseline += 18
    for words in lines:
        common.text(axes, 0, baseline, words, common.SECOND, colour=common.SOFT)
        baseline += 17
    return end, middle


def _at_the_right(axes: Axes, row: Result, layout: Layout, middle: float) -> None:
    """Draw how many people there were, and the effect in words."""
    common.text(axes, layout.people, middle + 5, _people(row), align="right")
    said = effect(row)
    y = middle + 5 - 8.5 * (len(said) - 1)
    for words, size in said:
        bold = _strong(size)
        colour = common.INK if bold else common.SOFT
        style = {"bold": bold, "colour": colour, "align": "right"}
        common.text(axes, common.WIDE, y, words, size, **style)
        y += 17
