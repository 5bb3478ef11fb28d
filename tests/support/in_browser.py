"""What the browser's tests share: the copies of a page, pictures, other programs."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

#: the finished runs of tests/conftest.py whose pages are looked at
RUNS = ("shared", "increase", "poor", "few")

COPIES = {
    "published": "report.html",
    "reviewers": "restricted/report-reviewers.html",
    "cover": "restricted/index.html",
}


def looked_at(run: str, kind: str, slow: bool = False):
    """A copy as a parameter of tests."""
    marks = [pytest.mark.slow] if slow else []
    return pytest.param((run, kind), id=f"{run}-{kind}", marks=marks)


#: the reviewers' copies are long: all but one run's are looked at with --all only
EVERY_COPY = [
    looked_at(run, kind, slow=kind == "reviewers" and run != "shared")
    for run in RUNS
    for kind in ("published", "reviewers")
]

#: pictures for a person to look at; git ignores them
SCREENSHOTS = Path(__file__).parents[1] / "browser" / "screenshots"

OPEN_DETAILS = "document.querySelectorAll('details').forEach(d => { d.open = true })"


def program(name: str, package: str) -> str:
    """Where a program lies that pip cannot install; without it the test skips."""
    found = shutil.which(name)
    if found is None:
        reason = f"no {name.capitalize()} found: apt install {package}"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    return found


@dataclass(frozen=True)
class Copy:
    """One copy of a run's page."""

    run: str
    kind: str
    path: Path

    @property
    def name(self) -> str:
        return f"{self.run}-{self.kind}"
