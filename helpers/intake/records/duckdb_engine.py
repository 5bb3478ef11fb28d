"""DuckDB as the engine that holds the records: the only module that knows it."""

import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pandas as pd
import pyarrow as pa

#: what the engine raises; its words may hold a person's row
Failed = duckdb.Error

#: the engine takes no program from the network, nor one that lies about
NOTHING_FETCHED = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "allow_persistent_secrets": False,
}


def in_memory() -> duckdb.DuckDBPyConnection:
    """Give an engine in memory; what it spills lies among the temporary files."""
    place = str(Path(tempfile.gettempdir()) / "spilled")
    settings = {"temp_directory": place, **NOTHING_FETCHED}
    connection = duckdb.connect(":memory:", config=settings)
    connection.execute("SET lock_configuration = true")
    return connection


def start(place: Path, memory: str) -> "Records":
    """Start the engine; its own files lie in `place` until the records are closed.

    Beyond `memory`, such as "6GB", it uses them.
    """
    connection = ibis.duckdb.connect(
        memory_limit=memory,
        temp_directory=str(place / "spilled"),
        preserve_insertion_order=False,
        **NOTHING_FETCHED,
    )
    connection.con.execute("SET lock_configuration = true")
    return Records({}, connection, place)


@dataclass(eq=False)
class Records:
    """An open extract: its tables as ibis expressions, and the engine they live in.

    `tables` has no entry for an optional table that the extract lacks; `whole` has the
    same rows with every column that was sent. Use it as a context manager: what it
    wrote for itself is removed when it closes.
    """

    tables: dict[str, ibis.Table] = field(repr=False)
    connection: Any = field(repr=False)
    place: Path = field(repr=False)
    whole: dict[str, ibis.Table] = field(default_factory=dict, repr=False)
    _made: int = field(default=0, repr=False)

    def csv(self, file: Path, delimiter: str) -> ibis.Table:
        """Give a CSV file with a header, every value as text."""
        return self.connection.read_csv(
            file, all_varchar=True, header=True, delim=delimiter, quote='"'
        )

    def parquet(self, file: Path) -> ibis.Table:
        """Give a Parquet file with the types that it has."""
        return self.connection.read_parquet(file)

    def converted(self, expression: ibis.Table, name: str) -> ibis.Table:
        """Work out an expression into a Parquet file of the engine's own."""
        file = self.place / f"{name}.parquet"
        self.connection.to_parquet(expression, file)
        return self.parquet(file)

    def local(self, frame: pd.DataFrame, days: tuple[str, ...] = ()) -> ibis.Table:
        """Give a small frame as a table of the engine; `days` names its date columns.

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
        """Give the rows of an expression; dates as datetime64[us], text as str."""
        query = self.connection.compile(expression)
        table = self.connection.con.sql(query).to_arrow_table()
        for i, column in enumerate(table.schema):
            if pa.types.is_date(column.type):
                days = table.column(i).cast(pa.timestamp("us"))
                table = table.set_column(i, column.name, days)
        return table.to_pandas()

    def close(self) -> None:
        """Stop the engine and remove every file that it wrote."""
        self.connection.disconnect()
        shutil.rmtree(self.place, ignore_errors=True)

    def __enter__(self) -> "Records":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _name(self) -> str:
        self._made += 1
        return f"made_{self._made}"
