"""A stage carried out by papermill's own command: what the driver does around one.

A workflow engine starts papermill for each stage, with the driver's hidden folder as
`run_dir`. The notebook then prepares the folder itself, and its kernel holds it.
"""

import atexit
import os
from contextlib import ExitStack
from pathlib import Path

from helpers.errors import RequestError
from helpers.files import private_folder, typed
from helpers.request import AnyRequest
from helpers.runs import hashes, pipeline, safe_places
from helpers.runs.carrying_out import execute, fingerprints, resume, sealed
from helpers.runs.run import Run
from helpers.runs.stage_files import read_stamp
from helpers.runs.stages import NOTEBOOKS, STAMP
from helpers.runs.written import checks

#: the folder that this process holds until it ends
_HELD = ExitStack()


def prepare(request: AnyRequest, stage: str, folder: Path) -> None:
    """Prepare a run's hidden folder for one stage, and hold it until this process ends.

    Raises RequestError where no run can be made of the request, where another process
    is at work in the folder, where the kernel has other settings than the driver's, and
    where an earlier stage has not been carried out.
    """
    _refuse_settings(request)
    pipeline.accept(request, folder.parent)
    _HELD.close()  # where this process has executed the same cell before
    _HELD.enter_context(pipeline.alone(request, folder.parent))
    resume.refuse_decided(folder)
    _HELD.callback(safe_places.emptied, folder)
    atexit.register(_HELD.close)
    private_folder(folder)
    safe_places.close(folder)
    safe_places.stay_inside(folder)
    before = _in_order(request, stage, folder)
    done = [read_stamp(folder, earlier)["checks"] for earlier in before]
    checks.write(
        folder / "audit" / "checks.csv", [row for rows in done for row in rows]
    )
    work = Run(request, stage, folder)
    work.write("request.yml", request.written(), sensitivity="audit")
    sealed.drop(work, request.stages[request.stages.index(stage) :])
    # what this one leaves without a stamp was left half done, and edited by nobody
    (folder / STAMP.format(stage)).unlink(missing_ok=True)


def _refuse_settings(request: AnyRequest) -> None:
    """Refuse a kernel that could make other bytes of the same request than the driver.

    The order of a set goes by the seed, with which Python has started.
    """
    lacking = [
        f"{name}={value}"
        for name, value in hashes.settings().items()
        if os.environ.get(name) != value
    ]
    if lacking:
        raise RequestError(
            f"{request.source}: a stage of a run needs a kernel with "
            f"{' '.join(lacking)}; start papermill with --kernel justice-data-lab, "
            "which python3 -m helpers kernel registers"
        )


def _in_order(request: AnyRequest, stage: str, folder: Path) -> list[str]:
    """Give the stages before one; refuse it where they do not lie there as made today.

    Those that would compare people are none of them where too few are left.
    """
    before = request.stages[: request.stages.index(stage)]
    expected = fingerprints.each(request, before)
    work, done = Run(request, stage, folder), []
    for earlier in before:
        if earlier not in work.carried_out:
            continue
        if told := _problem(earlier, expected[earlier], work):
            raise RequestError(
                f"{request.source}: {NOTEBOOKS[earlier]} comes before "
                f"{NOTEBOOKS[stage]}: {told}; have papermill carry it out first, or "
                f"python3 -m helpers run {typed(request.source)}"
            )
        done.append(earlier)
    return done


def _problem(stage: str, expected: str, work: Run) -> str:
    """Say why a stage cannot be gone on from; empty where it can, and it is read."""
    folder = work.folder
    if (read_stamp(folder, stage) or {}).get("fingerprint") != expected:
        return "it was not carried out, or what it is made from has changed since"
    if told := sealed.problems(folder, stage):
        return told[0]
    execute.read_apart(stage, work)
    return ""
