"""What a line of the ledger says happened, in plain words."""

from collections.abc import Callable
from typing import Any

from helpers.runs.written.chain import seen


def told(line: dict[str, Any]) -> str:
    """Tell what happened as a person reads it, whatever was put into the line."""
    tell = HAPPENED.get(str(line.get("event")))
    return seen(tell(line) if tell else str(line.get("event", "nothing")))


def _gate(line: dict[str, Any]) -> str:
    rows = line.get("rows")
    rows = rows if isinstance(rows, list) else []
    verdicts = [row.get("verdict") for row in rows if isinstance(row, dict)]
    counts = {
        name: verdicts.count(word)
        for word, name in (("passed", "passed"), ("warning", "with a warning"),
                           ("failed", "failed"))
    }  # fmt: skip
    judged = [f"{count} {name}" for name, count in counts.items() if count]
    others = len(verdicts) - sum(counts.values())
    judged += [f"{others} told without a verdict"] if others else []
    many = "1 row" if len(verdicts) == 1 else f"{len(verdicts)} rows"
    return f"the design gate was recorded: {many}, {', '.join(judged) or 'none'}"


def _approved(line: dict[str, Any]) -> str:
    return f"approved by {line.get('name', 'nobody named')}, {_edition(line)}"


def _not_approved(line: dict[str, Any]) -> str:
    why = f": {line['why']}" if line.get("why") else ""
    name, part = line.get("name", "nobody named"), line.get("part", "a part")
    return f"not approved by {name}, for {part}{why}"


def _revoked(line: dict[str, Any]) -> str:
    return f"the approval no longer holds, since files changed: {_files(line)}"


def _published(line: dict[str, Any]) -> str:
    return f"published, {_edition(line)}"


def _destroyed(line: dict[str, Any]) -> str:
    return f"what it held about people was destroyed: {_files(line)}"


def _edition(line: dict[str, Any]) -> str:
    return f"edition {line.get('edition', 'not said')}, {_files(line)}"


def _files(line: dict[str, Any]) -> str:
    named = line.get("files")
    number = len(named) if isinstance(named, (dict, list)) else 0
    return "1 file" if number == 1 else f"{number} files"


#: what happened, by the event of a line
HAPPENED: dict[str, Callable[[dict[str, Any]], str]] = {
    "pool's outcomes opened": lambda line: (
        "the outcomes of the pool, and of nobody in the programme, were opened"
    ),
    "design gate": _gate,
    "outcomes opened": lambda line: "everyone's outcomes were opened",
    "approved": _approved,
    "not approved": _not_approved,
    "approval revoked": _revoked,
    "published": _published,
    "destroyed": _destroyed,
}
