"""A provider's file as a header and rows, whatever saved it: Excel workbook or CSV."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from helpers.errors import DataError
from helpers.intake.submission.columns import HEADER_ROWS, header_of, heading_text
from helpers.intake.submission.workbook import read_workbook

#: a larger file is refused before it is opened
LARGEST_FILE = 2 * 1024**3
#: a row is taken for the header when it names this many columns
NAMES_OF_A_HEADER = 2
SEPARATORS = ",;\t|"
#: bytes that are Turkish letters in one encoding and Icelandic or Czech in another
TWO_READINGS = frozenset(b"\xd0\xdd\xde\xf0\xfd\xfe")


class Note(NamedTuple):
    """Something about the file as a whole that does not stop it."""

    column: str
    rule: str
    found: str
    to_do: str


@dataclass(frozen=True)
class Table:
    """A header and the rows under it that hold anything."""

    header: list[str]  # "" where a column has no heading
    lines: list[int]  # the spreadsheet row of each row
    rows: list[list[object]] = field(repr=False)  # as wide as the header
    from_1904: bool = False  # how the workbook counts days
    notes: list[Note] = field(default_factory=list)
    too_long: list[int] = field(default_factory=list)  # places in rows


def load(path: Path, file: str, theirs: Sequence[str] = ()) -> Table:
    """Read a provider's .xlsx or .csv file; `theirs` are headings a request names.

    Raises DataError if it is missing, empty, too large, damaged, protected by a
    password, of another kind, or holds no header or nobody.
    """
    refuse(path, file)
    if path.suffix.lower() == ".xlsx":
        sheet = read_workbook(path, file, theirs, LARGEST_FILE)
        table = _under_header(sheet.rows, file, theirs)
        notes = [Note(*note) for note in sheet.notes(table.lines, table.header)]
        return replace(table, from_1904=sheet.from_1904, notes=notes + table.notes)
    text, notes = _decoded(path, file)
    table = _under_header(_csv_rows(text, file, theirs), file, theirs)
    return replace(table, notes=notes + table.notes)


def refuse(path: Path, file: str) -> None:
    """Raise DataError for a file that is missing, empty, too large or no list."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise DataError(f"{file}: is a folder; name the provider's file")
        if size > LARGEST_FILE:
            raise DataError(
                f"{file}: is larger than {LARGEST_FILE / 1024**3:g} GB; ask for the "
                "list alone, without pictures and other sheets"
            )
        with path.open("rb") as file_:
            start = file_.read(8)
    except FileNotFoundError:
        raise DataError(f"{file}: does not exist; check folder and name") from None
    except OSError as error:
        raise DataError(f"{file}: cannot be read; {error.strerror}") from None
    if not start:
        raise DataError(f"{file}: is empty; ask the provider to send it again")
    suffix = path.suffix.lower()
    if suffix not in (".xlsx", ".csv"):
        raise DataError(
            f"{file}: must be an Excel workbook (.xlsx) or .csv; open it and save it "
            "as one of them"
        )
    if suffix == ".csv" and start.startswith((b"PK\3\4", b"\xd0\xcf\x11\xe0")):
        raise DataError(
            f"{file}: is a workbook, not a CSV file; give its name the ending .xlsx"
        )


def _decoded(path: Path, file: str) -> tuple[str, list[Note]]:
    """Give the text of a CSV file: Unicode, else western or Turkish as from Excel."""
    content = path.read_bytes()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif TWO_READINGS & set(content):
        encodings = ["utf-8-sig", "cp1254", "cp1252"]
    else:
        encodings = ["utf-8-sig", "cp1252", "cp1254"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        turkish = Note(
            "", "is not saved as UTF-8", "letters that were read as Turkish",
            "look at the names; if a letter is wrong, save the file as CSV UTF-8",
        )  # fmt: skip
        return text, [turkish] if encoding == "cp1254" else []
    raise DataError(
        f"{file}: has signs of no known encoding; save it as CSV UTF-8, or as .xlsx"
    )


def _csv_rows(text: str, file: str, theirs: Sequence[str]) -> list[list[str]]:
    """Give the records of a CSV file; its separator is the one that shows a header."""
    best, separator = (-1, -1), ","
    for sign in SEPARATORS:
        try:
            first = list(islice(_reader(text, sign), HEADER_ROWS))
        except csv.Error:
            continue
        seen = (header_of(first, theirs)[1], max(map(len, first), default=0))
        if seen > best:
            best, separator = seen, sign
    reader = _reader(text, separator)
    try:
        return list(reader)
    except csv.Error:
        raise DataError(
            f"{file}: line {reader.line_num}: a quotation mark that is not closed, or "
            "not alone around its cell; correct it, or save the list as .xlsx"
        ) from None


def _reader(text: str, separator: str):
    # strict: an open quotation mark would swallow the people after it
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def is_blank(row: Sequence[object]) -> bool:
    """Tell whether every cell of a row is empty."""
    return all(
        cell is None or (isinstance(cell, str) and not cell.strip()) for cell in row
    )


def _under_header(rows: list[list[object]], file: str, theirs: Sequence[str]) -> Table:
    """Divide the rows into header and people; empty rows do not count."""
    at, names = header_of(rows, theirs)
    if all(map(is_blank, rows[:HEADER_ROWS])) and all(map(is_blank, rows)):
        raise DataError(f"{file}: is empty; ask the provider to send it again")
    if names < NAMES_OF_A_HEADER:
        raise DataError(
            f"{file}: none of the first {HEADER_ROWS} rows is a header; write the "
            "columns' names above the first person: surname, forename, date_of_birth, "
            "sex and so on"
        )
    header = [heading_text(cell) for cell in rows[at]]
    held = [n for n in range(at + 1, len(rows)) if not is_blank(rows[n])]
    if not held:
        raise DataError(
            f"{file}: has a header in row {at + 1} but nobody under it; if the people "
            "stand on another sheet, move them to the sheet People, else ask the "
            "provider to send it again"
        )
    too_long = [
        place for place, n in enumerate(held) if not is_blank(rows[n][len(header) :])
    ]
    width = len(header)
    table = [(rows[n] + [None] * (width - len(rows[n])))[:width] for n in held]
    lines = [n + 1 for n in held]
    return Table(
        header, lines, table, notes=_nameless(header, table), too_long=too_long
    )


def _nameless(header: list[str], rows: list[list[object]]) -> list[Note]:
    """Give a note on cells in columns without a heading, which cannot be used."""
    places = [n for n, heading in enumerate(header) if not heading]
    count = sum(not is_blank([row[n] for row in rows]) for n in places)
    if not count:
        return []
    columns = "column" if count == 1 else "columns"
    return [
        Note("", "has a column without a heading", f"{count} {columns}",
             "write a heading above it if it is needed; it was not read")
    ]  # fmt: skip
