"""The checks of a run, as rows of audit/checks.csv."""

import csv
from collections.abc import Collection
from pathlib import Path
from typing import Any

from helpers import files

COLUMNS = ("stage", "check", "expected", "found", "result")


def add(path: Path, row: tuple[Any, ...]) -> None:
    """Add a check to the file, which is begun where there is none."""
    files.private_folder(path.parent)
    new = not path.exists()
    with open(path, "a", newline="", encoding="utf-8", opener=files.for_owner) as file:
        writer = csv.writer(file, lineterminator="\n")
        if new:
            writer.writerow(COLUMNS)
        writer.writerow([files.harmless(str(cell)) for cell in row])


def keep(path: Path, stages: Collection[str]) -> None:
    """Keep the checks of some stages alone: the others are carried out once more."""
    kept = [row for row in read(path) if row["stage"] in stages]
    path.unlink(missing_ok=True)
    for row in kept:
        add(path, tuple(row.values()))


def read(path: Path) -> list[dict[str, str]]:
    """Give the checks of a run, in their order; none where there is no file."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
