"""Where what requests share lies: a folder for each extract, whole or not there.

Its name is a hash of all that it is made from, so that what is there is never out of
date; a request that may open other tables has another folder.
"""

import hashlib
import importlib.metadata
import json
import os
import shutil
import threading
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from helpers import files
from helpers.errors import DataError
from helpers.files import REQUESTS, sha256, shown
from helpers.intake.records import profile
from helpers.intake.records.tables import ENDINGS
from helpers.request.engine import SPARK, Engine

#: what is in a folder: its files and their hashes, and the profile of its tables
CONTENTS = "contents.json"
#: packages whose version may change what is written
PACKAGES = ("duckdb", "ibis-framework", "pyarrow")
#: the code of the records, and what of other code decides what is written
CODE = Path(__file__).resolve().parents[1]
BESIDE = ("intake/separators.py", "request/measures/standard.py")
#: seconds for which nothing is said of waiting
SILENT = 5


@dataclass(frozen=True)
class Shared:
    """The folder of what requests share, and the request that asks.

    Attributes
    ----------
    folder
        `.shared` in the folder of runs.
    request
        Its id, by which what it used is destroyed with its run.
    destroy_by
        The last day on which it may hold data about people; None for open data.
    """

    folder: Path
    request: str
    destroy_by: date | None

    def used(self, name: str) -> Path:
        """Give the folder of an extract, in which this request stands from now on."""
        place = self.folder / name
        day = str(self.destroy_by or files.NO_END)
        files.private_folder(place / REQUESTS)
        files.write(place / REQUESTS / self.request, day, closed=True)
        return place

    def tidied(self, name: str) -> None:
        """Take this request out of other folders, and what nobody uses any more away.

        So is the folder of an extract or a kit that has changed since.
        """
        for own in self.folder.glob(f"*/{REQUESTS}/{self.request}"):
            folder = own.parents[1]
            if folder.name == name or folder.is_symlink():
                continue
            with files.locked(files.in_use(folder)) as ours:
                if ours:
                    own.unlink(missing_ok=True)
                if ours and not any((folder / REQUESTS).iterdir()):
                    shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def building(self, name: str) -> Iterator[Path]:
        """Give a folder to build in; it is put in its place when all in it is written.

        What a build that was killed has left goes first. Nothing is left of one that
        failed.
        """
        part = self.folder / f"{name}.part"
        for left in (part, self.folder / name):
            shutil.rmtree(left, ignore_errors=True)
        files.private_folder(part)
        try:
            self.used(part.name)
            yield part
            for path in part.rglob("*"):
                files.private(path)
            os.rename(part, self.folder / name)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise

    def in_use(self, name: str) -> ExitStack:
        """Keep the folder of an extract from being destroyed, until this is left."""
        self._refuse_links(name)
        files.private_folder(self.folder)
        held = ExitStack()
        lock = files.in_use(self.folder / name)
        with _told(
            "what requests on the same extract share is being destroyed; this one "
            "waits, and then works it out again"
        ):
            held.enter_context(files.locked(lock, wait=True, together=True))
        return held

    @contextmanager
    def turn(self, name: str) -> Iterator[None]:
        """Wait until no other process builds the same folder, and keep others off."""
        with ExitStack() as ours:
            with _told(
                "another request works out what all on the same extract share; this "
                "one waits for it"
            ):
                ours.enter_context(files.locked(self._building(name), wait=True))
            yield

    def _building(self, name: str) -> Path:
        return self.folder / f".{name}.building.lock"

    def _refuse_links(self, name: str) -> None:
        """Refuse what stands in the place of a folder or file and leads elsewhere."""
        place, part = self.folder / name, self.folder / f"{name}.part"
        for path in (self.folder, place, place / REQUESTS, part):
            if os.path.lexists(path) and (path.is_symlink() or not path.is_dir()):
                raise DataError(
                    f"{shown(path)}: is a link or a file, and what requests on the "
                    "same extract share lies there; take it away"
                )
        for path in (files.in_use(place), self._building(name)):
            if os.path.lexists(path) and not files.is_plain(path):
                raise DataError(
                    f"{shown(path)}: is a link or a folder, and tells whether what "
                    "requests on the same extract share is in use; take it away"
                )


@contextmanager
def _told(why: str) -> Iterator[None]:
    """Say once why this waits, if it does so for a while."""
    timer = threading.Timer(SILENT, print, [why], {"flush": True})
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def name_of(
    extract: Path,
    approved: Collection[str],
    looking: profile.Looking,
    engine: Engine,
) -> str:
    """Give the name of an extract's folder: one hash of all that it is made from.

    The bytes of the tables that may be opened and their names, how they are looked at,
    the engine and the code. Files of other tables are not opened to be hashed.
    """
    tables = [
        extract / f"{table}{end}" for table in sorted(approved) for end in ENDINGS
    ]
    kit = CODE.parents[1]
    code = sorted([*CODE.rglob("*.py"), *(kit / name for name in BESIDE)])
    made_from = [
        sorted(approved),
        [(path.name, sha256(path)) for path in tables if path.is_file()],
        [str(value) for value in asdict(looking).values()],
        [engine.name, *_versions(engine)],
        [(path.relative_to(kit).as_posix(), sha256(path)) for path in code],
    ]
    return hashlib.sha256(json.dumps(made_from).encode()).hexdigest()[:32]


def _versions(engine: Engine) -> list[str]:
    """Give the versions of what writes; of Spark none if it is not there to be used."""
    found = [importlib.metadata.version(name) for name in PACKAGES]
    if engine.name == SPARK:
        with suppress(importlib.metadata.PackageNotFoundError):
            found.append(importlib.metadata.version("pyspark"))
    return found


def write_contents(part: Path, told: dict[str, Any]) -> None:
    """Write what was told of the tables, and the hash of every file, last of all."""
    contents = {"files": _hashes(part, told), "profile": told}
    files.write(part / CONTENTS, json.dumps(contents, indent=1), closed=True)


def contents(place: Path) -> dict[str, Any] | None:
    """Give what was told of the tables; None unless every file is as it was written.

    Nor is it where a link lies among them: what it leads to has no hash.
    """
    if any(path.is_symlink() for path in place.rglob("*")):
        return None
    try:
        held = json.loads((place / CONTENTS).read_text(encoding="utf-8"))
        told = held["profile"]
        return told if held["files"] == _hashes(place, told) else None
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def _hashes(place: Path, told: Any) -> dict[str, str]:
    """Give the hash of each file, and by the name of the contents that of `told`."""
    hashes = {
        path.relative_to(place).as_posix(): sha256(path)
        for path in sorted(place.rglob("*"))
        if files.is_plain(path) and place / REQUESTS not in path.parents
    }
    text = json.dumps(told, sort_keys=True)
    return hashes | {CONTENTS: hashlib.sha256(text.encode()).hexdigest()}
