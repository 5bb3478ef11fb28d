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
UNREAD = (
    "The ledger was changed, or has openings under a key that this folder no longer "
    "has; the checks of this run tell which. When these people’s outcomes were opened "
    "is not known in full."
)
#: whose outcomes were opened first
WHOSE = {
    "everyone": "These people’s outcomes were",
    "pool": "The outcomes of the pool, though not of the people in the programme, were",
}


def gate(data: dict[str, Any]) -> str:
    """Say what was settled before any outcome was seen, and since when."""
    told, held = data["changed"], data["held"]
    if told:
        opened = f"{HELD_BEFORE} {_told(told)}" if held else _told(told, SETTLED)
    else:
        opened = HELD if held else SETTLED
    return f"<p>{opened} {LEDGER}</p><p>{_since(data['since'])}</p>"


def _told(told: dict[str, Any], settled: str = "") -> str:
    """Say how these people's outcomes were opened before; `settled` where it was."""
    if not told["at"]:
        return UNREAD
    by = f" by the request {_code(told['by'])}" if told["by"] else ""
    on = "on another matching" if told["matching"] else "on this same matching"
    text = (
        f"{WHOSE[told['whose']]} first opened on {_on(told['at'])}{by}, {on}. "
        f"{_settings(told)}"
    )
    if told["others"]:
        text += f" {_since_then(told)}"
    elif not told["matching"]:
        text += " The matching has not changed since."
    if told["unread"]:
        return f"{text} {UNREAD}"
    return text if told["matching"] or not settled else f"{settled} {text}"


def _settings(told: dict[str, Any]) -> str:
    """Say which settings differ from the first opening."""
    if told["settings"]:
        return f"Changed afterwards: {_codes(told['settings'])}."
    if not told["matching"]:
        return "No setting was changed afterwards."
    what = "another request" if told["by"] else "other files or another kit"
    return f"No setting was changed afterwards; this is {what}."


def _since_then(told: dict[str, Any]) -> str:
    """Say on how many other matchings they were opened since, and what differs."""
    number = told["others"]
    plural = "matching" if number == "one" else "matchings"
    text = f"Since then outcomes were also opened on {number} other {plural}"
    if not told["tried"]:
        return f"{text}, with the same settings."
    return f"{text}; what differs there: {_codes(told['tried'])}."


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


def _codes(keys: list[str]) -> str:
    return ", ".join(_code(key) for key in keys)


def _code(key: str) -> str:
    return f'<code data-numcheck="off">{escape(key)}</code>'
