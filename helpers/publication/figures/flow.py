"""Flow: from the lines submitted to the people analysed, and who was lost between.

Each stage and loss has its number and its share of those submitted.
"""

from dataclasses import dataclass, field
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from helpers.publication import colours
from helpers.publication.facts.groups import Step
from helpers.publication.figures import common
from helpers.publication.figures.marks import shown
from helpers.publication.numbers import READ_AS, Number

WASH = "#F3F2F1"
NUMBER = 24  # size of the number of a stage
BOX, LOSSES, INSET = 300, 342, 66  # width of a stage; left of losses, wide and narrow
STEM = 38  # x of the line from stage to stage
LINE = 19  # from one line of words to the next


@dataclass(frozen=True)
class Data:
    """What a flow is drawn from: stages, and between two of them the losses.

    `together` is the loss as which the hidden ones before the second stage are drawn,
    where how many they are together is shown.
    """

    end: str  # where those of the last stage are
    steps: list[Step]
    losses: list[list[Step]]
    together: list[Step] = field(default_factory=list)

    @property
    def drawn(self) -> list[list[Step]]:
        """The losses as they are drawn: those told together as one, the last."""
        if not self.together:
            return self.losses
        first, *later = self.losses
        return [[loss for loss in first if shown(loss.count)] + self.together, *later]


def _ends(data: Data) -> tuple[Number, Number]:
    return data.steps[0].count, data.steps[-1].count


def headline(data: Data) -> str:
    """Say how many of those submitted reach the last stage."""
    first, last = _ends(data)
    label = data.steps[0].label
    if not shown(first, last):
        return f"What became of the {label}"
    return f"{last.text} of the {first.text} {label} are {data.end}"


def alternative(data: Data) -> str:
    """Give the number at each stage, and the largest loss that is shown."""
    stages = [f"{_spoken(step.count)} {step.label}" for step in data.steps]
    words = f"Flow chart: {', then '.join(stages)}."
    known = [loss for part in data.drawn for loss in part if shown(loss.count)]
    if not known:
        return words
    top = max(known, key=lambda loss: loss.count.value)
    return f"{words} The largest loss shown: {top.count.text}, {top.label}."


def _spoken(number: Number) -> str:
    if shown(number):
        return number.text
    return f"{number.text} ({READ_AS[number.text]})"


def table(data: Data) -> tuple[list[str], list[list[Any]]]:
    """Give one row a stage or a loss, in the order of the chart."""
    rows = []
    for step, lost in zip(data.steps, [*data.drawn, []], strict=True):
        label = step.label[:1].upper() + step.label[1:]
        rows.append([label, step.count, step.share])
        rows += [[f"Left out: {loss.label}", loss.count, loss.share] for loss in lost]
    share = f"% of the {data.steps[0].label}"
    return ["Stage, or reason for being left out", "Number", share], rows


def _of(share: Number) -> str:
    """Give a share behind the words it belongs to; nothing where it is hidden."""
    return f" ({share.text})" if shown(share) else ""


def draw(data: Data, narrow: bool) -> Figure:
    """Draw a box a stage, one under the other; the losses beside or between them."""
    # laid out once to learn the height
    figure, axes = common.canvas(narrow, _layout(None, data, narrow))
    _layout(axes, data, narrow)
    return figure


def _layout(axes: Axes | None, data: Data, narrow: bool) -> float:
    y = 2.0
    for place, step in enumerate(data.steps):
        last = place == len(data.steps) - 1
        bottom = _stage(axes, data, step, y, narrow)
        if last:
            return bottom + 4
        lost = data.drawn[place]
        tall = _losses(None, lost, 0, narrow)
        y = bottom + max(tall + 20, 40)
        if axes:
            _arrow(axes, bottom, y)
            if lost:
                middle = (bottom + y) / 2 - 3
                _branch(axes, middle, narrow)
                _losses(axes, lost, middle - tall / 2, narrow)
    return y


def _stage(
    axes: Axes | None,
    data: Data,
    step: Step,
    y: float,
    narrow: bool,
) -> float:
    """Draw a stage's number and name in a box; give the y beneath it."""
    width, last = common.NARROW if narrow else BOX, step is data.steps[-1]
    texts = [s.count.text for s in data.steps]
    column = 16 + max(common.text_width(t, NUMBER, True) for t in texts)
    label = step.label + (_of(step.share) if step != data.steps[0] else "")
    lines = common.wrap(label, width - column - 26, bold=last)
    if not shown(step.count):
        lines += common.wrap(READ_AS[step.count.text], width - column - 26)
    height = max(50, 24 + LINE * len(lines))
    if axes:
        style = {"edge": colours.TREATMENT, "stroke": 2}
        fill = common.MAIN_ROW if last else "white"
        common.box(axes, 1, y, width - 2, height, fill=fill, over=common.GRIDS, **style)
        middle, colour = y + height / 2, colours.TREATMENT
        bold = {"bold": True, "align": "right", "colour": colour}
        common.text(axes, column, middle + 9, step.count.text, NUMBER, **bold)
        top = middle + 5 - LINE * (len(lines) - 1) / 2
        for number, words in enumerate(lines):
            common.text(axes, column + 14, top + LINE * number, words, bold=last)
    return y + height


def _losses(axes: Axes | None, lost: list[Step], y: float, narrow: bool) -> float:
    """Draw the losses between two stages; give the height of their box."""
    if not lost:
        return 0
    left = INSET if narrow else LOSSES
    width = common.full_width(narrow) - left
    texts = [loss.count.text for loss in lost]
    column = left + 12 + max(common.text_width(t, common.LABEL, True) for t in texts)
    room = left + width - column - 22
    reasons = [common.wrap(loss.label + _of(loss.share), room) for loss in lost]
    height = 16 + LINE * sum(map(len, reasons)) + 4 * (len(lost) - 1)
    if axes:
        common.box(axes, left, y, width, height, fill=WASH)
        line = y + 22
        for words, lines in zip(texts, reasons, strict=True):
            common.text(axes, column, line, words, bold=True, align="right")
            for reason in lines:
                common.text(axes, column + 12, line, reason)
                line += LINE
            line += 4
    return height


def _arrow(axes: Axes, top: float, bottom: float) -> None:
    """Draw an arrow from one stage down to the next."""
    style = {"over": common.UNDER + 0.5}
    common.line(axes, (STEM, STEM), (top, bottom - 8), colours.TREATMENT, 2, **style)
    _head(axes, [(STEM - 6, bottom - 10), (STEM + 6, bottom - 10), (STEM, bottom - 1)])


def _branch(axes: Axes, y: float, narrow: bool) -> None:
    """Draw a line from between two stages to the box of losses."""
    end = INSET if narrow else LOSSES - 8
    common.line(axes, (STEM + 1, end), (y, y), common.SOFT, 1.5)
    if not narrow:
        points = [(end - 2, y - 5), (end - 2, y + 5), (LOSSES - 1, y)]
        _head(axes, points, common.SOFT)


def _head(
    axes: Axes, points: list[tuple[float, float]], colour: str = colours.TREATMENT
) -> None:
    style = {"facecolor": colour, "linewidth": 0, "clip_on": False}
    axes.add_patch(Polygon(points, closed=True, zorder=common.GRIDS, **style))
