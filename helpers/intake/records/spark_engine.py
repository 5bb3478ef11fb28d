"""Spark as the engine that holds the records: the only module that knows it.

Spark is a program of its own, in Java, that this process starts and ends. Its files lie
beside those of the records in the run's closed folder, it logs nothing here (a line may
hold a person's row; what a cluster's machines log is set there), and on one machine it
listens to that machine alone. What it works out it writes as Parquet, which is read
here.
"""

import shutil
import subprocess
import traceback
import warnings
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import ibis
import ibis.backends.sql.compilers as compilers
import pyarrow as pa
import pyarrow.parquet as pq
import sqlglot.expressions as sge
from ibis.expr.operations import StructColumn
from py4j.protocol import Py4JError
from pyspark import SparkConf, SparkContext
from pyspark.errors import PySparkException
from pyspark.java_gateway import launch_gateway
from pyspark.sql import SparkSession

from helpers.errors import RequestError
from helpers.files import HELD, Hold
from helpers.intake.records import duckdb_engine, spark_settings
from helpers.intake.records.engine import Records
from helpers.request.engine import Engine

with warnings.catch_warnings():
    # pyspark warns of pandas 3, to which nothing is handed over here
    warnings.simplefilter("ignore", FutureWarning)
    from ibis.backends.pyspark import Backend

#: in what Spark says where it ran out of memory and did not end
NO_MEMORY = ("OutOfMemory", "ACQUIRE_MEMORY")
#: not a word of it, and its files for nobody else
CLOSED = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "umask": 0o077}


class _Compiler(compilers.PySparkCompiler):
    """What ibis would have Spark do otherwise than DuckDB."""

    __slots__ = ()
    #: by name alone: those of the class below would take the place of what follows
    SIMPLE_OPS = {}

    def visit_Hash(self, op: Any, *, arg: Any) -> Any:
        """Give 64 bits, in which empty and full columns are told apart."""
        values = [self.f.to_json(arg)]
        if isinstance(op.arg, StructColumn):
            # a whole row as JSON takes many times as long
            kinds = [value.dtype for value in op.arg.values]
            columns = [named.this for named in arg.expressions]
            values = [
                self.f.to_json(column) if kind.is_nested() else column
                for column, kind in zip(columns, kinds, strict=True)
            ]
        # what is empty leaves a hash as it is
        return self.f.anon.xxhash64(*values, *(v.is_(sge.null()) for v in values))

    def visit_RegexSearch(self, op: Any, *, arg: Any, pattern: Any) -> Any:
        """Let `$` be the end alone: in Java it may stand before a last line break."""
        if op.pattern.value.endswith("$"):
            pattern = sge.convert(op.pattern.value[:-1] + r"\z")
        return self.f.regexp_like(arg, pattern)


class _Connection(Backend):
    """ibis over Spark."""

    compiler = _Compiler()


class _Program:
    """Spark's own process: one for all the records that are open in this one."""

    running: "_Program | None" = None

    def __init__(self, work: Path, engine: Engine) -> None:
        self.folder = Path(mkdtemp(prefix="spark-", dir=work))
        self.held = Hold(self.folder / HELD)
        self.users = 0
        settings = SparkConf(loadDefaults=False).setAll(
            spark_settings.settings(self.folder, engine).items()
        )
        self.gateway = self.context = None
        try:
            with spark_settings.surroundings(self.folder, engine):
                self.gateway = launch_gateway(settings, dict(CLOSED))
                self.context = SparkContext(conf=settings, gateway=self.gateway)
            # with a cluster that does not answer, only this says so
            self.session = SparkSession(self.context)
        except (PySparkException, Py4JError, OSError) as error:
            _close_input(error)
            self.end()
            raise RequestError(spark_settings.not_started(engine)) from None

    @classmethod
    def used(cls, work: Path, engine: Engine) -> "_Program":
        """Give the program that runs; it is started where none does."""
        cls.running = cls.running or cls(work, engine)
        cls.running.users += 1
        return cls.running

    def left(self) -> None:
        """End the program when nobody uses it any more."""
        self.users -= 1
        if not self.users:
            _Program.running = None
            self.end()

    def end(self) -> None:
        """End Spark's process and remove its files."""
        # it may have been killed, or have run out of memory
        with suppress(PySparkException, Py4JError, OSError):
            if self.context is not None:
                self.context.stop()
            if self.gateway is not None:
                self.gateway.shutdown()
        if self.gateway is not None:
            # Spark runs for as long as this is open
            self.gateway.proc.stdin.close()
            self.gateway.proc.wait()
        SparkContext._gateway = SparkContext._jvm = None
        SparkContext._active_spark_context = None
        shutil.rmtree(self.folder, ignore_errors=True)


def _close_input(error: Exception) -> None:
    """Close the input of a Java that ended as it began, which pyspark leaves open."""
    for frame, _ in traceback.walk_tb(error.__traceback__):
        process = frame.f_locals.get("proc")
        if isinstance(process, subprocess.Popen) and process.stdin:
            process.stdin.close()


def start(place: Path, engine: Engine) -> Records:
    """Start Spark; its own files lie beside `place` until the records are closed."""
    program = _Program.used(place.parent, engine)
    connection = _Connection().connect(program.session.newSession())
    return _Records({}, connection, place, program=program)


def _readable(field: pa.Field) -> pa.DataType:
    """Give the kind of a column, or the nearest one that Spark can read."""
    kind = field.type
    if pa.types.is_timestamp(kind) and kind.unit == "ns":
        return pa.timestamp("us", kind.tz)
    if pa.types.is_float16(kind):
        return pa.float32()
    return pa.string() if pa.types.is_time(kind) else kind


class _Records(Records):
    """An extract that Spark holds."""

    failed = (PySparkException, Py4JError, pa.ArrowException, *duckdb_engine.FAILED)

    def __init__(self, *args: Any, program: _Program) -> None:
        super().__init__(*args)
        self._program = program

    def csv(self, file: Path, delimiter: str) -> ibis.Table:
        # read by the other engine, so that a file is right or wrong in both
        written = self.place / f"{file.stem}_as_written.parquet"
        duckdb_engine.csv_to_parquet(file, delimiter, written)
        return self._read(written)

    def parquet(self, file: Path) -> ibis.Table:
        if file.is_dir():  # as Spark itself writes it
            return self._read(file)
        schema = pq.read_schema(file)
        readable = pa.schema([field.with_type(_readable(field)) for field in schema])
        if readable != schema:
            file = self._written_again(file, readable)
        table = self._read(file)
        # what Spark makes of these says no more what they are
        kinds = {field.name: field.type for field in schema}
        nothing = {name: ibis.null() for name in kinds if pa.types.is_null(kinds[name])}
        zoned = {
            name: table[name].cast("timestamp('UTC')")
            for name, kind in kinds.items()
            if pa.types.is_timestamp(kind) and kind.tz
        }
        return table.mutate(**nothing, **zoned) if nothing or zoned else table

    def _read(self, file: Path) -> ibis.Table:
        return self.connection.read_parquet(file, table_name=self._name())

    def _written_again(self, file: Path, schema: pa.Schema) -> Path:
        """Write a Parquet file with kinds that Spark can read."""
        again = self.place / f"{self._name()}.parquet"
        with pq.ParquetFile(file) as held, pq.ParquetWriter(again, schema) as writer:
            for batch in held.iter_batches():
                rows = pa.Table.from_batches([batch])
                writer.write_table(rows.cast(schema, safe=False))
        return again

    def converted(self, expression: ibis.Table, name: str) -> ibis.Table:
        file = self.place / f"{name}.parquet"
        query = self.connection.compile(expression)
        written = self.connection.raw_sql(query).write
        written.mode("overwrite").parquet(str(file))
        return self._read(file)

    def keep(self, expression: ibis.Table) -> ibis.Table:
        return self.converted(expression, self._name())

    def once(self, expression: ibis.Table) -> ibis.Table:
        # or each of those that ask would have it worked out anew
        return self.keep(expression)

    def held(self, table: pa.Table) -> ibis.Table:
        file = self.place / f"{self._name()}.parquet"
        pq.write_table(table, file)
        return self._read(file)

    def worked_out(self, expression: ibis.Table) -> pa.Table:
        file = self.place / f"{self._name()}.parquet"
        query = self.connection.compile(expression)
        self.connection.raw_sql(query).write.parquet(str(file))
        table = pq.read_table(file)
        shutil.rmtree(file)
        return table

    def ran_out(self, error: Exception) -> bool:
        # Java ends where its memory does not hold what one part needs
        ended = self._program.gateway.proc.poll() is not None
        return ended or any(word in str(error) for word in NO_MEMORY)

    def stop(self) -> None:
        self._program.left()
