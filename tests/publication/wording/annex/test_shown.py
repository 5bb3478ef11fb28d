"""Definitions and questions on the page, and that every measure has its own."""

import pytest
from support.small_report import plain

from helpers.publication.wording import WORDS
from helpers.publication.wording.annex import measures
from helpers.publication.wording.annex.standards import standards
from helpers.request.measures.standard import STANDARD


def test_every_standard_measure_says_how_it_is_worked_out():
    needed = {row.adds_up or row.name for row in STANDARD.values()}
    assert set(measures.STANDARD) == needed
    assert all("{within}" in text for text in measures.STANDARD.values())


@pytest.mark.parametrize(("least", "words"), [(60, "sixty"), (12, "twelve")])
def test_standards_say_the_limits_of_the_method_in_words(least, words):
    # method.md, section 4: well at 5, reasonably at 10 per cent; section 3: 80%
    said = dict(standards(least, some=True, several=False))
    assert "more than five per cent" in said["Well matched"]
    assert "ten per cent in place of five" in said["Reasonably matched"]
    assert "more than ten per cent" in said["Poorly matched"]
    assert f"at least {words} people" in said["Main point"]
    assert "eight in ten" in said["Main point"]
    # of several analyses main points show those that the request names
    assert "headline" not in said["Main point"]
    several = dict(standards(least, some=True, several=True))["Main point"]
    assert "an analysis that the request names as a headline" in several
    # section 5: thirty reoffenders
    assert "at least thirty people" in said["Measures about some people only"]
    assert "Measures about some people only" not in dict(
        standards(60, some=False, several=False)
    )


def test_own_words_are_text_in_definitions_and_answers():
    shown = WORDS["definitions"]({"terms": [["<b>A term", "a & b"]]})
    assert "<b>" not in shown and "&lt;b&gt;A term" in shown
    asked = WORDS["questions"]({"questions": [["Is <i> so?", ["No, ", "a < b."]]]})
    assert plain(asked) == "Is &lt;i&gt; so? No, a &lt; b."
    assert asked.startswith("<h3>")
