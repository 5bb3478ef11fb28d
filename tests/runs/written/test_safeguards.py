"""What a run finds of its own safeguards: a folder made by hand, one thing changed."""

import hashlib
import os
from types import SimpleNamespace

import pandas as pd
import pytest
from support.approved import sources
from support.small_report import SHARING

from helpers.intake.submission.columns import COLUMNS
from helpers.publication.cells import Cell
from helpers.publication.refs import HIDDEN, SHOWN
from helpers.request import load
from helpers.runs.run import Run
from helpers.runs.written import ledger, safeguards

COMMIT = {"commit": "abc", "changed": True}
CONTENT = SimpleNamespace(
    counts=[Cell(SHOWN, 9, "setting"), Cell(HIDDEN, 2, "setting")],
    decision=SimpleNamespace(coarsened=frozenset({"a", "b"})),
    used=["a", "c"],
)


@pytest.fixture
def work(tmp_path):
    """A run with two tables, a list of problems and two checks."""
    request = load("params/example.yml")
    run = Run(request, "charts", tmp_path / "outputs" / "example")
    run.folder.mkdir(parents=True)
    run.folder.chmod(0o700)
    people = pd.DataFrame({"person_id": [1], "age": [30]})
    run.write("data/people.parquet", people, sensitivity="restricted")
    run.write("data/key.parquet", people, sensitivity="restricted")
    run.write("data/review_list.csv", "\ufeffline,decision\n", sensitivity="restricted")
    run.write("result.json", {}, sensitivity="release")
    run.check("one", expected=1, found=1, passed=True)
    run.check("two", expected=1, found=2, passed=False)
    return run


def found(work):
    return safeguards.safeguards(work, CONTENT, COMMIT, ["report.html"])


def test_a_run_in_order(work):
    facts = found(work)
    # restricted, data and its three files; audit and checks.csv
    assert (facts.closed, facts.open_to_others) == (7, ())
    assert (facts.looked_through, facts.identifying) == (3, ())
    assert facts.key == "restricted/data/key.parquet"
    assert (facts.passed, facts.warned) == (1, 1)
    assert (facts.shown, facts.hidden, facts.ranges) == (9, 2, 1)
    assert facts.classes == {"restricted": 3, "release": 1}
    assert (facts.git, facts.commit, facts.changed) == (True, "abc", True)
    assert (facts.temporary, facts.openings, facts.list_sha256) == ((), {}, "")
    assert facts.read_back == ("report.html",)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such mode")
@pytest.mark.parametrize("name", ["restricted", "audit", "audit/checks.csv"])
def test_what_is_open_to_others_is_named(work, name):
    (work.folder / name).chmod(0o750)
    assert found(work).open_to_others == (name,)
    assert found(work).closed == 6


@pytest.mark.parametrize(
    "heading", ["surname", "submitted_date_of_birth", "register_pnc_id", "Postcode"]
)
@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_a_table_with_names_is_named(work, heading, kind):
    table = pd.DataFrame({"line": [1], heading: ["x"]})
    work.write(f"data/list.{kind}", table, sensitivity="restricted")
    assert found(work).identifying == (f"restricted/data/list.{kind}",)


def test_columns_of_a_list_that_name_a_person_are_looked_for():
    about = {"sex", "index_date", "conviction_date", "intervention_start",
             "intervention_end"}  # fmt: skip
    known = {column.name for column in COLUMNS if column.identifies}
    assert set(safeguards.IDENTIFYING) == known - about


def test_what_was_left_for_a_while_is_named(work):
    work.write("data/engine/block.bin", b"x", sensitivity="restricted")
    assert found(work).temporary == ("restricted/data/engine/block.bin",)


def test_files_for_a_while_within_the_run_are_no_files_of_it(work, monkeypatch):
    place = work.folder / "restricted" / "tmp"
    place.mkdir()
    (place / "socket.tmp").write_text("")
    monkeypatch.setattr(safeguards.tempfile, "tempdir", str(place))
    assert (found(work).inside, found(work).temporary) == (True, ())


def test_the_ledger_and_other_releases_are_counted(work):
    outputs = work.folder.parent
    ledger.record(outputs, "outcomes opened", "example")
    ledger.record(outputs, "outcomes opened", "another")
    ledger.record(outputs, "destroyed", "example")
    work.beside = {"example/1": "aa", "another": "bb", "third": "cc"}
    facts = found(work)
    assert facts.openings == {"outcomes opened": 1}
    assert (facts.other_runs, facts.editions) == (2, 1)


def test_what_is_wrong_with_the_ledger_is_told(work):
    outputs = work.folder.parent
    ledger.record(outputs, "design gate", "example")
    ledger.record(outputs, "outcomes opened", "example")
    assert found(work).ledger == ()
    path = outputs / ledger.LEDGER
    first, second = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(second)
    assert found(work).ledger


def test_the_bundle_for_a_checker_is_counted(work):
    assert (found(work).bundle, found(work).records) == (0, 0)
    work.write("checker/outputs.csv", "output\na\nb\n", sensitivity="release")
    work.write("checker/results.json", {}, sensitivity="release")
    assert (found(work).bundle, found(work).records) == (2, 2)


@pytest.fixture
def sent(work, tmp_path):
    """The run of a list that was sent, with four tables of which three are approved."""
    path = tmp_path / "list.csv"
    path.write_bytes(b"surname\n")
    extract = tmp_path / "records"
    extract.mkdir()
    for name in ("person", "sentence", "offence", "benefit"):
        (extract / f"{name}.csv").write_text("person_id\n")
    digest = hashlib.sha256(b"surname\n").hexdigest()
    changes = {
        "inputs": {"submission": str(path), "extract": str(extract),
                   "records_complete_to": "2026-01-01"},
        "data_sharing": SHARING | {
            "received": {"channel": "a", "on": "2026-02-02", "file_sha256": digest},
            "provider_signed_off": {"by": "The director", "on": "2026-02-03"},
            "sources": sources("person", "sentence", "offence"),
        },
    }  # fmt: skip
    base = {key: value for key, value in work.request.completed().items()
            if key not in changes}  # fmt: skip
    base["analyses"] = [{"name": "All", "covariates": {"numeric": ["age"]}}]
    work.request = load(base | changes)
    return path, digest, work


def test_the_hash_of_the_list_is_held_against_the_agreement(sent):
    path, digest, work = sent
    facts = found(work)
    assert (facts.list_sha256, facts.list_as_received) == (digest, True)
    path.write_bytes(b"surname\nx\n")
    assert found(work).list_as_received is False


def test_tables_without_an_approval_are_told_apart(sent):
    facts = found(sent[2])
    assert facts.opened == ("offence", "person", "sentence")
    assert facts.unopened == ("benefit",)
