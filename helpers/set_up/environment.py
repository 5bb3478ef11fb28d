"""Give the kit its own environment with the standard library alone.

The pins of environment.yml go into ``.venv``; a mark written last says it is whole.
"""

import contextlib
import hashlib
import importlib.metadata
import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from helpers.set_up import lock
from helpers.set_up.installers import TOOL, install
from helpers.set_up.pins import pins
from helpers.set_up.process import python_of
from helpers.set_up.steps import SetUpError, Work, carry_out, explain, say

#: written last of all: what the environment was made from
MARK = "set-up.mark"

#: names the folder of the kit in .venv, so that papermill alone finds the helpers
KIT = "justice-data-lab-kit.pth"


def unmet(wanted: dict[str, str], path: Iterable[str]) -> list[str]:
    """Give the pins that the packages on a module search path do not meet."""
    path = list(path)
    lacking = []
    for name, version in wanted.items():
        if name == TOOL:
            continue
        # the first found on the path is the one that would be imported
        found = next(iter(importlib.metadata.distributions(name=name, path=path)), None)
        if found is None or found.version != version:
            lacking.append(f"{name}=={version}")
    return lacking


def meets(wanted: dict[str, str], path: Iterable[str], prefix: Path) -> bool:
    """Tell whether an environment has every pin and was not broken off."""
    whole = not (prefix / "packages.txt").exists() or (prefix / MARK).exists()
    return whole and not unmet(wanted, path)


def mark(wanted: dict[str, str], root: Path, venv: Path) -> str | None:
    """Identify a whole .venv by pins, lock, folder and Python; None if it is broken.

    The Python is asked itself: after an upgrade of the machine it may be another one
    than the packages were installed for.
    """
    code = "import sys; print(*sys.version_info[:2], sys.implementation.name)"
    try:
        answer = subprocess.run(
            [python_of(venv), "-I", "-S", "-c", code], capture_output=True, text=True
        )
    except OSError:
        return None
    if answer.returncode:
        return None
    parts = [*sorted(f"{n}=={v}" for n, v in wanted.items()), str(root), answer.stdout]
    parts += [entry.text for entry in lock.read(root)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def state(wanted: dict[str, str], root: Path) -> str:
    """Tell why .venv has to be built, in the user's words; empty when it is whole."""
    venv = root / ".venv"
    if not venv.exists():
        return "it is not there yet"
    try:
        found = (venv / MARK).read_text()
    except OSError:
        return "the last set-up was not finished"
    expected = mark(wanted, root, venv)
    if expected is None:
        return "its Python no longer starts"
    if found != expected:
        return "environment.yml, its lock, the Python or the folder has changed"
    packages = _packages(venv)
    if unmet(wanted, [str(packages)]) or not _names(packages / KIT, root):
        return "its packages have been changed"
    return ""


def _packages(venv: Path) -> Path:
    """Give the folder that a virtual environment keeps its packages in."""
    return next(venv.glob("lib/python*/site-packages"), venv / "Lib/site-packages")


def _pointer(root: Path) -> str:
    """Give the line by which Python finds a folder's modules from an environment.

    Python reads it in the machine's encoding, so that other letters are spelt out.
    """
    folder = str(root)
    plain = folder.isascii()
    return folder if plain else f"import sys; sys.path.append({ascii(folder)})"


def _names(path: Path, root: Path) -> bool:
    try:
        return path.read_text(encoding="utf-8") == _pointer(root)
    except (OSError, UnicodeError):
        return False


def prepared(root: Path, base: str | None = None) -> Path:
    """Give the Python of a whole .venv, which is built first where it is needed."""
    wanted, venv = pins(root), root / ".venv"
    if state(wanted, root):
        with _alone(root) as handle:
            # another process may have finished the very same while this one waited
            reason = state(wanted, root)
            if reason:
                _build(root, wanted, reason, base or sys._base_executable, handle)
    return python_of(venv)


def _build(
    root: Path, wanted: dict[str, str], reason: str, base: str, handle: int
) -> None:
    venv = root / ".venv"
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        raise SetUpError(
            f"{base} cannot make virtual environments: its venv module is missing. "
            "On Debian and Ubuntu: apt install python3-venv"
        )
    say(
        f"Setting up {venv} ({reason}): {len(wanted)} packages at the versions of "
        "environment.yml and what they need, about 1.4 GB; most often in less than a "
        "minute, once."
    )
    work = Work(time.monotonic(), handle, venv / "set-up.log")
    (venv / MARK).unlink(missing_ok=True)
    making = [base, "-m", "venv", "--clear", str(venv)]
    carry_out("Making the environment", making, work)
    try:
        install(wanted, root, work)
        # what an editable installation comes to, without the seconds of building one
        (_packages(venv) / KIT).write_text(_pointer(root), encoding="utf-8")
        whole = mark(wanted, root, venv)
        if whole is None:
            raise SetUpError(
                f"{python_of(venv)} does not start; delete .venv and try again"
            )
        (venv / MARK).write_text(whole)
    except OSError as error:
        raise SetUpError(explain(str(error.strerror))) from error
    say(f"Set up in {time.monotonic() - work.began:.0f} s.")


@contextlib.contextmanager
def _alone(root: Path) -> Iterator[int]:
    """Hold environment.yml while .venv is built from it; a second set-up waits."""
    with (root / "environment.yml").open("rb+") as file:
        if not _lock(file.fileno()):
            say("Another process is setting up .venv; waiting for it.")
            began = said = time.monotonic()
            while not _lock(file.fileno()):
                time.sleep(0.2)
                if time.monotonic() - said >= 5:
                    said = time.monotonic()
                    say(f"  {said - began:3.0f} s: still waiting for the other set-up")
        yield file.fileno()


def _lock(handle: int) -> bool:
    """Take the lock if it is free; it goes when the last holder of the file ends."""
    if os.name == "nt":
        import msvcrt

        os.lseek(handle, 1 << 30, os.SEEK_SET)  # past the end: others may still read
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True  # some network drives have no locks at all
    return True
