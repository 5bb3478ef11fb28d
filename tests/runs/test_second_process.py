"""The process that works out half of a report: what it gives, and when it ends."""

import base64
import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from helpers.files import ROOT
from helpers.runs.second_process import second_process

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has none")


@pytest.fixture
def second(monkeypatch):
    """A second process, on a machine that has cores for it."""
    monkeypatch.setattr("helpers.runs.second_process._cores", lambda: 2)
    with second_process() as second:
        second.start()
        yield second


def test_it_gives_what_this_process_would_in_the_order_of_the_questions(second):
    one, two = bytes(1_000_000), b"\x01" * 1_000_000  # more than a pipe holds
    asked = [second.ask(base64.b64encode, data) for data in (one, two)]
    assert second.ask(os.getpid).result() == second._process.pid != os.getpid()
    assert [a.result() for a in asked] == [base64.b64encode(d) for d in (one, two)]
    # what goes wrong there goes wrong here, with its own words
    with pytest.raises(ValueError, match="invalid literal for int"):
        second.ask(int, "seven").result()
    assert second.ask(os.getpid).result() == second._process.pid
    # and what cannot be sent is worked out here
    assert second.ask(lambda: os.getpid()).result() == os.getpid()


def test_what_it_was_asked_is_worked_out_here_when_it_dies(second):
    slow = second.ask(time.sleep, 0.01)
    slow.result()
    waiting = second.ask(sorted, [3, 1, 2])
    second._process.send_signal(signal.SIGSTOP)
    asked = second.ask(os.getpid)
    second._process.kill()
    assert waiting.result() == [1, 2, 3]
    assert asked.result() == os.getpid()
    assert second.ask(os.getpid).result() == os.getpid()


def test_without_a_core_for_it_all_is_worked_out_here(monkeypatch):
    monkeypatch.setattr("helpers.runs.second_process._cores", lambda: 1)
    with second_process() as second:
        second.start()
        assert second._process is None
        assert second.ask(os.getpid).result() == os.getpid()


def test_it_ends_with_its_driver_whatever_it_is_at(tmp_path):
    program = textwrap.dedent("""
        import time
        from helpers.runs import second_process
        second_process._cores = lambda: 2
        with second_process.second_process() as second:
            second.start()
            second.ask(time.sleep, 0).result()
            second.ask(time.sleep, 60)
            print(second._process.pid, flush=True)
            time.sleep(60)
    """)
    driver = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    with driver:
        its_own = int(driver.stdout.readline())
        driver.kill()
    until = time.monotonic() + 10
    while _runs(its_own) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _runs(its_own)


def _runs(number):
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    status = ROOT.__class__(f"/proc/{number}/stat")
    return not status.exists() or status.read_text().split()[2] != "Z"
