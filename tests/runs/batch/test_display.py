"""How the requests of a batch get on: lines of a log, and the table of a terminal."""

import errno
import io
import re

from rich.console import Console

from helpers.runs.batch.asked import Asked
from helpers.runs.batch.display import Log, Table, shown
from helpers.runs.batch.job import End
from helpers.runs.batch.jobs import Came


def goes_on(display, name):
    """What a display is shown of a request; gives its progress."""
    progress = display.begun(name)
    progress.stage_next("intake")
    progress.stage_started("intake", "Who was submitted", 4)
    progress.cell_done("intake", 3, "Losses")
    return progress


def came(name, status, seconds=0):
    return Came(Asked(name), End(status, "words"), seconds)


def test_every_line_of_a_log_names_its_request():
    stream = io.StringIO()
    with shown(stream, 3) as display:  # no terminal
        assert isinstance(display, Log)
        display.over(came("wrong", "failed"))
        goes_on(display, "first").stage_done("intake", 1.25)
        display.over(came("first", "done", 43.2))
        display.over(came("last", "up to date", 1.6))
    lines = [re.sub(r"^ +\d+ s  ", "", line) for line in stream.getvalue().splitlines()]
    assert lines == [
        "wrong: failed (1 of 3)",
        "first: begins",
        "first: intake: Who was submitted",
        "first: intake: done in 1.2 s",
        "first: report written in 43 s (2 of 3)",
        "last: up to date in 2 s (3 of 3)",
    ]


def test_a_log_that_takes_no_more_stops_no_request():
    class Full(io.StringIO):
        full = True

        def write(self, text):
            if self.full:
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().write(text)

        def flush(self):
            if self.full:
                raise BrokenPipeError

    stream = Full()
    with shown(stream, 2) as display:
        goes_on(display, "first").stage_done("intake", 1.25)
        display.over(came("first", "done", 43.2))
        Full.full = False  # there is room again
        display.over(came("second", "done", 43.2))
    (line,) = stream.getvalue().splitlines()
    assert line.endswith("second: report written in 43 s (2 of 2)")


def drawn(table):
    stream = io.StringIO()
    Console(file=stream, width=80).print(table._drawn())
    return [" ".join(line.split()) for line in stream.getvalue().splitlines()]


def test_a_terminal_has_a_row_for_each_at_work_and_a_line_for_each_that_is_over():
    stream = io.StringIO()
    table = Table(stream, 3)
    goes_on(table, "first")
    waits = goes_on(table, "[bold]second")
    waits.stage_next("outcomes")
    lines = drawn(table)
    assert lines[:3] == [
        "Request Stage Cell Seconds At",
        "first intake 3/4 0 Losses",
        "[bold]second outcomes 0 waits for its turn",
    ]
    assert lines[-1] == "0 of 3 are over"
    table.over(came("first", "failed", 3))
    assert stream.getvalue() == "first: failed in 3 s (1 of 3)\n"
    assert [line.split()[0] for line in drawn(table)] == [
        "Request",
        "[bold]second",
        "1",
    ]
    assert drawn(table)[-1] == "1 of 3 are over, 1 of them failed"
