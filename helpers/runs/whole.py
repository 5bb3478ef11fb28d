"""A run's life: its hash, its lock, the swap that keeps it whole, the ledger."""

import contextlib
import getpass
import hashlib
import importlib.metadata
import json
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from helpers.request import ROOT, Request, RequestError

#: packages whose version can change a number or a byte of the report
PACKAGES = (
    "pandas numpy scipy statsmodels scikit-learn matplotlib seaborn pyarrow "
    "papermill nbconvert nbformat nbclient ipykernel pydantic PyYAML "
    "duckdb ibis-framework splink RapidFuzz python-calamine"
).split()


#: how the tables of the national records may be kept
TABLES = (".parquet", ".csv")


def sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:  # national records may be larger than the memory
        return hashlib.file_digest(file, "sha256").hexdigest()


def package_versions() -> dict[str, str]:
    """Versions of the packages that numbers and pages rest on."""
    return {name: importlib.metadata.version(name) for name in PACKAGES}


def code_files() -> list[Path]:
    """The notebooks and helpers, in a fixed order."""
    found = [*(ROOT / "notebooks").glob("*.ipynb")]
    for pattern in ("*.py", "*.j2", "*.css", "*.json"):
        found += (ROOT / "helpers").rglob(pattern)
    return sorted(path for path in found if ".ipynb_checkpoints" not in path.parts)


def files_of(request: Request, stage: str) -> dict[Path, str]:
    """Every file that a stage reads from outside its run, and the key that names it."""
    found: dict[Path, str] = {}
    if stage == "intake":
        for key in ("cohort", "submission", "decisions"):
            name = getattr(request.inputs, key)
            found |= {ROOT / name: f"inputs.{key}"} if name else {}
        if request.inputs.extract:
            folder = ROOT / request.inputs.extract
            tables = [p for p in sorted(folder.glob("*")) if p.suffix in TABLES]
            found |= dict.fromkeys(tables or [folder], "inputs.extract")
    if stage == "charts":
        tables = sorted((ROOT / request.findings.catalogue).glob("*.csv"))
        found |= dict.fromkeys(tables, "findings.catalogue")
    return found


def input_files(request: Request) -> dict[Path, str]:
    """Every file that a request reads, and the key that names it."""
    return files_of(request, "intake") | files_of(request, "charts")


def _refuse_missing(request: Request) -> None:
    """Name every file of the request that is not there."""
    missing = [
        f"{request.source}: {key}: there is no {_what(path, key)}; give a path from "
        "the repository's folder, or the full path"
        for path, key in input_files(request).items()
        if not path.is_file()
    ]
    if missing:
        raise RequestError(missing)


def _what(path: Path, key: str) -> str:
    if key != "inputs.extract":
        return f"file {path}"
    if path.is_dir():
        return f"table (.parquet or .csv) in {path}"
    return f"folder {path}"


def run_hash(request: Request) -> str:
    """One hash of the request, input bytes, notebooks, helpers and versions."""
    digest = hashlib.sha256()
    digest.update(json.dumps(request.completed(), sort_keys=True).encode())
    digest.update(json.dumps(package_versions(), sort_keys=True).encode())
    _refuse_missing(request)
    for path in [*input_files(request), *code_files()]:
        name = path.name if not path.is_relative_to(ROOT) else path.relative_to(ROOT)
        digest.update(str(name).encode() + b"\0")
        digest.update(sha256(path).encode())
    return digest.hexdigest()


def names(outputs: Path, run_id: str) -> tuple[Path, Path, Path]:
    """The finished run, the attempt that is being built, the run being replaced."""
    return outputs / run_id, outputs / f".{run_id}.part", outputs / f".{run_id}.old"


def finished(folder: Path) -> dict[str, Any] | None:
    """The manifest of a whole run, or None where the folder does not hold one."""
    path = folder / "audit" / "manifest.json"
    try:
        manifest = json.loads(path.read_text())
        return manifest if manifest["status"] == "finished" else None
    except (OSError, ValueError, TypeError, KeyError):  # none, or edited by hand
        return None


def up_to_date(folder: Path, expected: str) -> bool:
    """Whether a finished run has this hash and its published files are as written."""
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


def swap(outputs: Path, run_id: str) -> None:
    """Put a whole attempt in the place of the last run."""
    whole, part, old = names(outputs, run_id)
    if whole.exists():
        os.rename(whole, old)
    os.rename(part, whole)
    shutil.rmtree(old, ignore_errors=True)


def settle(outputs: Path) -> None:
    """Finish or undo every swap that was interrupted; leave all that is no run."""
    for old in sorted(outputs.glob(".*.old")):
        run_id = old.name[1:].removesuffix(".old")
        if not (outputs / f".{run_id}.lock").exists():  # no run was ever made so
            continue
        with locked(outputs, run_id, wait=False) as ours:
            if not ours or not old.exists():
                continue
            whole, part, _ = names(outputs, run_id)
            if not whole.exists():
                os.rename(part if finished(part) else old, whole)
            shutil.rmtree(old, ignore_errors=True)


@contextlib.contextmanager
def locked(outputs: Path, run_id: str, *, wait: bool = False) -> Iterator[bool]:
    """Hold one request's folder for this process; yields whether it is ours."""
    try:
        import fcntl
    except ImportError:  # Windows has no such lock; there one run at a time is a rule
        yield True
        return
    outputs.mkdir(parents=True, exist_ok=True)
    with (outputs / f".{run_id}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True


def record(outputs: Path, event: str, run_id: str, **details: Any) -> None:
    """Add one line to the ledger, which is never rewritten."""
    line = {
        "event": event,
        "id": run_id,
        "by": getpass.getuser(),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        **details,
    }
    path = outputs / "ledger.jsonl"
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
    path.chmod(0o600)


def ledger(outputs: Path, event: str, run_id: str) -> list[dict[str, Any]]:
    """The ledger's lines of one event for one request, oldest first."""
    path = outputs / "ledger.jsonl"
    if not path.exists():
        return []
    lines = [json.loads(line) for line in path.read_text().splitlines() if line]
    return [line for line in lines if line["event"] == event and line["id"] == run_id]


def matching_unchanged(outputs: Path, run_id: str, matching: str) -> bool:
    """Record an opening of the outcomes; is the matching that of the first opening?"""
    opened = ledger(outputs, "outcomes opened", run_id)
    if not opened or opened[-1]["matching"] != matching:
        record(outputs, "outcomes opened", run_id, matching=matching)
    return not opened or opened[0]["matching"] == matching
