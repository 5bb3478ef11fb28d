"""By year: one mark for each result, in the year in which it was published."""

from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.publication.facts.published import CountedYear
from helpers.publication.figures import common
from helpers.publication.figures.marks import MARKS, draw_mark, key, key_height, shown

YEAR, COUNT, FIRST = 0, 92, 112  # columns
STEP, LINE, ROW = 15, 17, 26  # from mark to mark, line to line, year to year
SMALL = 10 / 12  # of a mark, beside one in a row of its own


@dataclass(frozen=True)
class Data:
    """What the figure is drawn from: the years in order, none left out."""

    years: list[CountedYear]
    beneath: list[CountedYear]  # all years together, and what is said of the rest


def headline(data: Data) -> str:
    """Name the year of most results, where one year has most."""
    neutral = "Findings of published results, by year of publication"
    if len(data.years) < 2 or not all(shown(year.all) for year in data.years):
        return neutral
    ordered = sorted(data.years, key=lambda year: -year.all.value)
    if ordered[0].all.value == ordered[1].all.value:
        return neutral
    return (
        f"More of the results collected are from {ordered[0].label} than "
        "from any other year"
    )


def alternative(data: Data) -> str:
    """Give the first and the last year, and the findings over all of them."""
    if not data.years:
        return "Rows of marks, one for each result, by year: there is none."
    counts = data.beneath[0].counts
    words = ", ".join(
        f"{counts[found].text} {mark.short.lower()}"
        for found, mark in MARKS.items()
        if counts[found].value
    )
    first, last = data.years[0].label, data.years[-1].label
    when = f"in {first}" if first == last else f"by year from {first} to {last}"
    return f"Rows of marks, one for each result published, {when}: {words}."


def table(data: Data) -> tuple[list[str], list[list[Any]]]:
    """Give one row a year: results by finding."""
    columns = ["Year", *(mark.short for mark in MARKS.values()), "All results"]
    return columns, [
        [year.label, *(year.counts[found] for found in MARKS), year.all]
        for year in [*data.years, *data.beneath]
    ]


def _of(year: CountedYear, found: str) -> list[str]:
    number = year.counts[found]
    return [found] * int(number.value) if shown(number) else []


def draw(data: Data, narrow: bool) -> Figure:
    """Draw a row of marks a year, decreases first, in as many lines as it takes."""
    across = int((common.full_width(narrow) - FIRST) // STEP)
    have = [found for found in MARKS if any(_of(year, found) for year in data.years)]
    top = key_height(have, narrow) + 34
    marks = [[found for name in MARKS for found in _of(y, name)] for y in data.years]
    heights = [ROW + LINE * max(0, -(-len(row) // across) - 1) for row in marks]
    figure, axes = common.canvas(narrow, top + sum(heights) + 12)
    key(axes, have, narrow, 0)
    _headings(axes, top, narrow)
    y = float(top) + 4
    for year, row, height in zip(data.years, marks, heights, strict=True):
        _year(axes, year, row, y, across)
        y += height
        ends = (0, common.full_width(narrow))
        common.line(axes, ends, (y, y), common.ROW, 1, over=common.UNDER)
    return figure


def _headings(axes: Axes, top: float, narrow: bool) -> None:
    style = {"bold": True, "gid": "axislabel"}
    common.text(axes, YEAR, top - 8, "Year", common.SECOND, **style)
    common.text(axes, COUNT, top - 8, "Results", common.SECOND, align="right", **style)
    width = common.full_width(narrow)
    common.line(axes, (0, width), (top, top), common.LINE, 1)


def _year(
    axes: Axes, year: CountedYear, marks: list[str], y: float, across: int
) -> None:
    common.text(axes, YEAR, y + 18, year.label)
    common.text(axes, COUNT, y + 18, year.all.text, bold=True, align="right")
    for place, found in enumerate(marks):
        down, along = divmod(place, across)
        draw_mark(axes, found, FIRST + 7 + STEP * along, y + 13 + LINE * down, SMALL)
