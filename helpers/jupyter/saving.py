"""What JupyterLab does as it saves a notebook: nothing about people gets into git.

`python3 -m helpers lab` names `strip_outputs` as Jupyter's pre-save hook.
"""

from pathlib import Path
from typing import Any

from tornado.web import HTTPError

from helpers.files import ROOT

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


def stripped(notebook: dict[str, Any]) -> dict[str, Any]:
    """Give a notebook (nbformat 4) without outputs, counts and traces of a run."""
    if notebook.get("nbformat") != 4 or "cells" not in notebook:
        raise ValueError("it is not a notebook of format 4")
    return {
        **notebook,
        "metadata": METADATA,
        "cells": [_without_run(cell) for cell in notebook["cells"]],
    }


def _without_run(cell: dict[str, Any]) -> dict[str, Any]:
    kept = {k: v for k, v in cell.get("metadata", {}).items() if k not in TRACES}
    cell = {**cell, "metadata": kept}
    if cell["cell_type"] == "code":
        cell |= {"outputs": [], "execution_count": None}
    return cell
