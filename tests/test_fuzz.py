"""A hundred broken uploads and a hundred broken requests.

tests/benchmarks/fuzz.py tries a thousand of each.
"""

from collections import Counter

import pytest
from support import fuzz

#: so many are tried in one test
MANY = 25


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
