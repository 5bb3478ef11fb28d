"""What a run that stopped says, in one line: where, why, and the notebook to open."""

import re
import shutil
from pathlib import Path
from typing import Any

import nbformat

from helpers.errors import FULL, NO_ROOM, RunFailed, ran_out
from helpers.files import shown
from helpers.jupyter.shell import TOLD
from helpers.runs.run import Run

#: what helps where memory ran out, and where the engine's own part of it did
MORE_MEMORY = (
    "close other programs, carry out fewer requests at once (--jobs), or take a "
    "machine with more memory"
)
MEMORY = f"memory ran out; {MORE_MEMORY}"
ENGINE = (
    "the engine of the records used up the memory that it may have; give it more by "
    "engine.memory in the request, as far as the machine has it"
)
#: the error of DuckDB where it comes to its limit
ENGINE_S = "OutOfMemory"


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
    message = f"{error.ename}, whose text is not repeated here"
    if lacking := ran_out(error.ename, error.evalue):
        memory = ENGINE if ENGINE_S in error.ename else MEMORY
        message = no_room(work.folder) if lacking == NO_ROOM[0] else memory
    if error.ename.startswith(TOLD):
        # a notebook is handed the request itself, so it cannot name the file
        source = f"{work.request.source}: "
        message = one_line(re.sub("^request: ", source, error.evalue, flags=re.M))
    return line_of(stage, work, target, heading(cells[:failed]), message)


def line_of(stage: str, work: Run, target: Path, at: str, message: str) -> str:
    """Give the line of a stage that stopped: under which heading, and why."""
    return (
        f"{work.request.id}: {stage} stopped at “{at}”: {message}; the executed "
        f"notebook is {target}"
    )


def no_room(folder: Path) -> str:
    """Say that the disk of a run's folder is full, and what to do."""
    place = folder.parent
    try:
        free = f" ({shutil.disk_usage(place).free / 1024**2:,.0f} MB are free there)"
    except OSError:
        free = ""
    return (
        f"no file could be written any more: the disk of {shown(place)}, or your share "
        f"of it, is full{free}; make room there"
    )


def in_words(error: BaseException, run_id: str, folder: Path) -> str:
    """Say in a line what ended a run in the driver; empty where nobody foresaw it.

    `folder` is that of the attempt. Nothing about people: of what the system says only
    what it ran out of is told.
    """
    if isinstance(error, RunFailed):
        return one_line(error)
    if isinstance(error, MemoryError):
        return f"{run_id}: the run stopped: {MEMORY}"
    full = isinstance(error, OSError) and error.errno in FULL
    return f"{run_id}: the run stopped: {no_room(folder)}" if full else ""


def one_line(error: Any) -> str:
    """Give what an error says, its lines in one."""
    return "; ".join(line.strip() for line in str(error).splitlines() if line.strip())
