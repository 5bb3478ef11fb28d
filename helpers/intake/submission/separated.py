"""A CSV file as text and records: its encoding, its separator, its quotation marks."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from helpers.errors import DataError
from helpers.intake.separators import SEPARATORS
from helpers.intake.submission.columns import HEADER_ROWS, header_of
from helpers.intake.submission.dates import looks_like_a_date

#: bytes that are Turkish letters in one encoding and Icelandic or Czech in another
TWO_READINGS = frozenset(b"\xd0\xdd\xde\xf0\xfd\xfe")
#: from this share of empty bytes in every second place a file is UTF-16
HALF_EMPTY = 0.5
NOT_UTF_8 = "is not saved as UTF-8"
LOOK = "look at the names; if a letter is wrong, save the file as CSV UTF-8"


class Note(NamedTuple):
    """Something about the file as a whole that does not stop it."""

    column: str
    rule: str
    found: str
    to_do: str


class Records(NamedTuple):
    """The records of a CSV file, in their order."""

    rows: list[list[str]]
    open_quotes: set[int]  # places in rows


def decoded(path: Path, file: str) -> tuple[str, list[Note]]:
    """Give the text of a CSV file: Unicode, else western or Turkish as from Excel."""
    content = path.read_bytes()
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            continue
        if encoding == "cp1254":
            return text, [
                Note("", NOT_UTF_8, "letters that were read as Turkish", LOOK)
            ]
        if encoding in ("utf-16-le", "utf-16-be"):
            return text, [Note("", NOT_UTF_8, "UTF-16 without a mark", LOOK)]
        return text, []
    raise DataError(
        f"{file}: has signs of no known encoding, perhaps of a Macintosh or of DOS; "
        "save it as CSV UTF-8, or as .xlsx"
    )


def _encodings(content: bytes) -> list[str]:
    """Give the encodings that a file may have, the likeliest first."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    half = len(content) // 2
    for encoding, start in (("utf-16-le", 1), ("utf-16-be", 0)):
        if content[start::2].count(0) > HALF_EMPTY * half:
            return [encoding]
    if TWO_READINGS & set(content):
        return ["utf-8-sig", "cp1254", "cp1252"]
    return ["utf-8-sig", "cp1252", "cp1254"]


def records(text: str, theirs: Sequence[str]) -> Records:
    """Give the records of a CSV file; its separator is the one that shows a header."""
    lines = list(io.StringIO(text, newline=""))
    best, separator, width = (-1, -1), ",", 0
    for sign in SEPARATORS:
        first = [cells for cells, _ in islice(_each(lines, sign, 0), HEADER_ROWS)]
        longest = max(map(len, first), default=0)
        seen = (header_of(first, theirs)[1], longest)
        if seen > best:
            best, separator, width = seen, sign, longest
    try:
        rows = list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error:
        rows = []
    if len(rows) == len(lines):  # most files: a line is a record
        return Records(rows, set())
    read = list(_each(lines, separator, width))
    return Records(
        [cells for cells, _ in read],
        {place for place, (_, closed) in enumerate(read) if not closed},
    )


def _each(
    lines: list[str], separator: str, width: int
) -> Iterator[tuple[list[str], bool]]:
    """Give each record, and whether its quotation marks are closed.

    A mark that is not closed would swallow the people after it, so its line is a record
    by itself, taken apart at every separator. `width`: how many cells a whole row has,
    or 0 where that is not known yet.
    """
    start = 0
    while start < len(lines):
        # strict: a mark that is closed within another cell is an error
        reader = csv.reader(
            islice(lines, start, None), delimiter=separator, strict=True
        )
        at = start
        try:
            for cells in reader:
                after = start + reader.line_num
                if after - at > 1 and _swallowed(cells, separator, width):
                    break
                yield cells, True
                at = after
            else:
                return
        except csv.Error:
            pass
        yield lines[at].rstrip("\r\n").split(separator), False
        start = at + 1


def _swallowed(cells: list[str], separator: str, width: int) -> bool:
    """Tell whether a cell of several lines holds a row of the list."""
    if width < 2:
        return False
    for cell in cells:
        for line in cell.splitlines()[1:]:
            inner = line.split(separator)
            if len(inner) >= width - 1 and any(map(looks_like_a_date, inner)):
                return True
    return False
