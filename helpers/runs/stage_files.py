"""The tables that stages hand to each other, and whether they still fit.

With its files each stage leaves a stamp: the changes in effect, a hash of the
parts of the request and of the files that it rests on, and the hashes of the tables it
read. A file whose stamp no longer fits is not read.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from helpers.errors import RequestError
from helpers.files import sha256, typed
from helpers.request import Request
from helpers.runs import hashes
from helpers.runs.stages import EXCEPT, MADE_BY, NOTEBOOKS, RESTS_ON


@dataclass(frozen=True)
class Place:
    """Where a stage looks for the tables of earlier ones, and for which request."""

    folder: Path
    request: Request
    draft: bool


def _hash(data: Any) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def _fingerprint(request: Request, stage: str) -> str:
    completed = request.completed()
    parts = {part: _part(completed, part) for part in RESTS_ON[stage]}
    for name in EXCEPT.get(stage, ()):
        block, _, key = name.partition(".")
        parts[block] = [_without(item, key) for item in parts[block]]
    files = [_file(path) for path in hashes.files_of(request, stage)]
    return _hash([parts, files])


def _part(completed: dict[str, Any], name: str) -> Any:
    found: Any = completed
    for key in name.split("."):
        found = (found or {}).get(key)
    return found


def _without(item: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name != key}


def _file(path: Path) -> str | None:
    if not path.exists():
        return None
    found = path.stat()
    return _unchanging(path, found.st_mtime_ns, found.st_size)


@cache
def _unchanging(path: Path, changed: int, size: int) -> str:
    """Give the hash of a large file: not read again for each table that rests on it."""
    return sha256(path)


def stamp(
    request: Request,
    stage: str,
    changes: dict[str, Any],
    inputs: dict[str, str],
    outputs: dict[str, dict[str, str]],
) -> dict[str, Any]:
    """Give what a stage leaves beside its files, so that later ones can tell a fit.

    `inputs` and `outputs` are the tables read and the files written, with hashes.
    """
    return {
        "stage": stage,
        "changes": changes,
        "request": _fingerprint(request, stage),
        "inputs": inputs,
        "outputs": outputs,
    }


def read_stamp(folder: Path, stage: str) -> dict[str, Any] | None:
    """Give a stage's stamp in a folder, or None where the stage did not finish."""
    path = folder / "restricted" / "data" / f"stage_{stage}.json"
    return json.loads(path.read_text()) if path.exists() else None


def _candidates(place: Place) -> list[Path]:
    if not place.draft:
        return [place.folder]
    finished = place.folder.with_name(place.folder.name.removesuffix(".draft"))
    return [place.folder, finished] if finished != place.folder else [place.folder]


def fits(place: Place, folder: Path, stage: str) -> bool:
    """Tell whether a stage's files still fit the request and their inputs."""
    found = read_stamp(folder, stage)
    if found is None:
        return False
    if not place.draft:
        return True
    if found["request"] != _fingerprint(place.request, stage):
        return False
    return all(
        (path := _find(place, name)) is not None and sha256(path) == sha
        for name, sha in found["inputs"].items()
    )


def _find(place: Place, name: str) -> Path | None:
    stage = MADE_BY[name]
    for folder in _candidates(place):
        path = folder / "restricted" / "data" / name
        if path.exists() and fits(place, folder, stage):
            return path
    return None


def find(place: Place, name: str) -> Path:
    """Give the file of an earlier stage that fits: the draft's, else the finished.

    Raises RequestError, naming the stage to run, where neither fits.
    """
    if name not in MADE_BY:
        known = ", ".join(MADE_BY)
        raise RequestError(f"{name}: no stage writes it; a run has {known}")
    path = _find(place, name)
    if path is None:
        _say_destroyed(place)
        notebook = NOTEBOOKS[MADE_BY[name]]
        raise RequestError(
            f"{name}: there is none that fits this request; run {notebook} first, "
            f"or python3 -m helpers run {typed(place.request.source)}"
        )
    return path


def _say_destroyed(place: Place) -> None:
    """Say where the data of a finished run went, if they were destroyed."""
    for folder in _candidates(place):
        certificate = folder / "audit" / "destroyed.json"
        if certificate.exists():
            raise RequestError(
                f"{folder}: its data about people were destroyed; "
                f"python3 -m helpers run {typed(place.request.source)} --force makes "
                "it again from the inputs, where they may still be held"
            )
