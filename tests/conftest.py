"""What all tests share: the evidence table, and a few small runs of the real driver.

`make_request` writes a request made from params/example.yml with changes. `shared`,
`increase`, `poor` and `few` are finished runs of made-up people, made once a session in
processes of their own, side by side; no test writes into them: `copied` is a copy for
that.
"""

import io
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]

EVIDENCE = pytest.StashKey[dict]()


def pytest_configure(config):
    config.stash[EVIDENCE] = {}


@pytest.fixture
def evidence(request):
    """Record a comparison with something outside this repository."""

    def record(what: str, against: str, largest_difference: float) -> None:
        rows = request.config.stash[EVIDENCE]
        rows[(what, against)] = max(rows.get((what, against), 0), largest_difference)

    return record


@pytest.fixture
def recorded(request):
    """What every test so far has compared, and the largest difference found."""
    return request.config.stash[EVIDENCE]


def pytest_terminal_summary(terminalreporter, config):
    rows = sorted(config.stash[EVIDENCE].items())
    if not rows:
        return
    terminalreporter.section("evidence: what was compared with what outside the kit")
    for (what, against), difference in rows:
        terminalreporter.write_line(f"{what} | {against} | {difference:.1e}")


def pytest_addoption(parser):
    parser.addoption("--all", action="store_true", help="run the slow tests too")


def pytest_collection_modifyitems(config, items):
    items.sort(key=lambda item: "last" in item.keywords)
    if not config.getoption("--all"):
        skip = pytest.mark.skip(reason="slow; run with --all")
        for item in items:
            if "slow" in item.keywords:
                item.add_marker(skip)


# requests --------------------------------------------------------------------------


def write_request(path: Path, **changes) -> Path:
    """params/example.yml with keys replaced, `__` going one level down; None deletes.

    `matching__caliper=0.02` sets matching.caliper, `inputs=...` a whole block.
    """
    content = yaml.safe_load((ROOT / "params/example.yml").read_text(encoding="utf-8"))
    for name, value in {"id": path.stem, **changes}.items():
        *above, last = name.split("__")
        place = content["request"]
        for part in above:
            place = place.setdefault(part, {})
        place[last] = value
        if value is None:
            del place[last]
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def make_request():
    """Write a request into a folder, made from params/example.yml with changes."""
    return write_request


@pytest.fixture
def quiet():
    """Progress that nobody sees."""
    from helpers.runs import progress

    return progress.Lines(io.StringIO())


# finished runs ---------------------------------------------------------------------


@dataclass(frozen=True)
class Finished:
    """A finished run: the request's file, the outputs folder, what it was told."""

    request: Path
    outputs: Path
    said: str

    @property
    def id(self) -> str:
        return self.request.stem

    @property
    def folder(self) -> Path:
        return self.outputs / self.id

    @property
    def report(self) -> str:
        return (self.folder / "report.html").read_text(encoding="utf-8")

    @property
    def result(self) -> dict:
        return json.loads((self.folder / "release/result.json").read_text())

    def data(self, name: str) -> pd.DataFrame:
        return pd.read_parquet(self.folder / f"restricted/data/{name}.parquet")


@pytest.fixture(scope="session")
def driver():
    """Start the real driver on a request, in a process group of its own."""

    def start(request: Path, outputs: Path, *options: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "helpers", "run", str(request)]
        return subprocess.Popen(
            [*command, "--outputs", str(outputs), *options],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    return start


#: of 150 characters
LONG_NAME = (
    "The Association of Volunteers for Mentoring, Employment, Housing and Family "
    "Support of People Leaving Prison in the North and the Midlands, registered"
)
#: "We help people after prison.", in Arabic
RIGHT_TO_LEFT = "نحن نساعد الناس بعد السجن."
MARKUP = "Mentors <script>alert(1)</script> & Sons"


def poor_cohort(folder: Path) -> dict:
    """People so steered into the programme that no comparison group is like them."""
    from support.made_up_cohort import make

    path = folder / "poor.csv"
    make(900, 400, selection=4.0).to_csv(path, index=False)
    return {"cohort": str(path)}


@pytest.fixture(scope="session")
def _started(tmp_path_factory, driver):
    """All runs at work at once: a second core is not left idle."""
    folder = tmp_path_factory.mktemp("runs")
    made_up = {"people": 15000, "submitted": 250, "effect": -0.15, "seed": 2}
    few = {"people": 12000, "submitted": 60, "effect": -0.2, "seed": 3}
    simple = {"numeric": ["age", "copas_rate"], "categorical": ["sex"]}
    reason = "made-up people, so that a test sees every number"
    requests = {
        "shared": {"inputs__made_up": made_up},
        "increase": {
            "inputs__made_up": {"people": 15000, "submitted": 400, "effect": 0.2},
            "organisation__name": LONG_NAME,
            "organisation__own_words": RIGHT_TO_LEFT,
        },
        "poor": {"inputs": poor_cohort(folder), "organisation__name": MARKUP},
        "few": {
            "inputs__made_up": few,
            "analyses": [{"name": "All people mentored", "covariates": simple}],
            "eligibility": {"minimum_people": 20},
            "disclosure": {"profile": "none", "reason": reason},
        },
    }
    outputs = folder / "outputs"
    runs = {}
    for name, changes in requests.items():
        path = write_request(folder / f"{name}.yml", **changes)
        runs[name] = (path, driver(path, outputs))
    yield outputs, runs
    for _, process in runs.values():
        process.kill()
        process.communicate()


@pytest.fixture(scope="session")
def _finished(_started):
    outputs, runs = _started
    found = {}

    def finish(name: str) -> Finished:
        if name not in found:
            request, process = runs[name]
            said, problems = process.communicate(timeout=300)
            assert process.returncode == 0, problems
            found[name] = Finished(request, outputs, said)
        return found[name]

    return finish


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
    shutil.copy(shared.outputs / "ledger.jsonl", outputs)
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
