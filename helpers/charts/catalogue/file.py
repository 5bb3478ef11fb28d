"""A file of results as its records: a row changed, and every other byte kept."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass

from helpers.charts.catalogue.columns import RESULTS


@dataclass
class Table:
    """A file of results as its records, each with its own bytes and line end."""

    records: list[str]
    header: list[str]
    top: int  # the header's place among the records

    @classmethod
    def of(cls, text: str) -> "Table":
        """Cut a file into records, a row of a spreadsheet each."""
        lines = list(io.StringIO(text, newline=""))
        reader, records, begun = csv.reader(lines, strict=True), [], 0
        for _ in reader:
            records.append("".join(lines[begun : reader.line_num]))
            begun = reader.line_num
        top = next(n for n, record in enumerate(records) if any(_fields(record)))
        table = cls(records, _fields(records[top]), top)
        if not records[-1].endswith(("\r", "\n")):
            records[-1] += table.end
        return table

    @property
    def text(self) -> str:
        """The file as a whole."""
        return "".join(self.records)

    @property
    def end(self) -> str:
        """How its lines end."""
        return re.search(r"[\r\n]*\Z", self.records[self.top])[0] or "\n"

    def rows(self) -> dict[int, dict[str, str]]:
        """Give the rows as texts by column, each by its place among the records."""
        empty = dict.fromkeys(RESULTS, "")
        fields = {
            place: [" ".join(field.split()) for field in _fields(record)]
            for place, record in enumerate(self.records)
            if place > self.top
        }
        return {
            place: empty | dict(zip(self.header, row, strict=False))
            for place, row in fields.items()
            if any(row)
        }

    def widen(self, columns: list[str]) -> None:
        """Add columns at the right, empty in every row that is there."""
        for place, record in enumerate(self.records):
            line = record.rstrip("\r\n")
            more = columns if place == self.top else [""] * len(columns)
            if line:
                self.records[place] = ",".join([line, *more]) + record[len(line) :]
        self.header += columns

    def record(self, values: Mapping[str, str]) -> str:
        """Give a row as a record, in the order of the columns that there are."""
        file = io.StringIO(newline="")
        writer = csv.writer(file, lineterminator=self.end)
        writer.writerow([values.get(name, "") for name in self.header])
        return file.getvalue()


def _fields(record: str) -> list[str]:
    plain = record.removeprefix("\ufeff")  # the mark by which Excel knows UTF-8
    return next(csv.reader(io.StringIO(plain, newline="")), [])
