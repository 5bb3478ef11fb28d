"""Publishing: what was approved is copied out, byte for byte, once its time has come.

The copy is made in a hidden folder beside and put in its place by one rename; the
ledger's line comes after. Where a crash parts the two, the next publish finds the
edition without its line, and adds the line if its bytes are those approved.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from helpers import names
from helpers.errors import RequestError
from helpers.files import sha256, shown
from helpers.life_cycle import approval
from helpers.life_cycle.approval import Approval
from helpers.life_cycle.certificate import files_below
from helpers.life_cycle.refusals import refuse_unfinished
from helpers.request.publication import ZONE, Publication
from helpers.runs import whole
from helpers.runs.written import checks, editions, ledger

EVENT = "published"
PAGE, RELEASE = "report.html", "release/"


@dataclass(frozen=True)
class Told:
    """What a run's own request says of its publication."""

    outputs: Path
    run_id: str
    analyst: str
    publication: Publication
    made_up: bool

    @property
    def place(self) -> Path:
        """The folder of the edition."""
        return editions.folder(self.outputs, self.run_id, self.publication.edition)


def now() -> datetime:
    """Give the time at which something is published."""
    return datetime.now(UTC)


def publish(run_id: str, outputs: Path) -> list[str]:
    """Publish the approved run of a request in `outputs`; gives the lines to print.

    Copies report.html and release/ to published/<id>/<edition>/ and records it in the
    ledger. Raises RequestError, a line a problem, where it may not be published, or not
    yet; nothing is left behind then.
    """
    whole.settle(outputs)
    refuse_unfinished(run_id, outputs)
    with whole.locked(outputs, run_id) as ours:
        if not ours:
            raise RequestError(f"{run_id}: is being made by a run; wait for it")
        ledger.refuse_broken(outputs)
        ledger.refuse_clock_set_back(outputs)
        told = _told(run_id, outputs)
        approved = _approved(told)
        leaves = {n: sha for n, sha in approved.files.items() if _leaves(n)}
        unfinished = os.path.lexists(told.place)
        if not unfinished:
            _copy(told, leaves)
        publication = told.publication
        ledger.record(
            outputs, EVENT, run_id,
            edition=publication.edition,
            files=leaves,
            release_at=publication.from_when.isoformat(),
            pre_release=list(publication.pre_release),
            name=approved.name,
        )  # fmt: skip
    return _said(told, approved, len(leaves), unfinished)


def _leaves(name: str) -> bool:
    return name == PAGE or name.startswith(RELEASE)


def _told(run_id: str, outputs: Path) -> Told:
    """Read what a run was asked for: a request past `destroy_by` no longer loads."""
    path = outputs / run_id / "audit" / "request.yml"
    try:
        request = yaml.safe_load(path.read_text(encoding="utf-8"))["request"]
        publication = Publication.model_validate(request["publication"])
        made_up = bool((request.get("inputs") or {}).get("made_up"))
        if request["id"] != run_id:
            raise RequestError(
                f"{shown(outputs / run_id)}: holds the run {request['id']!s:.60}; give "
                "the folder that name again"
            )
        analyst = str(request["analyst"])
        return Told(outputs, run_id, analyst, publication, made_up)
    except RequestError:
        raise
    except (OSError, ValueError, yaml.YAMLError, KeyError, TypeError, AttributeError,
            ValidationError) as error:  # fmt: skip
        raise RequestError(
            f"{shown(path)}: cannot be read as the request of a run; run it again with "
            "--overwrite"
        ) from error


# whether it may be -------------------------------------------------------------------


def _approved(told: Told) -> Approval:
    """Give the approval under which an edition is published, where nothing is wrong."""
    problems: list[str] = []
    approved = _standing(told, problems)
    if approved and names.is_among(approved.name, told.analyst):
        problems.append(
            f"{told.run_id}: {approved.name} is the analyst of this request, and an "
            "analyst does not approve their own; let someone else approve it"
        )
    problems += _too_early(told)
    edition = told.publication.edition
    try:
        editions.refuse_links(told.outputs, told.run_id, edition)
        problems += _against_published(told, approved)
        problems += _against_before(told) if edition > 1 else []
    except RequestError as error:
        problems += error.problems
    if problems or approved is None:
        raise RequestError(problems)
    return approved


def _standing(told: Told, problems: list[str]) -> Approval | None:
    """Give the approval that stands; what is wrong with it goes to the problems."""
    try:
        return approval.standing(told.outputs, told.run_id)
    except RequestError as error:
        problems += error.problems
        return None


def _too_early(told: Told) -> Iterator[str]:
    """Refuse before the time of the request, and tell who may see the report now."""
    begins = told.publication.from_when
    if now() < begins:
        key = "release_at" if told.publication.release_at else "date"
        yield (
            f"{told.run_id}: is published from {_when(begins)} (publication.{key}), "
            f"and it is {_when(now())} now; before that, {_who(told.publication)} may "
            "see it"
        )


def _lines(told: Told) -> dict[int, dict[str, Any]]:
    """Give the ledger's line of each edition that was published."""
    lines = ledger.ledger(told.outputs, EVENT, told.run_id)
    return {line["edition"]: line for line in lines}


def _against_published(told: Told, approved: Approval | None) -> Iterator[str]:
    """Refuse an edition that is out, or that an edition which is out comes after."""
    edition, lines = told.publication.edition, _lines(told)
    there = editions.numbers(told.outputs, told.run_id)
    last = max([*lines, *there], default=0)
    if edition in lines:
        yield (
            f"{told.run_id}: edition {edition} was published on "
            f"{lines[edition]['at'][:10]}; a correction is edition {last + 1}: write "
            "that in publication.edition, and run, approve and publish it"
        )
    elif edition < last:
        yield (
            f"{told.run_id}: is edition {edition}, and edition {last} is published; "
            f"write publication.edition: {last + 1}"
        )
    elif os.path.lexists(told.place) and approved:
        leaves = {n: sha for n, sha in approved.files.items() if _leaves(n)}
        if _hashes(told.place) != leaves:
            yield (
                f"{shown(told.place)}: lies there, is not what was approved, and the "
                "ledger does not know of it; move it away"
            )


def _against_before(told: Told) -> Iterator[str]:
    """Refuse a new edition that does not say what it changes in the one before it."""
    edition = told.publication.edition - 1
    line = _lines(told).get(edition)
    place = editions.folder(told.outputs, told.run_id, edition)
    if not told.publication.corrects:
        yield (
            f"{told.run_id}: publication.corrects is missing; say what edition "
            f"{edition + 1} changes and why, and run and approve it again"
        )
    if line is None or not place.is_dir():
        where = "the ledger" if line is None else shown(place.parent)
        yield (
            f"{told.run_id}: edition {edition + 1} follows edition {edition}, which "
            f"{where} does not have; publish that first, or put it back"
        )
        return
    present = _hashes(place)
    for name in sorted({*present, *line["files"]}):
        if present.get(name) != line["files"].get(name):
            yield (
                f"{shown(place / name)}: is not as it was published on "
                f"{line['at'][:10]}; put that back"
            )
    before = place / editions.RESULT
    path = told.outputs / told.run_id / "audit" / "checks.csv"
    if before.is_file() and _compared_with(path) != editions.as_found(before):
        yield (
            f"{told.run_id}: was made before edition {edition} was published, so its "
            "page does not say what changed since; run and approve it again"
        )


def _compared_with(path: Path) -> str:
    """Give the edition against which a run's page was made, as its check has it."""
    rows = [row for row in checks.read(path) if row["check"] == editions.CHECK]
    return rows[-1]["found"] if rows else ""


def _hashes(folder: Path) -> dict[str, str | None]:
    """Give every file of a published edition with its hash; None for a link's."""
    return {
        path.relative_to(folder).as_posix(): None if path.is_symlink() else sha256(path)
        for path in files_below(folder)
    }


# the copy ----------------------------------------------------------------------------


def _copy(told: Told, leaves: dict[str, str]) -> None:
    """Copy what was approved into its place, whole or not at all."""
    home, part = told.place.parent, told.place.with_name(f".{told.place.name}.part")
    for folder in (home.parent, home):
        if not folder.exists():
            folder.mkdir()
            folder.chmod(0o755)
    _clear(part)
    try:
        part.mkdir()
        for name, sha in leaves.items():
            _copy_file(told.outputs / told.run_id / name, part / name, sha)
        for folder, _, _ in os.walk(part):
            Path(folder).chmod(0o755)
        os.rename(part, told.place)
    except BaseException:
        _clear(part)
        raise


def _copy_file(source: Path, copy: Path, sha: str) -> None:
    copy.parent.mkdir(parents=True, exist_ok=True)
    with copy.open("xb") as file:
        file.write(source.read_bytes())
        file.flush()
        os.fsync(file.fileno())
    copy.chmod(0o444)
    if sha256(copy) != sha:
        raise RequestError(
            f"{shown(source)}: changed while it was copied; nothing was published: "
            "approve it again"
        )


def _clear(part: Path) -> None:
    """Remove a copy that was broken off."""
    if part.is_symlink():
        part.unlink()
    elif part.exists():
        shutil.rmtree(part)


# what is said ------------------------------------------------------------------------


def _when(moment: datetime) -> str:
    local = moment.astimezone(ZONE)
    return f"{local.day} {local:%B %Y, %H:%M} in London"


def _who(publication: Publication) -> str:
    return "; ".join(publication.pre_release) or "nobody"


def _said(told: Told, approved: Approval, count: int, unfinished: bool) -> list[str]:
    edition, run_id = told.publication.edition, told.run_id
    begun = " A publish that was broken off had put it there." if unfinished else ""
    lines = [
        f"{run_id}: edition {edition}, approved by {approved.name}, is published in "
        f"{shown(told.place)}: {count} files.{begun}",
        f"Allowed to see it before {_when(told.publication.from_when)}: "
        f"{_who(told.publication)}.",
    ]
    if not told.made_up:
        lines.append(
            "Once it stands at an address: python3 -m helpers catalogue add "
            f"{run_id} --source ADDRESS"
        )
    return lines
