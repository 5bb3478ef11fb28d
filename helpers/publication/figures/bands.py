"""Overlap: in which bands of the propensity score the people of both groups are."""

from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.publication import colours
from helpers.publication.facts.groups import Band
from helpers.publication.figures import common
from helpers.publication.figures.marks import shown
from helpers.publication.numbers import Number

#: a group in the data -> its name, its colour, and which way its bars go
GROUPS = {
    "treatment": ("Programme", colours.TREATMENT, "right"),
    "comparison": ("Comparison pool", colours.COMPARISON, "left"),
}
BAND, TOP = 26, 56  # height of a band, and of what stands above them
VALUE = 44  # room for a share beside its bar
SHARE = 0.72  # of a band's height that its bar takes

EVERYONE = "Everyone in the programme {kept} was"
#: least share in per cent -> how many of the programme were matched, in words; the
#: share is of those whom the analysis takes
MATCHED = {
    90: "Nearly all {noun} in the programme {kept} were",
    50: "Most {noun} in the programme {kept} were",
    0: "Fewer than half of the {noun} in the programme {kept} were",
}


@dataclass(frozen=True)
class Data:
    """What the overlap is drawn from; `matched` where scores were held alike."""

    bands: list[Band]
    matched: Number | None
    noun: str
    filtered: bool = False  # the analysis keeps some of the programme only
    everyone: bool = False  # all of the programme whom it keeps were matched


def headline(data: Data) -> str:
    """Say how many of the programme had somebody with a similar score."""
    share = data.matched
    if share is None or not shown(share):
        return "Propensity scores of both groups before matching"
    words = next(w for least, w in MATCHED.items() if share.value >= least)
    words = EVERYONE if data.everyone else words
    kept = "kept by its filters" if data.filtered else "with usable records"
    words = words.format(noun=data.noun, kept=kept)
    return f"{words} matched to people with similar scores"


def _most(data: Data, group: str) -> tuple[Number, str] | None:
    """Give the largest share of a group and its band; None where any is not shown."""
    shares = [(band.share(group), band.label) for band in data.bands]
    if not shares or not shown(*(share for share, _ in shares)):
        return None
    return max(shares, key=lambda pair: pair[0].value)


def alternative(data: Data) -> str:
    """Give the band in which most of each group are, and the headline."""
    parts = ["Bars of the propensity score in both groups before matching."]
    for group, (name, *_) in GROUPS.items():
        most = _most(data, group)
        if most:
            parts.append(f"{name}: the largest band is {most[1]}, with {most[0].text}.")
    if not all(_most(data, group) for group in GROUPS):
        parts.append("Some shares are not shown.")
    return " ".join([*parts, f"{headline(data)}."])


def table(data: Data) -> tuple[list[str], list[list[Any]]]:
    """Give one row a band of the score: per cent of each group."""
    columns = ["Propensity score", *(f"{name}, %" for name, *_ in GROUPS.values())]
    rows = [[band.label, *(band.share(g) for g in GROUPS)] for band in data.bands]
    return columns, rows


def draw(data: Data, narrow: bool) -> Figure:
    """Draw bars to both sides of the bands' names, highest scores at the top."""
    bands = data.bands[::-1]
    height = BAND * len(bands)
    figure, main = common.canvas(narrow, TOP + height + 30)
    label = max([common.text_width(band.label) for band in bands] + [90])
    middle = common.full_width(narrow) / 2
    start, width = middle + label / 2 + 10, middle - label / 2 - 10 - VALUE
    values = [
        band.share(g).value for band in bands for g in GROUPS if shown(band.share(g))
    ]
    end = max([*values, 1])
    for group, (name, colour, side) in GROUPS.items():
        left = start if side == "right" else VALUE
        axes = _axes(figure, left, width, height, (end, side))
        _bars(axes, [band.share(group) for band in bands], colour)
        towards = 1 if side == "right" else -1
        edge = middle + towards * (label / 2 + 10)
        align, other = ("left", "right") if side == "right" else ("right", "left")
        common.line(main, (edge, edge), (TOP, TOP + height), common.INK, over=2)
        # a phone has no room for the name beside the axis, but at the outer side
        outer = common.NARROW if side == "right" else 0
        place = (outer, other) if narrow else (edge, align)
        common.text(main, place[0], 16, name, common.HEADING, bold=True, align=place[1])
        where = {"gid": "axislabel", "align": place[1]}
        common.axis_text(main, place[0], 36, "% of the group", **where)
        for row, band in enumerate(bands):
            share = band.share(group)
            length = width * share.value / end if shown(share) else 0
            x, y = edge + towards * (length + 6), TOP + BAND * (row + 0.5) + 5
            common.text(main, x, y, share.text, align=align)
    for row, band in enumerate(bands):
        y = TOP + BAND * (row + 0.5) + 5
        common.text(main, middle, y, band.label, align="center", gid="tick_y")
    foot = TOP + height + 20
    common.axis_text(main, middle, foot, "Propensity score", "axislabel")
    return figure


def _axes(
    figure: Figure, left: float, width: float, height: float, scale: tuple[float, str]
) -> Axes:
    """Give axes for the bars of one group, from nothing to the largest share."""
    wide, high = (inches * 72 for inches in figure.get_size_inches())
    x, y = left + common.EDGE, high - TOP - height
    axes = figure.add_axes((x / wide, y / high, width / wide, height / high))
    end, side = scale
    axes.set_xlim((0, end) if side == "right" else (end, 0))
    axes.set_ylim(height / BAND - 0.5, -0.5)
    axes.axis("off")
    return axes


def _bars(axes: Axes, shares: list[Number], colour: str) -> None:
    import seaborn  # slow to import, and nothing else needs it

    limits = axes.get_xlim(), axes.get_ylim()
    weights = [share.value if shown(share) else 0 for share in shares]
    style = {"color": colour, "alpha": 1, "linewidth": 0, "shrink": SHARE}
    rows = list(range(len(shares)))
    seaborn.histplot(y=rows, weights=weights, discrete=True, ax=axes, **style)
    axes.set_xlim(limits[0])
    axes.set_ylim(limits[1])
    axes.axis("off")
