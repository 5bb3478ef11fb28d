"""What JupyterLab does as it saves a notebook: nothing about people gets out.

`python3 -m helpers lab` names `strip_outputs` as Jupyter's pre-save hook, so that it
does not get into git, and `keep_private` as its post-save hook.
"""

from pathlib import Path
from typing import Any

from tornado.web import HTTPError

from helpers.files import ROOT, private

OUTPUTS = ROOT / "outputs"

#: what a notebook outside outputs/ says of itself; papermill needs both parts
METADATA = {
    "kernelspec": {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}

#: traces that a run leaves on a cell
TRACES = ("execution", "papermill", "ExecuteTime", "collapsed", "scrolled", "trusted")


def strip_outputs(
    model: dict[str, Any], path: str, contents_manager: Any, **kwargs: Any
) -> None:
    """Strip what a run left in a notebook outside outputs/, or refuse to save it.

    Jupyter logs any other exception and then saves the notebook with its outputs:
    every failure here has to be an HTTPError.
    """
    try:
        place = Path(contents_manager.root_dir, path.lstrip("/")).resolve()
        if place.is_relative_to(OUTPUTS.resolve()):
            return
        if model["type"] == "notebook":
            model["content"] = stripped(model["content"])
        elif model["type"] == "file" and path.lower().endswith(".ipynb"):
            raise ValueError("it arrived as plain text, in which outputs may hide")
    except Exception as error:
        reason = f"not saved: outputs could not be stripped from {path} ({error})"
        raise HTTPError(400, reason) from error


def keep_private(os_path: str, **kwargs: Any) -> None:
    """Keep a file that was saved in outputs/ from other accounts of the machine."""
    place = Path(os_path).resolve()
    if place.is_relative_to(OUTPUTS.resolve()) and place.is_file():
        private(place)


def stripped(notebook: dict[str, Any]) -> dict[str, Any]:
    """Give a notebook (nbformat 4) without outputs, counts and traces of a run."""
    if not _is_notebook(notebook):
        raise ValueError("it is not a notebook of format 4")
    return {
        **notebook,
        "metadata": METADATA,
        "cells": [_without_run(cell) for cell in notebook["cells"]],
    }


def _is_notebook(notebook: Any) -> bool:
    """Tell whether what a file holds, which may be anything, is a notebook."""
    if not isinstance(notebook, dict) or notebook.get("nbformat") != 4:
        return False
    cells = notebook.get("cells")
    return isinstance(cells, list) and all(
        isinstance(cell, dict)
        and "cell_type" in cell
        and isinstance(cell.get("metadata", {}), dict)
        for cell in cells
    )


def _without_run(cell: dict[str, Any]) -> dict[str, Any]:
    kept = {k: v for k, v in cell.get("metadata", {}).items() if k not in TRACES}
    cell = {**cell, "metadata": kept}
    if cell["cell_type"] == "code":
        cell |= {"outputs": [], "execution_count": None}
    return cell
