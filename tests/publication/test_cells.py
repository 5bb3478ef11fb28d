"""Cells: one spelling a number, no number where there is none, one cell a ref."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.publication.cells import (
    Cell,
    Sum,
    as_frame,
    by_ref,
    of_largest,
    read_cells,
    rounded,
)

finite = st.floats(allow_nan=False, allow_infinity=False, width=32)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1 / 3, 0.3333333333),
        (2 / 3, 0.6666666667),
        (-123456.78901234, -123456.789),
        (12345678901.4, 12345678900.0),
        (0.000123456789012, 0.000123456789),
        (46.0, 46.0),
    ],
)
def test_a_value_keeps_ten_significant_digits(value, expected):
    assert Cell("r", value, "rate").value == expected


def test_the_last_bit_of_a_calculation_does_not_show():
    # 0.1 + 0.2 is 0.30000000000000004
    assert Cell("r", 0.1 + 0.2, "mean").value == 0.3


def test_minus_zero_is_zero():
    assert math.copysign(1, Cell("r", -0.0, "derived").value) == 1


@given(finite)
def test_rounding_is_close_even_and_settles_at_once(value):
    once = rounded(value)
    assert abs(once - value) <= 5.01e-10 * abs(value)
    assert rounded(once) == once
    assert rounded(-value) == -once


@pytest.mark.parametrize(
    "nothing", [None, math.nan, math.inf, -math.inf, np.float64("nan")]
)
def test_what_is_no_number_is_not_applicable(nothing):
    assert Cell("r", nothing, "derived").value is None


def test_words_stay_words():
    assert Cell("quality", "well", "derived").value == "well"


def test_numbers_of_numpy_become_plain_ones():
    cell = Cell("r", np.float32(0.5), "rate", np.int64(3), np.int64(6), ["n"])
    assert (type(cell.value), type(cell.numerator), type(cell.denominator)) == (
        float,
        int,
        int,
    )
    assert cell.needs == ("n",)


def test_the_same_cell_twice_is_one_cell_in_its_first_place():
    first, second = Cell("a", 1, "count"), Cell("b", 2, "count")
    found = by_ref([first, second, Cell("a", 1, "count")])
    assert found == {"a": first, "b": second}
    assert list(found) == ["a", "b"]


@pytest.mark.parametrize(
    "other",
    [
        Cell("size", 11, "count", 10),
        Cell("size", 10, "setting", 10),
        Cell("size", 10, "count", 10, 20),
        Cell("size", 10, "count", 10, needs=("x",)),
    ],
)
def test_one_ref_with_two_contents_is_refused_by_name(other):
    with pytest.raises(ValueError, match="cell size is registered twice"):
        by_ref([Cell("size", 10, "count", 10), other])


def test_a_run_takes_the_later_content_when_a_notebook_cell_runs_again(make_run):
    run = make_run()
    run.register([Cell("again", 1, "count")], [Sum("again", ("a",))])
    run.register([Cell("again", 2, "count")], [Sum("again", ("a",))])
    assert run.cells["again"].value == 2
    assert run.sums.count(Sum("again", ("a",))) == 1


# totals -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ([60, 30, 6, 4], (0.9, 10 / 60)),  # 90 of 100; 10 to the largest, 60
        ([-60, 30, 0, 6, -4], (0.9, 10 / 60)),
        ([100, 3, 6], (106 / 109, 0.03)),
        ([5, 5], (1, 0)),
        ([7], (1, 0)),
        ([0, 0], None),
        ([], None),
    ],
)
def test_how_much_of_a_total_its_largest_two_people_make_up(amounts, expected):
    found = of_largest(amounts)
    assert found == (None if expected is None else pytest.approx(expected))


def test_cells_come_back_as_they_were_written(tmp_path):
    cells = [
        Cell("mean", 2.5, "mean", 30, 40, ("n",), "5", "tenth", (0.4, 3.5)),
        Cell("p", 0.04, "derived", needs=("mean",), rounding="p", freedom=12.5),
        Cell("n", 40, "count"),
        Cell("word", "well", "setting"),
    ]
    as_frame(cells, {}).to_parquet(tmp_path / "cells.parquet")
    assert read_cells(tmp_path / "cells.parquet") == cells
