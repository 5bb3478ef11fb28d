"""annex.ods by odfpy, with the same sheets as the workbook."""

import io
import re
import zipfile
from datetime import date
from typing import Any

from odf import dc, meta, number, style, table
from odf.element import Element
from odf.namespaces import STYLENS
from odf.opendocument import OpenDocumentSpreadsheet
from odf.text import A, P, S, Tab

from helpers.publication.report.forms.annex.front import (
    COVER,
    COVER_WIDTH,
    SUBTITLE,
    TEXT,
    TITLE,
    Cover,
)
from helpers.publication.report.forms.annex.sheets import Cell, Sheet
from helpers.publication.report.forms.annex.workbook import (
    HEIGHT_OF_A_LINE,
    heights,
    widths,
)

#: a run of blanks that a reader would take for one, and tabs
BLANKS = re.compile(r"(\t|^ +| +$| {2,})")
#: what is written of a table is known to be right
UNCHECKED: dict[str, Any] = {"check_grammar": False}
FORMAT = re.compile(r'(?P<grouped>#,##)?0(?:\.(?P<decimals>0+))?(?P<end>"%")?')
WIDTH_OF_A_SIGN = 0.25  # centimetres
#: how a page is printed: A4, landscape, one page wide and as many long as it takes
PAGE = {
    "pagewidth": "29.7cm", "pageheight": "21cm", "printorientation": "landscape",
    "margin": "1.5cm",
}  # fmt: skip
SHEET = "jdl-sheet"
PADDING = "0.3cm"

HEADING, WRAPPED = "heading", "wrapped"
#: font size, bold, wrapped
FORMS = {
    "title": (TITLE, True, False),
    HEADING: (TEXT, True, True),
    "text": (TEXT, False, False),
    WRAPPED: (TEXT, False, True),
}


def open_document(
    cover: Cover, sheets: list[Sheet], properties: dict[str, str], made: date
) -> bytes:
    """Give the document, of which the same sheets and date give the same bytes."""
    # odfpy names at the top every vocabulary that anything in this process has used
    Element.namespaces.clear()
    document = OpenDocumentSpreadsheet()
    styles = document.automaticstyles
    # odfpy would look through every cell for the styles that are used: all of them are
    pages = _printed_so(document)
    document._used_auto_styles = lambda parts: (
        list(styles.childNodes) if document.body in parts else [pages]
    )
    book = _Book(document)
    day = f"{made.isoformat()}T00:00:00"
    document.meta.addElement(dc.Title(text=properties["title"]))
    document.meta.addElement(dc.Creator(text=properties["author"]))
    document.meta.addElement(meta.CreationDate(text=day))
    document.meta.addElement(dc.Date(text=day))
    book.cover(cover)
    for sheet in sheets:
        book.sheet(sheet)
    book.mark_tables()
    out = io.BytesIO()
    document.write(out)
    return _dated(out, made)


def _dated(written: io.BytesIO, made: date) -> bytes:
    """Give a document with its parts in order and of that day, its kind first."""
    out = io.BytesIO()
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(out, "w") as whole:
        names = sorted(parts.namelist(), key=lambda name: (name != "mimetype", name))
        for name in names:
            entry = zipfile.ZipInfo(name, (made.year, made.month, made.day, 0, 0, 0))
            entry.create_system = 3  # whatever the machine
            entry.external_attr = 0o644 << 16
            kind = name == "mimetype"
            entry.compress_type = zipfile.ZIP_STORED if kind else zipfile.ZIP_DEFLATED
            whole.writestr(entry, parts.read(name))
    return out.getvalue()


def _printed_so(document: Any) -> Any:
    """Set how every sheet is printed; give the layout of its pages."""
    layout = style.PageLayout(name="jdl-page")
    how = style.PageLayoutProperties(**PAGE)
    # odfpy knows a scale in pages for both directions alone
    how.setAttrNS(STYLENS, "scale-to-X", "1")
    how.setAttrNS(STYLENS, "scale-to-Y", "0")
    layout.addElement(how)
    master = style.MasterPage(name=SHEET, pagelayoutname=layout)
    document.masterstyles.addElement(master)
    sheet = style.Style(name=SHEET, family="table", masterpagename=SHEET)
    sheet.addElement(style.TableProperties(display="true"))
    document.automaticstyles.addElement(sheet)
    return layout


class _Book:
    """A document that is being written, with the styles that it has so far."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._styles: dict[str, Any] = {}
        self._widths: dict[int, Any] = {}
        self._heights: dict[int, Any] = {}
        self._ranges: list[tuple[str, str]] = []
        for name, (size, bold, wrapped) in FORMS.items():
            self._style(name, size=size, bold=bold, wrapped=wrapped)

    def _style(
        self,
        name: str,
        *,
        size: int = 12,
        bold: bool = False,
        wrapped: bool = False,
        data: str = "",
    ) -> None:
        of_data = {"datastylename": data} if data else {}
        made = style.Style(name=f"jdl-{name}", family="table-cell", **of_data)
        wrap = "wrap" if wrapped else "no-wrap"
        cell = style.TableCellProperties(wrapoption=wrap, verticalalign="top")
        made.addElement(cell)
        weight = {"fontweight": "bold"} if bold else {}
        font = {"fontfamily": "Arial", "fontsize": f"{size}pt"}
        language = {"language": "en", "country": "GB"}
        made.addElement(style.TextProperties(**font, **language, **weight))
        if data:
            made.addElement(style.ParagraphProperties(textalign="end"))
            # away from the text of the next column
            cell.setAttribute("paddingright", PADDING)
        self._document.automaticstyles.addElement(made)
        self._styles[name] = made

    def _of_format(self, code: str) -> str:
        """Give the style of a number format, made where there is none yet."""
        if code not in self._styles:
            name = f"number-{len(self._styles)}"
            self._document.automaticstyles.addElement(_number_style(name, code))
            self._style(code, data=name)
        return code

    def _of_width(self, signs: int) -> Any:
        if signs not in self._widths:
            made = style.Style(name=f"width-{signs}", family="table-column")
            width = f"{signs * WIDTH_OF_A_SIGN:.2f}cm"
            made.addElement(style.TableColumnProperties(columnwidth=width))
            self._document.automaticstyles.addElement(made)
            self._widths[signs] = made
        return self._widths[signs]

    def _of_height(self, lines: int) -> Any:
        if lines not in self._heights:
            made = style.Style(name=f"height-{lines}", family="table-row")
            height = f"{lines * HEIGHT_OF_A_LINE:.2f}pt"
            made.addElement(style.TableRowProperties(rowheight=height))
            self._document.automaticstyles.addElement(made)
            self._heights[lines] = made
        return self._heights[lines]

    def cover(self, cover: Cover) -> None:
        """Add the cover: a line a row, as the workbook has it."""
        page = self._page(COVER, [COVER_WIDTH])
        forms = {TITLE: "title", SUBTITLE: HEADING, TEXT: WRAPPED}
        for text, size in cover.lines:
            self._row(page, [self._text(text, forms[size])])

    def sheet(self, sheet: Sheet) -> None:
        """Add a sheet: title, notes, and the table with its head."""
        page = self._page(sheet.name, widths(sheet))
        self._row(page, [self._text(sheet.title, "title")])
        for line in sheet.above:
            self._row(page, [self._text(line, "text")])
        head = table.TableHeaderRows(**UNCHECKED)
        page.addElement(head)
        first, *lines = heights(sheet)
        self._row(head, [self._text(text, HEADING) for text in sheet.headings], first)
        for place, cells in enumerate(sheet.rows):
            row = [self._cell(cell) for cell in cells]
            if sheet.leads_to:
                row[0] = self._link(sheet.leads_to[place])
            self._row(page, row, lines[place])
        top = 2 + len(sheet.above)
        end = f"{_letters(len(sheet.headings))}{top + len(sheet.rows)}"
        page_name = f"'{sheet.name}'"
        self._ranges.append((sheet.table_name, f"{page_name}.A{top}:{page_name}.{end}"))

    def mark_tables(self) -> None:
        """Name the range of every table, as the workbook does."""
        ranges = table.DatabaseRanges()
        for name, address in self._ranges:
            ranges.addElement(
                table.DatabaseRange(name=name, targetrangeaddress=address)
            )
        self._document.spreadsheet.addElement(ranges)

    def _page(self, name: str, columns: list[int]) -> Any:
        page = table.Table(name=name, stylename=SHEET)
        for signs in columns:
            page.addElement(table.TableColumn(stylename=self._of_width(signs)))
        self._document.spreadsheet.addElement(page)
        return page

    def _row(self, page: Any, cells: list[Any], lines: int = 0) -> None:
        """Add a row, as high as so many lines where they are given."""
        high = {"stylename": self._of_height(lines)} if lines else {}
        row = table.TableRow(**high, **UNCHECKED)
        for cell in cells:
            row.addElement(cell, **UNCHECKED)
        page.addElement(row, **UNCHECKED)

    def _cell(self, cell: Cell) -> Any:
        if isinstance(cell.value, str):
            return self._text(cell.value, WRAPPED)
        made = table.TableCell(
            valuetype="float",
            value=repr(cell.value),
            stylename=self._styles[self._of_format(cell.format)],
            **UNCHECKED,
        )
        made.addElement(P(text=_shown(cell), **UNCHECKED), **UNCHECKED)
        return made

    def _text(self, text: str, form: str) -> Any:
        made = table.TableCell(
            valuetype="string", stylename=self._styles[form], **UNCHECKED
        )
        for line in text.split("\n"):
            made.addElement(_paragraph(line), **UNCHECKED)
        return made

    def _link(self, name: str) -> Any:
        made = table.TableCell(valuetype="string", stylename=self._styles[WRAPPED])
        paragraph = P()
        paragraph.addElement(A(href=f"#'{name}'.A1", type="simple", text=name))
        made.addElement(paragraph)
        return made


def _paragraph(line: str) -> Any:
    """Give a line of text with its blanks as they are."""
    paragraph = P(**UNCHECKED)
    for part in filter(None, BLANKS.split(line)):
        if part == "\t":
            paragraph.addElement(Tab(), **UNCHECKED)
        elif part.isspace() and BLANKS.fullmatch(part):
            paragraph.addElement(S(c=len(part)), **UNCHECKED)
        else:
            paragraph.addText(part, **UNCHECKED)
    return paragraph


def _number_style(name: str, code: str) -> Any:
    made = number.NumberStyle(name=name)
    parts = FORMAT.fullmatch(code)
    if not parts:  # a number that is told as lying below a limit
        made.addElement(number.Text(text=code.strip('"')))
        return made
    decimals = len(parts["decimals"] or "")
    grouped = {"grouping": "true"} if parts["grouped"] else {}
    made.addElement(
        number.Number(decimalplaces=decimals, minintegerdigits=1, **grouped)
    )
    if parts["end"]:
        made.addElement(number.Text(text="%"))
    return made


def _shown(cell: Cell) -> str:
    """Give a number as its format shows it."""
    parts = FORMAT.fullmatch(cell.format)
    if not parts:
        return cell.format.strip('"')
    comma = "," if parts["grouped"] else ""
    end = "%" if parts["end"] else ""
    return f"{cell.value:{comma}.{len(parts['decimals'] or '')}f}{end}"


def _letters(column: int) -> str:
    """Give the letters of a column, the first being 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
