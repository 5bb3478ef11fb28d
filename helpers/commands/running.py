"""The commands that carry something out: run, lab and test."""

import argparse
import difflib
import os
import sys
import time
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers.commands.console import command, complain, from_here, outputs_option, say
from helpers.errors import RequestError
from helpers.files import ROOT, request_id, requests_by_id, text_of

if TYPE_CHECKING:
    from helpers.request import AnyRequest
    from helpers.runs import pipeline
    from helpers.runs.progress import Progress

RUN = """\
Carry out the four notebooks on a request and write the report to
outputs/<id>/report.html. Nothing of an earlier run is touched until the new one is
whole. A run that is finished and unchanged is not repeated.

Several requests, or the folder that they lie in, are carried out one after the other,
with --jobs so many at once, each in a process of its own. One that fails stops no
other. What each came to is printed and stands in outputs/index.html.

With --from-manifest the run of a manifest is made again, and the bytes of its report
and release are held against it. Whatever input, version or setting differs is named
instead, a line each, and nothing is run. A finished run stays as it is; where there is
none of that id the repeated one becomes the run."""

STATUS = """\
exit status:
  0    the report is written, or was up to date; of several requests, of all
  1    no report: each problem is one line on standard error
  2    the command line could not be understood
  130  interrupted"""

LAB = """\
Open JupyterLab on the notebooks with this environment ready. They work on REQUEST
(params/example.yml when it is left out) and write drafts, which are never published,
beside the finished run whose people they read: in DIR, if the run was kept there.
Outputs are stripped from every notebook outside outputs/ as it is saved. Whatever else
is given goes to JupyterLab, for example --no-browser or --port=8890; as root it starts
only with --allow-root."""

TEST = """\
Run the tests. Whatever else is given goes to pytest, for example -k matching or
tests/request. The evidence table stands at the end. The exit status is
pytest's."""

#: the notebook with which a request of people begins
FIRST = "01_intake"
SEVERAL = "; several of them, or a folder of request files"
REQUEST = "a request file, or the id of a request in params/"


def add(names: argparse._SubParsersAction) -> None:
    """Add these commands to the command line."""
    line = "carry out a request and write its report"
    _run_options(command(names, run, line, RUN, epilog=STATUS))
    line = "open JupyterLab on the notebooks"
    made = command(names, lab, line, LAB, passes_on=True)
    made.add_argument("request", nargs="?", metavar="REQUEST", help=REQUEST)
    outputs_option(made)
    made = command(names, test, "run the tests", TEST, passes_on=True)
    made.add_argument("--all", action="store_true", help="run the slow tests too")


def _run_options(run: argparse.ArgumentParser) -> None:
    """Add what is to be run, where its runs are kept, and how it is carried out."""
    one = run.add_mutually_exclusive_group(required=True)
    one.add_argument(
        "requests", nargs="*", default=[], metavar="REQUEST", help=f"{REQUEST}{SEVERAL}"
    )
    one.add_argument(
        "--from-manifest",
        type=Path,
        metavar="FILE",
        help="repeat the run of an audit/manifest.json, and compare its bytes",
    )
    outputs_option(run)
    _ways_options(run)


def _ways_options(run: argparse.ArgumentParser) -> None:
    """Add the options that tell how requests are carried out."""
    run.add_argument(
        "--overwrite",
        action="store_true",
        help="replace a finished run whose request, data or code has changed since",
    )
    run.add_argument(
        "--force",
        action="store_true",
        help="run every stage again even when nothing has changed; replaces a finished "
        "run",
    )
    run.add_argument(
        "--until",
        choices=("intake", "matching", "outcomes", "charts"),
        metavar="STAGE",
        help="stop after intake, matching, outcomes or charts; a later run goes on",
    )
    run.add_argument(
        "--jobs",
        type=_count,
        default=1,
        metavar="N",
        help="carry out N requests at once (default: 1)",
    )
    run.add_argument(
        "--profile",
        action="store_true",
        help="tell at the end where the time went, what took longest first",
    )


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"must be 1 or more; found {text!r}")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Carry out requests; one ends with its headline and where its report is."""
    from helpers.jupyter.ahead import early

    if options.from_manifest:
        return _repeat(options)
    with early(FIRST) if _from_the_start(options) else nullcontext():
        return _carry_out(options)


def _from_the_start(options: argparse.Namespace) -> bool:
    """Tell whether one request is asked for that surely begins with its people.

    It is told without a request being read, since to import what reads it takes longer.
    """
    if len(options.requests) != 1:
        return False
    path = Path(options.requests[0])
    if not path.is_file():
        path = requests_by_id(ROOT / "params").get(options.requests[0], path)
    run_id, outputs = request_id(path), options.outputs or ROOT / "outputs"
    if not run_id or "inputs:" not in text_of(path):
        return False
    done = any((outputs / name).exists() for name in (run_id, f".{run_id}.part"))
    return options.force or not done


def _carry_out(options: argparse.Namespace) -> int:
    """Carry out one request, or several."""
    from helpers.runs import progress
    from helpers.runs.batch.asked import is_one

    if not is_one(options.requests):
        if options.profile:
            raise RequestError(
                "run --profile: is for one request; leave it out for several"
            )
        from helpers.commands import batch

        work = partial(carried_out, settings=settings(options))
        return batch.run(options, request_file, work)
    source, began = request_file(options.requests[0]), time.time()
    with progress.shown(sys.stderr) as display:
        result = carried_out(source, display, settings(options))
    if result.status == "up to date":
        say("Up to date: nothing has changed since this run.")
    _tell_result(result)
    folder = result.report.parent if result.report else result.kept
    if options.profile and folder:
        _tell_times(folder, began)
    return 0


def _tell_result(result: "pipeline.Result") -> None:
    """Say what a run came to; where nothing can be said, at least where that is."""
    where = [from_here(result.report)] if result.report else []
    try:
        for line in (result.headline, *result.notes, *where):
            say(line)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        told_so = f"; the report is in {where[0]}" if where else ""
        raise RequestError(
            f"standard output takes no more: {error.strerror}{told_so}"
        ) from error


def _tell_times(folder: Path, began: float) -> None:
    """Tell where the time of a run went, on standard error."""
    from helpers.runs.carrying_out import profile

    for line in profile.lines(profile.of_run(folder, began, time.time())):
        complain(line)


def settings(options: argparse.Namespace) -> dict[str, Any]:
    """Give what the options ask of every run."""
    return {
        "outputs": options.outputs and options.outputs.absolute(),
        "overwrite": options.overwrite,
        "force": options.force,
        "until": options.until,
    }


def carried_out(
    source: Path, display: "Progress", settings: dict[str, Any]
) -> "pipeline.Result":
    """Carry one request out, alone or as one of several."""
    from helpers.runs import pipeline

    return pipeline.run(source, check=_readable, progress=display, **settings)


def _repeat(options: argparse.Namespace) -> int:
    """Repeat the run of a manifest, and say how many files have the same bytes."""
    from helpers.runs import progress, repeat

    without = ("overwrite", "force", "until", "profile")
    beside = [f"--{name}" for name in without if getattr(options, name)]
    beside += ["--jobs"] * (options.jobs > 1)
    if beside:
        raise RequestError(
            f"run --from-manifest: does not go with {' and '.join(beside)}: one run is "
            "repeated whole, and a finished one is not replaced"
        )
    with progress.shown(sys.stderr) as display:
        made = repeat.repeat(
            options.from_manifest.absolute(),
            outputs=options.outputs and options.outputs.absolute(),
            check=_readable,
            progress=display,
        )
    say(f"identical: {made.files} files")
    if made.kept:
        say(from_here(made.folder / "report.html"))
    sys.stdout.flush()
    return 0


def _readable(request: "AnyRequest") -> None:
    """Read what a stage would stop at: told now, not once the outcomes are open."""
    from helpers.charts.catalogue import read
    from helpers.intake import enough
    from helpers.intake.cohort import hand_over, ready
    from helpers.matching.groups import refuse_headlines, selected

    read.read(request.findings.catalogue)
    if request.alone:
        return
    if request.inputs.cohort:
        cohort = ready.read(request)
        few = enough.too_few(enough.available(cohort, request), request)
        others = tuple(a for a in request.analyses if a.name not in few)
        people = hand_over.people(cohort, request)
        rest = request.model_copy(update={"analyses": others})
        _, problems = selected(people, rest)
        refuse_headlines(rest, problems)


def lab(options: argparse.Namespace) -> int:
    """Check a request, then open JupyterLab with it as the notebooks' default."""
    from helpers import request
    from helpers.runs import safe_places, whole
    from helpers.runs.stages import NOTEBOOKS
    from helpers.set_up.process import hand_over

    settings = dict(os.environ)
    if options.request:
        settings["JDL_REQUEST"] = str(request_file(options.request))
    asked = request.load(settings.get("JDL_REQUEST"))
    if options.outputs:
        settings["JDL_OUTPUTS"] = str(options.outputs.absolute())
        safe_places.refuse_outputs(asked, options.outputs, "--outputs")
    whole.settle(safe_places.outputs(settings))
    os.umask(0o077)  # what an analyst saves is for nobody else on the machine
    first = NOTEBOOKS[asked.stages[0]]
    flags = {
        "ServerApp.root_dir": str(ROOT),
        "LabApp.default_url": f"/lab/tree/notebooks/{first}.ipynb",
        "FileContentsManager.pre_save_hook": "helpers.jupyter.saving.strip_outputs",
        "FileContentsManager.post_save_hook": "helpers.jupyter.saving.keep_private",
        # nothing is fetched: the records' machine is often a closed one
        "LabApp.news_url": "None",
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "LabApp.extension_manager": "readonly",
        # and nobody is asked whether news should be
        "LabApp.app_settings_dir": str(ROOT / "helpers" / "jupyter" / "settings"),
        # nor is what people's records say sent in the clear to a kernel
        "KernelManager.transport_encryption": "required",
    }
    command = [sys.executable, "-m", "jupyterlab", *options.rest]
    command += [f"--{name}={value}" for name, value in flags.items()]
    return hand_over(command, settings)


def test(options: argparse.Namespace) -> int:
    """Run the tests from the kit's folder, whatever folder the user is in."""
    from helpers.set_up.process import hand_over

    chosen = ["--all"] if options.all else []
    command = [sys.executable, "-m", "pytest", *chosen, *options.rest]
    os.chdir(ROOT)
    return hand_over(command, dict(os.environ))


def request_file(name: str) -> Path:
    """Give the request file meant by a path, or by the id of a request in params/."""
    if not name:  # a variable of a script that nothing was put in
        raise RequestError(
            "'': an empty name stands where a request should; give its file or its id"
        )
    for path in (Path(name), ROOT / name):
        if path.is_file():
            return path.absolute()
    ids = requests_by_id(ROOT / "params")
    if name in ids:
        return ids[name]
    near = difflib.get_close_matches(Path(name).stem.replace("_", "-"), ids, n=1)
    hint = f"did you mean {near[0]}?" if near else f"params/ holds {', '.join(ids)}"
    raise RequestError(
        f"{name}: no such file, and no request in params/ has it as id; {hint}"
    )
