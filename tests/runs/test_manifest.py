"""The manifest: what a run was made from, and that each of its files is declared."""

import hashlib
import importlib.metadata
import json
import platform
import re
import subprocess
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

from helpers.files import ROOT
from helpers.request import load
from helpers.runs import manifest
from helpers.runs.run import Run


@pytest.fixture(scope="module")
def written(shared):
    return json.loads((shared.folder / "audit/manifest.json").read_text())


def sha(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def test_every_file_of_a_finished_run_is_declared_in_its_folder(shared, written):
    found = {
        path.relative_to(shared.folder).as_posix()
        for path in shared.folder.rglob("*")
        if path.is_file()
    }
    # the manifest, written last of all, cannot hold its own hash
    assert set(written["outputs"]) == found - {"audit/manifest.json"}
    place = {"report.html": "published"}
    for name, output in written["outputs"].items():
        assert output["class"] == place.get(name, name.split("/")[0]), name


def test_every_hash_is_that_of_the_file(shared, written):
    for name, output in written["outputs"].items():
        assert output["sha256"] == sha(shared.folder / name), name


def test_a_run_holds_the_files_that_the_design_names(written):
    names = set(written["outputs"])
    assert {
        "report.html",
        "release/result.json",
        "release/checker/outputs.csv",
        "release/checker/results.json",
        "audit/checker.csv",
        "audit/checks.csv",
        "audit/disclosure.csv",
        "audit/request.yml",
        "audit/packages.txt",
        "audit/run.log",
    } <= names
    data = "people outcomes matched balance estimates".split()
    stages = "intake matching outcomes charts".split()
    data += [f"cells_{stage}" for stage in stages]
    assert {f"restricted/data/{name}.parquet" for name in data} <= names
    books = "01_intake 02_matching 03_outcomes 04_charts".split()
    assert {f"restricted/notebooks/{name}.ipynb" for name in books} <= names
    assert any(re.fullmatch(r"release/tables/.+\.csv", name) for name in names)
    assert any(re.fullmatch(r"release/figures/.+\.svg", name) for name in names)


def documented():
    """Patterns of the files that outputs/README.md tells of, under their classes."""
    page = (ROOT / "outputs/README.md").read_text(encoding="utf-8")
    for folder, section in re.findall(
        r"^\*\*(published|[\w/]+/)\*\*[^\n]*\n(.*?)(?=^\*\*|^## |\Z)", page, re.M | re.S
    ):
        for cell in re.findall(r"^\| (`[^|]+) \|", section, re.M):
            for name in re.findall(r"`([^`]+)`", cell):
                pattern = re.sub(r"\d+|KEY|<\w+>", "*", name)
                pattern = f"{folder.removeprefix('published')}{pattern}"
                yield f"{pattern}*" if pattern.endswith("/") else pattern


def test_every_file_of_a_finished_run_is_told_of_in_outputs(written):
    patterns = {name.replace("*.html", "notebooks/*.html") for name in documented()}
    names = {*written["outputs"], "audit/manifest.json"}
    assert len(patterns) > 50
    assert {n for n in names if not any(fnmatch(n, p) for p in patterns)} == set()


def test_the_manifest_says_what_the_run_was_made_with(shared, written):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert written["status"] == "finished"
    assert written["id"] == shared.id
    assert written["kit_version"] == project["version"]
    assert written["python"] == platform.python_version()
    assert written["packages"]["pandas"] == importlib.metadata.version("pandas")
    assert written["seed"] == 1
    assert shared.said.splitlines()[0] == written["headline"]
    assert set(written["seconds"]) == {
        "intake", "matching", "outcomes", "charts", "report",
    }  # fmt: skip
    assert all(seconds > 0 for seconds in written["seconds"].values())


def test_the_manifest_names_the_bytes_of_notebooks_helpers_and_data(written):
    for name in ("notebooks/03_outcomes.ipynb", "helpers/outcomes/estimates.py"):
        assert re.fullmatch("[0-9a-f]{64}", written["code"][name])
    code = {*(ROOT / "helpers").rglob("*.py"), *(ROOT / "notebooks").glob("*.ipynb")}
    assert {path.relative_to(ROOT).as_posix() for path in code} <= set(written["code"])
    catalogue = ROOT / "params/catalogue"
    read = {ROOT / name for name in written["inputs"]}
    assert read == set(catalogue.glob("*.csv"))
    for name, found in written["inputs"].items():
        assert not Path(name).is_absolute()  # another machine has it elsewhere
        assert found == sha(ROOT / name)


def test_the_manifest_has_the_request_and_what_its_bytes_rest_on(shared, written):
    assert written["request"] == load(shared.request).completed()
    assert written["settings"]["PYTHONHASHSEED"] == "0"
    assert written["beside"] == {}  # no other run is on these people


def test_a_ready_cohort_is_among_the_inputs(poor):
    written = json.loads((poor.folder / "audit/manifest.json").read_text())
    cohort = load(poor.request).inputs.cohort
    assert written["inputs"][cohort] == sha(cohort)


def test_the_manifest_names_the_commit(written):
    asked = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True
    )
    expected = asked.stdout.strip() if asked.returncode == 0 else None
    assert written["git"]["commit"] == expected


def test_the_packages_are_those_installed(shared):
    lines = (shared.folder / "audit/packages.txt").read_text().splitlines()
    assert lines == sorted(lines)
    for name in ("pandas", "papermill", "statsmodels"):
        assert f"{name}=={importlib.metadata.version(name)}" in lines


def test_times_are_in_the_manifest_alone(shared, written):
    finished = written["finished_at"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", finished)
    year, month, day = finished[:10].split("-")
    months = "January February March April May June July August September October"
    names = [*months.split(), "November", "December"]
    open_files = [p for p in (shared.folder / "release").rglob("*") if p.is_file()]
    for path in [shared.folder / "report.html", *open_files]:
        text = path.read_text(encoding="utf-8", errors="replace")  # pictures too
        # the report's own date is that of its request, 25 June 2026
        assert f"{year}-{month}-{day}" not in text, path
        today = f"{int(day)} {names[int(month) - 1]} {year}"
        assert today == "25 June 2026" or today not in text, path


def test_a_file_that_nobody_declared_is_told_by_name(tmp_path, make_request):
    run = Run(load(make_request(tmp_path / "x.yml")), "charts", tmp_path / "part")
    run.folder.mkdir()
    run.write("data/mine.parquet", b"x", sensitivity="restricted")
    assert manifest.undeclared(run) == ""
    (run.folder / "restricted/data/people.csv").write_text("x")
    (run.folder / "notes.txt").write_text("x")
    found = manifest.undeclared(run)
    assert found.startswith("notes.txt, restricted/data/people.csv: written without")
    assert "mine.parquet" not in found
    assert "\n" not in found
