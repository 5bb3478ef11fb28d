"""The tables that stages hand to each other, and whether they still fit.

With its files each stage leaves a stamp: the changes in effect, a hash of the
parts of the request and of the files that it rests on, and the hashes of the tables it
read. A file whose stamp no longer fits is not read.
"""

import difflib
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from helpers.errors import RequestError
from helpers.files import sha256, typed
from helpers.request import AnyRequest
from helpers.request.measures.standard import YEAR
from helpers.runs import hashes
from helpers.runs.stages import (
    EXCEPT,
    MADE_BY,
    NOTEBOOKS,
    OUTCOMES,
    RESTS_ON,
    STAGES,
    STAMP,
)


@dataclass(frozen=True)
class Place:
    """Where a stage looks for the tables of earlier ones, and for which request."""

    folder: Path
    request: AnyRequest
    draft: bool


def _hash(data: Any) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def _fingerprint(request: AnyRequest, stage: str) -> str:
    parts = _parts(request, stage)
    if stage == MADE_BY[OUTCOMES]:
        del parts["outcomes"]  # fewer than were made fit as well: see `_unmade`
    files = [_file(path) for path in hashes.files_of(request, stage)]
    return _hash([parts, files])


def _parts(request: AnyRequest, stage: str) -> dict[str, Any]:
    """Give the parts of a request that a stage rests on, as far as it looks at them."""
    completed = request.completed()
    parts = {part: _part(completed, part) for part in RESTS_ON[stage]}
    for name in EXCEPT.get(stage, ()):
        block, _, key = name.partition(".")
        parts[block] = [_without(item, key) for item in parts[block]]
    return parts


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
    request: AnyRequest,
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
        "asked": _parts(request, stage).get("outcomes", []),
        "inputs": inputs,
        "outputs": outputs,
    }


def read_stamp(folder: Path, stage: str) -> dict[str, Any] | None:
    """Give a stage's stamp in a folder, or None where the stage did not finish."""
    path = folder / STAMP.format(stage)
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
    if stage == MADE_BY[OUTCOMES] and _unmade(place.request, found):
        return False
    return all(
        (path := _find(place, name)) is not None and sha256(path) == sha
        for name, sha in found["inputs"].items()
    )


def _unmade(request: AnyRequest, found: dict[str, Any]) -> list[str]:
    """Give the outcomes of a request that intake did not make when it left this stamp.

    Without the one of the longest horizon it would have kept other people: then all.
    """
    asked, there = _parts(request, MADE_BY[OUTCOMES])["outcomes"], found["asked"]
    longest = [
        max((one.get("horizon_days", YEAR) for one in some), default=YEAR)
        for some in (asked, there)
    ]
    same = longest[0] == longest[1]
    return [one["name"] for one in asked if not same or one not in there]


def fitting(place: Place, stage: str) -> Path | None:
    """Give the folder in which a stage's files fit: the draft's, else the finished."""
    some = (one for one in _candidates(place) if fits(place, one, stage))
    return next(some, None)


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
        near = difflib.get_close_matches(name, MADE_BY, 1)
        advice = (
            f"did you mean {near[0]}? run.tables lists all that there are"
            if near
            else f"a run has {', '.join(MADE_BY)}"
        )
        raise RequestError(f"{name}: no stage writes it; {advice}")
    path = _find(place, name)
    if path is None:
        _say_destroyed(place)
        raise RequestError(_why_none(place, name))
    return path


def _why_none(place: Place, name: str) -> str:
    """Say why no such file fits, and which notebook to run before any other."""
    run = f"python3 -m helpers run {typed(place.request.source)}"
    until = STAGES[: STAGES.index(MADE_BY[name]) + 1]
    first = next((one for one in until if fitting(place, one) is None), until[-1])
    unmade = _unmade_anywhere(place) if first == MADE_BY[OUTCOMES] else []
    if not unmade:
        return (
            f"{name}: there is none that fits this request; run {NOTEBOOKS[first]} "
            f"first, or {run}"
        )
    later = "".join(f", then {NOTEBOOKS[one]}" for one in until[1:])
    return (
        f"outcomes: {NOTEBOOKS[first]} has not worked out {', '.join(unmade)} as it is "
        f"asked for here; run {NOTEBOOKS[first]} with this change first{later}"
    )


def _unmade_anywhere(place: Place) -> list[str]:
    """Give outcomes that are all that intake's files lack, in the first such folder."""
    stage = MADE_BY[OUTCOMES]
    for folder in _candidates(place):
        found = read_stamp(folder, stage)
        if found and found["request"] == _fingerprint(place.request, stage):
            return _unmade(place.request, found)
    return []


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
