"""The national extract: its tables declared once, opened, checked and queried.

This is the only module that knows which engine holds the records. Others build ibis
expressions over `Records.tables`; what they bring out is small.
"""

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import duckdb
import ibis
import pandas as pd
import pyarrow as pa

from helpers.intake.records.check import (
    column_problems,
    row_problems,
    without_values,
)
from helpers.request import RequestError

#: kinds of column
TEXT, DAY, WHOLE, FLAG = "text", "dates", "whole numbers", "true or false"

NAMED = {"surname": TEXT, "forename": TEXT, "date_of_birth": DAY}
SPELL = {"person_id": TEXT, "from": DAY, "to": DAY, "kind": TEXT}

#: the tables of an extract and the kind of each column; other columns are ignored
TABLES: dict[str, dict[str, str]] = {
    "person": {
        "person_id": TEXT, "pnc_id": TEXT, "prison_number": TEXT, **NAMED,
        "sex": TEXT, "ethnicity": TEXT, "nationality": TEXT,
    },
    "alias": {"person_id": TEXT, **NAMED, "pnc_id": TEXT, "prison_number": TEXT},
    "sentence": {
        "person_id": TEXT, "sentence_id": TEXT, "conviction_date": DAY,
        "custody_start": DAY, "index_date": DAY, "disposal": TEXT,
        "sentence_length_days": WHOLE, "release_type": TEXT, "offence_group": TEXT,
        "offence_type": TEXT, "region": TEXT, "establishment": TEXT,
    },
    "offence": {
        "person_id": TEXT, "offence_date": DAY, "proven_date": DAY, "outcome": TEXT,
        "offence_group": TEXT, "trial_mode": TEXT, "custodial": FLAG,
        "recordable": FLAG, "breach": FLAG, "england_wales": FLAG,
        "police_prosecuted": FLAG,
    },
    "assessment": {"person_id": TEXT, "date": DAY},
    "benefit": SPELL,
    "employment": SPELL,
}  # fmt: skip
REQUIRED = ("person", "sentence", "offence")
#: an OASys question, such as S8Q1; the assessment table may hold any of them
QUESTION = re.compile(r"S\d+Q\d+")

CASTS = {TEXT: "string", DAY: "date", WHOLE: "int64", FLAG: "boolean"}
#: how a value of a CSV file must be written
WRITTEN = {
    DAY: r"^\d{4}-\d{2}-\d{2}$",
    WHOLE: r"^-?\d+(\.0*)?$",
    FLAG: r"(?i)^(true|false|t|f|yes|no|y|n|1|0)$",
}


@dataclass(eq=False)
class Records:
    """An open extract: its tables as ibis expressions, and the engine they live in.

    `tables` has no entry for an optional table that the extract lacks. Use it as a
    context manager: what it wrote for itself is removed when it closes.
    """

    tables: dict[str, ibis.Table] = field(repr=False)
    connection: Any = field(repr=False)
    place: Path = field(repr=False)
    _made: int = field(default=0, repr=False)

    def local(self, frame: pd.DataFrame, days: tuple[str, ...] = ()) -> ibis.Table:
        """A small frame as a table of the engine; `days` names its date columns.

        Text columns stay text even if they are empty, and a date has no time.
        """
        table = pa.Table.from_pandas(frame, preserve_index=False)
        for i, column in enumerate(table.schema):
            kind = column.type
            if column.name in days:
                kind = pa.date32()
            elif pa.types.is_null(kind):
                kind = pa.string()
            cast = table.column(i).cast(kind, safe=False)
            table = table.set_column(i, column.name, cast)
        name = self._name()
        self.connection.con.register(name, table)
        return self.connection.table(name)

    def keep(self, expression: ibis.Table) -> ibis.Table:
        """Work out an expression once; what is asked of the result reads it back."""
        return self.connection.create_table(self._name(), expression, temp=True)

    def frame(self, expression: ibis.Table) -> pd.DataFrame:
        """The rows of an expression; dates as datetime64[us], text as str."""
        query = self.connection.compile(expression)
        table = self.connection.con.sql(query).to_arrow_table()
        for i, column in enumerate(table.schema):
            if pa.types.is_date(column.type):
                days = table.column(i).cast(pa.timestamp("us"))
                table = table.set_column(i, column.name, days)
        return table.to_pandas()

    def close(self) -> None:
        """Let the engine go and remove every file that it wrote."""
        self.connection.disconnect()
        shutil.rmtree(self.place, ignore_errors=True)

    def __enter__(self) -> "Records":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _name(self) -> str:
        self._made += 1
        return f"made_{self._made}"


def open_extract(
    folder: str | Path, work: str | Path, *, memory: str = "6GB"
) -> Records:
    """Open a national extract, a folder with a Parquet or CSV file for each table.

    Parameters
    ----------
    folder
        Holds person, sentence and offence (.parquet or .csv), and alias, assessment,
        benefit and employment where they were sent.
    work
        A restricted folder. CSV files are converted there once, and the engine's
        temporary files lie there, until the records are closed.
    memory
        The engine's limit, beyond which it uses its temporary files.

    Raises
    ------
    RequestError
        With every problem of the extract, none of them with a person's value.
    """
    folder, work = Path(folder), Path(work)
    if not folder.is_dir():
        raise RequestError(
            f"inputs.extract: there is no folder {folder}; give the folder that holds "
            "the tables of the extract"
        )
    work.mkdir(mode=0o700, parents=True, exist_ok=True)
    place = Path(mkdtemp(prefix="records-", dir=work))
    connection = ibis.duckdb.connect(
        memory_limit=memory,
        temp_directory=str(place / "spilled"),
        preserve_insertion_order=False,
    )
    records = Records({}, connection, place)
    try:
        found = _fill(records, folder)
        if found:
            raise RequestError(found)
    except duckdb.Error:
        records.close()
        raise RequestError(
            f"{folder.name}: a table cannot be read to its end; save it again"
        ) from None
    except BaseException:
        records.close()
        raise
    return records


def _fill(records: Records, folder: Path) -> list[str]:
    """Read every table there is; gives all that is wrong with them."""
    found: list[str] = []
    for name, columns in TABLES.items():
        files = [folder / f"{name}{ending}" for ending in (".parquet", ".csv")]
        files = [file for file in files if file.is_file()]
        if len(files) == 2:
            found.append(f"{folder.name}: holds {name} as .parquet and as .csv; "
                         "keep one of them")  # fmt: skip
        elif files:
            table, wrong = _read(records, files[0], columns)
            found += wrong
            if table is not None:
                records.tables[name] = table
        elif name in REQUIRED:
            found.append(
                f"{folder.name}: has no table {name}; put {name}.parquet or "
                f"{name}.csv there"
            )
    return found + row_problems(records.tables, records.frame)


def _read(
    records: Records, file: Path, columns: Mapping[str, str]
) -> tuple[ibis.Table | None, list[str]]:
    """One table with its declared columns, or what is wrong with it."""
    try:
        if file.suffix == ".csv":
            raw = records.connection.read_csv(
                file, all_varchar=True, header=True, delim=_delimiter(file), quote='"'
            )
        else:
            raw = records.connection.read_parquet(file)
        columns = dict(columns)
        if file.stem == "assessment":
            columns |= {c: WHOLE for c in raw.columns if QUESTION.fullmatch(c)}
        wrong = column_problems(
            raw, columns, file.name, records.frame, CASTS, WRITTEN, file.suffix
        )
        if wrong:
            return None, wrong
        table = raw.select(
            **{name: _cast(raw[name], columns[name]) for name in columns}
        )
        if file.suffix == ".csv":
            converted = records.place / f"{file.stem}.parquet"
            records.connection.to_parquet(table, converted)
            table = records.connection.read_parquet(converted)
    except (duckdb.Error, UnicodeDecodeError):
        # what the engine says of it holds the person's row
        kind = "CSV in UTF-8" if file.suffix == ".csv" else "Parquet"
        return None, [f"{file.name}: cannot be read as {kind}; save it again"]
    return table, []


def _delimiter(file: Path) -> str:
    """The sign between the fields of a CSV file's header."""
    with file.open(newline="", encoding="utf-8-sig") as lines:
        header = lines.readline()
    return max(",;\t", key=header.count)


def _cast(column: ibis.Value, kind: str) -> ibis.Value:
    if without_values(column):
        return ibis.null(CASTS[kind])
    if column.type().is_string():
        column = column.nullif("")
        if kind == WHOLE:
            column = column.re_replace(r"\.0*$", "")
    return column.cast(CASTS[kind])
