"""The cover for reviewers: where everything is, failures first, no time, no person."""

import dataclasses
import re

import pytest
from bs4 import BeautifulSoup

from helpers.publication.report import reading_back
from helpers.publication.report.cover import page
from helpers.publication.report.cover.left import Left

CHECKS = (
    ("intake", "All: enough people are left", "60 or more", "as many", "pass"),
    ("matching", "All: the groups are alike", "well matched", "poorly", "warn"),
    ("outcomes", "<b>All</b>: the boxes add up", "140", "139", "fail"),
)
LEFT = Left(
    copies=("report-reviewers.html", "five-safes.html"),
    notebooks=("01_intake", "02_matching"),
    checks=CHECKS,
    decisions=(("", "released", "No rule withholds it.", 1042),
               ("R1", "withheld", "Few people.", 115)),  # fmt: skip
    ledger=(("ann", "everyone's outcomes were opened"),
            ("bob", "approved by Bob <i>Other</i>, edition 1, 9 files")),  # fmt: skip
    kit="0.1.0",
    python="3.11.7",
    commit="5ee4e4553e9b5d1de0804cd357b6b559a7079de4",
    packages=159,
    seed=7,
    inputs=(("/secure/list.csv", "9f" * 32),),
    release=("release/result.json", "release/tables/a.csv", "release/tables/b.csv",
             "release/letter/body.md"),
)  # fmt: skip


@pytest.fixture
def shown(study):
    """The page as it is parsed; `shown(seed=None)` changes what the run left."""

    def make(**changes):
        markup = page.page(study(), dataclasses.replace(LEFT, **changes))
        return BeautifulSoup(markup, "html.parser")

    return make


def rows(shown, key):
    """The texts of a table's rows."""
    return [
        [" ".join(cell.get_text().split()) for cell in row.find_all(["th", "td"])]
        for row in shown.select(f"#{key} tbody tr")
    ]


def test_it_leads_to_every_page_and_file(shown):
    links = {a["href"] for a in shown().select("a[href]:not([download])")}
    outward = {link for link in links if not link.startswith("#")}
    audit = "manifest.json request.yml checks.csv disclosure.csv checker.csv " \
            "packages.txt run.log".split()  # fmt: skip
    assert outward == {
        "../report.html", "report-reviewers.html", "five-safes.html",
        "notebooks/01_intake.html", "notebooks/02_matching.html",
        "../release/result.json", "../release/tables/", "../release/letter/",
        *(f"../audit/{name}" for name in audit),
    }  # fmt: skip


def test_files_that_may_leave_are_counted_and_an_unknown_one_is_there(shown):
    assert rows(shown(), "table-release") == [
        ["Every table, and the data of every figure", "release/tables/", "2"],
        ["The main numbers, for programs", "release/result.json", "1"],
        ["letter", "release/letter/", "1"],
    ]


def test_checks_that_failed_come_first_and_are_counted(shown):
    assert [row[:3] for row in rows(shown(), "table-all-checks")] == [
        ["<b>All</b>: the boxes add up", "Failed", "outcomes"],
        ["All: the groups are alike", "Warned", "matching"],
        ["All: enough people are left", "Passed", "intake"],
    ]
    counts = [["Failed", "1"], ["Warned", "1"], ["Passed", "1"]]
    assert rows(shown(), "table-results") == counts


def test_what_it_was_made_from_is_told_with_every_hash(shown):
    told = dict(rows(shown(), "table-origin"))
    assert told["Commit of the kit"] == f"{LEFT.commit}, unchanged"
    assert told["Input /secure/list.csv"] == f"SHA-256 {'9f' * 32}"
    assert told["Packages"] == "159 are installed"
    told = dict(rows(shown(commit="", changed=True, seed=None), "table-origin"))
    assert told["Commit of the kit"] == "Not known"
    assert told["Seed"] == "None: nothing is drawn"


def test_the_ledger_is_told_without_a_time_and_left_out_where_it_has_no_line(shown):
    markup = shown()
    assert rows(markup, "table-ledger")[1] == [
        "2", "approved by Bob <i>Other</i>, edition 1, 9 files", "bob",
    ]  # fmt: skip
    assert not re.search(r"\d\d:\d\d", markup.get_text())
    assert not shown(ledger=()).select("#table-ledger")


def test_no_ledger_is_spoken_of_where_none_is_below(shown):
    assert "in the ledger below" in rows(shown(), "table-standing")[0][1]
    assert "ledger below" not in rows(shown(ledger=()), "table-standing")[0][1]


def test_what_is_to_do_next_names_the_commands(shown):
    told = " ".join(row[1] for row in rows(shown(), "table-standing"))
    for command in ("approve made-up --by NAME", "publish made-up", "ledger",
                    "compare made-up FOLDER"):  # fmt: skip
        assert f"python3 -m helpers {command}" in told
    lead = " ".join(shown().select_one("#standing").parent.get_text().split())
    assert "--outputs DIR is found by each command with the same" in lead


def test_an_earlier_approval_is_told_only_where_the_ledger_has_one(shown):
    def approval(**changes):
        return rows(shown(**changes), "table-standing")[0][1]

    assert "; any in the ledger below is of an earlier run. python3" in approval()
    refused = (("bob", "not approved by Bob, for tests"),)
    for ledger in ((), refused):
        told = approval(ledger=ledger)
        assert told.startswith("Not given when this page was made. python3")


@pytest.mark.parametrize(
    ("release_at", "when"),
    [
        (None, "25 June 2026"),
        ("2026-06-25 09:30", "09:30 on 25 June 2026, London time"),
    ],
)
def test_the_day_before_which_nothing_is_published_is_told(study, release_at, when):
    publication = {"date": "2026-06-25", "release_at": release_at}
    request = study(publication=publication | {"contact": "lab@example.org"})
    shown = BeautifulSoup(page.page(request, LEFT), "html.parser")
    told = rows(shown, "table-standing")[1][1]
    assert f"and not before {when}: python3" in told


def test_the_page_is_read_back_without_a_problem(study):
    request = study(title="12 months <script>")
    markup = page.page(request, LEFT)
    assert "<script>" not in markup
    assert "<i>Other" not in markup and "<b>All" not in markup
    assert reading_back.numbers_from_nowhere(markup, request) == []
