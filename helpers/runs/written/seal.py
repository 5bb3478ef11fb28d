"""The seal on the outcomes: opened in two steps, and what was changed afterwards.

The pool's outcomes come first. Those of the treated people follow once the table of the
design gate stands in the ledger, for this request, its settings, these people and this
matching. A line has the hash of every setting that bears on it by its key, so that a
later run can tell which were changed. No line holds a number about people, and all its
hashes are keyed: what was destroyed cannot be found out from them.
`restricted/data/gate.parquet` has the gate's values.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow
import pyarrow.compute
import pyarrow.parquet

from helpers.errors import RequestError
from helpers.request import Request
from helpers.runs.stages import COMPARING, EXCEPT, MADE_BY, OUTCOMES, RESTS_ON
from helpers.runs.written import ledger, openings
from helpers.runs.written.openings import Changed

#: the events of the ledger that this module writes
POOL, GATE, EVERYONE = "pool's outcomes opened", "design gate", ledger.OPENED
DESTROYED = ledger.DESTROYED

#: words, and where files lie: what is in them is known again by outcomes and matching
NO_MATTER = (
    "publication.",
    "data_sharing.",
    *(f"inputs.{name}" for name in
      ("labels", "cohort", "submission", "extract", "decisions")),
)  # fmt: skip


@dataclass(frozen=True)
class Seal:
    """What a run has settled when it opens outcomes, beside the ledger of its folder.

    `matching` is the hash of who was matched, `outcomes` the hashes by which each
    outcome is known again, and `settings` each setting by its key; the ledger has all
    of them under its key.
    """

    outputs: Path
    run_id: str
    matching: str
    outcomes: Mapping[str, list[str]]
    settings: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def keyed(self) -> dict[str, Any]:
        """What is settled, as the lines of the ledger have it."""
        return {
            "key": self._hash("key"),  # which key it was, and not what it is
            "matching": self._hash(self.matching),
            "outcomes": {
                name: [self._hash(one) for one in hashes]
                for name, hashes in self.outcomes.items()
            },
            "settings": {
                name: self._hash(value) for name, value in self.settings.items()
            },
        }

    @cached_property
    def _key(self) -> bytes:
        return ledger.key(self.outputs)

    def _hash(self, text: str) -> str:
        return ledger.keyed(self._key, text)

    def open_pool(self) -> None:
        """Record that the pool's outcomes were opened."""
        self._record(POOL)

    def pass_gate(self, table: pd.DataFrame, sha256: str) -> list[str]:
        """Record the design gate's table; gives since when each row has stood.

        `table` has a row an analysis and criterion, with threshold, value and verdict;
        `sha256` is that of its file. A row has stood since the first time that this
        request recorded the same of these people, after it was last destroyed.
        """
        rows = [self._row(row) for row in table.to_dict("records")]
        self._record(GATE, table=self._hash(sha256), rows=rows)
        lines = self._own(GATE)
        return [
            next(line["at"] for line in lines if row in line["rows"]) for row in rows
        ]

    def _row(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Give a row of the gate as the ledger has it: of its numbers a hash alone."""
        numbers = [
            None if pd.isna(row[name]) else float(row[name])
            for name in ("threshold", "value")
        ]
        named = {name: row[name] for name in ("analysis", "criterion", "verdict")}
        return named | {"numbers": self._hash(f"{named} {numbers!r}")}

    def refuse_before_gate(self, source: str) -> None:
        """Refuse the treated people's outcomes until the gate stands in the ledger."""
        if not any(self.keyed.items() <= line.items() for line in self._own(GATE)):
            raise RequestError(
                f"{source}: the outcomes of the people in the programme stay sealed "
                "until the design gate of this matching and these settings stands in "
                f"{self.outputs.name}/{ledger.LEDGER}; run the cells of 03_outcomes in "
                "their order, up to run.pass_gate"
            )

    def open(self) -> Changed | None:
        """Record that everyone's outcomes were opened; gives what `told` does."""
        told = self.told()
        self._record(EVERYONE)
        return told

    def told(self) -> Changed | None:
        """Give what the ledger tells of these people's outcomes, if anything.

        None where nobody had seen any of them on another matching, by another request
        or with other settings, and all of the ledger's openings can be read. Their
        first opening decides whether this matching was settled before it.
        """
        every = [
            line
            for line in ledger.lines(self.outputs)
            if line["event"] in (EVERYONE, POOL)
        ]
        known = [line for line in every if self._knows(line)]
        changed = ledger.broken(self.outputs)
        events = [line["event"] for line in known]
        at = events.index(EVERYONE) if EVERYONE in events else len(known)
        return openings.changed(
            self.keyed | {"id": self.run_id},
            known[at : at + 1],
            known[:at],
            known[at + 1 :],
            unread=bool(changed) or any(not self._reads(line) for line in every),
        )

    @property
    def stands(self) -> bool:
        """Whether the ledger has every line of these outcomes as this request's own."""
        return all(
            any(self.keyed.items() <= line.items() for line in self._own(event))
            for event in (POOL, GATE, EVERYONE)
        )

    def _reads(self, line: Mapping[str, Any]) -> bool:
        """Tell whether a line was written under the key that the folder has now.

        One that was edited so that it lacks what every such line has is not read.
        """
        kinds = {"matching": str, "outcomes": dict, "settings": dict}
        if line.get("event") == GATE:
            kinds |= {"rows": list}
        whole = all(isinstance(line.get(name), kind) for name, kind in kinds.items())
        return whole and line.get("key") == self.keyed["key"]

    def _knows(self, line: Mapping[str, Any]) -> bool:
        """Tell whether a line is of this request, or of these people's outcomes."""
        if not self._reads(line):
            return False
        hashes = _hashes(self.keyed["outcomes"])
        return line["id"] == self.run_id or bool(hashes & _hashes(line["outcomes"]))

    def _own(self, event: str) -> list[dict[str, Any]]:
        """Give the lines of this request since it was last destroyed, oldest first."""
        own = [line for line in ledger.lines(self.outputs) if line["id"] == self.run_id]
        gone = [at for at, line in enumerate(own) if line["event"] == DESTROYED]
        since = own[gone[-1] + 1 :] if gone else own
        return [x for x in since if x["event"] == event and self._reads(x)]

    def _record(self, event: str, **more: Any) -> None:
        """Add a line, unless the last one of this request says the same."""
        what = self.keyed | more
        own = self._own(event)
        # a line of a time before lines were chained is said once more
        said = own and "before" in own[-1] and what.items() <= own[-1].items()
        if not said:
            ledger.record(self.outputs, event, self.run_id, **what)


def _hashes(outcomes: Mapping[str, list[str]]) -> set[str]:
    return {str(one) for hashes in outcomes.values() for one in hashes}


def of_matching(matched: pd.DataFrame) -> str:
    """Give the hash of who was matched to whom, whatever the analyses are called.

    `matched` is that of 02. It goes over people and their weights, to nine decimals:
    the order of covariates moves what is beyond them.
    """
    digests = []
    for (_, variant), rows in matched.groupby(["analysis", "variant"], sort=False):
        rows = rows.sort_values("person_id")
        digest = hashlib.sha256(f"{variant}\n".encode())
        digest.update("\n".join(rows["person_id"].astype(str)).encode())
        digest.update(rows["treatment"].to_numpy("<i8").tobytes())
        digest.update((rows["weight"].round(9) + 0.0).to_numpy("<f8").tobytes())
        digests.append(digest.hexdigest())
    return hashlib.sha256("\n".join(sorted(digests)).encode()).hexdigest()


def settings(request: Request) -> dict[str, str]:
    """Give every setting that bears on people, matching or gate, as text by its key.

    Keys are as they stand in a request; those of an analysis or of an outcome have its
    name: `analyses "Men": filter`.
    """
    parts = [part for stage in (MADE_BY[OUTCOMES], *COMPARING)
             for part in RESTS_ON[stage]]  # fmt: skip
    completed = request.completed()
    return {
        key: _text(_sorted(value) if key.startswith("analyses") else value)
        for part in dict.fromkeys(parts)
        for key, value in _leaves(part, completed)
        if not key.startswith(NO_MATTER)
    }


def _sorted(value: Any) -> Any:
    """Give what an analysis asks for, its lists in one order: none of them matters."""
    if isinstance(value, dict):
        return {key: _sorted(inner) for key, inner in value.items()}
    return sorted(value, key=_text) if isinstance(value, list) else value


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


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
