"""The exact versions that environment.yml, the one authority, names."""

import re
from pathlib import Path

from helpers.set_up.steps import SetUpError

PIN = re.compile(r"^ *- *([\w.-]+)==([\w.!+-]+) *(?:#.*)?$", re.MULTILINE)


def pins(root: Path) -> dict[str, str]:
    """Give the exact version of each package named in environment.yml."""
    path = root / "environment.yml"
    try:
        found = dict(PIN.findall(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise SetUpError(f"{path} cannot be read: {error.strerror}") from error
    if not found:
        raise SetUpError(f"{path} holds no line of the form - name==version")
    return found
