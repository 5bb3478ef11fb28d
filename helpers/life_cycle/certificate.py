"""The certificate of destruction: what was deleted, and what the operator must."""

import json
import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from helpers import files
from helpers.files import ROOT, sha256
from helpers.life_cycle.holdings import Holding, destroy_by
from helpers.request.sharing import COLLECTIONS
from helpers.request.whole.common import ALONE
from helpers.runs import whole

#: keys of a request that name files about people
INPUTS = ("submission", "extract", "decisions", "cohort")

SAID = """\
Deleting takes files out of their folders and overwrites nothing. What was in them may
be read back for a time from free space of the disk; from the journal of the file
system, or older versions where it copies on write; from an SSD, which moves data as it
wears and keeps the old blocks; from snapshots, swap and hibernation files; and from
backups and synchronised folders. Overwriting the files would not reach these. What
does: keep the outputs folder, swap and temporary folders on an encrypted disk and,
when the work is done, destroy its key, or have the disk destroyed; and delete the
snapshots and backups. The kit knows nothing of copies elsewhere: e-mail, notebooks
saved under another name."""
#: the same in a line, for the terminal
IN_BRIEF = (
    "Deleting overwrites nothing: a journal, an SSD's spare blocks, snapshots, swap "
    "and backups may keep what was in the files. On an encrypted disk, destroying its "
    "key ends that; the certificate says more."
)


# the file ----------------------------------------------------------------------------


def read(path: Path) -> dict[str, Any]:
    """Give a certificate as it was left; empty where there is none."""
    try:
        done = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):  # none yet, or cut short by hand
        return {}
    return done if _is_certificate(done) else {}


def _is_certificate(done: Any) -> bool:
    """Tell whether a file has what a certificate has: it may have been edited."""
    if not isinstance(done, dict):
        return False
    said = all(isinstance(done.get(name), str) for name in ("status", "by", "at"))
    return said and all(
        isinstance(done.get(listed), list)
        and all(
            isinstance(item, dict)
            and {"sha256", what} <= item.keys()
            and isinstance(item.get("file"), str)
            for item in done[listed]
        )
        for listed, what in (("files", "class"), ("inputs", "input"))
    )


def write(path: Path, done: dict[str, Any]) -> None:
    """Write the certificate for programs; only one that is complete gets a page."""
    files.write(
        path, json.dumps(done, indent=1, ensure_ascii=False) + "\n", closed=True
    )


def begin(path: Path, done: dict[str, Any]) -> None:
    """Write what is about to be deleted; until that is done no page says so."""
    path.with_suffix(".txt").unlink(missing_ok=True)
    write(path, done)


def complete(path: Path, done: dict[str, Any]) -> None:
    """Look for the inputs once more, and write both the certificate and its page."""
    for item in done["inputs"]:
        item["still_exists"] = os.path.lexists(item["file"])
    done["inputs_looked_for_at"] = now()
    write(path, done)
    page = "\n".join(_page(done)) + "\n"
    files.write(path.with_suffix(".txt"), page, closed=True)


def now() -> str:
    """Give the time, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


# what it holds -----------------------------------------------------------------------


def described(
    found: list[Path], held: list[Holding], outputs: Path
) -> list[dict[str, Any]]:
    """Name, class and hash of each file, as it is before it is deleted."""
    classes = {}
    for holding in held:
        written = (whole.finished(holding.folder) or {}).get("outputs", {})
        for name, output in written.items():
            classes[holding.folder / name] = output["class"]
    return [
        {
            "file": path.relative_to(outputs).as_posix(),
            "class": classes.get(path, _class(path.relative_to(outputs))),
            "sha256": None if path.is_symlink() else _sha256(path),
            **_other_names(path),
        }
        for path in found
    ]


def _other_names(path: Path) -> dict[str, int]:
    """Tell how many other names (hard links) a file has, which keep what is in it."""
    about = path.lstat()
    names = about.st_nlink - 1 if stat.S_ISREG(about.st_mode) else 0
    return {"other_names": names} if names else {}


def gone(done: dict[str, Any], outputs: Path) -> list[dict[str, Any]]:
    """Tell what an earlier certificate has that is there no longer.

    A destroy that was killed, or a person after it, deleted files without a time.
    """
    return [
        {"destroyed_at": now()} | file
        for file in done.get("files", [])
        if "destroyed_at" in file or not os.path.lexists(outputs / file["file"])
    ]


def _class(path: Path) -> str:
    """Give the class of a file that no manifest has, by the folder it lies in."""
    if path.parts[0] == files.SHARED:
        return "restricted"
    above = path.parts[1] if len(path.parts) > 2 else ""
    return above if above in ("restricted", "release", "audit") else "not declared"


def inputs(held: list[Holding], listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the files that requests name, with the hashes under which a run read them.

    `listed` are those that an earlier certificate has.
    """
    found = {item["file"]: item for item in listed}
    read_as = {}
    for holding in held:
        manifest = whole.finished(holding.folder) or {}
        for name, sha in manifest.get("inputs", {}).items():
            read_as[Path(os.path.abspath(ROOT / name))] = sha
    for holding in held:
        request = _request(holding)
        named, approved = request.get("inputs"), _approved(request)
        for key in INPUTS:
            value = named.get(key) if isinstance(named, dict) else None
            if not isinstance(value, str):
                continue
            place = Path(os.path.abspath(ROOT / value))
            then = [path for path in read_as if path.is_relative_to(place)]
            there = files_below(place) if place.is_dir() else [place]
            for path in sorted({*then, *there}):
                # a table that no run may open is not opened to be listed either
                closed = place.is_dir() and path.stem not in approved
                sha = read_as.get(path) or (None if closed else _sha256(path))
                item = {"input": key, "file": str(path), "sha256": sha}
                found.setdefault(str(path), item)
    return list(found.values())


def led_to(found: list[Path], held: list[Holding]) -> list[dict[str, Any]]:
    """Give what links lead to outside the folders, which is not deleted."""
    ours = [h.folder.resolve() for h in held if not h.folder.is_symlink()]
    links = [(path, path.resolve()) for path in found if path.is_symlink()]
    return [
        {"input": f"linked from {path.name}", "file": str(target), "sha256": None}
        for path, target in links
        if not any(target.is_relative_to(folder) for folder in ours)
    ]


def of_nobody(held: list[Holding]) -> bool:
    """Tell whether every request of these folders summarises published results."""
    return all(_request(holding).get("stages") == list(ALONE) for holding in held)


def last_day(held: list[Holding]) -> str | None:
    """Give the earliest `destroy_by` of a request's folders; None for open data."""
    days = [day for h in held if h.request and (day := destroy_by(h.request))]
    return min(days).isoformat() if days else None


def files_below(folder: Path) -> Iterator[Path]:
    """Give every file and link below a folder; a link is never followed."""
    if folder.is_symlink():
        yield folder
        return
    if not folder.exists():
        return
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            yield from files_below(Path(entry.path))
        else:
            yield Path(entry.path)


def _approved(request: dict[str, Any]) -> set[str]:
    """Give the tables of the extract that a request says may be opened."""
    sharing = request.get("data_sharing")
    sources = sharing.get("sources") if isinstance(sharing, dict) else None
    lines = sources if isinstance(sources, list) else []
    named = [str(line.get("table")) for line in lines if isinstance(line, dict)]
    return {table for name in named for table in COLLECTIONS.get(name, (name,))}


def _request(holding: Holding) -> dict[str, Any]:
    """Give a request as written: one whose `destroy_by` is past no longer loads."""
    if holding.request is None:
        return {}
    try:
        content = yaml.safe_load(holding.request.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError):
        return {}
    inner = content.get("request") if isinstance(content, dict) else None
    return inner if isinstance(inner, dict) else {}


def _sha256(path: Path) -> str | None:
    """Give the hash of a file; None for a pipe, a device and what cannot be read."""
    try:
        return sha256(path) if path.is_file() else None
    except OSError:
        return None


# for a person to read ----------------------------------------------------------------


def still_there(done: dict[str, Any]) -> list[str]:
    """Give a line for each file and input that the operator has yet to destroy."""
    named = [
        f"Still there under {_names(file)}, for you to find and destroy: what was in "
        f"{file['file']}"
        for file in done["files"]
        if file.get("other_names")
    ]
    return named + [
        f"Still there, for you to destroy: {item['file']} ({item['input']})"
        for item in done["inputs"]
        if item["still_exists"]
    ]


def _names(file: dict[str, Any]) -> str:
    number = file["other_names"]
    return "another name" if number == 1 else f"{number} other names"


def _page(done: dict[str, Any]) -> list[str]:
    day = done["destroy_by"] or "no day was found, as for open data"
    lines = [
        f"Certificate of destruction: {done['id']}",
        "",
        f"Destroyed by {done['by']}, completed {done['at']}. To be done by: {day}.",
        *SAID.splitlines(),
        "",
        f"{len(done['files'])} files destroyed: class, SHA-256, when, name",
    ]
    for file in done["files"]:
        sha = file["sha256"] or "a link, no plain file, or not readable"
        what = f"{file['class']}  {sha}  {file['destroyed_at']}  {file['file']}"
        if file.get("other_names"):
            what += f"  STILL THERE under {_names(file)} (hard links)"
        lines.append(f"  {what}")
    lines += ["", "Inputs, which the operator destroys: SHA-256, key, name"]
    for item in done["inputs"]:
        there = "STILL EXISTS" if item["still_exists"] else "no longer exists"
        sha = item["sha256"] or "hash not known"
        lines.append(f"  {sha}  {item['input']}: {item['file']}  {there}")
    if not done["inputs"]:
        lines.append(
            "  none: the people were made up, there were none, or no request was found"
        )
    return [*lines, f"Inputs looked for: {done['inputs_looked_for_at']}."]
