"""Forest: the known difference of each result of a type, with its interval."""

from dataclasses import dataclass, field
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from helpers.publication.facts.published import Result
from helpers.publication.figures import common
from helpers.publication.figures.marks import (
    MARKS,
    finding,
    finding_words,
    shown,
    study_names,
)
from helpers.publication.figures.results.forest_rows import (
    Layout,
    draw_effect,
    draw_key,
    draw_words,
    key_height,
    lay_out,
)
from helpers.publication.numbers import Number
from helpers.publication.wording.intervals import drawn_difference, drawn_interval
from helpers.publication.wording.number_words import in_words
from helpers.publication.wording.results.measures import MEASURES, Words, reaching


@dataclass(frozen=True)
class Data:
    """What a forest is drawn from: the results of a type, or a part of them.

    `ends` are the numbers furthest out of all the parts, which have one scale.
    """

    heading: str
    rows: list[Result]
    measure: str = "rate"
    which: str = ""  # of the parts
    ends: list[Number] = field(default_factory=list)

    @property
    def words(self) -> Words:
        """What the measure and its ways are called."""
        return MEASURES[self.measure]


SHORTEST = 30  # of an arrow


def _published(data: Data) -> list[Result]:
    return [row for row in data.rows if not row.own and shown(row.difference)]


def headline(data: Data) -> str:
    """Say from where to where the published differences of a type reach."""
    part = f", {data.which}" if data.which else ""
    said = reaching(_published(data), data.measure)
    return f"{data.heading}{part}: {said or 'differences'}"


def alternative(data: Data) -> str:
    """Give the range of the differences, how many are of each finding, and the own."""
    rows = _published(data)
    found = [finding(row) for row in rows]
    counts = ", ".join(
        f"{in_words(found.count(name))} {mark.short.lower()}"
        for name, mark in MARKS.items()
        if name in found
    )
    reach = reaching(rows, data.measure)
    parts = [f"Forest plot of {reach}: {counts}." if rows else "Forest plot."]
    parts.append("The table beneath lists each.")
    own = [row for row in data.rows if row.own]
    for row, name in zip(own, study_names(own), strict=True):
        words = drawn_interval(row.ci_low, row.ci_high)
        parts.append(f"{name}: {words}, {finding_words(row).lower()}.")
    return " ".join(parts)


def _name(row: Result) -> str:
    return ": ".join(part for part in (row.organisation, row.label) if part)


def table(data: Data) -> tuple[list[str], list[list[Any]]]:
    """Give one row a result, in the order of the chart."""
    columns = [
        "Organisation and programme",
        "Published",
        "People",
        data.words.levels,
        f"Difference, {data.words.counted}",
        "95% interval",
        "Finding",
    ]
    return columns, [_cells(row, data.words) for row in data.rows]


def _cells(row: Result, words: Words) -> list[Any]:
    people = row.n or "[x]"
    if row.n_about:
        people = f"about {row.n.text}"
    rates = [row.value_treatment, row.value_comparison]
    interval = "[x]"
    if row.has_interval:
        interval = drawn_interval(row.ci_low, row.ci_high)
        if row.interval == "computed":
            interval += " (computed)"
    return [
        _name(row),
        row.published,
        people,
        f"{rates[0].text} v {rates[1].text}" if all(rates) else "[x]",
        _difference(row, words),
        interval,
        finding_words(row),
    ]


def _difference(row: Result, words: Words) -> str:
    """Give a difference, and how it is known where it was not printed itself."""
    said = drawn_difference(row.difference)
    if row.middle:
        return f"{said} (middle of the interval)"
    return f"{said} ({words.from_levels})" if row.from_rates else said


def draw(data: Data, narrow: bool) -> Figure:
    """Draw a row a result; words at both sides of the wide form."""
    layout = lay_out(data.rows, narrow, data.ends)
    # the rows are laid out once to learn the height
    bottom = _body(None, data, layout)
    figure, axes = common.canvas(narrow, bottom + 48)
    draw_key(axes, data.rows, narrow)
    _direction(axes, data, layout)
    _body(axes, data, layout)
    _axis(axes, layout, bottom, data.words.counted)
    return figure


def _top(data: Data, layout: Layout) -> float:
    return key_height(data.rows, layout.narrow) + 62


def _body(axes: Axes | None, data: Data, layout: Layout) -> float:
    y = _top(data, layout)
    strips = []
    for number, row in enumerate(data.rows):
        end, middle = draw_words(axes, row, layout, y, first=number == 0)
        if axes:
            draw_effect(axes, row, finding(row), layout, middle)
        strips.append((middle - 12, middle + 12))
        y = end
    if axes:
        whole = [(_top(data, layout) - 4, y + 4)]
        ground(axes, layout, strips if layout.narrow else whole)
    return y + 4


def ground(axes: Axes, layout: Layout, strips: list[tuple[float, float]]) -> None:
    """Draw grid lines through strips of the drawing, and that of no difference.

    Each of the two is one path, or those of a long forest would weigh more than it.
    """
    others = [tick for tick in layout.ticks if tick != 0]
    for ticks, colour, stroke in ((others, common.GRID, 1), ([0], common.INK, 1.5)):
        pieces = [((layout.x(t),) * 2, strip) for strip in strips for t in ticks]
        common.lines(axes, pieces, colour, stroke)


def _direction(axes: Axes, data: Data, layout: Layout) -> None:
    """Say which side is which, in words above the line of no difference."""
    y, narrow = _top(data, layout) - 28, layout.narrow
    style = {"bold": True, "gid": "axislabel"}
    fewer, more = data.words.fewer, data.words.more
    widths = [
        max(common.text_width(words, 13, True) for words in lines)
        for lines in (fewer, more)
    ]
    # beside the line, but never over the words at the right or off the drawing
    end = common.NARROW if narrow else layout.right + 14
    start = min(layout.x(0) + 10, end - widths[1])
    left = max(min(layout.x(0) - 10, start - 16), widths[0])
    start = max(start, left + 16)
    _arrow(axes, left - widths[0] - 12, y - 4, layout)
    heads = [(left, fewer, "right"), (start, more, "left")]
    if not narrow:
        heads += [
            (0, ("", "Programme"), "left"),
            (layout.people, ("", "People"), "right"),
            (common.WIDE, data.words.per, "right"),
        ]
    for x, lines, align in heads:
        for number, words in enumerate(lines):
            common.text(axes, x, y + 17 * number, words, 13, align=align, **style)


def _arrow(axes: Axes, start: float, y: float, layout: Layout) -> None:
    """Draw an arrow towards fewer people, where there is room for one."""
    end = max(layout.left, start - 90)
    if start - end < SHORTEST:
        return
    common.line(axes, (end + 4, start), (y, y))
    head = {"marker": "<", "markersize": 8, "color": common.INK, "linestyle": "none"}
    axes.add_line(Line2D([end + 4], [y], markeredgewidth=0, clip_on=False, **head))


def _axis(axes: Axes, layout: Layout, y: float, counted: str) -> None:
    for tick in layout.ticks:
        common.axis_text(axes, layout.x(tick), y + 17, f"{abs(tick):,}", "tick_x")
    # beneath the axis, but not off the drawing
    half = common.text_width(counted, common.SECOND) / 2
    middle = max((layout.left + layout.right) / 2, half)
    common.axis_text(axes, middle, y + 38, counted, "axislabel")
