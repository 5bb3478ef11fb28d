"""The exact versions that environment.yml, the one authority, names."""

import re
from pathlib import Path

from helpers.set_up.steps import SetUpError

PIN = re.compile(r"^ *- *([\w.-]+)==([\w.!+-]+) *(?:#.*)?$", re.MULTILINE)

#: packages of Python alone that are there as source alone: only they are built
FROM_SOURCE = ("odfpy",)


def prebuilt() -> list[str]:
    """Give the options by which pip and uv take built packages alone, save those.

    A package that has to be compiled would take an hour and then fail.
    """
    return ["--only-binary", ":all:", "--no-binary", ",".join(FROM_SOURCE)]


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
