"""What the values of a workbook's sheet do not tell: formulas, errors, hidden rows.

The sheet's XML is searched for them as bytes, in pieces: nothing in it is expanded.
"""

import re
import zipfile
from dataclasses import dataclass, field

PIECE = 4 * 1024**2

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
#: what follows a formula: the value that was stored with it, or the end of its cell
_STORED = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*?)?(/?)>(<?)|</(?:\w+:)?c>")
_CELL = re.compile(rb"\br=[\"']([A-Z]+)(\d+)[\"']")
_IS_TEXT = re.compile(rb"\bt=[\"']str[\"']")
_ERROR = re.compile(rb"(<(?:\w+:)?c\b[^>]*\bt=[\"']e[\"'][^>]*>)")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\bhidden=[\"'](?:1|true)[\"'][^>]*>")
_NUMBER = re.compile(rb"\br=[\"'](\d+)[\"']")

#: a cell: the letters of its column, its row
Cell = tuple[str, int]


@dataclass(frozen=True)
class Hidden:
    """The cells and rows of a sheet that are not what they seem."""

    formulas: list[Cell] = field(default_factory=list)  # with the value last stored
    uncalculated: list[Cell] = field(default_factory=list)  # formulas without a value
    errors: list[Cell] = field(default_factory=list)  # #N/A, #REF! and the like
    rows: list[int] = field(default_factory=list)


def search(parts: zipfile.ZipFile, part: str) -> Hidden:
    """Give what the part of a workbook that holds a sheet does not show in values."""
    hidden, rest = Hidden(), b""
    with parts.open(part) as opened:
        while piece := opened.read(PIECE):
            rest += piece
            # a piece ends with a whole row
            end = rest.rfind(b"row>") + 4
            if end > 3:
                _mark(rest[:end], hidden)
                rest = rest[end:]
            else:  # no row is as long: what comes after the last is not kept
                rest = rest[-PIECE:]
    _mark(rest, hidden)
    return hidden


def _mark(xml: bytes, hidden: Hidden) -> None:
    # most sheets have none of these, and a search for plain bytes is ten times as fast
    formulas = b"<f" in xml or b":f" in xml
    for formula in _FORMULA.finditer(xml) if formulas else ():
        # the tag before a formula is its cell's
        start = xml.rfind(b"<", 0, formula.start())
        cell = _CELL.search(xml, start, formula.start())
        if cell:
            known = _has_value(xml, start, formula)
            cells = hidden.formulas if known else hidden.uncalculated
            cells.append((cell[1].decode(), int(cell[2])))
    for tag in _ERROR.findall(xml) if b't="e"' in xml or b"t='e'" in xml else ():
        if cell := _CELL.search(tag):
            hidden.errors.append((cell[1].decode(), int(cell[2])))
    for row in _ROW.findall(xml) if b"hidden=" in xml else ():
        number = _NUMBER.search(row)
        if number:
            hidden.rows.append(int(number[1]))


def _has_value(xml: bytes, start: int, formula: re.Match[bytes]) -> bool:
    """Tell whether a value is stored with a formula, whose cell begins at `start`.

    An empty value is one where the cell says that it is text: IF(A2="","",A2) gives it.
    """
    stored = _STORED.search(xml, formula.end())
    if not stored or stored[1] is None:
        return False
    if stored[1] or stored[2]:
        return bool(_IS_TEXT.search(xml, start, formula.start()))
    return True
