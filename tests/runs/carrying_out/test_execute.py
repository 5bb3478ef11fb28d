"""What the driver has papermill do with a stage's notebook."""

from types import SimpleNamespace

from helpers.files import ROOT
from helpers.jupyter import kernel
from helpers.request import load
from helpers.runs.carrying_out import execute


def test_what_somebody_tried_and_saved_in_a_notebook_is_not_tried(
    monkeypatch, tmp_path
):
    """A notebook as JupyterLab saved it has its own `changes`: the driver sets none."""
    given = {}
    monkeypatch.setattr(kernel, "execute_quietly", lambda *_, **how: given.update(how))
    request = load(ROOT / "params/example.yml")
    work = SimpleNamespace(request=request, folder=tmp_path)
    progress = SimpleNamespace(stage_started=lambda *_: None)
    target = tmp_path / "02_matching.ipynb"
    assert not execute._execute("matching", "02_matching", work, target, progress)
    assert given["parameters"]["changes"] == {}
