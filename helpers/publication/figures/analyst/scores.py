"""Scores: propensity scores of both groups before and after, for the analyst."""

from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.publication import colours
from helpers.publication.facts.groups import Bin
from helpers.publication.figures import common
from helpers.publication.figures.marks import shown
from helpers.publication.numbers import Number

GROUPS = {"treatment": "Treatment group", "comparison": "Comparison group"}
PANELS = {"before": "Before matching", "after": "After matching"}
PLOT = 190  # height of a panel
MUCH = 90  # per cent of the scores in common by which they are much the same

#: end of the scale of per cent -> from one grid line to the next
STEPS = {5: 1, 10: 2, 20: 5, 30: 10, 40: 10, 50: 10, 60: 20, 80: 20, 100: 20}


@dataclass(frozen=True)
class Data:
    """What the scores are drawn from."""

    bins: list[Bin]


def _numbers(data: Data, group: str, when: str) -> list[Number]:
    return [part.share(group, when) for part in data.bins]


def _common(data: Data, when: str) -> float | None:
    """Give the per cent of the two groups' scores that lie over each other."""
    pairs = zip(*(_numbers(data, group, when) for group in GROUPS), strict=True)
    shares = [min(a.value, b.value) if shown(a, b) else None for a, b in pairs]
    return None if None in shares else sum(shares)


def headline(data: Data) -> str:
    """Tell whether matching made the two groups' scores more alike."""
    before, after = (_common(data, when) for when in PANELS)
    if before is None or after is None:
        return "Propensity scores of both groups, before and after matching"
    if after >= MUCH:
        return "After matching the two groups have much the same propensity scores"
    if after > before:
        return "Matching made the propensity scores of the two groups more alike"
    return "Matching did not make the propensity scores of the two groups more alike"


def alternative(data: Data) -> str:
    """Say where most of each group lies, before and after."""
    parts = ["Histograms of the propensity score, and their largest bands."]
    for when, panel in PANELS.items():
        tops = []
        for group, name in GROUPS.items():
            numbers = _numbers(data, group, when)
            known = [
                (n, p) for n, p in zip(numbers, data.bins, strict=True) if shown(n)
            ]
            if known:
                top, part = max(known, key=lambda pair: pair[0].value)
                tops.append(f"{name.lower()} {top.text} at {part.label}")
        if tops:
            parts.append(f"{panel}: {', '.join(tops)}.")
    return " ".join(parts)


def table(data: Data) -> tuple[list[str], list[list[Any]]]:
    """Give per cent of each group in each band of the propensity score."""
    columns = ["Propensity score"]
    columns += [
        f"{name}, {panel.lower()}, %"
        for panel in PANELS.values()
        for name in GROUPS.values()
    ]
    rows = [
        [
            part.label,
            *(part.share(group, when) for when in PANELS for group in GROUPS),
        ]
        for part in data.bins
    ]
    return columns, rows


def draw(data: Data, narrow: bool) -> Figure:
    """Draw two panels, side by side or one under the other, on one scale."""
    panel_height = PLOT + 84
    figure, main = common.canvas(narrow, 34 + panel_height * (2 if narrow else 1))
    _key(main)
    top = _top(data)
    for number, (when, title) in enumerate(PANELS.items()):
        left = 40 if narrow else 40 + 370 * number
        y = 66 + (panel_height * number if narrow else 0)
        width = (common.NARROW if narrow else 340 + 370 * number + 10) - left - 6
        axes = _axes(figure, left, y, width)
        _panel(axes, data, when, top)
        _words(main, data, title, (left, y, width), top)
    return figure


def _axes(figure: Figure, left: float, top: float, width: float) -> Axes:
    wide, high = (inches * 72 for inches in figure.get_size_inches())
    place = (left + common.EDGE, high - top - PLOT, width, PLOT)
    axes = figure.add_axes(
        (place[0] / wide, place[1] / high, place[2] / wide, place[3] / high)
    )
    axes.axis("off")
    return axes


def _top(data: Data) -> int:
    """Give the end of the scale of per cent, a round number."""
    values = [
        number.value
        for when in PANELS
        for group in GROUPS
        for number in _numbers(data, group, when)
        if shown(number)
    ]
    return next(end for end in STEPS if max(values, default=0) <= end)


def _panel(axes: Axes, data: Data, when: str, top: int) -> None:
    import seaborn  # slow to import, and only analysts see this figure

    edges = [part.low for part in data.bins] + [data.bins[-1].high]
    middles = [(part.low + part.high) / 2 for part in data.bins]
    styles = {
        "treatment": {"color": colours.TREATMENT, "alpha": 1, "linewidth": 0},
        "comparison": {
            "color": colours.COMPARISON,
            "fill": False,
            "element": "step",
            "linewidth": 2.5,
            "linestyle": (0, (3, 1.2)),
        },
    }
    for level in range(0, top + 1, STEPS[top]):
        axes.axhline(level, color=common.GRID, linewidth=1, zorder=0)
    for group, style in styles.items():
        weights = [n.value if shown(n) else 0 for n in _numbers(data, group, when)]
        seaborn.histplot(x=middles, weights=weights, bins=edges, ax=axes, **style)
    axes.set_xlim(edges[0], edges[-1])
    axes.set_ylim(0, top)
    axes.axis("off")


def _key(axes: Axes) -> None:
    common.box(axes, 0, 5, 22, 14, fill=colours.TREATMENT)
    common.text(axes, 30, 17, GROUPS["treatment"])
    common.line(axes, (170, 196), (12, 12), colours.COMPARISON, 2.5, dashed=True)
    common.text(axes, 204, 17, GROUPS["comparison"])


def _words(
    axes: Axes,
    data: Data,
    title: str,
    place: tuple[float, float, float],
    top: int,
) -> None:
    left, y, width = place
    bins = data.bins
    low, high = bins[0].low, bins[-1].high
    x = left - 38
    common.text(axes, x, y - 14, title, common.HEADING, bold=True)
    x += common.text_width(title, common.HEADING, True) + 10
    common.axis_text(
        axes, x, y - 14, "per cent of each group", "axislabel", align="left"
    )
    for level in range(0, top + 1, STEPS[top]):
        step = y + PLOT * (1 - level / top) + 5
        common.axis_text(axes, left - 6, step, f"{level}%", "tick_y", align="right")
    for share in (0, 0.25, 0.5, 0.75, 1):
        words, x = f"{low + share * (high - low):.2f}", left + share * width
        align = {0: "left", 1: "right"}.get(share, "center")
        common.axis_text(axes, x, y + PLOT + 18, words, "tick_x", align=align)
    x = left + width / 2
    common.axis_text(axes, x, y + PLOT + 40, "Propensity score", "axislabel")
