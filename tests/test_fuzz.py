"""A hundred broken uploads and a hundred broken requests, and as many by hypothesis.

tests/benchmarks/fuzz.py tries a thousand of each.
"""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import fuzz
from support.effort import examples

#: so many are tried in one test
MANY = 25
#: whatever YAML can hold: numbers, texts, lists and blocks within each other
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=60),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=12), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the small cohort."""
    made = tmp_path_factory.mktemp("fuzz")
    fuzz.cohort(made)
    return made


@given(st.integers(0, 500), ANYTHING)
@settings(max_examples=examples(100), deadline=None)
def test_any_value_at_any_place_of_a_request_is_answered(folder, place, value):
    assert fuzz.asked(fuzz.request_with(place, value, folder))


@given(st.integers(0, 500), st.integers(0, 500), st.text(max_size=60))
@settings(max_examples=examples(100), deadline=None)
def test_any_text_in_any_cell_of_a_list_is_answered(folder, row, column, text):
    assert fuzz.checked(fuzz.list_with(row, column, text, folder))


@pytest.mark.parametrize("first", range(0, 100, MANY))
def test_no_upload_breaks_the_check_or_tells_of_a_person(first, tmp_path):
    ended = Counter(
        fuzz.checked(fuzz.upload(number, tmp_path))
        for number in range(first, first + MANY)
    )
    assert set(ended) == {"refused as a whole", "lines told", "read"}


@pytest.mark.parametrize("first", range(0, 100, MANY))
def test_no_request_breaks_the_reading_or_tells_of_a_person(first, tmp_path):
    fuzz.cohort(tmp_path)
    ended = Counter(
        fuzz.asked(fuzz.request(number, tmp_path))
        for number in range(first, first + MANY)
    )
    assert ended["refused as it is read"] and len(ended) > 1
