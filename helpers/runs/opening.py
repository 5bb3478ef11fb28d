"""Open a run for a notebook: the driver's folder, or an analyst's draft."""

import difflib
import os
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.errors import RequestError
from helpers.files import ROOT, close, private, requests_by_id, typed
from helpers.jupyter.shell import (
    errors_without_words,
    in_a_kernel,
    injected,
    own_notebook,
    plain_errors,
)
from helpers.request import AnyRequest, load, to_try
from helpers.runs import safe_places
from helpers.runs.carrying_out import fingerprints
from helpers.runs.run import Run
from helpers.runs.stage_files import Place, fits, read_stamp
from helpers.runs.stages import (
    COMPARING,
    EXCEPT,
    LEFT_OUT,
    MADE_BY,
    NOTEBOOKS,
    RESTS_ON,
    STAGES,
    WITHOUT_RESULT,
)
from helpers.set_up.process import other_copy

#: what each notebook's cell `parameters` sets, for papermill to set otherwise
PARAMETERS = ("request", "run_dir", "changes")


def open_run(
    stage: str = STAGES[-1],
    request: str | dict | None = None,
    run_dir: str | None = None,
    changes: dict[str, Any] | None = None,
) -> Run:
    """Open a stage's run for a notebook: the driver's folder, or a draft.

    The last stage may read what all the others left, and a notebook of one's own takes
    it by leaving `stage` out: `open_run(request="params/example.yml").tables`.
    `request` is a path, an id, or the request itself; None takes `JDL_REQUEST`, else
    the example. `run_dir` None works in the draft `outputs/<id>.draft`, or in that of
    the folder `JDL_OUTPUTS`. `changes` are settings to try, for example
    `{"matching.caliper": 0.02}`; drafts only.
    """
    plain_errors()
    _refuse_another_copy()
    if stage not in STAGES:
        raise RequestError(f"stage must be one of {', '.join(STAGES)}; found {stage!r}")
    _refuse_unknown(injected())
    changes = to_try(changes)
    if not isinstance(run_dir, str | Path | None):
        raise RequestError(f"run_dir must be the path of a folder; found {run_dir!r}")
    request = _file_of(request)
    base = load(request)
    _refuse_unasked(base, stage)
    beside = safe_places.outputs(os.environ) / f"{base.id}.draft"
    folder = Path(run_dir) if run_dir else beside
    if folder.name == f".{base.id}.part":
        return _without_left_out(_open_stage(base, stage, folder, changes))
    _refuse_as_draft(base, folder)
    safe_places.refuse_outputs(base, folder, "run_dir" if run_dir else "JDL_OUTPUTS")
    return _without_left_out(_open_draft(base, stage, folder, changes, request))


def _file_of(request: str | dict | None) -> str | dict | None:
    """Give the file of a request that is named by its id, as commands are given it."""
    if isinstance(request, str) and not Path(request).exists():
        return str(requests_by_id(ROOT / "params").get(request, request))
    return request


def _open_stage(
    base: AnyRequest, stage: str, folder: Path, changes: dict[str, Any]
) -> Run:
    """Open a stage of a whole run in its hidden folder, which papermill has started.

    Raises RequestError where it has changes to try, or something changed meanwhile.
    """
    if changes:
        notebook = f"notebooks/{NOTEBOOKS[stage]}.ipynb"
        raise RequestError(
            f"{notebook}: changes are for drafts; write changes = {{}} there "
            f"again, and what you would keep into {base.source}"
        )
    errors_without_words()
    if safe_places.DRIVEN not in os.environ:
        # with the whole pipeline, which kernels of the driver do without
        from helpers.runs.carrying_out import by_itself

        by_itself.prepare(base, stage, folder)
    at_work = safe_places.at_work(folder)
    now = fingerprints.of(base, stage)
    _refuse_changed(base, now)
    return Run(base, stage, folder, fingerprint=now, at_work=at_work)


def _refuse_changed(request: AnyRequest, now: str) -> None:
    """Refuse a stage of which something changed since its run began.

    Its kernel may have imported the code of before, and no outcomes are opened on that.
    """
    if os.environ.get(safe_places.MADE_FROM, now) != now:
        raise RequestError(
            f"{request.source}: code of the kit, a file that the request names, or the "
            "environment changed after the run had begun"
        )


def _refuse_as_draft(request: AnyRequest, folder: Path) -> None:
    """Refuse a folder of a run, made or being made, and inputs that git could take."""
    if folder.name.startswith(".") and folder.name.endswith(".part"):
        raise RequestError(
            f"{folder}: is for another request's run; the one of {request.source} is "
            f"made in .{request.id}.part"
        )
    if (folder / "audit" / "manifest.json").exists():
        raise RequestError(
            f"{folder}: is a finished run; leave run_dir out to work in a draft"
        )
    safe_places.refuse_inputs(request)


def _without_left_out(run: Run) -> Run:
    """Leave out the analyses that earlier stages could not carry out.

    Raises RequestError where that is all there is to compare.
    """
    apart = _earlier(run, WITHOUT_RESULT)
    run.set_apart({row.analysis: row.reason for row in apart.itertuples()})
    if run.nothing_to_compare:
        _refuse_to_compare(run)
        return run
    left_out = _earlier(run, LEFT_OUT)
    run.leave_out({row.analysis: [row.why] for row in left_out.itertuples()})
    return run


def _earlier(run: Run, name: str) -> pd.DataFrame:
    """Give a table of an earlier stage; an empty one where there is none as yet."""
    if STAGES.index(run.stage) <= STAGES.index(MADE_BY[name]):
        return pd.DataFrame()
    try:
        return run.read(name)
    except RequestError:  # the first table that the notebook reads says what to do
        return pd.DataFrame()


def _refuse_to_compare(run: Run) -> None:
    """Refuse a stage that compares people where there are too few of them."""
    if run.stage in COMPARING:
        names = ", ".join(f'"{name}"' for name in run.without_result)
        raise RequestError(
            f"{run.asked.source}: analyses: too few people are left for {names}, so "
            f"that there is nothing to compare; python3 -m helpers run "
            f"{typed(run.asked.source)} writes a report that says so, and changes = "
            '{"eligibility.minimum_people": …} in 01_intake tries it with fewer'
        )


def _refuse_another_copy() -> None:
    other = other_copy(Path.cwd())
    if other:
        raise RequestError(
            f"this notebook lies in {other}, but Python found the helpers of {ROOT}; "
            "open it with python3 -m helpers lab, or start papermill in that folder; "
            "in a JupyterLab of others give python3 -m helpers kernel there first"
        )


def _refuse_unasked(request: AnyRequest, stage: str) -> None:
    """Refuse a notebook of an analysis for a summary of published results."""
    if stage not in request.stages:
        asked = ", ".join(NOTEBOOKS[name] for name in request.stages)
        raise RequestError(
            f"{request.source}: stages has no {stage}: a summary of published results "
            f"has no analysis; open {asked}"
        )


def _refuse_unknown(names: list[str]) -> None:
    """Refuse what papermill sets and nothing reads: the example would run instead."""
    problems = []
    for name in names:
        if name in PARAMETERS:
            continue
        near = difflib.get_close_matches(name.lower(), PARAMETERS, 1)
        advice = f"did you mean {near[0]}?" if near else (
            f"write one of {', '.join(PARAMETERS)}; a request file has request: at its "
            "top, and a setting to try goes into changes"
        )  # fmt: skip
        problems.append(f"papermill: {name} is not a parameter of a notebook; {advice}")
    if problems:
        raise RequestError(problems)


def _open_draft(
    base: AnyRequest,
    stage: str,
    folder: Path,
    changes: dict[str, Any],
    source: Any,
) -> Run:
    """Open a draft: earlier stages' changes are taken over, this stage's are added."""
    _refuse_without_effect(base, stage, changes)
    if stage == STAGES[0]:  # which writes the review list anew
        from helpers.runs.carrying_out import resume

        resume.refuse_decided(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    close(folder)
    if in_a_kernel():
        safe_places.stay_inside(folder)
        saved = own_notebook()
        if saved:  # with its outputs, by a Jupyter that this kit has not started
            private(saved)
    taken: dict[str, Any] = {}
    for earlier in NOTEBOOKS:
        if earlier == stage:
            break
        found = read_stamp(folder, earlier)
        if found is None:
            continue
        tried = load(source, taken | found["changes"])
        if fits(Place(folder, tried, draft=True), folder, earlier):
            taken |= found["changes"]
    merged = taken | changes
    tried = load(source, merged)
    run = Run(tried, stage, folder, draft=True, changes=merged)
    # so that the draft is destroyed in time even if its request is gone
    run.write("request.yml", tried.written(), sensitivity="restricted")
    return run


def _refuse_without_effect(
    base: AnyRequest, stage: str, changes: dict[str, Any]
) -> None:
    problems = []
    for key in changes:
        # without the numbers that count the items of a list
        plain = ".".join(part for part in key.split(".") if not part.isdigit())
        stages = [
            name
            for name, parts in RESTS_ON.items()
            if name in base.stages
            and any(_within(plain, part) or _within(part, plain) for part in parts)
            and not any(_within(plain, part) for part in EXCEPT.get(name, ()))
        ]
        if stage not in stages:
            where = " or ".join(NOTEBOOKS[name] for name in stages)
            advice = f"change it in {where}" if where else "edit the request instead"
            notebook = NOTEBOOKS[stage]
            problems.append(f"changes: {key} has no effect in {notebook}; {advice}")
    if problems:
        raise RequestError(problems)


def _within(key: str, part: str) -> bool:
    return key == part or key.startswith(f"{part}.")
