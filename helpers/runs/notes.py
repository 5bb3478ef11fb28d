"""What the operator has to know of a finished run, or do: a line each."""

import csv
from pathlib import Path

import pandas as pd

from helpers.publication.wording.without_result.not_made import TAG
from helpers.runs import whole
from helpers.runs.stages import LEFT_OUT, LIST_PROBLEMS, MADE_BY, NOTEBOOKS
from helpers.runs.written import checks, editions, ledger

#: how the line begins of a run that shows less because of another
HIDDEN = "Numbers are hidden since another run here is on nearly the same people"


def notes(folder: Path) -> tuple[str, ...]:
    """Tell what is in doubt, left out, lost or waits, and of data destroyed."""
    alone = _alone(folder / "audit" / "checks.csv")
    if whole.is_summary(folder):
        return alone
    if (folder / "audit" / "destroyed.json").exists():
        return ("Its data about people were destroyed; the report is as it was.",)
    told = (
        *alone,
        *_doubted(folder / "audit" / "checks.csv"),
        *_left_out(folder / "restricted"),
        _lost(folder / "restricted" / LIST_PROBLEMS),
        *waiting(folder),
        _beside_another(folder / "audit" / "disclosure.csv"),
    )
    return tuple(line for line in told if line)


def _doubted(path: Path) -> list[str]:
    """Give the intake's warnings, but for what the list's file tells; the ledger's."""
    return [
        f"In doubt: {check['check']}: {check['found']}"
        for check in checks.read(path)
        if (check["stage"] == "intake" or check["check"] == ledger.CHECK)
        and check["result"] == "warn"
        and LIST_PROBLEMS not in check["found"]
        and not check["found"].startswith(TAG)  # which the headline says
    ]


def _alone(path: Path) -> tuple[str, ...]:
    """Say that the edition before is not there, where a new one does not tell of it."""
    if not any(
        check["check"] == editions.CHECK and check["result"] == "warn"
        for check in checks.read(path)
    ):
        return ()
    return (
        "The edition before is not in published/: the page does not say which numbers "
        "changed, and publish refuses it",
    )


def _left_out(restricted: Path) -> list[str]:
    """Say which analyses were left out, and where it is told why."""
    path = restricted / "data" / LEFT_OUT
    if not path.exists():
        return []
    why = restricted / "notebooks" / f"{NOTEBOOKS[MADE_BY[LEFT_OUT]]}.html"
    return [
        f'Left out: analyses: "{name}": its groups could not be compared; why: {why}'
        for name in pd.read_parquet(path)["analysis"]
    ]


def _lost(path: Path) -> str:
    """Say how many lines of the list errors cost, and where they are listed."""
    if not path.exists():
        return ""
    problems = pd.read_csv(path, usecols=["row", "level"], encoding="utf-8-sig")
    count = problems.loc[problems["level"] == "error", "row"].nunique()
    if not count:
        return ""
    lines = "1 line of the list is" if count == 1 else f"{count} lines of the list are"
    return f"{lines} lost to errors in what is needed, row by row in {path}"


def waiting(folder: Path) -> tuple[str, ...]:
    """Say how many lines wait for a person's decision, and in which file; else nothing.

    `folder` is a run, or an attempt that stopped after intake.
    """
    line = _waiting(folder / "restricted" / "data" / "review_list.csv")
    return (line,) if line else ()


def _waiting(path: Path) -> str:
    if not path.exists():
        return ""
    listed = pd.read_csv(path, usecols=["line", "decision"], dtype={"decision": "str"})
    settled = listed.loc[listed["decision"] == "accept", "line"]
    open_ = listed[listed["decision"].isna() & ~listed["line"].isin(settled)]
    count = open_["line"].nunique()
    if not count:
        return ""
    lines, them = (
        ("1 line waits", "it") if count == 1 else (f"{count} lines wait", "them")
    )
    told = f"{lines} for a person's decision, and nobody was linked to {them}: {path}"
    if path.parents[2].suffix != ".part":
        return told
    return f"{told}; decide in a copy elsewhere, since the next run empties this folder"


def _beside_another(path: Path) -> str:
    """Say that another run on nearly the same people hides numbers of this one."""
    if not path.exists():
        return ""
    with path.open(encoding="utf-8", newline="") as file:
        hidden = any(row["rule"] == "edition" for row in csv.DictReader(file))
    if not hidden:
        return ""
    return (
        f"{HIDDEN}, as {path} tells of each; for a trial, write --outputs with another "
        "folder"
    )
