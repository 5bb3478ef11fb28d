"""Other finished runs of an outputs folder, and what was published from it."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from helpers.files import sha256
from helpers.publication import people, refs
from helpers.publication.disclosure.editions import Release
from helpers.runs.stages import KEY, OUTCOMES, WHO
from helpers.runs.written import editions

DATA = Path("restricted") / "data"
#: what of a run is out, by its analyses
OUT = "released.json"


def who(data: Path, stage: str) -> pd.DataFrame:
    """Give the Boolean columns of people that a stage registered."""
    return people.read(data / WHO.format(stage))


def releases(outputs: Path, own: str) -> Iterator[Release]:
    """Give every other finished run whose people are still held, with who is in it."""
    for folder in sorted(outputs.iterdir()):
        name = folder.name
        if name.startswith(".") or name.endswith(".draft") or name == own:
            continue
        if (found := last(outputs, name)) is not None:
            yield found


def last(outputs: Path, own: str) -> Release | None:
    """Give the finished run of a request, which a new one replaces; None without."""
    folder = outputs / own
    if (folder / "report.html").exists() and (folder / DATA / KEY).exists():
        return release(folder / DATA)
    return None


def release(data: Path) -> Release:
    """Give who is in a run and on the rungs of its ladders, from restricted data."""
    read = [KEY, OUTCOMES, *map(WHO.format, ("intake", "matching", "outcomes")), OUT]
    rungs = who(data, "outcomes")
    rungs = rungs[rungs["analysis"].map(refs.is_rung).astype(bool)]
    return Release(
        pd.read_parquet(data / KEY),
        pd.read_parquet(data / OUTCOMES),
        pd.concat(
            [who(data, "intake"), who(data, "matching"), rungs], ignore_index=True
        ),
        json.loads((data / OUT).read_text()) if (data / OUT).exists() else None,
        data.parents[1].name,
        hashed(data / name for name in read),
    )


def hashed(paths: Iterable[Path]) -> str:
    """Give one hash of files that were read, of those that are there."""
    told = [f"{path.name} {sha256(path)}" for path in paths if path.exists()]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def standing(outputs: Path, name: str) -> str | None:
    """Give the hash of a release as it stands now; None where it is not there.

    `name` is that of a run, or of a published edition as `id/edition`.
    """
    run_id, _, edition = name.partition("/")
    if edition:
        path = editions.folder(outputs, run_id, int(edition)) / editions.RESULT
        return sha256(path) if path.is_file() else None
    found = last(outputs, run_id)
    return found.sha256 if found else None


def before(outputs: Path, own: str, edition: int) -> dict[int, Path]:
    """Give the folders of editions of a request that were published before this one."""
    numbers = editions.numbers(outputs, own)
    return {n: editions.folder(outputs, own, n) for n in numbers if n < edition}
