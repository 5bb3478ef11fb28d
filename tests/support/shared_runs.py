"""The finished runs that all tests share: made once, whatever the number of workers.

A process of its own makes them, a core a run, so that no worker that ends takes a run
with it. It is started once, behind a lock, by the first worker that has its tests:
`wanted` says which runs these need. Each run leaves a folder with what it said and,
last of all, its exit status; a worker waits for that file.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import yaml
from filelock import FileLock

ROOT = Path(__file__).resolve().parents[2]

#: of 150 characters
LONG_NAME = (
    "The Association of Volunteers for Mentoring, Employment, Housing and Family "
    "Support of People Leaving Prison in the North and the Midlands, registered"
)
#: "We help people after prison.", in Arabic
RIGHT_TO_LEFT = "نحن نساعد الناس بعد السجن."
MARKUP = "Mentors <script>alert(1)</script> & Sons"

#: with braces, which papermill takes for a parameter of its own
OUTPUTS = "runs{a}"

#: seconds that a run may take on a busy machine, with others before it
LONGEST = 600

#: kept, since Python complains of a process that is forgotten before it ends
_MAKERS: list[subprocess.Popen] = []


# requests --------------------------------------------------------------------------


def write_request(path: Path, **changes) -> Path:
    """params/example.yml with keys replaced, `__` going one level down; None deletes.

    `matching__caliper=0.02` sets matching.caliper, `inputs=...` a whole block.
    """
    content = yaml.safe_load((ROOT / "params/example.yml").read_text(encoding="utf-8"))
    # fewer made-up programmes than the example's, which would take a test long
    few = {"robustness__placebo_groups": 20}
    for name, value in {"id": path.stem, **few, **changes}.items():
        *above, last = name.split("__")
        place = content["request"]
        for part in above:
            place = place.setdefault(part, {})
        place[last] = value
        if value is None:
            del place[last]
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    return path


def _shared(folder: Path) -> dict:
    made_up = {"people": 15000, "submitted": 250, "effect": -0.15, "seed": 5}
    return {"inputs__made_up": made_up}


def _increase(folder: Path) -> dict:
    return {
        "inputs__made_up": {"people": 15000, "submitted": 400, "effect": 0.2},
        "organisation__name": LONG_NAME,
        "organisation__own_words": RIGHT_TO_LEFT,
    }


def _poor(folder: Path) -> dict:
    """People so steered into the programme that no comparison group is like them."""
    from support.made_up_cohort import make

    path = folder / "poor.csv"
    make(900, 400, selection=4.0).to_csv(path, index=False)
    return {"inputs": {"cohort": str(path)}, "organisation__name": MARKUP}


def _few(folder: Path) -> dict:
    simple = {"numeric": ["age", "copas_rate"], "categorical": ["sex"]}
    reason = "made-up people, so that a test sees every number"
    made_up = {"people": 12000, "submitted": 60, "effect": -0.25, "seed": 3}
    return {
        "inputs__made_up": made_up,
        "analyses": [{"name": "All people mentored", "covariates": simple}],
        "eligibility": {"minimum_people": 20},
        "disclosure": {"profile": "none", "reason": reason},
    }


#: the changes of each run's request; the one that most tests wait for comes first
RUNS = {"shared": _shared, "increase": _increase, "poor": _poor, "few": _few}


def wanted(items: Iterable) -> list[str]:
    """The runs that collected tests ask for, as fixtures or by a parameter's name."""
    asked = set()
    for item in items:
        if item.get_closest_marker("skip"):
            continue
        asked.update(item.fixturenames)
        params = item.callspec.params if hasattr(item, "callspec") else {}
        for value in params.values():
            parts = value if isinstance(value, tuple) else (value,)
            asked.update(part for part in parts if isinstance(part, str))
    return [name for name in RUNS if name in asked]


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


def driver_command(request: Path, outputs: Path, *options: str) -> list[str]:
    """The command that carries out a request with the real driver."""
    start = [sys.executable, "-m", "helpers", "run", str(request)]
    return [*start, "--outputs", str(outputs), *options]


@dataclass(frozen=True)
class SharedRuns:
    """The runs in a folder that all workers of a session see."""

    folder: Path

    def start(self, names: Iterable[str]) -> None:
        """Have those runs made that nobody has started yet."""
        self.folder.mkdir(exist_ok=True)
        with FileLock(self.folder / "lock"):
            new = [name for name in names if not (self.folder / name).exists()]
            if not new:
                return
            for name in new:
                (self.folder / name).mkdir()
                write_request(self._request(name), **RUNS[name](self.folder))
            maker = subprocess.Popen(
                [sys.executable, __file__, str(self.folder), *new],
                cwd=ROOT,
                start_new_session=True,
            )
            _MAKERS.append(maker)
            (self.folder / f"{maker.pid}.maker").write_text("\n".join(new))

    def finished(self, name: str) -> Finished:
        """Wait for a run; one that failed fails the test, with what it said."""
        self.start([name])
        until = time.monotonic() + LONGEST
        while not (self.folder / name / "status").exists():
            assert time.monotonic() < until, f"the run {name} did not end"
            time.sleep(0.05)
        said, problems, status = (
            (self.folder / name / file).read_text(encoding="utf-8")
            for file in ("said", "problems", "status")
        )
        assert status == "0", problems
        return Finished(self._request(name), self.folder / OUTPUTS, said)

    def stop(self) -> None:
        """End what is still at work, as after an interruption."""
        for maker in self.folder.glob("*.maker"):
            names = maker.read_text().splitlines()
            if not all((self.folder / name / "status").exists() for name in names):
                try:
                    os.killpg(int(maker.stem), signal.SIGKILL)
                except ProcessLookupError:
                    pass

    def make(self, name: str) -> None:
        """Carry out a run and leave what it said; for the process that makes them."""
        place = self.folder / name
        command = driver_command(self._request(name), self.folder / OUTPUTS)
        with (place / "said").open("w") as said, (place / "problems").open("w") as bad:
            done = subprocess.run(command, cwd=ROOT, stdout=said, stderr=bad)
        # in one step: whoever sees the file may read it
        (place / "status.part").write_text(str(done.returncode))
        (place / "status.part").rename(place / "status")

    def _request(self, name: str) -> Path:
        return self.folder / f"{name}.yml"


if __name__ == "__main__":
    runs = SharedRuns(Path(sys.argv[1]))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(runs.make, sys.argv[2:]))
