"""Carry out the steps of the set-up in sight, and say in one line why one failed."""

import contextlib
import os
import platform
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

#: a log gets a line at least this often, in seconds
EVERY = 5


class SetUpError(Exception):
    """Why the kit could not be set up, in one line that says what to do.

    `kind` is one of those that `kind_of` gives, for those who know another way.
    """

    def __init__(self, line: str, kind: str = "other"):
        super().__init__(line)
        self.kind = kind


@dataclass(frozen=True)
class Work:
    """One set-up: when it began, the file that it holds, and its log."""

    began: float  # time.monotonic()
    lock: int
    log: Path


def say(line: str) -> None:
    """Tell the user a line; results go to standard output, everything else here."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def carry_out(
    doing: str,
    command: list[str],
    work: Work,
    settings: Mapping[str, str] | None = None,
) -> None:
    """Run one step, showing its own last line as it goes; raises SetUpError.

    `doing` is shown until the step says something itself. The step holds the lock as
    well: if this process is killed, the next set-up waits until the step has ended too.
    """
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        # a user's pip.conf may ask for --user
        env={**os.environ, **(settings or {}), "PIP_USER": "0"},
        pass_fds=() if os.name == "nt" else (work.lock,),
    )
    output: list[str] = []
    reader = threading.Thread(target=_read, args=(process, output), daemon=True)
    reader.start()
    try:
        _watch(process, output, work.began, doing)
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
        raise
    reader.join()
    told = "".join(output)
    kept = _keep(told, work.log)
    if process.returncode:
        raise SetUpError(explain(told) + kept, kind_of(told))


def _keep(told: str, log: Path) -> str:
    """Add to the log, if there is a folder for it; gives where all of it stands."""
    if not told or not log.parent.is_dir():
        return ""
    try:
        with log.open("a", encoding="utf-8") as file:
            file.write(told)
    except OSError:  # why the step failed (a full disk?) matters more than its log
        return ""
    return f" (all of it: {log})"


def _read(process: subprocess.Popen, output: list[str]) -> None:
    """Collect what a step prints while it runs, so that its last line can be shown."""
    with process.stdout as printed:
        for line in printed:
            output.append(line)


def _watch(
    process: subprocess.Popen, output: list[str], began: float, doing: str
) -> None:
    """Show the elapsed seconds and the last line until the step ends."""
    terminal = sys.stderr.isatty()
    every = 1 if terminal else EVERY
    width = shutil.get_terminal_size().columns - 1 if terminal else 160
    try:
        while True:
            # in step with the whole set-up, whose earlier steps may have been short
            wait = every - (time.monotonic() - began) % every
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=wait)
                return
            line = f"{time.monotonic() - began:5.0f} s: {_last(output) or doing}"
            if terminal:
                sys.stderr.write("\r" + line[:width].ljust(width))
                sys.stderr.flush()
            else:
                say(line[:width])
    finally:
        if terminal:
            sys.stderr.write("\r" + " " * width + "\r")


#: lines of pip and uv that tell nothing of what is being done
PASSED_OVER = ("WARNING", "warning:", "[notice]", "Looking in", "Using Python", "+ ")


def _last(output: list[str]) -> str:
    """Give the latest line that tells what is being done."""
    for line in reversed(output[-50:]):
        told = re.sub(r" *\(from .*|(?<= )(/|file:)\S*/", "", line.strip())
        if told.startswith("Installing collected packages:"):
            return f"Installing {told.count(',') + 1} packages"
        if told and not told.startswith(PASSED_OVER):
            return told
    return ""


#: what pip and uv say when they reach no package index
UNREACHED = (
    "connection broken by",
    "Max retries exceeded",
    "Could not fetch URL",
    "name resolution",
    "ReadTimeoutError",
    "ConnectTimeoutError",
    "Failed to fetch",
    "error sending request",
)

#: what they say when a file is not the one that the lock was made with
OTHER_FILE = (
    "DO NOT MATCH THE HASHES",
    "Hash mismatch for",
)

#: what they say of a package that this machine cannot have
MISSING = re.compile(
    r"No matching distribution found for (\S+)"
    r"|[Bb]ecause (?:there (?:is|are) no versions? of )?([\w.-]+(?:==[\w.!+-]+)?) "
    r"(?:was not found in|has no |and you require)"
)


def kind_of(output: str) -> str:
    """Give the kind of a failure: venv, full, hash, unreached, missing or other."""
    if "ensurepip" in output:
        return "venv"
    if "No space left on device" in output:
        return "full"
    if any(words in output for words in OTHER_FILE):
        return "hash"
    missing = MISSING.search(output)
    found_none = "(from versions: none)" in output or not missing
    if found_none and any(words in output for words in UNREACHED):
        return "unreached"
    return "missing" if missing or "No solution found" in output else "other"


def explain(output: str) -> str:
    """Tell why a step failed, from what it printed."""
    missing = MISSING.search(output)
    name = missing[1] or missing[2] if missing else "set of packages"
    lines = {
        "venv": f"{sys.executable} cannot make virtual environments. "
        "On Debian and Ubuntu: apt install python3-venv",
        "full": "The disk is full: .venv needs about 1.4 GB; make room and start again",
        "hash": "A package is not the file that environment.lock was made with; do not "
        "use this package index before you know why",
        "unreached": "The package index cannot be reached; check the network (or the "
        "proxy and index-url of pip's settings) and start again",
        "missing": f"There is no ready-made {name} for Python "
        f"{platform.python_version()} on {platform.system()} "
        f"{platform.machine()}; use another Python from 3.11 on",
    }
    return lines.get(kind_of(output)) or f"The set-up failed: {_reason(output)[:300]}"


def _reason(output: str) -> str:
    """Give the line that says most of a failure that has no sentence of its own."""
    of_uv = re.search(r"^error: (.+)(?:\n +cause: (.+))?", output, re.MULTILINE)
    if of_uv:
        return ": ".join(part for part in of_uv.groups() if part)
    errors = [line for line in output.splitlines() if line.startswith("ERROR")]
    lines = errors or output.split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "no reason")
