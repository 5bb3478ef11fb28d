"""Saving a notebook in JupyterLab: nothing about people is left in it."""

import asyncio
import copy
from types import SimpleNamespace

import nbformat
import pytest
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from tornado.web import HTTPError
from traitlets.config import Config

from helpers.jupyter import saving


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A checkout with notebooks/ and outputs/."""
    for name in ("notebooks", "outputs/example.draft"):
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.setattr(saving, "OUTPUTS", tmp_path / "outputs")
    return tmp_path


def executed():
    """A notebook after an analyst has run it."""
    notebook = nbformat.v4.new_notebook(
        metadata={
            "kernelspec": {"name": "conda-env-x-py", "display_name": "x"},
            "language_info": {"name": "python", "version": "3.11.7"},
            "widgets": {"state": "Jane Doe"},
        }
    )
    cell = nbformat.v4.new_code_cell("people", id="people", metadata={"tags": ["t"]})
    cell.metadata["execution"] = {"iopub.execute_input": "2024-01-01"}
    cell.execution_count = 3
    cell.outputs = [nbformat.v4.new_output("stream", text="Jane Doe")]
    notebook.cells = [nbformat.v4.new_markdown_cell("# People", id="title"), cell]
    return notebook


def save(root, path, content=None, kind="notebook"):
    model = {"type": kind, "content": copy.deepcopy(content or executed())}
    manager = SimpleNamespace(root_dir=str(root))
    saving.strip_outputs(model=model, path=path, contents_manager=manager)
    return model["content"]


def test_outputs_counts_and_traces_are_stripped(root):
    saved = save(root, "notebooks/01_intake.ipynb")
    assert "Jane" not in str(saved)
    _, cell = saved["cells"]
    assert cell["outputs"] == [] and cell["execution_count"] is None
    assert cell["metadata"] == {"tags": ["t"]}
    assert cell["source"] == "people"
    assert saved["metadata"] == saving.METADATA
    nbformat.validate(nbformat.from_dict(saved))


def test_what_the_analyst_has_open_is_left_alone(root):
    notebook = executed()
    before = copy.deepcopy(notebook)
    saving.stripped(notebook)
    assert notebook == before


@pytest.mark.parametrize("path", ["elsewhere.ipynb", "outputs/../x.ipynb", "/a.ipynb"])
def test_every_folder_but_outputs_is_meant(root, path):
    assert "Jane" not in str(save(root, path))


def test_a_link_into_outputs_does_not_excuse_a_notebook_elsewhere(root):
    (root / "outputs/link").symlink_to(root / "notebooks")
    assert "Jane" not in str(save(root, "outputs/link/x.ipynb"))


def test_notebooks_of_a_run_keep_their_outputs(root):
    assert "Jane" in str(save(root, "outputs/example.draft/02_matching.ipynb"))


@pytest.mark.parametrize(
    "content",
    [
        "text",
        {"nbformat": 3, "worksheets": []},
        {"nbformat": 4, "cells": [{"metadata": None}]},
        {"nbformat": 4, "cells": None},
    ],
)
def test_a_notebook_that_cannot_be_stripped_is_not_saved(root, content):
    with pytest.raises(HTTPError) as refusal:
        save(root, "notebooks/x.ipynb", content)
    # what JupyterLab shows to the analyst
    assert refusal.value.log_message.startswith("not saved: outputs could not be")


def test_a_notebook_sent_as_plain_text_is_refused_outside_outputs(root):
    with pytest.raises(HTTPError, match="plain text"):
        save(root, "notebooks/x.IPYNB", "{}", kind="file")
    assert save(root, "outputs/x.ipynb", "{}", kind="file") == "{}"
    assert save(root, "notebooks/README.md", "# R", kind="file") == "# R"


async def _saved(manager, kind, content, path):
    form = {"notebook": "json", "file": "text"}[kind]
    model = {"type": kind, "format": form, "content": content}
    return await manager.save(model, path)


@pytest.fixture
def manager(root):
    """JupyterLab's own keeper of files, with the hook given as on the command line."""
    given = {
        "pre_save_hook": "helpers.jupyter.saving.strip_outputs",
        "post_save_hook": "helpers.jupyter.saving.keep_private",
    }
    return AsyncLargeFileManager(
        root_dir=str(root), config=Config({"FileContentsManager": given})
    )


def test_jupyter_calls_the_hook_and_minds_a_refusal(root, manager):
    asyncio.run(_saved(manager, "notebook", executed(), "notebooks/x.ipynb"))
    assert "Jane" not in (root / "notebooks/x.ipynb").read_text()
    text = nbformat.writes(executed())
    with pytest.raises(HTTPError):
        asyncio.run(_saved(manager, "file", text, "notebooks/y.ipynb"))
    assert not (root / "notebooks/y.ipynb").exists()
    asyncio.run(_saved(manager, "notebook", executed(), "outputs/x.ipynb"))
    assert "Jane" in (root / "outputs/x.ipynb").read_text()


def test_what_is_saved_in_outputs_is_for_its_owner_alone(root, manager):
    for path in ("outputs/x.ipynb", "notebooks/x.ipynb"):
        (root / path).write_text("{}")
        (root / path).chmod(0o644)
        asyncio.run(_saved(manager, "notebook", executed(), path))
    assert (root / "outputs/x.ipynb").stat().st_mode & 0o777 == 0o600
    assert (root / "notebooks/x.ipynb").stat().st_mode & 0o777 == 0o644
