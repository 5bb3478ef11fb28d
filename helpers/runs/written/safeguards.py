"""What a run did to keep its data safe, as it finds it once its report is made."""

import csv
import os
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow.parquet

from helpers.files import ROOT, sha256
from helpers.jupyter import kernel
from helpers.publication.refs import HIDDEN, SHOWN
from helpers.publication.report.checker import bundle
from helpers.publication.report.contents import Contents
from helpers.publication.report.safes.facts import Safeguards
from helpers.request import Request
from helpers.runs import hashes
from helpers.runs.run import Run
from helpers.runs.safe_places import ENGINE
from helpers.runs.stages import KEY
from helpers.runs.written import checks, ledger, seal

#: headings of columns that tell who somebody is, by themselves or beside others
IDENTIFYING = ("surname", "forename", "date_of_birth", "pnc_id", "prison_number",
               "postcode")  # fmt: skip
#: what stands before them in a list of both sides
SIDES = ("", "submitted_", "register_")
#: the folders of a run that only its owner may open
CLOSED = ("restricted", "audit")
#: endings of a file that is being written
UNDER_WAY = (".writing", ".tmp", ".wal")
#: where the bundle for an output checker lies
CHECKER = "release/checker/"
EVENTS = (seal.POOL, seal.GATE, seal.EVERYONE)


def safeguards(
    work: Run, content: Contents, commit: dict[str, Any], read_back: Iterable[str]
) -> Safeguards:
    """Give what a run did to keep its data safe, as far as it has come.

    `commit` is that of the kit, with whether anything differs from it, and `read_back`
    are the pages that were read back.
    """
    request = work.request
    results = Counter(
        row["result"] for row in checks.read(work.folder / "audit" / "checks.csv")
    )
    own = f"{request.id}/"
    editions = [name for name in work.beside if name.startswith(own)]
    return Safeguards(
        **_list(request),
        **_tables(request),
        **_files(work.folder),
        **_numbers(content),
        git=commit["commit"] is not None,
        commit=commit["commit"] or "",
        changed=commit["changed"],
        classes=dict(Counter(one["class"] for one in work.outputs.values())),
        openings=_openings(work),
        ledger=tuple(ledger.problems(work.folder.parent)),
        passed=results["pass"],
        warned=results["warn"],
        other_runs=len(work.beside) - len(editions),
        editions=len(editions),
        kernels=tuple(sorted(set(kernel.STARTED))),
        **_bundle(work),
        read_back=tuple(read_back),
    )


def _list(request: Request) -> dict[str, Any]:
    """Tell whether the list is the file that was received."""
    if not request.inputs.submission:
        return {}
    digest = sha256(ROOT / request.inputs.submission)
    received = request.data_sharing.received
    return {"list_sha256": digest, "list_as_received": digest == received.file_sha256}


def _tables(request: Request) -> dict[str, tuple[str, ...]]:
    """Tell the tables of national records that were opened from those that were not."""
    approved = request.approved_tables
    if approved is None:
        return {}
    folder = ROOT / request.inputs.extract
    there = {path.stem for path in folder.glob("*") if path.suffix in hashes.TABLES}
    return {
        "opened": tuple(sorted(there & approved)),
        "unopened": tuple(sorted(there - approved)),
    }


def _files(folder: Path) -> dict[str, Any]:
    """Look through the files that only their owner may open."""
    tops = [folder / name for name in CLOSED]
    place = Path(tempfile.gettempdir())
    inside = place.is_relative_to(folder.absolute())
    paths = [
        path
        for top in tops
        for path in [top, *sorted(top.rglob("*"))]
        if not (inside and path.absolute().is_relative_to(place))
    ]
    tables = [path for path in paths if path.suffix in hashes.TABLES]
    about_people = [path for path in tables if path.is_relative_to(tops[0])]
    opened = [path for path in paths if path.stat().st_mode & 0o077]
    left = [
        path
        for path in paths
        if path.is_file() and _temporary(path.relative_to(folder))
    ]
    modes = os.name != "nt"  # Windows keeps none

    def named(found: Iterable[Path]) -> tuple[str, ...]:
        return tuple(path.relative_to(folder).as_posix() for path in found)

    return {
        "looked_through": len(about_people),
        "identifying": named(p for p in about_people if _identifies(p)),
        "key": next(iter(named(p for p in about_people if p.name == KEY)), ""),
        "closed": len(paths) - len(opened) if modes else None,
        "open_to_others": named(opened) if modes else (),
        "temporary": named(left),
        "inside": inside,
    }


def _temporary(name: Path) -> bool:
    """Tell whether a file was meant for a while."""
    return ENGINE in name.as_posix() or name.suffix in UNDER_WAY


def _identifies(path: Path) -> bool:
    """Tell whether a table has a column that tells who somebody is, by its heading."""
    if path.suffix == ".parquet":
        headings = pyarrow.parquet.read_schema(path).names
    else:
        with path.open(encoding="utf-8-sig", newline="") as file:
            headings = next(csv.reader(file), [])
    known = {side + name for side in SIDES for name in IDENTIFYING}
    return not known.isdisjoint(heading.lower() for heading in headings)


def _numbers(content: Contents) -> dict[str, int]:
    """Count the numbers of the report by what was decided on them."""
    counted = {cell.ref: cell.value for cell in content.counts}
    return {
        "shown": int(counted[SHOWN]),
        "hidden": int(counted[HIDDEN]),
        "ranges": len(content.decision.coarsened & set(content.used)),
    }


def _bundle(work: Run) -> dict[str, int]:
    """Count the files of the output checker's bundle, and what it tells of."""
    files = [name for name in work.outputs if name.startswith(CHECKER)]
    if not files:
        return {}
    told = checks.read(work.folder / CHECKER / bundle.SHEET)
    return {"bundle": len(files), "records": len(told)}


def _openings(work: Run) -> dict[str, int]:
    """Count the ledger's lines of this request by their event."""
    lines = ledger.lines(work.folder.parent)
    own = Counter(line["event"] for line in lines if line["id"] == work.request.id)
    return {event: own[event] for event in EVENTS if own[event]}
