"""The figure of results taken together: headline, text alternative, table, drawing."""

import re

import pytest

from helpers.publication.facts.published import Taken
from helpers.publication.figures import FIGURES, svg
from helpers.publication.numbers import Number

FIGURE = FIGURES["pooled"]


def size(value):
    if isinstance(value, str):
        return Number("x", None, "size", value)
    return Number("x", float(value), "size")


def row(what, label, low, high, count=None, beneath=""):
    mean = size((low + high) / 2) if count and not isinstance(low, str) else None
    number = Number("x", float(count)) if count else None
    return Taken(what, label, size(low), size(high), beneath, mean, number)


RESULTS = [
    row("result", "A course", -8, -6, beneath="A Trust, Sep 2015"),
    row("result", "Recruitment", -13, -0.2, beneath="B Trust, Jul 2014"),
    row("result", "A centre with a long name, and more of it", -9, -1),
]
MEAN = row("mean", "Mean of the published results", -9.1, -4.6, 3)
NEW = row("new", "A new programme", -12, 3)
STUDY = row("study", "This one", -12, -1, beneath="This Trust, this report")
WITH = row("mean", "Mean with this study", -8.5, -5.2, 4)
WHOLE = [*RESULTS, MEAN, NEW, STUDY, WITH]


def data(rows):
    return FIGURE.Data("Employment", rows)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (WHOLE, "Employment: 3 results together, 5 to 9 fewer"),
        (
            [*RESULTS, row("mean", "Mean", -7, 2, 3)],
            "Employment: 3 results together, 7 fewer to 2 more, which is inconclusive",
        ),
        (
            [*RESULTS[:2], STUDY, row("mean", "Mean with this study", 1, 4, 3)],
            "Employment: 3 results with this study together, 1 to 4 more",
        ),
        (
            [*RESULTS, row("mean", "Mean", "c", "c", 3)],
            "Employment: what results come to together",
        ),
        (RESULTS, "Employment: what results come to together"),
    ],
)
def test_the_headline_is_computed_and_has_a_neutral_form(rows, expected):
    assert FIGURE.headline(data(rows)) == expected


def test_the_text_alternative_says_what_they_come_to():
    said = FIGURE.alternative(data(WHOLE))
    assert said == (
        "Forest plot of 3 published results taken together, people in every 100, 95% "
        "intervals. Mean of the published results: 5 to 9 fewer; A new programme: "
        "12 fewer to 3 more; Mean with this study: 5 to 9 fewer."
    )
    assert len(said) <= 300


def test_the_table_has_every_row_in_order():
    _, rows = FIGURE.table(data(WHOLE))
    rows = [[re.sub("<[^>]+>", "", str(cell)) for cell in row] for row in rows]
    assert [r[0] for r in rows] == [
        "A course", "Recruitment", "A centre with a long name, and more of it",
        "Mean of the published results", "A new programme", "This one",
        "Mean with this study",
    ]  # fmt: skip
    assert [r[1] for r in rows[3:5]] == ["3 results", "if it is like these"]
    assert rows[1][1:] == ["B Trust, Jul 2014", "0.2 to 13 fewer"]


@pytest.mark.parametrize("narrow", [False, True])
def test_a_mean_is_a_diamond_from_end_to_end(narrow):
    figure = FIGURE.draw(data(WHOLE), narrow)
    diamonds = [p for p in figure.axes[0].patches if len(p.get_path().vertices) == 5
                and type(p).__name__ == "Polygon"]  # fmt: skip
    assert len(diamonds) == 2
    # on one scale with the results: −8 to −6 of the first is two people wide
    lines = [ln for ln in figure.axes[0].lines if ln.get_linewidth() == 2.5]
    first = lines[0].get_xdata()
    person = (first[1] - first[0]) / 2
    corners = diamonds[0].get_path().vertices[:, 0]
    assert max(corners) - min(corners) == pytest.approx(4.5 * person)
    assert svg(figure, "k", "x").count("<title") == 1


def test_of_very_many_results_only_what_they_come_to_is_drawn():
    rows = [row("result", f"Result {n}", -8, n / 10) for n in range(80)]
    small, large = (
        FIGURE.draw(data(some + [MEAN, NEW]), True).get_figheight()
        for some in (rows[:25], rows)
    )
    assert large < small / 4
    assert len(FIGURE.table(data(rows + [MEAN]))[1]) == 81
