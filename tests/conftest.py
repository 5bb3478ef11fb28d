"""What all tests share: the evidence table, and a few small runs of the real driver.

`make_request` writes a request made from params/example.yml with changes. `shared`,
`increase`, `poor` and `few` are finished runs of made-up people, made once for all
workers by support/shared_runs.py; no test writes into them: `copied` is a copy for
that. The process that the tests were started from is called the controller here; with
`-n 0` it runs them itself.
"""

import gc
import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from support import effort
from support.evidence import PAGE, disagreements, due, written
from support.shared_runs import (
    ROOT,
    Finished,
    SharedRuns,
    driver_command,
    wanted,
    write_request,
)

from helpers.set_up.process import collect_rarely

# a machine that is busy with other things is no fault of what is tested
settings.register_profile(
    "kit", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("kit")

EVIDENCE = pytest.StashKey[dict]()

#: workers that ended without saying what they compared
SILENT = pytest.StashKey[list]()

#: more workers than this only wait for the shared runs
MOST_WORKERS = 8


def pytest_addoption(parser):
    parser.addoption("--all", action="store_true", help="run the slow tests too")


@pytest.hookimpl(trylast=True)
def pytest_configure(config):
    config.stash[EVIDENCE] = {}
    config.stash[SILENT] = []
    collect_rarely()
    if sys.dont_write_bytecode and is_controller(config):
        _keep_bytecode(config._tmp_path_factory.getbasetemp() / "bytecode")
    if config.getoption("--all"):
        effort.try_everything()


def _keep_bytecode(place):
    """Where Python keeps none, have the processes of these tests share what they make.

    Each kernel and each command would compile the kit anew.
    """
    os.environ["PYTHONPYCACHEPREFIX"] = str(place)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # -B says the same


def is_controller(config):
    return not hasattr(config, "workerinput")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config):
    """A worker a core; none for a few files, which are done before workers start.

    Nor are there any with -s: what a worker prints is not shown.
    """
    chosen = [arg.split("::")[0] for arg in config.args]
    few = all(name.endswith(".py") for name in chosen)
    if config.option.capture == "no" or few and not config.getoption("--all"):
        return 0
    ours = getattr(os, "sched_getaffinity", None)
    cores = len(ours(0)) if ours else os.cpu_count()
    return min(cores, MOST_WORKERS)


def pytest_collection_modifyitems(config, items):
    if not config.getoption("--all"):
        skip = pytest.mark.skip(reason="slow; run with --all")
        for item in items:
            if "slow" in item.keywords:
                item.add_marker(skip)


# evidence --------------------------------------------------------------------------


@pytest.fixture
def evidence(request):
    """Record a comparison with something outside this repository."""

    def record(what: str, against: str, largest_difference: float) -> None:
        add(request.config, {(what, against): largest_difference})

    return record


def add(config, rows):
    held = config.stash[EVIDENCE]
    for row, size in rows.items():
        # plain numbers: what a worker sends may hold no others
        held[row] = max(held.get(row, 0.0), float(size))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """The controller takes over what a worker has compared."""
    sent = getattr(node, "workeroutput", {}).get("evidence")
    if sent is None:
        node.config.stash[SILENT].append(node.gateway.id)
    else:
        add(node.config, {(what, against): size for what, against, size in sent})


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session):
    """When every test is done, hold the page's evidence against what they found.

    This is no test of its own, since no worker sees what the others have compared.
    """
    done = yield
    config = session.config
    if is_controller(config) and not config.option.collectonly:
        page = written(PAGE.read_text(encoding="utf-8"))
        must = due(whole_suite(config), config.getoption("--all"), page)
        lines = disagreements(config.stash[EVIDENCE], page, must)
        lines += [f"worker {name} said nothing" for name in config.stash[SILENT]]
        if lines:
            config.hook.pytest_runtest_logreport(report=failure(lines))
    return done


def whole_suite(config):
    """Whether nothing was chosen from all tests, but for the slow ones."""
    option = config.option
    chosen = option.keyword, option.markexpr, option.deselect, option.ignore
    chosen += option.ignore_glob, getattr(option, "lf", False)
    chosen += (getattr(option, "stepwise", False),)
    return config.args == config.getini("testpaths") and not any(chosen)


def failure(lines):
    """A failed test, so that the session fails as it does by any other."""
    name = "tests/README.md::evidence"
    text = "\n".join(["The evidence table does not say what the tests found:", *lines])
    return pytest.TestReport(
        nodeid=name,
        location=("tests/README.md", None, "evidence"),
        keywords={},
        outcome="failed",
        longrepr=text,
        when="call",
    )


def pytest_sessionfinish(session):
    config = session.config
    if is_controller(config):
        runs_of(config._tmp_path_factory, config).stop()
    else:
        rows = config.stash[EVIDENCE].items()
        config.workeroutput["evidence"] = [(*row, size) for row, size in rows]


def pytest_terminal_summary(terminalreporter, config):
    rows = sorted(config.stash[EVIDENCE].items())
    if not rows:
        return
    terminalreporter.section("evidence: what was compared with what outside the kit")
    for (what, against), difference in rows:
        terminalreporter.write_line(f"{what} | {against} | {difference:.1e}")


# requests --------------------------------------------------------------------------


@pytest.fixture(scope="session")
def make_request():
    """Write a request into a folder, made from params/example.yml with changes."""
    return write_request


@pytest.fixture
def quiet():
    """Progress that nobody sees."""
    from helpers.runs import progress

    return progress.Lines(io.StringIO())


def pytest_unconfigure():
    """Give back what the tests kept: duckdb complains of it as it ends."""
    gc.unfreeze()
    gc.collect()


# finished runs ---------------------------------------------------------------------


def runs_of(tmp_path_factory, config):
    """The shared runs; each worker has a temporary folder below one of them all."""
    folder = tmp_path_factory.getbasetemp()
    return SharedRuns((folder if is_controller(config) else folder.parent) / "runs")


def pytest_collection_finish(session):
    """Start the runs that the tests will ask for: they take longest.

    What was collected stays to the end: Python need not look through it for circles.
    """
    gc.collect()
    gc.freeze()
    config = session.config
    if not config.option.collectonly:
        runs_of(config._tmp_path_factory, config).start(wanted(session.items))


@pytest.fixture(scope="session")
def driver():
    """Start the real driver on a request, in a process group of its own."""

    def start(request: Path, outputs: Path, *options: str) -> subprocess.Popen:
        return subprocess.Popen(
            driver_command(request, outputs, *options),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    return start


@pytest.fixture(scope="session")
def _finished(tmp_path_factory, request):
    return runs_of(tmp_path_factory, request.config).finished


@pytest.fixture(scope="session")
def shared(_finished):
    """The small run that the end-to-end tests share: 15,000 people, 250 submitted."""
    return _finished("shared")


@pytest.fixture(scope="session")
def increase(_finished):
    """A run with a significant increase, a very long name and words from the right."""
    return _finished("increase")


@pytest.fixture(scope="session")
def poor(_finished):
    """A run of a ready cohort whose groups cannot be made alike; a name with markup."""
    return _finished("poor")


@pytest.fixture(scope="session")
def few(_finished):
    """A run with so few reoffenders that nothing may be tested; profile none."""
    return _finished("few")


@pytest.fixture
def copied(shared, tmp_path):
    """The shared run in an outputs folder of the test's own."""
    outputs = tmp_path / "outputs"
    shutil.copytree(shared.folder, outputs / shared.id)
    for path in shared.outputs.glob("*ledger*"):
        shutil.copy(path, outputs)
    return Finished(shared.request, outputs, shared.said)


@pytest.fixture
def contents():
    """Every file below a folder, byte for byte."""

    def read(folder: Path) -> dict[str, bytes]:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    return read
