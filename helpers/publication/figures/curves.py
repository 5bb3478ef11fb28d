"""Curves: how many of each group reoffended by each day, and who is still at risk."""

from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from helpers.publication import colours
from helpers.publication.facts.measure import Group, Moment
from helpers.publication.figures import common
from helpers.publication.figures.marks import shown
from helpers.publication.numbers import Number
from helpers.publication.wording.beside.over_time import clear, compared
from helpers.publication.wording.number_words import in_words

#: group -> its name, its colour, whether its line is dashed, the shape of its marks
GROUPS: dict[Group, tuple[str, str, bool, str]] = {
    "treatment": ("In the programme", colours.TREATMENT, False, "o"),
    "comparison": ("Comparison group", colours.COMPARISON, True, "s"),
}
TOP, HEIGHT, LEFT = 34, 230, 44  # of the field of the curves
KEY, ROW = 22, 19  # a line of the key, a line of words beneath
ASIDE = 4  # the intervals of the two groups stand so far apart
STEPS = (1, 2, 5, 10, 20, 25)  # per cent between two lines of the scale
NONE = "[z]"


@dataclass(frozen=True)
class Data:
    """What curves are drawn from: both groups' sizes, and the days that are told."""

    noun: str
    label: str
    analysis: str  # where there are several
    size_treatment: Number
    size_comparison: Number
    moments: list[Moment]

    def size(self, group: Group) -> Number:
        """Give how many people a group has."""
        return {
            "treatment": self.size_treatment,
            "comparison": self.size_comparison,
        }[group]


def headline(data: Data) -> str:
    """Say by which days the groups differ for certain, and no more."""
    words = _finding(data)
    if data.analysis:
        return f"{data.analysis}: {words}"
    return words[:1].upper() + words[1:]


def _finding(data: Data) -> str:
    told, found = compared(data.moments), clear(data.moments)
    soon = f"how soon {data.noun} {data.label}"
    if not told:
        return f"{soon} in both groups"
    if not any(found.values()):
        if len(told) == 1:
            return f"{soon}: a difference is not clear by day {_days(told)}"
        times = f"taken together, the {in_words(len(told))} times"
        return f"{soon}: {times} show no clear difference"
    sides = [
        f"{side} {data.noun} in the programme {data.label} by day {_days(when)}"
        for side, when in found.items()
        if when
    ]
    unclear = [m for m in told if all(m not in when for when in found.values())]
    if unclear:
        sides.append(f"not clear by day {_days(unclear)}")
    return "; ".join(sides)


def _days(moments: list[Moment]) -> str:
    *most, last = (moment.day.text for moment in moments)
    return f"{', '.join(most)} and {last}" if most else last


def alternative(data: Data) -> str:
    """Give both shares at the times at which the groups are compared."""
    words = "Curves of both groups over time."
    quarters = [m for m in data.moments if m.difference is not None]
    for moment in quarters:
        both = (moment.share_treatment.text, moment.share_comparison.text)
        words += f" By day {moment.day.text}: {' against '.join(both)}."
    return words


def table(data: Data) -> tuple[list[str], list[list[Any]]]:
    """Give for each group and day the share, its interval and who is at risk."""
    columns = ["Group and day", f"Share that {data.label}", "95% interval from, %",
               "to, %", "Number at risk"]  # fmt: skip
    rows: list[list[Any]] = []
    for group, (name, *_) in GROUPS.items():
        rows.append([name])
        rows.append(["Start", NONE, NONE, NONE, data.size(group)])
        for moment in data.moments:
            ends, left = moment.limits(group), moment.at_risk(group)
            day = f"Day {moment.day.text}"
            rows.append([day, moment.share(group), *ends, left or NONE])
    return columns, rows


@dataclass(frozen=True)
class _Field:
    """Where days and shares stand in the drawing."""

    narrow: bool
    top: float
    right: float
    days: float
    most: float

    def x(self, day: float) -> float:
        return LEFT + (self.right - LEFT) * day / self.days

    def y(self, share: float) -> float:
        return self.top + HEIGHT * (1 - share / self.most)

    @property
    def bottom(self) -> float:
        return self.top + HEIGHT


def draw(data: Data, narrow: bool) -> Figure:
    """Draw both curves with their intervals, and beneath them the numbers at risk."""
    field = _field(data, narrow)
    figure, axes = common.canvas(narrow, field.bottom + 50 + 5 * ROW + 8)
    counts = f"% who {data.label}"
    if common.text_width(counts, common.SECOND) > common.full_width(narrow):
        counts = "%"  # of whom, the words above the drawing say
    common.axis_text(axes, 0, 16, counts, "axislabel", align="left")
    if narrow:
        _key(axes)
    _scale(axes, field, data)
    for group in GROUPS:
        _curve(axes, field, data.moments, group)
    last = [m for m in data.moments if shown(m.share_treatment, m.share_comparison)]
    if not last:
        words = "[c] not shown, to protect people"
        common.text(axes, LEFT + 12, field.top + 24, words)
    elif not narrow:
        _names(axes, field, last[-1])
    _at_risk(axes, field, data)
    return figure


def _field(data: Data, narrow: bool) -> _Field:
    ends = [n.value for m in data.moments for g in GROUPS
            for n in (m.share(g), *m.limits(g)) if shown(n)]  # fmt: skip
    highest = max([*ends, 1])
    step = next((s for s in STEPS if highest <= 5 * s), STEPS[-1])
    most = min(step * -(-highest // step), 100)
    days = max(moment.day.value for moment in data.moments)
    names = [common.text_width(name, bold=True) for name, *_ in GROUPS.values()]
    right = common.full_width(narrow) - (14 if narrow else max(names) + 14)
    return _Field(narrow, TOP + (2 * KEY if narrow else 0), right, days, most)


def _key(axes: Axes) -> None:
    """Name the groups above the field, where none fits beside the curves."""
    for row, (name, colour, dashed, shape) in enumerate(GROUPS.values()):
        y = TOP + KEY * row
        common.line(axes, (0, 30), (y, y), colour, 2.5, dashed=dashed)
        _mark(axes, 15, y, colour, shape)
        common.text(axes, 38, y + 5, name, bold=True)


def _scale(axes: Axes, field: _Field, data: Data) -> None:
    """Draw the lines of the scale, and name shares and quarters."""
    step = next((s for s in STEPS if field.most <= 5 * s), STEPS[-1])
    for share in range(0, int(field.most) + 1, step):
        y = field.y(share)
        colour = common.INK if share == 0 else common.GRID
        common.line(axes, (LEFT, field.right), (y, y), colour, 1, over=common.UNDER)
        common.axis_text(axes, LEFT - 8, y + 5, str(share), "tick_y", align="right")
    for day in (0, *(m.day.value for m in _quarters(data))):
        x = field.x(day)
        ends = (field.bottom, field.bottom + 5)
        common.line(axes, (x, x), ends, common.INK, 1)
        common.axis_text(axes, x, field.bottom + 20, f"{day:.0f}", "tick_x")
    middle = (LEFT + field.right) / 2
    common.axis_text(axes, middle, field.bottom + 39, "Day", "axislabel")


def _quarters(data: Data) -> list[Moment]:
    return [moment for moment in data.moments if moment.difference is not None]


def _curve(axes: Axes, field: _Field, moments: list[Moment], group: Group) -> None:
    """Draw a group's line through the days that are shown, and each one's interval."""
    _, colour, dashed, shape = GROUPS[group]
    aside = -ASIDE / 2 if group == "treatment" else ASIDE / 2
    before = (field.x(0), field.y(0))
    for moment in moments:
        share, limits = moment.share(group), moment.limits(group)
        if not shown(share):
            continue
        here = (field.x(moment.day.value), field.y(share.value))
        xs, ys = zip(before, here, strict=True)
        over = common.INTERVALS
        common.line(axes, xs, ys, colour, 2.5, dashed=dashed, over=over)
        if shown(*limits):
            x, ends = here[0] + aside, [field.y(n.value) for n in limits]
            common.line(axes, (x, x), tuple(ends), colour, 1.2, over=common.GRIDS)
            for y in ends:
                common.line(axes, (x - 3, x + 3), (y, y), colour, 1.2)
        _mark(axes, *here, colour, shape)
        before = here


def _mark(axes: Axes, x: float, y: float, colour: str, shape: str) -> None:
    fill = colour if shape == "o" else "white"
    style = {"markerfacecolor": fill, "markeredgecolor": colour, "markeredgewidth": 1.8}
    axes.add_line(
        Line2D([x], [y], marker=shape, markersize=6.5, zorder=common.MARKS, **style)
    )


def _names(axes: Axes, field: _Field, last: Moment) -> None:
    """Name each line at its end, with its last share; apart where they end close."""
    ends = {group: field.y(last.share(group).value) for group in GROUPS}
    upper, lower = sorted(GROUPS, key=lambda group: ends[group])
    apart = max(0.0, 2 * ROW - (ends[lower] - ends[upper])) / 2
    for group, moved in ((upper, -apart), (lower, apart)):
        name, colour, *_ = GROUPS[group]
        y, x = ends[group] + moved, field.right + 12
        common.text(axes, x, y - 2, name, bold=True)
        common.text(axes, x, y + ROW - 4, last.share(group).text)


def _at_risk(axes: Axes, field: _Field, data: Data) -> None:
    """Print beneath the quarters how many of each group had not reoffended by then."""
    y = field.bottom + 50 + ROW
    common.text(axes, 0, y, "Number at risk", common.SECOND, bold=True)
    for group, (name, *_) in GROUPS.items():
        common.text(axes, 0, y + ROW, name, common.SECOND)
        y += 2 * ROW
        numbers = [(0, data.size(group))]
        numbers += [(m.day.value, m.at_risk(group)) for m in _quarters(data)]
        for day, number in numbers:
            words = number.text if number else NONE
            # a long number at the end of the field stays in the drawing
            most = common.full_width(field.narrow)
            most -= common.text_width(words, common.SECOND) / 2
            x = min(field.x(day), most)
            common.text(axes, x, y, words, common.SECOND, align="center")
