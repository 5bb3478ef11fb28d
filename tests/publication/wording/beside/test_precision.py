"""What size of difference could be found, in words: every kind, with every state."""

import re
from dataclasses import replace

import pytest
from support.small_words import KINDS, measure, number

from helpers.publication.numbers import Number
from helpers.publication.wording.beside.precision import precision


def said(one, noun="people", detectable=7.2, needed="z", margin="", side=""):
    data = {
        "measure": one,
        "noun": noun,
        "detectable": number("detectable", detectable, "size"),
        "people_needed": needed
        if isinstance(needed, Number)
        else number("needed", needed, "count"),
        "margin": number("margin", margin, "setting") if margin else "",
        "beside_margin": Number("side", side, "text") if side else "",
    }
    return re.sub(r"<[^>]+>", "", precision(data).replace("</p><p>", " "))


SIZES = {
    "rate": "7 in every 100 people",
    "frequency": "7 proven reoffences for every 100 people",
    "days": "7 days",
    "amount": "£7",
}


@KINDS
def test_the_smallest_difference_is_told_in_what_it_is_counted_in(kind):
    text = said(measure(kind))
    assert text == (
        f"An analysis of this size would usually (four times in five) find a "
        f"difference of {SIZES[kind]}; a smaller one could be missed."
    )


@KINDS
@pytest.mark.parametrize("found", ["withheld", "none"])
def test_a_result_that_is_not_shown_has_no_size(kind, found):
    side = {"margin": 2, "side": "within it"}
    assert said(measure(kind, found), **side) == ""


@KINDS
@pytest.mark.parametrize("state", ["c", "z"])
def test_a_size_that_is_not_shown_is_not_told(kind, state):
    assert said(measure(kind), detectable=state, needed=state) == ""


def test_nobody_is_needed_to_find_a_difference_of_nought():
    one = measure("rate", behind=(40.2, 40.2, -5.0, 5.0, 1.0))
    assert "If the true difference" not in said(one, needed=10_000)


def test_people_needed_are_those_of_the_analysis():
    one = measure("rate", "inconclusive")
    assert "about 10,000 men in the programme would have" in said(
        one, "men", needed=10_000
    )
    many = Number("needed", "more than 100,000")
    assert "more than one hundred thousand people in the programme" in said(
        one, needed=many
    )


@KINDS
@pytest.mark.parametrize(
    ("side", "words"),
    [
        ("within it", "Any difference is likely to be no larger than the "),
        ("partly within it", "The interval reaches beyond the "),
        ("beyond it", "The whole interval lies beyond the "),
    ],
)
@pytest.mark.parametrize("found", ["decrease", "increase", "inconclusive", "untested"])
def test_a_margin_has_the_words_of_its_side(kind, side, words, found):
    text = said(measure(kind, found), margin=1, side=side)
    assert words in text
    assert {"rate": "1 in", "days": "1 day ", "amount": "£1"}.get(kind, "1 ") in text
    assert "no effect" not in text and "1 days" not in text


@pytest.mark.parametrize(
    ("unit", "words"),
    [("£", "of £7;"), ("£ a week", "of £7 a week;"), ("weeks", "of 7 weeks;")],
)
def test_an_amount_has_its_unit(unit, words):
    one = replace(measure("days"), kind="amount", unit=unit)
    assert words in said(one)
