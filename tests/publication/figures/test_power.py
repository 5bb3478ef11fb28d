"""The power figure: what is found by how many are sent, in both forms."""

import pytest
from support.figure_words import boxes, number, outside, overlapping

from helpers.publication.facts.in_tables import Size
from helpers.publication.figures import FIGURES

FIGURE = FIGURES["power"]


def size(people, reduction, tested=True):
    return Size(
        number(f"{people}.people", people, "count"),
        number(f"{people}.analysed", people, "count"),
        number(f"{people}.reduction", reduction, "mean"),
        number(f"{people}.after", 1.0, "size"),
        tested,
    )


def data(unit, asked=8, least=1):
    sizes = [
        size(unit * i, "z" if i < least else 60 / i**0.5, i > asked / 2)
        for i in range(1, 25)
    ]
    return FIGURE.Data(sizes, sizes[asked - 1])


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize(
    "drawn", [data(1), data(31, asked=1), data(31, asked=24), data(125_000),
              data(5, least=9)],
)  # fmt: skip
def test_words_fit_and_do_not_lie_over_each_other(drawn, narrow):
    found, whole = boxes(FIGURE.draw(drawn, narrow))
    assert overlapping(found) == []
    assert outside(found, whole) == []


def test_the_headline_says_what_would_be_found():
    assert FIGURE.headline(data(31)) == (
        "With 248 people, a fall of 21.2 points would usually be found"
    )
    few = data(5, least=9)
    assert FIGURE.headline(few) == "40 people would be too few to find a fall"


def test_the_alternative_gives_both_ends():
    assert FIGURE.alternative(data(10)) == (
        "The smallest fall that would usually be found goes from 60.0 points with 10 "
        "people to 12.2 points with 240 people."
    )
