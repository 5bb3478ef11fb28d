"""What a run left, as its cover tells it: a folder made by hand, then a whole run."""

import re

import pytest
from bs4 import BeautifulSoup

from helpers.files import sha256
from helpers.request import load
from helpers.runs.run import Run
from helpers.runs.written import cover, ledger

COMMIT = {"commit": None, "changed": False}


@pytest.fixture
def work(tmp_path):
    """A run with a check and two files, and a ledger of two requests."""
    request = load("params/example.yml")
    run = Run(request, "charts", tmp_path / "outputs" / "example")
    run.folder.mkdir(parents=True)
    run.write("five-safes.html", "", sensitivity="restricted")
    run.write("tables/b.csv", "", sensitivity="release")
    run.write("result.json", {}, sensitivity="release")
    run.check("one", expected=1, found=1, passed=True)
    ledger.record(run.folder.parent, "outcomes opened", "another")
    ledger.record(run.folder.parent, "published", "example", edition=2, files=["a"])
    return run


def test_it_has_what_is_there_and_the_ledger_of_this_request_alone(work):
    decisions = [("", "released", "Why.", 9)]
    told = cover.left(work, decisions, COMMIT)
    assert told.copies == ("five-safes.html",)
    assert told.notebooks == ("01_intake", "02_matching", "03_outcomes", "04_charts")
    assert [row[1:] for row in told.checks] == [("one", "1", "1", "pass")]
    assert told.release == ("release/result.json", "release/tables/b.csv")
    assert [what for _, what in told.ledger] == ["published, edition 2, 1 file"]
    assert (told.commit, told.seed) == ("", 1)
    assert told.decisions == tuple(decisions)
    names = dict(told.inputs)
    assert names["params/catalogue/types.csv"] == sha256(
        next(p for p in cover.hashes.input_files(work.request) if p.name == "types.csv")
    )


def test_every_link_of_a_runs_cover_leads_to_a_file_and_nothing_tells_a_time(shared):
    folder = shared.folder / "restricted"
    markup = (folder / "index.html").read_text(encoding="utf-8")
    page = BeautifulSoup(markup, "html.parser")
    links = {a["href"] for a in page.select("a[href]:not([download])")}
    outward = {link for link in links if not link.startswith("#")}
    assert {"report-reviewers.html", "five-safes.html", "../report.html"} <= outward
    assert sum("notebooks/" in link for link in outward) == 4
    assert [link for link in outward if not (folder / link).exists()] == []
    assert not re.search(r"\d\d:\d\d", page.get_text())
    copy = (folder / "report-reviewers.html").read_text(encoding="utf-8")
    assert '<a href="index.html">' in copy
    assert "index.html" not in (shared.folder / "report.html").read_text()
