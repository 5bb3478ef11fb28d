"""What is said of made-up programmes, and of a result among them."""

import pytest
from support.figure_words import number
from support.small_report import plain

from helpers.publication.wording.robustness.placebo import placebo


def said(far=9, of=200, groups=200, fewer=False, none="", large=22):
    return plain(
        placebo(
            {
                "none": none,
                "groups": number("g", groups, "count"),
                "estimated": number("e", of, "count"),
                "as_far": number("f", far, "count"),
                "as_large": number("l", large, "count"),
                "fewer_people": fewer,
            }
        )
    )


@pytest.mark.parametrize(
    ("far", "of", "start"),
    [
        (
            3,
            200,
            "3 of them came to a difference, in either direction, that stands out as "
            "much as the real one or more, allowing for how many people each has. "
            "The fewer there are, the harder it is to put the result down to chance. "
            "By size alone, 22 of them came to a difference as large",
        ),
        (0, 200, "None of them came to"),
        (200, 200, "All of them came to"),
        (9, 180, "9 of the 180 that could be estimated came to"),
    ],
)
def test_how_many_stand_out_as_much(far, of, start):
    text = said(far, of)
    assert "we made up 200 programmes of people who were not in this one" in text
    assert f" {start}" in text
    assert "cannot show whether the groups differed in ways that nobody" in text
    assert "fewer people than the real one" not in text


def test_smaller_programmes_vary_more():
    assert "has fewer people than the real one" in said(fewer=True)


def test_a_result_without_a_test_is_placed_by_its_size():
    text = said("z")
    assert "22 of them came to a difference as large as the real one" in text
    assert "The fewer there are" not in text


def test_a_hidden_result_is_not_placed():
    text = said("c", "c", large="c")
    assert "How the real result lies among them is hidden to protect people." in text
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
