"""Where data about people lie in outputs/, and which should have been destroyed.

Every command asks, so this reads with the standard library alone, fails on nothing
that it finds and parses no YAML: two keys of a request are enough.
"""

import os
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from helpers.files import (
    NO_END,
    REQUESTS,
    SHARED,
    destroy_command,
    request_id,
    requests_by_id,
    shown,
    text_of,
)

#: a run by its name, a draft, an attempt, a run that is being replaced
NAME = re.compile(r"\.?([a-z0-9][a-z0-9-]*)(\.draft|\.part|\.old)?")
#: the last day of a request whose day cannot be read: before all others
UNKNOWN = date.min
#: folders of outputs/ that hold aggregates alone
NO_RUNS = ("sample", "published")
#: where a run or a draft keeps its own request
OWN_REQUESTS = ("audit/request.yml", "restricted/request.yml")


@dataclass(frozen=True)
class Holding:
    """A folder of outputs/ that belongs to a request, and that request's file."""

    folder: Path
    run_id: str
    request: Path | None  # its own, else the one in params/ with its id
    finished: bool  # a run by its name; the others go as a whole
    shared: bool = False  # with other requests on the same extract


def holdings(outputs: Path, params: Path) -> list[Holding]:
    """Give every run, draft and attempt in an outputs folder, in the order of names.

    Then what requests on the same extract share, once for each of them.
    """
    try:
        folders = sorted(path for path in outputs.iterdir() if _is_folder(path))
    except OSError:
        return []
    by_id: dict[str, Path] | None = None
    found = []
    for folder in folders:
        name = NAME.fullmatch(folder.name)
        own = next((p for p in (folder / o for o in OWN_REQUESTS) if _is_file(p)), None)
        marked = own or os.path.lexists(folder / "restricted")
        if folder.name in NO_RUNS or not (marked or name and name[2]):
            continue
        run_id = (own and request_id(own)) or (name[1] if name else folder.name)
        request = own
        if request is None:
            by_id = requests_by_id(params) if by_id is None else by_id
            request = by_id.get(run_id)
        whole = not (name and name[2]) and _is_folder(folder / "audit")
        found.append(Holding(folder, run_id, request, whole))
    return found + [
        Holding(folder, run_id, None, finished=False, shared=True)
        for folder, days in shared(outputs).items()
        for run_id in days
    ]


def shared(outputs: Path) -> dict[Path, dict[str, date | None]]:
    """Give each folder that requests share, with the last day of each; None: no end.

    UNKNOWN where nothing can be read of it, as after the machine failed.
    """
    place, found = outputs / SHARED, {}
    for folder in _folders(place):
        users = folder / REQUESTS
        files = sorted(users.glob("[a-z0-9]*")) if users in _folders(folder) else []
        found[folder] = {file.name: _last_day(text_of(file)) for file in files}
    return found


def _folders(place: Path) -> list[Path]:
    """Give the folders in a place, in order; no link is followed."""
    try:
        inside = sorted(place.iterdir()) if not place.is_symlink() else []
    except OSError:
        return []
    return [path for path in inside if _is_folder(path) and not path.is_symlink()]


def overdue(outputs: Path, params: Path, today: date | None = None) -> list[str]:
    """Give a line for each run, draft or attempt whose data are held past `destroy_by`.

    `params` is the folder of requests: a draft may have none of its own.
    """
    today = today or date.today()
    lines = []
    for held in holdings(outputs, params):
        if held.shared:
            continue
        day = held.request and destroy_by(held.request)
        if not day or day >= today or not _holds_files(held.folder / "restricted"):
            continue
        lines.append(
            f"{shown(held.folder)}: its data should have been destroyed by {day}; "
            f"run {destroy_command(held.run_id, outputs)}"
        )
    return lines + _outlived(outputs, today)


def _outlived(outputs: Path, today: date) -> list[str]:
    """Give a line for each shared folder that none of its requests may hold any more.

    As after a run that was deleted by hand.
    """
    lines = []
    for folder, days in shared(outputs).items():
        last = max(filter(None, days.values()), default=None)
        if not days and _holds_files(folder):
            lines.append(
                f"{shown(folder)}: holds records and tells no request that may; "
                "delete it"
            )
        elif last and None not in days.values() and last < today:
            latest = next(name for name, day in days.items() if day == last)
            told = f"its data should have been destroyed by {last}"
            if last == UNKNOWN:
                told = "its data may be held until a day that cannot be read"
            command = destroy_command(latest, outputs)
            lines.append(f"{shown(folder)}: {told}; run {command}")
    return lines


def destroy_by(request: Path) -> date | None:
    """Give the last day on which a request's data may be held; None for open data."""
    pattern = r"^(?:[^#\n]*[ {,])?destroy_by: *[\"']?(\d{4}-\d\d-\d\d)\b"
    found = re.search(pattern, text_of(request), re.MULTILINE)
    return _day(found[1]) if found else None


def _last_day(text: str) -> date | None:
    """Give the day of a request among what is shared; what is no day is UNKNOWN."""
    return None if text == NO_END else _day(text) or UNKNOWN


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # nobody but its owner may look into it
        return False


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _holds_files(folder: Path) -> bool:
    """Tell whether any file lies in a folder; stops at the first."""
    return any(files for _, _, files in os.walk(folder))
