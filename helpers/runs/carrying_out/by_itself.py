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
from helpers.runs.carrying_out import fingerprints, resume, sealed
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
    _refuse_out_of_order(request, stage, folder)
    done = [
        read_stamp(folder, earlier)["checks"] for earlier in _before(request, stage)
    ]
    checks.write(
        folder / "audit" / "checks.csv", [row for rows in done for row in rows]
    )
    work = Run(request, stage, folder)
    work.write("request.yml", request.written(), sensitivity="audit")
    sealed.drop(work, request.stages[request.stages.index(stage) :])
    # what this one leaves without a stamp was left half done, and edited by nobody
    (folder / STAMP.format(stage)).unlink(missing_ok=True)


def _before(request: AnyRequest, stage: str) -> tuple[str, ...]:
    return tuple(request.stages[: request.stages.index(stage)])


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


def _refuse_out_of_order(request: AnyRequest, stage: str, folder: Path) -> None:
    """Refuse a stage where an earlier one does not lie there as it is made today."""
    before = _before(request, stage)
    expected = fingerprints.each(request, before)
    for earlier in before:
        name = NOTEBOOKS[earlier]
        stamp = read_stamp(folder, earlier) or {}
        told = ["it was not carried out, or what it is made from has changed since"]
        if stamp.get("fingerprint") == expected[earlier]:
            told = sealed.problems(folder, earlier)
        if told:
            raise RequestError(
                f"{request.source}: {name} comes before {NOTEBOOKS[stage]}: {told[0]}; "
                "have papermill carry it out first, or python3 -m helpers run "
                f"{typed(request.source)}"
            )
