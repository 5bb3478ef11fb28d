"""annex.xlsx by gptables, as the Analysis Function's guidance on spreadsheets asks."""

import copy
import io
import textwrap
import warnings
from datetime import UTC, date, datetime
from typing import Any

import gptables
import pandas as pd
from gptables.core.gptable import FormatList
from gptables.core.wrappers import GPWorksheet
from xlsxwriter.workbook import Workbook

from helpers.publication.report.forms.annex.front import COVER, COVER_WIDTH, TEXT, Cover
from helpers.publication.report.forms.annex.sheets import Cell, Sheet

#: nothing of a text is worked out, and no file lies beside while it is written
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
#: columns in signs
NARROWEST, WIDEST = 10, 60
#: of Arial at 12 points, in a workbook's own units and in points
WIDTH_OF_A_SIGN, HEIGHT_OF_A_LINE = 1.25, 15.75
A4 = 9


class _Page(GPWorksheet):
    """A sheet whose texts are texts: gptables reads notes and links in them."""

    def _reference_annotations(self, gptable: Any, reference_order: list) -> None:
        """Leave what stands between dollar signs as it is."""

    def _parse_urls(self, sheet: Any) -> None:
        """Leave what stands in brackets as it is."""

    def _apply_column_alignments(self, *_: Any) -> None:
        """Leave numbers to their formats, which set them to the right."""


class _Book(gptables.GPWorkbook):
    """A workbook of such sheets, whose cells begin at the top of their row."""

    def set_theme(self, theme: gptables.Theme) -> None:
        """Take a theme, as gptables does."""
        theme = copy.deepcopy(theme)
        for cells in (theme.data_format, theme.index_1_format):
            cells["valign"] = "top"
        super().set_theme(theme)

    def add_worksheet(self, name: str, gridlines: str = "hide_all") -> _Page:
        """Add a sheet, as gptables does."""
        page = Workbook.add_worksheet(self, name, _Page)
        page.theme, page._workbook = self.theme, self
        page.hide_gridlines(2)
        return page


def workbook(
    cover: Cover, sheets: list[Sheet], properties: dict[str, str], made: date
) -> bytes:
    """Give the workbook, of which the same sheets and date give the same bytes."""
    out = io.BytesIO()
    book = _Book(out, options=OPTIONS)
    created = datetime(made.year, made.month, made.day, tzinfo=UTC)
    book.set_properties(properties | {"created": created})
    front = gptables.Cover(
        cover.title, cover.intro, cover.about, [cover.contact], COVER,
        width=COVER_WIDTH * WIDTH_OF_A_SIGN,
    )  # fmt: skip
    page = book.add_worksheet(COVER)
    page.write_cover(front)
    for place, (text, size) in enumerate(cover.lines):
        high = HEIGHT_OF_A_LINE * size / TEXT
        page.set_row(place, lines(text, COVER_WIDTH * TEXT // size) * high)
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        with warnings.catch_warnings():
            # it uses what a later pandas will not have
            warnings.simplefilter("ignore", pd.errors.PandasChangeWarning)
            page.write_gptable(_table(sheet), auto_width=False)
        _lay_out(page, sheet)
    for page in book.worksheets():
        page.set_paper(A4)
        page.set_landscape()
        page.fit_to_pages(1, 0)  # one page wide, as many long as it takes
    book.close()
    return out.getvalue()


def _lay_out(page: _Page, sheet: Sheet) -> None:
    """Set columns, and rows that are as high as their words need."""
    for place, width in enumerate(widths(sheet)):
        page.set_column(place, place, width * WIDTH_OF_A_SIGN)
    head = 1 + len(sheet.above)
    for place, count in enumerate(heights(sheet)):
        page.set_row(head + place, count * HEIGHT_OF_A_LINE)
    page.repeat_rows(head)


def _table(sheet: Sheet) -> gptables.GPTable:
    rows = [[_value(cell) for cell in row] for row in sheet.rows]
    for row, name in zip(rows, sheet.leads_to, strict=False):
        row[0] = {name: f"internal:'{name}'!A1"}
    frame = pd.DataFrame(rows, columns=[_heading(h) for h in sheet.headings])
    first, *rest = sheet.above
    return gptables.GPTable(
        table=frame.astype(object),
        table_name=sheet.table_name,
        title=sheet.title,
        instructions=first,
        legend=rest,
        index_columns={1: 0},
        additional_formatting=_formats(sheet),
    )


def _heading(text: str) -> str:
    # gptables takes what stands between two pairs for a note, and ends
    return text.replace("$$", "$ $")


def _value(cell: Cell) -> Any:
    if isinstance(cell.value, float):
        return int(cell.value) if cell.value.is_integer() else cell.value
    # gptables ends at a text without a Latin letter or digit, unless it has a format
    latin = any(sign.isascii() and sign.isalnum() for sign in cell.value)
    return cell.value if latin else FormatList([{}, cell.value])


def _formats(sheet: Sheet) -> list[dict[str, Any]]:
    """Give the formats of numbers: of a column where it has one, else cell by cell."""
    found: list[dict[str, Any]] = []
    for place in range(len(sheet.headings)):
        cells = [row[place].format for row in sheet.rows]
        kinds = {code for code in cells if code}
        if len(kinds) == 1:
            how = _shown_by(kinds.pop())
            found.append({"column": {"columns": [place], "format": how}})
        else:
            found += [
                {"cell": {"cells": (row, place), "format": _shown_by(code)}}
                for row, code in enumerate(cells, 1)
                if code
            ]
    return found


def _shown_by(code: str) -> dict[str, str]:
    # away from the text of the next column
    return {"num_format": code, "align": "right", "indent": 1}


def widths(sheet: Sheet) -> list[int]:
    """Give how wide each column is, in signs."""
    told = []
    for place, heading in enumerate(sheet.headings):
        cells = [str(row[place].value) for row in sheet.rows]
        longest = max(map(len, [*heading.split(), *cells]), default=0) + 2
        told.append(min(max(longest, NARROWEST), WIDEST))
    return told


def heights(sheet: Sheet) -> list[int]:
    """Give how many lines the head of a table and each of its rows take."""
    room = widths(sheet)
    rows = [sheet.headings, *([str(cell.value) for cell in r] for r in sheet.rows)]
    return [max(map(lines, row, room)) for row in rows]


def lines(text: str, signs: int) -> int:
    """Give how many lines a text takes where a line has room for so many signs."""
    if len(text) <= signs and "\n" not in text:
        return 1
    return sum(len(textwrap.wrap(line, signs)) or 1 for line in text.split("\n"))
