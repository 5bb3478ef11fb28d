"""A kernel's process that waits: it imports what its notebook does, then is told to go.

    python -m helpers.jupyter.waiting notebooks/02_matching.ipynb

Its input says how the kernel starts, as a line of JSON. Where the input ends first, the
driver is gone, and so is the process.
"""

import ast
import contextlib
import importlib
import json
import os
import runpy
import sys
from pathlib import Path

#: what every kernel needs, whatever its notebook imports
KERNEL = ("ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.zmqshell")


def imported(book: Path) -> list[str]:
    """Give the modules that the cells of a notebook import, in their order."""
    cells = json.loads(book.read_text(encoding="utf-8"))["cells"]
    names: list[str] = []
    for cell in cells:
        if cell["cell_type"] != "code":
            continue
        for node in ast.parse("".join(cell["source"])).body:
            if isinstance(node, ast.ImportFrom):
                names += [node.module, *(f"{node.module}.{a.name}" for a in node.names)]
            elif isinstance(node, ast.Import):
                names += [alias.name for alias in node.names]
    return names


def load(names: list[str]) -> None:
    """Import modules; what cannot be imported is left for the notebook to tell."""
    for name in names:
        with contextlib.suppress(Exception):
            importlib.import_module(name)


def main(book: Path) -> None:
    """Import ahead, wait for the word, and become the kernel that it describes."""
    load([*KERNEL, *imported(book)])
    line = sys.stdin.readline()
    if not line:
        return
    told = json.loads(line)
    with open(os.devnull) as nothing:
        os.dup2(nothing.fileno(), 0)
    os.environ.clear()
    os.environ.update(told["environment"])
    sys.argv = ["ipykernel_launcher", *told["arguments"]]
    runpy.run_module("ipykernel_launcher", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
