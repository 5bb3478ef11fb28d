"""A run that is killed, at any moment: what stands, and that the next one goes on.

One chain over a small request: each kill is followed by a run that goes on, so that all
of them cost little more than one run. What it comes to is held against a run that
nobody killed, beside the same finished run.
"""

import os
import shutil
import signal
import time

import psutil
import pytest
from support import in_process, ready_cohort

from helpers.request import STAGES
from helpers.runs.stages import NOTEBOOKS, STAMP

#: seconds that a moment is waited for, and that a kernel may outlive its driver
LONGEST, OUTLIVES = 300, 10


@pytest.fixture
def request_file(tmp_path):
    return in_process.write(ready_cohort.written(tmp_path), tmp_path)


def begun(part, stage):
    """The stage has begun: its executed notebook is there, and nothing else of it."""
    return (part / f"restricted/notebooks/{NOTEBOOKS[stage]}.ipynb").exists()


def at_work(part, stage):
    """Its kernel is at work: it has opened the run."""
    return begun(part, stage) and (part / "restricted/tmp/at_work").exists()


def saved(part, stage):
    """It has saved, and papermill is about to end."""
    return (part / STAMP.format(stage)).exists()


def in_report(part, _):
    return (part / "audit/disclosure.csv").exists()


def in_place(part, _):
    """The run is whole, and about to take its place."""
    return (part / "audit/manifest.json").exists()


MOMENTS = [
    *((stage, moment) for stage in STAGES for moment in (begun, at_work, saved)),
    ("report", in_report),
    ("swap", in_place),
]


def end_at(process, part, stage, moment, how="SIGKILL"):
    """End a run at a moment, and nothing that it started; gives its kernels."""
    until = time.monotonic() + LONGEST
    while not moment(part, stage):
        if moment is in_place and process.poll() == 0:
            return []  # a swap takes less than a look at it: it was over before
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until
        time.sleep(0 if moment is in_place else 0.005)
    try:
        kernels = psutil.Process(process.pid).children(recursive=True)
        os.kill(process.pid, getattr(signal, how))
    except (psutil.NoSuchProcess, ProcessLookupError):
        return []
    return kernels


@pytest.mark.slow
def test_a_run_killed_at_any_moment_leaves_the_last_one_whole_and_the_next_goes_on(
    request_file, driver, tmp_path, contents
):
    outputs, beside = tmp_path / "outputs", tmp_path / "undisturbed"
    part = outputs / ".small.part"
    in_process.run(request_file, outputs, whole=False)
    shutil.copytree(outputs, beside)
    good = contents(outputs / "small")
    # with another seed no stage of the finished run holds
    request_file.write_text(request_file.read_text() + "  seed: 2\n")
    whole = driver(request_file, beside, "--overwrite")
    kernels = []
    for stage, moment in MOMENTS:
        process = driver(request_file, outputs, "--overwrite")
        kernels += end_at(process, part, stage, moment)
        process.communicate()
        if stage == "swap":  # the last one or the new one, wherever its name is by then
            each = (outputs / name for name in ("small", ".small.old"))
            assert any("report.html" in contents(one) for one in each)
        else:
            assert contents(outputs / "small") == good
    last = driver(request_file, outputs, "--overwrite")
    said, problems = last.communicate(timeout=LONGEST)
    assert last.returncode == 0, problems
    if "Up to date" not in said:  # it was killed before it was in its place
        assert all(f"{stage}: taken over" in problems for stage in STAGES)
    assert not part.exists()
    killed = contents(outputs / "small")
    said, problems = whole.communicate(timeout=LONGEST)
    assert whole.returncode == 0, problems
    undisturbed = contents(beside / "small")
    for name in undisturbed:
        if name == "report.html" or name.startswith("release/"):
            assert killed[name] == undisturbed[name], name
    assert killed["audit/checks.csv"] == undisturbed["audit/checks.csv"]
    _, alive = psutil.wait_procs(kernels, timeout=OUTLIVES)
    assert alive == []


@pytest.mark.slow
def test_the_second_of_two_runs_of_one_id_is_told_and_stops(
    request_file, driver, tmp_path
):
    outputs = tmp_path / "outputs"
    first = driver(request_file, outputs, "--until", "intake")
    until = time.monotonic() + LONGEST
    while not begun(outputs / ".small.part", "intake"):
        assert time.monotonic() < until
        time.sleep(0.01)
    second = driver(request_file, outputs, "--force")
    said, problems = second.communicate(timeout=LONGEST)
    assert (second.returncode, said) == (1, "")
    assert problems.splitlines()[-1] == (
        f"{outputs / 'small'}: is being made by another run; wait for it"
    )
    said, problems = first.communicate(timeout=LONGEST)
    assert first.returncode == 0, problems
    assert said.startswith("Stopped after intake, as asked: ")


@pytest.mark.slow
def test_a_run_that_is_told_to_end_ends_as_if_interrupted(
    request_file, driver, tmp_path
):
    outputs = tmp_path / "outputs"
    process = driver(request_file, outputs)
    kernels = end_at(process, outputs / ".small.part", "intake", at_work, "SIGTERM")
    said, problems = process.communicate(timeout=LONGEST)
    assert (process.returncode, said) == (130, "")
    assert problems.splitlines()[-1].startswith(
        "Interrupted; finished runs are as they were. What it had written"
    )
    assert not any(one.is_running() for one in kernels)
