"""The kernel of a user, by Jupyter's own look-up; the filter, by git itself."""

import json
import shutil
import subprocess
import sys

import pytest
from jupyter_client.kernelspec import KernelSpecManager

from helpers.files import ROOT
from helpers.jupyter import register

BOOK = "notebooks/02_matching.ipynb"
WRITTEN = (ROOT / BOOK).read_bytes()


# the kernel ------------------------------------------------------------------------


def test_jupyter_finds_the_kernel_which_starts_as_the_drivers_do(monkeypatch, tmp_path):
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("OMP_NUM_THREADS", "7")  # of the shell that registers it
    place = register.kernel()
    assert place.is_relative_to(tmp_path)
    spec = KernelSpecManager().get_kernel_spec("justice-data-lab")
    assert spec.display_name == "Justice Data Lab"
    assert spec.argv[:3] == [sys.executable, "-m", "ipykernel_launcher"]
    assert "--HistoryManager.enabled=False" in spec.argv
    assert spec.env["PYTHONHASHSEED"] == "0"
    assert spec.env["OMP_NUM_THREADS"] == "1"
    assert spec.env["PYTHONPATH"] == str(ROOT)
    assert spec.metadata["supported_encryption"] == ["curve"]
    assert register.kernel() == place  # once more is fine


# the filter of git -----------------------------------------------------------------


def git(folder, *words, fails=False):
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True)
    assert bool(done.returncode) == fails, done.stderr
    return done.stderr if fails else done.stdout


@pytest.fixture(params=["", "tools/the kit"])
def kit(request, tmp_path, monkeypatch):
    """A copy of the kit, at the top of a repository or further down, with blanks."""
    top = tmp_path / "our work"
    folder = top / request.param
    for name in ("__init__.py", "files.py", "jupyter"):
        (folder / "helpers").mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if name == "jupyter" else shutil.copy
        copy(ROOT / "helpers" / name, folder / "helpers" / name)
    (folder / "notebooks").mkdir()
    (folder / BOOK).write_bytes(WRITTEN)
    shutil.copy(ROOT / ".gitattributes", folder)
    git(top, "init", "--quiet")
    for name, value in (("user.name", "A"), ("user.email", "a@example.org")):
        git(top, "config", name, value)
    git(top, "add", ".")
    git(top, "commit", "--quiet", "-m", "As it is")
    monkeypatch.setattr(register, "ROOT", folder)
    return folder


def saved_by_a_hosted_lab(kit):
    """What such a JupyterLab writes: outputs, counts and the kernel that was chosen."""
    book = json.loads(WRITTEN)
    cell = next(cell for cell in book["cells"] if cell["cell_type"] == "code")
    shown = {"output_type": "stream", "name": "stdout", "text": ["Ann Brown"]}
    cell |= {"outputs": [shown], "execution_count": 3}
    book["metadata"]["kernelspec"]["name"] = "justice-data-lab"
    text = json.dumps(book, indent=1)
    (kit / BOOK).write_text(text, encoding="utf-8")
    return text


def test_git_takes_up_a_notebook_without_its_outputs(kit):
    assert register.git_filter() == ""
    text = saved_by_a_hosted_lab(kit)
    assert git(kit, "diff") == ""
    git(kit, "add", BOOK)
    taken_up = git(kit, "show", f":./{BOOK}")
    assert taken_up.encode() == WRITTEN
    git(kit, "commit", "--quiet", "--allow-empty", "-m", "More")
    assert "Brown" not in git(kit, "log", "--patch")
    # what lies in the folder is the analyst's, and stays as it is
    assert (kit / BOOK).read_text(encoding="utf-8") == text


def test_notebooks_as_they_are_written_stay_unchanged_and_come_out_so(kit):
    register.git_filter()
    assert git(kit, "status", "--porcelain") == ""
    (kit / BOOK).unlink()
    git(kit, "checkout", "--", BOOK)
    assert (kit / BOOK).read_bytes() == WRITTEN


def test_what_cannot_be_stripped_is_not_taken_up(kit):
    register.git_filter()
    (kit / "mine.ipynb").write_text('{"cells": [')
    said = git(kit, "add", "mine.ipynb", fails=True)
    assert "not taken up: outputs could not be stripped" in said


def test_without_its_python_git_takes_up_no_notebook(kit, monkeypatch):
    # as where the environment that was registered has been removed
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    register.git_filter()
    saved_by_a_hosted_lab(kit)
    git(kit, "add", BOOK, fails=True)
    assert git(kit, "diff", "--cached", "--no-ext-diff", "--name-only") == ""


def test_a_folder_that_is_no_repository_gets_no_filter(tmp_path, monkeypatch):
    monkeypatch.setattr(register, "ROOT", tmp_path)
    assert register.git_filter() == "this copy of the kit is no git repository"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert register.git_filter() == "there is no git on this machine"


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="this copy is no repository")
def test_every_notebook_of_the_kit_has_the_filter():
    names = git(ROOT, "ls-files", "*.ipynb").split()
    told = git(ROOT, "check-attr", "filter", "--", *names, "a.ipynb", "x/b.ipynb")
    assert len(names) >= 4
    assert {line.rsplit(": ", 1)[1] for line in told.splitlines()} == {register.FILTER}
