"""results.json as ACRO writes it, with checksums, so that SACRO-Viewer opens it.

The layout is that of ACRO 0.4 (AI-SDC/ACRO: acro/record.py and acro/acro_tables.py),
which SACRO-Viewer names as the one it supports; a folder holds one such file, with
every file that it names beside it.
"""

import hashlib
import html
import json
from collections.abc import Mapping

from helpers.publication.report.checker.output import Output
from helpers.publication.report.checker.statistics import OTHER

#: the release of ACRO whose layout this is; it reads records of its own version alone
VERSION = "0.4.12"
RESULTS, CHECKSUMS = "results.json", "checksums"

#: ACRO's checks of a table; by which of our rules a number is hidden is not told, so
#: that all of them stand under the first that ACRO has for counts
CHECKS = (
    "negative",
    "missing",
    "threshold",
    "p-ratio",
    "nk-rule",
    "all-values-are-same",
)
HIDDEN_BY = "threshold"
NOT_TOLD = (
    f"“{HIDDEN_BY}” stands at every number that is hidden. Which of them is about few "
    "people itself and which protects another is not told."
)
#: what the viewer calls a figure
TYPES = {"curves": "survival plot"}


def results(
    outputs: list[Output], rows: list[dict[str, str]], sheet: str, date: str
) -> str:
    """Give results.json: a record an output, and one for the sheet.

    `date` is that of publication, the only date that a report shows.
    """
    stamp = f"{date}T00:00:00"
    records = {
        one.uid: _record(one, row, stamp)
        for one, row in zip(outputs, rows, strict=True)
    }
    records["outputs"] = {
        "uid": "outputs",
        "status": "review",
        "type": "custom",
        "properties": {"method": "sheet"},
        "files": [{"name": sheet, "sdc": {}}],
        "outcome": {},
        "command": "custom",
        "summary": "review",
        "timestamp": stamp,
        "comments": ["Every output, a row each: what it is and what it stands beside."],
        "exception": "",
    }
    whole = {"version": VERSION, "results": records}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def checksums(files: Mapping[str, bytes]) -> dict[str, str]:
    """Give the SHA-256 of every file, each in a file of its own."""
    return {
        f"{CHECKSUMS}/{name}.txt": hashlib.sha256(data).hexdigest()
        for name, data in files.items()
    }


def _record(one: Output, row: Mapping[str, str], stamp: str) -> dict:
    hidden = one.hidden
    control = _control(hidden)
    unknown = OTHER.statbarn in row["statbarns"]
    table, *picture = one.files
    kind = (
        TYPES.get(one.part.recipe.get("figure", ""), "custom") if picture else "table"
    )
    return {
        "uid": one.uid,
        "status": "review" if hidden or unknown else "pass",
        "type": kind,
        "properties": {
            "method": row["statistics"],
            "statbarns": row["statbarns"].split("; ") if row["statbarns"] else [],
        },
        "files": [
            {"name": table, "sdc": control},
            *({"name": name, "sdc": {}} for name in picture),
        ],
        "outcome": _outcome(one),
        "command": one.made_in,
        "summary": _summary(len(hidden), unknown),
        "timestamp": stamp,
        "comments": [*_comments(row), *[NOT_TOLD] * bool(hidden)],
        "exception": "",
    }


def _summary(hidden: int, unknown: bool) -> str:
    """Say what was found as ACRO says it."""
    if hidden:
        return f"review; {HIDDEN_BY}: {hidden} cells suppressed; "
    return "review" if unknown else "pass"


def _control(hidden: list[tuple[int, int]]) -> dict:
    """Give what ACRO calls sdc: how many cells are hidden, and where."""
    counts: dict[str, int] = dict.fromkeys(CHECKS, 0) | {HIDDEN_BY: len(hidden)}
    cells: dict[str, list] = {check: [] for check in CHECKS}
    cells[HIDDEN_BY] = [list(place) for place in hidden]
    return {"summary": {"suppressed": bool(hidden), **counts}, "cells": cells}


def _outcome(one: Output) -> dict[str, dict[str, str]]:
    """Give a table of the shape of an output: what was found at each of its cells."""
    head, *body = one.table
    names = _apart([row[0] for row in body])
    hidden = set(one.hidden)
    return {
        column: {
            name: f"{HIDDEN_BY}; " if (row, place) in hidden else "ok"
            for row, name in enumerate(names)
        }
        for place, column in enumerate(_apart(head[1:]))
    }


def _apart(names: list[str]) -> list[str]:
    """Give names each once: one that stands again gets its place behind it."""
    return [
        name if names.index(name) == place else f"{name} ({place + 1})"
        for place, name in enumerate(names)
    ]


def _comments(row: Mapping[str, str]) -> list[str]:
    # the viewer puts comments into its page as they are
    told = {n: text for n, text in row.items() if text and n not in ("output", "files")}
    return [
        html.escape(f"{name.replace('_', ' ')}: {text}", quote=False)
        for name, text in told.items()
    ]
