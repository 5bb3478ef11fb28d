"""The notebooks' hygiene: nothing stored, nothing hidden, no logic of their own."""

import ast
import json
import re
import subprocess

import pytest

from helpers.files import ROOT
from helpers.jupyter.saving import stripped

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
STAGES = ["01_intake", "02_matching", "03_outcomes", "04_charts"]

each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def tracked():
    """Notebooks that git holds; all but those of runs where there is no git."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "*.ipynb"], cwd=ROOT, capture_output=True, text=True
    )
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.split("\0") if name]
    return NOTEBOOKS


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def code(path):
    """The code cells of a notebook: id, tags, lines."""
    return [
        (cell["id"], cell["metadata"].get("tags", []), "".join(cell["source"]))
        for cell in read(path)["cells"]
        if cell["cell_type"] == "code"
    ]


def test_there_is_one_notebook_a_stage():
    assert [path.stem for path in NOTEBOOKS] == STAGES


def test_no_tracked_notebook_holds_outputs():
    bad = [
        path.relative_to(ROOT).as_posix()
        for path in tracked()
        if path.exists()
        for cell in read(path)["cells"]
        if cell.get("outputs") or cell.get("execution_count")
    ]
    assert bad == []


@each
def test_a_notebook_is_as_jupyterlab_saves_it(path):
    # no outputs or counts, kernel python3, nothing else in the metadata
    notebook = read(path)
    assert notebook == stripped(notebook)
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert notebook["metadata"]["language_info"] == {"name": "python"}


@each
def test_cells_have_readable_ids(path):
    ids = [cell["id"] for cell in read(path)["cells"]]
    assert [name for name in ids if not re.fullmatch(r"[a-z][a-z0-9-]*", name)] == []
    assert len(set(ids)) == len(ids)
    # nbformat's own ids are eight hexadecimal digits
    assert [name for name in ids if re.fullmatch(r"[0-9a-f]{8}", name)] == []


@each
def test_a_notebook_goes_from_title_through_parameters_and_load_to_save(path):
    first = read(path)["cells"][0]
    assert first["cell_type"] == "markdown"
    assert "".join(first["source"]).startswith("# ")
    names = [name for name, _, _ in code(path)]
    assert names[:2] == ["parameters", "load"]
    assert names[-1] == "save"


@each
def test_the_parameters_are_the_same_in_every_notebook(path):
    found = [source for _, tags, source in code(path) if "parameters" in tags]
    assert len(found) == 1
    values = {
        target.id: ast.literal_eval(line.value)
        for line in ast.parse(found[0]).body
        for target in line.targets
    }
    assert values == {"request": None, "run_dir": None, "changes": {}}


@each
def test_a_notebook_holds_no_logic(path):
    logic = (
        ast.FunctionDef,
        ast.AsyncFunctionDef,
        ast.ClassDef,
        ast.Lambda,
        ast.For,
        ast.While,
        ast.Try,
    )
    for name, _, source in code(path):
        found = [type(n).__name__ for n in ast.walk(ast.parse(source))]
        assert not {kind.__name__ for kind in logic} & set(found), name
        assert len(source.splitlines()) <= 12, f"{name} is long"


@each
def test_a_notebook_works_from_any_folder(path):
    text = "\n".join(source for _, _, source in code(path))
    assert "sys.path" not in text
    texts = [
        node.value
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert [t for t in texts if re.match(r"/\w|~/|[A-Za-z]:[\\/]|\.\.?/", t)] == []


@each
def test_a_published_cell_belongs_to_one_section(path):
    for name, tags, _ in code(path):
        sections = [tag for tag in tags if tag.startswith("section:")]
        assert len(sections) == ("publish" in tags), name
