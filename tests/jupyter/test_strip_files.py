"""The hook that keeps outputs out of a commit."""

import json

from helpers.jupyter.strip_files import main, strip_all, unstripped
from helpers.request import ROOT

NOTEBOOK = ROOT / "notebooks/02_matching.ipynb"


def test_outputs_go_and_the_notebook_has_to_be_staged_again(tmp_path, capsys):
    book = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    cell = next(cell for cell in book["cells"] if cell["cell_type"] == "code")
    cell |= {"execution_count": 3, "outputs": [{"output_type": "stream", "text": "x"}]}
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps(book), encoding="utf-8")
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
    book = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    (tmp_path / "clean.ipynb").write_bytes(NOTEBOOK.read_bytes())
    cell = next(cell for cell in book["cells"] if cell["cell_type"] == "code")
    cell |= {"outputs": [{"output_type": "stream", "text": "x"}]}
    kept = tmp_path / ".ipynb_checkpoints" / "a-checkpoint.ipynb"
    kept.parent.mkdir()
    for path in (tmp_path / "a.ipynb", kept):
        path.write_text(json.dumps(book), encoding="utf-8")
        path.chmod(0o600)
    (tmp_path / "broken.ipynb").write_text("{")
    assert unstripped(tmp_path) == [kept, tmp_path / "a.ipynb"]
    assert strip_all(tmp_path) == [kept, tmp_path / "a.ipynb"]
    assert unstripped(tmp_path) == []
    for path in (tmp_path / "a.ipynb", kept):
        assert path.read_bytes() == NOTEBOOK.read_bytes()
        assert path.stat().st_mode & 0o777 == 0o600
