"""The manifest of a run: what it was made from, with what, and what it wrote."""

import importlib.metadata
import json
import subprocess
import time
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from helpers.files import ROOT, sha256, shown
from helpers.request.whole.common import ALONE
from helpers.runs import hashes
from helpers.runs.run import Run
from helpers.runs.written import ledger

#: of this very folder: an environment may have been made for another copy of the kit
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))[
    "project"
]["version"]


def undeclared(run: Run) -> str:
    """Name the files of a run that have no class, in a line; empty if none."""
    present = {
        path.relative_to(run.folder).as_posix()
        for path in run.folder.rglob("*")
        if path.is_file()
    }
    found = sorted(present - set(run.outputs))
    if not found:
        return ""
    return (
        f"{', '.join(found)}: written without a sensitivity class; write files "
        "through run.write"
    )


def write(
    run: Run,
    run_hash: str,
    headline: str,
    seconds: dict[str, float],
    taken_over: dict[str, str],
) -> None:
    """Write packages.txt, then the manifest, last of all: without it a run is none.

    `seconds` are those of each stage that was carried out; `taken_over` tells when
    each other one was done.
    """
    run.write("packages.txt", "\n".join(installed()) + "\n", sensitivity="audit")
    manifest = {
        "status": "finished",
        "id": run.request.id,
        "hash": run_hash,
        "kit_version": VERSION,
        "git": commit(),
        "request": run.request.completed(),
        "settings": hashes.settings(),
        "python": hashes.python(),
        "packages": hashes.package_versions(run.request),
        "stages": list(run.request.stages),
        "seed": None if run.request.alone else run.request.seed,
        "headline": headline,
        "seconds": seconds,
        "taken_over": taken_over,
        "finished_at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "inputs": hashed(hashes.input_files(run.request)),
        "code": hashed(hashes.code_files()),
        "beside": run.beside,
        "outputs": run.outputs,
    }
    if not run.request.alone:  # a summary is of nobody, and has no ledger
        manifest["seal"] = seal(run.folder.parent, manifest)
    run.write("manifest.json", manifest, sensitivity="audit")


@cache
def installed() -> list[str]:
    """Give every installed package with its version, sorted."""
    return sorted(
        f"{item.metadata['Name']}=={item.version}"
        for item in importlib.metadata.distributions()
    )


def is_sealed(outputs: Path, manifest: Mapping[str, Any]) -> bool:
    """Tell whether a manifest is as a run of this folder wrote it, of its files too.

    The seal is made under the key of the folder's ledger, so that whoever only edits
    files cannot make it anew. A summary of published results needs none.
    """
    if manifest.get("stages") == list(ALONE):
        return True
    return manifest.get("seal") == seal(outputs, manifest)


def seal(outputs: Path, manifest: Mapping[str, Any]) -> str:
    """Give the seal of a manifest under the key of a folder's ledger."""
    told = {name: part for name, part in manifest.items() if name != "seal"}
    return ledger.keyed(ledger.key(outputs), json.dumps(told, sort_keys=True))


def hashed(paths: Iterable[Path]) -> dict[str, str]:
    """Give the SHA-256 of files by their names, in the repository relative to it."""
    return {shown(path): sha256(path) for path in paths}


def commit() -> dict[str, Any]:
    """Give the commit the kit stands at and whether anything differs from it."""

    def ask(*words: str) -> str | None:
        try:
            answer = subprocess.run(["git", *words], cwd=ROOT, capture_output=True,
                                    text=True, check=True)  # fmt: skip
        except (OSError, subprocess.CalledProcessError):
            return None
        return answer.stdout.strip()

    head = ask("rev-parse", "HEAD")
    return {"commit": head, "changed": bool(ask("status", "--porcelain"))}
