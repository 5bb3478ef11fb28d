"""Time a request on 2,000,000 sentences, from list to report, by the real driver.

    python tests/benchmarks/whole_request.py [people] [lines] [folder]

The records and the list are made up and written first, into `folder` where one is
named, and taken from there if they are there already. Then the request of
params/example.yml is run on them as on real ones: once with nothing at hand, once after
another request on the same extract, so that what requests share is there. The seconds
of each stage, and the most memory of the driver and its kernels at one time. Budget:
4 minutes and 8 GB.
"""

import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.approved import sources

from helpers.synthetic import records

ROOT = Path(__file__).resolve().parents[2]
PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


def request(written: records.Written, run_id: str) -> dict:
    """The example's request on an extract and a list that lie in a folder."""
    text = yaml.safe_load((ROOT / "params/example.yml").read_text(encoding="utf-8"))
    asked = text["request"] | {"id": run_id}
    asked["inputs"] = {
        "submission": str(written.submission),
        "extract": str(written.extract),
        "records_complete_to": str(written.complete_to),
    }
    digest = hashlib.sha256(written.submission.read_bytes()).hexdigest()
    signed = {"by": "Made-up director", "on": "2026-02-02"}
    asked["data_sharing"] |= {
        "received": {"channel": "none", "on": "2026-02-02", "file_sha256": digest},
        "provider_signed_off": signed,
        "sources": sources(),
    }
    return {"request": asked}


def made(folder: Path, people: int, lines: int) -> records.Written:
    """Write the records, unless the folder has them."""
    if not (folder / "truth.parquet").exists():
        return records.write(folder, people, lines, effect=-0.08, seed=1)
    paths = (folder / "extract", folder / "submission.csv", folder / "truth.parquet")
    return records.Written(*paths, records.COMPLETE_TO)


def timed(asked: dict, outputs: Path) -> None:
    """Run a request; print the seconds of its stages, and the most memory."""
    file = outputs / f"{asked['request']['id']}.yml"
    file.write_text(yaml.safe_dump(asked, sort_keys=False), encoding="utf-8")
    before, begun = _processor_seconds(), time.perf_counter()
    command = [sys.executable, "-m", "helpers", "run", str(file), "--force"]
    with (outputs / "run.log").open("w") as log:
        driver = subprocess.Popen(
            [*command, "--outputs", str(outputs)], cwd=ROOT, stdout=log, stderr=log
        )
        most = 0
        while driver.poll() is None:
            most = max(most, memory_of(driver.pid))
            time.sleep(0.2)
    took = time.perf_counter() - begun
    busy = _processor_seconds() - before
    if driver.returncode:
        sys.exit((outputs / "run.log").read_text())
    manifest = outputs / asked["request"]["id"] / "audit" / "manifest.json"
    times = json.loads(manifest.read_text())["seconds"]
    stages = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in times.items())
    memory = f"{most / 2**30:.2f} GB at most"
    print(f"{took:.1f} s ({busy:.0f} s of processors): {stages}; {memory}", flush=True)


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def memory_of(process: int) -> int:
    """Give the bytes that a process and all below it hold (their own pages)."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            above = int((path / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
        children.setdefault(above, []).append(int(path.name))
    family, total = [process], 0
    for each in family:
        family += children.get(each, [])
        try:
            held, shared = (Path("/proc") / f"{each}/statm").read_text().split()[1:3]
        except (OSError, ValueError):
            continue
        total += (int(held) - int(shared)) * PAGE
    return total


def main(people: int, lines: int, folder: Path) -> None:
    """Make the records, then run the requests."""
    written = made(folder, people, lines)
    with tempfile.TemporaryDirectory() as outputs:
        for run_id in ("first", "second"):
            print(run_id, end=": ", flush=True)
            timed(request(written, run_id), Path(outputs))


if __name__ == "__main__":
    numbers = [int(a) for a in sys.argv[1:3]]
    numbers += [430_000, 10_000][len(numbers) :]
    with tempfile.TemporaryDirectory() as somewhere:
        main(*numbers, Path(sys.argv[3] if len(sys.argv) > 3 else somewhere))
