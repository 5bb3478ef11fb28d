"""The tables of a report as sheets of a workbook: one table a sheet, as on the page.

A cell is a number with a format by which it is shown, or a text. The number is that of
the page: −9 where the page says "9 fewer", 35 where it says "35%".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from helpers.files import harmless
from helpers.publication import drawing, figures, flat
from helpers.publication.facts.resolve import resolve
from helpers.publication.numbers import Number
from helpers.publication.report.assembly import numbering
from helpers.publication.report.forms.written import Written
from helpers.publication.report.publish_cells import Part
from helpers.publication.tables import text

#: the longest heading of a column that a workbook takes
LONGEST_HEADING = 255
#: where each part of Unicode begins, whose last two places are no signs
PLANES = range(0, 0x110000, 0x10000)
#: what no file of a workbook can hold: signs of control, halves of signs, no signs
UNWRITABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in PLANES)
    + "]"
)

#: what stands where a table has no cell
EMPTY = flat.NONE


@dataclass(frozen=True)
class Cell:
    """A number and its format, or a text, which has none."""

    value: float | str
    format: str = ""


@dataclass(frozen=True)
class Sheet:
    """A table on a sheet of its own: what stands above it, its head and its rows.

    `leads_to` names the sheets to which the first column leads, row by row.
    """

    name: str
    title: str
    above: list[str]
    headings: list[str]
    rows: list[list[Cell]] = field(repr=False)
    leads_to: list[str] = field(default_factory=list)

    @property
    def table_name(self) -> str:
        """The table's name, which no reference to a cell is: "data_for_figure_2"."""
        return f"{self.name.lower().replace(' ', '_')}_table"


def sheets(report: Written) -> list[Sheet]:
    """Give every table and the data of every figure of release/, in the page's order.

    The tables beside the report come last, as their numbers do.
    """
    content = report.contents
    names = numbering(content.with_further().parts)
    released = content.decision.released
    return [
        _sheet(part, names[part.key], released)
        for part in content.released
        if part.key in names
    ]


def _sheet(part: Part, name: str, released: Mapping[str, Any]) -> Sheet:
    recipe = part.recipe
    headings, rows = drawing.table_rows(recipe, released)
    columns = flat.columns(headings, rows, printed=False)
    said, title = captioned(recipe, name, released)
    notes = [text(note) for note in drawing.notes(recipe, released, rows)]
    above = [*said, *notes, f"Source: {recipe['source']}"]
    name = f"Data for {name}" if recipe["block"] == "figure" else name
    cells = [[cell(one) for one in column.cells] for column in columns]
    return Sheet(
        name,
        written(title),
        [written(line) for line in above],
        _apart([_heading(column) for column in columns]),
        [list(row) for row in zip(*cells, strict=True)],
    )


def captioned(
    recipe: Mapping[str, Any], name: str, released: Mapping[str, Any]
) -> tuple[list[str], str]:
    """Give what is said below a title, and the title: "Table 3: What was found"."""
    if recipe["block"] == "table":
        return [], f"{name}: {recipe['caption']}"
    module = figures.FIGURES[recipe["figure"]]
    data = module.Data(**resolve(recipe["data"], released))
    return [recipe["subtitle"]], f"Data for {name}: {module.headline(data)}"


def _heading(column: flat.Column) -> str:
    told = f" (minus means {column.less})" if column.less else ""
    return (written(column.heading)[: LONGEST_HEADING - len(told)]) + told


def _apart(headings: list[str]) -> list[str]:
    """Give headings each once, as a table of a workbook needs them."""
    told: list[str] = []
    for heading in headings:
        name, number = heading, 2
        while name.casefold() in map(str.casefold, told):
            end = f" ({number})"
            name, number = heading[: LONGEST_HEADING - len(end)] + end, number + 1
        told.append(name)
    return told


def cell(shown: Any) -> Cell:
    """Give a cell of a table as one of a sheet."""
    if isinstance(shown, Number) and flat.is_number(shown):
        return Cell(shown.value, number_format(shown))
    return Cell(written(text(shown)))


def written(words: str) -> str:
    """Give a text as a sheet can hold it: nothing empty, and nothing worked out.

    A tab is a blank: not every program shows one in a cell.
    """
    return harmless(UNWRITABLE.sub("", words).replace("\t", " ")).strip() or EMPTY


def number_format(number: Number) -> str:
    """Give the format that shows a number as it is printed, but for its words.

    A number that is told as lying below a limit keeps that: "<0.01".
    """
    printed = number.text
    if printed.startswith("<"):
        return f'"{printed}"'
    decimals = f".{'0' * number.decimals}" if number.decimals else ""
    end = '"%"' if printed.endswith("%") else ""
    return ("#,##0" if "," in printed else "0") + decimals + end
