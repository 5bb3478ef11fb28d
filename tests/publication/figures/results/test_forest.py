"""The forest of a type: whatever was printed can be read, and is in the table."""

import re

import pytest
from support.figure_words import (
    boxes,
    number,
    outside,
    overlapping,
    printed,
    table_numbers,
)

from helpers.publication.facts.published import Result
from helpers.publication.figures.results import forest

LONG = (
    "The Association of Voluntary Organisations for Resettlement in the Northern Region"
)
WORD = "Resettlement-and-Through-the-Gate-Support-for-People-Who-Leave-Prison-Each-Year"


def result(label, difference, low=None, high=None, **parts):
    """A published result; a computed or a printed interval where limits are given."""
    kind = parts.pop("interval", "none" if low is None else "printed")
    limits = {} if low is None else {
        "ci_low": number(f"{label} low", low, "size"),
        "ci_high": number(f"{label} high", high, "size"),
    }  # fmt: skip
    people = parts.pop("n", None)
    return Result(
        label=label,
        organisation=parts.pop("organisation", "An Organisation"),
        published=parts.pop("published", "Jan 2014"),
        interval=kind,
        difference=number(label, difference, "size"),
        n=None if people is None else number(f"{label} n", people, "count"),
        finding=parts.pop("finding", "inconclusive"),
        **limits,
        **parts,
    )


def own(difference=-6.0, low=-11.0, high=-1.0, p=0.02):
    numbers = {"difference": difference, "ci_low": low, "ci_high": high}
    return Result(
        label="Mentoring",
        organisation="This Service",
        published="this report",
        interval="own",
        n=number("own n", 412, "count"),
        p_value=number("own p", p, "p"),
        **{name: number(f"own {name}", v, "size") for name, v in numbers.items()},
    )


ROWS = {
    "far apart": [result("One", -40, -62, -18), result("Two", 30, 4, 56)],
    "tied": [result(name, -4) for name in ("One", "Two", "Three")],
    "long names": [
        result(LONG, -4, -9, 1, organisation=LONG, n=19807, interval="computed"),
        result(WORD, 3, organisation=WORD),
    ],
    "about so many": [result("One", -7, -8, -6, n=6000, n_about=True)],
    "an interval alone": [result("One", -6.6, -13, -0.2, middle=True)],
    "none": [result("One", 0.0), result("Two", 0.0)],
    "this study alone": [own()],
    "two of this study": [own(), own(4.0, -1.0, 9.0, 0.1), result("One", -2)],
    "without an interval": [own("z", "z", "z", "z"), result("One", -2)],
    "this study hidden": [own("c", "c", "c", "c"), result("One", -2)],
    "far to one side": [result("One", 60, 55, 65), result("Two", 90)],
    "far to the other": [result("One", -90, -95, -85)],
}


@pytest.mark.parametrize("measure", ["rate", "frequency"])
@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
def test_every_word_can_be_read_and_every_number_is_in_the_table(rows, narrow, measure):
    data = forest.Data("Substance misuse", rows, measure)
    figure = forest.draw(data, narrow)
    found, whole = boxes(figure)
    assert overlapping(found) == []
    assert outside(found, whole) == []
    have = table_numbers(forest, data) | {100.0}
    for text in figure.axes[0].texts:
        if not re.match("tick_|axislabel", text.get_gid() or ""):
            assert printed(text.get_text()) <= have
    assert len(forest.table(data)[1]) == len(rows)
    assert len(forest.alternative(data)) <= 400


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([-4], "one difference, 4 fewer in every 100 people"),
        ([-1, -4], "two differences, from 4 fewer to 1 fewer in every 100 people"),
        ([-4, 0, 3], "three differences, from 4 fewer to 3 more in every 100 people"),
        ([1, 0], "two differences, from 0 to 1 more in every 100 people"),
        ([-4, -4], "two differences, both 4 fewer in every 100 people"),
        ([2, 2, 2], "three differences, all 2 more in every 100 people"),
        ([0], "one difference, 0 in every 100 people"),
        ([0.0, 0.0041], "two differences, both 0 in every 100 people"),
        ([-4] * 12 + [1], "thirteen differences, from 4 fewer to 1 more in every"),
        ([], "differences"),
    ],
)
def test_a_headline_gives_the_range_and_counts_no_directions(values, said):
    rows = [result(f"Row {place}", value) for place, value in enumerate(values)]
    data = forest.Data("Courts", [own(), *rows])
    assert forest.headline(data).startswith(f"Courts: {said}")
    part = forest.Data("Courts", [own(), *rows], which="part 2 of 3")
    assert forest.headline(part).startswith(f"Courts, part 2 of 3: {said}")


def test_a_row_says_the_difference_its_interval_and_where_that_is_from():
    rows = [
        result("One", -7, -8, -5, n=3085),
        result("Two", -5, -7, -3, interval="computed", n=6000, n_about=True),
        result("Three", -4),
        result("Four", -6.6, -13, -0.2, middle=True),
    ]
    figure = forest.draw(forest.Data("Courts", rows), False)
    said = [text.get_text() for text in figure.axes[0].texts]
    for words in (
        ["3,085", "7 fewer", "5 to 8 fewer"],
        ["about\u00a06,000", "5 fewer", "3 to 7 fewer", "computed"],
        ["4 fewer", "no interval"],
        ["0.2 to 13 fewer", "interval alone"],
    ):
        place = said.index(words[0])
        assert said[place : place + len(words)] == words


def test_parts_of_a_type_have_one_scale():
    ends = [number("low", -40, "size"), number("high", 30, "size")]
    scales = [
        forest.lay_out([result("One", value)], False, ends) for value in (-40, 2, 30)
    ]
    assert {(scale.low, scale.high) for scale in scales} == {(-41, 31)}


def test_the_key_has_what_is_drawn_and_no_more():
    data = forest.Data("Courts", [result("One", -4, finding="not_found")])
    said = {text.get_text() for text in forest.draw(data, True).axes[0].texts}
    assert {"Finding not known", "No interval printed"} <= said
    assert not {"Interval as printed", "Inconclusive"} & said


def test_a_text_alternative_gives_range_findings_and_this_study():
    rows = [
        own(),
        result("One", -7, finding="decrease"),
        result("Two", 2),
        result("Three", -4),
    ]
    assert forest.alternative(forest.Data("Courts", rows)) == (
        "Forest plot of three differences, from 7 fewer to 2 more in every 100 people: "
        "one decrease, two inconclusive. The table beneath lists each. This study: 1 "
        "to 11 fewer, decrease."
    )
    often = forest.Data("Courts", [result("One", -29)], "frequency")
    assert forest.headline(often) == (
        "Courts: one difference, 29 fewer reoffences per 100 people"
    )


def test_the_table_tells_how_each_difference_is_known():
    rows = [
        result("One", -7),
        result("Two", -5, from_rates=True),
        result("Three", -6.6, -13, -0.2, middle=True),
    ]
    told = [row[4] for row in forest.table(forest.Data("Courts", rows))[1]]
    assert told == [
        "7 fewer",
        "5 fewer (from the rates)",
        "7 fewer (middle of the interval)",
    ]
