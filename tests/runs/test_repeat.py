"""A run repeated from its manifest: the same bytes, or every difference a line.

The finished run is that of a ready cohort of made-up people. What follows the
comparison before a run is tried with an attempt that copies it, so that none is made.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pandas
import pytest
from support import in_process
from support.made_up_cohort import make

from helpers.commands import command_line, running
from helpers.errors import RequestError, RunFailed
from helpers.files import ROOT, sha256
from helpers.runs import others, repeat
from helpers.runs.carrying_out import attempt
from helpers.runs.written import ledger


@pytest.fixture(scope="module")
def made(tmp_path_factory, make_request):
    """An outputs folder with a finished run, the cohort beside it."""
    folder = tmp_path_factory.mktemp("made")
    make(500, 150).to_csv(folder / "cohort.csv", index=False)
    request = make_request(
        folder / "again.yml",
        inputs={"cohort": str(folder / "cohort.csv")},
        outcomes=["reoffending_rate"],
        robustness=None,
        analyses=[{"name": "All people", "covariates": {"numeric": ["age"]}}],
    )
    in_process.run(request, folder / "outputs", whole=False)
    return folder


@pytest.fixture
def outputs(made, tmp_path):
    shutil.copytree(made / "outputs", tmp_path / "outputs")
    return tmp_path / "outputs"


@pytest.fixture
def manifest(outputs):
    return outputs / "again/audit/manifest.json"


@pytest.fixture
def again(outputs, manifest, quiet, monkeypatch):
    """Repeat the run; instead of making one, a copy of it is changed by `spoil`."""

    def copied(request, where, expected, progress, held, *, fresh):
        assert fresh  # nothing is taken over of what was done before
        part = where / f".{request.id}.part"
        shutil.copytree(copied.of, part)
        copied.spoil(part)
        return part, ""

    def go(*, where=None, spoil=lambda part: None):
        copied.of, copied.spoil = outputs / "again", spoil
        return repeat.repeat(manifest, outputs=where or outputs, progress=quiet)

    monkeypatch.setattr(attempt, "make", copied)
    return go


def edit(file: Path, **changes) -> None:
    file.write_text(json.dumps(json.loads(file.read_text()) | changes))


def lines(act) -> list[str]:
    with pytest.raises(RequestError) as error:
        act()
    assert all("\n" not in line and "manifest.json: " in line
               for line in error.value.problems)  # fmt: skip
    return error.value.problems


# the same -----------------------------------------------------------------------------


def test_a_repeat_in_this_process_has_the_same_bytes(made, quiet, contents):
    """The whole way, but for the kernels; the slow test below has those too."""
    outputs, before = made / "outputs", contents(made / "outputs/again")
    kept = len(ledger.lines(outputs))
    with in_process._in_this_process(whole=False):
        found = repeat.repeat(
            outputs / "again/audit/manifest.json", outputs=outputs, progress=quiet
        )
        new = repeat.repeat(
            outputs / "again/audit/manifest.json",
            outputs=made / "elsewhere",
            progress=quiet,
        )
    files = [name for name in before if name.startswith(("report.html", "release/"))]
    assert (found.files, found.kept) == (len(files), False)
    assert (new.files, new.kept) == (len(files), True)
    assert contents(outputs / "again") == before
    assert not (outputs / ".again.part").exists()
    there = contents(made / "elsewhere/again")
    assert {name: there[name] for name in files} == {n: before[n] for n in files}
    # the same outcomes were opened on the same matching: no line says anything new
    assert len(ledger.lines(outputs)) == kept


def test_files_that_differ_are_named_and_the_run_stays(outputs, again, contents):
    before = contents(outputs / "again")

    def spoil(part):
        file = part / "audit/manifest.json"
        told = json.loads(file.read_text())["outputs"]
        told["report.html"]["sha256"] = "0" * 64
        del told["release/result.json"]
        told["release/new.csv"] = {"class": "release", "sha256": "1" * 64}
        edit(file, outputs=told, beside={"another": "2" * 64})

    with pytest.raises(RunFailed) as error:
        again(spoil=spoil)
    told = [line.partition("manifest.json: ")[2] for line in error.value.problems]
    assert told[:3] == [
        "release/new.csv: is made now, and was not",
        "release/result.json: was not made again",
        "report.html: differs",
    ]
    assert told[3].startswith("beside: another is new since the run")
    assert contents(outputs / "again") == before
    assert not (outputs / ".again.part").exists()
    with pytest.raises(RunFailed):
        again(where=outputs.parent / "new", spoil=spoil)
    assert not (outputs.parent / "new/again").exists()


# differences beforehand ---------------------------------------------------------------


def test_an_input_that_changed_or_went_is_named(made, again):
    cohort = made / "cohort.csv"
    was = cohort.read_bytes()
    try:
        cohort.write_bytes(was + b"\n")
        (line,) = lines(again)
        assert f"inputs: {cohort} has changed since the run" in line
        cohort.unlink()
        (line,) = lines(again)
        assert f"inputs: there is no file {cohort}" in line
    finally:
        cohort.write_bytes(was)


def test_versions_settings_and_code_are_named_each_in_a_line(
    made, outputs, again, monkeypatch
):
    real = repeat.hashes.package_versions
    monkeypatch.setattr(
        repeat.hashes, "package_versions", lambda of: real(of) | {"pandas": "9.9"}
    )
    monkeypatch.setattr(repeat.hashes, "python", lambda: "3.99")
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    code = repeat.manifest.hashed(repeat.hashes.code_files())
    del code["helpers/files.py"]
    code |= {"helpers/errors.py": "0" * 64, "helpers/new.py": "1" * 64}
    monkeypatch.setattr(repeat.manifest, "hashed", lambda _: code)
    told = [line.partition("manifest.json: ")[2] for line in lines(again)]
    assert told[0].startswith("python: was 3.") and told[0].endswith("is 3.99 here")
    assert told[1] == f"packages: pandas: was {pandas.__version__}, is 9.9 here"
    assert told[2] == "settings: OMP_NUM_THREADS: was 1, is 7 here"
    assert told[3].startswith("code: helpers/errors.py has changed since the run")
    assert told[4].startswith("code: helpers/files.py is not there")
    assert told[5].startswith("code: helpers/new.py is new since the run")
    assert len(told) == 6
    assert not (outputs / ".again.part").exists()


def test_a_release_that_was_looked_at_is_looked_for(outputs, manifest, again):
    """Another run on some of the same people, and an edition that was published."""
    shutil.copytree(outputs / "again", outputs / "other")
    edition = outputs / "published/again/1/release"
    edition.mkdir(parents=True)
    (edition / "result.json").write_text("{}")
    stood = {
        "other": others.standing(outputs, "other"),
        "again/1": sha256(edition / "result.json"),
    }
    edit(manifest, beside=stood)
    again()
    (edition / "result.json").write_text("{ }")
    (outputs / "other/restricted/data/released.json").write_text("{}")
    told = lines(again)
    assert "beside: other, which the disclosure decision looked at, has ch" in told[0]
    assert "beside: again/1, which the disclosure decision looked at, has" in told[1]
    told = lines(lambda: again(where=outputs.parent / "new"))
    assert all("is not there, or holds nobody" in line for line in told)
    assert not (outputs.parent / "new").exists()


@pytest.mark.parametrize(
    "change, said",
    [
        ({"status": "begun"}, "is not the manifest of a finished run"),
        ({"kit_version": "0.0.1"}, "kit_version: the run was made by 0.0.1, and this"),
        ({"request": None}, "has no request as this version writes it"),
        ({"hash": "0" * 64}, "do not give its hash: it was edited"),
        ({"inputs": {"x.csv": "0" * 64}}, "do not give its hash: it was edited"),
        ({"inputs": {"x.csv": 1}}, "do not give its hash: it was edited"),
        ({"id": "../other"}, "do not give its hash: it was edited"),
        ({"outputs": {"report.html": "0" * 64}}, "do not give its hash: it was edited"),
    ],
)
def test_a_manifest_that_was_edited_or_is_foreign_is_one_line(
    manifest, again, change, said
):
    edit(manifest, **change)
    (line,) = lines(again)
    assert said in line


@pytest.mark.parametrize("text", ["", "[]", "nothing", "[" * 100_000, '{"a": 1}'])
def test_what_is_no_manifest_is_one_line(manifest, again, text):
    manifest.write_text(text)
    (line,) = lines(again)
    assert "is not the manifest of a finished run" in line
    manifest.unlink()
    (line,) = lines(again)
    assert "cannot be read" in line


def test_it_goes_with_no_request_and_no_overwriting(tmp_path):
    manifest = str(tmp_path / "m.json")
    for more in (["--overwrite", "--force"], ["--overwrite"], ["--jobs", "2"]):
        given = command_line.parser().parse_args(
            ["run", "--from-manifest", manifest, *more]
        )
        said = " and ".join(word for word in more if word.startswith("--"))
        with pytest.raises(RequestError, match=f"with {said}:"):
            running.run(given)


# through the driver -------------------------------------------------------------------


@pytest.mark.slow
def test_the_driver_repeats_a_run_from_its_manifest_alone(shared, tmp_path, contents):
    file = shared.folder / "audit/manifest.json"
    command = [sys.executable, "-m", "helpers", "run", "--from-manifest", str(file)]
    command += ["--outputs", str(tmp_path / "outputs")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("identical: ")
    again = tmp_path / "outputs" / shared.id
    assert contents(again / "release") == contents(shared.folder / "release")
    assert (again / "report.html").read_text(encoding="utf-8") == shared.report
