"""Results taken together: each with its interval, their mean, and a new programme."""

from dataclasses import dataclass
from typing import Any

from matplotlib.figure import Figure

from helpers.publication.facts.in_tables import Interval
from helpers.publication.facts.published import Taken
from helpers.publication.figures.marks import shown
from helpers.publication.figures.robustness import rows
from helpers.publication.numbers import Number
from helpers.publication.wording.beside.in_tables import in_cell
from helpers.publication.wording.intervals import drawn_interval
from helpers.publication.wording.results.pooled import clear

#: results that are drawn one by one; of more, what they come to is drawn alone
MOST_DRAWN = 25

SIDES = ("Fewer reoffended", "More reoffended")
SHAPES = {"mean": "diamond", "new": "line"}


@dataclass(frozen=True)
class Data:
    """What it is drawn from: results in order, and what they come to."""

    title: str
    rows: list[Taken]


def _means(data: Data) -> list[Taken]:
    return [row for row in data.rows if row.what == "mean"]


#: what stands beneath a new programme's name, beside those of others
LIKE_THESE = "if it is like these"


def _beneath(row: Taken) -> list[Any]:
    """Give what stands beneath a row's label, in pieces."""
    if row.what == "new":
        return [LIKE_THESE]
    return [row.count, " results"] if row.count else [row.beneath]


def headline(data: Data) -> str:
    """Say what the results come to together."""
    found = [row for row in _means(data) if shown(row.ci_low, row.ci_high, row.count)]
    if not found:
        return f"{data.title}: what results come to together"
    row = found[0]
    said = drawn_interval(row.ci_low, row.ci_high)
    if not clear(row):
        said += ", which is inconclusive"
    ours = " with this study" if _ours(data) else ""
    return f"{data.title}: {row.count.text} results{ours} together, {said}"


def _ours(data: Data) -> bool:
    """Tell whether there is no mean but that with this study."""
    study = [number for number, row in enumerate(data.rows) if row.what == "study"]
    mean = [number for number, row in enumerate(data.rows) if row.what == "mean"]
    return bool(study) and study[0] < mean[0]


def alternative(data: Data) -> str:
    """Give what the results come to, each mean with its interval."""
    told = (
        f"{row.label}: {drawn_interval(row.ci_low, row.ci_high)}"
        for row in data.rows
        if row.what in SHAPES
    )
    count = sum(row.what == "result" for row in data.rows)
    return (
        f"Forest plot of {count} published results taken together, people in every "
        f"100, 95% intervals. {'; '.join(told)}."
    )


def table(data: Data) -> tuple[list[str], list[list[Any]]]:
    """Give one row a result, a mean or a new programme, in the order of the chart."""
    columns = ["Result", "Whose, or of how many",
               "95% interval, people in every 100"]  # fmt: skip
    cells = [
        [
            row.label,
            in_cell(_beneath(row)),
            in_cell(Interval(row.ci_low, row.ci_high, "fewer", "more")),
        ]
        for row in data.rows
    ]
    return columns, cells


def draw(data: Data, narrow: bool) -> Figure:
    """Draw each result and what they come to; of very many that alone."""
    many = sum(row.what == "result" for row in data.rows) > MOST_DRAWN
    lines = [
        rows.Line(
            row.label,
            "".join(getattr(part, "text", part) for part in _beneath(row)),
            drawn_interval(row.ci_low, row.ci_high),
            row.mean or _middle(row),
            row.ci_low,
            row.ci_high,
            main=row.what == "study",
            shape=SHAPES.get(row.what, "dot"),
        )
        for row in data.rows
        if not (many and row.what == "result")
    ]
    return rows.drawn(lines, "rate", "people in every 100", narrow=narrow, sides=SIDES)


def _middle(row: Taken) -> Number:
    """Give where a result's mark stands: the middle of its interval as printed."""
    if not shown(row.ci_low, row.ci_high):
        return row.ci_low
    return Number("", (row.ci_low.value + row.ci_high.value) / 2, "size")
