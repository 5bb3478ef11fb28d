"""Tables for a spreadsheet: one row of headings, and numbers as numbers.

A number stands there as the page holds it (−9 for "9 fewer"), without words, signs of
per cent or commas. What is printed otherwise keeps a column of its own beside it.
"""

import base64
import csv
import html
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from helpers.files import harmless
from helpers.publication import tables
from helpers.publication.numbers import MINUS, Number
from helpers.publication.tables import Between, Links, Row

#: headings of what is no column of the table itself
GROUP, ADDRESS = "Group", "Address"
#: what follows a heading where a column tells the same in another form
AS_PRINTED, FROM, TO = ", as printed", ", from", ", to"

#: what stands for a limit where a row has no interval
NONE = "[z]"


@dataclass(frozen=True)
class Column:
    """A column of a flat table: numbers and text, one cell a row."""

    heading: str
    cells: list[Any] = field(repr=False)

    @property
    def less(self) -> str:
        """What a negative number in it means: "fewer"; empty where it is no word."""
        words = [cell.less for cell in self.cells if isinstance(cell, Number)]
        return " or ".join(dict.fromkeys(word for word in words if word))


def columns(
    headings: list[str], rows: list[Row], *, printed: bool = True
) -> list[Column]:
    """Give the columns of a table; a group heading is a column of its own.

    So are the limits of intervals, as numbers, and the addresses of links. With
    `printed`, a column whose numbers are printed otherwise has what is printed beside.
    """
    full = [row for row in rows if len(row) > 1]
    flat = [Column(GROUP, _groups(rows))] if len(full) < len(rows) else []
    for place, heading in enumerate(headings):
        flat += _of(heading, [row[place] for row in full], printed)
    links = [[cell for cell in row if isinstance(cell, Links)] for row in full]
    if any(links):
        told = [" ; ".join(cell.addresses for cell in row) for row in links]
        flat.append(Column(ADDRESS, told))
    return flat


def _groups(rows: list[Row]) -> list[Any]:
    """Give the heading that each full row stands below."""
    groups, group = [], ""
    for row in rows:
        if len(row) == 1:
            group = row[0]
        else:
            groups.append(group)
    return groups


def _of(heading: str, cells: list[Any], printed: bool) -> Iterator[Column]:
    yield Column(heading, cells)
    if any(isinstance(cell, Between) for cell in cells):
        yield Column(heading + FROM, [_limit(cell, "low") for cell in cells])
        yield Column(heading + TO, [_limit(cell, "high") for cell in cells])
    if printed and any(is_number(cell) and not _is_plain(cell) for cell in cells):
        yield Column(heading + AS_PRINTED, list(map(tables.text, cells)))


def _is_plain(number: Number) -> bool:
    return number.text.replace(MINUS, "-") == plain(number)


def _limit(cell: Any, which: str) -> Any:
    if isinstance(cell, Between):
        return getattr(cell, which)
    return tables.text(cell) if tables.text(cell).startswith("[") else NONE


def beside(headings: list[str]) -> set[int]:
    """Give the places of columns that tell again what a column before them tells."""
    return {
        place
        for place, heading in enumerate(headings)
        for end in (AS_PRINTED, FROM, TO)
        if heading.endswith(end) and heading.removesuffix(end) in headings[:place]
    }


def as_printed(row: Mapping[str, str]) -> list[str]:
    """Give a row of such a file, by its headings, as the table prints it."""
    again = beside(list(row))
    return [
        row.get(heading + AS_PRINTED, row[heading])
        for place, heading in enumerate(row)
        if place not in again
    ]


def is_number(cell: Any) -> bool:
    """Tell whether a cell holds a number: no text, and nothing that is not shown."""
    return isinstance(cell, Number) and isinstance(cell.value, float)


def plain(cell: Any) -> str:
    """Give a cell as it stands in a file: "-9", "1234", "0.90", "[c]", or its text.

    A number has the decimals that are printed, where that is the number itself.
    """
    if not is_number(cell):
        return tables.text(cell)
    value = Decimal(repr(cell.value))
    digits = f"{value:.{cell.decimals}f}"
    exact = digits if Decimal(digits) == value else f"{value.normalize():f}"
    return exact if value else exact.removeprefix("-")


def as_csv(headings: list[str], rows: list[Row]) -> str:
    """Give a table as CSV.

    Text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    flat = columns(headings, rows)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([harmless(column.heading) for column in flat])
    writer.writerows(zip(*(map(_cell, column.cells) for column in flat), strict=True))
    return out.getvalue()


def _cell(cell: Any) -> str:
    number = isinstance(cell, Number) and not isinstance(cell.value, str)
    return plain(cell) if number else harmless(tables.text(cell))


def download(key: str, what: str, headings: list[str], rows: list[Row]) -> str:
    """Give a link that holds the table as CSV."""
    text = as_csv(headings, rows).encode()
    size = max(1, round(len(text) / 1024))
    data = base64.b64encode(text).decode()
    return (
        f'<p class="jdl-note"><a download="{key}.csv" data-for="{key}" '
        f'href="data:text/csv;charset=utf-8;base64,{data}">'
        f"Download {html.escape(what)} as CSV ({size} KB)</a></p>"
    )
