"""The seal on the outcomes: opened in two steps, and what was changed afterwards.

The pool's outcomes come first. Those of the treated people follow once the table of the
design gate stands in the ledger, for this request, these people and this matching. A
line of an opening holds the hash of every setting that bears on it by its key, so that
a later run can tell which were changed. No line holds a number about people: of the
gate's values there are hashes, and `restricted/data/gate.parquet` has them.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import pyarrow
import pyarrow.compute
import pyarrow.parquet

from helpers.errors import RequestError
from helpers.request import Request
from helpers.runs.stages import COMPARING, EXCEPT, MADE_BY, OUTCOMES, RESTS_ON
from helpers.runs.written import ledger

#: the events of the ledger that this module writes
POOL, GATE, EVERYONE = "pool's outcomes opened", "design gate", "outcomes opened"

Whose = Literal["everyone", "pool"]


@dataclass(frozen=True)
class Changed:
    """What differs from the first time that these people's outcomes were opened.

    `by` is the request that opened them and `at` when; `whose` were opened then;
    `settings` are the keys whose values differ, None where the ledger does not tell;
    `matching` whether people are matched otherwise, or another request opened them.
    """

    by: str
    at: str
    whose: Whose
    matching: bool
    settings: tuple[str, ...] | None


@dataclass(frozen=True)
class Seal:
    """What a run has settled when it opens outcomes, beside the ledger of its folder.

    `matching` is the hash of who was matched, `outcomes` the hashes by which each
    outcome is known again, and `settings` the hash of each setting by its key.
    """

    outputs: Path
    run_id: str
    matching: str
    outcomes: Mapping[str, list[str]]
    settings: Mapping[str, str] = field(default_factory=dict)

    def open_pool(self) -> None:
        """Record that the pool's outcomes were opened."""
        self._record(POOL, matching=self.matching, settings=self.settings)

    def pass_gate(self, table: pd.DataFrame, sha256: str) -> list[str]:
        """Record the design gate's table; gives since when each row has stood.

        `table` has a row an analysis and criterion, with threshold, value and verdict;
        `sha256` is that of its file. A row has stood since the first time that this
        request recorded the same of these people.
        """
        rows = [_row(row) for row in table.to_dict("records")]
        self._record(GATE, matching=self.matching, table=sha256, rows=rows)
        lines = [line for line in self._lines(GATE) if line["id"] == self.run_id]
        return [
            next(line["at"] for line in lines if row in line["rows"]) for row in rows
        ]

    def refuse_before_gate(self, source: str) -> None:
        """Refuse the treated people's outcomes until the gate stands in the ledger."""
        own = {"id": self.run_id, "matching": self.matching, "outcomes": self.outcomes}
        if not any(own.items() <= line.items() for line in self._lines(GATE)):
            raise RequestError(
                f"{source}: the outcomes of the people in the programme stay sealed "
                "until the design gate of this matching stands in "
                f"{self.outputs.name}/ledger.jsonl; run the cells of 03_outcomes in "
                "their order, up to run.pass_gate"
            )

    def open(self) -> Changed | None:
        """Record that everyone's outcomes were opened; gives what was changed since.

        None where nobody had seen any of them on another matching, by another request
        or with other settings. Another opening of the treated people's comes before
        one of the pool's, which does not tell the result.
        """
        before = {event: self._lines(event) for event in (EVERYONE, POOL)}
        self._record(EVERYONE, matching=self.matching, settings=self.settings)
        for event, lines in before.items():
            if lines and (changed := self._changed(lines[0], event)):
                return changed
        return None

    def _changed(self, first: dict[str, Any], event: str) -> Changed | None:
        """Give how the first opening differs from this one; None where it does not."""
        theirs = first.get("settings")
        differing = None
        if theirs is not None:
            keys = [*self.settings, *(k for k in theirs if k not in self.settings)]
            differing = tuple(
                key for key in keys if theirs.get(key) != self.settings.get(key)
            )
        other = (first["id"], first["matching"]) != (self.run_id, self.matching)
        if not (other or differing):
            return None
        whose: Whose = "everyone" if event == EVERYONE else "pool"
        return Changed(first["id"], first["at"], whose, other, differing)

    def _lines(self, event: str) -> list[dict[str, Any]]:
        """Give the ledger's lines of this request, and of these people's outcomes."""
        known = _hashes(self.outcomes)
        return [
            line
            for line in ledger.ledger(self.outputs, event)
            if line["id"] == self.run_id or known & _hashes(line.get("outcomes", {}))
        ]

    def _record(self, event: str, **what: Any) -> None:
        """Add a line, unless the last one of this request says the same."""
        what |= {"outcomes": self.outcomes}
        own = ledger.ledger(self.outputs, event, self.run_id)
        if not own or any(own[-1].get(key) != value for key, value in what.items()):
            ledger.record(self.outputs, event, self.run_id, **what)


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    """Give a row of the gate as the ledger has it: of its value the hash alone."""
    names = ("analysis", "criterion", "threshold", "verdict")
    known = {name: None if pd.isna(row[name]) else row[name] for name in names}
    return known | {"value": _hash(repr(row["value"]))}


def _hashes(outcomes: Mapping[str, list[str]]) -> set[str]:
    return {one for hashes in outcomes.values() for one in hashes}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def settings(request: Request) -> dict[str, str]:
    """Give the hash of every setting that bears on people, matching or gate, by key.

    Keys are as they stand in a request; those of an analysis or of an outcome have its
    name: `analyses "Men": filter`.
    """
    parts = [part for stage in (MADE_BY[OUTCOMES], *COMPARING)
             for part in RESTS_ON[stage]]  # fmt: skip
    completed = request.completed()
    return {
        key: _hash(json.dumps(value, sort_keys=True))
        for part in dict.fromkeys(parts)
        for key, value in _leaves(part, completed)
        if not key.startswith(("publication.", "data_sharing."))
    }


def _leaves(part: str, completed: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Give the settings within a part of a request: key and value."""
    value: Any = completed
    for key in part.split("."):
        value = (value or {}).get(key)
    words = {name.rpartition(".")[2] for name in EXCEPT[MADE_BY[OUTCOMES]]
             if name.startswith("outcomes.")}  # fmt: skip
    if isinstance(value, dict):
        yield from ((f"{part}.{key}", inner) for key, inner in value.items())
    elif isinstance(value, list):
        for item in value:
            name = f'{part} "{item["name"]}"'
            yield from (
                (f"{name}: {key}", inner)
                for key, inner in item.items()
                if key != "name" and not (part == "outcomes" and key in words)
            )
    elif value is not None:
        yield part, value


def of_pool(path: Path, people: pd.DataFrame) -> pd.DataFrame:
    """Read the outcomes of people of the pool; nobody else's leave the file.

    `people` have a person_id and a treatment, 0 for the pool.
    """
    pool = people.loc[people["treatment"] == 0, "person_id"]
    within = pyarrow.compute.field("person_id").isin(pyarrow.array(pool))
    return pyarrow.parquet.read_table(path, filters=within).to_pandas()
