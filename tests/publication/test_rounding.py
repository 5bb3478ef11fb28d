"""Rounded once, by hand: what is printed is all that is registered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.publication import rounding
from helpers.publication.cells import Cell
from helpers.publication.disclosure import rules
from helpers.publication.numbers import Number

DEFAULT = rules.profile("default", 10)
ROUNDED = rules.profile("rounded", 10)


def value(number, precision, profile=DEFAULT):
    cell = Cell("x", number, "derived", rounding=precision)
    return rounding.as_registered([cell], profile, {})[0].value


@pytest.mark.parametrize(
    ("number", "precision", "expected"),
    [
        (34.49, "whole", 34),
        (12.5, "whole", 13),  # halves go away from zero
        (-12.5, "whole", -13),
        (-0.4, "whole", 0),
        (2.35, "tenth", 2.4),
        (0.125, "hundredth", 0.13),
        (0.0707, "thousandth", 0.071),
        (-0.34, "limit", -0.3),  # a limit that would be nought keeps one decimal
        (-0.04, "limit", 0),
        (-0.5, "limit", -1),
        (90.4, "effective size", 90),
        (214.6, "effective size", 215),
        (1234.5, "effective size", 1230),
        (9954, "two figures", 10_000),
        (288.9, "two figures", 290),
        (0.0173, "p", 0.02),
        (0.0049, "p", 0.004),  # printed as below 0.01
        (0.005, "p", 0.01),
        (0.0498, "p", 0.0498),  # two or three decimals would be 0.05
        (0.0503, "p", 0.0503),
        (0.0468, "p", 0.047),
        (0.05, "p", 0.05),
    ],
)
def test_a_number_is_registered_as_it_is_printed(number, precision, expected):
    assert value(number, precision) == expected
    assert value(number, precision, None) == number  # open data keep their digits


@given(st.floats(0, 1))
def test_a_registered_p_is_printed_as_itself_and_stays_on_its_side(p):
    once = value(p, "p")
    assert (once <= 0.05) is (p <= 0.05)
    assert Number("p", once, "p").text == Number("p", p, "p").text


def test_counts_settings_and_words_are_as_they_are():
    given = [
        Cell("n", 123, "count"),
        Cell("s", 0.123456, "setting"),
        Cell("f", 4.567, "public"),
        Cell("w", "well", "derived"),
        Cell("z", None, "derived", rounding="whole"),
    ]
    assert rounding.as_registered(given, DEFAULT, {}) == given


def test_what_has_no_precision_or_no_people_is_refused_by_name():
    bad = [
        Cell("a.p", 0.02, "derived"),
        Cell("b", 12.0, "rate", 12, 100),
        Cell("c", 30.0, "mean", rounding="tenth"),
        Cell("d", 1.0, "derived", rounding="about"),
    ]
    with pytest.raises(ValueError) as error:
        rounding.as_registered(bad, DEFAULT, {})
    said = str(error.value)
    assert "cell a.p, b: it would be published with all its digits" in said
    assert "cell c: a cell without people" in said
    assert "cell d: its rounding must be one of exact, whole" in said
    with pytest.raises(ValueError, match="cell c: a cell without people"):
        rounding.as_registered(bad[:3], None, {})


# profile rounded: counts to five, and what follows from them ---------------------


@pytest.mark.parametrize(
    ("count", "expected"), [(0, 0), (2, 0), (3, 5), (7, 5), (8, 10), (12, 10), (13, 15)]
)
def test_counts_are_rounded_to_five_and_kept_as_counted(count, expected):
    [cell] = rounding.as_registered([Cell("n", count, "count")], ROUNDED, {})
    assert (cell.value, cell.numerator) == (expected, count)
    assert cell.some is (count > 0)


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (100 * 38 / 93, 42),  # 40 of 95, not 38 of 93, which is 41
        (41, 42),  # rounded already
        (44.7, 45),  # weighted: it stays
    ],
)
def test_a_share_is_that_of_rounded_counts(share, expected):
    cell = Cell("x", share, "rate", 38, 93, rounding="whole")
    assert rounding.as_registered([cell], ROUNDED, {})[0].value == expected


def test_shares_of_two_counts_follow_their_rounded_counts():
    counts = {"a": Cell("a", 38, "count"), "b": Cell("b", 93, "count")}
    of = Cell("of", 100 * 38 / 93, "derived", None, None, ("a", "b"), "", "whole")
    among = Cell("am", 100 * 38 / 131, "derived", None, None, ("a", "b"), "", "whole")
    found = rounding.as_registered([of, among], ROUNDED, counts)
    assert [cell.value for cell in found] == [42, 30]  # 40 of 95, 40 of 135
    size = Cell("e", 213.2, "derived", rounding="effective size")
    assert rounding.as_registered([size], ROUNDED, {})[0].value == 215
