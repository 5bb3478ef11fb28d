"""DuckDB as the engine that holds the records: the only module that knows it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pyarrow as pa

from helpers.intake.records import lacking
from helpers.intake.records.engine import Records

#: what the engine raises; its words may hold a person's row
FAILED = (duckdb.Error,)

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


def csv_to_parquet(csv: Path, delimiter: str, parquet: Path) -> None:
    """Write a CSV file with a header as Parquet, every value as text.

    What it spills lies beside the new file.
    """
    with start(parquet.parent / "csv", "1GB") as records:
        records.connection.to_parquet(records.csv(csv, delimiter), parquet)


def start(place: Path, memory: str) -> Records:
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
    return _Records({}, connection, place, memory=memory)


class _Records(Records):
    """An extract that DuckDB holds."""

    failed = FAILED

    def __init__(self, *args: Any, memory: str) -> None:
        super().__init__(*args)
        self._memory = memory

    def csv(self, file: Path, delimiter: str) -> ibis.Table:
        return self.connection.read_csv(
            file, all_varchar=True, header=True, delim=delimiter, quote='"'
        )

    def parquet(self, file: Path) -> ibis.Table:
        return self.connection.read_parquet(file)

    def converted(self, expression: ibis.Table, name: str) -> ibis.Table:
        file = self.place / f"{name}.parquet"
        with self._room():
            self.connection.to_parquet(expression, file)
        return self.parquet(file)

    def keep(self, expression: ibis.Table) -> ibis.Table:
        with self._room():
            return self.connection.create_table(self._name(), expression, temp=True)

    def held(self, table: pa.Table) -> ibis.Table:
        name = self._name()
        self.connection.con.register(name, table)
        return self.connection.table(name)

    def worked_out(self, expression: ibis.Table) -> pa.Table:
        query = self.connection.compile(expression)
        with self._room():
            return self.connection.con.sql(query).to_arrow_table()

    def ran_out(self, error: Exception) -> bool:
        return isinstance(error, duckdb.OutOfMemoryException)

    def stop(self) -> None:
        self.connection.disconnect()

    @contextmanager
    def _room(self) -> Iterator[None]:
        """Tell of a full disk, and of too little memory, whatever was being done."""
        try:
            yield
        except duckdb.Error as error:
            why = lacking.told(
                error, self.place.parent, self._memory, self.ran_out(error)
            )
            if why is None:
                raise
            raise why from None
