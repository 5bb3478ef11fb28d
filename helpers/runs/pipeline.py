"""A whole run: its notebooks through papermill, then the report, then the swap."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from helpers.errors import RequestError
from helpers.files import ROOT, shown, typed
from helpers.request import AnyRequest, load, types
from helpers.runs import hashes, safe_places, whole
from helpers.runs.carrying_out import attempt, resume
from helpers.runs.notes import notes, waiting
from helpers.runs.progress import Progress
from helpers.runs.written import editions


@dataclass(frozen=True)
class Result:
    """What a run came to: its headline sentence and where its report is.

    One that was asked to stop after a stage has no report; its headline says so, and
    what there is of it lies in `kept`.
    """

    status: Literal["done", "up to date", "stopped"]
    headline: str
    report: Path | None
    notes: tuple[str, ...] = ()  # what the operator has to know or do
    kept: Path | None = None


def run(
    source: str | Path | dict,
    *,
    outputs: Path | None = None,
    overwrite: bool = False,
    force: bool = False,
    until: str | None = None,
    check: Callable[[AnyRequest], object] | None = None,
    progress: Progress,
) -> Result:
    """Carry out a request and put its finished run in `outputs/<id>`.

    Stages of an earlier attempt or of the finished run that still hold are taken over,
    unless `force` asks for all anew. `until` is the stage after which to stop. `check`
    looks at the request before any stage and may raise a KitError. Raises KitError for
    what the user can put right, RunFailed among it where a stage stopped. Until the new
    run is whole, the last one stays as it is.
    """
    request = load(source)
    outputs = outputs or ROOT / "outputs"
    _refuse_unasked(request, until)
    accept(request, outputs, check)
    with alone(request, outputs) as held:
        expected = hashes.run_hash(request, editions.before(outputs, request))
        folder, part, _ = whole.names(outputs, request.id)
        if not force and whole.up_to_date(folder, expected):
            headline = whole.finished(folder)["headline"]
            # what an attempt at another request of this id had left
            resume.refuse_decided(part)
            shutil.rmtree(part, ignore_errors=True)
            return Result("up to date", headline, folder / "report.html", notes(folder))
        # what stops before its report replaces nothing
        _refuse_overwriting(folder, request, overwrite or force or until is not None)
        if not until:
            resume.refuse_decided(folder)
        part, headline = attempt.make(
            request, outputs, expected, progress, held, fresh=force, until=until
        )
        if until:
            return _stopped(until, part, request)
        safe_places.open_up(part)
        whole.swap(outputs, request.id)
    return Result("done", headline, folder / "report.html", notes(folder))


def accept(
    request: AnyRequest,
    outputs: Path,
    check: Callable[[AnyRequest], object] | None = None,
) -> None:
    """Refuse a request that no run can be made of, or not in this folder."""
    _refuse_unknown_types(request)
    _refuse_own_folders(request, outputs)
    safe_places.refuse_inputs(request)
    safe_places.refuse_outputs(request, outputs, "--outputs")
    if check:
        check(request)


@contextlib.contextmanager
def alone(request: AnyRequest, outputs: Path) -> Iterator[contextlib.ExitStack]:
    """Hold a request's folder for this process alone, with no swap half done.

    Yields what holds whatever else the run has to hold until it is in place.
    """
    outputs.mkdir(parents=True, exist_ok=True)
    whole.refuse_links(outputs, request.id)
    whole.settle(outputs)
    with whole.locked(outputs, request.id) as ours:
        if not ours:
            raise RequestError(
                f"{outputs / request.id}: is being made by another run; wait for it"
            )
        with contextlib.ExitStack() as held:
            yield held


def _stopped(until: str, part: Path, request: AnyRequest) -> Result:
    """Say where a run stands that stopped after a stage, and how it goes on."""
    on = f"python3 -m helpers run {typed(request.source)}"
    if part.parent != ROOT / "outputs":
        on += f" --outputs {typed(shown(part.parent))}"
    if whole.finished(whole.names(part.parent, request.id)[0]):
        on += " --overwrite"
    kept = "" if request.alone else attempt.may_be_destroyed(part)
    return Result(
        "stopped",
        f"Stopped after {until}, as asked: {shown(part)} is kept{kept}.",
        None,
        (*waiting(part), f"To go on: {on}"),
        kept=part,
    )


def _refuse_unasked(request: AnyRequest, until: str | None) -> None:
    if until and until not in request.stages:
        raise RequestError(
            f"{request.source}: --until {until}: a summary of published results has no "
            f"such stage; write --until {request.stages[-1]}, or leave it out"
        )


def _refuse_unknown_types(request: AnyRequest) -> None:
    """Refuse an intervention or sector type that the catalogue does not have.

    What is wrong with its types is told by the check, with all else it finds wrong.
    """
    known, problems = types.read(request.findings.catalogue)
    if problems or request.alone:
        return
    programme, organisation = request.programme, request.organisation
    types.named(
        programme.intervention_type, organisation.sector_type, known, request.source
    )


def _refuse_own_folders(request: AnyRequest, outputs: Path) -> None:
    """Refuse an input in a folder of the run itself, which a new run replaces."""
    own = [folder.resolve() for folder in whole.names(outputs, request.id)]
    problems = [
        f"{request.source}: {key}: {shown(path)} lies where the run is made, and would "
        "be replaced; copy it out of that folder, and give the path of the copy"
        for path, key in hashes.input_files(request).items()
        if any(path.resolve().is_relative_to(folder) for folder in own)
    ]
    if problems:
        raise RequestError(problems)


def _refuse_overwriting(folder: Path, request: AnyRequest, overwrite: bool) -> None:
    # a workflow engine makes the folder of what it waits for
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not whole.finished(folder):
        raise RequestError(f"{folder}: exists and is not a finished run; move it away")
    if request.alone and not whole.is_summary(folder):
        # what was released of people must stay known to every later run
        raise RequestError(
            f"{folder}: holds the finished run of an analysis, which a summary of "
            f"published results does not replace; give {request.source} another id"
        )
    if not overwrite:
        raise RequestError(
            f"{folder}: holds a finished run, and the request, its data or the kit has "
            "changed since; write --overwrite to replace it"
        )
