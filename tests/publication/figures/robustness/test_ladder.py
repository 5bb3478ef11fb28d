"""The ladder figure: each estimate with its interval, and what they say together."""

import pytest
from support.figure_words import boxes, number, outside, overlapping

from helpers.publication.facts.doubts import Rung
from helpers.publication.figures import FIGURES, svg

FIGURE = FIGURES["ladder"]
LABELS = (
    "Everyone, needs left out",
    "People with an assessment (OASys), needs left out",
    "The same people, needs taken in",
)
#: difference and limits of three estimates
LOWER = ((-7, -12, -2), (-8, -14, -2), (-9, -14, -3))
BOTH = ((-7, -12, -2), (-4, -10, 2), (3, -3, 9))
NONE = ((-2, -7, 3), (-1, -7, 5), (0, -6, 6))
HIGHER = ((40, 31, 49), (38, 27, 49), (44, 33, 55))


def ladder(estimates, kind="rate", people=(430, 366, "c")):
    side = {"days": "shorter", "amount": "lower"}.get(kind, "fewer")
    per = {"rate": "in every 100 people", "days": "days", "amount": "£"}[kind]
    unit = "£" if kind == "amount" else ""
    rungs = [
        Rung(
            label,
            number(f"n{i}", n, "count"),
            *(number(f"{end}{i}", v, side) for end, v in zip("dlh", of, strict=True)),
            number(f"m{i}", of[0], side) if i else "",
            main=i == 0,
        )
        for i, (label, of, n) in enumerate(zip(LABELS, estimates, people, strict=True))
    ]
    return FIGURE.Data(kind, "One-year proven reoffending rate", per, rungs, unit)


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("kind", ["rate", "days", "amount"])
@pytest.mark.parametrize("estimates", [LOWER, BOTH, NONE, HIGHER])
def test_words_fit_and_do_not_lie_over_each_other(estimates, kind, narrow):
    found, whole = boxes(FIGURE.draw(ladder(estimates, kind), narrow))
    assert overlapping(found) == []
    assert outside(found, whole) == []


@pytest.mark.parametrize(
    ("estimates", "found"),
    [
        (LOWER, "lower in the programme in all three estimates"),
        (HIGHER, "higher in the programme in all three estimates"),
        (NONE, "all three intervals include no difference"),
        (BOTH, "two of three intervals include no difference"),
    ],
)
def test_the_headline_says_where_the_intervals_lie(estimates, found):
    head = FIGURE.headline(ladder(estimates))
    assert head == f"One-year proven reoffending rate: {found}"


def test_an_amount_has_its_unit_in_the_intervals():
    rows = FIGURE.table(ladder(BOTH, "amount"))[1]
    assert [row[3] for row in rows] == [
        "£2 to £12 lower",
        "£10 lower to £2 higher",
        "£3 lower to £9 higher",
    ]


def test_of_an_estimate_that_is_not_shown_nothing_is_drawn_or_told():
    hidden = ladder((LOWER[0], ("c",) * 3, ("z",) * 3))
    assert (
        FIGURE.headline(hidden) == "One-year proven reoffending rate, estimated again"
    )
    rows = FIGURE.table(hidden)[1]
    assert [row[3] for row in rows] == ["2 to 12 fewer", "[c]", "[z]"]
    axes = FIGURE.draw(hidden, narrow=False).axes[0]
    dots = [line for line in axes.lines if line.get_marker() == "o"]
    assert len(dots) == 1


def test_every_estimate_is_in_the_text_alternative_and_the_table():
    data = ladder(LOWER)
    assert FIGURE.alternative(data) == (
        "One-year proven reoffending rate, in every 100 people, 95% intervals. "
        "Everyone, needs left out: 2 to 12 fewer; People with an assessment (OASys), "
        "needs left out: 2 to 14 fewer; The same people, needs taken in: 3 to 14 fewer."
    )
    columns, rows = FIGURE.table(data)
    assert len(columns) == len(rows[0]) == 5
    assert rows[0][4] == "[z]"
    assert [row[1].text for row in rows] == ["430", "366", "[c]"]


def test_the_same_data_are_the_same_drawing():
    drawn = [svg(FIGURE.draw(ladder(LOWER), narrow=False), "k", "a") for _ in "ab"]
    assert drawn[0] == drawn[1]
