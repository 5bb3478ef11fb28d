"""Spark for a test module: one program, which every opening of it uses."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from helpers.request.engine import Engine


def there() -> None:
    """Skip where Spark or Java is missing, and say so; CI fails."""
    missing = []
    if find_spec("pyspark") is None:
        missing.append("pyspark (pip install -e '.[spark]')")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        missing.append("Java (apt install default-jre-headless)")
    if missing:
        reason = f"there is no {' and no '.join(missing)}"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)


@contextmanager
def running(work: Path) -> Iterator[Engine]:
    """Hold Spark open and give the engine that a request would name."""
    there()
    from helpers.intake.records import spark_engine

    engine = Engine(name="spark", memory="1GB")
    place = work / "held"
    place.mkdir()
    with pytest.MonkeyPatch.context() as patched:
        # quick to start, for questions that are small
        patched.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1")
        held = spark_engine.start(place, engine)
    with held:
        yield engine
