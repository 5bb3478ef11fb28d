"""The blocks of the measures figure: two bars, and beside them what they come to."""

import math
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from helpers.publication import colours, units
from helpers.publication.facts.measure import Measure
from helpers.publication.figures import common
from helpers.publication.figures.marks import (
    MARKS,
    draw_mark,
    shown,
)
from helpers.publication.numbers import MINUS, Number
from helpers.publication.wording.intervals import drawn_interval
from helpers.publication.wording.verdicts import NEUTRAL, colour, verdict

#: group -> its name, the colour of its bar
GROUPS = {
    "treatment": ("In the programme", colours.TREATMENT),
    "comparison": ("Comparison group", colours.COMPARISON),
}
BAR, STEP, LINE, HALF = 22, 28, 18, 5  # a bar, bar to bar, a line of words, an end mark
LEFT, SAID = 134, 462  # where bars, and the words beside them, begin in the wide form

MEANS = {
    "decrease": "statistically significant",
    "increase": "statistically significant",
    "inconclusive": "inconclusive: more people would need to be analysed",
    "untested": "too few to test",
    "open": "no interval could be worked out",
}


def unit(measure: Measure, noun: str) -> str:
    """Tell what the values of a measure count."""
    if measure.kind in NEUTRAL:
        counted = f"average in {measure.unit}" if measure.unit else "days"
        return f"{counted}, {measure.among(noun)}" if measure.of_some else counted
    if measure.kind == "frequency":
        return f"{measure.label} for {measure.every_100(noun)}"
    if measure.of_some:
        return f"in {measure.every_100(noun)}"
    return f"{noun} in every 100"


def said_value(measure: Measure, number: Number) -> str:
    """Give a group's value as a drawing says it: "38", "£4,310"."""
    before, _ = units.around(measure.unit)
    if not (before and shown(number)):
        return number.text
    sign = MINUS if number.text.startswith(MINUS) else ""
    return f"{sign}{before}{number.text.removeprefix(MINUS)}"


def said_interval(measure: Measure) -> str:
    """Give the interval of a measure as a drawing says it."""
    ends = (measure.ci_low, measure.ci_high)
    return drawn_interval(*ends, measure.kind, measure.unit)


@dataclass(frozen=True)
class Place:
    """Where the parts of every block stand, and how wide the words may be."""

    narrow: bool
    left: float
    right: float  # of the longest bar or interval; its value stands after it
    words: float

    @property
    def width(self) -> float:
        """Width left for the words of what a measure comes to."""
        return common.full_width(self.narrow) - self.words


def lay_out(measures: list[Measure], narrow: bool) -> Place:
    """Tell where everything stands, with room after the bar of the longest value."""
    printed = [said_value(m, n) for m in measures for n in m.values]
    room = max(common.text_width(t, common.VALUE, True) for t in [*printed, "00"])
    end = common.NARROW if narrow else SAID - 22
    right = end - room - 12
    return Place(narrow, 0 if narrow else LEFT, right, 24 if narrow else SAID + 22)


def draw_blocks(
    axes: Axes | None, measures: list[Measure], noun: str, place: Place
) -> float:
    """Draw the measures from the top; give the y beneath them."""
    y = 0.0
    for number, measure in enumerate(measures):
        if number:
            y += 14
            width = common.full_width(place.narrow)
            if axes:
                common.line(axes, (0, width), (y, y), common.LINE, 1)
            y += 12
        y = _title(axes, measure, noun, place, y)
        if not shown(*measure.values):
            _put(axes, 0, y + 16, [_not_shown(measure)])
            y += 26
            continue
        beneath = _bars(axes, measure, place, y)
        start = beneath + 4 if place.narrow else y - 1
        y = max(beneath, _finding(axes, measure, noun, place, start))
    return y + 8


def _not_shown(measure: Measure) -> str:
    if verdict(measure) == "withheld":
        return "[c] not shown, to protect people"
    return "[z] not shown"


def _put(
    axes: Axes | None, x: float, y: float, lines: list[str], **style: Any
) -> float:
    """Draw lines of words from a first baseline; give the baseline after them."""
    for words in lines:
        if axes:
            common.text(axes, x, y, words, **style)
        y += LINE
    return y


def _title(
    axes: Axes | None, measure: Measure, noun: str, place: Place, y: float
) -> float:
    """Draw the measure in bold, and under it what it counts."""
    full = common.full_width(place.narrow)
    name = common.wrap(measure.title, full, common.HEADING, True)
    y = _put(axes, 0, y + 18, name, size=common.HEADING, bold=True)
    counts = common.wrap(unit(measure, noun), full, common.SECOND)
    y = _put(axes, 0, y, counts, size=common.SECOND, colour=common.SOFT)
    return y - LINE + 12


def _bars(axes: Axes | None, measure: Measure, place: Place, y: float) -> float:
    """Draw a bar for each group from zero; give the y beneath them."""
    top, ends = y, _ends(measure)
    low = min(0.0, *(low for low, _ in ends.values()))
    reach = max(0.0, *(high for _, high in ends.values())) - low
    scale = (place.right - place.left) / (reach or 1)
    zero = place.left - low * scale
    for group, (name, fill) in GROUPS.items():
        if place.narrow:
            _put(axes, 0, y + 10, [name])
            y += LINE
        value = measure.value(group)
        if axes:
            if not place.narrow:
                common.text(axes, 0, y + 16, name)
            length = value.value * scale
            common.box(axes, zero + min(length, 0), y, abs(length), BAR, fill=fill)
            if shown(*measure.limits(group)):
                limits = (zero + n.value * scale for n in measure.limits(group))
                _line(axes, *limits, y + BAR / 2)
            end = zero + max(ends[group][1], 0) * scale + 11
            said = said_value(measure, value)
            common.text(axes, end, y + 17, said, common.VALUE, bold=True)
        y += STEP + (2 if place.narrow else 0)
    if axes and (low or not place.narrow):
        common.line(axes, (zero,) * 2, (top - 4, y - 2), over=common.MARKS)
    return y - STEP + BAR


def _ends(measure: Measure) -> dict[str, tuple[float, float]]:
    """Tell how far each group's bar and interval reach, both ways.

    Only an amount can lie below nought: the limit of a count is cut there.
    """
    least = -math.inf if measure.kind == "amount" else 0.0
    found = {}
    for group, value in zip(GROUPS, measure.values, strict=True):
        ends = [n.value for n in [value, *measure.limits(group)] if shown(n)]
        found[group] = max(min(ends), least), max(ends)
    return found


def _line(axes: Axes, low: float, high: float, y: float) -> None:
    """Draw an interval with end marks and a white edge, which parts it from its bar."""
    for stroke, edge, fill in ((6.5, 2, "white"), (2.5, 0, common.INK)):
        reach = (low - edge, high + edge)
        common.line(axes, reach, (y, y), fill, stroke, over=common.INTERVALS)
        for x in (low, high):
            ends = (y - HALF - edge, y + HALF + edge)
            common.line(axes, (x, x), ends, fill, stroke, over=common.INTERVALS)


def _finding(
    axes: Axes | None, measure: Measure, noun: str, place: Place, y: float
) -> float:
    """Draw the verdict's mark, the interval in words, and what it comes to."""
    found = verdict(measure)
    if axes and found in MEANS:
        _mark(axes, measure, place.words - 15, y + 11)
    said = said_interval(measure)
    per = {
        "rate": unit(measure, noun),
        "frequency": f"for {measure.every_100(noun)}",
    }.get(measure.kind, "")
    bold = common.wrap(said, place.width, common.LABEL, True)
    after = _put(axes, place.words, y + 16, bold, bold=True)
    for words in (per, MEANS[found]) if found in MEANS else ():
        lines = common.wrap(words, place.width) if words else []
        after = _put(axes, place.words, after, lines)
    return after - LINE + 6


def _mark(axes: Axes, measure: Measure, x: float, y: float) -> None:
    """Draw the mark of a verdict; an arrowhead where neither way is the better."""
    found = verdict(measure)
    if colour(measure) != "neutral":
        draw_mark(axes, found if found in MARKS else "inconclusive", x, y)
        return
    axes.add_line(
        Line2D(
            [x],
            [y],
            linestyle="none",
            marker="<" if found == "decrease" else ">",
            markersize=12,
            color=MARKS["inconclusive"].colour,
            markeredgewidth=0,
            zorder=common.MARKS,
            clip_on=False,
        )
    )
