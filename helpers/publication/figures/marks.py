"""How a finding is shown: a shape and a colour of its own, and words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from helpers.publication import colours
from helpers.publication.facts.published import Result
from helpers.publication.figures import common
from helpers.publication.numbers import Number
from helpers.publication.wording.verdicts import verdict


@dataclass(frozen=True)
class Mark:
    """The shape and colour of a finding, which differ from every other finding's."""

    words: str
    short: str
    colour: str
    shape: str
    size: float  # of a mark that is 12 px across
    filled: bool


MARKS = {
    "decrease": Mark(
        "Statistically significant decrease",
        "Decrease",
        colours.DECREASE,
        "s",
        12,
        True,
    ),
    "inconclusive": Mark(
        "Inconclusive", "Inconclusive", colours.INCONCLUSIVE, "o", 11.2, False
    ),
    "increase": Mark(
        "Statistically significant increase",
        "Increase",
        colours.INCREASE,
        "D",
        10.6,
        True,
    ),
    "not_found": Mark(
        "Finding not known",
        "Finding not known",
        colours.NONE,
        "x",
        9.4,
        False,
    ),
}


def shown(*numbers: Number) -> bool:
    """Tell whether every one of these numbers has been released and exists."""
    return all(n.state == "shown" and n.value is not None for n in numbers)


def finding(row: Result) -> str | None:
    """Give the finding of a row: as published, or of this study from its own numbers.

    None when this study's numbers are withheld or do not exist.
    """
    if not row.own:
        return row.finding
    found = verdict(row)
    if found in ("withheld", "none", "open"):
        return None
    return "inconclusive" if found == "untested" else found


def finding_words(row: Result) -> str:
    """Give the finding of a row for a table; `[c]` or `[z]` when it is not shown."""
    found = finding(row)
    return row.ci_low.text if found is None else MARKS[found].short


def study_names(studies: list[Result]) -> list[str]:
    """Tell what a sentence calls this study, or its analyses; a name may be long."""
    if len(studies) == 1:
        return ["This study"]
    return [study.label for study in studies]


def draw_mark(axes: Axes, found: str, x: float, y: float, scale: float = 1) -> None:
    """Put the mark of a finding with its middle at x, y."""
    mark = MARKS[found]
    axes.add_line(
        Line2D(
            [x],
            [y],
            linestyle="none",
            marker=mark.shape,
            markersize=mark.size * scale,
            markerfacecolor=mark.colour if mark.filled else "white",
            markeredgecolor=mark.colour,
            markeredgewidth=0 if mark.filled else 2,
            zorder=common.MARKS,
            clip_on=False,
            gid=f"mark-{found}-{len(axes.lines)}",
        )
    )


def used(rows: Iterable[Result]) -> list[str]:
    """Give the marks that some rows have, in the order of a key."""
    have = {finding(row) for row in rows}
    return [found for found in MARKS if found in have]


def key_entry(axes: Axes, found: str, x: float, y: float) -> None:
    """Draw a mark and what it stands for."""
    draw_mark(axes, found, x + 6, y - 5)
    common.text(axes, x + 20, y, MARKS[found].words)


def key_height(found: Sequence[str], narrow: bool) -> float:
    """Give the height of the key of these marks."""
    return 23.0 * -(-len(found) // (1 if narrow else 2))


def key(axes: Axes, found: Sequence[str], narrow: bool, top: float) -> float:
    """Draw the key of marks, in two columns where there is room; give its lower end."""
    columns = 1 if narrow else 2
    for place, name in enumerate(found):
        x = 300 * (place % columns)
        key_entry(axes, name, x, top + 15 + 23 * (place // columns))
    return top + key_height(found, narrow)
