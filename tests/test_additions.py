"""The usual changes of helpers/README.md: each diff applies and touches its files.

A diff that no longer applies has to be made again: it shows a newcomer where to start.
"""

import re
import shutil
import subprocess

import pytest
from support import layout

from helpers.files import ROOT

FOLDER = ROOT / "tests" / "additions"
DIFFS = sorted(FOLDER.glob("*.diff"))
PAGE = (ROOT / "helpers" / "README.md").read_text(encoding="utf-8")
#: name of a diff → the files that its row of the table names
ROWS = {
    name: set(re.findall(r"`([\w./]+)`", row))
    for row, name in re.findall(r"^(\|.*additions/(\w+)\.diff.*\|)$", PAGE, re.M)
}

each = pytest.mark.parametrize("diff", DIFFS, ids=lambda path: path.stem)


def touched(diff):
    """The files of helpers/ and params/ that a diff changes or adds."""
    text = diff.read_text(encoding="utf-8")
    return set(re.findall(r"^\+\+\+ b/(\S+)$", text, re.M))


def test_the_table_has_a_row_for_each_diff():
    assert set(ROWS) == {diff.stem for diff in DIFFS}
    assert len(DIFFS) >= 11


@each
def test_a_diff_touches_the_files_that_the_table_names(diff):
    named = {f"helpers/{path}" for path in ROWS[diff.stem]}
    # documentation, the schema made from it and the maps are told of once, above it
    beside = {path for path in touched(diff) if path.endswith("__init__.py")}
    beside |= {"params/README.md", "params/request.schema.json"}
    assert touched(diff) - named <= beside
    assert named <= touched(diff)


@pytest.fixture
def patched(diff, tmp_path):
    """A copy of helpers/ and params/ with the change in it."""
    for name in ("helpers", "params"):
        unwanted = shutil.ignore_patterns("__pycache__", "data")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=unwanted)
    done = subprocess.run(
        ["git", "apply", "--verbose", str(diff)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={"GIT_CEILING_DIRECTORIES": str(tmp_path.parent), "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 0, done.stderr
    return tmp_path


@each
def test_a_diff_applies_and_keeps_the_rules_of_the_house(diff, patched):
    source = layout.source_of(patched)
    assert source != layout.source_of(ROOT)
    for rule in (
        layout.upward,
        layout.circles,
        layout.strangers,
        layout.unmapped,
        layout.crowded,
    ):
        assert rule(source) == []
