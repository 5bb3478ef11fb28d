"""Where the time of a run went, from times that are set by hand."""

import os
from datetime import UTC, datetime

import nbformat
import pytest

from helpers.runs.carrying_out import profile
from helpers.runs.carrying_out.profile import Spent

#: when the run began, in seconds since 1970
BEGAN = 1_800_000_000.0


def at(seconds):
    return datetime.fromtimestamp(BEGAN + seconds, UTC).isoformat()


def executed(folder, name, start, end, *cells):
    """An executed notebook: each cell is its source and the second it began at."""
    made = []
    for source, begun in cells:
        new = nbformat.v4.new_markdown_cell if source[0] == "#" else (
            nbformat.v4.new_code_cell
        )  # fmt: skip
        made.append(new(source, metadata={"papermill": {"start_time": at(begun)}}))
    times = {"papermill": {"start_time": at(start), "end_time": at(end)}}
    book = nbformat.v4.new_notebook(cells=made, metadata=times)
    path = folder / "restricted" / "notebooks" / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(book, path)
    os.utime(path, (BEGAN + end, BEGAN + end))


@pytest.fixture
def folder(tmp_path):
    """A stage taken over from before, one of this run, then two files of the report."""
    executed(tmp_path, "01_intake", -50, -10, ("# Intake", -45))
    cells = (
        ("# Matching", 3), ("import pandas", 3.5), ("## Fit", 5), ("fit()", 5.25),
    )  # fmt: skip
    executed(tmp_path, "02_matching", 2, 9, *cells)
    for name, seconds in (("release/result.json", 11), ("report.html", 14)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
        os.utime(tmp_path / name, (BEGAN + seconds, BEGAN + seconds))
    return tmp_path


def test_every_second_of_a_run_is_told_once(folder):
    spent = profile.of_run(folder, BEGAN, BEGAN + 15)
    assert spent == [
        Spent("driver", "before matching", 2),
        Spent("matching", "start of the kernel", 1),
        Spent("matching", "Matching", 0.5),
        Spent("matching", "imports", 1.5),
        Spent("matching", "Fit", 0.25),
        Spent("matching", "Fit", 3.75),
        Spent("report", "writing release/result.json", 2),
        Spent("report", "writing report.html", 3),
        Spent("driver", "after all files", 1),
    ]
    assert sum(one.seconds for one in spent) == 15


def test_what_the_driver_keeps_of_a_stage_is_no_time_of_the_report(tmp_path):
    executed(tmp_path, "01_intake", 2, 9, ("import pandas", 4))
    book = tmp_path / "restricted/notebooks/01_intake.ipynb"
    os.utime(book, (BEGAN + 10, BEGAN + 10))
    assert profile.of_run(tmp_path, BEGAN, BEGAN + 11) == [
        Spent("driver", "before intake", 2),
        Spent("intake", "start of the kernel", 2),
        Spent("intake", "imports", 5),
        Spent("driver", "writing restricted/notebooks/01_intake.ipynb", 1),
        Spent("driver", "after all files", 1),
    ]


def test_what_took_longest_comes_first_and_what_is_short_together(folder):
    spent = [
        Spent("matching", "Fit", 0.5),
        Spent("matching", "Read", 0.0625),
        Spent("matching", "Fit", 1.0),
        Spent("report", "writing report.html", 2.0),
        Spent("driver", "after all files", 0.0625),
    ]
    assert profile.lines(spent) == [
        "    3.6 s  in all",
        "    1.6 s  matching",
        "    2.0 s  report",
        "    0.1 s  driver",
        "Of these, what took longest:",
        "    2.0 s  report: writing report.html",
        "    1.5 s  matching: Fit",
        "    0.1 s  what took less than 0.1 s each",
    ]
