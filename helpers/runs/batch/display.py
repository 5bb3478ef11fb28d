"""How the requests of a batch get on: a table on a terminal, plain lines in a log."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from helpers.runs.batch.jobs import Came, Display
from helpers.runs.progress import Lines, Progress

#: how a request ended, as a line has it
ENDED = {
    "done": "report written",
    "up to date": "up to date",
    "stopped": "stopped as asked",
    "failed": "failed",
    "interrupted": "interrupted",
    "not begun": "not begun",
}


@contextmanager
def shown(stream: TextIO, count: int) -> Iterator[Display]:
    """Show how `count` requests get on, for as long as they take."""
    if not stream.isatty() or os.environ.get("TERM") == "dumb":
        yield Log(stream, count)
        return
    table = Table(stream, count)
    with table.live:
        yield table


def _line(came: Came, at: int, count: int) -> str:
    took = f" in {came.seconds:.0f} s" if came.seconds else ""
    return f"{came.asked.name}: {ENDED[came.end.status]}{took} ({at} of {count})"


class Log:
    """For a log: the lines of every request, each with its name."""

    def __init__(self, stream: TextIO, count: int) -> None:
        """Count seconds from now."""
        self._lines = Lines(stream)
        self._count, self._over = count, 0

    def begun(self, name: str) -> Progress:
        """Say that a request begins."""
        self._lines.note(f"{name}: begins")
        return self._lines.of(name)

    def over(self, came: Came) -> None:
        """Say what a request came to."""
        self._over += 1
        self._lines.note(_line(came, self._over, self._count))


class Row:
    """Progress of one request: a row of the table."""

    def __init__(self, name: str) -> None:
        """Count seconds from now."""
        self.name, self.began = name, time.monotonic()
        self.stage, self.cell, self.heading = "", "", "begins"
        self._cells = 0

    def stage_next(self, name: str) -> None:
        """Show for what it waits."""
        self.stage, self.cell, self.heading = name, "", "waits for its turn"

    def stage_started(self, name: str, title: str, cells: int) -> None:
        """Show the stage."""
        self._cells = cells
        self.stage, self.cell, self.heading = name, f"0/{cells}", title

    def cell_done(self, name: str, cell: int, heading: str) -> None:
        """Show the cell."""
        self.cell, self.heading = f"{cell}/{self._cells}", heading

    def stage_done(self, name: str, seconds: float) -> None:
        """Show that it is done."""
        self.heading = "done"

    def note(self, text: str) -> None:
        """Show it."""
        self.heading = text


class Table:
    """For a terminal: those at work as a table, those that are over as lines above."""

    def __init__(self, stream: TextIO, count: int) -> None:
        """Lay the table out; `live` shows it while it is entered."""
        from rich.console import Console
        from rich.live import Live

        self._rows: dict[str, Row] = {}
        self._count, self._over, self._failed = count, 0, 0
        self.live = Live(
            console=Console(file=stream, highlight=False),
            get_renderable=self._drawn,
            refresh_per_second=2,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )

    def _drawn(self):  # noqa: ANN202 (rich is imported where a terminal is)
        from rich.table import Table as Drawn
        from rich.text import Text

        drawn = Drawn(box=None, pad_edge=False, caption_justify="left")
        for title in ("Request", "Stage", "Cell", "Seconds", "At"):
            right = title in ("Cell", "Seconds")
            drawn.add_column(
                title,
                justify="right" if right else "left",
                no_wrap=True,
                overflow="ellipsis",
                ratio=None if title != "At" else 1,
            )
        now = time.monotonic()
        for row in list(self._rows.values()):
            took = f"{now - row.began:.0f}"
            cells = (row.name, row.stage, row.cell, took, row.heading)
            drawn.add_row(*map(Text, cells))
        failed = f", {self._failed} of them failed" if self._failed else ""
        drawn.caption = f"{self._over} of {self._count} are over{failed}"
        return drawn

    def begun(self, name: str) -> Progress:
        """Add a row."""
        self._rows[name] = Row(name)
        return self._rows[name]

    def over(self, came: Came) -> None:
        """Leave a line in place of the row."""
        self._rows.pop(came.asked.name, None)
        self._over += 1
        self._failed += came.failed
        line = _line(came, self._over, self._count)
        self.live.console.print(line, markup=False, soft_wrap=True)
