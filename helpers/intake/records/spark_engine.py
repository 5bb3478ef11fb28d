"""Spark as the engine that holds the records: the only module that knows it.

Spark is a program of its own, in Java, that this process starts and ends. Its files lie
beside those of the records in the run's closed folder, it logs nothing (a line may hold
a person's row), and on one machine it listens to that machine alone. What it works out
it writes as Parquet, which is read here.
"""

import os
import shutil
import subprocess
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import ibis
import ibis.backends.sql.compilers as compilers
import pyarrow as pa
import pyarrow.parquet as pq
import sqlglot.expressions as sge
from py4j.protocol import Py4JError
from pyspark import SparkConf, SparkContext
from pyspark.errors import PySparkException
from pyspark.java_gateway import launch_gateway
from pyspark.sql import SparkSession

from helpers.errors import RequestError
from helpers.intake.records import duckdb_engine
from helpers.intake.records.engine import Records
from helpers.request.engine import Engine

with warnings.catch_warnings():
    # pyspark warns of pandas 3, to which nothing is handed over here
    warnings.simplefilter("ignore", FutureWarning)
    from ibis.backends.pyspark import Backend

#: so that the answers are those of the other engine, or an error
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "true",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED",
}
#: on one machine: no other machine or account reaches it; few cores need few parts
ALONE = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.authenticate": "true",
    "spark.sql.shuffle.partitions": "8",
}
#: variables that would have another Spark start, or this one lie elsewhere
OTHERS = ("SPARK_HOME", "SPARK_LOCAL_DIRS", "PYSPARK_SUBMIT_ARGS",
          "PYSPARK_GATEWAY_PORT")  # fmt: skip
#: not a word of it, and its files for nobody else
CLOSED = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "umask": 0o077}


class _Compiler(compilers.PySparkCompiler):
    """What ibis would have Spark do otherwise than DuckDB."""

    __slots__ = ()
    #: by name alone: those of the class below would take the place of what follows
    SIMPLE_OPS = {}

    def visit_Hash(self, op: Any, *, arg: Any) -> Any:
        """Give 64 bits, in which empty and full columns are told apart."""
        return self.f.anon.xxhash64(self.f.to_json(arg))

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
        self.users = 0
        settings = _settings(self.folder, engine)
        self.gateway = self.context = None
        try:
            with _surroundings(self.folder, engine):
                self.gateway = launch_gateway(settings, dict(CLOSED))
                self.context = SparkContext(conf=settings, gateway=self.gateway)
            # with a cluster that does not answer, only this says so
            self.session = SparkSession(self.context)
        except (PySparkException, Py4JError, OSError) as error:
            started = self.gateway is not None
            _close_input(error)
            self.end()
            raise RequestError(_not_started(started, engine)) from None

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
        if self.context is not None:
            self.context.stop()
        if self.gateway is not None:
            self.gateway.shutdown()
            # Spark runs for as long as this is open
            self.gateway.proc.stdin.close()
            self.gateway.proc.wait()
        SparkContext._gateway = SparkContext._jvm = None
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


def _settings(folder: Path, engine: Engine) -> SparkConf:
    """Give what Spark is started with; all that it writes lies in `folder`."""
    log = folder / "log4j2.properties"
    log.touch(mode=0o600)
    log.write_text("rootLogger.level = off\n", encoding="utf-8")
    # in quotation marks, since the way to a folder may have blanks
    java = (
        f'"-Djava.io.tmpdir={folder}" "-Dderby.system.home={folder}" '
        f'"-Dlog4j2.configurationFile={log.as_uri()}" -XX:-UsePerfData'
    )
    settings = SETTINGS | {
        "spark.app.name": "records",
        "spark.master": engine.master,
        "spark.driver.memory": f"{engine.megabytes}m",
        "spark.driver.extraJavaOptions": java,
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
    }
    if _alone(engine):
        settings |= ALONE
    else:
        settings["spark.executor.memory"] = f"{engine.megabytes}m"
    return SparkConf(loadDefaults=False).setAll(settings.items())


def _alone(engine: Engine) -> bool:
    return engine.master.startswith("local")


@contextmanager
def _surroundings(folder: Path, engine: Engine) -> Iterator[None]:
    """Start Spark without what this machine's variables say of another one."""
    before = dict(os.environ)
    for name in OTHERS:
        os.environ.pop(name, None)
    if _alone(engine):
        # a cluster has settings of its own, which lie where this says
        os.environ |= {"SPARK_CONF_DIR": str(folder), "SPARK_LOCAL_IP": "127.0.0.1"}
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _not_started(started: bool, engine: Engine) -> str:
    if not _java_there():
        return (
            "engine.name: Spark does not start: it needs Java, version 17 or later; "
            "install it (on Debian and Ubuntu: apt install default-jre-headless), or "
            "write name: duckdb"
        )
    if not started or _alone(engine):
        return (
            f"engine.memory: Spark does not start with {engine.memory} on this "
            "machine; write less than it has free, see that java -version says 17 or "
            "later, or write name: duckdb"
        )
    return (
        f"engine.master: Spark does not start at {engine.master}; see that the "
        "address is right and its machines are there, or leave master out"
    )


def _java_there() -> bool:
    """Tell whether there is a Java, where Spark looks for one."""
    home = os.environ.get("JAVA_HOME")
    return bool(shutil.which(str(Path(home, "bin/java")) if home else "java"))


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

    def stop(self) -> None:
        self._program.left()
