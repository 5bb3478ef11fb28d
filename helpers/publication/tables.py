"""Tables: accessible HTML from labels and numbers."""

import html
import re
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from helpers.publication.numbers import MINUS, Number

#: columns that a phone has room for side by side, whatever stands in them
MOST_ON_A_PHONE = 3
#: letters that stand in one line of a table on a phone, a gap after each column counted
LETTERS_ON_A_PHONE = 43
#: columns from which on they are set closer together
MANY = 9

Row = list[Any]  # the row header first; text or Number


class Markup(str):
    """A cell that is HTML already."""

    @property
    def text(self) -> str:
        """The cell without its markup, for a file."""
        return html.unescape(re.sub(r"<[^>]+>", "", self))


class Links(Markup):
    """Links in a cell: each says what it leads to, and a file has the addresses too."""

    addresses: str

    def __new__(cls, markup: str, addresses: str) -> "Links":
        """Keep the addresses beside the links."""
        made = super().__new__(cls, markup)
        made.addresses = addresses
        return made


class Between(Markup):
    """An interval in words, with its limits as numbers for a file."""

    low: Number
    high: Number

    def __new__(cls, markup: str, low: Number, high: Number) -> "Between":
        """Keep the limits beside the words."""
        made = super().__new__(cls, markup)
        made.low, made.high = low, high
        return made


def text(cell: Any) -> str:
    """Give a cell as text: a number as printed, markup without its tags."""
    return cell.text if isinstance(cell, Number | Markup) else str(cell)


def _html(cell: Any) -> str:
    if isinstance(cell, Markup):
        return cell
    return cell.html if isinstance(cell, Number) else html.escape(str(cell))


def numeric(rows: list[Row], width: int) -> set[int]:
    """Give the places of columns with numbers, which are set to the right."""
    full = [row for row in rows if len(row) == width]
    return {
        column
        for column in range(1, width)
        if any(isinstance(row[column], Number) for row in full)
    }


def _beside_on_a_phone(columns: list[str], rows: list[Row]) -> bool:
    """Tell whether a row's values stand side by side on a phone, or below each other.

    They do where that takes fewer lines: its label may need more of them than one.
    """
    if len(columns) <= MOST_ON_A_PHONE:
        return True
    lines = [[text(cell) for cell in row] for row in rows if len(row) == len(columns)]
    room = LETTERS_ON_A_PHONE
    for place, heading in enumerate(columns[1:], 1):
        values = [*heading.split(), *(line[place] for line in lines)]
        room -= 1 + max(map(len, values))
    labels = [line[0] for line in lines]
    words = " ".join([columns[0], *labels]).split()
    longest = max(map(len, labels), default=0)
    return room >= max(map(len, words)) and longest < room * len(columns)


def _bar(cell: Any) -> str:
    """Give a bar as long as a per cent, for the eye alone; the number stays text."""
    per_cent = isinstance(cell, Number) and cell.format == "per_cent"
    if not per_cent or not isinstance(cell.value, float) or cell.state != "shown":
        return ""
    length = min(max(cell.value, 0), 100)
    return f'<span class="jdl-bar"><i style="width:{length:g}%"></i></span>'


def render(
    key: str,
    caption: str,
    columns: list[str],
    rows: list[Row],
    *,
    bars: bool = False,
) -> str:
    """Give an accessible table: caption, scoped headers, row headers, numbers right.

    With `bars` a bar is drawn beside each per cent.
    """
    of_numbers = numeric(rows, len(columns))

    def css(column: int) -> str:
        return ' class="num"' if column in of_numbers else ""

    head = "".join(
        f'<th scope="col"{css(column)}>{html.escape(label)}</th>'
        for column, label in enumerate(columns)
    )
    # where a phone is too narrow for columns, each value stands beside its label
    beside = _beside_on_a_phone(columns, rows)
    labels = ["" if beside else f' data-label="{html.escape(n)}"' for n in columns]
    bodies: list[list[str]] = [[]]
    for row in rows:
        if len(row) == 1:
            bodies.append(
                [
                    f'<tr><th class="group" colspan="{len(columns)}" '
                    f'scope="rowgroup">{_html(row[0])}</th></tr>'
                ]
            )
            continue
        cells = "".join(
            f"<td{css(column)}{labels[column]}>{_html(cell)}"
            f"{_bar(cell) if bars else ''}</td>"
            for column, cell in enumerate(row[1:], 1)
        )
        bodies[-1].append(f'<tr><th scope="row">{_html(row[0])}</th>{cells}</tr>')
    shape = "jdl-table" if beside else "jdl-table jdl-stacks"
    shape += " jdl-many" if len(columns) >= MANY else ""
    shape += " jdl-bars" if bars else ""
    body = "".join(f"<tbody>{''.join(lines)}</tbody>" for lines in bodies if lines)
    return (
        f'<div class="jdl-scroll" role="region" tabindex="0" '
        f'aria-labelledby="{key}-caption"><table class="{shape}" id="{key}">'
        f'<caption id="{key}-caption">{html.escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead>{body}</table></div>"
    )


def _heading(name: Any) -> str:
    return ": ".join(map(str, name)) if isinstance(name, tuple) else str(name)


@dataclass(frozen=True)
class Captioned:
    """A data frame shown to an analyst with a caption; it never leaves a notebook."""

    frame: pd.DataFrame = field(repr=False)
    caption: str
    banner: str = ""
    decimals: int = 3

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict:
        counted = isinstance(self.frame.index, pd.RangeIndex)  # rows without names
        columns = [_heading(name) for name in self.frame.columns]
        rows = [
            [self._cell(value) for value in values]
            for values in self.frame.itertuples(index=False, name=None)
        ]
        if not counted:
            columns = [self.frame.index.name or "name", *columns]
            names = [_heading(name) for name in self.frame.index]
            rows = [[name, *row] for name, row in zip(names, rows, strict=True)]
        draft = f"<p><strong>{html.escape(self.banner)}</strong></p>"
        table = render("analyst", self.caption, columns, rows)
        shown = (draft if self.banner else "") + table.replace(' id="analyst"', "")
        plain = f"{self.banner}\n{self.caption}\n{self.frame.to_string()}".strip()
        return {"text/html": shown, "text/plain": plain}

    def _cell(self, value: Any) -> str:
        if value is None or value is pd.NA or value != value:
            return ""
        if isinstance(value, float):
            return f"{value:,.{self.decimals}f}".replace("-", MINUS)
        return str(value)
