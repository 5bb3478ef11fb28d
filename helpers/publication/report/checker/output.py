"""One table or figure as a checker of outputs sees it."""

import csv
import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from helpers.publication import figures
from helpers.publication.facts.resolve import resolve
from helpers.publication.flat import beside
from helpers.publication.numbers import Number
from helpers.publication.report.assembly import numbering
from helpers.publication.report.contents import Contents
from helpers.publication.report.publish_cells import Part

#: what stands in a file for a number that is hidden
HIDDEN = "[c]"


@dataclass(frozen=True)
class Output:
    """A table or figure: how it is called, its table as in its file, its numbers.

    The first row of the table is its head. The numbers are those that stand in it once
    released numbers are put in, hidden ones as places without a value.
    """

    name: str
    part: Part
    caption: str
    section: str
    table: list[list[str]] = field(repr=False)
    numbers: dict[str, Number] = field(repr=False)

    @property
    def uid(self) -> str:
        """The name as it stands in files: "table_3"."""
        return self.name.lower().replace(" ", "_")

    @property
    def files(self) -> list[str]:
        """The files of the bundle: the table, and of a figure its picture."""
        start = f"{self.uid}_{self.part.key}"
        figure = self.part.recipe["block"] == "figure"
        return [start + ".csv", *([start + ".png"] if figure else [])]

    @property
    def made_in(self) -> str:
        """The notebook and heading that it was made under."""
        code = self.part.code
        return f"{code.notebook}: {code.heading}" if code else "report"

    @property
    def hidden(self) -> list[tuple[int, int]]:
        """Where `[c]` stands: row below the head, column after the first, from 0."""
        return [
            (row, column)
            for row, cells in enumerate(self.table[1:])
            for column, cell in enumerate(cells[1:])
            if HIDDEN in cell
        ]

    @property
    def cells_hidden(self) -> int:
        """How many cells of the table hold `[c]`, those that tell it again left out."""
        again = beside(self.table[0])
        return sum(column + 1 not in again for _, column in self.hidden)


def tables_and_figures(content: Contents, written: Mapping[str, str]) -> list[Output]:
    """Give every table and figure of release/, as it was written there."""
    whole = content.with_further()
    names = numbering(whole.parts)
    titles = {section.key: section.title for section in whole.sections}
    released = content.decision.released
    made = []
    for part in content.released:
        if part.recipe["block"] == "words":
            continue
        table = list(csv.reader(written[f"tables/{part.key}.csv"].splitlines(True)))
        held = {number.ref: number for number in _numbers(_data(part, released))}
        caption = _caption(part, released)
        section = titles[part.section]
        made.append(Output(names[part.key], part, caption, section, table, held))
    return made


def _data(part: Part, released: Mapping[str, Any]) -> Any:
    figure = part.recipe["block"] == "figure"
    return resolve(part.recipe["data" if figure else "rows"], released)


def _caption(part: Part, released: Mapping[str, Any]) -> str:
    recipe = part.recipe
    if recipe["block"] == "table":
        return recipe["caption"]
    module = figures.FIGURES[recipe["figure"]]
    headline = module.headline(module.Data(**_data(part, released)))
    return f"{headline}. {recipe['subtitle']}"


def _numbers(data: Any) -> Iterator[Number]:
    """Give the numbers in the data of a table or figure, however deep they lie."""
    if isinstance(data, Number):
        yield data
    elif isinstance(data, dict):
        yield from _numbers(list(data.values()))
    elif isinstance(data, list | tuple):
        for one in data:
            yield from _numbers(one)
    elif dataclasses.is_dataclass(data):
        for one in dataclasses.fields(data):
            yield from _numbers(getattr(data, one.name))
