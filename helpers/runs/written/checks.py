"""The checks of a run, as rows of audit/checks.csv."""

import csv
from pathlib import Path
from typing import Any

from helpers import files

COLUMNS = ("stage", "check", "expected", "found", "result")


def row(*cells: Any) -> list[str]:
    """Give a check as the file has it: stage, check, expected, found, result."""
    return [files.harmless(str(cell)) for cell in cells]


def add(path: Path, cells: list[str]) -> None:
    """Add a check to the file, which is begun where there is none."""
    files.private_folder(path.parent)
    new = not path.exists()
    with open(path, "a", newline="", encoding="utf-8", opener=files.for_owner) as file:
        csv.writer(file, lineterminator="\n").writerows(
            [COLUMNS, cells] if new else [cells]
        )


def write(path: Path, rows: list[list[str]]) -> None:
    """Write the checks of stages that are done, in the place of any others."""
    path.unlink(missing_ok=True)
    for cells in rows:
        add(path, cells)


def read(path: Path) -> list[dict[str, str]]:
    """Give the checks of a run, in their order; none where there is no file."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
