"""Requests in processes of their own, here stand-ins: how many, in what order, ends."""

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from types import SimpleNamespace

import pytest
from support import stand_in_job

from helpers.files import ROOT
from helpers.runs.batch import job
from helpers.runs.batch import jobs as module
from helpers.runs.batch.asked import Asked
from helpers.runs.batch.job import End
from helpers.runs.batch.jobs import Batch

ALL = "intake\nmatching\noutcomes\ncharts\nreport"


@pytest.fixture
def forked(monkeypatch):
    """Processes that start at once; one that is spawned imports everything anew.

    A forked one has the batch's own end of its pipe too: that the batch is gone can be
    heard by one that was spawned alone, and what the batch sends by both.
    """
    if os.name == "nt":
        pytest.skip("Windows forks no process")
    fork = multiprocessing.get_context("fork")
    monkeypatch.setattr(module, "get_context", lambda _: fork)


class Seen:
    """What a display is shown; `told` is called with each."""

    def __init__(self, told=lambda *_: None):
        self.lines, self._told = [], told

    def begun(self, name):
        self._add(name, "begun")
        return SimpleNamespace(
            stage_next=lambda stage: self._add(name, "next", stage),
            stage_started=lambda *what: self._add(name, "started", *what),
            cell_done=lambda *what: self._add(name, "cell", *what),
            stage_done=lambda *what: self._add(name, "done", *what),
            note=lambda text: self._add(name, "note", text),
        )

    def over(self, came):
        self._add(came.asked.name, "over", came.end.status)

    def _add(self, *what):
        self.lines.append(what)
        self._told(*what)


def batch(folder, display=None, jobs=2, problems=(), **steps):
    """A batch of stand-ins, each with its steps; those of `problems` have one."""
    each = []
    for name, text in steps.items():
        path = folder / f"{name}.yml"
        path.write_text(text)
        problem = f"{name}: wrong" if name in problems else ""
        each.append(Asked(name, path, SimpleNamespace(alone=False), problem))
    return Batch(
        each,
        folder,
        display or Seen(),
        jobs=jobs,
        work=stand_in_job.carry_out,
        words=stand_in_job.words,
    )


def order(folder):
    return [tuple(line.split()) for line in (folder / "order").read_text().splitlines()]


def test_one_that_stops_or_dies_stops_no_other(tmp_path, forked):
    (tmp_path / ".dies.part").mkdir()
    display = Seen()
    made = batch(
        tmp_path, display, 3, ["wrong"],
        wrong="", fails="intake\nfail", dies="die", faulty="fault", good=ALL,
    )  # fmt: skip
    came = {one.asked.name: one for one in made.carry_out()}
    assert list(came) == ["wrong", "fails", "dies", "faulty", "good"]
    words = {name: one.end.words for name, one in came.items()}
    assert words["wrong"] == "wrong: wrong"
    assert words["fails"] == "first problem\nsecond"
    assert words["faulty"] == "a fault"  # an error's own words are not repeated
    assert words["dies"].startswith(
        "dies: its process was killed from outside (SIGKILL), as the system does where "
    )
    assert f"{tmp_path}/.dies.part is kept" in words["dies"]
    assert [one.failed for one in came.values()] == [True, True, True, True, False]
    good = came["good"].end
    assert (good.status, good.words) == ("done", "good as expected.")
    assert good.notes == ("a note",)
    assert 0.01 < good.memory < 2  # gigabytes of a Python that has done nothing
    assert came["good"].seconds > 0
    assert display.lines[0] == ("wrong", "over", "failed")
    assert ("good", "cell", "report", 1, "Heading") in display.lines


def test_so_many_are_at_work_at_once_and_they_decide_in_their_order(tmp_path, forked):
    steps = {"slow": f"sleep 1\n{ALL}\nsleep 0.3", "quick": ALL, "last": ALL}
    assert not any(one.failed for one in batch(tmp_path, jobs=2, **steps).carry_out())
    log = order(tmp_path)
    # two at once: the third begins once one of them is over
    begun = log.index(("last", "begins"))
    assert min(log.index((name, "ends")) for name in ("slow", "quick")) < begun
    # the quick one was first at its outcomes, and waited
    assert log.index(("quick", "matching")) < log.index(("slow", "intake"))
    at = {what: log.index(what) for what in log}
    for before, after in (("slow", "quick"), ("quick", "last")):
        assert at[before, "outcomes"] < at[after, "outcomes"]
        assert at[before, "ends"] < at[after, "report"]


def test_one_at_a_time_is_one_after_the_other(tmp_path, forked):
    batch(tmp_path, jobs=1, first="intake", second="intake").carry_out()
    steps = ["begins", "intake", "ends"]
    assert order(tmp_path) == [("first", x) for x in steps] + [
        ("second", x) for x in steps
    ]


def test_one_that_has_nothing_to_do_stops_at_once_and_did_not_fail(tmp_path, forked):
    made = batch(tmp_path, one="intake", none="intake")
    made._each[1] = replace(made._each[1], idle="Nothing was to be done.")
    came = {one.asked.name: one for one in made.carry_out()}
    assert came["none"].end == End("stopped", "Nothing was to be done.")
    assert not came["none"].failed
    assert {name for name, *_ in order(tmp_path)} == {"one"}


@pytest.fixture
def interruptible():
    """Ctrl-C as on a console, also where the tests were started by a script."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("forked", "interruptible")
def test_an_interruption_ends_those_at_work_and_begins_no_other(tmp_path):
    def told(_name, what, *_):
        if what == "note":  # it hangs
            signal.raise_signal(signal.SIGINT)

    made = batch(tmp_path, Seen(told), 1, quick="intake", slow="hang", never="intake")
    came = made.carry_out()
    assert made.interrupted
    assert [one.end.status for one in came] == ["done", "interrupted", "not begun"]
    assert order(tmp_path)[-1] == ("slow", "interrupted")  # it could tidy up


@pytest.mark.usefixtures("forked", "interruptible")
def test_one_that_has_only_just_started_is_ended_too(tmp_path, monkeypatch):
    # as a script has it that starts a batch at night
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def starts_late(file, *rest):
        time.sleep(0.5 if file.stem == "late" else 0)
        job.carry_out(file, *rest)

    def told(name, what, *_):
        if (name, what) == ("quick", "next"):
            raise KeyboardInterrupt

    monkeypatch.setattr(module, "carry_out", starts_late)
    monkeypatch.setattr(module, "PATIENCE", 10)
    came = batch(tmp_path, Seen(told), 2, quick="intake", late="hang").carry_out()
    assert [one.end.status for one in came] == ["interrupted", "interrupted"]
    assert came[1].end.memory is not None  # it told its end, and was not killed


@pytest.mark.usefixtures("forked")
def test_a_display_that_fails_is_heard_as_that_and_no_job_is_left(tmp_path):
    def told(_name, what, *_):
        if what == "started":
            raise OSError(errno.ENOSPC, "No space left on device")

    begun = time.monotonic()
    made = batch(tmp_path, Seen(told), 1, slow="intake\nmatching\noutcomes")
    with pytest.raises(OSError, match="No space left"):
        made.carry_out()
    assert time.monotonic() - begun < module.PATIENCE
    [left] = made._at_work
    assert left.pipe.closed
    left.process.kill()  # forked, it cannot hear that
    left.process.join()


@pytest.mark.usefixtures("forked")
def test_one_that_works_on_without_its_pipe_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 0.3)
    made = batch(tmp_path, jobs=1, deaf="deaf", next="intake")
    deaf, after = made.carry_out()
    assert (deaf.end.status, after.end.status) == ("failed", "done")
    assert deaf.end.words == "deaf: its process no longer answered; run again"
    assert not multiprocessing.active_children()


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="there a batch and its jobs end together")
def test_those_at_work_end_with_the_batch_even_if_that_is_killed(tmp_path):
    code = (
        "import sys, pathlib, signal\n"
        "sys.path[:0] = ['tests']\n"
        # as a script has it that starts a batch at night
        "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "from support import stand_in_job as job\n"
        "if __name__ == '__main__':\n"
        "    from types import SimpleNamespace\n"
        "    from helpers.runs.batch.asked import Asked\n"
        "    from helpers.runs.batch.jobs import Batch\n"
        "    show = SimpleNamespace(note=lambda _: None)\n"
        "    show.begun, show.over = lambda _: show, lambda _: None\n"
        "    folder = pathlib.Path(sys.argv[1])\n"
        "    each = [Asked('slow', folder / 'slow.yml')]\n"
        "    Batch(each, folder, show, jobs=1, work=job.carry_out,\n"
        "          words=job.words).carry_out()\n"
    )
    (tmp_path / "slow.yml").write_text("hang")
    script = tmp_path / "script.py"
    script.write_text(code)
    process = subprocess.Popen(
        [sys.executable, script, tmp_path],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    log = tmp_path / "order"
    wait_for(log.exists)
    process.kill()
    process.wait()
    wait_for(lambda: ("slow", "interrupted") in order(tmp_path))


def wait_for(what):
    until = time.monotonic() + 60
    while not what():
        assert time.monotonic() < until
        time.sleep(0.02)
