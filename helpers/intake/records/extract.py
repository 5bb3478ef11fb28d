"""The national extract: its files found, read and checked, whichever engine holds it.

Others build ibis expressions over `Records.tables`; what they bring out is small.
"""

import sys
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import ibis

from helpers import files
from helpers.errors import DataError
from helpers.files import typed
from helpers.intake.records import lacking
from helpers.intake.records.check import (
    column_problems,
    row_problems,
    without_values,
)
from helpers.intake.records.engine import Records
from helpers.intake.records.tables import (
    AS_WRITTEN,
    CASTS,
    ENDINGS,
    MISSING,
    QUESTION,
    REQUIRED,
    ROW_NUMBERS,
    TABLES,
    WHOLE,
)
from helpers.intake.separators import first_line, separator
from helpers.request.engine import SPARK, Engine


def open_extract(
    folder: str | Path,
    work: str | Path,
    *,
    approved: Collection[str] | None = None,
    at_hand: Mapping[str, Path] | None = None,
    engine: Engine = Engine(),  # noqa: B008 frozen
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
    approved
        Names of the tables that may be opened; the file of any other never is. None:
        the people are made up, and every table may be.
    at_hand
        Parquet files of tables that were read and checked already, by name of table;
        those of the extract are not read again.
    engine
        Which engine holds the tables, and its limit of memory, beyond which it uses
        its temporary files.

    Raises
    ------
    DataError
        With every problem of the extract, none of them with a person's value.
    """
    folder, work = Path(folder), Path(work)
    if not folder.is_dir():
        raise DataError(
            f"inputs.extract: there is no folder {folder}; give the folder that holds "
            "the tables of the extract"
        )
    work.mkdir(mode=0o700, parents=True, exist_ok=True)
    files.remove_left(work)
    place = Path(mkdtemp(prefix="records-", dir=work))
    try:
        records = _started(place, engine)
        records.until_closed.enter_context(files.locked(place / files.HELD))
    except BaseException:
        rmtree(place, ignore_errors=True)
        raise
    try:
        may_open = TABLES if approved is None else approved
        at_hand = at_hand or {}
        read = [name for name in TABLES if name in may_open and name not in at_hand]
        found = _misnamed(folder, may_open) + _fill(records, folder, read)
        for name, file in at_hand.items():
            records.tables[name] = records.parquet(file)
        if found:
            raise DataError(found)
    except records.failed as error:
        why = lacking.told(error, work, engine.memory, records.ran_out(error))
        records.close()
        raise why or DataError(
            f"{folder.name}: a table cannot be read to its end; save it again"
        ) from None
    except BaseException:
        records.close()
        raise
    return records


def _started(place: Path, engine: Engine) -> Records:
    """Start the engine that a request names; no other is imported."""
    if engine.name != SPARK:
        from helpers.intake.records import duckdb_engine

        return duckdb_engine.start(place, engine.memory)
    try:
        from helpers.intake.records import spark_engine
    except ImportError:
        raise DataError(
            f"engine.name: Spark is not installed; run {typed(sys.executable)} -m pip "
            'install -e ".[spark]" in the folder of the kit, or write name: duckdb'
        ) from None
    return spark_engine.start(place, engine)


def _fill(records: Records, folder: Path, read: Collection[str]) -> list[str]:
    """Read every table there is of those; give all that is wrong with them."""
    found = []
    for name in read:
        sent = [folder / f"{name}{ending}" for ending in ENDINGS]
        sent = [file for file in sent if file.is_file()]
        if len(sent) == 2:
            found.append(f"{folder.name}: holds {name} as .parquet and as .csv; "
                         "keep one of them")  # fmt: skip
        elif sent:
            whole, table, wrong = _read(records, sent[0], TABLES[name])
            found += wrong
            if table is not None:
                records.whole[name], records.tables[name] = whole, table
        elif name in REQUIRED:
            found.append(
                f"{folder.name}: has no table {name}; put {name}.parquet or "
                f"{name}.csv there"
            )
    return found + row_problems(records.tables, records.frame)


def not_opened(folder: Path, approved: Collection[str]) -> list[str]:
    """Give the names of files that hold a table which is not approved."""
    return sorted(
        f"{name}{ending}"
        for name in TABLES
        for ending in ENDINGS
        if name not in approved and (folder / f"{name}{ending}").exists()
    )


def _misnamed(folder: Path, may_open: Collection[str]) -> list[str]:
    """Give the files that are no table but nearly have the name of one."""
    found = []
    for file in sorted([*folder.glob("*.parquet"), *folder.glob("*.csv")]):
        near = get_close_matches(file.stem.lower(), TABLES, 1, 0.75)
        if file.stem not in TABLES and near and near[0] in may_open:
            found.append(
                f"{folder.name}: {file.name} is not read; name it "
                f"{near[0]}{file.suffix}, or take it out of the folder"
            )
    return found


def _read(
    records: Records, file: Path, columns: Mapping[str, str]
) -> tuple[ibis.Table | None, ibis.Table | None, list[str]]:
    """Give one table with all its columns and with those declared, or what is wrong."""
    try:
        if file.suffix == ".csv":
            raw = records.csv(file, separator(first_line(file)))
        else:
            raw = records.parquet(file)
            # pandas writes the row numbers of a frame that was cut or put together
            raw = raw.drop(*filter(ROW_NUMBERS.fullmatch, raw.columns))
        columns = dict(columns)
        if file.stem == "assessment":
            columns |= {c: WHOLE for c in raw.columns if QUESTION.fullmatch(c)}
        wrong = column_problems(raw, columns, file.name, records.frame)
        if wrong:
            return None, None, wrong
        declared = {name: _cast(raw[name], name, columns[name]) for name in columns}
        whole, table = raw, raw.select(**declared)
        if file.suffix == ".csv":
            whole = records.converted(raw.mutate(**declared), file.stem)
            table = whole.select(*declared)
    except (*records.failed, UnicodeDecodeError) as error:
        if lacking.told(error, records.place, "", records.ran_out(error)):
            raise
        # what the engine says of it holds the person's row
        if file.suffix == ".csv":
            return None, None, [
                f"{file.name}: cannot be read as CSV: its rows must have the fields of "
                "its header, its quotation marks be closed, and its letters be UTF-8; "
                "save it again"
            ]  # fmt: skip
        return None, None, [f"{file.name}: cannot be read as Parquet; save it again"]
    return whole, table, []


def _cast(column: ibis.Value, name: str, kind: str) -> ibis.Value:
    """Give a column in the kind declared; what stands for nothing known is missing."""
    if without_values(column):
        return ibis.null(CASTS[kind])
    if column.type().is_string():
        if name in AS_WRITTEN:
            column = column.nullif("")
        else:
            column = column.strip()
            column = column.isin(MISSING).ifelse(ibis.null("string"), column)
        if kind == WHOLE:
            column = column.re_replace(r"\.0*$", "")
    return column.cast(CASTS[kind])
