"""Forty small requests by one command, two at once and one after the other.

    python tests/benchmarks/forty_requests.py [requests] [people] [submitted] [folder]

Each request is on made-up people of its own, but for every fourth, which is on those of
the one before it, so that there is something to decide about. They are carried out with
--jobs 2 and with --jobs 1 in folders of their own. The table gives seconds, seconds a
request, and the most memory that all processes held at one time (resident sizes added
up, what they share counted for each). At the end each report and its release are held
against each other byte by byte.
"""

import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.shared_runs import ROOT, driver_command, write_request

SIMPLE = {
    "numeric": ["age", "copas_rate", "previous_offences"],
    "categorical": ["sex"],
}


def write(folder: Path, count: int, people: int, submitted: int) -> Path:
    """Write the requests; gives their folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        seed = number - 1 if number % 4 == 3 else number
        made_up = {"people": people, "submitted": submitted, "seed": seed + 1}
        write_request(
            folder / f"request-{number + 1:02}.yml",
            title=f"Mentoring, service {number + 1}",
            inputs__made_up=made_up,
            analyses=[{"name": "All people mentored", "covariates": SIMPLE}],
            robustness=None,
        )
    return folder


def carried_out(requests: Path, outputs: Path, jobs: int) -> tuple[float, float]:
    """Carry the requests out; gives seconds and the most memory, in gigabytes."""
    began, most = time.monotonic(), [0.0]
    command = driver_command(requests, outputs, "--jobs", str(jobs))
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.5):
            most[0] = max(most[0], _memory(process.pid))

    watching = threading.Thread(target=watch)
    watching.start()
    status = process.wait()
    over.set()
    watching.join()
    if status:
        raise SystemExit(f"a request failed: see {outputs}/index.html")
    return time.monotonic() - began, most[0]


def _memory(number: int) -> float:
    total = 0
    try:
        first = psutil.Process(number)
        for process in (first, *first.children(recursive=True)):
            total += process.memory_info().rss
    except psutil.NoSuchProcess:
        pass
    return total / 1024**3


def differing(one: Path, other: Path) -> list[str]:
    """Name what of the reports and releases in two folders of runs is not the same."""
    paths = [*one.glob("*/report.html"), *one.glob("*/release/**/*")]
    return [
        str(path.relative_to(one))
        for path in sorted(paths)
        if path.is_file()
        and path.read_bytes() != (other / path.relative_to(one)).read_bytes()
    ]


def main(
    count: str = "40", people: str = "8000", submitted: str = "200", folder: str = ""
) -> None:
    """Carry the requests out both ways and print the table."""
    place = Path(folder or tempfile.mkdtemp())
    requests = write(place / "requests", int(count), int(people), int(submitted))
    print("jobs  seconds  a request  memory, GB")
    for jobs in (2, 1):
        seconds, memory = carried_out(requests, place / f"jobs-{jobs}", jobs)
        each = seconds / int(count)
        print(f"{jobs:4}  {seconds:7.0f}  {each:9.1f}  {memory:10.2f}", flush=True)
    different = differing(place / "jobs-2", place / "jobs-1")
    print("the same bytes" if not different else f"not the same: {different}")


if __name__ == "__main__":
    main(*sys.argv[1:])
