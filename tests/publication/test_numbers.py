"""How a number is written: method.md, section 9."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.publication import flat
from helpers.publication.facts.resolve import resolve
from helpers.publication.numbers import FORMATS, Number, pieces, refs_in
from helpers.request.limits import ALPHA

MINUS = "\N{MINUS SIGN}"


def text(format_, value):
    return Number("r", float(value), format_).text


@pytest.mark.parametrize(
    ("format_", "value", "expected"),
    [
        # rates and differences in whole per cent and points
        ("per_cent", 46.4, "46%"),
        ("per_cent", 100, "100%"),
        ("per_100", 46.5001, "47"),
        ("per_100", -6.2, f"{MINUS}6"),
        # minus zero is zero, in every format
        ("per_100", -0.4, "0"),
        ("per_cent", -0.2, "0%"),
        ("frequency", -0.004, "0.00"),
        ("mean", -0.04, "0.0"),
        ("smd", -0.04, "0.0"),
        ("decimals_3", -0.0004, "0.000"),
        ("days", -0.3, "0"),
        # a limit: its size alone; one that rounds to zero keeps one decimal
        ("size", -13.4, "13"),
        ("size", 0.2, "0.2"),
        ("size", -0.2, "0.2"),
        ("size", 0.5, "1"),
        ("size", 0.6, "1"),
        ("size", 0, "0"),
        ("size", 0.041, "0"),
        ("size", 0.04, "0.04"),  # the first figure of a significant result
        # a direction in words, since a screen reader drops a minus
        ("fewer", -8.7, "9 fewer"),
        ("fewer", 3.2, "3 more"),
        ("fewer", -0.2, "0.2 fewer"),
        ("fewer", 0, "0"),
        ("fewer", -0.041, "0"),
        ("shorter", 33.6, "34 longer"),
        ("shorter", -1234.4, "1,234 shorter"),
        ("smd_words", -2.44, "2.4 lower"),
        ("smd_words", 0.84, "0.8 higher"),
        ("smd_words", -0.04, "0.0"),
        ("amount_size", -0.2, "0"),  # as a table has it
        ("amount_size", -1157.4, "1,157"),
        ("amount_size_tenth", -2.04, "2"),
        ("margin", 5000, "5,000"),
        ("margin", 0.04, "0.04"),
        # frequency two decimals, days whole, p two decimals
        ("frequency", 1.234, "1.23"),
        ("days", 162.25, "162"),
        ("days", -23.46, f"{MINUS}23"),
        ("p", 0.0173, "0.02"),
        ("p", 0.47, "0.47"),
        ("p", 0.004, "<0.01"),
        ("p", 0, "<0.01"),
        ("p", 1, "1.00"),
        # thousands
        ("count", 5030, "5,030"),
        ("count", 1234567, "1,234,567"),
        ("days", -1234.4, f"{MINUS}1,234"),
        # balance, widths and settings
        ("smd", -5.91, f"{MINUS}5.9"),
        ("mean", 31.25001, "31.3"),
        ("frequency", 4.375001, "4.38"),
        ("decimals_3", 0.0384, "0.038"),
        ("setting", 0.05, "0.05"),
        ("setting", 10, "10"),
    ],
)
def test_a_number_is_written_by_its_format(format_, value, expected):
    assert text(format_, value) == expected


DECIMALS = {
    "count": 0,
    "per_cent": 0,
    "per_100": 0,
    "frequency": 2,
    "days": 0,
    "mean": 1,
    "smd": 1,
    "decimals_3": 3,
    "amount": 0,
    "amount_tenth": 1,
}


@given(
    st.sampled_from(sorted(DECIMALS)),
    st.floats(-1e6, 1e6, allow_subnormal=False),
)
def test_what_is_printed_is_the_number_to_half_a_unit(format_, value):
    printed = text(format_, value)
    assert re.fullmatch(rf"{MINUS}?\d{{1,3}}(,\d{{3}})*(\.\d+)?%?", printed)
    back = float(re.sub("[,%]", "", printed).replace(MINUS, "-"))
    assert abs(back - value) <= 0.5 * 10 ** -DECIMALS[format_] * (1 + 1e-6)
    assert not re.fullmatch(rf"{MINUS}[0.%]+", printed)


@given(st.floats(0.05, 1e5))
def test_a_limit_is_never_zero_and_has_no_sign(value):
    assert text("size", value) == text("size", -value)
    assert float(text("size", value).replace(",", "")) > 0


def test_every_format_of_the_kit_is_written_here():
    assert set(FORMATS) == {
        *DECIMALS,
        "limit",
        "size",
        "fewer",
        "shorter",
        "lower",
        "lower_tenth",
        "lower_tenths",
        "size_tenth",
        "size_tenths",
        "frequency_size",
        "frequency_fewer",
        "smd_words",
        "amount_size",
        "amount_size_tenth",
        "margin",
        "setting",
        "p",
        "weight",
    }


def test_a_share_of_weight_is_never_nought():
    assert [text("weight", v) for v in (0.0, 0.4, 0.5, 7.1)] == ["<1", "<1", "1", "7"]


def test_a_frequency_of_one_person_has_two_decimals_and_says_its_direction():
    assert Number("x", -0.125, "frequency_size").text == "0.13"
    shown = [Number("x", v, "frequency_fewer").text for v in (-0.125, 0.1, -0.00041)]
    assert shown == ["0.13 fewer", "0.10 more", "0.00"]


def test_a_shown_number_says_which_cell_it_comes_from_with_all_its_digits():
    number = Number('a."b"', -6.234567891, "per_100")
    assert number.html == (
        f'<data value="-6.234567891" data-ref="a.&quot;b&quot;">{MINUS}6</data>'
    )


def test_a_small_p_is_safe_in_html():
    assert Number("p", 0.001, "p").html.endswith(">&lt;0.01</data>")


def test_withheld_and_not_applicable_are_told_apart_and_read_out_as_words():
    shown = resolve(
        {"hidden": {"ref": "a"}, "none": {"ref": "b", "format": "p"}}, {"b": None}
    )
    assert (shown["hidden"].text, shown["none"].text) == ("[c]", "[z]")
    assert shown["hidden"].html == (
        '<span role="img" aria-label="hidden to protect people" data-not-shown="a">'
        "[c]</span>"
    )
    assert 'aria-label="not shown, or there is no such figure"' in shown["none"].html


def test_a_sentence_names_a_table_by_its_number_and_leads_to_it():
    parts = ["See ", {"see": "flow"}, " & ", {"ref": "n"}, "."]
    there = resolve(parts, {"n": 5.0}, {"flow": "Table 3"})
    assert pieces(there) == (
        'See <a href="#table-flow">Table\N{NO-BREAK SPACE}3</a> &amp; '
        '<data value="5.0" data-ref="n">5</data>.'
    )
    # in a notebook nothing has a number
    assert pieces(resolve(parts, {})).startswith("See “flow” &amp; <span")


def test_a_withheld_number_carries_no_value():
    assert resolve({"ref": "a", "format": "per_100"}, {}) == Number(
        "a", None, "per_100", "c"
    )


def test_words_are_shown_as_words_and_escaped():
    number = resolve({"ref": "q", "format": "text"}, {"q": "<b>well</b>"})
    assert number.text == "<b>well</b>"
    assert number.html == "&lt;b&gt;well&lt;/b&gt;"


def test_another_format_keeps_number_and_state():
    assert Number("r", -0.2, "per_100").as_("size").text == "0.2"
    assert Number("r", None, "per_100", "c").as_("size").text == "[c]"


def test_the_refs_of_a_recipe_come_in_order_from_every_depth():
    recipe = {"a": [{"ref": "x"}, {"deep": {"ref": "y", "format": "p"}}], "b": "text"}
    assert refs_in(recipe) == ["x", "y"]
    resolved = resolve(recipe, {"x": 1.0, "y": 0.5})
    assert resolved["a"][0].text == "1"
    assert resolved["a"][1]["deep"].text == "0.50"
    assert resolved["b"] == "text"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (-0.26, "−0.3"),
        (0.4, "0.4"),
        (-13.6, "−14"),
        (2.5, "3"),
        (0, "0"),
        (-0.012, "0"),
        (-0.0003, "−0.0003"),
    ],
)
def test_a_limit_in_a_table_keeps_its_sign_and_one_decimal_where_it_would_be_zero(
    value, expected
):
    assert Number("x", float(value), "limit").text == expected


@pytest.mark.parametrize(
    ("value", "format", "expected"),
    [
        (12.5, "per_cent", "13%"),  # 50 of 400
        (-2.5, "per_100", "−3"),
        (0.125, "frequency", "0.13"),
        (0.025, "p", "0.03"),
        (1e6, "count", "1,000,000"),
    ],
)
def test_halves_go_away_from_zero_as_in_print(value, format, expected):
    assert Number("x", value, format).text == expected


@pytest.mark.parametrize(
    ("p", "expected"),
    [
        (0.0449, "0.04"),
        (0.045, "0.045"),
        (0.0473, "0.047"),
        (0.0496, "0.0496"),
        (0.04996, "0.04996"),
        (0.05, "0.050"),
        (0.050000001, "0.050000001"),
        (0.0503, "0.0503"),
        (0.0546, "0.055"),
        (0.0551, "0.06"),
    ],
)
def test_a_p_near_the_limit_has_as_many_decimals_as_tell_its_side(p, expected):
    assert text("p", p) == expected


@given(st.floats(0, 1) | st.floats(0.0449, 0.0551) | st.floats(0.04999, 0.05001))
def test_a_printed_p_never_contradicts_or_leaves_open_the_verdict(p):
    printed = text("p", p)
    if printed == "<0.01":
        assert p < 0.01
        return
    assert (float(printed) <= ALPHA) == (p <= ALPHA)
    assert (float(printed) == ALPHA) == (p == ALPHA)


def test_a_p_is_printed_alike_in_tables_files_and_sentences():
    number = Number("p", 0.0503, "p")
    assert "0.0503</data>" in number.html
    assert "0.0503" in flat.as_csv(["", "p"], [["a", number]])


def test_own_words_of_a_setting_are_marked_where_they_hold_a_digit():
    """A filter that keeps "Ward 7": else its digit would be taken for a number."""
    marked = '<span data-own="">Ward 7 &amp; 8</span>'
    assert Number("a", "Ward 7 & 8", "setting").html == marked
    assert Number("a", "North & South", "setting").html == "North &amp; South"


@pytest.mark.parametrize(
    ("format_", "value", "expected"),
    [
        ("lower", -120.4, "120 lower"),
        ("lower", 0.3, "0.3 higher"),
        ("lower", 0.041, "0"),
        ("lower_tenth", -2.0, "2.0 lower"),
        ("lower_tenth", 0.04, "0.04 higher"),
        ("lower_tenth", -0.0041, "0"),
        ("size_tenth", -2.04, "2"),
        ("size_tenth", 2.1, "2.1"),
        ("size_tenth", -0.04, "0.04"),
        ("size_tenth", 0.0, "0"),
        ("size_tenth", 1203.0, "1,203"),
        ("lower_tenths", -2.0, "2.0 lower"),
        ("lower_tenths", 0.0, "0.0"),
        ("size_tenths", 1.0, "1.0"),
        ("size_tenths", 0.04, "0.04"),
        ("size_tenths", 0.0, "0.0"),
    ],
)
def test_an_amount_that_is_no_money_has_one_decimal(format_, value, expected):
    assert text(format_, value) == expected
