"""An attempt at a run: every stage in a hidden folder, the report, the manifest."""

import contextlib
import os
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from helpers import files
from helpers.errors import KitError, RunFailed
from helpers.files import destroy_command, shown
from helpers.jupyter.ahead import kernels
from helpers.request import AnyRequest
from helpers.runs import manifest, safe_places, whole
from helpers.runs.carrying_out import execute, fingerprints, last_day, resume, sealed
from helpers.runs.carrying_out.failure import in_words, one_line
from helpers.runs.progress import Progress
from helpers.runs.run import Run
from helpers.runs.second_process import SecondProcess, second_process
from helpers.runs.stage_files import read_stamp
from helpers.runs.stages import NOTEBOOKS, STAMP

#: what the one run of a folder holds that decides what it shows; no request's id has _
DECIDING = ".what_is_shown.lock"
#: what else a stage rests on beside the code of the kit
NO_CODE = "a file that the request names, or the environment,"
#: seconds that a run waits for another one's decision before it says so
SILENCE = 3


@dataclass
class Attempt:
    """An attempt at work: how far it is to go, and what is told of each stage."""

    work: Run
    progress: Progress
    until: str | None = None
    code: dict[Path, str] = field(default_factory=dict)  # as it was at the start
    known: dict[str, str] = field(default_factory=dict)  # fingerprints, so too
    taken_over: dict[str, str] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)
    second: SecondProcess = field(default_factory=SecondProcess)


def make(
    request: AnyRequest,
    outputs: Path,
    expected: str,
    progress: Progress,
    held: ExitStack,
    *,
    fresh: bool = False,
    until: str | None = None,
) -> tuple[Path, str]:
    """Make a whole run in its hidden folder; gives the folder and the headline.

    From its report on `held` keeps any other run from deciding what it shows: each has
    to see what the other releases of the same people. With `fresh` nothing is taken
    over of what was done before. `until` is the stage after which to stop: then there
    is no headline, and the run is not whole. Raises RunFailed where it stopped; what it
    says, says what was left.
    """
    part = whole.names(outputs, request.id)[1]
    # the report may show every stage's cells
    one = Attempt(Run(request, "charts", part), progress, until)
    # before any kernel imports it
    one.code = fingerprints.code(request.stages)
    one.known = fingerprints.each(request, request.stages, one.code)
    try:
        with safe_places.closed(part), second_process() as one.second:
            _carry_out_all(one, fresh)
            headline = "" if until else _reported(one, held)
        if not until:
            _finish(one, expected, headline)
    except (RunFailed, OSError, MemoryError) as error:
        if not (said := in_words(error, request.id, part)):
            raise
        raise RunFailed(f"{said}; {left_behind(part, request)}") from error
    return part, headline


def _carry_out_all(one: Attempt, fresh: bool) -> None:
    """Carry out every stage that is asked for and is not taken over."""
    work, request = one.work, one.work.request
    _take_over(one, fresh)
    last_day.tell_again(request, work.folder.parent)
    work.write("request.yml", request.written(), sensitivity="audit")
    for stage, when in one.taken_over.items():
        one.log.append(f"{stage}: taken over, as it was done at {when}")
        one.progress.note(one.log[-1])
    asked = request.stages
    if one.until:
        asked = asked[: asked.index(one.until) + 1]
    left = [stage for stage in asked if stage not in one.taken_over]
    with kernels([NOTEBOOKS[stage] for stage in left]) as ahead:
        for stage in left:
            if stage == left[-1] and not one.until:
                one.second.start()  # it imports while the last stage is at work
            if stage in work.carried_out:
                ahead.next(NOTEBOOKS[stage])
                one.progress.stage_next(stage)
                _carry_out(stage, one)
            else:
                why = "not carried out, since no headline can be analysed"
                one.log.append(f"{stage}: {why}")
    _write_log(one)


def _take_over(one: Attempt, fresh: bool) -> None:
    """Take over what holds; outcomes alone once it is their turn to be opened.

    Others of a batch may open the same outcomes before, which the ledger then tells.
    """
    one.taken_over, problems = resume.take_over(one.work, one.known, fresh=fresh)
    if "outcomes" in one.taken_over:
        one.progress.stage_next("outcomes")
        if not resume.still_stands(one.work):
            one.taken_over, problems = resume.take_over(
                one.work, one.known, fresh=fresh
            )
    for line in problems:
        one.progress.note(line)


def _carry_out(stage: str, one: Attempt) -> None:
    started = time.monotonic()
    os.environ[safe_places.MADE_FROM] = one.known[stage]
    line = execute.carry_out(stage, NOTEBOOKS[stage], one.work, one.progress)
    line = line or _changed(stage, one)
    one.log.append(line or f"{stage}: done")
    if line:
        _write_log(one)
        raise RunFailed(line)
    sealed.add(one.work, [stage])
    one.seconds[stage] = round(time.monotonic() - started, 2)
    one.progress.stage_done(stage, one.seconds[stage])


def _changed(stage: str, one: Attempt) -> str:
    """Say what a stage rests on that changed since the run began; empty if nothing did.

    Its kernel may have imported code before that was changed: then nobody can tell with
    which the stage was made, and its stamp goes, so that no later run takes it over.
    """
    what = _changed_code(one)
    stamp = read_stamp(one.work.folder, stage)
    if not what and stamp["fingerprint"] != one.known[stage]:
        what = NO_CODE
    if not what:
        return ""
    name = STAMP.format(stage)
    (one.work.folder / name).unlink()
    return f"{one.work.request.id}: {stage} stopped: {what} changed while it ran"


def _changed_code(one: Attempt) -> str:
    """Name code that changed since the run began; empty if none did."""
    now = fingerprints.code(one.work.request.stages)
    both = sorted(one.code.keys() | now.keys())
    changed = [path for path in both if one.code.get(path) != now.get(path)]
    if not changed:
        return ""
    more = f" and {len(changed) - 1} more files" if len(changed) > 1 else ""
    return f"the code of the kit ({changed[0].as_posix()}{more})"


def _reported(one: Attempt, held: ExitStack) -> str:
    """Write the report; gives the headline sentence."""
    one.second.start()
    # imports nbconvert: slow, and only needed here
    from helpers.runs import report as run_report

    one.progress.stage_next("report")
    _decide_alone(one, held)
    started = time.monotonic()
    one.progress.stage_started("report", "Write the report", 1)
    _refuse_changed(one)
    try:
        headline = run_report.write(one.work, one.second.ask)
    except Exception as error:
        _refuse_changed(one)  # whatever it was that the report made nothing of
        if not isinstance(error, KitError):
            raise
        _write_log(one)
        line = f"{one.work.request.id}: report: {one_line(error)}"
        raise RunFailed(line) from error
    one.seconds["report"] = round(time.monotonic() - started, 2)
    one.progress.stage_done("report", one.seconds["report"])
    _write_log(one)
    return headline


def _decide_alone(one: Attempt, held: ExitStack) -> None:
    """Keep any other run from deciding what it shows; say so where that takes time.

    The file that is held has the id of the run that decides, for those that wait.
    """
    path = one.work.folder.parent / DECIDING
    told = threading.Timer(SILENCE, lambda: one.progress.note(_waits_for(path)))
    told.daemon = True
    told.start()
    try:
        held.enter_context(files.locked(path, wait=True))
    finally:
        told.cancel()
        told.join()  # nothing else may be told at the same time
    with contextlib.suppress(OSError):  # a full disk: then nobody knows which it is
        path.write_text(one.work.request.id)


def _waits_for(path: Path) -> str:
    run_id = files.text_of(path)
    return (
        f"report: waits for {run_id or 'another run'}, which is deciding what its own "
        "report shows"
    )


def _refuse_changed(one: Attempt) -> None:
    """Refuse executed notebooks that are not as they were when their stage was done."""
    outputs, folder = one.work.outputs, one.work.folder
    for stage in one.work.carried_out:
        for name in sealed.beside(stage):
            if files.sha256(folder / name) != outputs[name]["sha256"]:
                raise RunFailed(
                    f"{one.work.request.id}: report: {files.shown(folder / name)} was "
                    f"changed after {stage} was done, as by a second papermill"
                )


def _write_log(one: Attempt) -> None:
    text = "".join(f"{line}\n" for line in one.log)
    one.work.write("run.log", text, sensitivity="audit")


def _finish(one: Attempt, expected: str, headline: str) -> None:
    """Write the manifest, without which a run is none, once every file has a class."""
    work, stages = one.work, one.work.request.stages
    what = _changed_code(one)
    # the manifest names each input by the hash that it has now
    if not what and fingerprints.each(work.request, stages, one.code) != one.known:
        what = NO_CODE
    if what:
        raise RunFailed(f"{work.request.id}: report: {what} changed while it ran")
    _refuse_changed(one)
    sealed.remove(work)
    work.declare(work.folder / "audit" / "checks.csv", "audit")
    problem = manifest.undeclared(work)
    if problem:
        raise RunFailed(f"{work.request.id}: {problem}")
    manifest.write(work, expected, headline, one.seconds, one.taken_over)


def left_behind(part: Path, request: AnyRequest) -> str:
    """Say what lies in an attempt that failed, and what becomes of it."""
    on = "mend the cause and run again, which goes on after the last stage that is done"
    if request.alone:
        return f"{shown(part)} is kept: {on}"
    return f"{shown(part)} is kept{may_be_destroyed(part)}: {on}"


def may_be_destroyed(part: Path) -> str:
    """Say of an attempt that it holds people's records, and which command ends that."""
    run_id = part.name.removeprefix(".").removesuffix(".part")
    command = destroy_command(run_id, part.parent)
    return f" and holds people's records, which {command} destroys"
