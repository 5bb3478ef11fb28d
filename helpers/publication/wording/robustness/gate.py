"""When outcomes were opened, and what was changed afterwards, for reviewers."""

from datetime import datetime
from typing import Any

from helpers.publication.numbers import escape

SETTLED = "The matching was settled before any outcome was seen."
HELD = (
    "The analyst held the outcomes all along: they came in one file with the "
    "characteristics. The ledger knows no opening of them on another matching."
)
HELD_BEFORE = (
    "The analyst held the outcomes all along: they came in one file with the "
    "characteristics."
)
LEDGER = (
    "The ledger knows what runs and drafts of this outputs folder opened, and nothing "
    "of other folders or copies."
)
#: whose outcomes were opened first
WHOSE = {
    "everyone": "These people’s outcomes were",
    "pool": "The outcomes of the pool, though not of the people in the programme, were",
}


def gate(data: dict[str, Any]) -> str:
    """Say what was settled before any outcome was seen, and since when."""
    if data["changed"]:
        held = f"{HELD_BEFORE} " if data["held"] else ""
        opened = f"{held}{_changed(data['changed'])}"
    else:
        opened = HELD if data["held"] else SETTLED
    return f"<p>{opened} {LEDGER}</p><p>{_since(data['since'])}</p>"


def _changed(first: dict[str, Any]) -> str:
    """Say what differs from the first opening."""
    by = f" by the request {_code(first['by'])}" if first["by"] else ""
    text = f"{WHOSE[first['whose']]} first opened on {_on(first['at'])}{by}. "
    if not first["known"]:
        return (
            f"{text}The matching was changed afterwards; the ledger does not tell "
            "which settings were."
        )
    settings = ", ".join(_code(key) for key in first["settings"])
    if not first["matching"]:
        return (
            f"{text}The matching has not changed since. Changed afterwards: {settings}."
        )
    if not settings:
        what = "another request" if first["by"] else "other files or another kit"
        return f"{text}No setting was changed afterwards; this is {what}."
    return f"{text}Changed afterwards: {settings}."


def _since(times: list[list[Any]]) -> str:
    """Say since when the rows of the gate have stood as they do."""
    if len(times) == 1:
        return f"Every row has stood in the ledger since {_on(times[0][0])}."
    each = [f"{escape(', '.join(rows))} since {_on(at)}" for at, rows in times]
    return f"What has stood in the ledger, and since when: {'; '.join(each)}."


def _on(at: str) -> str:
    """Give a time of the ledger as it is read, which is no number of the report."""
    time = datetime.fromisoformat(at)
    text = f"{time.day} {time:%B %Y} at {time:%H:%M} UTC"
    return f'<span data-numcheck="off">{text}</span>'


def _code(key: str) -> str:
    return f'<code data-numcheck="off">{escape(key)}</code>'
