"""Measures in a line: what each came to, and no more than is shown."""

import pytest
from support.small_report import plain
from support.small_words import KINDS, VERDICTS, measure

from helpers.publication.numbers import Number
from helpers.publication.wording import WORDS
from helpers.publication.wording.measure import line


def said(*measures, name="Rate"):
    return plain(WORDS["line"]({"name": name, "measures": list(measures)}))


@pytest.mark.parametrize(
    ("kind", "found", "expected"),
    [
        # 40.2 and 46.4, the difference 6.2 fewer
        ("rate", "decrease", "40 and 46 in 100, 6 fewer"),
        ("rate", "increase", "46 and 40 in 100, 6 more"),
        ("frequency", "decrease", "lower"),
        ("days", "decrease", "40 and 46 days, 6 days shorter"),
        ("amount", "increase", "£46 and £40, £6 higher"),
        # how large a difference is stands in no line where it is not significant
        ("rate", "inconclusive", "40 and 42 in 100, inconclusive"),
        ("rate", "untested", "8 and 15 in 100, too few to test"),
        ("rate", "withheld", "not shown"),
        ("rate", "none", "not shown"),
    ],
)
def test_one_measure_has_both_values_and_what_they_come_to(kind, found, expected):
    assert said(measure(kind, found)) == f"Rate: {expected}"


@KINDS
@VERDICTS
def test_a_line_holds_no_symbol(kind, found):
    assert "[" not in said(measure(kind, found), measure(kind, "decrease"))
    assert "[" not in said(measure(kind, found))


def test_a_value_that_is_hidden_hides_the_other_in_the_line():
    one = measure(value_comparison=Number("c", None, "per_100", "c"))
    assert said(one) == "Rate: not shown"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (["decrease", "inconclusive", "decrease"], "two lower, one inconclusive"),
        (["increase", "withheld", "none"], "one higher, two not shown"),
        (["inconclusive"] * 3, "all inconclusive"),
        (["inconclusive"] * 2, "both inconclusive"),
    ],
)
def test_several_measures_are_counted_by_what_they_came_to(found, expected):
    assert said(*(measure(found=one) for one in found)) == f"Rate: {expected}"


def test_a_shorter_time_stands_after_what_is_lower():
    both = said(measure("days"), measure(), name="Other measures")
    assert both == "Other measures: one lower, one shorter"


@pytest.mark.parametrize(
    ("kind", "found", "expected"),
    [
        ("rate", "decrease", "Decrease"),
        ("days", "increase", "Longer"),
        ("amount", "decrease", "Lower"),
        ("rate", "inconclusive", "Inconclusive"),
        ("rate", "untested", "Too few to test"),
        ("rate", "withheld", "Hidden, to protect people"),
        ("rate", "none", "Not shown"),
    ],
)
def test_the_cell_of_a_finding_is_its_verdict(kind, found, expected):
    assert line.finding(measure(kind, found)) == expected


def test_own_words_are_escaped():
    given = {"name": "<b>Men</b>", "measures": [measure()]}
    assert WORDS["line"](given).startswith("&lt;b&gt;Men")
