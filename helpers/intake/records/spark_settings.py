"""What Spark is started with, and what to say where it does not start."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.request.engine import Engine

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
#: with memory to look up in, many rows meet few without both being sorted, which takes
#: several times as long but needs no memory
LOOKED_UP = {
    "spark.sql.join.preferSortMergeJoin": "false",
    "spark.sql.adaptive.maxShuffledHashJoinLocalMapThreshold": "64MB",
}
#: MB that are enough for it
ENOUGH = 6 * 1024
#: on one machine: no other machine or account reaches it; few cores need few parts
ALONE = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.authenticate": "true",
    "spark.sql.shuffle.partitions": "32",
}
#: variables that would have another Spark start, or this one lie elsewhere
OTHERS = ("SPARK_HOME", "SPARK_LOCAL_DIRS", "PYSPARK_SUBMIT_ARGS",
          "PYSPARK_GATEWAY_PORT")  # fmt: skip


def settings(folder: Path, engine: Engine) -> dict[str, str]:
    """Give what Spark is started with; all that it writes lies in `folder`."""
    log = folder / "log4j2.properties"
    log.touch(mode=0o600)
    log.write_text("rootLogger.level = off\n", encoding="utf-8")
    # in quotation marks, since the way to a folder may have blanks
    java = (
        f'"-Djava.io.tmpdir={folder}" "-Dderby.system.home={folder}" '
        f'"-Dlog4j2.configurationFile={log.as_uri()}" '
        # the quicker one where nobody waits for single answers
        "-XX:-UsePerfData -XX:+UseParallelGC"
    )
    said = SETTINGS | {
        "spark.app.name": "records",
        "spark.master": engine.master,
        "spark.driver.memory": f"{engine.megabytes}m",
        "spark.driver.extraJavaOptions": java,
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
    }
    if engine.megabytes >= ENOUGH:
        said |= LOOKED_UP
    if _alone(engine):
        said |= ALONE
    else:
        said["spark.executor.memory"] = f"{engine.megabytes}m"
    return said


def _alone(engine: Engine) -> bool:
    return engine.master.startswith("local")


@contextmanager
def surroundings(folder: Path, engine: Engine) -> Iterator[None]:
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


def not_started(engine: Engine) -> str:
    """Say why Spark does not start, as far as that can be told."""
    if not _java_there():
        return (
            "engine.name: Spark does not start: it needs Java, version 17 or later; "
            "install it (on Debian and Ubuntu: apt install default-jre-headless), or "
            "write name: duckdb"
        )
    if _alone(engine):
        return (
            f"engine.memory: Spark does not start with {engine.memory} on this "
            "machine; write less than it has free, see that java -version says 17 or "
            "later, or write name: duckdb"
        )
    return (
        f"engine.master: Spark does not start at {engine.master}; see that the "
        "address is right, that its machines are there and have engine.memory, and "
        "that HADOOP_CONF_DIR leads to the settings of yarn, or leave master out"
    )


def _java_there() -> bool:
    """Tell whether there is a Java, where Spark looks for one."""
    home = os.environ.get("JAVA_HOME")
    return bool(shutil.which(str(Path(home, "bin/java")) if home else "java"))
