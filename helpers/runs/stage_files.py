"""Drafts: what an analyst tries, stage by stage, without touching a finished run.

With its files each stage leaves a stamp: the changes in effect, a hash of the
parts of the request and of the files that it rests on, and the hashes of the tables it
read. A file whose stamp no longer fits is not read.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.request import Request, RequestError, load
from helpers.runs import whole
from helpers.runs.whole import sha256

if TYPE_CHECKING:
    from helpers.runs.run import Run

NOTEBOOKS = {
    "intake": "01_intake",
    "matching": "02_matching",
    "outcomes": "03_outcomes",
    "charts": "04_charts",
}

#: which parts of a request each stage rests on
RESTS_ON = {
    "intake": ("inputs", "linkage", "eligibility", "analyses", "outcomes", "seed"),
    "matching": ("analyses", "matching", "eligibility.minimum_people"),
    "outcomes": ("analyses", "outcomes", "eligibility.minimum_people"),
    "charts": ("findings", "outcomes"),
}

MADE_BY = {
    "people.parquet": "intake",
    "outcomes.parquet": "intake",
    "losses.parquet": "intake",
    "matched.parquet": "matching",
    "balance.parquet": "matching",
    "matches.parquet": "matching",
    "estimates.parquet": "outcomes",
} | {f"cells_{stage}.parquet": stage for stage in NOTEBOOKS}


def _hash(data: Any) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def _fingerprint(request: Request, stage: str) -> str:
    completed = request.completed()
    parts = {part: _part(completed, part) for part in RESTS_ON[stage]}
    files = [_file(path) for path in whole.files_of(request, stage)]
    return _hash([parts, files])


def _part(completed: dict[str, Any], name: str) -> Any:
    found: Any = completed
    for key in name.split("."):
        found = (found or {}).get(key)
    return found


def _file(path: Path) -> str | None:
    if not path.exists():
        return None
    found = path.stat()
    return _unchanging(path, found.st_mtime_ns, found.st_size)


@cache
def _unchanging(path: Path, changed: int, size: int) -> str:
    """The hash of a large file: not read again for each table that rests on it."""
    return sha256(path)


def stamp(run: Run) -> None:
    """Leave a stage's stamp beside its files; it is written last."""
    content = {
        "stage": run.stage,
        "changes": run.changes,
        "request": _fingerprint(run.request, run.stage),
        "inputs": run.inputs,
        "outputs": run.outputs,
    }
    run.write(f"data/stage_{run.stage}.json", content, sensitivity="restricted")


def read_stamp(folder: Path, stage: str) -> dict[str, Any] | None:
    """A stage's stamp in a run's folder, or None where the stage did not finish."""
    path = folder / "restricted" / "data" / f"stage_{stage}.json"
    return json.loads(path.read_text()) if path.exists() else None


def holds_outcomes(name: str) -> bool:
    """Whether a table tells of outcomes, which matching must not know."""
    return name == "outcomes.parquet" or MADE_BY.get(name) == "outcomes"


def _candidates(run: Run) -> list[Path]:
    if not run.draft:
        return [run.folder]
    finished = run.folder.with_name(run.folder.name.removesuffix(".draft"))
    return [run.folder, finished] if finished != run.folder else [run.folder]


def _fits(run: Run, folder: Path, stage: str) -> bool:
    """Whether a stage's files in a folder still fit the request and their inputs."""
    found = read_stamp(folder, stage)
    if found is None:
        return False
    if not run.draft:
        return True
    if found["request"] != _fingerprint(run.request, stage):
        return False
    return all(
        (path := _find(run, name)) is not None and sha256(path) == sha
        for name, sha in found["inputs"].items()
    )


def _find(run: Run, name: str) -> Path | None:
    stage = MADE_BY[name]
    for folder in _candidates(run):
        path = folder / "restricted" / "data" / name
        if path.exists() and _fits(run, folder, stage):
            return path
    return None


def find(run: Run, name: str) -> Path:
    """The file of an earlier stage that fits this run: the draft's, else the finished.

    Raises RequestError, naming the stage to run, where neither fits.
    """
    if name not in MADE_BY:
        known = ", ".join(MADE_BY)
        raise RequestError(f"{name}: no stage writes it; a run has {known}")
    path = _find(run, name)
    if path is None:
        _say_destroyed(run)
        notebook = NOTEBOOKS[MADE_BY[name]]
        raise RequestError(
            f"{name}: there is none that fits this request; run {notebook} first, "
            f"or python3 -m helpers run {run.request.source}"
        )
    return path


def _say_destroyed(run: Run) -> None:
    """Say where the data of a finished run went, if they were destroyed."""
    for folder in _candidates(run):
        certificate = folder / "audit" / "destroyed.json"
        if certificate.exists():
            raise RequestError(
                f"{folder}: its data about people were destroyed; "
                f"python3 -m helpers run {run.request.source} --force makes it again "
                "from the inputs, where they may still be held"
            )


def open_draft(
    make: type[Run],
    base: Request,
    stage: str,
    folder: Path,
    changes: dict[str, Any],
    source: Any,
) -> Run:
    """Open a draft: earlier stages' changes are taken over, this stage's are added."""
    _refuse_without_effect(stage, changes)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    taken: dict[str, Any] = {}
    for earlier in NOTEBOOKS:
        if earlier == stage:
            break
        found = read_stamp(folder, earlier)
        if found is None:
            continue
        tried = load(source, taken | found["changes"])
        run = make(tried, stage, folder, draft=True, changes=dict(found["changes"]))
        if _fits(run, folder, earlier):
            taken |= found["changes"]
    merged = taken | changes
    tried = load(source, merged)
    run = make(tried, stage, folder, draft=True, changes=merged)
    # so that the draft is destroyed in time even if its request is gone
    run.write("request.yml", tried.written(), sensitivity="restricted")
    return run


def _refuse_without_effect(stage: str, changes: dict[str, Any]) -> None:
    problems = []
    for key in changes:
        stages = [
            name
            for name, parts in RESTS_ON.items()
            if any(_within(key, part) or _within(part, key) for part in parts)
        ]
        if stage not in stages:
            where = " or ".join(NOTEBOOKS[name] for name in stages)
            advice = f"change it in {where}" if where else "edit the request instead"
            notebook = NOTEBOOKS[stage]
            problems.append(f"changes: {key} has no effect in {notebook}; {advice}")
    if problems:
        raise RequestError(problems)


def _within(key: str, part: str) -> bool:
    return key == part or key.startswith(f"{part}.")
