"""The process that a command of the kit runs in: its variables, and how it starts."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

#: set for the process that is started, so that equal requests give equal bytes
SETTINGS = {"PYTHONHASHSEED": "0", "JUPYTER_PREFER_ENV_PATH": "1"}
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """The variables that a command runs under: fixed hashing, one thread by default."""
    return dict.fromkeys(THREADS, "1") | dict(given) | SETTINGS


def hand_over(command: list[str], settings: dict[str, str]) -> int:
    """Put another program in the place of this one; gives its exit status."""
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    if os.name != "nt":
        os.execve(command[0], command, settings)
    # Windows cannot replace a process: its shell would not wait for the new one
    process = subprocess.Popen(command, env=settings)
    while True:
        with contextlib.suppress(KeyboardInterrupt):  # the program itself gets it too
            return process.wait()


def python_of(venv: Path) -> Path:
    """Where the Python of a virtual environment lies."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
