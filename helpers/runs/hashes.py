"""What a run is made from, as one hash: request, inputs, code and versions."""

import hashlib
import importlib.metadata
import json
import os
import platform
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from helpers.errors import RequestError
from helpers.files import ROOT, sha256, shown
from helpers.request import AnyRequest
from helpers.request.engine import SPARK
from helpers.set_up.process import THREADS, environment

#: packages whose version can change a number or a byte of the report
PACKAGES = (
    "pandas numpy scipy statsmodels scikit-learn matplotlib seaborn pyarrow "
    "papermill nbconvert nbformat nbclient ipykernel pydantic PyYAML "
    "duckdb ibis-framework splink RapidFuzz python-calamine"
).split()
#: by what name the result of the edition before counts among the files
EDITION_BEFORE = "edition before"
#: how the files of helpers end that a run rests on, and folders in which none lie
CODE = (".py", ".R", ".j2", ".css", ".json", ".csv")
NO_CODE = (".ipynb_checkpoints", "__pycache__")
#: how the tables of the national records may be kept
TABLES = (".parquet", ".csv")


def package_versions(request: AnyRequest) -> dict[str, str]:
    """Versions of the packages that numbers and pages of a request rest on."""
    found = {name: importlib.metadata.version(name) for name in PACKAGES}
    if not request.alone and request.engine.name == SPARK:
        with suppress(importlib.metadata.PackageNotFoundError):  # intake says so
            found["pyspark"] = importlib.metadata.version("pyspark")
    return found


def python() -> str:
    """Give the version of this Python."""
    return platform.python_version()


def settings() -> dict[str, str]:
    """Give the variables that numbers and bytes may rest on, as a run has them."""
    known = environment(os.environ)
    return {name: known[name] for name in ("PYTHONHASHSEED", *THREADS)}


def code_files() -> list[Path]:
    """Give the notebooks and helpers, in a fixed order."""
    found = [*(ROOT / "notebooks").glob("*.ipynb")]
    # one walk: code is looked for again after each stage
    for folder, inner, names in os.walk(ROOT / "helpers"):
        inner[:] = [name for name in inner if name not in NO_CODE]
        found += [Path(folder, name) for name in names if name.endswith(CODE)]
    return sorted(found)


def files_of(request: AnyRequest, stage: str) -> dict[Path, str]:
    """Give every file that a stage reads from outside, and the key that names it."""
    found: dict[Path, str] = {}
    if stage == "intake":
        for key in ("cohort", "submission", "decisions"):
            name = getattr(request.inputs, key)
            found |= {ROOT / name: f"inputs.{key}"} if name else {}
        if request.inputs.extract:
            folder = ROOT / request.inputs.extract
            # to hash a file is to open it: what is not approved is not even looked at
            approved = request.approved_tables or frozenset()
            tables = [
                path
                for path in sorted(folder.glob("*"))
                if path.suffix in TABLES and path.stem in approved
            ]
            found |= dict.fromkeys(tables or [folder], "inputs.extract")
    if stage == "charts":
        tables = sorted((ROOT / request.findings.catalogue).glob("*.csv"))
        found |= dict.fromkeys(tables, "findings.catalogue")
    return found


def input_files(request: AnyRequest) -> dict[Path, str]:
    """Give every file that a request reads, and the key that names it."""
    found: dict[Path, str] = {}
    for stage in request.stages:
        found |= files_of(request, stage)
    return found


def _refuse_missing(request: AnyRequest) -> None:
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
        return f"approved table (.parquet or .csv) in {path}"
    return f"folder {path}"


def run_hash(request: AnyRequest, edition_before: Path | None = None) -> str:
    """Give one hash of the request, input bytes, notebooks, helpers and versions.

    `edition_before` is the published result against which changes are told.
    """
    _refuse_missing(request)
    read = [*input_files(request), *code_files()]
    files = {shown(path): sha256(path) for path in read}
    if edition_before is not None:
        files[EDITION_BEFORE] = sha256(edition_before)
    return of(request.completed(), package_versions(request), files)


def of(
    request: Mapping[str, Any], packages: Mapping[str, str], files: Mapping[str, str]
) -> str:
    """Give the hash of what a run is made from; `files` are inputs and code by name.

    Of a file outside the repository only its own name counts, not where it lies.
    """
    digest = hashlib.sha256()
    for part in (request, packages):
        digest.update(json.dumps(part, sort_keys=True).encode())
    for name, sha in files.items():
        digest.update(_own(name).encode() + b"\0")
        digest.update(sha.encode())
    return digest.hexdigest()


def own_name(path: Path) -> str:
    """Give the name by which a file counts: outside the repository, without its way."""
    return _own(shown(path))


def _own(name: str) -> str:
    return Path(name).name if Path(name).is_absolute() else name
