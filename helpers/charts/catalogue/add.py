"""A finished run's released result put into results.csv, or nothing changed there."""

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from helpers.charts.catalogue import overlaps, read, row
from helpers.charts.catalogue.columns import RESULTS
from helpers.charts.catalogue.file import Table
from helpers.charts.catalogue.row import Offered, Values
from helpers.errors import DataError, RequestError
from helpers.files import shown, write

FILE = "results.csv"


def add(
    request: Values, result: Values, folder: Path, *, source: str = ""
) -> list[str]:
    """Put a released result into a catalogue; gives a line for each thing done.

    `request` and `result` are audit/request.yml and release/result.json of the run as
    `row.offered` takes them. A newer edition takes the place of what the request has
    there. Every other row keeps its bytes. Raises KitError, with nothing changed, for a
    catalogue with problems, a result that cannot be added, and one that is there.
    """
    path = folder / FILE
    if path.is_symlink():
        raise RequestError(
            f"{shown(path)}: is a link; name the folder of the file it leads to with "
            "--catalogue"
        )
    if not folder.is_dir():
        raise RequestError(
            f"{shown(folder)}: is no folder; name the one that holds results.csv, "
            "counts.csv and types.csv"
        )
    with _locked(folder):
        before = read.read(shown(folder))
        new = row.offered(request, result, before.types, source)
        if not new.rows:
            raise RequestError(new.left_out or f"{request['id']}: has no headline")
        table = Table.of(path.read_bytes().decode())
        lines = _put(table, new, request, shown(path))
        after = _checked(table.text, folder, before.results, new.rows)
        mode = path.stat().st_mode
        write(path, table.text)
        path.chmod(mode)
    ids = [made["id"] for made in new.rows]
    return [*lines, *new.left_out, *_overlapping(after, ids)]


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold a catalogue for this process; what is read is what is written to."""
    try:
        import fcntl
    except ImportError:  # Windows has no such lock; there one at a time is a rule
        yield
        return
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def _put(table: Table, new: Offered, request: Values, where: str) -> list[str]:
    """Put rows where those of an earlier edition are, else at the end."""
    rows, edition = table.rows(), row.edition(request)
    _refuse_in_the_way(rows, new, edition, where)
    own = {n: found for n, found in rows.items() if found["request"] == request["id"]}
    places = {found["id"]: place for place, found in own.items()}
    table.widen([name for name in RESULTS if name not in table.header])
    told = []
    for made in new.rows:
        place = places.pop(made["id"], len(table.records))
        table.records[place : place + 1] = [table.record(made)]
        # a spreadsheet counts rows from 1
        line = f"{where}: row {place + 1} ({made['id']})"
        told.append(f"{line}: {_done(own.get(place), made)}")
    for id_, place in places.items():
        table.records[place] = ""
        told.append(f"{where}: {id_}: taken out; edition {edition} has it not")
    return told


def _refuse_in_the_way(
    rows: dict[int, dict[str, str]], new: Offered, edition: int, where: str
) -> None:
    """Stop at rows of the same ids, and of an edition that is as new, one line each."""
    ids, own = {made["id"] for made in new.rows}, new.rows[0]["request"]
    problems = []
    for place, found in rows.items():
        start = f"{where}: row {place + 1} ({found['id']})"
        if found["request"] == own and _edition(found) >= edition:
            problems.append(
                f"{start}: is this request's already, and edition {edition} is no "
                "newer; mend that row by hand, or take it out and add again"
            )
        elif found["request"] != own and found["id"] in ids:
            problems.append(f"{start}: is another result; give that row another id")
    if problems:
        raise RequestError(problems)


def _edition(found: Values) -> int:
    told = re.search(r"\bedition (\d+)", found["note"])
    return int(told[1]) if told else 1


def _done(found: Values | None, made: Values) -> str:
    """Say that a row was added, or what changed in it."""
    if found is None:
        return "added"
    pairs = [(name, found[name], made.get(name, "")) for name in RESULTS]
    changed = [
        f"{name} from {old or 'empty'} to {new or 'empty'}"
        for name, old, new in pairs
        if old != new
    ]
    return f"replaced; {', '.join(changed)}"


# what comes of it ---------------------------------------------------------------------


def _checked(
    text: str, folder: Path, before: pd.DataFrame, new: list[dict[str, str]]
) -> pd.DataFrame:
    """Read the file as it would be, beside its own types; gives its results.

    Raises DataError for a row that the catalogue cannot hold, and where any other row
    would be read otherwise than before.
    """
    with tempfile.TemporaryDirectory() as temporary:
        for name in ("counts.csv", "types.csv"):
            shutil.copy(folder / name, temporary)
        Path(temporary, FILE).write_bytes(text.encode())
        try:
            after = read.read(temporary).results
        except DataError as error:
            where = shown(folder)
            problems = [line.replace(temporary, where) for line in error.problems]
            raise DataError(
                [f"{line}; nothing was added" for line in problems]
            ) from error
    theirs = {made["request"] for made in new}
    others = [
        results.loc[~results["request"].isin(theirs), RESULTS].reset_index(drop=True)
        for results in (before, after)
    ]
    if not others[0].equals(others[1]):
        raise DataError(
            f"{shown(folder / FILE)}: its quotes leave in doubt where a row ends; save "
            "it anew from a spreadsheet, or write the row by hand"
        )
    return after


def _overlapping(results: pd.DataFrame, ids: list[str]) -> list[str]:
    """Name the results that may share people with those that were added."""
    lines = []
    for organisation, kind, group in overlaps.named(results):
        if own := [id_ for id_ in group if id_ in ids]:
            others = ", ".join(id_ for id_ in group if id_ != own[0])
            lines.append(
                f"{own[0]} may share people with {others}: {organisation}, {kind}, in "
                "years that meet or are not known; a synthesis takes the largest alone"
            )
    return lines
