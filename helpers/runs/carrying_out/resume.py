"""Which stages of an earlier attempt, or of the finished run, hold: taken over."""

import json
import os
import shutil
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from helpers.errors import KitError, RequestError
from helpers.files import is_plain, locked, private_folder, sha256, shown
from helpers.request import AnyRequest
from helpers.runs import manifest, safe_places, whole
from helpers.runs.carrying_out import execute, sealed
from helpers.runs.run import Run
from helpers.runs.stage_files import read_stamp
from helpers.runs.stages import STAMP
from helpers.runs.written import checks, ledger

#: what an attempt keeps whatever else goes: by it holdings know whose it is
REQUEST = "audit/request.yml"
#: in which people write decisions, though it is to be a copy elsewhere
REVIEW = "restricted/data/review_list.csv"
#: seconds that a kernel whose driver was killed may take to end, and between two looks
LONGEST, PAUSE = 15, 0.2


@dataclass
class Held:
    """The stages of a folder that hold: when each was done, its checks, its files.

    `problems` say why a stage that looks the same is not taken for it, a line each.
    """

    folder: Path
    done: dict[str, str] = field(default_factory=dict)
    checks: list[list[str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def take_over(
    work: Run, known: Mapping[str, str], *, fresh: bool
) -> tuple[dict[str, str], list[str]]:
    """Leave in an attempt what holds, fetched from the finished run if that has more.

    All else in the attempt is removed; with `fresh` it is everything. `known` are the
    fingerprints of the request's stages. Gives the stages that hold, with when each was
    done, and why one that looks the same does not.
    """
    part = work.folder
    _wait_for_kernels(part)
    refuse_decided(part)
    finished = whole.names(part.parent, work.request.id)[0]
    held = Held(part)
    if not fresh:
        held = _more([holding(work.request, known, one) for one in (part, finished)])
    _remove_all_but([REQUEST, *(held.files if held.folder == part else [])], part)
    work.outputs.clear()
    if held.folder != part:
        _fetch(held, part)
    checks.write(part / "audit" / "checks.csv", held.checks)
    for stage in held.done:
        execute.declare(stage, work)
    sealed.add(work, held.done)
    return held.done, held.problems


def _more(each: Sequence[Held]) -> Held:
    """Give the folder of which more stages hold, with all that keeps off the next one.

    What is wrong with a stage that the other folder has whole is of no concern.
    """
    held = max(each, key=lambda one: len(one.done))
    as_far = [one.problems for one in each if len(one.done) == len(held.done)]
    told = dict.fromkeys(line for problems in as_far for line in problems)
    return replace(held, problems=[*told])


def refuse_decided(folder: Path) -> None:
    """Refuse to remove decisions that were written into a folder's own review list.

    `folder` is an attempt, a finished run that is about to be replaced, or a draft.
    """
    stamp = _stamp(folder, "intake") or {}
    written = (stamp.get("outputs") or {}).get(REVIEW) or {}
    path = folder / REVIEW
    if written and is_plain(path) and sha256(path) != written.get("sha256"):
        raise RequestError(
            f"{shown(path)}: was edited, and would be written anew; move "
            "the file elsewhere, name it under inputs.decisions, and run again"
        )


def still_stands(work: Run) -> bool:
    """Tell whether the ledger still says what it did of outcomes taken over."""
    stamp = _stamp(work.folder, "outcomes")
    return stamp is not None and _ledger_stands(work.request, work.folder, stamp)


def holding(request: AnyRequest, known: Mapping[str, str], folder: Path) -> Held:
    """Give the first stages of a folder that are what this request would make again.

    `known` are the fingerprints of its stages as they are now. A stage holds where it
    has the same, its files are as they were written, its notebook is as papermill made
    it, and the ledger would say of the outcomes that it opened what it said then.
    """
    held = Held(folder)
    work = Run(request, "charts", folder)
    written = whole.finished(folder)
    if written is not None and not manifest.is_sealed(folder.parent, written):
        return held
    for stage in request.stages:
        if stage not in work.carried_out:
            continue
        stamp = _stamp(folder, stage)
        if stamp is None or stamp.get("fingerprint") != known[stage]:
            break
        try:
            held.problems += _problems(request, folder, stage, stamp)
            if held.problems or not _as_written(folder, stage, stamp, written):
                break
            execute.read_apart(stage, work)
            rows, done = [*stamp["checks"]], _when(folder / STAMP.format(stage))
        except (KitError, OSError, ValueError, TypeError, KeyError, AttributeError):
            break  # edited by hand, or of another kit
        held.files += [*stamp["outputs"], *sealed.beside(stage)]
        held.checks += rows
        held.done[stage] = done
    return held


def _problems(
    request: AnyRequest, folder: Path, stage: str, stamp: Mapping[str, Any]
) -> list[str]:
    """Say why a stage is carried out again, though it is of the same fingerprint."""
    problems = sealed.problems(folder, stage)
    if stage == "outcomes" and not problems:
        if not _ledger_stands(request, folder, stamp):
            problems = [
                f"{stage}: done again, since the ledger has another opening of these "
                "outcomes after it"
            ]
    return problems


def _stamp(folder: Path, stage: str) -> dict[str, Any] | None:
    try:
        stamp = read_stamp(folder, stage)
    except (OSError, ValueError, RecursionError):
        return None
    return stamp if isinstance(stamp, dict) else None


def _as_written(
    folder: Path,
    stage: str,
    stamp: Mapping[str, Any],
    written: Mapping[str, Any] | None,
) -> bool:
    """Tell whether a stage's files are its own, whole and unchanged.

    `written` is the manifest of a finished run, which knows notebook and stamp too.
    """
    shas = {name: output["sha256"] for name, output in stamp["outputs"].items()}
    if written is None:
        shas |= dict.fromkeys(sealed.beside(stage), "")
    else:
        outputs = written["outputs"]
        shas |= {name: outputs[name]["sha256"] for name in sealed.beside(stage)}
    return all(
        _inside(folder, name) and (not sha or sha256(folder / name) == sha)
        for name, sha in shas.items()
    )


def _inside(folder: Path, name: str) -> bool:
    """Tell whether a file lies in a folder itself, and not beyond a link in it."""
    path = folder / name
    return is_plain(path) and path.resolve() == folder.resolve() / name


def _ledger_stands(request: AnyRequest, folder: Path, stamp: Mapping[str, Any]) -> bool:
    """Tell whether the ledger has what a stage wrote in it, and tells of it the same.

    Another run may have opened these outcomes since, or the ledger may have been cut:
    then the stage is carried out again, and says so.
    """
    seal = Run(request, "outcomes", folder).seal
    told = ledger.in_brief(ledger.problems(folder.parent))
    checked = [row[3] for row in stamp["checks"] if row[1] == ledger.CHECK]
    opened = seal.told()
    now = json.loads(json.dumps(opened and asdict(opened)))
    return seal.stands and checked == [told] and now == stamp["opened"]


def _when(path: Path) -> str:
    done = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return f"{done:%Y-%m-%dT%H:%M:%SZ}"


def _wait_for_kernels(part: Path) -> None:
    """Wait until no kernel is at work in an attempt; one outlives its driver a little.

    Raises RequestError where one goes on, as in a notebook that somebody has open.
    """
    at_work = part / safe_places.AT_WORK
    until = time.monotonic() + LONGEST
    while at_work.exists():
        with locked(at_work) as ours:
            if ours:
                return
        if time.monotonic() > until:
            raise RequestError(
                f"{shown(part)}: a notebook is at work in it; wait until it is done, "
                "or end its kernel"
            )
        time.sleep(PAUSE)


def _remove_all_but(names: Iterable[str], part: Path) -> None:
    """Remove all files of an attempt but some; of a link not what it leads to."""
    kept = {part / name for name in names}
    tmp = part / safe_places.FOR_A_WHILE  # where this very process keeps its own
    for folder, inner, own in os.walk(part, topdown=False):
        for path in (Path(folder) / name for name in (*own, *inner)):
            if path.is_symlink() or (not path.is_dir() and path not in kept):
                path.unlink()
            elif path.is_dir() and path != tmp and not any(path.iterdir()):
                path.rmdir()


def _fetch(held: Held, part: Path) -> None:
    """Copy the files of stages that hold from the finished run, each with its time."""
    for name in held.files:
        path = part / name
        for folder in reversed(path.relative_to(part).parents[:-1]):
            private_folder(part / folder)
        shutil.copy2(held.folder / name, path)
