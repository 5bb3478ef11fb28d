"""Printed numbers in other spellings, and percentages where shares belong."""

import pytest

from helpers.charts.catalogue import numbers
from helpers.charts.catalogue.columns import RESULTS

EMPTY = dict.fromkeys(RESULTS, "")


def told(column, text):
    values, problems = numbers.problems(EMPTY | {column: text})
    assert (column in values) is not bool(problems)
    return problems[0] if problems else ""


@pytest.mark.parametrize(
    ("column", "text", "advice"),
    [
        ("n_treat", "3,085", "write 3085"),
        ("n_treat", "3 085", "write 3085"),
        ("n_treat", "1.2E+04", "write 12000"),
        ("n_treat", "nearly 6,000", "write the number, and these words in size_note"),
        ("n_treat", "30.5", "n_treat must be a whole number; found 30.5"),
        ("n_treat", "0", "must be from 1 to 10000000; found 0"),
        ("rate_treat", "19%", "write 19"),
        ("rate_treat", "18,5", "write 18.5"),
        ("rate_treat", "nineteen", "write for example 18 or leave it empty"),
        ("rate_treat", "101", "must be from 0 to 100; found 101"),
        ("rate_treat", "0.19", "found 0.19; write 19 if that is meant"),
        ("freq_comp_per100", "0.88", "found 0.88; write 88 if that is meant"),
        ("diff_printed", "\u22127", "write -7"),
        ("diff_printed", "\u20137", "write -7"),
        ("diff_printed", "+7", "write 7"),
        ("diff_printed", "(7)", "write -7"),
        ("diff_printed", "-.5", "write -0.5"),
        ("diff_printed", "~7", "write for example 18 or leave it empty"),
        ("p_value", "3", "must be from 0 to 1; found 3; write 0.03 if 3 per cent is"),
        ("p_value", "3%", "write 0.03"),
        ("p_value", "<0.01", "leave it empty, and say it in note"),
        ("p_value", "-0.1", "must be from 0 to 1; found -0.1"),
        ("days_treat", "400", "must be from 0 to 366; found 400"),
        ("cohort_from", "14", "must be from 1970 to 2100; found 14"),
        ("ci_low", "nan", "must be a number or empty"),
        ("ci_low", "\u0663", "must be a number or empty"),  # an Arabic three
    ],
)
def test_a_number_in_another_spelling_is_told_as_it_is_written(column, text, advice):
    assert advice in told(column, text)


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("n_treat", "~6000"), ("rate_treat", "0"), ("rate_treat", "10.7"),
        ("rate_comp", "100"), ("diff_printed", "-0.2"), ("p_value", "0.03"),
        ("p_value", "1"), ("freq_treat_per100", "205"), ("cohort_to", "2015"),
    ],
)  # fmt: skip
def test_numbers_as_they_are_printed_are_fine(column, text):
    assert told(column, text) == ""
