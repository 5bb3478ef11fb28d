"""The checks of a run, as rows of audit/checks.csv."""

import csv
from pathlib import Path
from typing import Any

from helpers import files
from helpers.files import private

COLUMNS = ("stage", "check", "expected", "found", "result")


def add(path: Path, row: tuple[Any, ...]) -> None:
    """Add a check to the file, which is begun where there is none."""
    path.parent.mkdir(exist_ok=True)
    private(path.parent)
    new = not path.exists()
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        if new:
            writer.writerow(COLUMNS)
        writer.writerow([files.harmless(str(cell)) for cell in row])
    private(path)
