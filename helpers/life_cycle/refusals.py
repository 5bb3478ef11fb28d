"""Why a run cannot be approved by a person, and what that person has to know first."""

import difflib
import getpass
import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from helpers import names
from helpers.errors import KitError, RequestError
from helpers.files import ROOT, requests_by_id, sha256, shown
from helpers.life_cycle import approval
from helpers.life_cycle.certificate import INPUTS
from helpers.life_cycle.holdings import destroy_by
from helpers.request import load
from helpers.runs import hashes, whole
from helpers.runs import manifest as runs_manifest

#: of a completed request
REQUEST = "audit/request.yml"


def refuse_unfinished(run_id: str, outputs: Path) -> None:
    """Refuse an id of which the folder holds no finished run; the nearest is named."""
    if run_id.endswith(".draft"):
        raise RequestError(f"{run_id}: is a draft; name a request, whose run is taken")
    plain = re.fullmatch(r"[a-z0-9][a-z0-9-]{0,59}", run_id) is not None
    if plain and whole.finished(outputs / run_id) is not None:
        return
    ids = {path.parents[1].name for path in outputs.glob("*/audit/manifest.json")}
    if plain and run_id in ids:
        raise RequestError(
            f"{run_id}: its audit/manifest.json is not that of a finished run; run it "
            "again with --overwrite"
        )
    near = difflib.get_close_matches(run_id, ids, n=1)
    makes = f"python3 -m helpers run {run_id} makes it"
    if not plain:
        run_id = repr(run_id[:40])
        makes = "an id has small letters, digits and hyphens, 60 at most"
    hint = f"did you mean {near[0]}?" if near else makes
    raise RequestError(
        f"{run_id}: {shown(outputs)} holds no finished run with this id; {hint} "
        "(--outputs names another folder)"
    )


def refuse(folder: Path, name: str) -> None:
    """Refuse what keeps a finished run from being approved by this person.

    Raises RequestError with every problem at once: a name that cannot be taken, the
    analyst's or the provider's; data destroyed or overdue; files that are not as the
    run wrote them; inputs that changed since.
    """
    manifest = whole.finished(folder) or {}
    wrong = names.refusal(name)
    problems = [f"--by: {wrong}"] if wrong else []
    altered = list(_altered(folder, manifest))
    problems += altered
    if not any(REQUEST in line for line in altered):
        request = _request(folder)
        problems += [] if wrong else _same_person(name, request)
        day = destroy_by(folder / REQUEST)
        if day and day < date.today():
            problems.append(
                f"{shown(folder)}: its data should have been destroyed by {day}, so "
                "it can be approved no longer"
            )
        problems += _inputs(manifest, request)
    if problems:
        raise RequestError(problems)


def told(folder: Path, name: str) -> list[str]:
    """Give what keeps nobody from approving, and is told and recorded."""
    request = _request(folder)
    lines = []
    if names.may_be_same(name, request["analyst"]):
        lines.append(
            f"{name} and the analyst, {request['analyst']}, have one family name and "
            "fitting initials: approve only if they are two people"
        )
    if _owner(folder) == getpass.getuser():
        lines.append("the account that you use made the run")
    code = (whole.finished(folder) or {}).get("code", {})
    now = {path.relative_to(ROOT).as_posix(): path for path in hashes.code_files()}
    changed = {*code} ^ {*now} | {
        path for path in {*code} & {*now} if sha256(now[path]) != code[path]
    }
    if changed:
        count = "1 file" if len(changed) == 1 else f"{len(changed)} files"
        lines.append(f"the kit has changed since the run, in {count}")
    return [*lines, *_request_differs(folder, request["id"])]


def edition(folder: Path) -> int:
    """Give the edition that a run is of."""
    return _request(folder)["publication"]["edition"]


def _request(folder: Path) -> dict[str, Any]:
    return yaml.safe_load((folder / REQUEST).read_text(encoding="utf-8"))["request"]


def _altered(folder: Path, manifest: dict[str, Any]) -> Iterator[str]:
    """Tell which files are not as the run wrote them."""
    copy = folder / approval.REVIEWERS
    if (folder / "audit" / "destroyed.json").exists():
        yield (
            f"{shown(folder)}: its data about people were destroyed, the reviewers' "
            "copy with them, so there is nothing to look through; run it again"
        )
    elif not copy.is_file() or copy.is_symlink():
        yield f"{shown(copy)}: is not there, so there is nothing to look through"
    written = {n: out["sha256"] for n, out in manifest.get("outputs", {}).items()}
    present: dict[str, str] = {}
    try:
        present = approval.files(folder)
    except RequestError as error:
        yield from error.problems
    if copy.is_file():
        present[approval.REVIEWERS] = sha256(copy)
    if manifest.get("id") != folder.name:
        yield (
            f"{shown(folder)}: holds the run {manifest.get('id')!s:.60}; give the "
            "folder that name again"
        )
    if not runs_manifest.is_sealed(folder.parent, manifest):
        yield (
            f"{shown(folder / approval.MANIFEST)}: is not as a run of "
            f"{shown(folder.parent)} wrote it; run the request again with --overwrite"
        )
    for name, sha in present.items():
        if name != approval.MANIFEST and sha != written.get(name):
            yield (
                f"{shown(folder / name)}: is not as the run wrote it; put it back, or "
                "run the request again with --overwrite"
            )


def _same_person(name: str, request: dict[str, Any]) -> list[str]:
    """Tell of whom a person with this name cannot approve the work."""
    sharing = request.get("data_sharing") or {}
    signed = sharing.get("provider_signed_off") or {}
    others = {
        "the analyst of the request (analyst)": request["analyst"],
        "who signed for the provider (data_sharing.provider_signed_off.by)": (
            signed.get("by")
        ),
    }
    return [
        f"--by: {name} is {who}; somebody else has to approve"
        for who, other in others.items()
        if other and names.is_among(name, other)
    ]


def _inputs(manifest: dict[str, Any], request: dict[str, Any]) -> Iterator[str]:
    """Tell which inputs changed since the run, went or were added."""
    listed = manifest.get("inputs", {}).items()
    read = {Path(os.path.abspath(ROOT / name)): sha for name, sha in listed}
    for path, sha in read.items():
        where = f"{_key(path, request)}: {shown(path)}"
        if not path.is_file():
            yield f"{where}: is no longer there; put it back, as the run read it"
        elif sha256(path) != sha:
            yield f"{where}: has changed since the run; run it again with --overwrite"
    extract = (request.get("inputs") or {}).get("extract")
    if extract:
        for path in sorted((ROOT / extract).glob("*")):
            if path.suffix in hashes.TABLES and Path(os.path.abspath(path)) not in read:
                yield (
                    f"inputs.extract: {shown(path)}: was added since the run; run it "
                    "again with --overwrite"
                )


def _key(path: Path, request: dict[str, Any]) -> str:
    """Give the key of the request that names an input."""
    given = request.get("inputs") or {}
    for key in INPUTS:
        value = given.get(key)
        place = Path(os.path.abspath(ROOT / value)) if isinstance(value, str) else None
        if place and (path == place or path.is_relative_to(place)):
            return f"inputs.{key}"
    return "findings.catalogue"


def _owner(folder: Path) -> str:
    """Give the account that made a run; empty where that is not known."""
    try:
        return (folder / approval.MANIFEST).owner()
    except (NotImplementedError, OSError, KeyError):  # Windows; an account that went
        return ""


def _request_differs(folder: Path, run_id: str) -> list[str]:
    """Tell that the request in params/ is another by now: the run is approved."""
    path = requests_by_id(ROOT / "params").get(run_id)
    if path is None:
        return []
    try:
        same = load(path).completed() == _request(folder)
    except KitError:
        same = False
    said = "is no longer the request of this run; it is the run that is approved"
    return [] if same else [f"{shown(path)}: {said}"]
