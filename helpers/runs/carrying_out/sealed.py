"""The seal on a stage of an attempt: its stamp and notebook as the driver left them.

The stamp has the hashes of the stage's files. A seal is made under the key of the
folder's ledger, as that of a manifest is, so that whoever only edits files cannot make
it anew. What papermill made by its own command has none until a driver takes it over.
"""

import json
from collections.abc import Iterable
from pathlib import Path

from helpers.files import sha256
from helpers.runs.carrying_out import executed
from helpers.runs.run import Run
from helpers.runs.stages import NOTEBOOKS, STAMP
from helpers.runs.written import ledger

#: where the seals lie in an attempt, and in no finished run: its manifest has one
SEALED = Path("restricted") / "data" / "sealed_stages.json"


def beside(stage: str) -> tuple[str, str]:
    """Give what lies beside a stage's files: its notebook as executed, its stamp."""
    book = executed.PLACE / f"{NOTEBOOKS[stage]}.ipynb"
    return book.as_posix(), STAMP.format(stage)


def add(work: Run, stages: Iterable[str]) -> None:
    """Seal stages of an attempt as they lie there now, in the place of earlier seals.

    A summary of published results is of nobody: it has no ledger, and no seal.
    """
    if work.request.alone:
        return
    ledger.begin(work.folder.parent)
    seals = _read(work.folder) | {stage: _seal(work.folder, stage) for stage in stages}
    _write(work, seals)


def drop(work: Run, stages: Iterable[str]) -> None:
    """Take away the seals of stages that are about to be carried out again."""
    seals = _read(work.folder)
    if seals:
        gone = set(stages)
        left = {stage: seal for stage, seal in seals.items() if stage not in gone}
        _write(work, left)


def remove(work: Run) -> None:
    """Take the seals out of an attempt that is about to have its manifest."""
    (work.folder / SEALED).unlink(missing_ok=True)
    work.outputs.pop(SEALED.as_posix(), None)


def broken(folder: Path, stage: str) -> bool:
    """Tell whether a stage of an attempt has a seal, and is no longer as it was."""
    seals = _read(folder)
    return stage in seals and seals[stage] != _seal(folder, stage)


def problems(folder: Path, stage: str) -> list[str]:
    """Give why a stage that lies in a folder does not count as it was left there.

    Its notebook has to be as papermill made it and, where the stage has a seal, its
    notebook and its stamp as they were sealed.
    """
    book, _ = beside(stage)
    told = executed.problems(folder / book, stage)
    if not told and broken(folder, stage):
        told = [
            f"{stage}: its files were changed after it was done; {NOTEBOOKS[stage]} "
            "has to be carried out again"
        ]
    return told


def _write(work: Run, seals: dict[str, str]) -> None:
    work.write(f"data/{SEALED.name}", seals, sensitivity="restricted")


def _read(folder: Path) -> dict[str, str]:
    try:
        seals = json.loads((folder / SEALED).read_text())
    except (OSError, ValueError):
        return {}
    return seals if isinstance(seals, dict) else {}


def _seal(folder: Path, stage: str) -> str:
    hashes = [sha256(folder / name) for name in beside(stage)]
    text = json.dumps([folder.name, stage, *hashes])
    return ledger.keyed(ledger.key(folder.parent), text)
