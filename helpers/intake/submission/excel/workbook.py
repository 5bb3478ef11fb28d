"""An Excel workbook: the sheet with the people, and what hides in it.

python-calamine reads the values; `hidden` finds what they do not tell.
"""

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import python_calamine

from helpers.errors import DataError, KitError
from helpers.intake.submission.columns import HEADER_ROWS, header_of, key
from helpers.intake.submission.excel import bombs
from helpers.intake.submission.excel.hidden import PIECE, Hidden, search

#: the template's sheet to fill
PEOPLE_SHEET = "People"
#: the parts of a workbook that list its sheets are a few kilobytes in life
LARGEST_LIST = 16 * 1024**2

_PROTECTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Sheet:
    """The sheet with the people: its cells and what a reader does not see at once."""

    rows: list[list[object]] = field(repr=False)  # a traceback shows nobody
    from_1904: bool = False
    hidden: Hidden = field(default_factory=Hidden)
    merged: list[int] = field(default_factory=list)  # the first row of each
    other_lists: int = 0

    def notes(
        self, lines: Sequence[int], header: Sequence[str]
    ) -> list[tuple[str, str, str, str]]:
        """Give column, rule, what was found and what to do, of rows with people."""
        held, found = set(lines), []
        columns: dict[str, list[int]] = {}
        for letters, row in self.hidden.formulas:
            if row in held:
                columns.setdefault(letters, []).append(row)
        for letters, rows in columns.items():
            place = place_of(letters)
            heading = header[place] if place < len(header) else ""
            found.append((
                heading or f"column {letters}", "has formulas", _seen(rows, "cell"),
                "copy the column and paste it as values; the last values were read",
            ))  # fmt: skip
        hidden = [row for row in self.hidden.rows if row in held]
        if hidden:
            found.append((
                "", "has hidden rows", _seen(hidden, "row"),
                "show all rows and take out those not meant; they were read",
            ))  # fmt: skip
        if self.merged:
            found.append((
                "", "has merged cells", _seen(self.merged, "merged cell"),
                "unmerge them and write the value in every row",
            ))  # fmt: skip
        if self.other_lists:
            found.append((
                "", "has lists on other sheets", f"{self.other_lists} other",
                f"put everyone on the sheet {PEOPLE_SHEET}; no other was read",
            ))  # fmt: skip
        return found


def _seen(rows: list[int], noun: str) -> str:
    plural = "" if len(rows) == 1 else "s"
    first = "" if len(rows) == 1 else "the first "
    return f"{len(rows)} {noun}{plural}, {first}in row {min(rows)}"


def place_of(letters: str) -> int:
    """Give the place of a spreadsheet's column; A is 0."""
    number = 0
    for sign in letters:
        number = number * 26 + ord(sign) - 64
    return number - 1


def read_workbook(path: Path, file: str, theirs: Sequence[str]) -> Sheet:
    """Read the sheet with the people: the one named People, else the only list.

    Raises DataError if the workbook is protected or damaged, or if no sheet or
    several will do.
    """
    with opened(path, file) as (parts, book):
        name, others, sheet = _choose(book, file, theirs)
        rows = sheet.to_python(skip_empty_area=False)
        from_1904, part = _about(parts, name)
        merged = [area[0][0] + 1 for area in sheet.merged_cell_ranges or ()]
        hidden = search(parts, part) if part else Hidden()
    return Sheet(rows, from_1904, hidden, merged, others)


@contextmanager
def opened(path: Path, file: str) -> Iterator[tuple]:
    """Open the parts of an .xlsx file and the workbook.

    A failure while they are open is reported as damage of the file."""
    damaged = f"{file}: is damaged, or no Excel workbook; ask for it again as .xlsx"
    try:
        with path.open("rb") as start:
            if start.read(4) == b"\xd0\xcf\x11\xe0":
                raise DataError(_not_open(path, file))
        with zipfile.ZipFile(path) as parts:
            if any(part.flag_bits & 1 for part in parts.infolist()):
                raise DataError(_locked(file))
            bombs.refuse(parts, file)
            with python_calamine.CalamineWorkbook.from_path(path) as book:
                yield parts, book
    except KitError:
        raise
    except Exception:
        # a damaged file fails in many ways, and their words may quote its cells
        raise DataError(damaged) from None
    except BaseException as error:
        # a panic inside the reader is none of Python's ordinary exceptions
        if type(error).__name__ == "PanicException":
            raise DataError(damaged) from None
        raise


def _not_open(path: Path, file: str) -> str:
    with path.open("rb") as opened:
        while piece := opened.read(PIECE):
            if _PROTECTED in piece:
                return _locked(file)
    return (
        f"{file}: is protected by a password, or in Excel's form of before 2007; save "
        "it as .xlsx without a password"
    )


def _locked(file: str) -> str:
    return (
        f"{file}: is protected by a password; ask for it without one, sent by the "
        "agreed secure channel"
    )


def _choose(
    book: python_calamine.CalamineWorkbook, file: str, theirs: Sequence[str]
) -> tuple[str, int, python_calamine.CalamineSheet]:
    """Give the name of the sheet to read, how many others hold lists, and the sheet."""
    kind = python_calamine.SheetTypeEnum.WorkSheet
    names = [about.name for about in book.sheets_metadata if about.typ == kind]
    sheets = {name: book.get_sheet_by_name(name) for name in names}
    lists = []
    for name, sheet in sheets.items():
        first = sheet.to_python(skip_empty_area=False, nrows=HEADER_ROWS + 1)
        at, known = header_of(first, theirs)
        if known >= 2 and len(first) > at + 1:
            lists.append(name)
    people = [name for name in names if key(name) == key(PEOPLE_SHEET)]
    if people:
        return people[0], len(set(lists) - set(people)), sheets[people[0]]
    if len(lists) == 1 or len(names) == 1:
        name = (lists or names)[0]
        return name, 0, sheets[name]
    # a sheet may be named after a person, so no name is shown
    if lists:
        raise DataError(
            f"{file}: {len(lists)} sheets hold a list of people; put everyone on one "
            f"sheet named {PEOPLE_SHEET}"
        )
    raise DataError(
        f"{file}: no sheet is named {PEOPLE_SHEET} and none of the {len(names)} has a "
        "header with surname, forename, date_of_birth and sex; this may be the wrong "
        "file, or the header is missing"
    )


def _about(parts: zipfile.ZipFile, name: str) -> tuple[bool, str | None]:
    """Tell whether days count from 1904, and which part holds a sheet."""
    book = _tree(parts, "xl/workbook.xml")
    links = _tree(parts, "xl/_rels/workbook.xml.rels")
    if book is None or links is None:
        return False, None
    properties = book.find("{*}workbookPr")
    since = "" if properties is None else properties.get("date1904", "")
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for sheet in book.iterfind("{*}sheets/{*}sheet"):
        link = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), None)
        target = targets.get(link, "")
        if sheet.get("name") == name and target:
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            known = part in parts.namelist()
            return since in ("1", "true"), part if known else None
    return since in ("1", "true"), None


def _tree(parts: zipfile.ZipFile, part: str) -> ElementTree.Element | None:
    """Read a small part of the workbook; one that declares entities is refused."""
    if part not in parts.namelist():
        return None
    if parts.getinfo(part).file_size > LARGEST_LIST:
        raise ValueError("a list of sheets as long as a book")
    content = parts.read(part)
    if b"<!DOCTYPE" in content.replace(b"\0", b""):
        raise ValueError("no workbook declares a document type")
    return ElementTree.fromstring(content)
