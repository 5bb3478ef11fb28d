"""Where the time of a run went: each kernel's start, each cell, each file after them.

It is read from what the run left: papermill's times in the executed notebooks, and when
each file of the report was written.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import nbformat

from helpers.runs.carrying_out.failure import heading

#: seconds under which a line is left out, with what all such came to at the end
SHORT = 0.1


class Spent(NamedTuple):
    """Seconds that a part of a run took: its stage, and what was done in them."""

    stage: str
    what: str
    seconds: float


def of_run(folder: Path, began: float, ended: float) -> list[Spent]:
    """Give where the time of a run went, in the order in which it did.

    `began` and `ended` are seconds since 1970; a stage that was carried out before is
    none of it.
    """
    books = sorted((folder / "restricted" / "notebooks").glob("*.ipynb"))
    spent, at = [], began
    for book in books:
        notebook = nbformat.read(book, as_version=4)
        times = notebook.metadata["papermill"]
        start, end = _seconds(times, "start_time"), _seconds(times, "end_time")
        if start < began:
            continue
        stage = book.stem.split("_", 1)[-1]
        spent.append(Spent("driver", f"before {stage}", start - at))
        spent += _of_cells(stage, notebook.cells, start, end)
        at = end
    written = sorted(one for one in _written(folder, at) if one[0] <= ended)
    for when, name in written:
        # of a run that stopped before its report there are only these
        keeps = name.startswith(("restricted/data/", "restricted/notebooks/"))
        stage = "driver" if keeps else "report"
        spent.append(Spent(stage, f"writing {name}", when - at))
        at = when
    return [*spent, Spent("driver", "after all files", ended - at)]


def _of_cells(
    stage: str, cells: list[Any], start: float, end: float
) -> Iterator[Spent]:
    """Give what the start of a stage's kernel took, and each of its cells."""
    at, what = start, "start of the kernel"
    for number, cell in enumerate(cells, 1):
        begun = _seconds(cell.metadata["papermill"], "start_time")
        yield Spent(stage, what, begun - at)
        loads = re.match(r"(?:#.*\n)*(?:from|import) ", cell.source)
        at, what = begun, "imports" if loads else heading(cells[:number])
    yield Spent(stage, what, end - at)


def _written(folder: Path, after: float) -> Iterator[tuple[float, str]]:
    for path in folder.rglob("*"):
        if path.is_file() and path.stat().st_mtime > after:
            yield path.stat().st_mtime, path.relative_to(folder).as_posix()


def _seconds(times: dict[str, str], key: str) -> float:
    return datetime.fromisoformat(times[key]).timestamp()


def lines(spent: list[Spent]) -> list[str]:
    """Give where the time went as lines: by stage, then what took longest first."""
    by_stage: Counter[str] = Counter()
    by_part: Counter[str] = Counter()
    for stage, what, seconds in spent:
        by_stage[stage] += seconds
        by_part[f"{stage}: {what}"] += seconds
    told = {"in all": sum(by_stage.values())} | by_stage
    long = {part: s for part, s in by_part.most_common() if s >= SHORT}
    rest = {f"what took less than {SHORT} s each": told["in all"] - sum(long.values())}
    parts = [[f"{s:7.1f} s  {part}" for part, s in of.items()]
             for of in (told, long | rest)]  # fmt: skip
    return [*parts[0], "Of these, what took longest:", *parts[1]]
