"""Destroying what a request holds about people; aggregates and audit trail stay."""

import getpass
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from helpers.errors import RequestError
from helpers.files import ROOT, shown
from helpers.life_cycle import certificate
from helpers.life_cycle.certificate import files_below
from helpers.life_cycle.holdings import Holding, holdings
from helpers.runs import whole
from helpers.runs.written import ledger

#: what a finished run keeps: aggregates after disclosure control, and its audit trail
KEPT = ("report.html", "release", "audit")


def destroy(
    run_id: str, outputs: Path, agreed: Callable[[list[str]], object] | None = None
) -> list[str]:
    """Delete every file about people that a request has in `outputs`.

    The run, its drafts and its attempts; the report, release/ and audit/ of a finished
    run stay. Leaves a certificate, which lists the inputs that the operator must
    destroy. Gives the lines to print; done twice, it says when it was done. `agreed` is
    told what is about to go, a line a folder, and raises an error to keep it. Raises
    RequestError for an unknown id, a run at work and files that cannot be deleted.
    """
    _known(run_id, outputs)
    whole.settle(outputs)
    with whole.locked(outputs, run_id) as ours:
        if not ours:
            raise RequestError(
                f"{shown(outputs / run_id)}: is being made by a run; wait for it, or "
                "stop it"
            )
        try:
            return _destroy(run_id, outputs, agreed or (lambda going: None))
        except OSError as error:
            raise RequestError(
                f"{error.filename}: {error.strerror}; nothing is certified until "
                "destroy can read and write there"
            ) from error


def _destroy(
    run_id: str, outputs: Path, agreed: Callable[[list[str]], object]
) -> list[str]:
    held = _held(run_id, outputs)
    path = _certificate(run_id, outputs)
    done = certificate.read(path)
    inputs = certificate.inputs(held, done.get("inputs", []))
    found = _about_people(held, inputs)
    if not found and done.get("status") == "complete":
        said = f"was destroyed on {done['at'][:10]} by {done['by']}"
    else:
        agreed(_going(found, held))
        of_whom = "" if certificate.of_nobody(held) else " about people"
        before = certificate.gone(done, outputs)
        done = {
            "id": run_id,
            "status": "begun",
            "by": getpass.getuser(),
            "at": certificate.now(),
            "destroy_by": certificate.last_day(held) or done.get("destroy_by"),
            "files": [*before, *certificate.described(found, held, outputs)],
            "inputs": [*inputs, *certificate.led_to(found, held)],
        }
        certificate.begin(path, done)  # were this killed, what it was at is known
        _delete_all(found, held, inputs, done, path)
        files = [[file["file"], file["sha256"]] for file in done["files"]]
        ledger.record(outputs, "destroyed", run_id, files=files)
        said = f"{len(found)} files{of_whom} destroyed"
    certificate.complete(path, done)
    return [
        f"{run_id}: {said}; {shown(path.with_suffix('.txt'))} certifies it.",
        *certificate.still_there(done),
    ]


def _going(found: list[Path], held: list[Holding]) -> list[str]:
    """Tell how many files are to go from each folder, from which parts of it."""
    lines = []
    for holding in held:
        parts = [
            path.relative_to(holding.folder).parts
            for path in found
            if path.is_relative_to(holding.folder)
        ]
        where = sorted({part[0] + "/" * (len(part) > 1) for part in parts if part})
        stays = "; the report, release/ and audit/ stay" if holding.finished else ""
        if parts:
            count = "1 file" if len(parts) == 1 else f"{len(parts)} files"
            inside = f" in {', '.join(where)}" if where else ""
            lines.append(f"{shown(holding.folder)}: {count}{inside} will go{stays}")
    return lines


def _known(run_id: str, outputs: Path) -> None:
    ids = sorted({held.run_id for held in holdings(outputs, ROOT / "params")})
    if run_id not in ids and not _certificate(run_id, outputs).exists():
        raise RequestError(
            f"{run_id}: {shown(outputs)} holds no run, draft or attempt with this id; "
            f"it holds {', '.join(ids) or 'none'} (--outputs names another folder)"
        )


def _held(run_id: str, outputs: Path) -> list[Holding]:
    everything = holdings(outputs, ROOT / "params")
    return [held for held in everything if held.run_id == run_id]


def _certificate(run_id: str, outputs: Path) -> Path:
    folder = outputs / run_id
    if (folder / "audit").is_dir() and not folder.is_symlink():
        return folder / "audit" / "destroyed.json"
    return outputs / f"{run_id}.destroyed.json"


def _about_people(held: list[Holding], inputs: list[dict[str, Any]]) -> list[Path]:
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


def _delete_all(
    found: list[Path],
    held: list[Holding],
    inputs: list[dict[str, Any]],
    done: dict[str, Any],
    path: Path,
) -> None:
    """Delete files, then empty folders; raises RequestError naming what is left."""
    entries = [file for file in done["files"] if "destroyed_at" not in file]
    reasons = {}
    for file, entry in zip(found, entries, strict=True):
        try:
            file.unlink(missing_ok=True)
            entry["destroyed_at"] = certificate.now()
        except OSError as error:
            reasons[file] = error.strerror
    for holding in held:
        _remove_empty(holding)
    left = _about_people(held, inputs)
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


def _remove_empty(holding: Holding) -> None:
    if holding.folder.is_symlink():  # it could not be deleted, and is not followed
        return
    for folder, _, _ in os.walk(holding.folder, topdown=False):
        stays = holding.finished and Path(folder) == holding.folder
        if not stays and not os.listdir(folder):
            os.rmdir(folder)
