"""What follows a finding among the main points: by place, and beside the margin."""

import re

import pytest
from support.small_words import data, measure, number

from helpers.publication.numbers import Number, Place
from helpers.publication.wording import WORDS
from helpers.publication.wording.findings import headline_sentence

DECREASE = (40.2, 46.4, -11.3, -1.6, 0.0173)
WIDER = (40.2, 46.4, -13.4, 1.2, 0.09)
TABLE = Place("sites-all", "Table 11")
NO_LONGER = (
    "When people helped in one place are taken together, this is no longer "
    "statistically significant (Table 11)."
)
SMALL = (
    "Any difference is likely to be no larger than the 8 in every 100 people that the "
    "request takes as too small to matter: the whole interval lies within it."
)


def said(words, one, **beside):
    text = WORDS[words](data(one, beside={one.outcome: beside}))
    return plain(text)


def plain(text):
    return re.sub(r"<[^>]+>", "", text).replace("\xa0", " ")


def by_place(first, second):
    beside = {"by_site": measure(behind=second), "table": TABLE}
    return {
        words: said(words, measure(behind=first), **beside)
        for words in ("main_points", "can_say")
    }


def margin(side):
    return {
        "margin": number("margin", 8, "setting"),
        "beside_margin": Number("side", None if side in "cz" else side, "text",
                                side if side in "cz" else "shown"),
    }  # fmt: skip


def test_a_finding_that_is_lost_by_place_says_so():
    for text in by_place(DECREASE, WIDER).values():
        assert f"This is a statistically significant result. {NO_LONGER}" in text


def test_it_says_so_at_the_top_of_the_page_too():
    one = measure(behind=DECREASE)
    beside = {"by_site": measure(behind=WIDER), "table": Place("sites-all", "")}
    text = headline_sentence(data(one, beside={one.outcome: beside}))
    assert text.endswith("this is no longer statistically significant.")


def test_a_measure_that_stands_among_others_says_so():
    first, often = measure(), measure("frequency", behind=DECREASE)
    beside = {"by_site": measure("frequency", behind=WIDER), "table": TABLE}
    given = data(first, often, beside={often.outcome: beside})
    assert plain(WORDS["main_points"](given)).count(NO_LONGER) == 1


def test_an_interval_that_becomes_narrower_is_told_without_a_verdict():
    """Words of a verdict would be held against the numbers of the main interval."""
    for text in by_place(WIDER, DECREASE).values():
        assert (
            "When people helped in one place are taken together, the whole interval is "
            "on one side: 2 to 11 fewer (Table 11)." in text
        )
        assert "statistically significant" not in text


@pytest.mark.parametrize(
    "second", [DECREASE, ("c",) * 5, ("z",) * 5, (*WIDER[:4], "z"), (*WIDER[:4], "c")]
)
def test_a_finding_that_stays_or_is_hidden_by_place_says_nothing(second):
    for text in by_place(DECREASE, second).values():
        assert "in one place" not in text


@pytest.mark.parametrize("words", ["main_points", "can_say"])
def test_an_interval_within_the_margin_is_told(words):
    one = measure(found="inconclusive")
    assert SMALL in said(words, one, **margin("within it"))
    for side in ("partly within it", "beyond it", "c", "z"):
        assert "too small to matter" not in said(words, one, **margin(side))


@pytest.mark.parametrize("found", ["withheld", "none"])
def test_a_measure_that_is_not_shown_tells_no_margin(found):
    text = said("main_points", measure(found=found), **margin("within it"))
    assert "too small to matter" not in text
