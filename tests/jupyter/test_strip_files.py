"""The hook that keeps outputs out of a commit."""

import errno
import io
import json
import os
from types import SimpleNamespace

import pytest

from helpers.jupyter.strip_files import look_through, main, strip, strip_all
from helpers.request import ROOT

NOTEBOOK = ROOT / "notebooks/02_matching.ipynb"


def with_output(path):
    """A notebook of the kit as it is saved after its cells were run."""
    book = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    cell = next(cell for cell in book["cells"] if cell["cell_type"] == "code")
    cell |= {"execution_count": 3, "outputs": [{"output_type": "stream", "text": "x"}]}
    path.write_text(json.dumps(book), encoding="utf-8")
    return path


def test_outputs_go_and_the_notebook_has_to_be_staged_again(tmp_path, capsys):
    path = with_output(tmp_path / "a.ipynb")
    assert main([str(path)]) == 1
    assert "stage it again" in capsys.readouterr().err
    assert path.read_bytes() == NOTEBOOK.read_bytes()
    assert main([str(path)]) == 0


def test_the_kits_own_notebooks_are_left_as_they_are():
    before = {path: path.read_bytes() for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert main(list(map(str, before))) == 0
    assert before == {path: path.read_bytes() for path in before}


def test_what_is_no_notebook_is_named_in_one_line(tmp_path, capsys):
    (tmp_path / "a.ipynb").write_text("{}")
    (tmp_path / "b.ipynb").write_text("no JSON")
    assert main([str(tmp_path / "a.ipynb"), str(tmp_path / "b.ipynb")]) == 1
    assert capsys.readouterr().err.count("\n") == 2


def test_the_kits_own_notebooks_are_written_as_the_filter_writes_them():
    # else one that was saved without a change would still look changed to git
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        book = json.loads(path.read_text(encoding="utf-8"))
        text = json.dumps(book, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
        assert path.read_text(encoding="utf-8") == text, path.name


def test_every_notebook_of_a_folder_is_stripped_with_what_jupyter_keeps(tmp_path):
    (tmp_path / "clean.ipynb").write_bytes(NOTEBOOK.read_bytes())
    kept = tmp_path / ".ipynb_checkpoints" / "a-checkpoint.ipynb"
    kept.parent.mkdir()
    for path in (tmp_path / "a.ipynb", kept):
        with_output(path).chmod(0o600)
    (tmp_path / "broken.ipynb").write_text("{")
    found, broken = [kept, tmp_path / "a.ipynb"], [tmp_path / "broken.ipynb"]
    assert look_through(tmp_path) == (found, broken)
    assert strip_all(tmp_path) == (found, broken)
    assert look_through(tmp_path) == ([], broken)
    for path in (tmp_path / "a.ipynb", kept):
        assert path.read_bytes() == NOTEBOOK.read_bytes()
        assert path.stat().st_mode & 0o777 == 0o600


NO_NOTEBOOKS = (
    "[]",
    "3",
    "null",
    '{"nbformat": 4, "cells": {}}',
    '{"nbformat": 4, "cells": ["x"]}',
    '{"nbformat": 4, "cells": [{"metadata": {}}]}',
    '{"nbformat": 4, "cells": [{"cell_type": "code", "metadata": []}]}',
)


@pytest.mark.parametrize("text", NO_NOTEBOOKS)
def test_what_a_file_may_hold_in_place_of_a_notebook_keeps_no_other_from_it(
    tmp_path, capsys, monkeypatch, text
):
    odd, other = tmp_path / "a.ipynb", with_output(tmp_path / "b.ipynb")
    odd.write_text(text)
    assert strip_all(tmp_path) == ([other], [odd])
    assert main([str(odd)]) == 1
    assert capsys.readouterr().err == f"{odd}: it is not a notebook of format 4\n"
    given = SimpleNamespace(buffer=io.BytesIO(text.encode()))
    monkeypatch.setattr("sys.stdin", given)
    assert main(["-"]) == 1
    assert capsys.readouterr().err == (
        "not taken up: outputs could not be stripped (it is not a notebook of "
        "format 4)\n"
    )


def test_what_is_no_file_keeps_no_other_from_being_stripped(tmp_path):
    (tmp_path / "a.ipynb").symlink_to("/nowhere")  # as an editor's lock is
    (tmp_path / "b.ipynb").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "c.ipynb")
    (tmp_path / "d.ipynb").write_text("[" * 200_000)
    other = with_output(tmp_path / "e.ipynb")
    assert strip_all(tmp_path) == ([other], [tmp_path / "d.ipynb"])


def test_half_of_a_pair_of_letters_is_kept_as_it_was_written(tmp_path):
    path = with_output(tmp_path / "a.ipynb")
    book = json.loads(path.read_text(encoding="utf-8"))
    book["cells"][0]["source"] = "\ud83d"
    path.write_text(json.dumps(book))
    assert strip_all(tmp_path) == ([path], [])
    assert '"source": "\\ud83d"' in path.read_text(encoding="utf-8")


def test_a_full_disk_leaves_a_notebook_whole(tmp_path, monkeypatch):
    path = with_output(tmp_path / "a.ipynb")
    before = path.read_bytes()

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(OSError, match="No space left"):
        strip(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_a_notebook_is_for_whom_it_was_and_a_link_to_it_stays(tmp_path, mode):
    path = with_output(tmp_path / "a.ipynb")
    path.chmod(mode)
    link = tmp_path / "link.ipynb"
    link.symlink_to(path)
    assert strip(link)
    assert link.is_symlink()
    assert path.read_bytes() == NOTEBOOK.read_bytes()
    assert path.stat().st_mode & 0o777 == mode
