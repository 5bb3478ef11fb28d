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
from pathlib import Path

#: a log gets a line at least this often, in seconds
EVERY = 5


class SetUpError(Exception):
    """Why the kit could not be set up, in one line that says what to do."""


def say(line: str) -> None:
    """Tell the user a line; results go to standard output, everything else here."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def carry_out(
    doing: str, command: list[str], began: float, lock: int, log: Path | None = None
) -> None:
    """Run one step, showing its own last line as it goes; raises SetUpError.

    `doing` is shown until the step says something itself; `began` is the
    time.monotonic() of the set-up. The step holds `lock` as well: if this process is
    killed, the next set-up waits until the step has ended too.
    """
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        env={**os.environ, "PIP_USER": "0"},  # a user's pip.conf may ask for --user
        pass_fds=() if os.name == "nt" else (lock,),
    )
    output: list[str] = []
    reader = threading.Thread(target=_read, args=(process, output), daemon=True)
    reader.start()
    try:
        _watch(process, output, began, doing)
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
        raise
    reader.join()
    if log:
        log.write_text("".join(output), encoding="utf-8")
    if process.returncode:
        kept = f" (all of it: {log})" if log else ""
        raise SetUpError(explain("".join(output)) + kept)


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


def _last(output: list[str]) -> str:
    """The latest line that tells what is being done."""
    for line in reversed(output[-50:]):
        told = re.sub(r" *\(from .*|(?<= )(/|file:)\S*/", "", line.strip())
        if told.startswith("Installing collected packages:"):
            return f"Installing {told.count(',') + 1} packages"
        if told and not told.startswith(("WARNING", "[notice]", "Looking in")):
            return told
    return ""


#: what pip says when it reaches no package index
UNREACHED = (
    "connection broken by",
    "Max retries exceeded",
    "Could not fetch URL",
    "name resolution",
    "ReadTimeoutError",
    "ConnectTimeoutError",
)


def explain(output: str) -> str:
    """Why a step failed, from what it printed."""
    if "ensurepip" in output:
        return (
            f"{sys.executable} cannot make virtual environments. "
            "On Debian and Ubuntu: apt install python3-venv"
        )
    if "No space left on device" in output:
        return "The disk is full: .venv needs about 1.2 GB; make room and start again"
    missing = re.search(r"No matching distribution found for (\S+)", output)
    found_none = "(from versions: none)" in output or not missing
    if found_none and any(words in output for words in UNREACHED):
        return (
            "The package index cannot be reached; check the network (or the proxy and "
            "index-url of pip's settings) and start again"
        )
    if missing:
        return (
            f"There is no ready-made {missing[1]} for Python "
            f"{platform.python_version()} on {platform.system()} "
            f"{platform.machine()}; use another Python from 3.11 on"
        )
    errors = [line for line in output.splitlines() if line.startswith("ERROR")]
    lines = errors or output.split("\n")
    told = next((line.strip() for line in reversed(lines) if line.strip()), "no reason")
    return f"The set-up failed: {told[:300]}"
