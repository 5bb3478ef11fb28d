"""The lines of folds: what each finds, and less where a number is hidden."""

import re

import pytest
from support.small_words import number

from helpers.publication.facts.groups import Balance
from helpers.publication.numbers import Number
from helpers.publication.wording import WORDS


def said(words, **data):
    return re.sub("<[^>]+>", "", WORDS[words](data))


FLOW = {"listed": True, "open_data": False, "noun": "people"}


@pytest.mark.parametrize(
    ("submitted", "analysed", "changes", "expected"),
    [
        (600, 426, {}, "From 600 lines to 426 people: where each went"),
        (672, 590, {"listed": False}, "From 672 people to 590: where each went"),
        (600, "c", {}, "Where the 600 lines went, and why"),
        ("c", 426, {}, "Where everyone submitted went, and why"),
        ("c", "c", {"open_data": True}, "Where everyone in the data went, and why"),
        (600, None, {}, "600 lines submitted: where each went"),
    ],
)
def test_the_line_of_the_flow(submitted, analysed, changes, expected):
    data = FLOW | changes | {"submitted": number("s", submitted, "count")}
    if analysed is not None:
        data["n_treatment"] = number("n", analysed, "count")
    assert said("line_of_flow", **data) == expected


def row(label, after):
    return Balance(label, number("b", 9.0, "smd"), after)


def test_the_line_of_differences_names_the_largest_of_those_shown():
    small = row("Age", number("a", 1.2, "smd"))
    large = row("Sex: Male", number("x", -4.8, "smd"))
    hidden = row("Region: Wales", Number("r", None, "smd", "c"))
    told = said("line_of_largest", rows=[small, large], what="Needs")
    assert told == "Needs in full; largest 4.8% (Sex: Male)"
    told = said("line_of_largest", rows=[small, hidden], what="Differences")
    assert told == "Differences in full; largest of those shown 1.2% (Age)"
    digit = row("Grade: 3", number("g", 6.1, "smd"))
    told = said("line_of_largest", rows=[small, digit], what="Differences")
    assert told == "Differences in full; largest 6.1% (Grade)"
    told = said("line_of_largest", rows=[hidden], what="Needs")
    assert told == "How far the groups differ: hidden to protect people"


@pytest.mark.parametrize(
    ("words", "shown", "shown_as", "hidden_as"),
    [
        ("line_of_overlap", {"share_matched": (95.0, "per_cent")},
         "Where the groups overlap: 95% matched",
         "Where the groups overlap: share matched not shown"),
        ("line_of_sizes",
         {"n_treatment": (426, "count"), "n_comparison": (2439, "count")},
         "How people were matched: 426 to 2,439",
         "How people were matched: numbers not shown"),
    ],
)  # fmt: skip
def test_a_line_says_less_where_its_number_is_hidden(words, shown, shown_as, hidden_as):
    numbers = {n: number(n, value, form) for n, (value, form) in shown.items()}
    assert said(words, **numbers) == shown_as
    hidden = {n: Number(n, None, "count", "c") for n in shown}
    assert said(words, **hidden) == hidden_as


@pytest.mark.parametrize(
    ("needs", "whose"),
    [(False, "The programme’s people"), (True, "Needs of the programme’s people")],
)
def test_the_line_of_who_is_analysed_says_less_where_the_share_is_hidden(needs, whose):
    shown = number("s", 95.0, "per_cent")
    told = said("line_of_analysed", share_matched=shown, needs=needs)
    assert told == f"{whose}: 95% analysed, and all who could have been"
    hidden = Number("s", None, "per_cent", "c")
    told = said("line_of_analysed", share_matched=hidden, needs=needs)
    assert told == f"{whose}: those analysed, and all who could have been"


@pytest.mark.parametrize(
    ("quality", "expected"),
    [("well", "well matched"), ("poorly", "poorly matched"),
     (None, "balance not shown")],
)  # fmt: skip
def test_the_line_of_an_analysis_says_how_well_it_is_matched(quality, expected):
    found = Number("q", quality, "text", "shown" if quality else "c")
    assert said("line_matched", analysis="Women", match_quality=found) == (
        f"Women: {expected}"
    )


HOW_ALIKE = ("all", "alike", "nearly", "apart", "hidden")


def how_alike(*counts):
    """How many things there are, and how many are how alike."""
    numbers = zip(HOW_ALIKE, counts, strict=True)
    return {name: number(name, n, "count") for name, n in numbers}


@pytest.mark.parametrize(
    ("counts", "characteristics", "needs"),
    [
        ((5, 5, 0, 0, 0), "All 5 characteristics: all alike", "a need, all alike"),
        ((5, 2, 1, 1, 1),
         "All 5 characteristics: 2 alike, 1 nearly, 1 further apart, 1 not shown",
         "a need, 2 alike, 1 nearly, 1 further apart, 1 not shown"),
        ((1, 1, 0, 0, 0), "1 characteristic: alike", "a need, alike"),
        ((1, 0, 1, 0, 0), "1 characteristic: nearly alike", "a need, nearly alike"),
        ((1, 0, 0, 1, 0), "1 characteristic: further apart", "a need, further apart"),
        # the tables of an analysis of which nothing is shown may be left out
        ((2, 0, 0, 0, 2), "All 2 characteristics: not shown", "needs not shown"),
    ],
)  # fmt: skip
def test_one_thing_that_is_compared_is_no_several(counts, characteristics, needs):
    given = how_alike(*counts) | {"how_many": "a need"}
    told = said("line_of_alike", noun="characteristics", **given)
    assert told == characteristics
    assert said("line_of_needs", analysis="Women", **given) == f"Women: {needs}"


def test_a_need_is_compared_in_a_sentence():
    given = how_alike(1, 1, 0, 0, 0) | {"how_many": "one assessed need"}
    told = said("needs", analysis="All", several=False, **given)
    assert told.endswith("counted as 1 level. After matching: alike.")
