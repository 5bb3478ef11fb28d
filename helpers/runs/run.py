"""The face of a run: what a stage opens, registers, checks and saves in its folder."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import pandas as pd

from helpers import files
from helpers.errors import CheckFailed
from helpers.files import sha256
from helpers.jupyter.shell import executing
from helpers.publication import refs, rounding
from helpers.publication.cells import Cell, Sum, by_ref
from helpers.publication.disclosure import rules
from helpers.publication.people import Who
from helpers.publication.tables import Captioned
from helpers.runs import safe_places, stage_files, stages
from helpers.runs.stages import STAGES
from helpers.runs.written import checks, ledger, numbers, openings, outcomes, seal
from helpers.runs.written.folder import Folder
from helpers.runs.written.openings import Changed
from helpers.runs.written.seal import Seal


@dataclass
class Run(Folder):
    """A stage at work in a run's folder, or in an analyst's draft.

    `changes` are the settings tried in a draft, those of earlier stages included;
    `left_out` the analyses that cannot be carried out, and why: `request` is without
    them, `asked` as it was written. `without_result` are headlines that cannot be
    analysed for what intake found, and the reason; `request` is without them too.
    """

    registered: list[Cell] = field(default_factory=list, repr=False)
    made_in: dict[str, int] = field(default_factory=dict, repr=False)
    sums: list[Sum] = field(default_factory=list, repr=False)
    who: dict[tuple[str, str, str], Who] = field(default_factory=dict, repr=False)
    left_out: dict[str, list[str]] = field(default_factory=dict, repr=False)
    without_result: dict[str, str] = field(default_factory=dict)
    opened: Changed | None = None  # what is told of earlier openings of the outcomes
    gate_since: list[str] = field(default_factory=list, repr=False)
    beside: dict[str, str] = field(default_factory=dict)  # releases looked at, hashed
    fingerprint: str = ""  # of a stage of the driver's, as it was when it was opened
    checked: list[list[str]] = field(default_factory=list, repr=False)
    at_work: files.Hold | None = field(default=None, repr=False)

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

    # outcomes --------------------------------------------------------------

    @property
    def seal(self) -> Seal:
        """The seal on the outcomes, which knows what is settled as they are opened."""
        outcomes.refuse_elsewhere(self.stage, self.asked.source)
        matched, seals = self.read(stages.MATCHED), self.read(stages.SEALS)
        return outcomes.sealed(self.asked, self.folder.parent, matched, seals)

    def open_pool_outcomes(self) -> pd.DataFrame:
        """Open the outcomes of the pool alone; the ledger records it."""
        self.seal.open_pool()
        people = self.read(stages.PEOPLE)
        return seal.of_pool(self._find(stages.OUTCOMES), people)

    def pass_gate(self, table: pd.DataFrame) -> None:
        """Put the design gate's table into the ledger, so that outcomes may be opened.

        `table` is what `outcomes.gate.table` gives; a row that warns or fails does not
        keep them sealed: it is told. Raises RequestError where a headline has no row
        of a criterion.
        """
        headlines = [one.name for one in self.request.analyses if one.headline]
        outcomes.refuse_part_of_gate(table, headlines, self.asked.source)
        path = self.write("data/gate.parquet", table, sensitivity="restricted")
        self.gate_since = self.seal.pass_gate(table, sha256(path))
        for row in table.itertuples(index=False):
            self.check(
                f"{row.analysis}: design gate, {row.criterion.replace('_', ' ')}",
                expected="passed, or told without a verdict",
                found=row.verdict,
                passed=row.verdict not in ("warning", "failed"),
            )

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
        return pd.read_parquet(self._find(stages.OUTCOMES))

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
        before = STAGES[: STAGES.index(self.stage)]
        earlier = [stage for stage in before if stage in self.carried_out]
        known = numbers.of_stages(self.place, earlier)
        return known | by_ref(self.registered)

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
        held = numbers.as_files(
            self.stage, self.registered, self.made_in, self.sums, self.who.values()
        )
        for name, data in held.items():
            self.write(name, data, sensitivity="restricted")
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
