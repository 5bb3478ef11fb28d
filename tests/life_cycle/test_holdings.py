"""Data held past their day are named, whatever else lies in outputs/."""

import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from helpers.files import ROOT, destroy_command
from helpers.life_cycle.holdings import destroy_by, overdue
from helpers.request import load

TODAY = date(2026, 7, 1)


def agreement(run_id: str, day: str) -> str:
    return f"request:\n  id: {run_id}\n  data_sharing:\n    destroy_by: '{day}'\n"


def write(path: Path, content: str = "people") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)


@pytest.fixture
def places(tmp_path):
    params = tmp_path / "params"
    write(params / "a.yml", agreement("a", "2026-06-30"))
    return tmp_path / "outputs", params


def hold(outputs, name, day=None, run_id="a", own="audit/request.yml"):
    write(outputs / name / "restricted/data/people.parquet")
    if day:
        write(outputs / name / own, agreement(run_id, day))


def test_the_day_itself_is_in_time_and_the_day_after_is_not(places):
    outputs, params = places
    hold(outputs, "a", "2026-07-01")
    assert overdue(outputs, params, TODAY) == []
    assert overdue(outputs, params, date(2026, 7, 2)) == [
        f"{outputs}/a: its data should have been destroyed by 2026-07-01; "
        f"run python3 -m helpers destroy a --outputs {outputs}"
    ]


def test_the_kits_own_outputs_are_named_as_a_user_types_them(tmp_path, monkeypatch):
    monkeypatch.setattr("helpers.files.ROOT", tmp_path)
    hold(tmp_path / "outputs", "a", "2026-06-30")
    assert overdue(tmp_path / "outputs", tmp_path / "params", TODAY) == [
        "outputs/a: its data should have been destroyed by 2026-06-30; "
        "run python3 -m helpers destroy a"
    ]


def test_runs_drafts_and_attempts_have_a_line_each(places):
    outputs, params = places
    for name in ("a", ".a.part", ".a.old"):
        hold(outputs, name, "2026-06-30")
    hold(outputs, "a.draft")  # its request is the one in params/
    hold(outputs, "mine", "2026-06-29", own="restricted/request.yml")
    hold(outputs, "b", "2026-08-01", "b")
    lines = overdue(outputs, params, TODAY)
    assert [line.split(": its ")[0] for line in lines] == [
        f"{outputs}/{name}" for name in (".a.old", ".a.part", "a", "a.draft", "mine")
    ]
    assert all("helpers destroy a --outputs" in line for line in lines)


def test_the_runs_own_request_counts_before_that_of_params(places):
    outputs, params = places
    hold(outputs, "a", "2027-06-30")
    assert overdue(outputs, params, TODAY) == []


def test_what_holds_nothing_about_people_is_not_named(places):
    outputs, params = places
    write(outputs / "a/audit/request.yml", agreement("a", "2026-06-30"))
    (outputs / "a/restricted/data").mkdir(parents=True)  # empty
    write(outputs / "a/report.html")
    write(outputs / "sample/restricted/x")
    write(outputs / "published/a/1/report.html")
    assert overdue(outputs, params, TODAY) == []


def test_odd_things_in_outputs_fail_nothing(places):
    outputs, params = places
    assert overdue(outputs, params, TODAY) == []  # none there yet
    hold(outputs, "a", "2026-06-30")
    write(outputs / "b/audit/request.yml/x")  # a folder where a file is wanted
    write(outputs / "b/restricted")
    write(outputs / "c/restricted/people.csv")
    (outputs / "c/audit").mkdir()
    (outputs / "c/audit/request.yml").write_bytes(
        b"\xff\xfe\x00 destroy_by: 2026-13-45"
    )
    hold(outputs, "d", "2026-02-30", "d")  # no such day
    hold(outputs, "E F", "never", "e")
    os.symlink(outputs / "nowhere", outputs / "g")
    os.symlink(outputs, outputs / "loop.draft")
    write(outputs / "ledger.jsonl")
    write(params / "broken.yml", "\x00[")
    assert [line.split(": its ")[0] for line in overdue(outputs, params, TODAY)] == [
        f"{outputs}/a"
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("    destroy_by: '2026-06-30'\n", date(2026, 6, 30)),
        ('    destroy_by: "2026-06-30"  # agreed\n', date(2026, 6, 30)),
        ("    destroy_by: 2026-06-30\n", date(2026, 6, 30)),
        ("  data_sharing: {purpose: x, destroy_by: 2026-06-30}\n", date(2026, 6, 30)),
        ("  # destroy_by: 2026-06-30\n", None),
        ("    not_destroy_by: 2026-06-30\n", None),
        ("    destroy_by: 2026-06-31\n", None),
        ("    destroy_by:\n", None),
    ],
)
def test_the_day_is_read_as_people_write_it(tmp_path, text, day):
    write(tmp_path / "x.yml", f"request:\n{text}")
    assert destroy_by(tmp_path / "x.yml") == day


def test_the_day_of_the_example_is_the_one_that_its_request_has():
    path = ROOT / "params/example.yml"
    assert destroy_by(path) == load(path).data_sharing.destroy_by


def test_it_asks_for_the_standard_library_alone_and_little_time(places):
    outputs, params = places
    for number in range(20):
        hold(outputs, f"r{number}", "2026-06-30", f"r{number}")
        hold(outputs, f"r{number}.draft")
        write(params / f"r{number}.yml", agreement(f"r{number}", "2026-06-30"))
    started = time.perf_counter()
    assert len(overdue(outputs, params, TODAY)) == 40
    assert time.perf_counter() - started < 0.05
    code = (
        "import sys, helpers.life_cycle.holdings; "
        "print({'yaml', 'pydantic'} & {*sys.modules})"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True,
                          text=True, check=True)  # fmt: skip
    assert said.stdout == "set()\n"


def test_the_command_can_be_typed_whatever_signs_its_folder_has():
    kept = Path("/kept {a} #1")
    assert destroy_command("a", kept) == (
        "python3 -m helpers destroy a --outputs '/kept {a} #1'"
    )


# what requests on the same extract share ----------------------------------------------


def share(outputs, name, **days):
    """A folder that these requests share, each with its last day."""
    write(outputs / ".shared" / name / "offence.parquet")
    for request, day in days.items():
        write(outputs / ".shared" / name / "requests" / request, day)


def test_what_is_shared_may_be_held_as_long_as_one_of_its_requests(places):
    outputs, params = places
    share(outputs, "1", a="2026-06-01", b="2026-07-01")
    share(outputs, "2", a="2026-06-01", open="none")  # open data
    assert overdue(outputs, params, TODAY) == []
    assert overdue(outputs, params, date(2026, 7, 2)) == [
        f"{outputs}/.shared/1: its data should have been destroyed by 2026-07-01; "
        f"run python3 -m helpers destroy b --outputs {outputs}"
    ]


def test_a_day_that_cannot_be_read_is_no_end(places):
    """As after the machine failed before the bytes were on its disk."""
    outputs, params = places
    share(outputs, "1", a="")
    assert overdue(outputs, params, TODAY) == [
        f"{outputs}/.shared/1: its data may be held until a day that cannot be read; "
        f"run python3 -m helpers destroy a --outputs {outputs}"
    ]
    share(outputs, "1", b=str(TODAY))
    assert overdue(outputs, params, TODAY) == []


def test_what_no_request_is_known_to_share_is_named(places):
    outputs, params = places
    share(outputs, "1")
    (outputs / "elsewhere").mkdir()
    share(outputs / "elsewhere", "2")
    (outputs / ".shared" / "3").symlink_to(outputs / "elsewhere" / ".shared" / "2")
    assert overdue(outputs, params, TODAY) == [
        f"{outputs}/.shared/1: holds records and tells no request that may; delete it"
    ]
