"""One run's folder: what a stage reads, writes, registers and checks."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from helpers import files
from helpers.errors import CheckFailed, RequestError
from helpers.files import sha256
from helpers.jupyter.shell import executing
from helpers.publication import people, refs, rounding
from helpers.publication.cells import Cell, Sum, as_frame, by_ref, read_cells
from helpers.publication.disclosure import rules
from helpers.publication.people import Who
from helpers.publication.tables import Captioned
from helpers.request import AnyRequest, limits
from helpers.runs import safe_places, stage_files, stages
from helpers.runs.stages import STAGES
from helpers.runs.tables import described
from helpers.runs.written import checks, ledger, openings, seal
from helpers.runs.written.contents import as_bytes
from helpers.runs.written.openings import Changed
from helpers.runs.written.seal import Seal

Sensitivity = Literal["restricted", "release", "audit", "published"]

#: where a file of each class lies; only `published` and `release` may leave
FOLDERS = {
    "restricted": "restricted",
    "release": "release",
    "audit": "audit",
    "published": ".",
}


@lru_cache(maxsize=8)
def _cells(path: Path, written: int) -> dict[str, Cell]:
    """Read a stage's cells once, as long as its file stays as it was written."""
    return by_ref(read_cells(path))


@dataclass
class Run:
    """A stage at work in a run's folder, or in an analyst's draft.

    `changes` are the settings tried in a draft, those of earlier stages included;
    `left_out` the analyses that cannot be carried out, and why: `request` is without
    them, `asked` as it was written. `without_result` are headlines that cannot be
    analysed for what intake found, and the reason; `request` is without them too.
    """

    request: AnyRequest
    stage: str
    folder: Path
    draft: bool = False
    changes: dict[str, Any] = field(default_factory=dict)
    registered: list[Cell] = field(default_factory=list, repr=False)
    made_in: dict[str, int] = field(default_factory=dict, repr=False)
    sums: list[Sum] = field(default_factory=list, repr=False)
    who: dict[tuple[str, str, str], Who] = field(default_factory=dict, repr=False)
    left_out: dict[str, list[str]] = field(default_factory=dict, repr=False)
    without_result: dict[str, str] = field(default_factory=dict)
    opened: Changed | None = None  # what is told of earlier openings of the outcomes
    gate_since: list[str] = field(default_factory=list, repr=False)
    outputs: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)
    inputs: dict[str, str] = field(default_factory=dict, repr=False)
    beside: dict[str, str] = field(default_factory=dict)  # releases looked at, hashed
    fingerprint: str = ""  # of a stage of the driver's, as it was when it was opened
    checked: list[list[str]] = field(default_factory=list, repr=False)
    at_work: files.Hold | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self.asked = self.request  # what the files of every stage are held against

    def leave_out(self, analyses: Mapping[str, list[str]]) -> None:
        """Leave analyses out of the request, with why, and numbers told of them."""
        self.left_out |= analyses
        self._keep_all_but(self.left_out)
        theirs = tuple(refs.of(name, "") for name in analyses)
        told = [cell for cell in self.registered if not cell.ref.startswith(theirs)]
        self.registered = told

    def set_apart(self, headlines: Mapping[str, str]) -> None:
        """Set headlines apart that cannot be analysed, with the reason."""
        self.without_result |= headlines
        self._keep_all_but(self.without_result)

    def _keep_all_but(self, names: Collection[str]) -> None:
        kept = tuple(a for a in self.request.analyses if a.name not in names)
        self.request = self.request.model_copy(update={"analyses": kept})

    @property
    def nothing_to_compare(self) -> bool:
        """Whether no headline that was asked for can be analysed."""
        headlines = {a.name for a in self.asked.analyses if a.headline}
        return bool(headlines) and headlines <= set(self.without_result)

    @property
    def several(self) -> bool:
        """Whether a part of the report has to say of which analysis it is."""
        return len(self.asked.analyses) - len(self.left_out) > 1

    @property
    def carried_out(self) -> list[str]:
        """The stages that are asked for, and those alone that such a run needs."""
        asked = self.asked.stages
        if not self.nothing_to_compare:
            return list(asked)
        return [stage for stage in asked if stage not in stages.COMPARING]

    # files -----------------------------------------------------------------

    @property
    def place(self) -> stage_files.Place:
        """Where the tables of earlier stages are looked for."""
        return stage_files.Place(self.folder, self.asked, self.draft)

    def path(self, name: str, sensitivity: Sensitivity) -> Path:
        """Tell where a file of a sensitivity class lies in this run."""
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
        closed = sensitivity in ("restricted", "audit")
        for folder in path.relative_to(self.folder).parents:
            if (self.folder / folder).is_symlink():
                raise RequestError(
                    f"{files.shown(self.folder / folder)}: is a symbolic link, and "
                    "nothing is written beyond one; take it away"
                )
        self.folder.mkdir(exist_ok=True)
        for folder in reversed(path.relative_to(self.folder).parents[:-1]):
            if closed:
                files.private_folder(self.folder / folder)
            else:
                (self.folder / folder).mkdir(exist_ok=True)
        files.write(path, as_bytes(name, data), closed=closed)
        self.declare(path, sensitivity)
        return path

    def declare(self, path: Path, sensitivity: Sensitivity) -> None:
        """Record the class of a file that another program wrote into the run."""
        name = path.relative_to(self.folder).as_posix()
        self.outputs[name] = {"class": sensitivity, "sha256": sha256(path)}

    def read(self, name: str) -> pd.DataFrame:
        """Read a table of restricted/data that an earlier stage wrote.

        `tables` lists them, and `columns` tells what their columns hold.
        """
        self._refuse_sealed(name)
        return pd.read_parquet(self._found(name))

    def _refuse_sealed(self, name: str) -> None:
        """Refuse a table of outcomes that is not opened by reading it."""
        if stages.holds_outcomes(name) and self.stage == "matching":
            raise RequestError(
                f"{name}: outcomes stay sealed until the matching is settled; "
                "open them in 03_outcomes"
            )
        if name == stages.OUTCOMES:
            raise RequestError(
                f"{name}: outcomes are opened by run.open_pool_outcomes() and, once "
                "the design gate stands in the ledger, by run.open_outcomes()"
            )

    @property
    def tables(self) -> pd.DataFrame:
        """The tables that `read` gives here: their rows, and what a row of each is."""
        return described.tables(self.place, self.stage)

    def columns(self, name: str) -> pd.DataFrame:
        """Give the columns of such a table: their types, and what they hold."""
        self._refuse_sealed(name)
        return described.columns(self.place, self.stage, name)

    def _found(self, name: str) -> Path:
        """Find a table of an earlier stage, and note that this stage rests on it."""
        path = stage_files.find(self.place, name)
        self.inputs[name] = sha256(path)
        return path

    # outcomes --------------------------------------------------------------

    @property
    def seal(self) -> Seal:
        """The seal on the outcomes, which knows what is settled as they are opened."""
        if self.stage != "outcomes":
            raise RequestError(
                f"{self.asked.source}: outcomes are opened in 03_outcomes; this is "
                f"{stages.NOTEBOOKS[self.stage]}"
            )
        matching = seal.of_matching(self.read(stages.MATCHED))
        hashes = self.read(stages.SEALS).set_index("outcome").T.to_dict("list")
        settings = seal.settings(self.asked)
        outputs = self.folder.parent
        return Seal(outputs, self.request.id, matching, hashes, settings)

    def open_pool_outcomes(self) -> pd.DataFrame:
        """Open the outcomes of the pool alone; the ledger records it."""
        self.seal.open_pool()
        people = self.read(stages.PEOPLE)
        return seal.of_pool(self._found(stages.OUTCOMES), people)

    def pass_gate(self, table: pd.DataFrame) -> None:
        """Put the design gate's table into the ledger, so that outcomes may be opened.

        `table` is what `outcomes.gate.table` gives; a row that warns or fails does not
        keep them sealed: it is told. Raises RequestError where a headline has no row
        of a criterion.
        """
        self._refuse_part_of(table)
        path = self.write("data/gate.parquet", table, sensitivity="restricted")
        self.gate_since = self.seal.pass_gate(table, sha256(path))
        for row in table.itertuples(index=False):
            self.check(
                f"{row.analysis}: design gate, {row.criterion.replace('_', ' ')}",
                expected="passed, or told without a verdict",
                found=row.verdict,
                passed=row.verdict not in ("warning", "failed"),
            )

    def _refuse_part_of(self, table: pd.DataFrame) -> None:
        """Refuse a table of the gate that leaves out what is asked of a headline."""
        told = set(table[["analysis", "criterion"]].itertuples(index=False, name=None))
        problems = [
            f'{self.asked.source}: the design gate has no row {criterion} of "{name}"; '
            "give run.pass_gate what gate.table makes of every headline"
            for name in (one.name for one in self.request.analyses if one.headline)
            for criterion in limits.CRITERIA
            if (name, criterion) not in told
        ]
        if problems:
            raise RequestError(problems)

    def open_outcomes(self) -> pd.DataFrame:
        """Open everyone's outcomes; the ledger records which, and on which matching.

        Raises RequestError where the design gate does not stand in the ledger.
        """
        self.seal.refuse_before_gate(self.asked.source)
        told = ledger.problems(self.folder.parent)
        self.check(
            ledger.CHECK,
            expected=ledger.WHOLE,
            found=ledger.in_brief(told),
            passed=not told,
        )
        self.opened = self.seal.open()
        found = openings.in_brief(self.opened, self.request.id)
        self.check(
            openings.FIRST_OPENED,
            expected=openings.NOT_BEFORE,
            found=found,
            passed=found == openings.NOT_BEFORE,
        )
        return pd.read_parquet(self._found(stages.OUTCOMES))

    @property
    def when_opened(self) -> list[str]:
        """How the outcomes stood as they were opened; every sentence on it has this."""
        held = bool(self.request.inputs.cohort)
        return openings.states(self.opened, self.request.id, held=held)

    @property
    def settled_first(self) -> bool:
        """Whether the matching was settled before the treated people's were opened."""
        return not openings.UNSETTLED & set(self.when_opened)

    # numbers ---------------------------------------------------------------

    def register(
        self,
        cells: Iterable[Cell],
        sums: Iterable[Sum] = (),
        who: Iterable[Who] = (),
    ) -> None:
        """Register numbers that could be published; running a cell again is fine.

        Those about people are rounded here, to what is printed of them; `who` is
        counted in them, for the disclosure decision.
        """
        settings = self.request.disclosure
        profile = rules.profile(settings.profile, settings.threshold)
        counts = self.cells if profile and profile.round_to > 1 else {}
        new = by_ref(rounding.as_registered(by_ref(cells).values(), profile, counts))
        known = {cell.ref: cell for cell in self.registered} | new
        self.made_in |= dict.fromkeys(new, executing())
        self.registered = list(known.values())
        self.sums = list(dict.fromkeys([*self.sums, *sums]))
        self.who |= {(one.analysis, one.kind, one.name): one for one in who}

    @property
    def cells(self) -> dict[str, Cell]:
        """Every cell that this stage may show: its own and those of earlier stages."""
        found: dict[str, Cell] = {}
        before = STAGES[: STAGES.index(self.stage)]
        for stage in (name for name in before if name in self.carried_out):
            path = stage_files.find(self.place, f"cells_{stage}.parquet")
            found |= _cells(path, path.stat().st_mtime_ns)
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
            row = checks.row(self.stage, name, expected, found, verdict)
            self.checked.append(row)
            checks.add(self.path("checks.csv", "audit"), row)
        if verdict == "fail":
            raise CheckFailed(
                f"{self.request.source}: {name}: expected {expected}; found {found}"
            )
        return verdict

    # display ---------------------------------------------------------------

    def show(self, frame: pd.DataFrame, caption: str, decimals: int = 3) -> Captioned:
        """Give a small captioned table for the analyst; it is never published."""
        return Captioned(frame, caption, self.banner, decimals)

    @property
    def banner(self) -> str:
        """What a draft says on every output; empty in a run of the driver."""
        if not self.draft:
            return ""
        tried = ", ".join(f"{key} = {value}" for key, value in self.changes.items())
        return f"DRAFT, not for publication. Changed: {tried or 'nothing'}."

    def save(self) -> str:
        """Write the stage's cells, who is in them, and its stamp; it is complete."""
        frame = as_frame(self.registered, self.made_in)
        self.write(f"data/cells_{self.stage}.parquet", frame, sensitivity="restricted")
        sums = [{"total": s.total, "parts": list(s.parts)} for s in self.sums]
        self.write(f"data/sums_{self.stage}.json", sums, sensitivity="restricted")
        who = people.as_frame(self.who.values())
        name = f"data/{stages.WHO.format(self.stage)}"
        self.write(name, who, sensitivity="restricted")
        stamp = stage_files.stamp(
            self.asked, self.stage, self.changes, self.inputs, self.outputs
        )
        # what an attempt that takes the stage over has to know of it
        stamp |= {"fingerprint": self.fingerprint, "checks": self.checked}
        stamp |= {"opened": self.opened and asdict(self.opened)}
        self.write(f"data/stage_{self.stage}.json", stamp, sensitivity="restricted")
        if self.draft:
            files.close(self.folder)
            safe_places.emptied(self.folder)
        # the executed notebook says what it left, so that it is known by it
        left = self.banner or self.fingerprint
        return f"{self.stage}: saved. {left}".strip()
