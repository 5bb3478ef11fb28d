"""One request of a batch, in the process that carries it out.

The process tells over a pipe how its run gets on and what it came to. It is told over
the same pipe when its turn has come. Where it is told to stop there, or the pipe ends
since the batch is gone, the run is interrupted as if by a person.
"""

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from helpers.runs.progress import Progress

if TYPE_CHECKING:  # what carries a run out is imported by `work`, where it is wanted
    from helpers.runs.pipeline import Result

#: what the batch tells a request at work: that its turn has come, or that it has to end
GO, STOP = "go", "stop"
#: carries a request out, as the command for one request does
Work = Callable[[Path, Progress], "Result"]
#: gives the line of a problem, as the command for one request shows it
Words = Callable[[BaseException], str]
#: what a run can come to; `stopped` after the stage that it was asked to go to
Status = Literal["done", "up to date", "stopped", "failed", "interrupted", "not begun"]
#: units of the largest memory of a process, as the system counts them, in a gigabyte
UNITS = 1024**3 if sys.platform == "darwin" else 1024**2


@dataclass(frozen=True)
class End:
    """What a request came to: its headline or why it failed, and where its report is.

    `memory` is the most that the process and its largest kernel held, in gigabytes;
    None where the system does not tell.
    """

    status: Status
    words: str
    report: Path | None = None
    notes: tuple[str, ...] = ()
    memory: float | None = None


class Told:
    """Progress that goes to the process of the batch, and waits for the job's turn."""

    def __init__(self, pipe: Connection) -> None:
        """Listen for turns from now on."""
        self._pipe, self._turn = pipe, threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        try:
            while True:
                if self._pipe.recv() == STOP:
                    break
                self._turn.set()
        except (EOFError, OSError):
            pass  # the batch is gone
        os.kill(os.getpid(), signal.SIGINT)

    def stage_next(self, name: str) -> None:
        """Wait until the stage may begin."""
        self._turn.clear()
        self._pipe.send(("stage_next", name))
        self._turn.wait()

    def stage_started(self, name: str, title: str, cells: int) -> None:
        """Tell which stage begins."""
        self._pipe.send(("stage_started", name, title, cells))

    def cell_done(self, name: str, cell: int, heading: str) -> None:
        """Tell which cell is done."""
        self._pipe.send(("cell_done", name, cell, heading))

    def stage_done(self, name: str, seconds: float) -> None:
        """Tell that a stage is complete."""
        self._pipe.send(("stage_done", name, seconds))

    def note(self, text: str) -> None:
        """Tell anything else."""
        self._pipe.send(("note", text))


def carry_out(file: Path, pipe: Connection, work: Work, words: Words) -> None:
    """Carry a request out and tell what it came to; for a process of its own."""
    if hasattr(os, "setsid"):  # Ctrl-C reaches the batch alone, which passes it on
        os.setsid()
    # by these the batch ends it; one that a script starts at night has been given the
    # order to pass over Ctrl-C
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, signal.default_int_handler)
    # what libraries print would go into the table of the batch
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    try:
        result = work(file, Told(pipe))
        end = End(result.status, result.headline, result.report, result.notes, memory())
    except KeyboardInterrupt:
        end = End("interrupted", "", memory=memory())
    except BaseException as error:
        end = End("failed", words(error), memory=memory())
    with contextlib.suppress(OSError):  # the batch is gone
        pipe.send(("end", end))


def memory() -> float | None:
    """Give the most memory of this process and of the largest that it started, in GB.

    None where the system does not tell.
    """
    try:
        import resource
    except ImportError:  # Windows
        return None
    most: Any = [
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    return sum(most) / UNITS
