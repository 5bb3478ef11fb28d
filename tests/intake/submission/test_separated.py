"""Encodings of CSV files that say nothing of theirs."""

import pytest
from support.submission_lists import FINE, check, csv_text, found

from helpers.errors import DataError


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_read_and_told(tmp_path, encoding):
    path = tmp_path / "list.csv"
    path.write_bytes(csv_text([{**FINE, "surname": "Łuczak"}]).encode(encoding))
    read = check(path)
    assert read.lines["surname"][0] == "Łuczak"
    assert found(read) == [(0, "", "warning", "is not saved as UTF-8")]
    assert read.problems["found"][0] == "UTF-16 without a mark"


@pytest.mark.parametrize(
    "content",
    [
        csv_text([FINE]).encode("utf-16-le")[:-1],  # cut short
        csv_text([FINE]).encode("utf-32"),
        csv_text([FINE]).encode().replace(b"Robin", b"Ro\0bin"),
    ],
)
def test_signs_that_no_text_has_are_refused(tmp_path, content):
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(DataError, match="has signs of no known encoding"):
        check(path)
