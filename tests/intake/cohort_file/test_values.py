"""One rule for what is missing, and for blanks, whichever kind of file holds it."""

import pandas as pd
import pytest

from helpers.intake.cohort_file import values


@pytest.mark.parametrize("dtype", ["str", object, "category"])
def test_words_for_what_is_missing_are_missing(dtype):
    words = ["", " ", "NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NaT", "NULL",
             "null", "None", " NA ", None]  # fmt: skip
    kept = ["South", "none", "Unknown", "0", "-", "Nan"]
    cohort = pd.DataFrame({"area": pd.Series([*words, *kept], dtype=dtype)})
    found = values.cleaned(cohort)["area"]
    assert found.isna().tolist() == [True] * len(words) + [False] * len(kept)
    assert found.dropna().tolist() == kept


@pytest.mark.parametrize("dtype", ["str", object, "category"])
def test_blanks_around_a_value_are_none_of_it(dtype):
    area = pd.Series(["South", " South", "South\t", "South\u00a0"], dtype=dtype)
    assert values.cleaned(pd.DataFrame({"area": area}))["area"].nunique() == 1


def test_numbers_and_truths_stay_as_they_are():
    cohort = pd.DataFrame({"age": [1, 2], "yes": [True, None], "rate": [0.5, None]})
    pd.testing.assert_frame_equal(values.cleaned(cohort), cohort)


def test_a_word_that_may_be_an_answer_is_kept_in_mind():
    cohort = pd.DataFrame({"schooling": ["None", "A-level"], "area": ["NA", "South"]})
    assert values.cleaned(cohort).attrs[values.TAKEN] == {"schooling": ["None"]}
