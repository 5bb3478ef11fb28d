"""Processes that wait to be a notebook's kernel: started while another one works."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from helpers.files import ROOT

WAITING = "helpers.jupyter.waiting"
#: names the process that a kernel ends with, however that ends
PARENT = "JPY_PARENT_PID"
#: how a kernel is started, and where its arguments begin
LAUNCHER = ("-m", "ipykernel_launcher")

#: seconds by which the time of a file may be behind the clock
TICK = 0.05

#: the process that the next kernel of this one is to be
NEXT: list[subprocess.Popen] = []
#: a notebook's process that was started before it was known which are carried out
#: and when it was
EARLY: list[tuple[str, subprocess.Popen, float]] = []


class Ahead:
    """The notebooks that are to be carried out, and the one process that waits.

    A process is of one notebook and becomes its kernel, or ends: it is never shared,
    and it ends with the driver, however that does.
    """

    def __init__(self, books: Sequence[str]) -> None:
        """Start the process of the first of these notebooks, each named as a file."""
        self._left = list(books)
        self._waiting: tuple[str, subprocess.Popen] | None = None
        self._start()

    def _start(self) -> None:
        book = self._left.pop(0) if self._left else ""
        process = _of(book) if book else None
        if process is not None:
            self._waiting = book, process

    def next(self, book: str) -> None:
        """Have the next kernel be the process of this notebook; another one starts."""
        if self._waiting and self._waiting[0] == book:
            NEXT.append(self._waiting[1])
            self._waiting = None
            self._start()

    def end(self) -> None:
        """End every process that waits."""
        for process in (*NEXT, *([self._waiting[1]] if self._waiting else [])):
            _end(process)
        NEXT.clear()


def _of(book: str) -> subprocess.Popen | None:
    """Give the process of a notebook: that which was started early, or a new one."""
    while EARLY:
        first, process, began = EARLY.pop()
        if first == book and not _changed_since(began):
            return process
        _end(process)
    # Windows hands a kernel handles of its driver, which a process made before has not
    if os.name == "nt":
        return None
    return subprocess.Popen(
        [sys.executable, "-m", WAITING, f"notebooks/{book}.ipynb"],
        cwd=ROOT,
        # ipykernel reads whom to end with as it is imported, not as it starts
        env=os.environ | {PARENT: str(os.getpid())},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # as kernels are: Ctrl-C is the driver's
        text=True,
    )


def _changed_since(began: float) -> bool:
    """Tell whether code changed since a process began to import it."""
    code = (*(ROOT / "helpers").rglob("*.py"), *(ROOT / "notebooks").glob("*.ipynb"))
    return any(path.stat().st_mtime >= began - TICK for path in code)


@contextmanager
def early(book: str) -> Iterator[None]:
    """Have the process of the first notebook import while the driver itself does.

    It ends where none of `kernels` took it.
    """
    began = time.time()
    process = _of(book)
    EARLY.extend([(book, process, began)] if process else [])
    try:
        yield
    finally:
        while EARLY:
            _end(EARLY.pop()[1])


@contextmanager
def kernels(books: Sequence[str]) -> Iterator[Ahead]:
    """Have the kernels of notebooks started one ahead, for as long as they are."""
    ahead = Ahead(books)
    try:
        yield ahead
    finally:
        ahead.end()


def begin(
    process: subprocess.Popen, command: list[str], variables: Mapping[str, str]
) -> bool:
    """Tell a process that waits to become a kernel; tells whether it could be."""
    place = [i for i in range(len(command)) if tuple(command[i : i + 2]) == LAUNCHER]
    arguments = command[place[0] + 2 :] if place else []
    variables = {**variables, PARENT: str(os.getpid())}
    os.umask(umask := os.umask(0o077))  # there is no other way to ask for it
    told = {"arguments": arguments, "environment": variables, "umask": umask}
    try:
        if not place or process.poll() is not None:
            raise OSError
        process.stdin.write(json.dumps(told) + "\n")
        process.stdin.close()
    except OSError:
        _end(process)
        return False
    return True


def _end(process: subprocess.Popen) -> None:
    process.kill()
    process.wait()
    process.stdin.close()
