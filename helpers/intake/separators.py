"""The sign between the fields of a CSV file, whichever program wrote it."""

import csv
from pathlib import Path

SEPARATORS = ",;\t|"


def first_line(file: Path) -> str:
    """Give the first line of a UTF-8 file, its header."""
    with file.open(newline="", encoding="utf-8-sig") as lines:
        return lines.readline()


def separator(header: str) -> str:
    """Give the sign that parts a header into most fields, quotation marks heeded."""
    return max(SEPARATORS, key=lambda sign: _fields(header, sign))


def _fields(header: str, sign: str) -> int:
    reader = csv.reader([header], delimiter=sign, strict=True, skipinitialspace=True)
    try:
        return len(next(reader, []))
    except csv.Error:  # a quotation mark in the middle of a field: another sign's
        return 0
