"""Tally: one mark for each result, by the type of intervention or sector."""

from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.publication.facts.published import Counted
from helpers.publication.figures import common
from helpers.publication.figures.marks import (
    MARKS,
    draw_mark,
    finding,
    finding_words,
    key,
    shown,
    study_names,
)
from helpers.publication.numbers import Number
from helpers.publication.wording.results.measures import MEASURES, split

STEP = 19  # from one mark to the next
NAME, COUNT, FIRST, PEOPLE = 225, 250, 268, 518  # columns of the wide form
STUDY = 24


@dataclass(frozen=True)
class Data:
    """What a tally is drawn from: types of one kind, and all of them together."""

    heading: str
    rows: list[Counted]
    total: Counted
    measure: str = "rate"


def _marks(row: Counted) -> list[str]:
    """Give the findings of a row's results, decreases first."""
    return [
        found
        for found in MARKS
        if shown(row.counts[found])
        for _ in range(int(row.counts[found].value))
    ]


def headline(data: Data) -> str:
    """Say how many of the results collected are of each finding."""
    total = data.total
    if not shown(total.all, *total.counts.values()):
        return f"{titled(data)}: findings of the results collected"
    counts = {name: int(number.value) for name, number in total.counts.items()}
    return f"{titled(data)}: {split(counts, int(total.all.value))}"


def counted(data: Data) -> list[str]:
    """Give the findings that some result has."""
    return [found for found in MARKS if data.total.counts[found].value != 0]


def _drawn(data: Data) -> list[str]:
    """Give the findings that some mark shows, a study's own too."""
    own = {finding(study) for row in data.rows for study in row.studies}
    return [found for found in MARKS if found in own | set(counted(data))]


def titled(data: Data) -> str:
    """Give how the results are grouped: "How often, by sector type"."""
    often = MEASURES[data.measure].often
    return f"{often}, {data.heading.lower()}" if often else data.heading


def alternative(data: Data) -> str:
    """Give the counts over all types, and where this study stands."""
    counts = data.total.counts
    words = ", ".join(
        f"{counts[found].text} {MARKS[found].short.lower()}"
        for found in MARKS
        if found in counted(data)
    )
    return (
        f"Rows of marks, one for each of {data.total.all.text} results, "
        f"{data.heading.lower()}: {words}.{_studies_in_words(data)}"
    )


def _studies_in_words(data: Data) -> str:
    studies = [study for row in data.rows for study in row.studies]
    return "".join(
        f" {name} stands beside them: {finding_words(study).lower()}."
        for study, name in zip(studies, study_names(studies), strict=True)
    )


def table(data: Data) -> tuple[list[str], list[list[Any]]]:
    """Give one row a type: results by finding, and their people where known."""
    columns = ["Type", *(mark.short for mark in MARKS.values()), "All results"]
    columns += ["With a known difference", "People analysed, where known"]
    studied = any(row.studies for row in data.rows)
    rows = [[row.label, *_cells(row)] for row in data.rows]
    rows.append(["All types", *_cells(data.total)])
    if studied:
        columns.append("This study, not counted")
        for cells, row in zip(rows, [*data.rows, data.total], strict=True):
            words = [f"{s.label}: {finding_words(s)}" for s in row.studies]
            cells.append("; ".join(words) or "[z]")
    return columns, rows


def _cells(row: Counted) -> list[Any]:
    counts = [row.counts[found] for found in MARKS]
    return [*counts, row.all, row.with_difference, people_words(row)]


def people_words(row: Counted, unit: str = "", after: str = " known") -> str:
    """Give the sizes of a type's results: "258 to 9,041 (3 of 10 known)"."""
    known, total = row.n_known, row.all
    if not shown(known, total, row.n_low, row.n_high) or not known.value:
        return "[x]"
    low, high = (
        f"about {end.text}" if about else end.text
        for end, about in ((row.n_low, row.n_low_about), (row.n_high, row.n_high_about))
    )
    words = (low if known.value == 1 else f"{low} to {high}") + unit
    if known.value == total.value:
        return words
    return f"{words} ({known.text} of {total.text}{after})"


def draw(data: Data, narrow: bool) -> Figure:
    """Draw rows of marks under a heading for each way of grouping."""
    place = _narrow_row if narrow else _wide_row
    # the rows are laid out once to learn the height
    height = _layout(None, data, narrow, place)
    figure, axes = common.canvas(narrow, height)
    _layout(axes, data, narrow, place)
    return figure


def _layout(axes: Axes | None, data: Data, narrow: bool, place: Any) -> float:
    found = _drawn(data)
    y = 2 + 23 * (len(found) if narrow else -(-len(found) // 2)) + 26
    if axes:
        key(axes, found, narrow, 2)
        _heading(axes, data.heading, y, narrow)
    y += 10
    for row in data.rows:
        y = place(axes, row, y)
    return y + 6


def _heading(axes: Axes, words: str, y: float, narrow: bool) -> None:
    common.text(axes, 0, y, words, common.HEADING, bold=True)
    if not narrow:
        head = {"bold": True, "gid": "axislabel"}
        common.text(axes, COUNT, y, "Results", 13, align="right", **head)
        common.text(axes, PEOPLE, y, "People, where known", 13, **head)
    width = common.full_width(narrow)
    common.line(axes, (0, width), (y + 9, y + 9), common.LINE, 1)


def _wide_row(axes: Axes | None, row: Counted, y: float) -> float:
    """Draw a row of the wide form; give the y beneath it."""
    name = common.wrap(row.label, NAME - 20)
    people = common.wrap(_people(row, after=""), common.WIDE - PEOPLE, common.SECOND)
    marks = _marks(row)
    across = (PEOPLE - FIRST) // STEP
    lines = max(len(name), len(people), -(-len(marks) // across))
    height = 26 + 19 * (lines - 1)
    if axes:
        _words(axes, name, 0, y + 18, common.LABEL)
        _count(axes, row.all, COUNT, y + 18)
        _row_of_marks(axes, marks, FIRST, y + 13, across)
        _words(axes, people, PEOPLE, y + 18, common.SECOND)
    return _studies(axes, row, FIRST, y + height, common.WIDE)


def _narrow_row(axes: Axes | None, row: Counted, y: float) -> float:
    """Draw a row of the narrow form: name, then marks; give the y beneath it."""
    name = common.wrap(row.label, common.NARROW - 50)
    people = _people(row, " people")
    marks = _marks(row)
    across = common.NARROW // STEP
    lines = max(1, -(-len(marks) // across))
    last = len(marks) - across * (lines - 1)
    start = y + 20 + 18 * (len(name) - 1)
    words = common.text_width(people, common.SECOND)
    beside = last * STEP + 16 + words <= common.NARROW
    end = start + 22 * lines + (0 if beside else 20)
    if axes:
        _words(axes, name, 0, y + 18, common.LABEL)
        _count(axes, row.all, common.NARROW, y + 18)
        _row_of_marks(axes, marks, 7, start + 13, across)
        x, soft = common.NARROW, {"colour": common.SOFT, "align": "right"}
        common.text(axes, x, end - 4, people, common.SECOND, **soft)
    return _studies(axes, row, 7, end + 4, common.NARROW)


def _people(row: Counted, unit: str = "", after: str = " known") -> str:
    words = people_words(row, unit, after)
    return "" if words == "[x]" else words


def _count(axes: Axes, number: Number, x: float, y: float) -> None:
    common.text(axes, x, y, number.text, bold=True, align="right")


def _words(axes: Axes, lines: list[str], x: float, y: float, size: float) -> None:
    colour = common.SOFT if size == common.SECOND else common.INK
    for number, words in enumerate(lines):
        common.text(axes, x, y + 18 * number, words, size, colour=colour)


def _row_of_marks(
    axes: Axes, marks: list[str], x: float, y: float, across: int
) -> None:
    for place, found in enumerate(marks):
        down, along = divmod(place, across)
        draw_mark(axes, found, x + STEP * along, y + 20 * down)


def _studies(
    axes: Axes | None, row: Counted, x: float, y: float, width: float
) -> float:
    """Draw this study's own mark under the published ones, shaded and named."""
    for study in row.studies:
        y += 2
        found = finding(study)
        words = study.label if found else f"{study.label} {finding_words(study)}"
        lines = common.wrap(words, width - x - 20, common.SECOND, bold=True)
        height = STUDY + 17 * (len(lines) - 1)
        if axes:
            style = {"fill": common.MAIN_ROW, "over": 0}
            common.box(axes, x - 10, y, width - x + 10, height, **style)
            if found:
                draw_mark(axes, found, x, y + 12)
            for number, words in enumerate(lines):
                baseline = y + 17 + 17 * number
                common.text(axes, x + 14, baseline, words, common.SECOND, bold=True)
        y += height + 4
    return y
