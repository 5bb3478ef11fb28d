"""Counts by type and finding as bars: each part as wide as its count."""

import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from support.figure_words import boxes, number, outside, overlapping

from helpers.publication.facts.published import Counted
from helpers.publication.figures.marks import MARKS
from helpers.publication.figures.results import tally, verdict_bars

LONG = "Support for people who leave prison, with a home, work and a mentor for a year"


def counted(label, *counts):
    """Decreases, inconclusive results, increases, and figures that were not found."""
    found = {
        name: number(f"{label} {name}", count, "count")
        for name, count in zip(MARKS, counts, strict=True)
    }
    hidden = any(count == "c" for count in counts)
    total = number(f"{label} all", "c" if hidden else sum(counts), "count")
    none = number(f"{label} n", 0, "count")
    return Counted(found, total, none, none, none, none, label=label)


def data(*rows, measure="rate"):
    totals = zip(*([n.value for n in r.counts.values()] for r in rows), strict=True)
    total = counted("", *(sum(filter(None, column)) for column in totals))
    return verdict_bars.Data("By intervention type", list(rows), total, measure)


CASES = {
    "one type": [counted("Courts", 1, 2, 3, 4)],
    "one verdict": [counted("Courts", 5, 0, 0, 0), counted("Mentoring", 3, 0, 0, 0)],
    "uneven": [counted("Courts", 0, 0, 0, 1), counted(LONG, 37, 90, 7, 150)],
    "a type of this study alone": [
        counted("Courts", 0, 0, 0, 0), counted(LONG.replace(" ", "-"), 1, 0, 1, 0)
    ],
}  # fmt: skip


@pytest.mark.parametrize("module", [verdict_bars, tally], ids=["bars", "tally"])
@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("rows", CASES.values(), ids=CASES)
def test_every_word_can_be_read(module, rows, narrow):
    made = data(*rows)
    found, whole = boxes(module.draw(made, narrow))
    assert overlapping(found) == []
    assert outside(found, whole) == []
    assert [row[0] for row in module.table(made)[1]] == [
        *(row.label for row in rows),
        "All types",
    ]


def widths(figure, colour):
    """Widths of the filled parts of a colour, after the one in the key."""
    return [
        patch.get_width()
        for patch in figure.axes[0].patches
        if isinstance(patch, Rectangle)
        and to_hex(patch.get_facecolor()) == colour.lower()
    ][1:]


def test_parts_are_as_wide_as_their_counts_and_the_largest_type_fills_the_room():
    made = data(counted("Courts", 20, 0, 0, 0), counted("Mentoring", 10, 0, 5, 0))
    figure = verdict_bars.draw(made, True)
    # 350 px for 20 results: 17.5 each, less the 2 px between parts
    assert widths(figure, MARKS["decrease"].colour) == [348.0, 173.0]
    assert widths(figure, MARKS["increase"].colour) == [85.5]


def test_the_table_has_every_count_and_their_totals():
    made = data(counted("Courts", 1, 2, 0, 4), counted("Mentoring", 3, 0, 1, 0))
    columns, rows = verdict_bars.table(made)
    assert columns == [
        "Type", "Decrease", "Inconclusive", "Increase", "Finding not known",
        "All results",
    ]  # fmt: skip
    assert [[getattr(cell, "text", cell) for cell in row] for row in rows] == [
        ["Courts", "1", "2", "0", "4", "7"],
        ["Mentoring", "3", "0", "1", "0", "4"],
        ["All types", "4", "2", "1", "4", "11"],
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([(1, 2, 0, 4), (3, 0, 1, 0)], "Courts has most results, 7 of 11"),
        ([(2, 2, 0, 0), (3, 0, 1, 0)], "number of results by what they found"),
        ([(1, 2, 0, 4)], "number of results by what they found"),
        ([(1, "c", 0, 4), (3, 0, 1, 0)], "number of results by what they found"),
    ],
)
def test_a_headline_names_a_type_that_has_more_than_every_other(rows, said):
    names = ("Courts", "Mentoring")
    made = [counted(name, *row) for name, row in zip(names, rows, strict=False)]
    assert verdict_bars.headline(data(*made)) == f"By intervention type: {said}"


@pytest.mark.parametrize("module", [verdict_bars, tally], ids=["bars", "tally"])
@pytest.mark.parametrize("narrow", [False, True])
def test_the_key_has_what_is_drawn_and_no_more(module, narrow):
    made = data(counted("Courts", 5, 2, 0, 0))
    said = {text.get_text() for text in module.draw(made, narrow).axes[0].texts}
    assert {MARKS["decrease"].words, MARKS["inconclusive"].words} <= said
    assert not {MARKS["increase"].words, MARKS["not_found"].words} & said
