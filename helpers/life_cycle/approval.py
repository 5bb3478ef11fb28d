"""Whether what would leave is what a person approved, byte for byte.

The ledger has the hash of every file that was approved. Once one of them changed the
approval is void, even if the byte comes back: only a new one counts.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.errors import RequestError
from helpers.files import ROOT, sha256, shown, typed
from helpers.life_cycle.certificate import files_below
from helpers.runs import whole
from helpers.runs.written import ledger

#: the events of the ledger that this module reads, and the last of them writes
APPROVED, NOT_APPROVED = "approved", "not approved"
REVOKED = "approval revoked"
#: of audit/, what is approved with the files that leave
MANIFEST = "audit/manifest.json"
AUDIT = (MANIFEST, "audit/checks.csv", "audit/disclosure.csv", "audit/request.yml")
#: what a person looked through; `destroy` takes it away
REVIEWERS = "restricted/report-reviewers.html"
#: changed files that a line names; the ledger has all of them
NAMED = 12


@dataclass(frozen=True)
class Approval:
    """Who approved a run, when, from which account, which edition and which files."""

    name: str
    at: str
    account: str
    edition: int
    files: dict[str, str]  # path below the run's folder: SHA-256


def files(folder: Path) -> dict[str, str]:
    """Give every file of a finished run that is approved, with its SHA-256.

    These are report.html, all below release/, and of audit/ the manifest, the request,
    the checks and the decisions on disclosure. Raises RequestError, a line each, for a
    symbolic link and for a file that the manifest has not or that is not there.
    """
    if folder.is_symlink():
        raise RequestError(
            f"{shown(folder)}: is a symbolic link; put the run itself in its place"
        )
    present = dict(_present(folder))
    written = (whole.finished(folder) or {}).get("outputs", {})
    leaves = {
        n for n, out in written.items() if out["class"] in ("published", "release")
    }
    known = {*leaves, *AUDIT}
    problems = [
        f"{shown(folder / name)}: is a symbolic link; only what a run wrote is approved"
        for name, sha in present.items()
        if sha is None
    ]
    problems += [
        f"{shown(folder / name)}: the manifest has no such file; take it out"
        for name, sha in present.items()
        if sha is not None and name not in known
    ]
    problems += [
        f"{shown(folder / name)}: is not there; run the request again with --overwrite"
        for name in sorted(known - set(present))
    ]
    if problems:
        raise RequestError(problems)
    return {name: sha for name, sha in sorted(present.items()) if sha is not None}


def standing(outputs: Path, run_id: str) -> Approval:
    """Give the approval of a run, where nothing changed since it was given.

    Raises RequestError, one line with what to do, for a run that nobody approved, and
    for one of which a file was changed, removed or added: that is recorded first, and
    the approval is void from then on.
    """
    line = _last(outputs, run_id)
    again = f"python3 -m helpers approve {run_id} --by NAME{_where(outputs)}"
    if line is None:
        raise RequestError(f"{run_id}: nobody approved it; {again}")
    day = line["at"][:10]
    if line["event"] == NOT_APPROVED:
        raise RequestError(
            f"{run_id}: {line['name']} did not approve it on {day} "
            f"({line['part']}); mend that, then {again}"
        )
    if line["event"] == REVOKED:
        raise RequestError(
            f"{run_id}: its approval is void since {day}, when "
            f"{_named(line['files'])} was not as approved; look through it again: "
            f"{again}"
        )
    changed = _changed(outputs / run_id, line)
    if changed:
        ledger.record(outputs, REVOKED, run_id, files=changed)
        raise RequestError(
            f"{run_id}: not as {line['name']} approved it on {day}, so the approval is "
            f"void: {_named(changed)}; look through it again: {again}"
        )
    return Approval(
        line["name"], line["at"], line["by"], line["edition"], line["files"]
    )


def _present(folder: Path) -> Iterator[tuple[str, str | None]]:
    """Give each file there is of those that are approved; None for a link's hash."""
    paths = [folder / "report.html", *files_below(folder / "release")]
    paths += [folder / name for name in AUDIT]
    for path in paths:
        above = [folder, *(folder / up for up in path.relative_to(folder).parents)]
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or any(up.is_symlink() for up in above):
            yield name, None
        elif path.is_file():
            yield name, sha256(path)
        elif os.path.lexists(path):  # a pipe, a device
            yield name, None


def _last(outputs: Path, run_id: str) -> dict[str, Any] | None:
    """Give the last line of the ledger on whether a run is approved."""
    words = (APPROVED, NOT_APPROVED, REVOKED)
    own = [line for line in ledger.lines(outputs) if line["id"] == run_id]
    return next((line for line in reversed(own) if line["event"] in words), None)


def _changed(folder: Path, line: dict[str, Any]) -> dict[str, str | None]:
    """Give what is not as approved with its hash now, None where there is no file."""
    present: dict[str, str | None] = dict(_present(folder))
    changed = {
        name: present.get(name)
        for name in sorted({*present, *line["files"]})
        if present.get(name) != line["files"].get(name) or name not in line["files"]
    }
    copy = folder / REVIEWERS
    # gone after `destroy`
    if copy.is_file() and sha256(copy) != line.get("reviewers"):
        changed[REVIEWERS] = sha256(copy)
    return changed


def _named(changed: dict[str, Any]) -> str:
    """Name changed files, the first of many."""
    names = list(changed)
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} others" if more > 0 else "")


def _where(outputs: Path) -> str:
    return "" if outputs == ROOT / "outputs" else f" --outputs {typed(outputs)}"
