"""Estimators: the finding by every other way of comparing, one row each."""

from dataclasses import dataclass
from typing import Any

from matplotlib.figure import Figure

from helpers.publication.facts.doubts import Way
from helpers.publication.figures.robustness import rows
from helpers.publication.wording.beside import in_tables
from helpers.publication.wording.intervals import DIRECTIONS, drawn_interval
from helpers.publication.wording.number_words import in_words
from helpers.publication.wording.robustness.estimators import tally

LITTLE_WEIGHT = "Not alike enough: give it little weight"
NO_ESTIMATE = "No estimate"
NOTHING = "–"  # there is nothing to note


@dataclass(frozen=True)
class Data:
    """What the forest is drawn from: ways of comparing, and the measure."""

    kind: str
    title: str
    per: str
    ways: list[Way]
    unit: str = ""  # of an amount


def headline(data: Data) -> str:
    """Say how many whole intervals of other ways lie on one side of no difference."""
    count, many = tally(data.ways), in_words(tally(data.ways).ways)
    if not data.ways[0].shown or not count.ways:
        return f"{data.title}, compared in other ways"
    less, more = DIRECTIONS[data.kind]
    clear, side = max((count.clear_lower, less), (count.clear_higher, more))
    if count.ways == 1:
        said = f"{side} in the programme by the other way of comparing too"
        if not clear:
            said = "the interval of the other way of comparing includes no difference"
    elif not clear:
        said = f"intervals of all {many} other ways include no difference"
    elif count.clear > clear:
        said = f"{many} other ways of comparing do not agree"
    elif clear == count.ways:
        said = f"{side} in the programme by all {many} other ways of comparing"
    else:
        said = f"{side} in the programme by {in_words(clear)} of {many} other ways"
    return f"{data.title}: {said}"


def alternative(data: Data) -> str:
    """Give the main result, and from where to where the differences of others go."""
    main = _interval(data.ways[0], data)
    told = [f"{data.title}, {data.per}, 95% intervals. {data.ways[0].label}: {main}."]
    others = [way for way in data.ways if not way.main and way.shown]
    if others:
        ordered = sorted(others, key=lambda way: way.difference.value)
        ends = [way.difference.text for way in (ordered[0], ordered[-1])]
        reach = ends[0] if ends[0] == ends[1] else " to ".join(ends)
        count = in_words(len(others))
        told.append(f"Differences of {count} other ways of comparing: {reach}.")
    return " ".join(told)


def table(data: Data) -> tuple[list[str], list[list[Any]]]:
    """Give one row a way of comparing, in the order of the chart."""
    columns = ["Way of comparing", "For statisticians", "People in the programme",
               f"Difference, {data.per}", "95% interval", "Note"]  # fmt: skip
    cells = [
        [
            way.label,
            way.statistical,
            way.people if way.exact else in_tables.kept(way.kept),
            way.difference,
            _interval(way, data),
            way.why or ". ".join(_heeded(way)) or NOTHING,
        ]
        for way in data.ways
    ]
    return columns, cells


def draw(data: Data, narrow: bool) -> Figure:
    """Draw each way of comparing with its interval and about how many it keeps."""
    lines = [
        rows.Line(
            way.label,
            _beneath(way),
            _interval(way, data),
            way.difference,
            way.ci_low,
            way.ci_high,
            main=way.main,
            hollow=way.poor,
        )
        for way in data.ways
    ]
    return rows.drawn(lines, data.kind, data.per, narrow=narrow, gap=12)


def _interval(way: Way, data: Data) -> str:
    if way.why:
        return NO_ESTIMATE
    return drawn_interval(way.ci_low, way.ci_high, data.kind, data.unit)


def _beneath(way: Way) -> str:
    """Give how many people a way keeps, and that it counts for little."""
    if way.why:
        return way.why
    people, told = way.people, way.kept.shown
    about = "" if way.exact else "about\u00a0"
    more = ", or more" if way.kept.or_more and not way.exact else ""
    said = [f"{about}{people.text}\u00a0people{more}"] if told else []
    if not told and people.state == "c":
        said = [f"{way.people.text}\u00a0people"]
    return ". ".join([*said, *_heeded(way)])


def _heeded(way: Way) -> list[str]:
    said = [LITTLE_WEIGHT] if way.poor else []
    return [*said, way.heed] if way.heed else said
