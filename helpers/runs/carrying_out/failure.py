"""What a run that stopped says, in one line: where, why, and the notebook to open."""

import re
from pathlib import Path
from typing import Any

import nbformat

from helpers.jupyter.shell import TOLD
from helpers.runs.run import Run


def heading(cells: list[Any]) -> str:
    """Give the last markdown heading among some cells."""
    for cell in reversed(cells):
        if cell.cell_type == "markdown":
            found = re.findall(r"^#+ +(.+)$", cell.source, re.MULTILINE)
            if found:
                return found[-1].strip()
    return ""


def stopped(stage: str, work: Run, target: Path, error: Any) -> str:
    """Say in which cell of a stage's notebook an error stopped it, and what it was.

    `error` is papermill's, which has the name and the words of the kernel's.
    """
    cells = nbformat.read(target, as_version=4).cells
    failed = next(
        (
            index
            for index, cell in enumerate(cells)
            if any(out.output_type == "error" for out in cell.get("outputs", []))
        ),
        len(cells),
    )
    # what any other error says may hold a person's value: it stays in the notebook
    message = error.ename + ", whose text is not repeated here"
    if error.ename.startswith(TOLD):
        # a notebook is handed the request itself, so it cannot name the file
        source = f"{work.request.source}: "
        message = one_line(re.sub("^request: ", source, error.evalue, flags=re.M))
    return (
        f"{work.request.id}: {stage} stopped at “{heading(cells[:failed])}”: "
        f"{message}; the executed notebook is {target}"
    )


def one_line(error: Any) -> str:
    """Give what an error says, its lines in one."""
    return "; ".join(line.strip() for line in str(error).splitlines() if line.strip())
