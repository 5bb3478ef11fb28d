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


def unstripped(folder: Path) -> list[Path]:
    """Give the notebooks of a folder, Jupyter's copies too, in which anything must go.

    What cannot be read as a notebook is none of them.
    """
    with_outputs = []
    for path in sorted(folder.rglob("*.ipynb")):
        try:
            held = json.loads(path.read_text(encoding="utf-8"))
            if stripped(held) != held:
                with_outputs.append(path)
        except ValueError:
            continue
    return with_outputs


def strip_all(folder: Path) -> list[Path]:
    """Strip every notebook of a folder, and give those in which anything had to go."""
    return [path for path in unstripped(folder) if strip(path)]


def _text(notebook: dict[str, Any]) -> str:
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def filter_one() -> int:
    """Strip the notebook on standard input; a refusal keeps it out of git."""
    text = sys.stdin.buffer.read()
    try:
        before = json.loads(text)
        after = stripped(before)
    except ValueError as error:
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
        except (OSError, ValueError) as error:
            sys.stderr.write(f"{name}: {error}\n")
            status = 1
            continue
        if changed:
            sys.stderr.write(f"{name}: what a run left was stripped; stage it again\n")
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
