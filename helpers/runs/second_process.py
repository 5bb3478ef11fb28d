"""A second process of a driver: it works a part of the report out beside it.

    python -m helpers.runs.second_process

It imports what the report needs while a stage is at work, then works out what it is
asked, one after the other. Where its input ends, the driver is gone, and so is it.
"""

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from helpers.files import ROOT
from helpers.publication.report.asked import Asked
from helpers.set_up.process import collect_rarely

#: cores below which a second process would only be in the way
CORES = 2
#: bytes that say how long a question is
SIZE = 8


@dataclass
class SecondProcess:
    """The second process of a driver, once it was started; without it all is here."""

    _process: subprocess.Popen | None = None
    _asked: queue.SimpleQueue = field(default_factory=queue.SimpleQueue)

    def start(self) -> None:
        """Start the process, unless it is started, or there is no core for it."""
        if self._process is not None or os.name == "nt" or _cores() < CORES:
            return
        with contextlib.suppress(OSError):
            self._process = subprocess.Popen(
                [sys.executable, "-m", "helpers.runs.second_process"],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # as kernels are: Ctrl-C is the driver's
            )
            listen = (self._process, self._asked)
            threading.Thread(target=_listen, args=listen, daemon=True).start()

    def ask(self, function: Callable[..., Any], *arguments: Any) -> Asked:
        """Have a function of a module worked out; it rests on its arguments alone."""
        told: Future = Future()
        try:
            if self._process is None:
                return Asked(function, arguments)
            question = pickle.dumps((function, arguments))
            self._asked.put(told)
            self._process.stdin.write(len(question).to_bytes(SIZE) + question)
            self._process.stdin.flush()
        except (OSError, pickle.PicklingError, TypeError, AttributeError):
            self.end()
            return Asked(function, arguments)
        return Asked(function, arguments, told)

    def end(self) -> None:
        """End the process, whatever it is at."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            with contextlib.suppress(OSError):
                self._process.stdin.close()
            self._process = None


def _listen(process: subprocess.Popen, asked: queue.SimpleQueue) -> None:
    """Take what the process tells, in the order in which it was asked."""
    with contextlib.suppress(Exception):
        while True:
            worked, answer = pickle.load(process.stdout)
            told = asked.get()
            if worked:
                told.set_result(answer)
            else:
                told.set_exception(RuntimeError())
    # it tells no more: whoever still waits works it out
    process.kill()
    process.wait()
    process.stdout.close()
    asked.put(None)
    while (told := asked.get()) is not None:
        told.set_exception(EOFError())


@contextlib.contextmanager
def second_process() -> Iterator[SecondProcess]:
    """Have a second process for as long as it is needed; it is started when told."""
    second = SecondProcess()
    try:
        yield second
    finally:
        second.end()


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def main() -> None:
    """Import what the report needs, and work out what is asked until the input ends."""
    collect_rarely()
    answers = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "w") as nothing:
        os.dup2(nothing.fileno(), 1)  # what a library prints is no answer
    questions: queue.SimpleQueue = queue.SimpleQueue()
    threading.Thread(
        target=_hear, args=(sys.stdin.buffer, questions), daemon=True
    ).start()
    # nbformat's validator, as in the driver: see helpers.commands.command_line
    sys.modules.setdefault("rfc3987_syntax", None)
    from helpers.runs import report  # noqa: F401

    while True:
        function, arguments = pickle.loads(questions.get())
        try:
            answer = (True, function(*arguments))
        except Exception:
            answer = (False, None)
        pickle.dump(answer, answers)
        answers.flush()


def _hear(given: BinaryIO, questions: queue.SimpleQueue) -> None:
    """Take questions as they come; where they end, the process does at once."""
    while len(size := given.read(SIZE)) == SIZE:
        questions.put(given.read(int.from_bytes(size)))
    os._exit(0)


if __name__ == "__main__":
    main()
