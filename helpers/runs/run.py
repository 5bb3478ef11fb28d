"""One run's folder: what a stage reads, writes, registers and checks."""

import csv
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from helpers.jupyter.shell import errors_without_words, executing, plain_errors
from helpers.publication.cells import Cell, Sum, as_frame, by_ref, read_cells
from helpers.publication.tables import Captioned
from helpers.request import ROOT, Request, RequestError, load
from helpers.runs import safe_places, stage_files, whole
from helpers.runs.whole import sha256
from helpers.set_up.process import other_copy

STAGES = ("intake", "matching", "outcomes", "charts")

Sensitivity = Literal["restricted", "release", "audit", "published"]

#: where a file of each class lies; only `published` and `release` may leave
FOLDERS = {
    "restricted": "restricted",
    "release": "release",
    "audit": "audit",
    "published": ".",
}


class CheckFailed(RequestError):
    """A gate did not hold: there is no report."""


def private(path: Path) -> None:
    """Keep a file or folder from every other account of the machine."""
    path.chmod(0o700 if path.is_dir() else 0o600)


@dataclass
class Run:
    """A stage at work in a run's folder, or in an analyst's draft.

    `changes` are the settings tried in a draft, those of earlier stages included.
    """

    request: Request
    stage: str
    folder: Path
    draft: bool = False
    changes: dict[str, Any] = field(default_factory=dict)
    registered: list[Cell] = field(default_factory=list, repr=False)
    made_in: dict[str, int] = field(default_factory=dict, repr=False)
    sums: list[Sum] = field(default_factory=list, repr=False)
    matching_changed: bool = False  # since the outcomes were first opened
    outputs: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)
    inputs: dict[str, str] = field(default_factory=dict, repr=False)

    # files -----------------------------------------------------------------

    def path(self, name: str, sensitivity: Sensitivity) -> Path:
        """Where a file of a sensitivity class lies in this run."""
        if sensitivity not in FOLDERS:
            classes = ", ".join(FOLDERS)
            raise RequestError(
                f"{name}: sensitivity must be one of {classes}; found {sensitivity!r}"
            )
        if self.draft and sensitivity != "restricted":
            raise RequestError(
                f"{name}: a draft writes restricted files only; found {sensitivity!r}"
            )
        if Path(name).is_absolute() or ".." in Path(name).parts:
            raise RequestError(
                f"{name}: must lie in the folder of its class; write for example "
                "data/mine.csv"
            )
        return self.folder / FOLDERS[sensitivity] / name

    def write(self, name: str, data: Any, *, sensitivity: Sensitivity) -> Path:
        """Write a file of the run in the class that was declared for it."""
        path = self.path(name, sensitivity)
        for folder in reversed(path.relative_to(self.folder).parents):
            (self.folder / folder).mkdir(exist_ok=True)
            if sensitivity in ("restricted", "audit") and str(folder) != ".":
                private(self.folder / folder)
        partial = path.with_name(path.name + ".writing")
        partial.write_bytes(_bytes(name, data))
        if sensitivity in ("restricted", "audit"):
            private(partial)
        os.replace(partial, path)
        self.declare(path, sensitivity)
        return path

    def declare(self, path: Path, sensitivity: Sensitivity) -> None:
        """Record the class of a file that another program wrote into the run."""
        name = path.relative_to(self.folder).as_posix()
        self.outputs[name] = {"class": sensitivity, "sha256": sha256(path)}

    def read(self, name: str) -> pd.DataFrame:
        """Read a table of restricted/data that an earlier stage wrote."""
        if stage_files.holds_outcomes(name) and self.stage == "matching":
            raise RequestError(
                f"{name}: outcomes stay sealed until the matching is settled; "
                "open them in 03_outcomes"
            )
        path = stage_files.find(self, name)
        self.inputs[name] = sha256(path)
        return pd.read_parquet(path)

    def open_outcomes(self) -> pd.DataFrame:
        """Open the outcomes; the ledger records on which matching."""
        matching = sha256(stage_files.find(self, "matched.parquet"))
        unchanged = whole.matching_unchanged(
            self.folder.parent, self.request.id, matching
        )
        self.matching_changed = not unchanged
        self.check(
            "matching is as it was when the outcomes were first opened",
            expected="unchanged",
            found="unchanged" if unchanged else "changed afterwards",
            passed=unchanged,
        )
        return self.read("outcomes.parquet")

    # numbers ---------------------------------------------------------------

    def register(self, cells: Iterable[Cell], sums: Iterable[Sum] = ()) -> None:
        """Register numbers that could be published; running a cell again is fine."""
        new = by_ref(cells)
        known = {cell.ref: cell for cell in self.registered} | new
        self.made_in |= dict.fromkeys(new, executing())
        self.registered = list(known.values())
        self.sums = list(dict.fromkeys([*self.sums, *sums]))

    @property
    def cells(self) -> dict[str, Cell]:
        """Every cell that this stage may show: its own and those of earlier stages."""
        found: dict[str, Cell] = {}
        for stage in STAGES[: STAGES.index(self.stage)]:
            found |= by_ref(
                read_cells(stage_files.find(self, f"cells_{stage}.parquet"))
            )
        return found | by_ref(self.registered)

    # checks ----------------------------------------------------------------

    def check(
        self, name: str, *, expected: Any, found: Any, passed: bool, gate: bool = False
    ) -> Literal["pass", "warn", "fail"]:
        """Record a check; a gate that fails stops the report, others only warn.

        `expected` and `found` are aggregates or rules, never a person's value.
        """
        verdict = "pass" if passed else "fail" if gate else "warn"
        if not self.draft:
            path = self.path("checks.csv", "audit")
            path.parent.mkdir(exist_ok=True)
            private(path.parent)
            new = not path.exists()
            with path.open("a", newline="", encoding="utf-8") as file:
                writer = csv.writer(file, lineterminator="\n")
                if new:
                    writer.writerow(["stage", "check", "expected", "found", "result"])
                writer.writerow([self.stage, name, expected, found, verdict])
            private(path)
        if verdict == "fail":
            raise CheckFailed(
                f"{self.request.source}: {name}: expected {expected}; found {found}"
            )
        return verdict

    # display ---------------------------------------------------------------

    def show(self, frame: pd.DataFrame, caption: str, decimals: int = 3) -> Captioned:
        """A small captioned table for the analyst; it is never published."""
        return Captioned(frame, caption, self.banner, decimals)

    @property
    def banner(self) -> str:
        """What a draft says on every output; empty in a run of the driver."""
        if not self.draft:
            return ""
        tried = ", ".join(f"{key} = {value}" for key, value in self.changes.items())
        return f"DRAFT, not for publication. Changed: {tried or 'nothing'}."

    def save(self) -> str:
        """Write the stage's cells and its stamp; the stage is then complete."""
        frame = as_frame(self.registered, self.made_in)
        self.write(f"data/cells_{self.stage}.parquet", frame, sensitivity="restricted")
        sums = [{"total": s.total, "parts": list(s.parts)} for s in self.sums]
        self.write(f"data/sums_{self.stage}.json", sums, sensitivity="restricted")
        stage_files.stamp(self)
        return f"{self.stage}: saved. {self.banner}".strip()


def _bytes(name: str, data: Any) -> bytes:
    if isinstance(data, pd.DataFrame):
        if name.endswith(".parquet"):
            return data.to_parquet(index=False)
        return data.to_csv(index=False, lineterminator="\n").encode()
    if isinstance(data, bytes):
        return data
    if isinstance(data, str):
        return data.encode()
    return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode()


def open_run(
    stage: str,
    request: str | dict | None = None,
    run_dir: str | None = None,
    changes: dict[str, Any] | None = None,
) -> Run:
    """Open a stage's run for a notebook: the driver's folder, or a draft.

    `request` is a path or the request itself; None takes `JDL_REQUEST`, else the
    example. `run_dir` None works in the draft `outputs/<id>.draft`. `changes` are
    settings to try, for example `{"matching.caliper": 0.02}`; drafts only.
    """
    plain_errors()
    if stage not in STAGES:
        raise RequestError(f"stage must be one of {', '.join(STAGES)}; found {stage!r}")
    base = load(request)
    folder = Path(run_dir) if run_dir else ROOT / "outputs" / f"{base.id}.draft"
    if folder.name == f".{base.id}.part":
        if changes:
            raise RequestError(
                f"{base.source}: changes are for drafts; put them into the request"
            )
        errors_without_words()
        return Run(base, stage, folder)
    other = other_copy(Path.cwd())
    if other:
        raise RequestError(
            f"this notebook lies in {other}, but Python found the helpers of {ROOT}; "
            "open it with python3 -m helpers lab, or start papermill in that folder"
        )
    if (folder / "audit" / "manifest.json").exists():
        raise RequestError(
            f"{folder}: is a finished run; leave run_dir out to work in a draft"
        )
    safe_places.refuse_inputs(base)
    safe_places.refuse_outputs(base, folder, "run_dir")
    return stage_files.open_draft(Run, base, stage, folder, changes or {}, request)
