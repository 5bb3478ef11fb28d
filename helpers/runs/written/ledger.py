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
