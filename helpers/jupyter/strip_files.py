"""Strip notebooks that are about to be committed: a hook, and the filter of git.

    python -m helpers.jupyter.strip_files notebooks/01_intake.ipynb
    python -m helpers.jupyter.strip_files - < notebooks/01_intake.ipynb

The first is the pre-commit hook: a notebook that was changed by it has to be staged
again, so the exit status is then 1. The second strips what git takes up itself.
"""

import json
import stat
import sys
from pathlib import Path
from typing import Any

from helpers import files
from helpers.jupyter.saving import stripped


def strip(path: Path) -> bool:
    """Strip a notebook, whole or not at all; tells whether anything had to go."""
    before = json.loads(path.read_text(encoding="utf-8"))
    after = stripped(before)
    if after == before:
        return False
    path = path.resolve()  # what a link leads to is stripped, not the link replaced
    mode = stat.S_IMODE(path.stat().st_mode)
    files.write(path, _text(after), closed=True)
    path.chmod(mode)
    return True


def look_through(folder: Path) -> tuple[list[Path], list[Path]]:
    """Find the notebooks of a folder, Jupyter's copies too, in which anything must go.

    Gives these, and the files named as notebooks that cannot be read as one.
    """
    with_outputs, unread = [], []
    for path in sorted(folder.rglob("*.ipynb")):
        if not path.is_file():  # a pipe, or a link to nothing: no notebook is in it
            continue
        try:
            held = json.loads(path.read_text(encoding="utf-8"))
            if stripped(held) != held:
                with_outputs.append(path)
        except (OSError, ValueError, RecursionError):
            unread.append(path)
    return with_outputs, unread


def strip_all(folder: Path) -> tuple[list[Path], list[Path]]:
    """Strip every notebook of a folder.

    Gives those in which anything had to go, and those that could not be looked into or
    written.
    """
    found, left = look_through(folder)
    done = []
    for path in found:
        try:
            strip(path)
            done.append(path)
        except OSError:
            left.append(path)
    return done, left


def _text(notebook: dict[str, Any]) -> str:
    asked = {"indent": 1, "sort_keys": True}
    text = json.dumps(notebook, ensure_ascii=False, **asked)
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        # half of a pair, as of an emoji, is no UTF-8: it stays written as it was
        text = json.dumps(notebook, **asked)
    return f"{text}\n"


def filter_one() -> int:
    """Strip the notebook on standard input; a refusal keeps it out of git."""
    text = sys.stdin.buffer.read()
    try:
        before = json.loads(text)
        after = stripped(before)
    except (ValueError, RecursionError) as error:
        sys.stderr.write(f"not taken up: outputs could not be stripped ({error})\n")
        return 1
    sys.stdout.buffer.write(text if after == before else _text(after).encode())
    return 0


def main(names: list[str]) -> int:
    """Strip each notebook, and name those that were changed or cannot be read."""
    if names == ["-"]:
        return filter_one()
    status = 0
    for name in names:
        try:
            changed = strip(Path(name))
        except (OSError, ValueError, RecursionError) as error:
            sys.stderr.write(f"{name}: {error}\n")
            status = 1
            continue
        if changed:
            sys.stderr.write(f"{name}: what a run left was stripped; stage it again\n")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
