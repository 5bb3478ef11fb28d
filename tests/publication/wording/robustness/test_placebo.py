"""What is said of made-up programmes, and of a result among them."""

import pytest
from support.figure_words import number
from support.small_report import plain

from helpers.publication.wording.robustness.placebo import placebo


def said(large=9, of=200, groups=200, fewer=False, none="", rounded=False):
    return plain(
        placebo(
            {
                "none": none,
                "groups": number("g", groups, "count"),
                "estimated": number("e", of, "count"),
                "as_large": number("l", large, "count"),
                "fewer_people": fewer,
                "rounded": rounded,
            }
        )
    )


@pytest.mark.parametrize(
    ("large", "of", "start"),
    [
        (9, 200, "9 of them came to a difference as large as the real one or larger"),
        (0, 200, "None of them came to"),
        (200, 200, "All of them came to"),
        (9, 180, "9 of the 180 that could be estimated came to"),
    ],
)
def test_how_many_are_as_large(large, of, start):
    text = said(large, of)
    assert "we made up 200 programmes of people who were not in this one" in text
    assert f" {start}" in text
    assert "cannot show whether the groups differed in ways that nobody" in text
    assert "fewer people than the real one" not in text


def test_smaller_programmes_vary_more():
    text = said(fewer=True)
    assert "has fewer people than the real one" in text
    assert "chance moves it more. 9 of them came to" in text


def test_it_is_said_how_programmes_are_compared():
    assert "than others. They are compared by their p-values. The fewer" in said()
    rounded = said(rounded=True)
    assert "their p-values, rounded as they would be printed. The fewer" in rounded


@pytest.mark.parametrize("large", ["c", None])
def test_a_result_that_is_hidden_or_has_no_test_is_not_placed(large):
    """In the same words, or they would tell that few people have the outcome."""
    text = said(large, "c")
    assert "Where the real result lies among them is not shown." in text
    assert "we made up programmes of people" in text  # no table would have how many
    assert "The fewer there are" not in text


@pytest.mark.parametrize(
    ("none", "why"),
    [
        ("small pool", "too few people to draw"),
        ("few", "too few were asked for, or could be"),
    ],
)
def test_why_there_are_none(none, why):
    assert why in said(none=none)
