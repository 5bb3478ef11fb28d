"""Spark reads, spells and counts as DuckDB does, and is closed to everybody else."""

import gc
import os
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pydantic import ValidationError
from support import spark
from support.hand_made import offence, sentence, typed, write

from helpers.errors import KitError
from helpers.intake.linkage.spelling import pnc_id, prison_number, spelt
from helpers.intake.records.extract import open_extract
from helpers.intake.records.profile import Looking
from helpers.intake.records.repeats import repeated
from helpers.intake.records.shared import place
from helpers.request.engine import Engine

DUCKDB = Engine(memory="1GB")
MARKER = "Marker7331"
#: letters with and without a capital of their own, signs, blanks and line ends
LETTERS = [
    chr(n)
    for n in (*range(0x20, 0x250), *range(0x1E00, 0x1F00), *range(0x2010, 0x2030),
              0x2B9, 0x2BC, 0x300, 0x308, 0x3B1, 0xFB01, 0xFF21, 0xFF41)
]  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    with spark.running(tmp_path_factory.mktemp("spark")) as engine:
        yield engine


def tables() -> dict[str, pd.DataFrame]:
    people = [{"person_id": "007", "surname": MARKER, "date_of_birth": "1985-06-15"},
              {"person_id": "008", "surname": ' "Ó, B" \t', "sex": "F\t"}]  # fmt: skip
    return {
        "person": typed("person", people),
        "sentence": typed("sentence", [
            sentence(person_id="007", sentence_id="01"),
            sentence(None, person_id="007", sentence_id="02",
                     sentence_length_days=None),
        ]),
        "offence": typed("offence", [offence("2021-03-01", person_id="007")]),
    }  # fmt: skip


def read(folder: Path, engine: Engine) -> dict[str, pd.DataFrame]:
    with open_extract(folder, folder / "work", engine=engine) as records:
        return {
            name: records.frame(table).sort_values(table.columns[0], ignore_index=True)
            for name, table in records.tables.items()
        }


def problems(folder: Path, engine: Engine) -> list[str]:
    with pytest.raises(KitError) as told:
        open_extract(folder, folder / "work", engine=engine)
    return told.value.problems


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_an_extract_is_read_alike(kind, engine, tmp_path):
    folder = tmp_path / "extract"
    if kind == "csv":
        folder.mkdir()
        for name, table in tables().items():
            table.to_csv(folder / f"{name}.csv", index=False)
    else:
        write(tables(), folder)
        # as other programs write it: no type where nothing is known, nanoseconds
        person = pq.read_table(folder / "person.parquet")
        person = person.set_column(7, "ethnicity", pa.nulls(2))
        born = person["date_of_birth"].cast(pa.timestamp("ns"))
        person = person.set_column(5, "date_of_birth", born)
        pq.write_table(person, folder / "person.parquet")
    ours, theirs = read(folder, engine), read(folder, DUCKDB)
    assert list(ours) == list(theirs)
    for name, table in theirs.items():
        pd.testing.assert_frame_equal(ours[name], table)


@pytest.mark.slow
def test_what_is_wrong_is_told_alike_and_of_nobody(engine, tmp_path):
    folder = tmp_path / "extract"
    made = tables()
    made["person"]["date_of_birth"] = [MARKER, None]
    made["sentence"]["disposal"] = ["custody", MARKER]
    write(made, folder)
    made["offence"].to_csv(folder / "offence.csv", index=False)
    (folder / "offence.parquet").unlink()
    with (folder / "offence.csv").open("a") as file:
        file.write(f'"{MARKER}\n')
    (folder / "alias.parquet").write_text(MARKER)
    told = problems(folder, engine)
    assert told == problems(folder, DUCKDB)
    assert len(told) == 4
    assert MARKER not in str(told)


@pytest.mark.slow
def test_names_and_ids_are_spelt_alike(engine, tmp_path):
    texts = [*LETTERS, *(f"Sm{letter}th Jo" for letter in LETTERS)]
    texts += [f"a1234b{letter}" for letter in LETTERS]
    texts += [f"01/{letter}3x" for letter in LETTERS] + [f"01/123x{x}" for x in LETTERS]
    texts += ["UNKNOWN", "n/k", "", "2001/0000123X\n", "A1234BC\n", "Jo\n", "Mc Donald"]
    written = pd.DataFrame({"written": texts})
    write(tables(), tmp_path / "extract")
    frames = []
    for one in (engine, DUCKDB):
        folder = tmp_path / "extract"
        with open_extract(folder, folder / "work", engine=one) as records:
            column = records.local(written)
            day = pd.Timestamp("2026-06-01").date()
            spelled = column.mutate(
                name=spelt(column.written),
                pnc=pnc_id(column.written, day),
                prison=prison_number(column.written),
                stripped=column.written.strip(),
            )
            frames.append(records.frame(spelled).sort_values("written"))
    pd.testing.assert_frame_equal(*(f.reset_index(drop=True) for f in frames))


@pytest.mark.slow
def test_rows_that_differ_by_what_is_empty_do_not_repeat(engine, tmp_path):
    made = tables()
    one = {"person_id": "007", "surname": "A"}
    made["alias"] = typed("alias", [
        one | {"pnc_id": "x"}, one | {"prison_number": "x"}, one | {"pnc_id": "x"},
    ])  # fmt: skip
    write(made, tmp_path / "extract")
    with open_extract(tmp_path / "extract", tmp_path / "work", engine=engine) as held:
        (line,) = repeated(held, "alias", "drop")
        assert (line.rows, line.of) == (1, 3)
        assert len(held.frame(held.tables["alias"])) == 2


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="asks the system of Linux")
def test_spark_listens_to_this_machine_alone_and_ends(engine, tmp_path):
    from helpers.intake.records import spark_engine

    program = spark_engine._Program.running
    pid = program.gateway.proc.pid
    addresses = listening(pid)
    # 127.0.0.1 as Linux writes it, alone or within the longer addresses
    assert addresses
    assert all(address.endswith("0100007F") for address in addresses)
    for path in program.folder.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0
    assert program.folder.stat().st_mode & 0o077 == 0


def listening(pid: int) -> set[str]:
    """The addresses at which a process waits for others."""
    fds = [fd for fd in Path(f"/proc/{pid}/fd").iterdir() if fd.is_symlink()]
    own = {os.readlink(fd) for fd in fds}
    rows = [
        line.split()
        for name in ("tcp", "tcp6")
        for line in Path(f"/proc/{pid}/net/{name}").read_text().splitlines()[1:]
    ]
    return {
        row[1].split(":")[0]
        for row in rows
        if row[3] == "0A" and f"socket:[{row[9]}]" in own
    }


def test_without_spark_one_line_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.delitem(
        sys.modules, "helpers.intake.records.spark_engine", raising=False
    )
    monkeypatch.delattr("helpers.intake.records.spark_engine", raising=False)
    write(tables(), tmp_path / "extract")
    # as on Windows: the Python that lacks it, wherever that lies; quotes cmd.exe knows
    monkeypatch.setattr(sys, "executable", r"C:\kit\.venv\Scripts\python.exe")
    (told,) = problems(tmp_path / "extract", Engine(name="spark"))
    assert told == (
        "engine.name: Spark is not installed; run C:\\kit\\.venv\\Scripts\\python.exe "
        '-m pip install -e ".[spark]" in the folder of the kit, or write name: duckdb'
    )
    assert not list((tmp_path / "extract/work").iterdir())


@pytest.mark.parametrize("setting", [
    {"memory": "511MB"}, {"name": "duckdb", "memory": "99MB"},
    {"memory": "99999999GB"}, {"master": "local[0]"}, {"master": "local[1000]"},
])  # fmt: skip
def test_what_spark_cannot_start_with_is_refused_in_the_request(setting):
    with pytest.raises(ValidationError):
        Engine(**({"name": "spark"} | setting))
    Engine(name="spark", memory="512MB", master="local[999]")


def test_without_spark_what_is_shared_has_a_name(tmp_path, monkeypatch):
    """So that it is the opening of the extract that says what to install."""
    write(tables(), tmp_path)
    looking = Looking(date(2024, 6, 30), date(2025, 1, 1))
    real = place.importlib.metadata.version

    def version(name):
        if name == "pyspark":
            raise place.importlib.metadata.PackageNotFoundError(name)
        return real(name)

    monkeypatch.setattr(place.importlib.metadata, "version", version)
    of = [place.name_of(tmp_path, {"person"}, looking, Engine(name=name))
          for name in ("spark", "duckdb")]  # fmt: skip
    assert of[0] != of[1]


@pytest.mark.slow
@pytest.mark.parametrize(("java", "told"), [
    ("/nowhere", "engine.name: Spark does not start: it needs Java"),
    # as a Java that is too old, or has not the memory, ends
    ("false", "engine.memory: Spark does not start with 1GB on this machine"),
])  # fmt: skip
def test_what_keeps_spark_from_starting_is_told(java, told, tmp_path, monkeypatch):
    spark.there()
    if java == "false":
        (tmp_path / "bin").mkdir()
        (tmp_path / "bin/java").symlink_to("/bin/false")
        java = str(tmp_path)
    monkeypatch.setenv("JAVA_HOME", java)
    from helpers.intake.records import spark_engine

    monkeypatch.setattr(spark_engine._Program, "running", None)
    work = tmp_path / "a folder" / "records"
    work.mkdir(parents=True)
    with pytest.raises(KitError) as raised:
        spark_engine.start(work, Engine(name="spark", memory="1GB"))
    assert raised.value.problems[0].startswith(told)
    assert list(work.parent.iterdir()) == [work]
    gc.collect()  # what of that start was left open is told now, not in another test


@pytest.mark.parametrize(("status", "words", "too_little"), [
    (None, "[PATH_NOT_FOUND] no such file", False),
    (None, "java.lang.OutOfMemoryError: Java heap space", True),
    (None, "[UNABLE_TO_ACQUIRE_MEMORY] Unable to acquire 9 bytes", True),
    # Java has ended, and py4j knows no more than that it does not answer
    (52, "Answer from Java side is empty", True),
])  # fmt: skip
def test_too_little_memory_is_told_from_what_else_fails(
    status, words, too_little, tmp_path
):
    spark.there()
    from helpers.intake.records import spark_engine

    java = SimpleNamespace(poll=lambda: status)
    program = SimpleNamespace(gateway=SimpleNamespace(proc=java))
    records = spark_engine._Records({}, None, tmp_path, program=program)
    assert records.ran_out(Exception(words)) == too_little
