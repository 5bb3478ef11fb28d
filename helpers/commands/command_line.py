"""The command line: what it understands, and the commands run, lab and test.

It reads with the standard library alone; what a command needs is imported when it runs.
"""

import argparse
import difflib
import os
import re
import sys
from pathlib import Path

from helpers.commands import lists

ROOT = Path(__file__).resolve().parents[2]

ABOUT = """\
Does a programme reduce one-year proven reoffending? The kit finds a comparison
group for the people who took part, estimates the difference and writes a report."""

EXAMPLES = """\
examples:
  python3 -m helpers run params/example.yml    made-up people, about a minute
  python3 -m helpers run nc-prison-work        a request of params/, by its id
  python3 -m helpers lab params/example.yml    the notebooks, on that request
  python3 -m helpers template list.xlsx        the empty data upload template
  python3 -m helpers check list.xlsx           a provider's list, checked
  python3 -m helpers test                      the tests; --all adds the slow ones

The first start puts the versions of environment.yml into the folder .venv (mostly in
less than a minute); an activated environment that has them all is used as it is.
On Windows write py in place of python3."""

RUN = """\
Carry out the four notebooks on a request and write the report to
outputs/<id>/report.html. Nothing of an earlier run is touched until the new one is
whole. A run that is finished and unchanged is not repeated."""

STATUS = """\
exit status:
  0    the report is written, or was up to date
  1    no report: each problem is one line on standard error
  2    the command line could not be understood
  130  interrupted"""

LAB = """\
Open JupyterLab on the notebooks with this environment ready. They work on REQUEST
(params/example.yml when it is left out) and write drafts, which are never published.
Outputs are stripped from every notebook outside outputs/ as it is saved. Whatever else
is given goes to JupyterLab, for example --no-browser or --port=8890."""

TEST = """\
Run the tests. Whatever else is given goes to pytest, for example -k matching or
tests/test_request.py. The evidence table stands at the end. The exit status is
pytest's."""

REQUEST = "a request file, or the id of a request in params/"


def parser() -> argparse.ArgumentParser:
    """What the command line understands."""
    plain = {
        "formatter_class": argparse.RawDescriptionHelpFormatter,
        "allow_abbrev": False,
    }
    whole = argparse.ArgumentParser(
        prog="python3 -m helpers", description=ABOUT, epilog=EXAMPLES, **plain
    )
    names = whole.add_subparsers(dest="command", metavar="COMMAND", required=True)
    line = "carry out a request and write its report"
    _run_options(
        names.add_parser("run", help=line, description=RUN, epilog=STATUS, **plain)
    )
    line = "open JupyterLab on the notebooks"
    lab = names.add_parser("lab", help=line, description=LAB, **plain)
    lab.add_argument("request", nargs="?", metavar="REQUEST", help=REQUEST)
    lists.add(names, plain)
    test = names.add_parser("test", help="run the tests", description=TEST, **plain)
    test.add_argument("--all", action="store_true", help="run the slow tests too")
    return whole


def _run_options(run: argparse.ArgumentParser) -> None:
    run.add_argument("request", metavar="REQUEST", help=REQUEST)
    run.add_argument(
        "--outputs",
        type=Path,
        metavar="DIR",
        help="the folder that runs are kept in (default: outputs/)",
    )
    run.add_argument(
        "--overwrite",
        action="store_true",
        help="replace a finished run whose request, data or code has changed since",
    )
    run.add_argument(
        "--force",
        action="store_true",
        help="run again even when nothing has changed; replaces a finished run",
    )


def parse(arguments: list[str]) -> argparse.Namespace:
    """The options of a command; ends the program on help or on a slip of typing."""
    whole = parser()
    if not arguments:
        whole.print_help(sys.stderr)
        sys.exit(2)
    options, rest = whole.parse_known_args(arguments)
    if rest and options.command not in ("lab", "test"):
        whole.error(
            f"{options.command} does not understand {' '.join(rest)}; "
            f"see python3 -m helpers {options.command} --help"
        )
    options.rest = rest
    return options


def main(arguments: list[str]) -> int:
    """Carry out a command; gives the exit status."""
    options = parse(arguments)
    # a sentence is worth more than a dash that an old terminal cannot show
    sys.stdout.reconfigure(errors="replace")
    try:
        _name_overdue(options)
        actions = {"run": run, "lab": lab, "test": test} | lists.ACTIONS
        return actions[options.command](options)
    except KeyboardInterrupt:
        _complain("Interrupted; finished runs are as they were.")
        return 130
    except BrokenPipeError:
        # nobody reads any more: keep the interpreter from failing on its last flush
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
        return 1
    except OSError as error:  # a full disk, a folder that may not be written
        where = f"{error.filename}: " if error.filename else ""
        kept = "; the last run is as it was" if options.command == "run" else ""
        _complain(f"{where}{error.strerror or error}{kept}")
        return 1
    except Exception as error:
        from helpers.request import RequestError

        told = isinstance(error, RequestError)
        _complain(str(error) if told else _fault(error))
        return 1


def _fault(error: Exception) -> str:
    """A fault of the kit by its places: its words may quote a record."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    places = [f"  {f.filename}, line {f.lineno}, in {f.name}" for f in frames]
    said = "a fault of the kit; its words are left out, since they may quote a record"
    return "\n".join([*places, f"{type(error).__name__}: {said}"])


def _name_overdue(options: argparse.Namespace) -> None:
    """Name every run whose data should have been destroyed by now."""
    from helpers.life_cycle.holdings import overdue

    outputs = getattr(options, "outputs", None) or ROOT / "outputs"
    for line in overdue(outputs.absolute(), ROOT / "params"):
        _complain(line)


def run(options: argparse.Namespace) -> int:
    """Carry out a request and end with its headline and where its report is."""
    from helpers.request import RequestError
    from helpers.runs import pipeline, progress

    try:
        source = request_file(options.request)
        with progress.shown(sys.stderr) as display:
            result = pipeline.run(
                source,
                outputs=options.outputs and options.outputs.absolute(),
                overwrite=options.overwrite,
                force=options.force,
                progress=display,
            )
    except (RequestError, pipeline.RunFailed) as error:
        _complain(str(error))
        return 1
    if result.status == "up to date":
        sys.stdout.write("Up to date: nothing has changed since this run.\n")
    notes = "".join(f"{note}\n" for note in result.notes)
    sys.stdout.write(f"{result.headline}\n{notes}{_from_here(result.report)}\n")
    sys.stdout.flush()
    return 0


def lab(options: argparse.Namespace) -> int:
    """Check a request, then open JupyterLab with it as the notebooks' default."""
    from helpers import request
    from helpers.runs import whole as life_cycle
    from helpers.set_up.process import hand_over

    settings = dict(os.environ)
    try:
        if options.request:
            settings["JDL_REQUEST"] = str(request_file(options.request))
        request.load(settings.get("JDL_REQUEST"))
        life_cycle.settle(ROOT / "outputs")
    except request.RequestError as error:
        _complain(str(error))
        return 1
    os.umask(0o077)  # what an analyst saves is for nobody else on the machine
    flags = {
        "ServerApp.root_dir": str(ROOT),
        "LabApp.default_url": "/lab/tree/notebooks/01_intake.ipynb",
        "FileContentsManager.pre_save_hook": "helpers.jupyter.saving.strip_outputs",
        # nothing is fetched: the records' machine is often a closed one
        "LabApp.news_url": "None",
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "LabApp.extension_manager": "readonly",
        # and nobody is asked whether news should be
        "LabApp.app_settings_dir": str(ROOT / "helpers" / "jupyter" / "settings"),
        # nor is what people's records say sent in the clear to a kernel
        "KernelManager.transport_encryption": "auto",
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
    """The request file meant by a path, or by the id of a request in params/."""
    from helpers.request import RequestError

    for path in (Path(name), ROOT / name):
        if path.is_file():
            return path.absolute()
    ids = {}
    for path in sorted((ROOT / "params").glob("*.yml")):
        text = path.read_text(encoding="utf-8", errors="replace")
        found = re.search(r"^ +id: *[\"']?([a-z0-9-]+)", text, re.MULTILINE)
        ids[found[1] if found else path.stem] = path
    if name in ids:
        return ids[name]
    near = difflib.get_close_matches(Path(name).stem.replace("_", "-"), ids, n=1)
    hint = f"did you mean {near[0]}?" if near else f"params/ holds {', '.join(ids)}"
    raise RequestError(
        f"{name}: no such file, and no request in params/ has it as id; {hint}"
    )


def _from_here(path: Path) -> str:
    """A path as the user would type it."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _complain(lines: str) -> None:
    sys.stderr.write(lines.rstrip("\n") + "\n")
    sys.stderr.flush()
