"""Forest: the difference that each analysis printed, with its interval where known."""

from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from helpers.publication.facts.published import Result, ResultGroup
from helpers.publication.figures import common
from helpers.publication.figures.marks import (
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
    effect,
    key_height,
    lay_out,
)
from helpers.publication.wording.intervals import drawn_difference, drawn_interval
from helpers.publication.wording.number_words import small


@dataclass(frozen=True)
class Data:
    """What a forest is drawn from: results in groups, each with its heading."""

    groups: list[ResultGroup]


SHORTEST = 30  # of an arrow


def _rows(data: Data) -> list[Result]:
    return [row for group in data.groups for row in group.rows]


def headline(data: Data) -> str:
    """Say which way the published effects point."""
    rows = [row for row in _rows(data) if not row.own]
    if not rows or not all(shown(row.difference) for row in rows):
        return "Published effects on the one-year proven reoffending rate"
    values = [row.difference.value for row in rows]
    fewer = sum(value < 0 for value in values)
    rest = len(values) - fewer
    if not rest:
        return "Where an effect was printed, all point to fewer people reoffending"
    if fewer > 3 * rest and small(rest):
        return (
            f"Where an effect was printed, all but {small(rest)} "
            f"point{'' if rest > 1 else 's'} to fewer people reoffending"
        ).replace("one points", "one point")
    return "Where an effect was printed, the results point in different directions"


def alternative(data: Data) -> str:
    """Say how many effects there are, and the largest each way."""
    rows = [r for r in _rows(data) if not r.own and shown(r.difference)]
    parts = [
        f"Forest plot of the differences in {len(rows)} published results, in every "
        "100 people."
    ]
    if rows:
        ordered = sorted(rows, key=lambda row: row.difference.value)
        ends = [ordered[0], ordered[-1]] if len(rows) > 1 else ordered
        named = (f"{drawn_difference(r.difference)} ({_name(r)})" for r in ends)
        parts.append(f"They range from {' to '.join(named)}.")
    own = [row for row in _rows(data) if row.own]
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
        "Rates: programme v comparison group, %",
        "Difference, people in every 100",
        "95% interval",
        "Finding",
    ]
    rows: list[list[Any]] = []
    for group in data.groups:
        rows.append([group.heading])
        rows.extend(_cells(row) for row in group.rows)
    return columns, rows


def _cells(row: Result) -> list[Any]:
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
        row.published or "[x]",
        people,
        f"{rates[0].text} v {rates[1].text}" if all(rates) else "[x]",
        "[x]" if row.middle else drawn_difference(row.difference),
        interval,
        finding_words(row),
    ]


def draw(data: Data, narrow: bool) -> Figure:
    """Draw rows under headings of their type; words at both sides of the wide form."""
    layout = lay_out(_rows(data), narrow)
    # the rows are laid out once to learn the height
    bottom = _body(None, data, layout)
    figure, axes = common.canvas(narrow, bottom + 48)
    draw_key(axes, narrow)
    _direction(axes, layout)
    _body(axes, data, layout)
    if not narrow:
        ground(axes, layout, _top(layout) - 4, bottom)
    _axis(axes, layout, bottom)
    return figure


def _top(layout: Layout) -> float:
    return key_height(layout.narrow) + 58


def _body(axes: Axes | None, data: Data, layout: Layout) -> float:
    y = _top(layout)
    for group in data.groups:
        if axes:
            heading = y + 24
            common.text(axes, 0, heading, group.heading, common.HEADING, bold=True)
            width = common.full_width(layout.narrow)
            common.line(axes, (0, width), (y + 34, y + 34), common.LINE, 1)
        y += 36
        for number, row in enumerate(group.rows):
            words = effect(row)
            end, middle = draw_words(axes, row, words, layout, y, last=number == 0)
            if axes:
                if layout.narrow:
                    ground(axes, layout, middle - 12, middle + 12)
                draw_effect(axes, row, finding(row), layout, middle)
            y = end
        y += 8
    return y


def ground(axes: Axes, layout: Layout, top: float, bottom: float) -> None:
    """Draw grid lines, and the line of no difference over them."""
    for tick in layout.ticks:
        colour, stroke = (common.INK, 1.5) if tick == 0 else (common.GRID, 1)
        common.line(axes, (layout.x(tick),) * 2, (top, bottom), colour, stroke)


def _direction(axes: Axes, layout: Layout) -> None:
    """Say which side is which, in words above the line of no difference."""
    y = _top(layout) - 28
    style = {"bold": True, "gid": "axislabel"}
    fewer, more = (("Fewer people", "reoffended"), ("More people", "reoffended"))
    head = () if layout.narrow else ("In every 100", "people")
    widths = [
        max((common.text_width(words, 13, True) for words in lines), default=-14)
        for lines in (fewer, more, head)
    ]
    # beside the line, but never over the words at the right or off the drawing
    end = common.full_width(layout.narrow) - widths[2] - 14
    start = min(layout.x(0) + 10, end - widths[1])
    left = max(min(layout.x(0) - 10, start - 16), widths[0])
    start = max(start, left + 16)
    _arrow(axes, left - widths[0] - 12, y - 4, layout)
    if not layout.narrow:
        common.text(axes, 0, y + 17, "Programme", 13, **style)
    for x, lines, align in (
        (left, fewer, "right"),
        (start, more, "left"),
        (common.WIDE, head, "right"),
    ):
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


def _axis(axes: Axes, layout: Layout, y: float) -> None:
    for tick in layout.ticks:
        common.axis_text(axes, layout.x(tick), y + 17, str(abs(tick)), "tick_x")
    middle = (layout.left + layout.right) / 2
    common.axis_text(axes, middle, y + 38, "people in every 100", "axislabel")
