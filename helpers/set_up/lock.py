"""The lock: what the pins lead to on every platform, with the hashes of the files.

It is derived from environment.yml. After a change there: python3 -m helpers.set_up.lock
"""

import importlib.util
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from helpers.files import ROOT
from helpers.set_up.process import python_of

NAME = "environment.lock"

HEADER = """\
# What the versions of environment.yml lead to on every platform, with the hashes of
# the files. environment.yml stays the one authority: this file is made from it, by
#     python3 -m helpers.set_up.lock
# after any change there (--upgrade renews what it leaves open), and never by hand.
"""

ENTRY = re.compile(r"^([\w.-]+)==([^\s;]+).*\n(?: +--hash=.*\n)+", re.MULTILINE)

OPTIONS = (
    "--universal --generate-hashes --quiet "
    "--no-header --no-annotate --no-emit-index-url --no-emit-find-links"
).split()


@dataclass(frozen=True)
class Entry:
    """One package of the lock, as a requirements file has it."""

    name: str
    version: str
    text: str


def plain(name: str) -> str:
    """Give a package's name as all its spellings are compared."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read(root: Path) -> list[Entry]:
    """Give the packages of the lock; none where there is no lock."""
    try:
        text = (root / NAME).read_text(encoding="utf-8")
    except OSError:
        return []
    return [Entry(plain(m[1]), m[2], m[0]) for m in ENTRY.finditer(text)]


def uncovered(wanted: dict[str, str], entries: list[Entry]) -> str:
    """Tell why the lock cannot be used with these pins here; empty if it can be."""
    if not entries:
        return "there is none"
    if sys.implementation.name != "cpython":
        return f"it does not cover {sys.implementation.name}"
    for name, version in wanted.items():
        if {e.version for e in entries if e.name == plain(name)} != {version}:
            return f"it does not hold {name}=={version}"
    return ""


def make(root: Path, options: list[str]) -> None:
    """Write the lock; versions that environment.yml leaves open stay as they were."""
    from helpers.set_up.pins import pins, prebuilt

    text = (root / "environment.yml").read_text(encoding="utf-8")
    oldest = re.search(r"python>=([\d.]+)", text)[1]
    part = root / f".{NAME}.part"
    command = [*_uv(root), "pip", "compile", "-", "--output-file", str(part), *OPTIONS]
    command += [*prebuilt(), "--python-version", oldest, *options]
    try:
        part.write_text("".join(entry.text for entry in read(root)), encoding="utf-8")
        lines = "".join(f"{name}=={version}\n" for name, version in pins(root).items())
        subprocess.run(command, input=lines, text=True, check=True)
        found = part.read_text(encoding="utf-8")
        part.write_text(HEADER + found, encoding="utf-8", newline="\n")
        os.replace(part, root / NAME)
    finally:
        part.unlink(missing_ok=True)


def _uv(root: Path) -> list[str]:
    own = importlib.util.find_spec("uv")
    return [sys.executable if own else str(python_of(root / ".venv")), "-m", "uv"]


def main(arguments: list[str]) -> int:
    """Make the lock of this folder; what is given goes to uv, such as --upgrade."""
    try:
        make(ROOT, arguments)
    except FileNotFoundError:
        sys.exit("There is no uv here yet; set the kit up first")
    except subprocess.CalledProcessError as error:
        return error.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
