"""The chain of a ledger's lines: what was edited, cut out, put in or turned round.

Each line has the hash of the bytes of the line before it, and the head, which lies
beside the ledger, those of the last. The head is sealed under the folder's key, so that
nobody who only edits the ledger can make the two agree.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

#: what stands in the first line, which has none before it
FIRST = "0" * 64
#: signs of a text that are shown
MOST = 300
#: clocks of one machine may step back by so much when they are put right
STEP = timedelta(minutes=1)


@dataclass(frozen=True)
class Head:
    """How many lines a ledger has, the hash of the last, and of one being written."""

    lines: int = 0
    last: str = FIRST
    coming: str = ""

    def written(self, seal: Callable[[str], str]) -> str:
        """Give the head as its file has it, with the seal of what it says."""
        says = vars(self)
        return json.dumps(says | {"seal": seal(json.dumps(says))}) + "\n"


def head(text: bytes, seal: Callable[[str], str]) -> Head | None:
    """Give a head as it was written, or None where it is not under this seal."""
    told = parsed(text) or {}
    says = {name: told.get(name) for name in ("lines", "last", "coming")}
    sealed = seal(json.dumps(says)).encode()
    same = hmac.compare_digest(str(told.get("seal")).encode(), sealed)
    return Head(**says) if same else None


def rows(data: bytes) -> list[bytes]:
    """Give the lines of a ledger without their ends; the last may have none."""
    each = data.split(b"\n")
    return each if each[-1] else each[:-1]


def parsed(row: bytes) -> dict[str, Any] | None:
    """Give what a line says, or None where nobody can read it."""
    try:
        told = json.loads(row)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def digest(row: bytes) -> str:
    """Give the hash by which the next line knows this one."""
    return hashlib.sha256(row).hexdigest()


def last(each: Sequence[bytes]) -> str:
    """Give the hash of the last line."""
    return digest(each[-1]) if each else FIRST


def unchained(each: Sequence[bytes]) -> int:
    """Give how many lines were written before lines were chained.

    The first that is chained has the hash of them all; without it there were none.
    """
    for at, row in enumerate(each):
        line = parsed(row) or {}
        if "before" in line:
            return at if "earlier" in line else 0
    return len(each)


def earlier(each: Sequence[bytes]) -> dict[str, Any]:
    """Give what the first chained line says of all before it, which have no chain."""
    return {"lines": len(each), "sha256": digest(b"\n".join(each))}


# whether it holds --------------------------------------------------------------------


def end(each: Sequence[bytes], told: Head) -> str:
    """Tell in what a ledger does not end as its head has it; empty where it does."""
    count = len(each)
    at = each[told.lines - 1 : told.lines]
    if count < told.lines:
        lost = f"{_lines(told.lines - count)} cut off at its end"
        return f"{lost}, or cut out: {told.lines} had been written"
    if last(at) != told.last:
        return f"line {told.lines}, the last that was written, was edited"
    more = count - told.lines
    if more == 0 or more == 1 and told.coming and _came(each[-1], told):
        return ""
    return f"{_lines(more)} put in at the end that the kit did not write"


def _came(row: bytes, told: Head) -> bool:
    """Tell whether a line is the one being written, or what is left of it."""
    return digest(row) == told.coming or parsed(row) is None


def broken(each: Sequence[bytes]) -> list[str]:
    """Give a line for each place at which the chain does not hold."""
    start = unchained(each)
    hashes = {digest(row): at for at, row in reversed(list(enumerate(each, 1)))}
    problems = []
    for at, row in enumerate(each[start:], start + 1):
        line = parsed(row)
        if line is None:
            if not _torn(each, at):
                problems.append(f"line {at}: cannot be read; it was edited or put in")
            continue
        problems += [f"line {at}: {what}" for what in _at(each, at, line, hashes)]
        if at == start + 1 and start and line["earlier"] != earlier(each[:start]):
            problems.append(
                f"line {at}: the {start} before it, from before lines were chained, "
                "were edited since, or some cut out or put in"
            )
    return problems


def _at(
    each: Sequence[bytes], at: int, line: dict[str, Any], hashes: dict[str, int]
) -> list[str]:
    """Tell what is wrong with a line and the one before it."""
    problems = []
    if "gap" in line:
        problems.append(
            "as it was written, the ledger did not end as it had been left: "
            f"{seen(line['gap'])}"
        )
    if (first := hashes[digest(each[at - 1])]) != at:
        return [*problems, f"is line {first} once more"]
    before = line.get("before")
    if before == last(each[: at - 1]):
        return problems
    if before is None:
        return [*problems, "has no hash of the line before; it was put in or edited"]
    if at == 1:
        return [
            *problems,
            "was not written as the first line: one before is gone",
        ]
    if before in hashes:
        was = f"it was written after line {hashes[before]}"
    elif before == FIRST:
        was = "it was written as the first line"
    else:
        was = "the line before it was edited or cut out"
    return [*problems, f"does not follow from line {at - 1}: {was}"]


def _torn(each: Sequence[bytes], at: int) -> bool:
    """Tell whether a line was broken off as it was written, by what follows it."""
    if at == len(each):
        return True  # the head knows whether one was being written
    after = parsed(each[at]) or {}
    return after.get("torn") is True and after.get("before") == digest(each[at - 1])


def torn(each: Sequence[bytes]) -> list[int]:
    """Give the numbers of the lines that were broken off as they were written."""
    start = unchained(each)
    return [
        at
        for at, row in enumerate(each[:-1], 1)  # of the last the head tells
        if at > start and parsed(row) is None and _torn(each, at)
    ]


def set_back(each: Sequence[bytes]) -> list[str]:
    """Give a line for each place at which time goes back by more than a minute."""
    problems, latest = [], None
    for at, row in enumerate(each, 1):
        line = parsed(row)
        if line is None:
            continue
        now = time(line)
        if now is None:
            problems.append(f"line {at}: has no time that can be read")
        elif latest and now < latest[1] - STEP:
            problems.append(
                f"line {at}: is of {said(now)}, before line {latest[0]} of "
                f"{said(latest[1])}: at one of the two the clock was wrong"
            )
        latest = (at, now) if now else latest
    return problems


def time(line: dict[str, Any]) -> datetime | None:
    """Give the time of a line, or None where it has none."""
    try:
        at = datetime.fromisoformat(line["at"])
    except (KeyError, TypeError, ValueError):
        return None
    return at if at.tzinfo else None


def seen(told: Any) -> str:
    """Give what a line says as a terminal may show it, cut where it is very long.

    Whoever edited a line may have put signs into it that move a cursor or turn text.
    """
    text = told if isinstance(told, str) else json.dumps(told)
    shown = "".join(sign if sign.isprintable() else "�" for sign in text[:MOST])
    return shown + "…" * (len(text) > MOST)


def said(at: datetime) -> str:
    """Give a time of the ledger as it is printed."""
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"


def _lines(number: int) -> str:
    return "1 line was" if number == 1 else f"{number} lines were"
