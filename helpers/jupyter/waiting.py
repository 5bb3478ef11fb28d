"""A kernel's process that waits: it imports what its notebook does, then is told to go.

    python -m helpers.jupyter.waiting notebooks/02_matching.ipynb

Its input says how the kernel starts, as a line of JSON. Where the input ends first, the
driver is gone, and so is the process.
"""

import ast
import contextlib
import json
import os
import runpy
import sys
import tempfile
from pathlib import Path

from helpers.set_up.process import collect_rarely

IMPORTS = (ast.Import, ast.ImportFrom)


def imports(book: Path) -> list[ast.stmt]:
    """Give the import statements of a notebook's cells, in their order."""
    cells = json.loads(book.read_text(encoding="utf-8"))["cells"]
    codes = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    lines = [line for code in codes for line in ast.parse(code).body]
    return [line for line in lines if isinstance(line, IMPORTS)]


def load(book: Path) -> None:
    """Import what a notebook will; what cannot be imported is left for it to tell."""
    import ipykernel.kernelapp  # of every kernel, and slow
    import ipykernel.zmqshell  # noqa: F401

    for statement in imports(book):
        with contextlib.suppress(Exception):
            exec(compile(ast.Module([statement], []), str(book), "exec"), {})


def main(book: Path) -> None:
    """Import ahead, wait for the word, and become the kernel that it describes."""
    collect_rarely()
    load(book)
    line = sys.stdin.readline()
    if not line:
        return
    told = json.loads(line)
    with open(os.devnull) as nothing:
        os.dup2(nothing.fileno(), 0)
    os.environ.clear()
    os.environ.update(told["environment"])
    # the driver may have gone into the run's folder since this process was started
    os.umask(told["umask"])
    tempfile.tempdir = None
    sys.argv = ["ipykernel_launcher", *told["arguments"]]
    runpy.run_module("ipykernel_launcher", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
