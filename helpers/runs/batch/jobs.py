"""So many processes at once, one a request; what each request came to."""

import contextlib
import os
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing import connection, get_context
from pathlib import Path
from typing import Any, Protocol

from helpers.runs import whole
from helpers.runs.batch.asked import Asked
from helpers.runs.batch.job import GO, STOP, End, Words, Work, carry_out
from helpers.runs.batch.turns import Turns
from helpers.runs.carrying_out import attempt, ended
from helpers.runs.progress import Progress

#: seconds in which a process that is interrupted has to end
PATIENCE = 30


class Display(Protocol):
    """What shows how the requests of a batch get on."""

    def begun(self, name: str) -> Progress:
        """Show that a request begins; gives what shows how it gets on."""

    def over(self, came: "Came") -> None:
        """Show what a request came to."""


@dataclass(frozen=True)
class Came:
    """What a request of a batch came to, and the seconds that it took."""

    asked: Asked
    end: End
    seconds: float = 0

    @property
    def failed(self) -> bool:
        """Whether it was not carried out as it was asked for."""
        return self.end.status not in ("done", "up to date", "stopped")


@dataclass(eq=False)
class _Job:
    """A request at work: its process, the pipe to it, and for what it waits."""

    place: int
    process: Any
    pipe: Any
    progress: Progress
    began: float = field(default_factory=time.monotonic)
    waits_for: str = ""
    killed: int = field(default_factory=ended.kills)
    end: End | None = None


class Batch:
    """Requests in the order of their turns, of which `jobs` are at work at once."""

    def __init__(
        self,
        each: Sequence[Asked],
        outputs: Path,
        display: Display,
        *,
        jobs: int,
        work: Work,
        words: Words,
    ) -> None:
        """Have each request carried out by `work`, its problems told by `words`."""
        self._each, self._outputs, self._display = each, outputs, display
        self._jobs, self._work, self._words = jobs, work, words
        self._turns = Turns(len(each))
        self._came: dict[int, Came] = {}
        self._at_work: list[_Job] = []
        self.interrupted = False

    def carry_out(self) -> list[Came]:
        """Carry every request out; gives what each came to, in their order.

        An interruption ends those at work; no further one is begun.
        """
        waiting = deque(self._possible())
        try:
            while waiting or self._at_work:
                while waiting and len(self._at_work) < self._jobs:
                    self._begin(waiting.popleft())
                self._listen()
        except KeyboardInterrupt:
            self.interrupted = True
            self._interrupt()
        finally:
            for job in self._at_work:  # of a batch that failed: they end by this
                job.pipe.close()
        for place in range(len(self._each)):
            if place not in self._came:
                self._over(place, End("not begun", ""))
        return [self._came[place] for place in range(len(self._each))]

    def _possible(self) -> list[int]:
        """Give the requests that are to be carried out; the others are over."""
        possible = []
        for place, one in enumerate(self._each):
            if one.problem:
                self._over(place, End("failed", one.problem))
            elif one.idle:
                self._over(place, End("stopped", one.idle))
            else:
                possible.append(place)
        return possible

    def _begin(self, place: int) -> None:
        spawn = get_context("spawn")
        ours, theirs = spawn.Pipe()
        one = self._each[place]
        process = spawn.Process(
            target=carry_out, args=(one.file, theirs, self._work, self._words)
        )
        try:
            process.start()
        except OSError as error:  # no room for one more
            ours.close()
            self._over(place, End("failed", f"{one.name}: {self._words(error)}"))
            return
        finally:
            theirs.close()  # so that the pipe ends with the process
        progress = self._display.begun(one.name)
        self._at_work.append(_Job(place, process, ours, progress))

    def _listen(self, seconds: float | None = None) -> None:
        """Take what the processes tell, then give turns to those that wait."""
        of_pipe = {job.pipe: job for job in self._at_work}
        for pipe in connection.wait(list(of_pipe), seconds):
            job = of_pipe[pipe]
            try:
                event, *told = job.pipe.recv()
            except (EOFError, OSError):
                self._ended(job)
            else:
                self._take(job, event, *told)
        for job in self._at_work:
            if job.waits_for and self._turns.may_begin(job.place, job.waits_for):
                job.waits_for = ""
                _send(job, GO)

    def _take(self, job: _Job, event: str, *told: Any) -> None:
        if event == "end":
            job.end = told[0]
            return
        if event in ("stage_next", "stage_done"):
            self._turns.tell(job.place, event, told[0])
        if event == "stage_next":
            job.waits_for = told[0]
        getattr(job.progress, event)(*told)

    def _ended(self, job: _Job) -> None:
        """Note that a process is gone, whether it told an end or not."""
        job.pipe.close()  # one that still is at work ends by this
        job.process.join(PATIENCE)
        status = job.process.exitcode
        if status is None:
            job.process.kill()
            job.process.join()
        self._at_work.remove(job)
        end = job.end or self._without_a_word(job, status)
        self._over(job.place, end, time.monotonic() - job.began)

    def _without_a_word(self, job: _Job, status: int | None) -> End:
        """Say what became of a process that told no end."""
        if self.interrupted:
            return End("interrupted", "")
        how = ended.in_words(status, job.killed)
        one = self._each[job.place]
        part = whole.names(self._outputs, one.name)[1]
        left = f"; {attempt.left_behind(part, one.request)}" if part.exists() else ""
        return End("failed", f"{one.name}: its process {how}{left}")

    def _over(self, place: int, end: End, seconds: float = 0) -> None:
        self._turns.end(place)
        self._came[place] = Came(self._each[place], end, seconds)
        self._display.over(self._came[place])

    def _interrupt(self) -> None:
        """Have every process at work end; one that does not in time is killed."""
        for job in self._at_work:
            if os.name != "nt":  # there Ctrl-C reaches them all
                _send(job, STOP)
        until = time.monotonic() + PATIENCE
        try:
            while self._at_work and time.monotonic() < until:
                self._listen(until - time.monotonic())
        except KeyboardInterrupt:
            pass  # who asks twice will not wait
        for job in list(self._at_work):
            job.process.kill()
            self._ended(job)


def _send(job: _Job, word: str) -> None:
    """Tell a process something; of one that is gone the end is heard next."""
    with contextlib.suppress(OSError):
        job.pipe.send(word)
