"""The ledger of an outputs folder: what was opened and destroyed, by whom and when.

What a line must know again and may not tell is hashed under the folder's own key, a
random one which lies beside the ledger and nowhere else.
"""

import getpass
import hashlib
import hmac
import json
import os
import secrets
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from helpers.errors import RequestError
from helpers.files import private, shown

LEDGER, KEY = "ledger.jsonl", ".ledger.key"
#: characters of a key as it is written, and of a keyed hash
KEY_LENGTH, HASH_LENGTH = 64, 32
#: how often a key that another process is writing is looked at again, and how soon
TRIES, PAUSE = 20, 0.05


def record(outputs: Path, event: str, run_id: str, **details: Any) -> None:
    """Add one line to the ledger, which is never rewritten."""
    line = {
        "event": event,
        "id": run_id,
        "by": getpass.getuser(),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        **details,
    }
    path = outputs / LEDGER
    # unbuffered: a line is one call, so that two processes cannot mix theirs
    with open(path, "ab", buffering=0, opener=_for_owner) as file:
        file.write((json.dumps(line) + "\n").encode())
    private(path)


def lines(outputs: Path) -> list[dict[str, Any]]:
    """Give every line of the ledger, oldest first."""
    path = outputs / LEDGER
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text().splitlines() if line]


def ledger(outputs: Path, event: str, run_id: str | None = None) -> list[dict]:
    """Give the ledger's lines of one event, oldest first; of one request, or of all."""
    return [
        line
        for line in lines(outputs)
        if line["event"] == event and run_id in (None, line["id"])
    ]


def key(outputs: Path) -> bytes:
    """Give the key of a folder's ledger, which is made once.

    Raises RequestError where the file holds no key.
    """
    path = outputs / KEY
    try:
        with open(path, "xb", buffering=0, opener=_for_owner) as file:
            file.write(secrets.token_hex(KEY_LENGTH // 2).encode())
    except FileExistsError:
        pass
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


def _for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
