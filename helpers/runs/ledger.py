"""The ledger of an outputs folder: what was opened and destroyed, by whom and when."""

import getpass
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from helpers.files import private


def record(outputs: Path, event: str, run_id: str, **details: Any) -> None:
    """Add one line to the ledger, which is never rewritten."""
    line = {
        "event": event,
        "id": run_id,
        "by": getpass.getuser(),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        **details,
    }
    path = outputs / "ledger.jsonl"
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
    private(path)


def ledger(outputs: Path, event: str, run_id: str | None = None) -> list[dict]:
    """Give the ledger's lines of one event, oldest first; of one request, or of all."""
    path = outputs / "ledger.jsonl"
    if not path.exists():
        return []
    lines = [json.loads(line) for line in path.read_text().splitlines() if line]
    return [
        line
        for line in lines
        if line["event"] == event and run_id in (None, line["id"])
    ]


def opened_before(
    outputs: Path, run_id: str, matching: str, seals: dict[str, list[str]]
) -> str | None:
    """Record an opening of outcomes; gives the request that had opened them before.

    `seals` are the hashes by which each outcome is known again. What this request
    opened counts, and what any other opened of the same people's outcomes. None where
    the first opening of all was this request's, on this very matching.
    """
    opened = ledger(outputs, "outcomes opened")
    this = {"matching": matching, "outcomes": seals}
    mine = [line for line in opened if line["id"] == run_id]
    if not mine or any(mine[-1].get(part) != value for part, value in this.items()):
        record(outputs, "outcomes opened", run_id, **this)
    known = _hashes(seals)
    first = next(
        (
            line
            for line in opened
            if line["id"] == run_id or known & _hashes(line.get("outcomes", {}))
        ),
        None,
    )
    if first is None or (first["id"], first["matching"]) == (run_id, matching):
        return None
    return first["id"]


def _hashes(seals: dict[str, list[str]]) -> set[str]:
    return {one for hashes in seals.values() for one in hashes}
