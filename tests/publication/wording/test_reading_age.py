"""Whoever reads the main points needs to be no older than twelve.

By the formula of Flesch and Kincaid as textstat has it, whose grade is five less than
an age. Read are sentences: no tag, no question that names a point, no pointer to a
table, and a list as one sentence an item.
"""

import itertools
import re

import pytest
import textstat
from bs4 import BeautifulSoup
from support.small_words import NOT_HEADLINED, data, measure
from support.truth_table import TABLE, the_measure

from helpers.publication.wording import WORDS

OLDEST = 12
GRADE_TO_AGE = 5


def sentences(page):
    """What is read of main points: their headings and sentences, each with its end."""
    for label in page.select(".jdl-tag, li > p > strong:first-child, svg"):
        label.decompose()
    for part in page.find_all(["h3", "p"]):
        text = re.sub(r"\s+", " ", part.get_text()).strip()
        text = re.sub(r" \((?:Table|Figure)\s\d+\)", "", text)
        yield re.sub(r"(?<![.:;])$", ".", re.sub(r"[:;](?= )", ".", text))


def reading_age(markup):
    page = BeautifulSoup(markup, "html.parser")
    return textstat.flesch_kincaid_grade(" ".join(sentences(page))) + GRADE_TO_AGE


def test_the_formula_is_that_of_flesch_and_kincaid():
    """0.39 words a sentence + 11.8 syllables a word - 15.59, by hand."""
    # 9 words of one syllable in 2 sentences: 1.755 + 11.8 - 15.59
    assert textstat.flesch_kincaid_grade("The cat sat on it. He ran to me.") == (
        pytest.approx(-2.035, abs=0.01)
    )
    # 5 words, 9 syllables: un-cer-tain re-sults a-bout two men
    assert textstat.flesch_kincaid_grade("Uncertain results about two men.") == (
        pytest.approx(0.39 * 5 + 11.8 * 9 / 5 - 15.59, abs=0.01)
    )


@pytest.mark.parametrize("of", TABLE["cells"])
@pytest.mark.parametrize("case", TABLE["numbers"])
def test_main_points_are_for_readers_of_twelve(of, case):
    shown = the_measure(of, case)
    # what is measured of some people alone follows what is measured of everyone
    first = [] if "everyone" in of else [the_measure("rate of everyone", case)]
    age = reading_age(WORDS["main_points"](data(*first, shown)))
    assert age <= OLDEST


@pytest.mark.parametrize("why", NOT_HEADLINED)
def test_main_points_without_a_result_are_for_them_too(why):
    assert reading_age(WORDS["main_points"](data(measure(), **why))) <= OLDEST


def test_the_main_points_of_a_report_are_for_readers_of_twelve(shared):
    heading = BeautifulSoup(shared.report, "html.parser").select_one("#main-points")
    points = itertools.takewhile(
        lambda part: part.name != "h2", heading.find_next_siblings()
    )
    text = "".join(map(str, points))
    assert "in the programme" in text
    assert reading_age(text) <= OLDEST
