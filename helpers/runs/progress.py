"""Show how a run gets on: a bar on a terminal, plain lines with seconds in a log."""

import contextlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, TextIO


class Progress(Protocol):
    """What a run tells while its stages are carried out."""

    def stage_next(self, name: str) -> None:
        """Note that a stage, or the report, is next; returns once it may begin."""

    def stage_started(self, name: str, title: str, cells: int) -> None:
        """Note that a stage begins: its name, its title, its number of cells."""

    def cell_done(self, name: str, cell: int, heading: str) -> None:
        """Cell number `cell` of a stage, under this heading, has been carried out."""

    def stage_done(self, name: str, seconds: float) -> None:
        """Note that a stage is complete."""

    def note(self, text: str) -> None:
        """Anything else that the user should know."""


@contextmanager
def shown(stream: TextIO) -> Iterator[Progress]:
    """Show a run's progress on a stream for as long as the run takes."""
    if not stream.isatty() or os.environ.get("TERM") == "dumb":
        yield Lines(stream)
        return
    bar = Bar(stream)
    with bar.display:
        yield bar


class Lines:
    """Progress for a log: a line as a stage starts and ends, and now and then between.

    `every` is the longest silence, in seconds, while cells are being finished.
    """

    def __init__(self, stream: TextIO, every: float = 15, name: str = "") -> None:
        """Count seconds from now; each line begins with `name`, if any."""
        self._stream, self._every = stream, every
        self._name = f"{name}: " if name else ""
        self._began = self._last = time.monotonic()
        self._cells = 0

    def of(self, name: str) -> "Lines":
        """Give the lines of one request among several, by the same clock."""
        lines = Lines(self._stream, self._every, name)
        lines._began = self._began
        return lines

    def _line(self, text: str) -> None:
        self._last = time.monotonic()
        # a log that takes no more, as on a full disk, is no reason to stop a run
        with contextlib.suppress(OSError):
            after = self._last - self._began
            self._stream.write(f"{after:5.0f} s  {self._name}{text}\n")
            self._stream.flush()

    def stage_next(self, name: str) -> None:
        """Say nothing: by itself a run is always next."""

    def stage_started(self, name: str, title: str, cells: int) -> None:
        """Say which stage begins."""
        self._cells = cells
        self._line(f"{name}: {title}")

    def cell_done(self, name: str, cell: int, heading: str) -> None:
        """Say where a long stage is, when nothing was said for a while."""
        if time.monotonic() - self._last >= self._every:
            self._line(f"{name}: cell {cell} of {self._cells} done, {heading}")

    def stage_done(self, name: str, seconds: float) -> None:
        """Say how long the stage took."""
        self._line(f"{name}: done in {seconds:.1f} s")

    def note(self, text: str) -> None:
        """Say it."""
        self._line(text)


class Bar:
    """Progress for a terminal: a bar over the cells of the stage at work."""

    def __init__(self, stream: TextIO) -> None:
        """Lay the bar out; `display` shows it while it is entered."""
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            SpinnerColumn,
            TextColumn,
            TimeElapsedColumn,
        )
        from rich.progress import Progress as Display

        self.display = Display(
            SpinnerColumn(),
            TextColumn("{task.description:<10}", markup=False),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[heading]}", markup=False),
            console=Console(file=stream, highlight=False),
            transient=True,
        )
        self._task = None

    def _finish(self) -> None:
        if self._task is not None:
            self.display.remove_task(self._task)
            self._task = None

    def stage_next(self, name: str) -> None:
        """Show nothing: by itself a run is always next."""

    def _line(self, text: str) -> None:
        self.display.console.print(text, markup=False, soft_wrap=True)

    def stage_started(self, name: str, title: str, cells: int) -> None:
        """Start the bar of a stage."""
        self._finish()
        self._task = self.display.add_task(name, total=cells, heading=title)

    def cell_done(self, name: str, cell: int, heading: str) -> None:
        """Move the bar on and show what has just been finished."""
        self.display.update(self._task, completed=cell, heading=heading)

    def stage_done(self, name: str, seconds: float) -> None:
        """Leave a line in place of the bar."""
        self._finish()
        self._line(f"{name:<10} done in {seconds:.1f} s")

    def note(self, text: str) -> None:
        """Print a line above the bar."""
        self._line(text)
