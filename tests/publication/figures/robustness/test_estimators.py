"""The forest of every way of comparing: words that fit, what each row says."""

import pytest
from support.figure_words import boxes, number, outside, overlapping

from helpers.publication.facts.doubts import Way
from helpers.publication.figures import FIGURES, svg
from helpers.publication.numbers import Number

FIGURE = FIGURES["estimators"]
LABELS = (
    "The main result",
    "The closest matches only",
    "Everyone in the pool, weighted by how likely each was to take part",
    "Found by a PNC id or prison number",
)
#: difference and limits
LOWER = ((-7, -12, -2),) * 4
BOTH = ((-7, -12, -2), (-4, -10, 2), (3, -3, 9), (7, 2, 12))
NONE = ((-2, -7, 3), (-1, -7, 5), (0, -6, 6), (1, -5, 7))
FAR = ((-40, -60, -20),) * 4  # no difference is at the right edge
HEAVY = "One person of the pool bears much of the weight"


def forest(estimates, kind="rate", people=(430, 410, 430, "c"), why=""):
    side = {"days": "shorter", "amount": "lower"}.get(kind, "fewer")
    per = {"rate": "in every 100 people", "days": "days", "amount": "£"}[kind]
    ways = [
        Way(
            f"way{i}",
            label,
            f"Estimator {i}",
            number(f"n{i}", n, "count"),
            number("n0", 430, "count"),
            *(number(f"{end}{i}", v, side) for end, v in zip("dlh", of, strict=True)),
            quality=Number("q", "poorly" if i == 2 else "well"),
            main=i == 0,
            exact=i in (0, 3),
            why=why if i == 1 else "",
            heed=HEAVY if i == 2 else "",
        )
        for i, (label, of, n) in enumerate(zip(LABELS, estimates, people, strict=True))
    ]
    return FIGURE.Data(kind, "One-year proven reoffending rate", per, ways, per)


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("kind", ["rate", "days", "amount"])
@pytest.mark.parametrize("why", ["", "It cannot be carried out with these people."])
@pytest.mark.parametrize("estimates", [LOWER, BOTH, NONE, FAR])
def test_words_fit_and_do_not_lie_over_each_other(estimates, kind, narrow, why):
    found, whole = boxes(FIGURE.draw(forest(estimates, kind, why=why), narrow))
    assert overlapping(found) == []
    assert outside(found, whole) == []


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("size", [1, 100, 100_000])
def test_an_amount_may_be_of_any_size(narrow, size):
    large = [tuple(size * value for value in of) for of in BOTH]
    found, whole = boxes(FIGURE.draw(forest(large, "amount"), narrow))
    assert overlapping(found) == []
    assert outside(found, whole) == []


@pytest.mark.parametrize(
    ("estimates", "found"),
    [
        (LOWER, "lower in the programme by all three other ways of comparing"),
        (NONE, "intervals of all three other ways include no difference"),
        ((LOWER[0], *BOTH[1:]), "higher in the programme by one of three other ways"),
        ((LOWER[0], LOWER[0], *BOTH[2:]), "three other ways of comparing do not agree"),
    ],
)
def test_the_headline_counts_whole_intervals(estimates, found):
    head = FIGURE.headline(forest(estimates))
    assert head == f"One-year proven reoffending rate: {found}"


def test_where_nothing_is_shown_the_headline_claims_nothing():
    hidden = forest((("c",) * 3,) * 4)
    head = "One-year proven reoffending rate, compared in other ways"
    assert FIGURE.headline(hidden) == head


def test_each_row_says_how_many_people_and_what_to_heed():
    columns, rows = FIGURE.table(forest(BOTH))
    assert len(columns) == len(rows[0]) == 6
    people = ["430", "about 410", "about 430, or more", "[c]"]
    assert [row[2].text for row in rows] == people
    assert [row[-1] for row in rows] == [
        "–",
        "–",
        f"Not alike enough: give it little weight. {HEAVY}",
        "–",
    ]


def test_a_row_without_an_estimate_says_why():
    reason = "Too few people may be left to tell of it."
    rows = FIGURE.table(forest((LOWER[0], ("z",) * 3, *LOWER[2:]), why=reason))[1]
    assert rows[1][4] == "No estimate"
    assert rows[1][5] == reason


def test_a_way_of_little_weight_is_hollow():
    axes = FIGURE.draw(forest(LOWER), narrow=False).axes[0]
    dots = [line for line in axes.lines if line.get_marker() == "o"]
    assert [dot.get_markerfacecolor() == "white" for dot in dots] == [
        False, False, True, False,
    ]  # fmt: skip


def test_the_same_data_are_the_same_drawing():
    drawn = [svg(FIGURE.draw(forest(LOWER), narrow=False), "k", "a") for _ in "ab"]
    assert drawn[0] == drawn[1]
