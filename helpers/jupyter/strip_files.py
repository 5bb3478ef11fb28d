"""Strip notebooks that are about to be committed: the pre-commit hook of the kit.

    python -m helpers.jupyter.strip_files notebooks/01_intake.ipynb

A notebook that was changed by it has to be staged again, so the exit status is then 1.
"""

import json
import sys
from pathlib import Path

from helpers.jupyter.saving import stripped


def strip(path: Path) -> bool:
    """Strip a notebook where it lies; tells whether anything had to go."""
    before = json.loads(path.read_text(encoding="utf-8"))
    after = stripped(before)
    if after == before:
        return False
    text = json.dumps(after, indent=1, ensure_ascii=False, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
    return True


def main(names: list[str]) -> int:
    """Strip each notebook, and name those that were changed or cannot be read."""
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
