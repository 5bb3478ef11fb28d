"""One stage carried out: its notebook through papermill, in a fresh kernel."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd

from helpers.files import ROOT
from helpers.runs.carrying_out import ended, sealed
from helpers.runs.carrying_out.failure import heading, line_of, stopped
from helpers.runs.progress import Progress
from helpers.runs.run import Run
from helpers.runs.stage_files import read_stamp
from helpers.runs.stages import MADE_BY, WITHOUT_RESULT


def carry_out(stage: str, name: str, work: Run, progress: Progress) -> str:
    """Carry out one stage, and take over what it wrote; gives why it stopped, if so."""
    target = work.write(f"notebooks/{name}.ipynb", "", sensitivity="restricted")
    if line := _execute(stage, name, work, target, progress):
        return line
    if read_stamp(work.folder, stage) is None:
        return f"{work.request.id}: {name} did not save its stage"
    declare(stage, work)
    return ""


def declare(stage: str, work: Run) -> None:
    """Take what a stage wrote into the files of the run, and whom it set apart."""
    stamp = read_stamp(work.folder, stage)
    work.outputs |= stamp["outputs"]
    for name in sealed.beside(stage):
        work.declare(work.folder / name, "restricted")
    read_apart(stage, work)


def read_apart(stage: str, work: Run) -> None:
    """Read which headlines cannot be analysed, if this is the stage that tells."""
    if stage == MADE_BY[WITHOUT_RESULT]:
        apart = pd.read_parquet(work.folder / "restricted" / "data" / WITHOUT_RESULT)
        work.without_result = dict(zip(apart["analysis"], apart["reason"], strict=True))


def _execute(stage: str, name: str, work: Run, target: Path, progress: Progress) -> str:
    """Execute a notebook in a fresh kernel; gives why it stopped, if it did."""
    # slow to import: only when a run is really made
    from nbclient.exceptions import DeadKernelError
    from papermill import PapermillExecutionError

    from helpers.jupyter import kernel

    source = ROOT / "notebooks" / f"{name}.ipynb"
    book = nbformat.read(source, as_version=4)
    at = heading(book.cells[:1])
    progress.stage_started(stage, at, len(book.cells))
    killed = ended.kills()

    def begun(cell: Any, cell_index: int, **_: Any) -> None:
        nonlocal at
        # papermill's own cell stands near the top: it is none of the notebook's
        at = heading(book.cells[: max(1, cell_index)])

    def done(cell: Any, cell_index: int, **_: Any) -> None:
        progress.cell_done(stage, max(1, cell_index), at)

    try:
        _by_papermill(
            source, target, work, on_cell_execute=begun, on_cell_executed=done
        )
    except PapermillExecutionError as error:
        return stopped(stage, work, target, error)
    except RuntimeError as error:
        if not (isinstance(error, DeadKernelError) or kernel.never_came_up(error)):
            raise
        how = ended.in_words(kernel.status(), killed)
        return line_of(stage, work, target, at, f"its Python {how}")
    return ""


def _by_papermill(
    source: Path, target: Path, work: Run, **hooks: Callable[..., None]
) -> None:
    """Have papermill execute a notebook for a run; `hooks` are told of its cells."""
    # what the report needs comes with it, while the kernel imports what its notebook
    # does
    import papermill
    from traitlets.config import Config

    from helpers.jupyter import kernel
    from helpers.runs import report  # noqa: F401

    request = {"request": work.request.completed(), "run_dir": str(work.folder)}
    # what somebody tried and JupyterLab saved in the notebook is a draft's alone
    request["changes"] = {}
    kernel.execute_quietly(
        papermill.execute_notebook,
        _as_it_is(source),
        _as_it_is(target),
        parameters=request,
        kernel_name="python3",
        progress_bar=False,
        request_save_on_cell_execute=False,
        cwd=str(ROOT),
        config=Config({"KernelManager": {"transport_encryption": "required"}}),
        kernel_manager_class=kernel.QuietKernelManager,
        # all that a stage leaves is written: taking its tables apart in memory would
        # keep the next one waiting for a second
        shutdown_kernel="immediate",
        # without its own noise at the end, nor a history that is kept of cells
        extra_arguments=[
            "--IPKernelApp.log_level=50",
            "--HistoryManager.enabled=False",
        ],
        **hooks,
    )


def _as_it_is(path: Path) -> str:
    """Give a path for papermill, which puts parameters in the place of braces."""
    return str(path).replace("{", "{{").replace("}", "}}")
