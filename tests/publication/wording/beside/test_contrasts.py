"""Sub-groups compared with each other, in words."""

import re

import pytest
from support.small_words import measure

from helpers.publication.wording.beside import contrasts

ONE_PAIR = "does not show by itself that the two differ"


def said(*behind, kind="rate", noun="people", **changes):
    """The sentence on a pair: both differences, the interval and p of their gap."""
    pair = {
        "first": "Men",
        "second": "Women",
        "noun": noun,
        "measure": measure(kind, behind=behind, of_some=False, **changes),
    }
    text = re.sub(r"</?(data|span)[^>]*>", "", contrasts.contrasts({"pairs": [pair]}))
    assert ONE_PAIR in text
    return re.findall(r"<li>(.*?)</li>", text)


NOT_KNOWN = (
    "This is not statistically significant: more people would need to be analysed to "
    "know whether the two differ."
)


def test_one_significant_and_the_other_not_need_not_differ():
    assert said(-6, -2, -11, 3, 0.26) == [
        "One-year proven reoffending rate: for “Men” the difference is 6 fewer, for "
        "“Women” 2 fewer, for every 100 people. That is 4 fewer for “Men” than for "
        f"“Women”, with an interval of 11 fewer to 3 more. {NOT_KNOWN}"
    ]


def test_two_that_differ_are_told_so_on_either_side():
    assert said(-6, 4, -17, -3, 0.01)[0].endswith(
        "for “Men” the difference is 6 fewer, for “Women” 4 more, for every 100 "
        "people. That is 10 fewer for “Men” than for “Women”, with an interval of 3 to "
        "17 fewer. This is evidence that the two differ."
    )
    assert said(4, -6, 3, 17, 0.01)[0].endswith(
        "That is 10 more for “Men” than for “Women”, with an interval of 3 to 17 more. "
        "This is evidence that the two differ."
    )


def test_times_and_numbers_for_every_100():
    assert said(-12, 1, -40, 14, 0.4, kind="days") == [
        "Time to first reoffence: for “Men” the difference is 12 days shorter, for "
        "“Women” 1 day longer. That is 13 days shorter for “Men” than for “Women”, "
        f"with an interval of 40 days shorter to 14 days longer. {NOT_KNOWN}"
    ]
    [often] = said(12, -1, -14, 40, 0.4, kind="frequency")
    assert (
        "12 more, for “Women” 1 fewer, for every 100 people. That is 13 more" in often
    )


def test_an_amount_is_told_in_its_unit():
    [text] = said(120, -40, 20, 300, 0.02, kind="amount", unit="£", title="Earnings")
    assert text == (
        "Earnings: for “Men” the difference is £120 higher, for “Women” £40 lower. "
        "That is £160 higher for “Men” than for “Women”, with an interval of £20 to "
        "£300 higher. This is evidence that the two differ."
    )


def test_a_gap_that_is_printed_as_nought_has_no_side():
    [text] = said(-5, -5, -9, 9, 0.93)
    assert "The two are almost the same, with an interval of 9 fewer to 9 more" in text


def test_a_gap_that_the_printed_differences_do_not_make_is_before_rounding():
    [text] = said(-5.6, -2.3, -9, 2, 0.2)  # printed 6, 2 and 3
    assert "3 fewer for “Men” than for “Women”, taken before rounding, with" in text


def test_too_few_to_test_is_no_conclusion():
    [text] = said(-6, 2, -17, 1, "z")
    assert text.endswith("so it is not known whether they differ.")


@pytest.mark.parametrize("state", ["c", "z"])
def test_what_is_not_shown_of_either_is_not_compared(state):
    assert said(*(state,) * 5) == []
    pair = {"first": "Men", "second": "Women", "noun": "people"}
    data = {"pairs": [pair | {"measure": measure(behind=(state,) * 5)}]}
    assert contrasts.NOT_SHOWN in contrasts.contrasts(data)


def test_the_names_of_a_request_cannot_become_markup():
    bad = "<b>Men</b>"
    pair = {"first": bad, "second": bad, "noun": bad, "measure": measure()}
    assert "<b>" not in contrasts.contrasts({"pairs": [pair]})
