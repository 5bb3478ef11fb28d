"""What a run that stopped says, in one line: where, why, and the notebook to open."""

import errno
import re
from pathlib import Path
from typing import Any

import nbformat

from helpers.errors import RunFailed
from helpers.jupyter.shell import TOLD
from helpers.runs.run import Run

#: what a machine may run out of, and what then helps
DISK = (
    "the disk is full, or your share of it is: no file could be written any more; make "
    "room where the runs are kept"
)
MEMORY = "there was not enough memory; close other programs, or run where more is free"
#: the system's numbers for a disk, or an account's share of one, that is full
FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG)
#: names of errors, and words of libraries, that tell of either
NO_MEMORY = ("MemoryError", "OutOfMemory", "bad_alloc", "Cannot allocate memory")
NO_ROOM = ("No space left on device", "Disk quota exceeded")


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
    message = _ran_out(error) or f"{error.ename}, whose text is not repeated here"
    if error.ename.startswith(TOLD):
        # a notebook is handed the request itself, so it cannot name the file
        source = f"{work.request.source}: "
        message = one_line(re.sub("^request: ", source, error.evalue, flags=re.M))
    return (
        f"{work.request.id}: {stage} stopped at “{heading(cells[:failed])}”: "
        f"{message}; the executed notebook is {target}"
    )


def _ran_out(error: Any) -> str:
    """Say what an error of a kernel ran out of; empty where it was anything else.

    `error` is papermill's. Its words may hold a person's value, and are not told.
    """
    words = f"{error.ename} {error.evalue}"
    if any(name in words for name in NO_MEMORY):
        return MEMORY
    numbers = tuple(f"[Errno {number}]" for number in FULL)
    return DISK if any(name in words for name in (*NO_ROOM, *numbers)) else ""


def in_words(error: BaseException, run_id: str) -> str:
    """Say in a line what ended a run in the driver; empty where nobody foresaw it.

    Nothing about people: of what the system says only what it ran out of is told.
    """
    if isinstance(error, RunFailed):
        return one_line(error)
    if isinstance(error, MemoryError):
        return f"{run_id}: the run stopped: {MEMORY}"
    full = isinstance(error, OSError) and error.errno in FULL
    return f"{run_id}: the run stopped: {DISK}" if full else ""


def one_line(error: Any) -> str:
    """Give what an error says, its lines in one."""
    return "; ".join(line.strip() for line in str(error).splitlines() if line.strip())
