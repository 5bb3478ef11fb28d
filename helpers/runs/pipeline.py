"""A whole run: its notebooks through papermill, then the report, then the swap."""

import contextlib
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from helpers import files
from helpers.errors import KitError, RequestError, RunFailed
from helpers.files import ROOT, destroy_command, shown
from helpers.jupyter.ahead import kernels
from helpers.request import AnyRequest, load, types
from helpers.runs import hashes, manifest, safe_places, whole
from helpers.runs.carrying_out import execute
from helpers.runs.carrying_out.failure import one_line
from helpers.runs.notes import notes
from helpers.runs.progress import Progress
from helpers.runs.run import Run
from helpers.runs.stages import NOTEBOOKS
from helpers.runs.written import editions

#: what the one run of a folder holds that decides what it shows; no request's id has _
DECIDING = ".what_is_shown.lock"


@dataclass(frozen=True)
class Result:
    """What a run came to: its headline sentence and where its report is."""

    status: Literal["done", "up to date"]
    headline: str
    report: Path
    notes: tuple[str, ...] = ()  # what the operator has to know or do


def run(
    source: str | Path | dict,
    *,
    outputs: Path | None = None,
    overwrite: bool = False,
    force: bool = False,
    check: Callable[[AnyRequest], object] | None = None,
    progress: Progress,
) -> Result:
    """Carry out a request and put its finished run in `outputs/<id>`.

    `check` looks at the request before any stage and may raise a KitError. Raises
    KitError for what the user can put right, RunFailed among it where a stage stopped.
    Until the new run is whole, the last one stays as it is.
    """
    request = load(source)
    outputs = outputs or ROOT / "outputs"
    accept(request, outputs, check)
    with alone(request, outputs) as held:
        expected = hashes.run_hash(request, editions.before(outputs, request))
        folder, _, _ = whole.names(outputs, request.id)
        if not force and whole.up_to_date(folder, expected):
            headline = whole.finished(folder)["headline"]
            return Result("up to date", headline, folder / "report.html", notes(folder))
        _refuse_overwriting(folder, request, overwrite or force)
        part, headline = attempt(request, outputs, expected, progress, held)
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


def attempt(
    request: AnyRequest,
    outputs: Path,
    expected: str,
    progress: Progress,
    held: contextlib.ExitStack,
) -> tuple[Path, str]:
    """Make a whole run in its hidden folder; gives the folder and the headline.

    From its report on `held` keeps any other run from deciding what it shows: each has
    to see what the other releases of the same people.
    """
    part = whole.names(outputs, request.id)[1]
    shutil.rmtree(part, ignore_errors=True)
    try:
        return part, _build(request, part, expected, progress, held)
    except RunFailed as error:
        left = left_behind(part, request)
        raise RunFailed(f"{one_line(error)}; {left}") from error


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


def _refuse_overwriting(folder: Path, request: AnyRequest, overwrite: bool) -> None:
    if not folder.exists():
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


def left_behind(part: Path, request: AnyRequest) -> str:
    """Say what lies in an attempt that failed, and what becomes of it."""
    if request.alone:
        return f"{shown(part)} is kept: mend the cause and run again"
    run_id = part.name.removeprefix(".").removesuffix(".part")
    return (
        f"{shown(part)} is kept and holds people's records: mend the cause and run "
        "again, which starts it afresh, or destroy it with "
        f"{destroy_command(run_id, part.parent)}"
    )


def _build(
    request: AnyRequest,
    part: Path,
    expected: str,
    progress: Progress,
    held: contextlib.ExitStack,
) -> str:
    """Build a run in its hidden folder; gives the headline sentence."""
    work = Run(request, "charts", part)  # the report may show every stage's cells
    times: dict[str, float] = {}
    with safe_places.closed(part):
        headline = _carried_out(work, times, progress, held)
    work.declare(part / "audit" / "checks.csv", "audit")
    problem = manifest.undeclared(work)
    if problem:
        raise RunFailed(f"{request.id}: {problem}")
    manifest.write(work, expected, headline, times)
    return headline


def _carried_out(
    work: Run,
    times: dict[str, float],
    progress: Progress,
    held: contextlib.ExitStack,
) -> str:
    """Carry out every stage, then the report; gives the headline sentence."""
    request = work.request
    work.write("request.yml", request.written(), sensitivity="audit")
    log: list[str] = []
    with kernels([NOTEBOOKS[stage] for stage in request.stages]) as ahead:
        for stage, name in NOTEBOOKS.items():
            if stage not in request.stages:
                continue
            if stage not in work.carried_out:
                log.append(
                    f"{stage}: not carried out, since no headline can be analysed\n"
                )
                continue
            ahead.next(name)
            progress.stage_next(stage)
            started = time.monotonic()
            line = execute.carry_out(stage, name, work, progress)
            log.append(f"{line or f'{stage}: done'}\n")
            if line:
                _write_log(work, log)
                raise RunFailed(line)
            times[stage] = round(time.monotonic() - started, 2)
            progress.stage_done(stage, times[stage])
    # imports nbconvert: slow, and only needed here
    from helpers.runs import report as run_report

    progress.stage_next("report")
    held.enter_context(files.locked(work.folder.parent / DECIDING, wait=True))
    started = time.monotonic()
    progress.stage_started("report", "Write the report", 1)
    try:
        headline = run_report.write(work)
    except KitError as error:
        _write_log(work, log)
        raise RunFailed(f"{request.id}: report: {one_line(error)}") from error
    times["report"] = round(time.monotonic() - started, 2)
    progress.stage_done("report", times["report"])
    _write_log(work, log)
    return headline


def _write_log(work: Run, log: list[str]) -> None:
    work.write("run.log", "".join(log), sensitivity="audit")
