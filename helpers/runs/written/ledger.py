"""The ledger of an outputs folder: what was opened and destroyed, by whom and when.

What a line must know again and may not tell is hashed under the folder's own key, a
random one which lies beside the ledger and nowhere else. Lines are chained, so that an
edited or missing one is told.
"""

import errno
import getpass
import hashlib
import hmac
import json
import os
import secrets
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import IO, Any

from helpers import files
from helpers.errors import RequestError
from helpers.files import for_owner, is_plain, private, shown
from helpers.runs import whole
from helpers.runs.written import chain, editions, openings
from helpers.runs.written.chain import Head

LEDGER, KEY, HEAD = "ledger.jsonl", ".ledger.key", ".ledger.head"
LOCK = ".ledger.jsonl.lock"
#: characters of a key as it is written, and of a keyed hash
KEY_LENGTH, HASH_LENGTH = 64, 32
#: how often a key that another process is writing is looked at again, and how soon
TRIES, PAUSE = 20, 0.05
#: the events that more than one module asks for
OPENED, DESTROYED = "outcomes opened", "destroyed"
#: the check of a run that the ledger beside it is whole
CHECK, WHOLE = "the ledger beside the runs is as the kit wrote it", "whole"
#: what every line says, in text
ALWAYS = ("event", "id", "by", "at")


def record(outputs: Path, event: str, run_id: str, **details: Any) -> None:
    """Add one line to the ledger, which is never rewritten.

    The head tells which line is coming before it is written, and that it came after:
    one that a power failure broke off is then known from one that was cut off. Raises
    RequestError where the ledger or its key is not the kit's own file.
    """
    with files.locked(outputs / LOCK, wait=True):
        each, ends = _read(outputs)
        line = {
            "event": event,
            "id": run_id,
            "by": getpass.getuser(),
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            **details,
            **_joint(outputs, each),
            "before": chain.last(each),
        }
        row = json.dumps(line).encode()
        coming = Head(len(each), line["before"], chain.digest(row))
        _write_head(outputs, coming)
        _add(outputs / LEDGER, (b"" if ends else b"\n") + row + b"\n")
        _write_head(outputs, Head(len(each) + 1, coming.coming))


def begin(outputs: Path) -> None:
    """Make the key of a folder without a ledger, with the head of an empty ledger.

    A key that is wanted before the first line is then no sign of a ledger that is gone.
    """
    with files.locked(outputs / LOCK, wait=True):
        each, _ = _read(outputs)
        if not (each or (outputs / KEY).exists() or (outputs / HEAD).exists()):
            _write_head(outputs, Head())


def _joint(outputs: Path, each: list[bytes]) -> dict[str, Any]:
    """Give what a new line must say of the end that it is added to."""
    if not (outputs / HEAD).exists() and chain.unchained(each) == len(each):
        return {"earlier": chain.earlier(each)} if each else {}
    joint: dict[str, Any] = {}
    if gap := _end(outputs, each):
        joint["gap"] = gap  # the new head would hide it otherwise
    elif each and chain.parsed(each[-1]) is None:
        joint["torn"] = True
    return joint


def _add(path: Path, data: bytes) -> None:
    # unbuffered: a line is one call, and on the disk before anything rests on it
    with open(path, "ab", buffering=0, opener=for_owner) as file:
        begun = os.fstat(file.fileno()).st_size
        try:
            _write_all(file, data, path)
            os.fsync(file.fileno())
        except OSError:
            file.truncate(begun)  # no half a line, to which nothing could be added
            raise
    private(path)


def _write_all(file: IO[bytes], data: bytes, path: Path) -> None:
    """Write all of it: a disk that fills up takes a part, and no error is raised."""
    if file.write(data) < len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))


def _write_head(outputs: Path, told: Head) -> None:
    text = told.written(partial(keyed, key(outputs)))
    files.write(outputs / HEAD, text, closed=True)


def _read(outputs: Path) -> tuple[list[bytes], bool]:
    """Give the ledger's lines, and whether the last of them has its end."""
    for name in (LEDGER, KEY, HEAD):
        path = outputs / name
        if os.path.lexists(path) and not is_plain(path):
            raise RequestError(
                f"{shown(path)}: is a link, a folder or a device, and no file of the "
                "kit; look who put it there, and put the file back"
            )
    path = outputs / LEDGER
    data = path.read_bytes() if path.exists() else b""
    return chain.rows(data), data[-1:] in (b"", b"\n")


def lines(outputs: Path) -> list[dict[str, Any]]:
    """Give every line of the ledger that can be read, oldest first."""
    told = map(chain.parsed, _read(outputs)[0])
    return [line for line in told if line and _is_whole(line)]


def _is_whole(line: dict[str, Any]) -> bool:
    """Tell whether a line has what every line has."""
    return all(isinstance(line.get(name), str) for name in ALWAYS) and bool(
        chain.time(line)
    )


def ledger(outputs: Path, event: str, run_id: str | None = None) -> list[dict]:
    """Give the ledger's lines of one event, oldest first; of one request, or of all."""
    return [
        line
        for line in lines(outputs)
        if line["event"] == event and run_id in (None, line["id"])
    ]


# whether it is whole -----------------------------------------------------------------


def problems(outputs: Path) -> list[str]:
    """Give a line for each thing that is wrong with the ledger; none if it is whole."""
    with files.locked(outputs / LOCK, wait=True):
        each, _ = _read(outputs)
        return _broken(outputs, each) + _named(chain.set_back(each))


def in_brief(told: list[str]) -> str:
    """Give problems of the ledger as the check of a run finds them."""
    if not told:
        return WHOLE
    more = f" (and {len(told) - 1} more)" if len(told) > 1 else ""
    return f"{told[0]}{more}; python3 -m helpers ledger tells it line by line"


def account(
    outputs: Path,
) -> tuple[list[dict[str, Any] | None], list[str], list[str]]:
    """Give the lines as they stand (None: unreadable), problems, and what to know."""
    told = [*problems(outputs), *_published_otherwise(outputs)]
    each, _ = _read(outputs)
    return [chain.parsed(row) for row in each], told, _notes(each)


def _published_otherwise(outputs: Path) -> list[str]:
    """Give a line for each published edition that is not as it was published."""
    told = []
    for line in ledger(outputs, "published"):
        place = editions.folder(outputs, line["id"], line.get("edition", 0))
        named = line.get("files")
        changed = [
            name
            for name, sha in (named if isinstance(named, dict) else {}).items()
            if not is_plain(place / name) or files.sha256(place / name) != sha
        ]
        if changed:
            more = f" and {len(changed) - 1} others" if len(changed) > 1 else ""
            told.append(
                f"{chain.seen(shown(place))}: {chain.seen(changed[0])}{more}: not as "
                "published; put that back"
            )
    return told


def end(outputs: Path) -> str:
    """Give the first signs of the hash of the last line, by which it is known again."""
    return chain.last(_read(outputs)[0])[:12]


def _notes(each: list[bytes]) -> list[str]:
    old = chain.unchained(each)
    told = [_from_before(each)] if 0 < old < len(each) else []
    for at in chain.torn(each):
        told.append(f"line {at} was broken off as it was written; the chain goes on")
    return _named(told)


def _from_before(each: list[bytes]) -> str:
    old = chain.unchained(each)
    which = "1 line is" if old == 1 else f"{old} lines are"
    return (
        f"{which} not chained: of a time before the kit chained lines, and nobody can "
        "tell whether they were changed then"
    )


def refuse_broken(outputs: Path) -> None:
    """Refuse to go on beside a ledger that was edited, cut or put together.

    A clock that was wrong once is told by `problems`, and stops nothing for good.
    """
    if told := broken(outputs):
        raise RequestError(told)


def broken(outputs: Path) -> list[str]:
    """Give a line for each edit, cut or forgery that is told of the ledger."""
    with files.locked(outputs / LOCK, wait=True):
        return _broken(outputs, _read(outputs)[0])


def refuse_clock_set_back(outputs: Path) -> None:
    """Refuse to go on where this machine's clock is before the ledger's last line."""
    told = lines(outputs)
    last = chain.time(told[-1]) if told else None
    now = datetime.now(UTC)
    if last and now < last - chain.STEP:
        raise RequestError(
            f"{LEDGER}: its last line is of {chain.said(last)}, and this machine's "
            f"clock says {chain.said(now)}; set the clock right"
        )


def _broken(outputs: Path, each: list[bytes]) -> list[str]:
    told = chain.broken(each)
    if end := _end(outputs, each):
        told.append(end)
    return _named([*told, *_forgotten(outputs)])


def _forgotten(outputs: Path) -> list[str]:
    """Give a line for each finished run whose opening the ledger does not have."""
    opened = {line["id"] for line in ledger(outputs, OPENED)}
    told = []
    for path in sorted(outputs.glob("[!.]*/audit/checks.csv")):
        folder = path.parents[1]
        run_id = files.request_id(path.with_name("request.yml")) or folder.name
        if run_id in opened or not whole.finished(folder):
            continue
        if openings.FIRST_OPENED in files.text_of(path):
            told.append(f"has no line of the outcomes that {folder.name} opened")
    return told


def _end(outputs: Path, each: list[bytes]) -> str:
    """Tell in what a ledger does not end as it was left; empty where it does."""
    path = outputs / HEAD
    if not path.exists():
        if each and chain.unchained(each) == len(each):
            return f"{_from_before(each)}; the next run adds one that is chained"
        if each:
            return f"{HEAD} is missing, so that nobody can tell whether its end was cut"
        return f"it is missing, and {KEY} is there" if (outputs / KEY).exists() else ""
    if not (outputs / KEY).exists():
        return f"{KEY} is missing, under which {HEAD} was written"
    told = chain.head(path.read_bytes(), partial(keyed, key(outputs)))
    if told is None:
        return f"{HEAD} is not as it was written under this folder's key"
    return chain.end(each, told)


def _named(told: list[str]) -> list[str]:
    return [f"{LEDGER}: {what}" for what in told]


# its key -----------------------------------------------------------------------------


def key(outputs: Path) -> bytes:
    """Give the key of a folder's ledger, which is made once.

    Raises RequestError where the file holds no key.
    """
    path = outputs / KEY
    try:
        with open(path, "xb", buffering=0, opener=for_owner) as file:
            _write_all(file, secrets.token_hex(KEY_LENGTH // 2).encode(), path)
    except FileExistsError:
        pass
    except OSError:
        path.unlink(missing_ok=True)  # half a key would be none for ever
        raise
    for _ in range(TRIES):
        text = path.read_bytes()
        if len(text) >= KEY_LENGTH:
            break
        time.sleep(PAUSE)  # another process has made it and is about to write it
    try:
        if len(text) != KEY_LENGTH:
            raise ValueError
        return bytes.fromhex(text.decode())
    except ValueError:
        raise RequestError(
            f"{shown(path)}: is not the key of a ledger; put it back from a copy, or "
            f"delete it: the openings in {LEDGER} are then not recognised, and reports "
            "say so"
        ) from None


def keyed(secret: bytes, text: str) -> str:
    """Give the hash of a text under a key (HMAC-SHA-256): nobody can try texts out."""
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()[:HASH_LENGTH]
