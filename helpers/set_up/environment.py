"""Give the kit its own environment with the standard library alone.

The pins of environment.yml go into ``.venv``; a mark written last says it is whole.
"""

import contextlib
import hashlib
import importlib.metadata
import importlib.util
import os
import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator
from pathlib import Path

from helpers.set_up.process import python_of
from helpers.set_up.steps import SetUpError, carry_out, say

ROOT = Path(__file__).resolve().parents[2]

KIT = "justice-data-lab-kit"

PIN = re.compile(r"^ *- *([\w.-]+)==([\w.!+-]+) *(?:#.*)?$", re.MULTILINE)


def pins(root: Path) -> dict[str, str]:
    """The exact version of each package named in environment.yml."""
    path = root / "environment.yml"
    try:
        found = dict(PIN.findall(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise SetUpError(f"{path} cannot be read: {error.strerror}") from error
    if not found:
        raise SetUpError(f"{path} holds no line of the form - name==version")
    return found


def unmet(wanted: dict[str, str], path: Iterable[str]) -> list[str]:
    """The pins that the packages on a module search path do not meet."""
    path = list(path)
    lacking = []
    for name, version in wanted.items():
        # the first found on the path is the one that would be imported
        found = next(iter(importlib.metadata.distributions(name=name, path=path)), None)
        if found is None or found.version != version:
            lacking.append(f"{name}=={version}")
    return lacking


def meets(wanted: dict[str, str], path: Iterable[str], root: Path) -> bool:
    """Whether every pin is met and notebooks there import helpers from this folder."""
    path = list(path)
    return not unmet(wanted, path) and any(
        _lies_at(distribution, root)
        for distribution in importlib.metadata.distributions(name=KIT, path=path)
    )


def _lies_at(distribution: importlib.metadata.Distribution, root: Path) -> bool:
    found = re.search(
        r'"url": *"file:([^"]+)"', distribution.read_text("direct_url.json") or ""
    )
    if not found:
        return False
    place = urllib.request.url2pathname(urllib.parse.urlsplit(found[1]).path)
    return Path(place).resolve() == root


def mark(wanted: dict[str, str], root: Path, venv: Path) -> str | None:
    """What identifies a whole environment: pins, folder, Python; None if it is broken.

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
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def state(wanted: dict[str, str], root: Path) -> str:
    """Why .venv has to be built, in the user's words; empty when it is whole."""
    venv = root / ".venv"
    if not venv.exists():
        return "it is not there yet"
    try:
        found = (venv / "set-up.mark").read_text()
    except OSError:
        return "the last set-up was not finished"
    expected = mark(wanted, root, venv)
    if expected is None:
        return "its Python no longer starts"
    if found != expected:
        return "environment.yml, the Python or the folder has changed"
    packages = [*venv.glob("lib/python*/site-packages"), venv / "Lib/site-packages"]
    if not meets(wanted, map(str, packages), root):
        return "its packages have been changed"
    return ""


def prepared(root: Path, base: str | None = None) -> Path:
    """The Python of a whole .venv, which is built first where it is needed."""
    wanted, venv = pins(root), root / ".venv"
    if state(wanted, root):
        with _alone(root) as lock:
            # another process may have finished the very same while this one waited
            reason = state(wanted, root)
            if reason:
                _build(root, wanted, reason, base or sys._base_executable, lock)
    return python_of(venv)


def _build(
    root: Path, wanted: dict[str, str], reason: str, base: str, lock: int
) -> None:
    venv = root / ".venv"
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        raise SetUpError(
            f"{base} cannot make virtual environments: its venv module is missing. "
            "On Debian and Ubuntu: apt install python3-venv"
        )
    say(
        f"Setting up {venv} ({reason}): {len(wanted)} packages at the versions of "
        "environment.yml and what they need, about 1.2 GB; one to three minutes, once."
    )
    began = time.monotonic()
    (venv / "set-up.mark").unlink(missing_ok=True)
    making = [base, "-m", "venv", "--clear", str(venv)]
    carry_out("Making the environment", making, began, lock)
    options = "--no-input --disable-pip-version-check --progress-bar off".split()
    packages = [f"{name}=={version}" for name, version in wanted.items()]
    install = [str(python_of(venv)), "-m", "pip", "install", *options]
    # a package that has to be compiled would take an hour and then fail
    install += ["--only-binary", ":all:", *packages, "--editable", str(root)]
    carry_out("Looking for packages", install, began, lock, venv / "set-up.log")
    whole = mark(wanted, root, venv)
    if whole is None:
        raise SetUpError(
            f"{python_of(venv)} does not start; delete .venv and try again"
        )
    (venv / "set-up.mark").write_text(whole)
    say(f"Set up in {time.monotonic() - began:.0f} s.")


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
