"""Request files that would never be read to their end, or that a terminal obeys."""

import os

import pytest

from helpers.errors import RequestError
from helpers.request import load
from helpers.request.reading.file import LARGEST


def told(folder, text):
    path = folder / "request.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(RequestError) as caught:
        load(path)
    assert all(line.isprintable() for line in caught.value.problems)
    return [line.removeprefix(f"{path}: ") for line in caught.value.problems]


def test_aliases_are_counted_as_if_they_were_written_out(tmp_path):
    """Ten billion values: each of ten lists holds the one before it ten times."""
    lists = ["    a: &a [l, l, l, l, l, l, l, l, l, l]"]
    for name, last in zip("bcdefghij", "abcdefghi", strict=True):
        lists.append(f"    {name}: &{name} [{', '.join([f'*{last}'] * 10)}]")
    text = "request:\n  inputs:\n" + "\n".join(lists)
    assert told(tmp_path, text) == [
        "comes to more than 20,000 values with each alias (*) written out; a request "
        "has some hundred"
    ]


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 50_000])
def test_brackets_within_brackets(tmp_path, text):
    assert told(tmp_path, f"request: {text}") == ["brackets are nested too deeply"]


def test_blanks_without_end_are_told_once_they_are_many(tmp_path):
    assert told(tmp_path, "\t" * (LARGEST - 10)) == [
        "line 1: a tab; put spaces in its place"
    ]
    many = "".join(f"a\u00a0{n}: 1\n" for n in range(9_000))
    assert len(told(tmp_path, many)) == 100


def test_a_file_that_is_larger_than_any_request(tmp_path):
    assert told(tmp_path, b"#" * (LARGEST + 1)) == [
        "is larger than 256 KB, which no request is; name the file of a request"
    ]


def test_what_is_no_ordinary_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.yml")
    with pytest.raises(RequestError, match="is no ordinary file"):
        load(tmp_path / "pipe.yml")


@pytest.mark.parametrize(
    "value", ["9" * 400, "9" * 5000, "1e999999", "[2026-13-45]", "0" * 5000 + "1"]
)
def test_numbers_and_days_that_no_computer_takes(tmp_path, value):
    lines = told(tmp_path, f"request:\n  matching: {{caliper: {value}}}\n")
    assert any(line.startswith("matching.caliper must be") for line in lines)


def test_a_key_is_neither_obeyed_nor_repeated_at_length(tmp_path):
    key = '"a\\x1b[2J\\nb"'  # as YAML writes an escape sign and a line break
    lines = told(tmp_path, f"request:\n  {key}: 1\n  {'k' * 900}: 1\n")
    said = "a<U+001B>[2J b is not a key of a request"
    assert any(line.startswith(said) for line in lines), lines
    assert not any("k" * 61 in line for line in lines)
