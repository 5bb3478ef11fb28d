"""A stand-in for one request of a batch: it does what its file says, in steps.

A file has a step a line: a stage by its name, `sleep SECONDS`, `hang`, `deaf`, `fail`,
`fault` or `die`. What happens is added to `order` beside the file, a line each.
"""

import os
import signal
import socket
import time
from pathlib import Path
from types import SimpleNamespace

from helpers.errors import RequestError


def carry_out(file: Path, progress):
    """Do the steps of a file."""

    def log(what):
        with open(file.parent / "order", "a") as order:
            order.write(f"{file.stem} {what}\n")

    log("begins")
    try:
        for step in file.read_text().splitlines():
            _do(step, progress, log)
    except KeyboardInterrupt:
        log("interrupted")
        raise
    log("ends")
    return SimpleNamespace(
        status="done",
        headline=f"{file.stem} as expected.",
        report=file,
        notes=("a note",),
    )


def _do(step, progress, log):
    name, *rest = step.split()
    if name == "sleep":
        time.sleep(float(rest[0]))
    elif name == "hang":
        progress.note("hangs")
        time.sleep(60)
    elif name == "deaf":  # its pipe is gone, and it works on
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        with socket.socket(fileno=os.dup(progress._pipe.fileno())) as pipe:
            pipe.shutdown(socket.SHUT_RDWR)
        time.sleep(60)
    elif name == "fail":
        raise RequestError(["first problem", "second"])
    elif name == "fault":
        raise ValueError("Jane Doe, born 1 January 1980")
    elif name == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    else:
        progress.stage_next(name)
        log(name)
        progress.stage_started(name, "Title", 2)
        progress.cell_done(name, 1, "Heading")
        progress.stage_done(name, 0.1)


def words(error: BaseException) -> str:
    """Tell of an error as the console would."""
    return str(error) if isinstance(error, RequestError) else "a fault"
