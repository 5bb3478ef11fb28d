"""Effect by size: each result's difference against how many people it is about."""

import string
from dataclasses import dataclass
from statistics import fmean, median
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from helpers.publication.facts.published import Result
from helpers.publication.figures import common
from helpers.publication.figures.marks import (
    MARKS,
    draw_mark,
    finding,
    finding_words,
    key,
    key_height,
    shown,
    study_names,
    used,
)
from helpers.publication.figures.results.effect_scale import (
    PLOT,
    Scale,
    draw_ground,
    lay_out,
    name_axes,
)
from helpers.publication.wording.intervals import drawn_difference
from helpers.publication.wording.number_words import small

#: of a mark among many, beside the size of one in a row
SMALL = 9 / 12
#: the order in which findings are drawn: what is open lies over what is filled
ORDER = ("decrease", "increase", "not_found", "inconclusive")
#: as many results, and as much wider a spread, let the headline tell of it
ENOUGH, WIDER = 10, 1.5


@dataclass(frozen=True)
class Data:
    """What the figure is drawn from: results, and this study's among them."""

    rows: list[Result]


def drawn(data: Data, *, own: bool) -> list[Result]:
    """Give the results that have a mark, smallest first: published ones, or ours."""
    rows = [
        row
        for row in data.rows
        if row.own is own
        and row.n is not None
        and shown(row.n, row.difference)
        and finding(row)
    ]
    return sorted(rows, key=lambda row: (row.n.value, row.difference.value, row.label))


def _spread(rows: list[Result]) -> float:
    """Give how far results lie from their middle, on average."""
    values = [row.difference.value for row in rows]
    middle = median(values)
    return fmean(abs(value - middle) for value in values)


def headline(data: Data) -> str:
    """Say whether results of small groups lie further apart; else how far all reach."""
    rows = drawn(data, own=False)
    half = len(rows) // 2
    if len(rows) >= ENOUGH:
        small, large = _spread(rows[:half]), _spread(rows[-half:])
        if small > WIDER * large:
            return "Results of small groups lie further apart than those of large ones"
        if large > WIDER * small:
            return "Results of large groups lie further apart than those of small ones"
    return _reach(rows)


def _reach(rows: list[Result]) -> str:
    """Give the least and the largest size and difference: "Two results, of 90 to …"."""
    if not rows:
        return "Differences in reoffending, by size of the treatment group"
    count = small(len(rows))
    start = f"{count.capitalize()} {_noun(rows)}, of" if count else "Results of"
    by_effect = sorted(rows, key=lambda row: row.difference.value)
    ends = [drawn_difference(row.difference) for row in (by_effect[0], by_effect[-1])]
    told = f"from {' to '.join(ends)}" if ends[0] != ends[1] else ends[0]
    people = " to ".join(dict.fromkeys((_people(rows[0]), _people(rows[-1]))))
    return f"{start} {people} people: {told} in every 100"


def alternative(data: Data) -> str:
    """Say how many results there are, their sizes, and the largest each way."""
    rows, own = drawn(data, own=False), drawn(data, own=True)
    parts = [
        f"Chart of {_results(rows)}: people in the treatment group against the "
        "difference in the rate, in every 100 people."
    ]
    if rows:
        by_effect = sorted(rows, key=lambda row: row.difference.value)
        ends = [by_effect[0], by_effect[-1]] if len(rows) > 1 else rows
        told = (f"{drawn_difference(r.difference)} ({_people(r)} people)" for r in ends)
        parts.append(f"From {' to '.join(told)}.")
    for row, name in zip(own, study_names(own), strict=True):
        words = f"{_people(row)} people, {drawn_difference(row.difference)}"
        parts.append(f"{name}: {words}, {finding_words(row).lower()}.")
    return " ".join(parts)


def _results(rows: list[Result]) -> str:
    return f"{len(rows)} {_noun(rows)}"


def _noun(rows: list[Result]) -> str:
    return "result" if len(rows) == 1 else "results"


def _people(row: Result) -> str:
    return f"about {row.n.text}" if row.n_about else row.n.text


def table(data: Data) -> tuple[list[str], list[list[Any]]]:
    """Give one row a result, smallest group first; this study's say so."""
    columns = [
        "Organisation and programme",
        "Intervention type",
        "Published",
        "People in the treatment group",
        "Difference, people in every 100",
        "Finding",
    ]
    own = drawn(data, own=True)
    called = [(row, "") for row in drawn(data, own=False)]
    called += zip(own, _letters(own) if len(own) > 1 else [""], strict=False)
    called.sort(key=lambda one: one[0].n.value)
    return columns, [_cells(*one) for one in called]


def _cells(row: Result, letter: str) -> list[Any]:
    name = ": ".join(part for part in (row.organisation, row.label) if part)
    difference = drawn_difference(row.difference)
    return [
        f"{name} ({letter} in the figure)" if letter else name,
        row.types.get("intervention", ""),
        row.published or "date not printed",
        _people(row) if row.n_about else row.n,
        f"{difference} (middle of the interval)" if row.middle else difference,
        finding_words(row),
    ]


#: how a single study is named in the drawing, and where words beside letters begin
ALONE, BESIDE = "This study", 34


def _letters(own: list[Result]) -> list[str]:
    """Give what stands over the line of each study: its letter, or words for one."""
    if len(own) == 1:
        return [ALONE]
    letters = string.ascii_uppercase
    return [
        letters[place % len(letters)] * (place // len(letters) + 1)
        for place in range(len(own))
    ]


def draw(data: Data, narrow: bool) -> Figure:
    """Draw a mark a result, sizes across and differences up; this study's in a ring."""
    rows, own = drawn(data, own=False), drawn(data, own=True)
    named = _key_of_studies(own, narrow)
    marks = used([*rows, *own])
    above = key_height(marks, narrow)
    top = above + 52 + (24 if own else 0)
    scale = lay_out([*rows, *own], top, narrow)
    beneath = top + PLOT + 84
    height = beneath + 20 * sum(len(lines) for _, lines in named)
    figure, axes = common.canvas(narrow, height)
    key(axes, marks, narrow, 0)
    draw_ground(axes, scale)
    name_axes(axes, scale, above)
    for found in ORDER:
        _marks(axes, [row for row in rows if finding(row) == found], found, scale)
    _studies(axes, own, scale)
    for letter, lines in named:
        common.text(axes, 16, beneath, letter, bold=True, align="center")
        for words in lines:
            common.text(axes, BESIDE, beneath, words)
            beneath += 20
    return figure


def _marks(axes: Axes, rows: list[Result], found: str, scale: Scale) -> None:
    """Put small marks: one that is filled has a white edge, one that is open none."""
    if not rows:
        return
    mark = MARKS[found]
    filled = {"markeredgecolor": "white", "markeredgewidth": 1}
    opened = {"markeredgecolor": mark.colour, "markeredgewidth": 1.5}
    axes.add_line(
        Line2D(
            [scale.x(row.n.value) for row in rows],
            [scale.y(row.difference.value) for row in rows],
            linestyle="none",
            marker=mark.shape,
            markersize=mark.size * SMALL + (1 if mark.filled else 0),
            markerfacecolor=mark.colour if mark.filled else "none",
            zorder=common.MARKS,
            clip_on=False,
            gid=f"mark-{found}-results",
            **(filled if mark.filled else opened),
        )
    )


def _studies(axes: Axes, own: list[Result], scale: Scale) -> None:
    """Put a ring round each study's mark, and a line from it to its name on top."""
    names = _letters(own)
    places = _apart([scale.x(row.n.value) for row in own], names, scale.right)
    for row, name, place in zip(own, names, places, strict=True):
        x, y = scale.x(row.n.value), scale.y(row.difference.value)
        common.text(axes, place, scale.top - 14, name, bold=True, align="center")
        thin = {"stroke": 1, "over": common.INTERVALS}
        common.line(axes, (place, x), (scale.top - 9, scale.top), **thin)
        common.line(axes, (x, x), (scale.top, y - 10), **thin)
        ring = {"marker": "o", "markersize": 20, "markerfacecolor": "none"}
        edge = {"markeredgecolor": common.INK, "markeredgewidth": 1.5}
        place_of = {"zorder": common.MARKS, "clip_on": False, "linestyle": "none"}
        axes.add_line(Line2D([x], [y], **ring, **edge, **place_of))
        draw_mark(axes, finding(row), x, y, 11 / 12)


def _apart(xs: list[float], names: list[str], right: float) -> list[float]:
    """Give where names stand over their lines: in order, and none on another."""
    half = [common.text_width(name, bold=True) / 2 for name in names]
    places: list[float] = []
    for place, (x, wide) in enumerate(zip(xs, half, strict=True)):
        least = places[-1] + half[place - 1] + wide + 6 if places else wide
        places.append(max(x, least))
    most = right
    for place in reversed(range(len(places))):
        places[place] = min(places[place], most - half[place])
        most = places[place] - half[place] - 6
    return places


def _key_of_studies(own: list[Result], narrow: bool) -> list[tuple[str, list[str]]]:
    """Give what each letter stands for, as lines of words; none for a single study."""
    if len(own) < 2:
        return []
    width = common.full_width(narrow) - BESIDE
    return [
        (letter, common.wrap(row.label, width))
        for letter, row in zip(_letters(own), own, strict=True)
    ]
