"""What is said of the earlier year, in each state of its numbers."""

import re

import pytest
from support.small_words import measure

from helpers.publication.wording.robustness import earlier

WHY = "The data do not tell of an earlier year."


def said(found, analysis="", **changes):
    text = earlier.earlier(
        {
            "analysis": analysis,
            "noun": "people",
            "measure": measure("rate", found, reason=WHY, **changes),
        }
    )
    return re.sub(r"</?(data|span|strong)[^>]*>", "", text)


def test_a_difference_that_is_not_significant_gives_no_sign_and_rules_nothing_out():
    text = said("inconclusive")
    assert (
        "In that year 40 in every 100 people in the programme committed an offence that"
        " was proven by then. Among people who did not take part, and whose records up "
        "to that year were similar, it was 42 in every 100." in text
    )
    assert "could be 6 fewer to 3 more for every 100 people, and is not" in text
    assert "gives no sign that the groups already differed. It cannot rule it" in text


@pytest.mark.parametrize(
    ("found", "size"),
    [("increase", "is 6 more, and could be 2 to 11 more, for every 100 people."),
     ("decrease", "is 6 fewer, and could be 2 to 11 fewer, for every 100 people.")],
)  # fmt: skip
def test_a_significant_one_means_that_the_groups_already_differed(found, size):
    text = said(found)
    assert f"The difference {size} It is statistically significant." in text
    assert "already differed in ways that the records of that date do not" in text
    assert "no sign" not in text


def test_too_few_for_a_test_is_no_finding():
    text = said("untested")
    assert "Too few people offended in that year, or did not, for a test." in text
    assert "no sign" not in text and "not statistically" not in text


def test_where_there_is_none_it_says_why_and_that_nothing_is_known():
    text = said("none")
    assert text.startswith("<p>Whether the two groups already differed in an earlier")
    assert text.endswith(f"is not known. {WHY}</p>")
    assert "in every 100" not in text


def test_hidden_numbers_are_not_told():
    text = said("withheld")
    assert text.endswith("What was found is not shown, to protect people.</p>")
    assert WHY not in text


def test_each_of_several_analyses_is_named():
    assert said("inconclusive", "Men").startswith("<p>Men. What people did before")
