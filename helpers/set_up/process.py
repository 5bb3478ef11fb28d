"""The process that a command of the kit runs in: its variables, and how it starts."""

import contextlib
import gc
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from helpers.files import ROOT

#: set for the process that is started, so that equal requests give equal bytes
SETTINGS = {"PYTHONHASHSEED": "0", "JUPYTER_PREFER_ENV_PATH": "1"}
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

#: how many new things are made before Python looks for circles among them that nobody
#: uses, and how rarely among older ones: its own (700, 10, 10) are a fifth of a report
CIRCLES = (50_000, 20, 50)


def collect_rarely() -> None:
    """Have this process look rarely for what nobody uses any more: little is."""
    gc.set_threshold(*CIRCLES)


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """Give the variables of a command: fixed hashing, one thread by default.

    This folder comes first where modules are looked for: the environment may have been
    made for another copy of the kit, and every kernel has to import these helpers.
    """
    others = given.get("PYTHONPATH", "").split(os.pathsep)
    path = [str(ROOT), *(folder for folder in others if folder not in ("", str(ROOT)))]
    found = {"PYTHONPATH": os.pathsep.join(path)}
    return dict.fromkeys(THREADS, "1") | dict(given) | SETTINGS | found


def other_copy(here: Path) -> Path | None:
    """Give the copy of the kit that a folder lies in, where it is not this one."""
    for folder in (here, *here.parents):
        if (folder / "helpers" / "__main__.py").is_file():
            return None if folder.resolve() == ROOT else folder
    return None


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
    """Tell where the Python of a virtual environment lies."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
