"""The numbers that a stage registers, as its files hold them for later stages."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from helpers.publication import people
from helpers.publication.cells import Cell, Sum, as_frame, by_ref, read_cells
from helpers.publication.people import Who
from helpers.runs import stage_files
from helpers.runs.stages import WHO


def of_stages(place: stage_files.Place, earlier: Iterable[str]) -> dict[str, Cell]:
    """Give every cell that earlier stages registered, by its ref."""
    cells: dict[str, Cell] = {}
    for stage in earlier:
        path = stage_files.find(place, f"cells_{stage}.parquet")
        cells |= _cells(path, path.stat().st_mtime_ns)
    return cells


@lru_cache(maxsize=8)
def _cells(path: Path, written: int) -> dict[str, Cell]:
    """Read a stage's cells once, as long as its file stays as it was written."""
    return by_ref(read_cells(path))


def as_files(
    stage: str,
    cells: list[Cell],
    made_in: Mapping[str, int],
    sums: Iterable[Sum],
    who: Iterable[Who],
) -> dict[str, Any]:
    """Give the files of a stage's numbers: cells, which add up, and who is in them.

    `made_in` is the execution count of the notebook's cell that registered each.
    """
    return {
        f"data/cells_{stage}.parquet": as_frame(cells, made_in),
        f"data/sums_{stage}.json": [asdict(one) for one in sums],
        f"data/{WHO.format(stage)}": people.as_frame(who),
    }
