"""The files about people that a request holds in an outputs folder: named, deleted."""

import os
from collections.abc import Sized
from pathlib import Path
from typing import Any

from helpers.errors import RequestError
from helpers.files import shown
from helpers.life_cycle import certificate
from helpers.life_cycle.certificate import files_below
from helpers.life_cycle.holdings import Holding

#: what a finished run keeps: aggregates after disclosure control, and its audit trail
KEPT = ("report.html", "release", "audit")


def about_people(held: list[Holding], inputs: list[dict[str, Any]]) -> list[Path]:
    """Give every file to be deleted; of a link only the link itself."""
    named = {item["file"] for item in inputs}
    return [
        path
        for holding in held
        for path in files_below(holding.folder)
        if not _stays(path, holding) or str(path) in named
    ]


def _stays(path: Path, holding: Holding) -> bool:
    parts = path.relative_to(holding.folder).parts
    return (
        holding.finished
        and bool(parts)
        and parts[0] in KEPT
        and ".ipynb_checkpoints" not in parts
        and not path.name.endswith(".writing")
        and not path.is_symlink()
    )


def in_brief(found: list[Path], held: list[Holding]) -> list[str]:
    """Tell how many files are to go from each folder, from which parts of it."""
    lines = []
    for holding in held:
        parts = [
            path.relative_to(holding.folder).parts
            for path in found
            if path.is_relative_to(holding.folder)
        ]
        where = sorted({part[0] + "/" * (len(part) > 1) for part in parts if part})
        inside = f" in {', '.join(where)}" if where else ""
        stays = "; the report, release/ and audit/ stay" if holding.finished else ""
        if holding.shared:
            inside = " worked out of an extract"
            stays = "; the next request on the same extract works it out again"
        if parts:
            lines.append(
                f"{shown(holding.folder)}: {counted(parts)}{inside} will go{stays}"
            )
    return lines


def counted(found: Sized) -> str:
    """Give how many files there are, in words."""
    return "1 file" if len(found) == 1 else f"{len(found)} files"


def delete(
    found: list[Path],
    held: list[Holding],
    inputs: list[dict[str, Any]],
    done: dict[str, Any],
    path: Path,
) -> None:
    """Delete files, then empty folders; raises RequestError naming what is left."""
    entries = [file for file in done["files"] if "destroyed_at" not in file]
    reasons = {}
    folders = {holding.folder.resolve() for holding in held}
    for file, entry in zip(found, entries, strict=True):
        if not _within(file, folders, held):
            reasons[file] = "a link leads out of the run's folder"
            continue
        try:
            file.unlink(missing_ok=True)
            entry["destroyed_at"] = certificate.now()
        except OSError as error:
            reasons[file] = error.strerror
    for holding in held:
        _remove_empty(holding)
    left = about_people(held, inputs)
    done["status"] = "incomplete" if left else "complete"
    done["at"] = certificate.now()
    certificate.write(path, done)
    if left:
        new = "it was written meanwhile; close JupyterLab"
        problems = [
            f"{shown(file)}: was not deleted ({reasons.get(file, new)}); delete it, "
            "then run destroy again"
            for file in left
        ]
        raise RequestError(problems)


def _within(file: Path, folders: set[Path], held: list[Holding]) -> bool:
    """Tell whether a file lies in a run's own folder, now that it is to be deleted."""
    if any(file == holding.folder for holding in held):
        return True  # a link in the place of a run, of which the link alone goes
    above = file.parent.resolve()
    return any(above.is_relative_to(folder) for folder in folders)


def _remove_empty(holding: Holding) -> None:
    if holding.folder.is_symlink():  # it could not be deleted, and is not followed
        return
    for folder, _, _ in os.walk(holding.folder, topdown=False):
        stays = holding.finished and Path(folder) == holding.folder
        if not stays and not os.listdir(folder):
            os.rmdir(folder)
