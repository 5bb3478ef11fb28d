"""Workbooks that would take all memory once unpacked, told before they are read.

A cell far out makes the reader build every cell before it, and one long text may stand
in a million cells. So every part of the file is looked through first, in pieces.
"""

import re
import zipfile
from collections import Counter

from helpers.errors import DataError

PIECE = 1024**2
#: what a workbook may come to: parts, bytes unpacked, sheets
MOST_PARTS, MOST_BYTES, MOST_SHEETS = 2_000, 512 * 1024**2, 200
#: cells of all sheets, the empty ones before the last of each too: 250,000 rows by 80
MOST_CELLS = 20_000_000
#: Excel's own limits: rows and columns of a sheet, characters of a cell
MOST_ROWS, MOST_COLUMNS, LONGEST_TEXT = 1_048_576, 16_384, 32_767
#: characters of all cells, a text counted as often as it stands in one
MOST_TEXT = 512 * 1024**2

_SHEET = re.compile(rb"<(?:\w+:)?sheet\b")
#: a cell that holds anything, by the letters of its column and its row
_CELL = re.compile(rb"\br=[\"']([A-Za-z]+)(\d+)[\"'][^<>]*(?<!/)>")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^<>]*?\br=[\"'](\d+)")
_ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s>]")
_STORED = re.compile(rb"\bt=[\"']s[\"'][^<>]*>\s*<(?:\w+:)?v>(\d+)<")
_TEXT = re.compile(rb"<(?:\w+:)?si\b")


def refuse(parts: zipfile.ZipFile, file: str) -> None:
    """Raise DataError for a workbook that unpacks to more than a list can be."""
    about = parts.infolist()
    if len(about) > MOST_PARTS:
        raise DataError(_more(file, f"{MOST_PARTS:,} parts"))
    if sum(part.file_size for part in about) > MOST_BYTES:
        raise DataError(
            f"{file}: unpacks to more than {MOST_BYTES // 1024**2} MB; ask for the "
            "list alone, without other sheets"
        )
    names = [part.filename for part in about]
    book = _content(parts, "xl/workbook.xml", names)
    if len(_SHEET.findall(book)) > MOST_SHEETS:
        raise DataError(_more(file, f"{MOST_SHEETS} sheets"))
    links = _content(parts, "xl/_rels/workbook.xml.rels", names)
    cells, stored = 0, Counter[bytes]()
    for name in names:
        if not name.lower().endswith(".xml") or "sharedstrings" in name.lower():
            continue
        # several sheets may be one part
        times = max(1, links.count(name.rsplit("/", 1)[-1].encode()))
        cells += times * _cells(parts, name, file, stored)
        if cells > MOST_CELLS:
            raise DataError(
                f"{file}: reaches over more than {MOST_CELLS:,} cells, most of them "
                "empty; delete what stands far below or beside the list"
            )
    _refuse_long_texts(parts, names, file, stored)


def _more(file: str, what: str) -> str:
    return (
        f"{file}: has more than {what}; ask for the list alone, in a workbook of its "
        "own"
    )


def _content(parts: zipfile.ZipFile, name: str, names: list[str]) -> bytes:
    return parts.read(name) if name in names else b""


def _cells(parts: zipfile.ZipFile, name: str, file: str, stored: Counter[bytes]) -> int:
    """Give how many cells a part reaches over; adds which texts stand in them."""
    rows = columns = width = 0
    with parts.open(name) as opened:
        rest = b""
        while piece := opened.read(PIECE):
            rest += piece
            # a piece ends with a whole row, or is no sheet
            end = rest.rfind(b"row>") + 4
            if end < 4:
                rest = rest[-PIECE:]
                continue
            xml, rest = rest[:end], rest[end:]
            found = _CELL.findall(xml)
            rows = max([rows, *map(int, {row for _, row in found})])
            rows = max([rows, *map(int, _ROW.findall(xml))])
            columns = max([columns, *map(_place, {letters for letters, _ in found})])
            stored.update(_STORED.findall(xml))
            if len(_ANY_CELL.findall(xml)) > len(found):  # cells without a place
                each = (len(_ANY_CELL.findall(row)) for row in xml.split(b"row>"))
                width = max(width, *each)
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise DataError(
            f"{file}: has a cell beyond the last row or column of a sheet; save it "
            "again as .xlsx"
        )
    return rows * max(columns, width)


def _place(letters: bytes) -> int:
    """Give the number of a column; one beyond any sheet's is not worked out."""
    if len(letters) > 3:
        return MOST_COLUMNS + 1
    number = 0
    for sign in letters.upper():
        number = number * 26 + sign - 64
    return number


def _refuse_long_texts(
    parts: zipfile.ZipFile, names: list[str], file: str, stored: Counter[bytes]
) -> None:
    name = next((n for n in names if n.lower() == "xl/sharedstrings.xml"), "")
    _, *texts = _TEXT.split(_content(parts, name, names))
    lengths = [len(text) for text in texts]
    times = {int(place): count for place, count in stored.items()}
    whole = sum(length * times.get(n, 0) for n, length in enumerate(lengths))
    # an entity (&amp;) and marks of type take more bytes than the text has signs
    if max(lengths, default=0) > 8 * LONGEST_TEXT or whole > MOST_TEXT:
        raise DataError(
            f"{file}: holds texts longer than any cell of a list; take them out and "
            "save it again"
        )
