"""The editions of a report that were published, as they lie in an outputs folder."""

import json
import re
from pathlib import Path
from typing import Any

from helpers.errors import RequestError
from helpers.files import sha256, shown
from helpers.request import AnyRequest

#: where editions are that were published, in the outputs folder
PUBLISHED = "published"
#: what an edition says in numbers
RESULT = "release/result.json"
NUMBER = re.compile(r"[1-9]\d*")
#: the check of a run that names the edition against which its page tells changes
CHECK = "the edition before this one is published here"


def folder(outputs: Path, run_id: str, edition: int) -> Path:
    """Give the folder of an edition that is published, or will be."""
    return outputs / PUBLISHED / run_id / str(edition)


def refuse_links(outputs: Path, run_id: str, edition: int | None = None) -> None:
    """Refuse a symbolic link in the place of a folder of published editions."""
    places = [outputs / PUBLISHED, outputs / PUBLISHED / run_id]
    if edition is not None:
        places.append(folder(outputs, run_id, edition))
    problems = [
        f"{shown(path)}: is a symbolic link, which nothing is published through; put a "
        "folder there"
        for path in places
        if path.is_symlink()
    ]
    if problems:
        raise RequestError(problems)


def numbers(outputs: Path, run_id: str) -> list[int]:
    """Give the numbers of a request's published editions, the first one first.

    Whatever else lies beside them, such as a hidden folder, is none. Raises
    RequestError for a symbolic link in the place of an edition.
    """
    refuse_links(outputs, run_id)
    try:
        names = [path.name for path in (outputs / PUBLISHED / run_id).iterdir()]
    except OSError:
        return []
    found = sorted(int(name) for name in names if NUMBER.fullmatch(name))
    for edition in found:
        refuse_links(outputs, run_id, edition)
    return found


def results(outputs: Path, run_id: str) -> list[Path]:
    """Give the results of the editions of a request that were published."""
    return [
        folder(outputs, run_id, edition) / RESULT
        for edition in numbers(outputs, run_id)
    ]


def before(outputs: Path, request: AnyRequest) -> Path | None:
    """Give the result of the edition before a request's own; None where it is not here.

    What changed since it is told on the page, so that a run rests on it.
    """
    path = folder(outputs, request.id, request.publication.edition - 1) / RESULT
    refuse_links(outputs, request.id, request.publication.edition - 1)
    return path if path.is_file() else None


def name(result: Path) -> str:
    """Give the name of an edition by its result: the request's id and its number."""
    return "/".join(result.parts[-4:-2])


def as_found(path: Path | None) -> str:
    """Say which edition before this one was found, as the check of a run has it."""
    return f"SHA-256 {sha256(path)}" if path else "no such edition"


def read(path: Path) -> dict[str, Any]:
    """Give the result of a published edition.

    Raises RequestError where it cannot be read as one.
    """
    try:
        result = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        result = None
    if not isinstance(result, dict):
        raise RequestError(
            f"{shown(path)}: cannot be read as the result of a published edition; put "
            "back what was published"
        )
    return result
