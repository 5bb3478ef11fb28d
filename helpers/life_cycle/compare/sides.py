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
from helpers.life_cycle.compare import changes
from helpers.life_cycle.parts import FOUND, page_numbers
from helpers.life_cycle.refusals import refuse_unfinished
from helpers.request import AnyRequest, Outcome, load
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
        return changes.seen(shown(self.folder))

    def at(self, name: str) -> str:
        """Give where one of its files lies, as a user writes it."""
        return f"{self.name}/{name}"

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

    @property
    def analyses(self) -> dict[str, dict[str, Any]]:
        """Its analyses as they were released, by name."""
        return {one["name"]: one for one in self.result.get("analyses", [])}

    @property
    def outcomes(self) -> dict[str, Outcome]:
        """Its measures by name; none where this kit cannot read its request."""
        return {one.name: one for one in self.request.outcomes} if self.request else {}

    def asked(self, outcome: str) -> dict[str, Any]:
        """Give what its request says of a measure, whichever version wrote it."""
        every = self.manifest["request"].get("outcomes") or []
        return next((one for one in every if one["name"] == outcome), {})

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
    if any(map(_is_id, (first, second))):
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
            f"{changes.seen(first)} and {changes.seen(second)}: are one run, {a.name}; "
            "name two, such as one kept in another folder with run --outputs"
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
    problem = _unfinished(folder) or ("" if manifest else _no_run(folder))
    if problem or manifest is None:
        raise RequestError(f"{changes.seen(asked)}: {problem}")
    side = Side(folder, manifest)
    lacking = repeat.lacking(manifest)
    if lacking or not repeat.well_formed(manifest):
        what = f"has no {', '.join(lacking)}" if lacking else "is damaged"
        raise RequestError(
            f"{side.at(approval.MANIFEST)}: {what} as a run of this version "
            "writes it, so the run cannot be compared; run the request again with "
            "--overwrite"
        )
    if problems := list(_altered(side)):
        raise RequestError(problems)
    return side


def _is_id(asked: str) -> bool:
    """Tell whether a run is named by its id, and not by its folder."""
    return not re.search(r"[/\\]", asked) and asked not in (".", "..")


def _folder(asked: str, outputs: Path) -> Path:
    """Give the folder of a run that is named by its id, or by where it lies."""
    if _is_id(asked):
        refuse_unfinished(asked, outputs)
        return outputs / asked
    path = Path(asked).absolute()
    return path.parents[1] if path.parts[-2:] == ("audit", "manifest.json") else path


def _unfinished(folder: Path) -> str:
    """Tell that a folder is none of a finished run, whatever it holds, by its name."""
    name = folder.resolve().name
    if name.endswith(".draft"):
        return "is a draft, which has no report; name a finished run"
    if name.startswith(".") and name.endswith(".part"):
        return "is a run that is being made, or that failed; name a finished run"
    return ""


def _no_run(folder: Path) -> str:
    """Tell why there is no finished run in a folder."""
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


def _altered(side: Side) -> Iterator[str]:
    """Give a line for each file that is read and is not as the run wrote it."""
    for name in READ:
        written = side.manifest["outputs"].get(name)
        path = side.folder / name
        if written is None and name not in (PAGE, RESULT):
            continue
        if not (written and is_plain(path) and sha256(path) == written["sha256"]):
            yield (
                f"{side.at(name)}: is not as the run wrote it; put it back, or run the "
                "request again with --overwrite"
            )
