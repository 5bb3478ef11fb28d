"""Icons: 100 typical people in each group, those who had the outcome filled."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.path import Path

from helpers.publication import colours
from helpers.publication.facts.measure import Measure
from helpers.publication.figures import common
from helpers.publication.figures.marks import shown
from helpers.publication.numbers import READ_AS, Number
from helpers.publication.wording.intervals import drawn_interval
from helpers.publication.wording.verdicts import verdict

#: group -> heading, colour of its people, colour of its number
GROUPS = {
    "treatment": ("In the programme", colours.TREATMENT, colours.TREATMENT),
    "comparison": ("Comparison group", colours.COMPARISON, common.INK),
}
PERSON, ACROSS = 19, 10  # a person's height in pixels, people in a row
LINE = 19  # from one line of words to the next
LONGEST = 300  # letters of a text alternative


@dataclass(frozen=True)
class Data:
    """What the people are drawn from."""

    label: str
    definition: str
    noun: str
    measure: Measure


def _value(data: Data, group: str) -> Number:
    return data.measure.value(group).as_("per_100")


def _known(data: Data) -> bool:
    return shown(*(_value(data, group) for group in GROUPS))


def _limits(data: Data, group: str) -> list[Number]:
    """Give the limits of a group's interval; none where the study gives no interval."""
    return data.measure.limits(group)


def headline(data: Data) -> str:
    """Say how many in 100 of each group had the outcome, or what the data allow.

    Two rates that seem to differ lead only where the difference is significant.
    """
    treated, compared = (_value(data, group).text for group in GROUPS)
    noun, label, found = data.noun, data.label, verdict(data.measure)
    if not _known(data):
        return f"How many in 100 {noun} {label} in each group"
    if not found.endswith("crease"):
        return _unclear(data, tested=found == "inconclusive")
    if treated == compared:
        return f"{treated} in 100 {noun} {label} in both groups, in whole numbers"
    return (
        f"{treated} in 100 {noun} in the programme {label}, against {compared} in 100 "
        f"similar {noun}"
    )


def _unclear(data: Data, *, tested: bool) -> str:
    """Say what the data allow, or where it was not tested that it is not clear."""
    span = drawn_interval(data.measure.ci_low, data.measure.ci_high)
    if not tested or " to " not in span:
        return f"Whether fewer or more {data.noun} {data.label} is not clear"
    return (
        f"For every 100 {data.noun}, the data allow anything from {span} who "
        f"{data.label}"
    )


def alternative(data: Data) -> str:
    """Say how many of 100 are filled in each group, with the intervals."""
    label = data.label
    for limits in (True, False):
        parts = [_in_words(data, group, limits) for group in GROUPS]
        words = f"Two grids of 100 {data.noun}, filled if they {label}. "
        words += "; ".join(parts) + "."
        if len(words) <= LONGEST:
            return words
    return "; ".join(parts) + "."


def _in_words(data: Data, group: str, limits: bool) -> str:
    value, interval = _value(data, group), _interval(data, group)
    if not shown(value):
        return f"{GROUPS[group][0]}: {value.text}, {READ_AS[value.text]}"
    words = f"{GROUPS[group][0]}: {value.text} in 100"
    return f"{words} ({interval})" if limits and interval else words


def _interval(data: Data, group: str) -> str:
    limits = _limits(data, group)
    if not limits or not shown(*limits):
        return ""
    return f"95% interval: {limits[0].text} to {limits[1].text} in 100"


def table(data: Data) -> tuple[list[str], list[list[Any]]]:
    """Give one row a group, and one for their difference, with their intervals."""
    columns = ["Group", f"How many in 100 {data.label}"]
    if all(_limits(data, group) for group in GROUPS):
        columns += ["95% interval from", "to"]
    rows = [
        [heading, _value(data, group), *_limits(data, group)]
        for group, (heading, *_) in GROUPS.items()
    ]
    measure = data.measure
    if len(columns) > 2 and shown(measure.difference):
        ends = (measure.ci_low, measure.ci_high)
        rows.append(["Difference", measure.difference, *ends])
    return columns, rows


def draw(data: Data, narrow: bool) -> Figure:
    """Draw a grid of people for each group, side by side or one under the other."""
    people = _known(data)  # one grid alone would make its risk look small
    width, step = (common.NARROW, (33, 25)) if narrow else (340, (27, 23))
    label, soft = common.wrap(data.label, width), _second_lines(data)
    words = 54 + LINE * (len(label) + any(soft.values()))
    block = words + (ACROSS * step[1] + 12 if people else 0)
    beneath = block * 2 + 16 if narrow else block
    height = beneath + (_key(None, data, 0, narrow) + 16 if people else 0)
    figure, axes = common.canvas(narrow, height)
    for number, group in enumerate(GROUPS):
        x, y = (0, (block + 16) * number) if narrow else (380 * number, 0)
        _words(axes, data, group, (x, y), [*label, soft[group]])
        if people:
            _grid(axes, data, group, (x, y + words), step)
    if people:
        _key(axes, data, beneath + 16, narrow)
    return figure


def _second_lines(data: Data) -> dict[str, str]:
    """Give the interval under each group's number, or why there is no number."""
    return {
        group: _interval(data, group)
        if shown(_value(data, group))
        else READ_AS[_value(data, group).text]
        for group in GROUPS
    }


def _words(
    axes: Axes,
    data: Data,
    group: str,
    place: tuple[float, float],
    under: list[str],
) -> None:
    """Draw heading and number, and what is under them, its last line softer."""
    x, y = place
    heading, _, colour = GROUPS[group]
    value = _value(data, group)
    large = f"{value.text} in 100" if shown(value) else value.text
    common.text(axes, x, y + 16, heading, common.HEADING, bold=True)
    common.text(axes, x, y + 46, large, common.LARGE, bold=True, colour=colour)
    for number, words in enumerate(under[:-1], 1):
        common.text(axes, x, y + 46 + LINE * number, words)
    y += 46 + LINE * len(under)
    common.text(axes, x, y, under[-1], common.SECOND, colour=common.SOFT)


def _grid(
    axes: Axes,
    data: Data,
    group: str,
    place: tuple[float, float],
    step: tuple[int, int],
) -> None:
    """Draw one hundred people, those who had the outcome from the bottom row up."""
    x, y = place
    places = [
        (
            x + 7 + step[0] * (n % ACROSS),
            y + step[1] * (ACROSS - 1 - n // ACROSS) + PERSON / 2 + 4,
        )
        for n in range(ACROSS * ACROSS)
    ]
    affected = int(_value(data, group).text)
    colour = GROUPS[group][1]
    _people(axes, places[:affected], colour, filled=True)
    _people(axes, places[affected:], colour, filled=False)


def _person() -> Path:
    """Give a head over shoulders, drawn once and repeated by reference."""
    head = Path.circle((0, 0.68), 0.32)
    body = Path(
        [(-0.55, -1), (-0.55, -0.1), (-0.55, 0.28), (-0.2, 0.28), (0.2, 0.28),
         (0.55, 0.28), (0.55, -0.1), (0.55, -1), (-0.55, -1)],
        [Path.MOVETO, Path.LINETO, Path.CURVE3, Path.CURVE3, Path.LINETO,
         Path.CURVE3, Path.CURVE3, Path.LINETO, Path.CLOSEPOLY],
    )  # fmt: skip
    return Path(
        np.concatenate([head.vertices, body.vertices]),
        np.concatenate([head.codes, body.codes]),
    )


def _people(
    axes: Axes, places: list[tuple[float, float]], colour: str, *, filled: bool
) -> None:
    if not places:
        return
    xs, ys = zip(*places, strict=True)
    axes.add_line(
        Line2D(
            xs,
            ys,
            linestyle="none",
            marker=_person(),
            markersize=PERSON,
            markerfacecolor=colour if filled else "white",
            markeredgecolor=colour,
            markeredgewidth=1.2,
            zorder=common.MARKS,
            clip_on=False,
            gid=f"people-{'filled' if filled else 'outlined'}-{len(axes.lines)}",
        )
    )


def _key(axes: Axes | None, data: Data, y: float, narrow: bool) -> float:
    """Draw what a filled and an outlined person stand for; give its height."""
    label = data.label
    others = "did not reoffend" if label == "reoffended" else "all others"
    x, top, width = 0.0, y, common.full_width(narrow)
    for words, filled in ((label, True), (others, False)):
        lines = common.wrap(words, width - 22)
        if x and x + 22 + common.text_width(words) > width:
            x, y = 0, y + 24
        if axes:
            _people(axes, [(x + 7, y + 10)], common.SOFT, filled=filled)
            for number, line in enumerate(lines):
                common.text(axes, x + 22, y + 15 + LINE * number, line)
        y += LINE * (len(lines) - 1)
        x += 22 + common.text_width(lines[0]) + 40
    return y + 24 - top
