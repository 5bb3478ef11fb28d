"""What SACRO-Viewer checks of a folder that it opens, and what a person sees in it.

Made again from what sacro/models.py and the scripts of AI-SDC/SACRO-Viewer do: one
results file, every file beside it with its checksum, and cells that are marked by their
row below the head and their column after the first.
"""

import csv
import hashlib
import json
from pathlib import Path

import jsonschema

SCHEMA = json.loads(
    (Path(__file__).parents[1] / "expected/acro_results.schema.json").read_text()
)


def load(folder: Path) -> dict:
    """Give the records, once the folder is one that the viewer and ACRO open."""
    (path,) = folder.glob("*.json")  # with several it opens none, or another
    whole = json.loads(path.read_text("utf-8"))
    jsonschema.validate(whole, SCHEMA)
    major, minor, *_ = whole["version"].split(".")
    assert (major, minor) >= ("0", "4")  # as texts, like the viewer
    for record in whole["results"].values():
        for file in record["files"]:
            assert valid(folder, file["name"]), file["name"]
    return whole["results"]


def valid(folder: Path, name: str) -> bool:
    """Tell whether a file is as it was when its checksum was made."""
    expected = (folder / "checksums" / f"{name}.txt").read_text("utf-8")
    return hashlib.sha256((folder / name).read_bytes()).hexdigest() == expected


def marked(folder: Path, file: dict) -> tuple[set[tuple[int, int]], list[list[str]]]:
    """Give the cells that the viewer marks in a table, and its rows below the head."""
    with (folder / file["name"]).open(encoding="utf-8", newline="") as text:
        rows = list(csv.reader(text))[1:]
    cells = file["sdc"].get("cells", {})
    return {(row, column) for places in cells.values() for row, column in places}, rows
