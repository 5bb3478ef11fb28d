"""The records opened and looked at: anew, or from what another request has left.

Names, dates of birth and aliases are never shared: those two tables are read from the
extract itself, and looked at anew, for each request.
"""

import shutil
from collections.abc import Callable, Collection
from dataclasses import asdict
from functools import partial
from pathlib import Path

from helpers.errors import DataError
from helpers.files import shown
from helpers.intake.records import profile
from helpers.intake.records.counted import Line
from helpers.intake.records.engine import Records
from helpers.intake.records.extract import open_extract
from helpers.intake.records.profile import Looking, Profile
from helpers.intake.records.shared import histories, place
from helpers.intake.records.shared.place import Shared
from helpers.intake.records.tables import TABLES
from helpers.request.engine import Engine

#: what tells who somebody is, and is therefore never shared
NEVER_SHARED = ("person", "alias")
SHARED = [name for name in TABLES if name not in NEVER_SHARED]
OF_EACH = (histories.HISTORY, histories.CONVICTIONS)


def opened(
    extract: str | Path,
    work: str | Path,
    looking: Looking,
    *,
    approved: Collection[str] | None = None,
    engine: Engine = Engine(),  # noqa: B008 frozen
    shared: Shared | None = None,
) -> tuple[Records, Profile]:
    """Open an extract and look at it; what cannot be is not known afterwards.

    Parameters
    ----------
    extract, work, approved, engine
        As `open_extract` takes them.
    looking
        As `profile` takes it.
    shared
        Where requests on the same extract share what is worked out of it. The first
        leaves it there, those at work at the same time wait for it, and all read it.
        None: nothing is shared.

    Raises
    ------
    DataError
        With every problem of the extract, or where there is no room for what is shared.
    """
    may_open = TABLES if approved is None else approved
    if shared is None or not Path(extract).is_dir():
        return _anew(extract, work, looking, may_open, engine)
    name_now = partial(place.name_of, Path(extract), may_open, looking, engine)
    name = name_now()
    held = shared.in_use(name)
    try:
        with shared.turn(name):
            told = place.contents(shared.folder / name)
            if told is None:
                records, looked = _anew(extract, work, looking, may_open, engine)
                if not looked.problems:
                    _leave(records, looked, shared, name, name_now)
        if told is not None:
            of_each = {t: [Line(**line) for line in told[t]] for t in told}
            at_hand = _files(shared.used(name))
            records = open_extract(
                extract, work, approved=may_open, at_hand=at_hand, engine=engine
            )
            looked = profile.profile(records, looking, of_each)
    except BaseException:
        held.close()
        raise
    shared.tidied(name)
    records.until_closed.enter_context(held)
    return records, looked


def _anew(
    extract: str | Path,
    work: str | Path,
    looking: Looking,
    approved: Collection[str],
    engine: Engine,
) -> tuple[Records, Profile]:
    """Open the extract and look at every table of it."""
    records = open_extract(extract, work, approved=approved, engine=engine)
    try:
        return records, profile.profile(records, looking)
    except BaseException:
        records.close()
        raise


def _leave(
    records: Records,
    looked: Profile,
    shared: Shared,
    name: str,
    name_now: Callable[[], str],
) -> None:
    """Leave the tables for other requests; this one reads what it has left as well.

    Raises DataError where the extract has another name now: something changed it.
    """
    try:
        with shared.building(name) as part:
            tables = {t: records.tables[t] for t in SHARED if t in records.tables}
            for table, rows in (tables | histories.made(records)).items():
                records.converted(rows, f"shared_{table}")
                written = records.place / f"shared_{table}.parquet"
                shutil.move(written, part / f"{table}.parquet")
            told = {t: [asdict(line) for line in looked.of_each[t]] for t in tables}
            place.write_contents(part, told)
            if name_now() != name:
                raise DataError(
                    "inputs.extract: was changed while it was read, or the kit's code "
                    "was; see that nobody writes there, then run again"
                )
    except (*records.failed, OSError) as error:
        records.close()
        # what the engine says of it holds the person's row
        why = error.strerror if isinstance(error, OSError) else "could not be written"
        raise DataError(
            f"{shown(shared.folder / name)}: what requests on the same extract share: "
            f"{why}; see that the disk has room and engine.memory is enough, then run "
            "again"
        ) from None
    except BaseException:
        records.close()
        raise
    for table, file in _files(shared.folder / name).items():
        records.tables[table] = records.parquet(file)


def _files(folder: Path) -> dict[str, Path]:
    """Give the files of what is shared by the name of the table."""
    paths = {table: folder / f"{table}.parquet" for table in (*SHARED, *OF_EACH)}
    return {table: path for table, path in paths.items() if path.exists()}
