"""A CSV file of a ready cohort: its separator, its header, and rows that do not fit."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers.errors import DataError
from helpers.intake.cohort_file.names import EVERY, checked
from helpers.intake.separators import SEPARATORS, first_line, separator

#: what Excel may write above the header
SIGN = re.compile(rf"sep=([{re.escape(SEPARATORS)}])\s*", re.IGNORECASE)
#: rows that a message names one by one
NAMED = 5


def load(path: Path, file: str, asked: Sequence[str]) -> pd.DataFrame:
    """Give a CSV file as text, nothing taken for missing yet.

    `asked` are the columns that the request asks for, as `names.checked` takes them.
    Raises DataError for rows with more or fewer fields than the header, told together,
    and UnicodeDecodeError where the file is not UTF-8.
    """
    first = first_line(path)
    if not any(sign in first for sign in SEPARATORS) and re.search(r'" +"', first):
        raise DataError(
            f"{file}: has blanks between its fields; save it with commas, as R's "
            "write.csv does"
        )
    if "\0" in first:
        raise DataError(f"{file}: is UTF-16, not UTF-8; save it as CSV UTF-8")
    told = SIGN.fullmatch(first)
    text = _Text(path, file, told[1] if told else separator(first), int(bool(told)))
    names = checked(_header(text), file, asked)
    # as pandas calls a column without a name, and a request may
    names = [name or f"Unnamed: {at}" for at, name in enumerate(names)]
    cohort = pd.read_csv(
        path,
        sep=text.separator,
        header=0,
        names=names,
        skiprows=text.above,
        index_col=False,
        dtype="str",
        na_filter=False,
        skipinitialspace=True,
        encoding="utf-8-sig",
    )
    # a spreadsheet leaves rows of separators alone
    return cohort[(cohort != "").any(axis=1)].reset_index(drop=True)


@dataclass(frozen=True)
class _Text:
    path: Path
    file: str
    separator: str
    above: int  # lines above the header

    def rows(self) -> Iterator[list[str]]:
        with self.path.open(newline="", encoding="utf-8-sig") as lines:
            for _ in range(self.above):
                lines.readline()
            # strict: an open quotation mark would swallow the people after it
            reader = csv.reader(
                lines, delimiter=self.separator, strict=True, skipinitialspace=True
            )
            ended = self.above
            try:
                for row in reader:
                    yield row
                    ended = self.above + reader.line_num
            except csv.Error:
                raise DataError(
                    f"{self.file}: line {ended + 1}: a quotation mark that is not "
                    "closed, or not alone around its field; correct it"
                ) from None


def _header(text: _Text) -> list[str]:
    """Give the header, once every row is known to have its fields."""
    rows = text.rows()
    header = next(rows, [])
    if sum(bool(name.strip()) for name in header) < EVERY:
        raise DataError(
            f"{text.file}: has no header in its first row; write the columns' names "
            "there, and nothing above them"
        )
    width, wrong, first = len(header), 0, []
    for number, row in enumerate(rows, text.above + 2):
        if len(row) == width or (len(row) < 2 and not "".join(row).strip()):
            continue  # an empty line is no row
        wrong += 1
        if wrong <= NAMED:
            first.append((number, len(row)))
    if wrong:
        raise DataError(_unfitting(text.file, width, first, wrong))
    return header


def _unfitting(file: str, width: int, first: list[tuple[int, int]], wrong: int) -> str:
    """Tell rows that do not have the header's fields, the header being row 1."""
    (row, fields), *others = first
    if all(fields == width + 1 for _, fields in first) and row == 2 and wrong > NAMED:
        return (
            f"{file}: every row has {fields} fields, the header {width}, as R's "
            "write.table leaves it; write the file with col.names = NA, or with "
            "row.names = FALSE"
        )
    line = f"{file}: row {row} has {fields} fields, the header {width}"
    if others:
        line += "; " + ", ".join(f"row {row} has {fields}" for row, fields in others)
    if wrong > len(first):
        line += f" and {wrong - len(first):,} more rows do not fit"
    to_do = "complete the row" if wrong == 1 else "complete the rows"
    return (
        f"{line}; {to_do}, or put quotation marks around a field that holds the "
        "separator"
    )
