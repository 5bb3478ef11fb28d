"""The two runs that are compared: which they are, and that both can be.

Only what may be shown to a reviewer is read of them: the manifest, the counts of
audit/, and what was released.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from helpers.errors import KitError, RequestError
from helpers.files import is_plain, sha256, shown
from helpers.life_cycle import approval
from helpers.life_cycle.parts import FOUND, page_numbers
from helpers.life_cycle.refusals import refuse_unfinished
from helpers.request import AnyRequest, load
from helpers.runs import repeat, whole

RESULT, PAGE, PACKAGES = "release/result.json", "report.html", "audit/packages.txt"
CHECKS, DISCLOSURE = "audit/checks.csv", "audit/disclosure.csv"
#: the files of a run that are read; all others are compared by their hashes
READ = (PAGE, RESULT, FOUND, PACKAGES, CHECKS, DISCLOSURE)
DESTROYED = "audit/destroyed.json"


@dataclass(frozen=True)
class Side:
    """One of the two runs: its folder, its manifest and what was released of it."""

    folder: Path
    manifest: dict[str, Any]

    @property
    def name(self) -> str:
        """Its folder as a user writes it."""
        return shown(self.folder)

    @property
    def is_summary(self) -> bool:
        """Whether it summarises published results, and analyses nobody."""
        return whole.is_summary(self.folder)

    @property
    def is_destroyed(self) -> bool:
        """Whether what it held about people was destroyed."""
        return (self.folder / DESTROYED).exists()

    @cached_property
    def request(self) -> AnyRequest | None:
        """Its request as this kit reads it; None for one that it cannot read."""
        try:
            return load(self.manifest["request"])
        except KitError:
            return None

    @cached_property
    def result(self) -> dict[str, Any]:
        """Its main numbers as they were released."""
        return json.loads(self.text(RESULT))

    @cached_property
    def numbers(self) -> dict[str, float]:
        """The numbers of its published page, by their ref."""
        return page_numbers(self.text(PAGE))

    def rows(self, name: str) -> list[dict[str, str]]:
        """Give the rows of one of its tables; none where it has no such table."""
        return list(csv.DictReader(io.StringIO(self.text(name))))

    def text(self, name: str) -> str:
        """Give one of its files; empty where it has none."""
        path = self.folder / name
        return path.read_text(encoding="utf-8") if path.is_file() else ""


def two(first: str, second: str, outputs: Path) -> tuple[Side, Side]:
    """Give two finished runs by their ids in `outputs`, or by their folders.

    Raises RequestError, every problem at once, for what is no finished run, for one
    that is not as it was written, and where the two cannot be compared.
    """
    whole.settle(outputs)
    sides, problems = [], []
    for asked in (first, second):
        try:
            sides.append(_side(asked, outputs))
        except RequestError as error:
            problems += error.problems
    if problems:
        raise RequestError(list(dict.fromkeys(problems)))
    a, b = sides
    if a.folder.resolve() == b.folder.resolve():
        raise RequestError(
            f"{first} and {second}: are one run, {a.name}; name two, such as one kept "
            "in another folder with run --outputs"
        )
    if a.is_summary != b.is_summary:
        summary, other = (a, b) if a.is_summary else (b, a)
        raise RequestError(
            f"{summary.name}: summarises published results and analyses nobody, so it "
            f"cannot be compared with {other.name}, which does; name two of a kind"
        )
    return a, b


def _side(asked: str, outputs: Path) -> Side:
    folder = _folder(asked, outputs)
    manifest = whole.finished(folder)
    if manifest is None:
        raise RequestError(f"{asked}: {_no_run(folder)}")
    lacking = repeat.lacking(manifest)
    if lacking or not repeat.well_formed(manifest):
        what = f"has no {', '.join(lacking)}" if lacking else "is damaged"
        raise RequestError(
            f"{shown(folder / approval.MANIFEST)}: {what} as a run of this version "
            "writes it, so the run cannot be compared; run the request again with "
            "--overwrite"
        )
    if problems := list(_altered(folder, manifest)):
        raise RequestError(problems)
    return Side(folder, manifest)


def _folder(asked: str, outputs: Path) -> Path:
    """Give the folder of a run that is named by its id, or by where it lies."""
    if not re.search(r"[/\\]", asked) and asked not in (".", ".."):
        refuse_unfinished(asked, outputs)
        return outputs / asked
    path = Path(asked).absolute()
    return path.parents[1] if path.parts[-2:] == ("audit", "manifest.json") else path


def _no_run(folder: Path) -> str:
    """Tell why there is no finished run in a folder."""
    if folder.name.endswith(".draft"):
        return "is a draft, which has no report; name a finished run"
    if folder.name.startswith(".") and folder.name.endswith(".part"):
        return "is a run that is being made, or that failed; name a finished run"
    if (folder / PAGE).is_file() and (folder.parents[1].name == "published"):
        return (
            "is a published edition, which has no audit/ to compare; name the run "
            "that it was published from"
        )
    if not folder.is_dir():
        return "there is no such folder; name that of a finished run, or its id"
    if (folder / approval.MANIFEST).is_file():
        return "its audit/manifest.json is not that of a finished run; run it again"
    return "holds no finished run; name a folder such as outputs/example"


def _altered(folder: Path, manifest: dict[str, Any]) -> Iterator[str]:
    """Give a line for each file that is read and is not as the run wrote it."""
    for name in READ:
        written = manifest["outputs"].get(name)
        path = folder / name
        if written is None and name not in (PAGE, RESULT):
            continue
        if not (written and is_plain(path) and sha256(path) == written["sha256"]):
            yield (
                f"{shown(path)}: is not as the run wrote it; put it back, or run the "
                "request again with --overwrite"
            )
