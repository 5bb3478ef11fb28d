"""The Snakefile of the page on commands: its lines, carried out as an engine would."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from support import in_process, ready_cohort

from helpers.files import ROOT
from helpers.jupyter import register
from helpers.runs.carrying_out import execute, executed
from helpers.runs.stages import NOTEBOOKS

PAGE = (ROOT / "helpers/commands/README.md").read_text(encoding="utf-8")
SNAKEFILE = re.search(r"```python\n(# snakemake .*?)```", PAGE, re.DOTALL)[1]
NUMERIC = {"numeric": ["age"], "categorical": ["sex"]}


def shell(rule):
    """The line that a rule has the shell carry out."""
    text = re.search(rf"rule {rule}:.*?shell:(.*?)(?:\n\n|\Z)", SNAKEFILE, re.DOTALL)[1]
    return ast.literal_eval(f"({text.strip()})")


def named(name):
    """What the file says of a name."""
    return ast.literal_eval(re.search(rf"^{name} = (.+)$", SNAKEFILE, re.MULTILINE)[1])


def test_the_snakefile_names_the_stages_and_where_they_leave_their_notebooks():
    assert named("STAGES") == list(NOTEBOOKS.values())
    place = named("DONE").format(id="x", stage="y")
    assert Path(place) == Path("outputs/.x.part") / executed.PLACE / "y.ipynb"
    assert all((ROOT / path).is_file() for path in named("REQUESTS").values())
    assert shell("report").startswith("python3 -m helpers run {input.request}")


def test_no_rule_writes_what_stands_until_a_new_run_is_whole():
    # what a rule writes Snakemake removes before it is carried out, and if it fails
    assert re.findall(r"output: (.+)", SNAKEFILE) == ["DONE", "touch(REPORTED)"]
    reported = Path(named("REPORTED").format(id="x"))
    assert reported == Path("outputs/.x.reported")  # not in outputs/x, the last run
    assert re.search(r"rule all:\n    input: (.+)", SNAKEFILE)[1] == (
        "expand(REPORTED, id=REQUESTS)"
    )


@pytest.mark.slow
def test_the_driver_finds_what_papermill_did_and_writes_the_same_report(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    for name in ("PYTHONHASHSEED", "OMP_NUM_THREADS"):
        monkeypatch.delenv(name, raising=False)
    register.kernel()
    analyses = [{"name": "Everyone", "covariates": NUMERIC}]
    path = in_process.write(ready_cohort.written(tmp_path, analyses=analyses), tmp_path)
    outputs = tmp_path / "outputs"
    for stage, name in NOTEBOOKS.items():
        done = outputs / ".small.part" / executed.PLACE / f"{name}.ipynb"
        done.parent.mkdir(parents=True, exist_ok=True)  # as Snakemake does
        line = shell("stage").replace(" outputs/", f" {outputs}/").format(
            wildcards=SimpleNamespace(id="small", stage=name),
            output=done,
            input=SimpleNamespace(request=path),
        )  # fmt: skip
        papermill = subprocess.run(
            line, shell=True, cwd=ROOT, capture_output=True, text=True
        )
        assert papermill.returncode == 0, papermill.stderr
        assert executed.problems(done, stage) == []
    with monkeypatch.context() as patch:
        patch.setattr(execute, "carry_out", None)  # nothing is left to be carried out
        run = in_process.run(path, outputs, whole=False, overwrite=True)
    alone = in_process.run(path, tmp_path / "alone", whole=False)
    for name in ("release/result.json", "audit/checks.csv", "audit/request.yml"):
        assert (run / name).read_bytes() == (alone / name).read_bytes()
    tables = sorted((alone / "restricted/data").glob("*.parquet"))
    assert tables
    for table in tables:
        again = run / table.relative_to(alone)
        assert again.read_bytes() == table.read_bytes(), table.name
