"""Contour: how strong something hidden would have to be, beside what was measured.

Along each line what is hidden moves the difference as far: how much the groups differ
on it, times how much the outcome differs with it.
"""

import textwrap
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from helpers.publication import colours
from helpers.publication.facts.doubts import Strength
from helpers.publication.figures import common
from helpers.publication.figures.marks import shown
from helpers.publication.figures.power import steps
from helpers.publication.numbers import Number
from helpers.publication.wording.number_words import in_words

PLOT, LEFT, LINE = 290, 34, 18
LETTERS = "ABCDE"
#: how far the axes go beyond what has to be on them
ROOM = 1.15
#: where the letter of a dot may stand beside it, in pixels
ASIDE = ((9, 5), (-19, 5), (-4, -9), (-4, 20), (12, -10), (-20, 18))
X_AXIS = "How much the groups differ on it, in per cent of a standard deviation"
Y_AXIS = "How much the outcome differs for one standard deviation of it, "
NEAR, FAR = (
    "On this line the interval reaches no difference",
    "On this line no difference is left",
)
DOTS = "Measured, as it was before matching"
DOT, NOT_DRAWN = "dot without a letter", "not drawn"
LONGEST = 48  # letters of a label in the text alternative


@dataclass(frozen=True)
class Data:
    """What the picture is drawn from: the finding, and what was measured."""

    kind: str
    per: str
    difference: Number
    ci_low: Number
    ci_high: Number
    strengths: list[Strength]


def _reach(data: Data) -> tuple[float, float] | None:
    """Give how far the difference must move for its limit, and itself, to reach 0."""
    numbers = (data.difference, data.ci_low, data.ci_high)
    if not shown(*numbers):
        return None
    gap, low, high = (number.value for number in numbers)
    if not (low > 0 or high < 0):
        return None
    return min(abs(low), abs(high)), abs(gap)


def _size(strength: Strength) -> tuple[float, float]:
    return abs(strength.imbalance.value), abs(strength.association.value)


def _moves(strength: Strength) -> float:
    """Give how far something as strong moves the difference."""
    x, y = _size(strength)
    return x * y / 100


def _drawn(data: Data) -> list[Strength]:
    """Give each characteristic's strongest level, the strongest first."""
    told = [s for s in data.strengths if shown(s.imbalance, s.association)]
    told.sort(key=lambda s: (-_moves(s), s.label))
    first: dict[str, Strength] = {}
    for strength in told:
        first.setdefault(strength.variable, strength)
    return list(first.values())


def _lettered(data: Data) -> dict[str, Strength]:
    return dict(zip(LETTERS, _drawn(data), strict=False))


def headline(data: Data) -> str:
    """Say whether anything measured is strong enough, were it hidden."""
    reach, drawn = _reach(data), _drawn(data)
    if reach is None or not drawn:
        return "How strong something hidden would have to be"
    enough = sum(_moves(strength) >= reach[0] for strength in drawn)
    if not enough:
        return "Only something stronger than all that was measured undoes the finding"
    any_of = "the strongest" if enough == 1 else f"any of {in_words(enough)}"
    return (
        f"Something hidden as strong as {any_of} of what was measured would undo the "
        "finding"
    )


def alternative(data: Data) -> str:
    """Give the finding, and the strongest of what was measured."""
    reach = _reach(data)
    parts = ["How strong something hidden would have to be is not shown."]
    if reach is not None:
        parts = ["Two curves show how strong something hidden would have to be to undo "
                 f"the difference of {data.difference.text} {data.per}."]  # fmt: skip
    for strength in list(_lettered(data).values())[:1]:
        label = textwrap.shorten(strength.label, LONGEST, placeholder=" …")
        parts.append(
            f"Strongest of what was measured: {label}; {strength.imbalance.size.text}% "
            f"of a standard deviation {_side(strength)} in the programme; the outcome "
            f"{strength.association.text} {data.per} for each standard deviation."
        )
    return " ".join(parts)


def _side(strength: Strength) -> str:
    return "lower" if strength.imbalance.value < 0 else "higher"


def table(data: Data) -> tuple[list[str], list[list[Any]]]:
    """Give every characteristic and level, with its letter where it has one."""
    columns = ["Characteristic", "Mark in the picture", "Groups differed by, % of a "
               "standard deviation", f"Outcome for one standard deviation, {data.per}",
               "Strong enough to undo the finding?"]  # fmt: skip
    letters = {s.label: letter for letter, s in _lettered(data).items()}
    drawn = {strength.label for strength in _drawn(data)}
    rows = [
        [
            strength.label,
            letters.get(strength.label, DOT) if strength.label in drawn else NOT_DRAWN,
            strength.imbalance,
            strength.association,
            _enough(strength, data),
        ]
        for strength in data.strengths
    ]  # fmt: skip
    return columns, rows


def _enough(strength: Strength, data: Data) -> str:
    reach = _reach(data)
    if reach is None or not shown(strength.imbalance, strength.association):
        return "not told"
    return "yes" if _moves(strength) >= reach[0] else "no"


@dataclass(frozen=True)
class _Scale:
    """Where both strengths lie in the drawing."""

    top: float
    right: float
    across: float  # the most on each axis
    up: float

    def x(self, value: float) -> float:
        return LEFT + (self.right - LEFT) * value / self.across

    def y(self, value: float) -> float:
        return self.top + PLOT * (1 - value / self.up)


def _most(data: Data) -> tuple[float, float]:
    """Give how far the axes reach: all dots are on them, and both curves cross."""
    sizes = [_size(strength) for strength in _drawn(data)]
    across = max((x for x, _ in sizes), default=0) * ROOM or 20
    up = max((y for _, y in sizes), default=0) * ROOM or 5
    wanted = 1.5 * max(_reach(data) or (0,)) * 100
    more = max(1.0, wanted / (across * up)) ** 0.5
    return across * more, up * more


def draw(data: Data, narrow: bool) -> Figure:
    """Draw both curves and a dot a characteristic, the strongest with a letter."""
    width = common.full_width(narrow)
    above = common.wrap(Y_AXIS + data.per, width, common.SECOND)
    below = common.wrap(X_AXIS, width - LEFT, common.SECOND)
    key = _key(data, width)
    top = 20 + LINE * len(above)
    beneath = top + PLOT + 22 + LINE * len(below)
    height = beneath + 14 + sum(20 * len(lines) for _, lines in key)
    figure, axes = common.canvas(narrow, height)
    across, up = _most(data)
    (step_x, end_x), (step_y, end_y) = steps(across, 4 if narrow else 8), steps(up, 6)
    scale = _Scale(top, width - 12, end_x, end_y)
    for tick in range(0, end_y + 1, step_y):
        y = scale.y(tick)
        common.line(axes, (LEFT, scale.right), (y, y), common.GRID, 1)
        common.axis_text(axes, LEFT - 8, y + 5, str(tick), "tick_y", align="right")
    for tick in range(0, end_x + 1, step_x):
        common.axis_text(axes, scale.x(tick), top + PLOT + 18, str(tick), "tick_x")
    for number, words in enumerate(above):
        y = 14 + LINE * number
        common.axis_text(axes, 0, y, words, "axislabel", align="left")
    for number, words in enumerate(below):
        y = top + PLOT + 40 + LINE * number
        common.axis_text(axes, LEFT, y, words, "axislabel", align="left")
    _curves(axes, data, scale)
    _dots(axes, data, scale)
    _draw_key(axes, key, beneath + 24)
    return figure


def _curves(axes: Axes, data: Data, scale: _Scale) -> None:
    reach = _reach(data)
    if reach is None:
        return
    for moved, dashed in zip(reach, (False, True), strict=True):
        start = 100 * moved / scale.up
        x = np.geomspace(start, scale.across, 60)
        _curve(axes, scale.x(x), scale.y(100 * moved / x), dashed=dashed)


def _curve(axes: Axes, x: Any, y: Any, *, dashed: bool) -> None:
    style = {"color": colours.INCREASE, "linewidth": 2.5, "clip_on": False,
             "linestyle": (0, (3, 2)) if dashed else "-"}  # fmt: skip
    axes.add_line(Line2D(x, y, zorder=common.INTERVALS, **style))


def _dot(axes: Axes, x: float, y: float) -> None:
    style = {"marker": "o", "markersize": 9, "color": colours.TREATMENT,
             "markeredgecolor": "white", "markeredgewidth": 1}  # fmt: skip
    on = {"zorder": common.MARKS, "clip_on": False, "linestyle": "none"}
    axes.add_line(Line2D([x], [y], **on, **style))


def _dots(axes: Axes, data: Data, scale: _Scale) -> None:
    """Draw the dots, and letters where they do not lie on one another."""
    letters = {s.label: letter for letter, s in _lettered(data).items()}
    taken: list[tuple[float, float]] = []
    for strength in _drawn(data):
        across, up = _size(strength)
        x, y = scale.x(across), scale.y(up)
        _dot(axes, x, y)
        if letter := letters.get(strength.label):
            places = [(x + dx, y + dy) for dx, dy in ASIDE]
            free = [place for place in places if not _on_any(place, taken)]
            place = (free or places)[0]
            taken.append(place)
            common.text(axes, *place, letter, bold=True, gid="axislabel")


def _on_any(place: tuple[float, float], taken: list[tuple[float, float]]) -> bool:
    """Tell whether a letter would lie on another."""
    x, y = place
    return any(abs(x - a) <= 12 and abs(y - b) <= 14 for a, b in taken)


def _key(data: Data, width: float) -> list[tuple[str, list[str]]]:
    """Give what lines, dots and letters stand for, each as its lines of words."""
    told = [("dots", DOTS)]
    if _reach(data) is not None:
        told = [("near", NEAR), ("far", FAR), *told]
    told += [(letter, s.label) for letter, s in _lettered(data).items()]
    return [(sign, common.wrap(words, width - 44)) for sign, words in told]


def _draw_key(axes: Axes, key: list[tuple[str, list[str]]], y: float) -> None:
    for sign, lines in key:
        if sign in ("near", "far"):
            _curve(axes, [0, 32], [y - 5, y - 5], dashed=sign == "far")
        elif sign == "dots":
            _dot(axes, 16, y - 5)
        else:
            common.text(axes, 16, y, sign, bold=True, align="center", gid="axislabel")
        for words in lines:
            common.text(axes, 44, y, words)
            y += 20
