import json
import os
import stat
from datetime import datetime
from pathlib import Path

import pytest
import yaml

from helpers.errors import RequestError
from helpers.files import sha256
from helpers.life_cycle import approval
from helpers.life_cycle import publish as publishing
from helpers.life_cycle.publish import publish
from helpers.runs.written import checks, editions, ledger

RUN = "mentoring"
CORRECTS = {"edition": 2, "corrects": "A slip.", "date": "2026-06-25", "contact": "x"}


@pytest.fixture(autouse=True)
def after_its_day(monkeypatch):
    clock(monkeypatch, "2026-06-25T12:00+00:00")


def clock(monkeypatch, at):
    monkeypatch.setattr(publishing, "now", lambda: datetime.fromisoformat(at))


def make(outputs, *, page="one", analyst="A. Name", against="", **publication):
    """A finished run as far as publishing looks at it; nobody is in it."""
    folder = outputs / RUN
    said = {"date": "2026-06-25", "contact": "x"} | publication
    request = {"id": RUN, "analyst": analyst, "publication": said, "inputs": {}}
    content = {
        "report.html": page,
        "release/result.json": json.dumps({"analyses": [], "page": page}),
        "release/tables/a.csv": "a\n",
        "restricted/report-reviewers.html": page,
        "audit/request.yml": yaml.safe_dump({"request": request}),
        "audit/disclosure.csv": "ref\n",
    }
    for name, text in content.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (folder / "audit" / "checks.csv").unlink(missing_ok=True)
    row = ("charts", editions.CHECK, "", against, "pass")
    checks.add(folder / "audit" / "checks.csv", row)
    classes = {"report.html": "published", "release/result.json": "release",
               "release/tables/a.csv": "release"}  # fmt: skip
    manifest = {
        "status": "finished",
        "stages": ["intake"],
        "outputs": {n: {"class": c, "sha256": ""} for n, c in classes.items()},
    }
    (folder / "audit" / "manifest.json").write_text(json.dumps(manifest))
    return folder


def approve(outputs, name="B. Other", edition=1):
    folder = outputs / RUN
    ledger.record(
        outputs, approval.APPROVED, RUN, name=name, edition=edition, parts=[],
        files=approval.files(folder), reviewers=sha256(folder / approval.REVIEWERS),
    )  # fmt: skip


def refused(outputs):
    """The problems of publishing, which leaves nothing behind."""
    before = everything(outputs / "published")
    with pytest.raises(RequestError) as caught:
        publish(RUN, outputs)
    assert everything(outputs / "published") == before
    return caught.value.problems


def everything(folder):
    return {p: p.is_file() and p.read_bytes() for p in folder.rglob("*")}


@pytest.fixture
def first(tmp_path):
    """An outputs folder of which the first edition is published."""
    make(tmp_path)
    approve(tmp_path)
    publish(RUN, tmp_path)
    return tmp_path


def second(outputs, **other):
    before = editions.folder(outputs, RUN, 1) / editions.RESULT
    against = editions.as_found(before if before.exists() else None)
    make(outputs, **{"page": "two", "against": against} | CORRECTS | other)
    approve(outputs, edition=other.get("edition", 2))


def test_what_was_approved_is_copied_and_recorded(tmp_path):
    folder = make(tmp_path, pre_release=["Minister", "Head of statistics"])
    approve(tmp_path)
    old = os.umask(0o077)
    try:
        lines = publish(RUN, tmp_path)
    finally:
        os.umask(old)
    place = tmp_path / "published" / RUN / "1"
    assert lines[0].endswith(f"approved by B. Other, is published in {place}: 3 files.")
    assert lines[1] == ("Allowed to see it before 25 June 2026, 00:00 in London: "
                        "Minister; Head of statistics.")  # fmt: skip
    assert f"catalogue add {RUN} --source" in lines[2]
    files = {"report.html", "release/result.json", "release/tables/a.csv"}
    present = {p.relative_to(place).as_posix() for p in place.rglob("*") if p.is_file()}
    assert present == files
    for path in [place, *place.rglob("*")]:
        mode = 0o755 if path.is_dir() else 0o444
        assert stat.S_IMODE(path.stat().st_mode) == mode
    for name in files:
        assert (place / name).read_bytes() == (folder / name).read_bytes()
    (line,) = ledger.ledger(tmp_path, "published", RUN)
    assert line["files"] == {name: sha256(folder / name) for name in files}
    assert (line["edition"], line["name"]) == (1, "B. Other")
    # in summer London is an hour ahead
    assert line["release_at"] == "2026-06-25T00:00:00+01:00"
    assert line["pre_release"] == ["Minister", "Head of statistics"]
    assert ledger.problems(tmp_path) == []
    assert os.listdir(place.parent) == ["1"]


@pytest.mark.parametrize(
    ("keys", "last", "then", "when", "who"),
    [
        ({}, "2026-06-24T22:59:59Z", "2026-06-24T23:00Z",
         "25 June 2026, 00:00 in London (publication.date)", "nobody"),
        ({"release_at": "2026-06-25 09:30", "pre_release": ["Minister"]},
         "2026-06-25T08:29:59Z", "2026-06-25T08:30Z",
         "25 June 2026, 09:30 in London (publication.release_at)", "Minister"),
    ],
)  # fmt: skip
def test_nothing_comes_out_before_its_time_in_london(
    tmp_path, monkeypatch, keys, last, then, when, who
):
    make(tmp_path, **keys)
    approve(tmp_path)
    clock(monkeypatch, last)
    (line,) = refused(tmp_path)
    assert line.startswith(f"{RUN}: is published from {when}, and it is ")
    assert line.endswith(f"before that, {who} may see it")
    clock(monkeypatch, then)
    assert publish(RUN, tmp_path)


def test_every_problem_is_told_at_once(tmp_path, monkeypatch):
    make(tmp_path, edition=2)
    clock(monkeypatch, "2026-01-01T00:00Z")
    told = refused(tmp_path)
    for part in (
        "nobody approved it",
        "is published from 25 June 2026",
        "publication.corrects is missing",
        "edition 2 follows edition 1",
    ):
        assert sum(part in line for line in told) == 1
    assert len(told) == 4


def test_a_byte_that_changed_revokes_the_approval_for_good(tmp_path):
    folder = make(tmp_path)
    approve(tmp_path)
    (folder / "report.html").write_text("other")
    assert "report.html" in refused(tmp_path)[0]
    (folder / "report.html").write_text("one")
    assert "void" in refused(tmp_path)[0]
    approve(tmp_path)
    assert publish(RUN, tmp_path)


def test_an_analyst_does_not_approve_their_own(tmp_path):
    make(tmp_path, analyst="Name, Anna")
    approve(tmp_path, "Dr ANNA Name")
    assert "is the analyst of this request" in refused(tmp_path)[0]


def test_an_edition_is_published_once(first):
    day = ledger.lines(first)[-1]["at"][:10]
    assert refused(first) == [
        f"{RUN}: edition 1 was published on {day}; a correction is edition 2: write "
        "that in publication.edition, and run, approve and publish it"
    ]


def test_editions_follow_each_other(first):
    second(first)
    publish(RUN, first)
    assert editions.numbers(first, RUN) == [1, 2]
    make(first, edition=1)
    approve(first)
    assert "a correction is edition 3" in refused(first)[0]
    second(first, edition=4)
    assert (
        "edition 4 follows edition 3, which the ledger does not have"
        in (refused(first)[0])
    )


def test_a_lower_edition_than_one_that_is_out_is_refused(tmp_path):
    editions.folder(tmp_path, RUN, 5).mkdir(parents=True)
    make(tmp_path)
    approve(tmp_path)
    assert refused(tmp_path) == [
        f"{RUN}: is edition 1, and edition 5 is published; write publication.edition: 6"
    ]


def test_a_predecessor_that_is_gone_or_changed_is_told(first):
    second(first)
    page = editions.folder(first, RUN, 1) / "report.html"
    page.chmod(0o644)
    page.write_text("other")
    (page.parent / "more.txt").write_text("x")
    told = refused(first)
    assert [line.split(": ")[0].rpartition("/")[2] for line in told] == [
        "more.txt",
        "report.html",
    ]
    (page.parent / "more.txt").unlink()
    page.write_text("one")
    page.parent.rename(first / "away")
    assert "which " in refused(first)[0]
    (first / "away").rename(page.parent)
    assert publish(RUN, first)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"corrects": None}, "publication.corrects is missing"),
        ({"against": "no such edition"}, "was made before edition 1 was published"),
        ({"against": "SHA-256 abc"}, "was made before edition 1 was published"),
    ],
)
def test_a_new_edition_says_what_changed(first, other, said):
    second(first, **other)
    (line,) = refused(first)
    assert said in line


@pytest.mark.parametrize("where", ["", RUN, f"{RUN}/1"])
def test_nothing_is_published_through_a_link(tmp_path, where):
    make(tmp_path)
    approve(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    place = tmp_path / "published" / where
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(tmp_path / "elsewhere")
    assert "is a symbolic link" in refused(tmp_path)[0]
    assert os.listdir(tmp_path / "elsewhere") == []


@pytest.mark.parametrize("cause", [OSError(28, "No space left"), KeyboardInterrupt()])
def test_a_copy_that_fails_leaves_nothing(tmp_path, monkeypatch, cause):
    make(tmp_path)
    approve(tmp_path)

    def fail(_):
        raise cause

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(type(cause)):
            publishing._copy(publishing._told(RUN, tmp_path), {"report.html": ""})
    assert os.listdir(tmp_path / "published" / RUN) == []


def test_a_copy_is_read_again(tmp_path):
    make(tmp_path)
    with pytest.raises(RequestError, match="changed while it was copied"):
        publishing._copy(publishing._told(RUN, tmp_path), {"report.html": "0" * 64})
    assert os.listdir(tmp_path / "published" / RUN) == []


def test_what_a_killed_publish_left_is_cleared(tmp_path):
    make(tmp_path)
    approve(tmp_path)
    part = tmp_path / "published" / RUN / ".1.part" / "release"
    part.mkdir(parents=True)
    (part / "half").write_text("x")
    publish(RUN, tmp_path)
    assert os.listdir(part.parents[1]) == ["1"]


def test_an_edition_without_its_line_gets_it(first):
    whole = (first / "ledger.jsonl").read_bytes()
    # the moment between the rename and the ledger's line
    for path in first.glob(".ledger.head"):
        path.unlink()
    (first / "ledger.jsonl").unlink()
    approve(first)
    assert "was broken off" in publish(RUN, first)[0]
    assert len(whole.splitlines()) == len(ledger.lines(first))
    assert "was published on" in refused(first)[0]


def test_an_edition_that_the_ledger_does_not_know_is_no_edition(tmp_path):
    make(tmp_path)
    approve(tmp_path)
    place = tmp_path / "published" / RUN / "1"
    place.mkdir(parents=True)
    (place / "report.html").write_text("other")
    assert refused(tmp_path) == [
        f"{place}: lies there, is not what was approved, and the ledger does not know "
        "of it; move it away"
    ]


def test_publishing_goes_on_after_destroy(tmp_path):
    folder = make(tmp_path)
    approve(tmp_path)
    (folder / "restricted" / "report-reviewers.html").unlink()
    (folder / "audit" / "destroyed.json").write_text("{}")
    assert publish(RUN, tmp_path)


def test_an_edited_ledger_and_a_clock_set_back_stop_it(tmp_path):
    make(tmp_path)
    approve(tmp_path)
    path = tmp_path / "ledger.jsonl"
    was = path.read_text()
    path.write_text(was.replace("B. Other", "C. Third"))
    assert "ledger.jsonl" in refused(tmp_path)[0]
    path.write_text(was)
    assert publish(RUN, tmp_path)


@pytest.mark.parametrize("run_id", ["none", "../x", ".", "a\nb", "x" * 5000])
def test_an_id_without_a_run_is_refused_in_a_line(tmp_path, run_id):
    with pytest.raises(RequestError) as caught:
        publish(run_id, tmp_path)
    (line,) = caught.value.problems
    assert "holds no finished run" in line and len(line) < 400
    assert list(Path(tmp_path).iterdir()) == []
