"""What keeps a run whole: its folder's names, its lock, and the swap into place."""

import contextlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from helpers import files
from helpers.errors import RequestError
from helpers.files import sha256, shown
from helpers.request.whole.common import ALONE

#: the page of requests that were carried out together; a line of it may count people
INDEX = "index.html"


def names(outputs: Path, run_id: str) -> tuple[Path, Path, Path]:
    """Give the folders of the finished run, of the attempt, and of the run replaced."""
    return outputs / run_id, outputs / f".{run_id}.part", outputs / f".{run_id}.old"


def finished(folder: Path) -> dict[str, Any] | None:
    """Give the manifest of a whole run, or None where the folder does not hold one."""
    path = folder / "audit" / "manifest.json"
    try:
        manifest = json.loads(path.read_text())
        return manifest if manifest["status"] == "finished" else None
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        # none, or edited by hand
        return None


def is_summary(folder: Path) -> bool:
    """Tell whether a whole run summarises published results, and analyses nobody."""
    return (finished(folder) or {}).get("stages") == list(ALONE)


def up_to_date(folder: Path, expected: str) -> bool:
    """Tell whether a run has this hash and its published files are as written."""
    manifest = finished(folder)
    if manifest is None or manifest.get("hash") != expected:
        return False
    for name, output in manifest.get("outputs", {}).items():
        if output["class"] in ("published", "release"):
            path = folder / name
            if not path.exists():
                return False
            if sha256(path) != output["sha256"]:
                return False
    return True


def refuse_links(outputs: Path, run_id: str) -> None:
    """Refuse what stands in the place of a run's own folders and leads elsewhere.

    Nothing is written or deleted beyond a symbolic link. Raises RequestError.
    """
    problems = []
    for path in names(outputs, run_id):
        inside = (path / "audit", path / "release", path / "restricted")
        for place in (path, *inside, path / "restricted" / "data"):
            if place.is_symlink():
                problems.append(
                    f"{shown(place)}: is a symbolic link, and nothing is written or "
                    "deleted beyond one; take it away"
                )
            elif os.path.lexists(place) and not place.is_dir():
                problems.append(f"{shown(place)}: is no folder; move it away")
    if problems:
        raise RequestError(problems)


def swap(outputs: Path, run_id: str) -> None:
    """Put a whole attempt in the place of the last run."""
    whole, part, old = names(outputs, run_id)
    if whole.exists():
        os.rename(whole, old)
    os.rename(part, whole)
    _remove(old, outputs, run_id)


def settle(outputs: Path) -> None:
    """Finish or undo every swap that was interrupted; leave all that is no run."""
    for old in sorted(outputs.glob(".*.old")):
        run_id = old.name[1:].removesuffix(".old")
        if not (outputs / f".{run_id}.lock").is_file():  # no run was ever made so
            continue
        if any(map(_no_folder, names(outputs, run_id))):
            continue
        with locked(outputs, run_id, wait=False) as ours:
            if not ours or not old.exists():
                continue
            whole, part, _ = names(outputs, run_id)
            if not whole.exists():
                os.rename(part if finished(part) else old, whole)
            _remove(old, outputs, run_id)


def _no_folder(path: Path) -> bool:
    return path.is_symlink() or (path.exists() and not path.is_dir())


def _remove(old: Path, outputs: Path, run_id: str) -> None:
    """Remove a run that was replaced; a certificate of destruction in it is kept."""
    for path in sorted((old / "audit").glob("destroyed.*")):
        kept = outputs / f"{run_id}.{path.name}"
        number = 2
        while kept.exists():
            kept = outputs / f"{run_id}.destroyed-{number}{path.suffix}"
            number += 1
        os.rename(path, kept)
    shutil.rmtree(old, ignore_errors=True)


@contextlib.contextmanager
def locked(outputs: Path, run_id: str, *, wait: bool = False) -> Iterator[bool]:
    """Hold one request's folder for this process; yields whether it is ours."""
    lock = outputs / f".{run_id}.lock"
    if os.path.lexists(lock) and not files.is_plain(lock):
        raise RequestError(f"{shown(lock)}: is no ordinary file; take it away")
    with files.locked(lock, wait=wait) as ours:
        yield ours
