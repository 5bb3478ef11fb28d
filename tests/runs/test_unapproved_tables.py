"""Tables that are not approved: never opened, by no process; told; and no byte differs.

The system itself says which files are opened (inotify), those that an engine opens too.
"""

import csv
import hashlib
import io
import json
import shutil

import pytest
from support import approved, in_process
from support.opened_files import ON_LINUX, watched

from helpers.intake import sources
from helpers.intake.records.extract import open_extract
from helpers.life_cycle import destroy
from helpers.request import load
from helpers.runs import hashes, pipeline, progress
from helpers.runs.run import Run

NEEDED = {"person.parquet", "sentence.parquet", "offence.parquet"}
#: what lies in the folder and may not be opened; none of it is what its name says
CLOSED = ("alias.parquet", "assessment.csv", "benefit.parquet", "employment.parquet")
OTHERS = ("notes.txt", "assessment_old.csv")
pytestmark = ON_LINUX


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    """A list, and an extract whose unapproved tables nothing could read."""
    from helpers.synthetic import records

    made = records.write(tmp_path_factory.mktemp("sent"), 4000, 300, seed=5)
    for path in made.extract.iterdir():
        if path.name not in NEEDED:
            path.unlink()
    for name in (*CLOSED, *OTHERS):
        (made.extract / name).write_bytes(b"\0 no table, and not to be opened")
    return made


@pytest.fixture(scope="module")
def request_on(sent, make_request, tmp_path_factory):
    """Write a request on what was sent, with these tables approved."""

    def write(*tables, id_="closed", lines=None, signs="Director", **settings):
        digest = hashlib.sha256(sent.submission.read_bytes()).hexdigest()
        return make_request(
            tmp_path_factory.mktemp("request") / f"{id_}.yml",
            inputs={
                "submission": str(sent.submission), "extract": str(sent.extract),
                "records_complete_to": str(sent.complete_to),
            },
            analyses=[{"name": "All", "covariates": {
                "numeric": ["age", "previous_offences"], "categorical": ["sex"]}}],
            eligibility={"minimum_people": 20},
            data_sharing__received={"channel": "secure transfer", "on": "2026-02-02",
                                    "file_sha256": digest},
            data_sharing__provider_signed_off={"by": signs, "on": "2026-02-02"},
            data_sharing__sources=lines or approved.sources(*tables),
            **settings,
        )  # fmt: skip

    return write


@pytest.fixture(scope="module")
def looked(sent, request_on, tmp_path_factory):
    """Give the folder of an intake, and what of the extract it opened."""
    request = request_on("person", "sentence", "offence")
    folder = tmp_path_factory.mktemp("intake")
    with watched(sent.extract) as opened:
        in_process.stages(request, folder, "intake")
    return folder, opened, request


@pytest.fixture(scope="module")
def finished(sent, request_on, tmp_path_factory):
    """Give the finished run of the driver, and what of the extract it opened."""
    request = request_on("person", "sentence", "offence", id_="finished")
    outputs = tmp_path_factory.mktemp("outputs")
    quiet = progress.Lines(io.StringIO())
    with watched(sent.extract) as opened:
        result = pipeline.run(request, outputs=outputs, progress=quiet)
    return result, opened, request


def leaving(folder):
    """Give what may leave the building, by name, but for the driver's pictures."""
    paths = [folder / "report.html", *(folder / "release").rglob("*")]
    return {
        path.relative_to(folder): path.read_bytes()
        for path in paths
        if path.is_file() and ".png" not in path.name
    }


def test_what_is_opened_is_noticed(sent):
    with watched(sent.extract) as opened:
        (sent.extract / "notes.txt").read_bytes()
        list(sent.extract.iterdir())
    assert opened == {"notes.txt"}


def test_the_intake_opens_the_approved_tables_and_nothing_else(looked):
    _, opened, _ = looked
    assert opened == NEEDED


def test_a_table_is_not_opened_even_by_the_engine(sent, tmp_path):
    with watched(sent.extract) as opened:
        tables = ("person", "sentence", "offence")
        with open_extract(sent.extract, tmp_path, approved=tables) as records:
            assert set(records.tables) == set(tables)
    assert opened == NEEDED


def told(request, folder):
    """Give what the checks say of the approvals: name to result and words."""
    sources.prepare(Run(load(request), "intake", folder))
    with (folder / "audit/checks.csv").open(encoding="utf-8") as file:
        return {row["check"]: (row["result"], row["found"])
                for row in csv.DictReader(file)}  # fmt: skip


def test_it_is_told_what_lies_unopened_and_that_nobody_reviewed_the_ethics(
    looked, tmp_path
):
    unopened = ", ".join(sorted(CLOSED))
    assert told(looked[2], tmp_path) == {
        "tables of the extract that are not approved": (
            "warn",
            f"{unopened}: not opened, since data_sharing.sources has no line for them; "
            "take them out of the folder, or add their approval",
        ),
        "tiers of the tables that are approved": (
            "pass",
            "none nearer to the offending records than the table is",
        ),
        "who signed for the provider, and who approved the sharing": (
            "pass",
            "two people",
        ),
        "review of the ethics": (
            "warn",
            "no record of one: write data_sharing.ethics: {reviewed_by, on, "
            "asked_for}, which the Ministry's template demands",
        ),
    }


def test_a_tier_below_that_of_its_table_is_told_and_stops_nothing(request_on, tmp_path):
    lines = approved.sources()
    lines[5]["tier"] = "pnc"
    assert lines[5]["table"] == "benefit"
    review = {"reviewed_by": "Panel", "on": "2026-01-20", "asked_for": "Nothing"}
    request = request_on(lines=lines, data_sharing__ethics=review)
    found = told(request, tmp_path)
    assert found["tiers of the tables that are approved"] == (
        "warn",
        "benefit as pnc; benefit is wider_government at least: see whether the "
        "approval is for this table",
    )
    assert found["tables of the extract that are not approved"] == ("pass", "none")
    assert found["review of the ethics"][0] == "pass"


def test_one_who_signs_for_the_provider_and_approves_is_told(request_on, tmp_path):
    name = "who signed for the provider, and who approved the sharing"
    request = request_on(signs="(Made up) DATA access panel")
    assert load(request).data_sharing.approved_by == "Data access panel (made up)"
    assert told(request, tmp_path)[name][0] == "warn"


def test_the_inputs_of_the_manifest_have_no_unapproved_table(looked, sent):
    files = hashes.input_files(load(looked[2]))
    ours = {path.name for path, key in files.items() if key.startswith("inputs.")}
    assert ours == NEEDED | {sent.submission.name}


def test_a_certificate_lists_an_unapproved_table_and_does_not_open_it(
    looked, sent, tmp_path
):
    part = tmp_path / ".closed.part"  # an attempt that failed after the intake
    shutil.copytree(looked[0], part)
    (part / "audit").mkdir(exist_ok=True)
    shutil.copy(looked[2], part / "audit/request.yml")
    with watched(sent.extract) as opened:
        destroy.destroy("closed", tmp_path)
    assert opened == NEEDED
    done = json.loads(next(tmp_path.rglob("*destroyed.json")).read_text())
    listed = {
        item["file"].rsplit("/", 1)[-1]: item["sha256"]
        for item in done["inputs"]
        if item["input"] == "extract"
    }
    assert {name for name, sha in listed.items() if sha} == NEEDED
    assert set(listed) == NEEDED | {*CLOSED, *OTHERS}


@pytest.mark.slow
def test_a_whole_run_of_the_driver_opens_no_more_and_tells_it(finished):
    result, opened, _ = finished
    assert opened == NEEDED
    start = "In doubt: tables of the extract that are not approved: alias.parquet, "
    assert any(line.startswith(start) for line in result.notes)
    assert any("In doubt: review of the ethics" in line for line in result.notes)
    page = result.report.read_text(encoding="utf-8")
    assert "Other names that people have gone by were not looked at" in page
    assert "Other names on record counted" not in page


@pytest.mark.slow
def test_no_byte_differs_with_the_files_away(finished, sent, tmp_path):
    result, _, request = finished
    before = hashes.run_hash(load(request))
    away = tmp_path / "away"
    away.mkdir()
    for name in (*CLOSED, *OTHERS):
        shutil.move(sent.extract / name, away / name)
    try:
        assert hashes.run_hash(load(request)) == before
        again = in_process.run(request, tmp_path / "outputs")
    finally:
        for name in (*CLOSED, *OTHERS):
            shutil.move(away / name, sent.extract / name)
    assert leaving(again) == leaving(result.report.parent)
