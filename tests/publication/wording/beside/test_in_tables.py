"""What stands in a table in words."""

from typing import get_args

import pytest
from bs4 import BeautifulSoup
from support import small_words

from helpers.publication.facts.in_tables import Interval, Note, Printed, Sources
from helpers.publication.figures import measure_blocks
from helpers.publication.numbers import Number
from helpers.publication.wording import findings, verdicts
from helpers.publication.wording.beside import contrasts, in_tables
from helpers.publication.wording.beside.in_tables import in_cell, told_of_rows

#: verdicts behind which there is a test
WITH_P = ("decrease", "increase", "inconclusive")


def number(value, form="fewer", state="shown"):
    return Number("all.rate.x", value, form, state)


def text(low, high, form="fewer", words=("fewer", "more")):
    cell = in_cell(Interval(number(low, form), number(high, form), *words))
    return cell.text


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (-8.0, 1.0, "8 fewer to 1 more"),
        (-8.0, -2.0, "2 to 8 fewer"),
        (2.0, 8.0, "2 to 8 more"),
        (-8.0, 0.0, "0 to 8 fewer"),
        (0.0, 8.0, "0 to 8 more"),
        (-0.2, 13.0, "0.2 fewer to 13 more"),  # it rounds to zero, and has a side
        (-3.2, -2.8, "about 3 fewer"),
        (0.0, 0.0, "0"),
        (-0.0, 2.0, "0 to 2 more"),
    ],
)
def test_an_interval_has_words_in_the_place_of_a_minus(low, high, said):
    assert text(low, high) == said


def test_a_frequency_has_two_decimals_and_days_are_shorter_or_longer():
    assert text(-0.12, 0.034, "frequency_fewer") == "0.12 fewer to 0.03 more"
    assert text(-12.0, 3.0, "shorter", ("shorter", "longer")) == (
        "12 shorter to 3 longer"
    )


def test_an_amount_has_the_decimals_of_its_unit():
    words = ("lower", "higher")
    assert text(-120.0, 40.0, "lower", words) == "120 lower to 40 higher"
    assert text(-1.5, -0.3, "lower_tenth", words) == "0.3 to 1.5 lower"


def test_a_ratio_lies_on_no_side():
    assert text(0.6, 1.06, "frequency", ("", "")) == "0.60 to 1.06"


def test_each_end_says_which_number_it_is():
    cell = in_cell(Interval(number(-8.0), number(1.0), "fewer", "more"))
    assert cell.count('data-ref="all.rate.x"') == 2
    assert cell.startswith('<span><data value="-8.0"')


@pytest.mark.parametrize(("state", "shown"), [("c", "[c]"), ("z", "[z]")])
def test_an_interval_that_is_not_shown_has_its_symbol(state, shown):
    hidden = number(None, state=state)
    assert in_cell(Interval(number(1.0), hidden, "fewer", "more")).text == shown


def test_a_note_names_its_rows_where_there_are_others():
    assert told_of_rows(Note("Few.", ["Men", "", "Women", "Men"], True)) == (
        "Men; Women: Few."
    )
    assert told_of_rows(Note("Few.", ["Men"], False)) == "Few."
    assert told_of_rows(Note("Few.", [""], True)) == ""
    assert told_of_rows("As it is.") == "As it is."


@pytest.mark.parametrize(
    ("values", "noted"),
    [
        ((35.0, 42.0, -7.0), False),
        ((35.0, 42.0, -6.0), True),  # 35.4 and 41.6
        ((25.0, 25.0, -0.3), True),
        ((None, 25.0, -0.3), False),
    ],
)
def test_values_that_give_another_difference_are_noted(values, noted):
    forms = ("per_100", "per_100", "fewer")
    row = Printed("Men", *map(number, values, forms))
    assert bool(told_of_rows(Note("Rounded.", [row], True))) is noted


def test_every_verdict_has_its_words_wherever_words_go_by_the_verdict():
    every = set(get_args(verdicts.Verdict))
    shown = every - {"withheld", "none"}
    assert set(verdicts.TAGS) == every
    assert set(in_tables.SIGNIFICANT) == shown
    assert set(measure_blocks.MEANS) == shown
    of_kinds = [findings.BRIEF, findings.BRIEF_TIME, findings.BRIEF_AMOUNT]
    assert all(set(brief) == {*WITH_P} for brief in of_kinds)
    assert {*contrasts.MEANS} == shown - {"open"}


@pytest.mark.parametrize("kind", small_words.STANDARD)
@pytest.mark.parametrize(
    ("behind", "said"),
    [
        ((40, 46, "z", "z", "z"), "Not tested"),
        ((40, 46, -12, 1, "z"), "Not tested"),
        ((40, 46, -12, 1, 0.2), "No: inconclusive"),
    ],
)
def test_whether_a_difference_is_significant_is_told_of_every_one(kind, behind, said):
    assert in_cell(small_words.measure(kind, behind=behind)) == said


@pytest.mark.parametrize(
    ("source", "href", "said"),
    [
        ("https://www.gov.uk/a?b=1&c=2", "https://www.gov.uk/a?b=1&c=2", "gov.uk"),
        ("CI: http://example.org/x", "http://example.org/x", "CI: example.org"),
        # what a reader sees is where the link leads
        ("https://gov.uk@example.org/", "https://gov.uk@example.org/", "example.org"),
        ('https://example.org/"onclick="x', 'https://example.org/"onclick="x',
         "example.org"),
        ("javascript:alert(1)", None, "javascript:alert(1)"),
        ("JavaScript:https://example.org", None, "JavaScript:https://example.org"),
        ("data:text/html,<b>x</b>", None, "data:text/html,<b>x</b>"),
        ("http://[", None, "http://["),
        ("read at https://example.org", None, "read at https://example.org"),
        ("a paper report", None, "a paper report"),
    ],
)  # fmt: skip
def test_nothing_but_an_address_of_the_web_is_a_link(source, href, said):
    cell = in_cell(Sources([source]))
    page = BeautifulSoup(cell, "html.parser")
    links = page.find_all("a")
    assert [link["href"] for link in links] == ([href] if href else [])
    assert all(set(link.attrs) == {"href", "rel"} for link in links)
    assert (page.get_text(), cell.addresses) == (said, source)
