"""Summary bar: how many analyses found a decrease, an increase, or could not tell."""

from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.publication.figures import common
from helpers.publication.figures.marks import MARKS, draw_mark, shown
from helpers.publication.figures.results.hatching import hatch
from helpers.publication.numbers import Number

PARTS = ("decrease", "inconclusive", "increase")
FOUND = {
    "decrease": "found a decrease",
    "inconclusive": "were inconclusive",
    "increase": "found an increase",
}
HATCH = "#8A8A8A"
HEIGHT, GAP = 52, 5
SHARE = 500  # room for the words on the hatched share


@dataclass(frozen=True)
class Data:
    """What the bar is drawn from: counts of analyses, as of a month."""

    when: str
    total: Number
    decrease: Number
    inconclusive: Number
    increase: Number
    lower_frequency: Number

    def count(self, part: str) -> Number:
        """Give how many analyses are in a part of the bar."""
        return {
            "decrease": self.decrease,
            "inconclusive": self.inconclusive,
            "increase": self.increase,
        }[part]


def _all_shown(data: Data) -> bool:
    total = data.total
    return shown(total, *(data.count(part) for part in PARTS)) and total.value > 0


def headline(data: Data) -> str:
    """Give the commonest finding when more than half of the analyses share it."""
    total = data.total
    if not _all_shown(data):
        return f"Findings of the analyses completed by {data.when}"
    part = max(PARTS, key=lambda name: data.count(name).value)
    if data.count(part).value * 2 <= total.value:
        return f"What {total.text} analyses had found by {data.when}"
    return (
        f"{data.count(part).text} of the {total.text} analyses by {data.when} "
        f"{FOUND[part]}"
    )


def alternative(data: Data) -> str:
    """Give the split in words and numbers."""
    return (
        f"Bar of {data.total.text} analyses by {data.when}: "
        f"{data.decrease.text} statistically significant decreases, "
        f"{data.inconclusive.text} inconclusive, {data.lower_frequency.text} of "
        "these with a statistically significant lower frequency of reoffending, and "
        f"{data.increase.text} statistically significant increases."
    )


def table(data: Data) -> tuple[list[str], list[list[Any]]]:
    """Give one row a finding; the lower frequency is part of the inconclusive row."""
    rows = [
        [MARKS["decrease"].words, data.decrease],
        [MARKS["inconclusive"].words, data.inconclusive],
        [
            "Part of the inconclusive: statistically significant lower frequency",
            data.lower_frequency,
        ],
        [MARKS["increase"].words, data.increase],
        [f"All analyses by {data.when}", data.total],
    ]
    return ["Finding on the one-year proven reoffending rate", "Analyses"], rows


def draw(data: Data, narrow: bool) -> Figure:
    """Draw one bar in three parts, each named above it."""
    whole = _all_shown(data)
    spans = _spans(data, narrow) if whole else {}
    keyed = narrow or not whole or not _named_above(spans)
    top = 76 if keyed else 50
    below = 32 + 18 * len(_share_words(data, narrow))
    figure, axes = common.canvas(narrow, top + HEIGHT + below)
    if keyed:
        _key(axes, data)
    else:
        _names(axes, spans)
    if not whole:
        words = "The counts are not shown: [c]"
        common.text(axes, 0, top + 32, words, common.VALUE)
        return figure
    for part in PARTS:
        _part(axes, data.count(part), part, spans[part], top)
    if shown(data.lower_frequency) and data.inconclusive.value:
        _of_which(axes, data, spans["inconclusive"], top, narrow)
    return figure


def _named_above(spans: dict[str, tuple[float, float]]) -> bool:
    """Tell whether the middle part starts where its name has room above it."""
    return 180 <= spans["inconclusive"][0] <= 215


def _spans(data: Data, narrow: bool) -> dict[str, tuple[float, float]]:
    """Tell where each part of the bar starts and how wide it is."""
    present = [part for part in PARTS if data.count(part).value]
    scale = common.full_width(narrow) - GAP * (len(present) - 1)
    spans, x = {}, 0.0
    for part in PARTS:
        width = scale * data.count(part).value / data.total.value
        spans[part] = (x, width)
        x += width + (GAP if part in present else 0)
    return spans


def _part(
    axes: Axes, number: Number, part: str, span: tuple[float, float], top: float
) -> None:
    x, width = span
    if not width:
        return
    mark = MARKS[part]
    if mark.filled:
        common.box(axes, x, top, width, HEIGHT, fill=mark.colour)
    else:
        edge = {"edge": mark.colour, "stroke": 2}
        common.box(axes, x + 1, top + 1, width - 2, HEIGHT - 2, **edge)
    size = common.LARGE
    while size > 14 and common.text_width(number.text, size, True) > width - 2:
        size -= 2
    colour, gid = ("white", "ondark") if part == "increase" else (common.INK, "value")
    style = {"bold": True, "colour": colour, "gid": gid}
    room = width - common.text_width(number.text, size, True)
    if part == "inconclusive" or room < 28:
        # the hatched share lies at the left of the inconclusive part
        style["align"] = "center"
        common.text(axes, x + width / 2, top + 35, number.text, size, **style)
        return
    common.text(axes, x + 14, top + 35, number.text, size, **style)


def _of_which(
    axes: Axes,
    data: Data,
    span: tuple[float, float],
    top: float,
    narrow: bool,
) -> None:
    """Hatch the inconclusive analyses that found a lower frequency, and say so."""
    start, width = span
    share = data.lower_frequency.value / data.inconclusive.value
    end = start + width * share
    inside = (start + 2, end, top + 2, top + HEIGHT - 2)
    hatch(axes, inside, HATCH)
    common.line(axes, (end, end), (top, top + HEIGHT), MARKS["inconclusive"].colour)
    y = top + HEIGHT + 6
    for xs, ys in (
        ((start, start), (y, y + 7)),
        ((end, end), (y, y + 7)),
        ((start, end), (y + 7, y + 7)),
    ):
        common.line(axes, xs, ys)
    x = 0 if narrow or start > common.WIDE - SHARE else start
    for number, words in enumerate(_share_words(data, narrow)):
        common.text(axes, x, y + 25 + 18 * number, words)


def _share_words(data: Data, narrow: bool) -> list[str]:
    words = (
        f"{data.lower_frequency.text} of the {data.inconclusive.text}: fewer "
        "reoffences per person (statistically significant)"
    )
    return common.wrap(words, common.NARROW if narrow else SHARE)


def _names(axes: Axes, spans: dict[str, tuple[float, float]]) -> None:
    """Name the parts above the bar, the outer two in two lines."""
    for part, ends in (("decrease", "left"), ("increase", "right")):
        right = ends == "right"
        edge = common.WIDE if right else 0
        draw_mark(axes, part, edge - 8 if right else 6, 17)
        words = ("Statistically", f"significant {part}")
        x = edge - 22 if right else 20
        for number, word in enumerate(words):
            common.text(axes, x, 22 + 17 * number, word, bold=True, align=ends)
    x = spans["inconclusive"][0]
    draw_mark(axes, "inconclusive", x + 7, 34)
    common.text(axes, x + 20, 39, "Inconclusive: not enough evidence", bold=True)


def _key(axes: Axes, data: Data) -> None:
    """Draw the parts with their counts above a narrow bar."""
    texts = {
        "decrease": "statistically significant decreases",
        "inconclusive": "inconclusive: not enough evidence",
        "increase": "statistically significant increases",
    }
    for number, (part, words) in enumerate(texts.items()):
        y = 14 + 21 * number
        draw_mark(axes, part, 6, y - 5)
        common.text(axes, 20, y, f"{data.count(part).text} {words}", bold=True)
