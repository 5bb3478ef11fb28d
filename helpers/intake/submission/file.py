"""A provider's file as a header and rows, whatever saved it: Excel workbook or CSV."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from helpers.errors import DataError
from helpers.intake.submission.columns import (
    ESSENTIAL,
    HEADER_ROWS,
    header_of,
    heading_text,
    ours,
)
from helpers.intake.submission.excel.workbook import Sheet, place_of, read_workbook
from helpers.intake.submission.separated import Note, decoded, records

#: a larger file is refused before it is opened
LARGEST_FILE = 200 * 1024**2
#: a list of more rows is refused: no programme helps as many people
MOST_LINES = 250_000
#: a row is taken for the header when it names this many columns
NAMES_OF_A_HEADER = 2
#: what stands in a cell of a workbook that holds an error of any kind
ERROR_CELL = "#N/A"


@dataclass(frozen=True)
class Table:
    """A header and the rows under it that hold anything."""

    header: list[str]  # "" where a column has no heading
    lines: list[int]  # the spreadsheet row of each row
    rows: list[list[object]] = field(repr=False)  # as wide as the header
    from_1904: bool = False  # how the workbook counts days
    notes: list[Note] = field(default_factory=list)
    # places in rows, of rows that do not fit the header
    too_long: list[int] = field(default_factory=list)
    open_quotes: list[int] = field(default_factory=list)
    short: dict[int, int] = field(default_factory=dict)  # place: number of cells
    # formulas without a value: place in rows, place of the column
    uncalculated: list[tuple[int, int]] = field(default_factory=list)


def load(path: Path, file: str, theirs: Sequence[str] = ()) -> Table:
    """Read a provider's .xlsx or .csv file; `theirs` are headings a request names.

    Raises DataError if it is missing, empty, too large, damaged, protected by a
    password, of another kind, or holds no header or nobody.
    """
    refuse(path, file)
    if path.suffix.lower() == ".xlsx":
        sheet = read_workbook(path, file, theirs)
        return _with_hidden(_under_header(sheet.rows, file, theirs, sheet), sheet)
    text, notes = decoded(path, file)
    rows, open_quotes = records(text, theirs)
    counts = [len(row) for row in rows]
    table = _under_header(rows, file, theirs)
    places = range(len(table.lines))
    full = _width(table)
    return replace(
        table,
        notes=notes + table.notes,
        open_quotes=[n for n in places if table.lines[n] - 1 in open_quotes],
        short={
            n: count for n in places if (count := counts[table.lines[n] - 1]) < full
        },
    )


def _width(table: Table) -> int:
    """Give how many cells a whole row has: up to the last heading with cells under it.

    Where nobody has anything in the last columns, no row has lost anything there, but
    for what each row needs.
    """
    whole = [
        place + 1
        for place, heading in enumerate(table.header)
        if ours(heading) in ESSENTIAL
        or (heading and any(row[place] for row in table.rows))
    ]
    return max(whole, default=0)


def _with_hidden(table: Table, sheet: Sheet) -> Table:
    """Add to a workbook's table what its values do not tell of rows with people."""
    place = {line: n for n, line in enumerate(table.lines)}
    errors, uncalculated = (
        [
            (place[row], place_of(letters))
            for letters, row in found
            if row in place and place_of(letters) < len(table.header)
        ]
        for found in (sheet.hidden.errors, sheet.hidden.uncalculated)
    )
    for row, column in errors:
        table.rows[row][column] = ERROR_CELL
    notes = [Note(*note) for note in sheet.notes(table.lines, table.header)]
    return replace(
        table,
        from_1904=sheet.from_1904,
        notes=notes + table.notes,
        uncalculated=uncalculated,
    )


def refuse(path: Path, file: str) -> None:
    """Raise DataError for a file that is missing, empty, too large or no list."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise DataError(f"{file}: is a folder; name the provider's file")
        if size > LARGEST_FILE:
            raise DataError(
                f"{file}: is larger than {LARGEST_FILE / 1024**2:g} MB; ask for the "
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


def is_blank(row: Sequence[object]) -> bool:
    """Tell whether every cell of a row is empty."""
    return all(
        cell is None or (isinstance(cell, str) and not cell.strip()) for cell in row
    )


def _under_header(
    rows: list[list[object]],
    file: str,
    theirs: Sequence[str],
    sheet: Sheet | None = None,
) -> Table:
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
    named = _named_by_formula(sheet, header) if sheet else set()
    rows += [[]] * (max(named, default=0) - len(rows))
    held = [
        n for n in range(at + 1, len(rows)) if not is_blank(rows[n]) or n + 1 in named
    ]
    if not held:
        raise DataError(
            f"{file}: has a header in row {at + 1} but nobody under it; if the people "
            "stand on another sheet, move them to the sheet People, else ask the "
            "provider to send it again"
        )
    if len(held) > MOST_LINES:
        raise DataError(
            f"{file}: has more than {MOST_LINES:,} rows; ask for the list of the "
            "people helped alone"
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


def _named_by_formula(sheet: Sheet, header: Sequence[str]) -> set[int]:
    """Give the rows in which a formula without a value stands for what is essential.

    They hold people. Rows with other formulas alone, copied down too far, hold nobody.
    """
    essential = {n for n, heading in enumerate(header) if ours(heading) in ESSENTIAL}
    return {
        row
        for letters, row in sheet.hidden.uncalculated
        if place_of(letters) in essential
    }


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
