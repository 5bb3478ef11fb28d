"""Columns as categories and as numbers."""

import pandas as pd
import pytest

from helpers.intake.cohort.kinds import as_text, numeric


@pytest.mark.parametrize(
    "values, spelt",
    [
        ([1, 0], ["1", "0"]),
        ([1.0, 0.5], ["1", "0.5"]),
        (["1.0", "01"], ["1", "01"]),
        ([True, False], ["true", "false"]),
        (pd.Categorical(["b", "a"]), ["b", "a"]),
        (pd.Series([1, "1.0"], dtype=object), ["1", "1"]),
    ],
)
def test_a_category_has_one_spelling(values, spelt):
    assert as_text(pd.Series(values)).tolist() == spelt


@pytest.mark.parametrize("values", [[1.0, None], ["1.0", None], ["1", None]])
def test_a_missing_category_stays_missing(values):
    found = as_text(pd.Series(values))
    assert found.tolist()[0] == "1"
    assert found.isna().tolist() == [False, True]


def test_what_is_no_number_is_missing():
    found = numeric(pd.Series(["2", "x", "inf", None, "1e3"], dtype=object))
    assert found.dropna().tolist() == [2, 1000]
    assert numeric(pd.Series(pd.to_datetime(["2026-01-01"]))).isna().all()
