"""The page of the Five Safes: each sentence follows a fact of the run, or says so."""

import dataclasses
import re

import pytest
from bs4 import BeautifulSoup
from support.approved import sources
from support.small_report import SHARING, plain

from helpers.publication.report import reading_back
from helpers.publication.report.safes import page
from helpers.publication.report.safes.facts import Safeguards
from helpers.request import load

COHORT = {"cohort": "params/data/nc_prison_work.csv"}
OPEN = {"open_data": {"source": "A journal", "licence": "MIT"}}
HASH = "9f" * 32
SUBMISSION = {"submission": "list.csv", "extract": "records",
              "records_complete_to": "2026-01-01"}  # fmt: skip
FACTS = Safeguards(
    looked_through=12,
    key="restricted/data/key.parquet",
    closed=64,
    git=True,
    commit="5ee4e4553e9b5d1de0804cd357b6b559a7079de4",
    classes={"restricted": 54, "audit": 5, "release": 120},
    openings={"outcomes opened": 1},
    passed=18,
    warned=5,
    shown=1042,
    hidden=115,
    ranges=53,
    other_runs=1,
    editions=2,
    read_back=("report.html", "restricted/report-reviewers.html"),
)


def told(request, **changes):
    """What each row says, by what is asked."""
    shown = page.page(request, dataclasses.replace(FACTS, **changes))
    rows = BeautifulSoup(shown, "html.parser").select("tbody tr")
    return {
        row.th.get_text(): " | ".join(
            re.sub(r"\s+", " ", cell.get_text()) for cell in row.find_all("td")
        )
        for row in rows
    }


@pytest.fixture
def sent(study):
    """A request with a list as it was sent, tables approved and an ethics review."""
    sharing = SHARING | {
        "received": {"channel": "secure <b>", "on": "2026-02-02", "file_sha256": HASH},
        "provider_signed_off": {"by": "The director", "on": "2026-02-03"},
        "sources": sources("person", "sentence", "offence"),
        "ethics": {"reviewed_by": "A board", "on": "2026-01-20", "asked_for": "Care"},
    }
    return study(inputs=SUBMISSION, data_sharing=sharing)


def test_each_of_the_five_safes_is_a_section_with_a_table(study):
    shown = BeautifulSoup(page.page(study(), FACTS), "html.parser")
    sections = [head.get_text() for head in shown.select(".jdl-main h2")]
    assert [name.split(". ")[1] for name in sections] == [
        "Safe projects", "Safe people", "Safe data", "Safe settings", "Safe outputs",
    ]  # fmt: skip
    assert len(shown.select("table")) == 5
    assert shown.title.get_text().startswith("The Five Safes")
    assert "Restricted, for reviewers" in shown.header.get_text()


def test_it_leads_to_places_of_the_reviewers_copy_alone(study):
    shown = BeautifulSoup(page.page(study(), FACTS), "html.parser")
    links = {a["href"] for a in shown.select("a[href]:not([download])")}
    outward = {link for link in links if not link.startswith("#")}
    assert {link.partition("#")[0] for link in outward} == {"report-reviewers.html"}
    assert "report-reviewers.html#checks" in outward


def test_the_page_is_read_back_without_a_problem(study):
    shown = page.page(study(title="12 months <script>"), FACTS)
    assert "<script>" not in shown.replace('<script type="application/json"', "")
    assert reading_back.numbers_from_nowhere(shown, study(title="12 months")) == []


@pytest.mark.parametrize(
    ("asked", "changes", "before", "after"),
    [
        ("People’s files are closed to other accounts",
         {"open_to_others": ("restricted",)},
         "None is open to another account", "Open to others: restricted"),
        ("People’s files are closed to other accounts", {"closed": None},
         "64 files and folders", "keeps no modes of files. | The kit does not check"),
        ("Temporary files are kept in and removed", {"inside": True},
         "the kit does not look there", "lie within it"),
        ("Temporary files are kept in and removed",
         {"temporary": ("restricted/data/a.tmp",)},
         "is one left", "Left elsewhere in the run: restricted/data/a.tmp"),
        ("Nobody listens in on the notebooks",
         {"kernels": (("tcp", "127.0.0.1", True),)},
         "No kernel was started", "tcp 127.0.0.1 encrypted"),
        ("Nobody listens in on the notebooks",
         {"kernels": (("tcp", "127.0.0.1", False),)},
         "No kernel was started", "tcp 127.0.0.1 not encrypted"),
        ("It is known which code made it", {"commit": ""},
         "Commit 5ee4e4553e9b of the kit, unchanged", "commit of the kit is not known"),
        ("It is known which code made it", {"changed": True},
         "unchanged", "with changes"),
        ("Names leave once people were found", {"identifying": ("restricted/a.csv",)},
         "None has such a column", "still have such columns: restricted/a.csv"),
        ("Records about people lie apart", {"classes": {"restricted": 7}},
         "54 restricted, 5 audit, 120 release", "7 restricted, 0 audit, 0 release"),
        ("It is on record who opened the outcomes", {"openings": {}},
         "“outcomes opened”", "no line of this request"),
        ("The analysis was checked", {"passed": 1, "warned": 0},
         "18 checks passed and 5 warned", "1 check passed and 0 warned"),
        ("No number tells of a person", {"shown": 9, "ranges": 0, "hidden": 1},
         "1,042 are shown, 53 of them as a range, and 115 hidden",
         "9 are shown, 0 of them as a range, and 1 hidden"),
        ("Nothing follows by subtraction from another release",
         {"other_runs": 0, "editions": 1},
         "1 other finished run of", "0 other finished runs"),
        ("Nobody changed what is on record", {"ledger": ("line 2: was <edited>",)},
         "ended as it had been left", "The ledger is not whole: line 2: was <edited>."),
        ("An output checker can look through it", {"bundle": 178, "records": 62},
         "There is no table or figure", "178 files for 62 tables and figures."),
        ("The pages were read back", {"read_back": ()},
         "report.html", "They were not. | The kit does not check it"),
    ],
)  # fmt: skip
def test_words_follow_the_facts(study, asked, changes, before, after):
    first, second = told(study())[asked], told(study(), **changes)[asked]
    assert before in first
    assert after in second
    assert before not in second


def test_whether_git_was_asked_is_told_of_real_people_alone(study, sent):
    asked = "People’s files cannot be committed"
    assert "git was asked" in told(sent)[asked]
    assert "git could not be asked" in told(sent, git=False)[asked]
    assert "did not ask git: the people are made up" in told(study())[asked]


def test_a_list_that_was_sent_is_told_with_its_hash(sent):
    rows = told(sent, list_sha256=HASH, list_as_received=True)
    assert (
        f"is that of the file as received: {HASH}"
        in rows["The list is the one that was received"]
    )
    other = told(sent, list_sha256=HASH, list_as_received=False)
    assert "is not that of" in other["The list is the one that was received"]
    assert (
        "The director signed for the provider on 3 February 2026"
        in rows["The provider signed, and somebody else approved"]
    )
    assert (
        "A board reviewed it on 20 January 2026 and asked for: Care"
        in rows["An ethics review"]
    )


def test_tables_that_were_not_approved_are_told_as_not_opened(sent):
    asked = "No national records without an approval"
    facts = {"opened": ("offence", "person", "sentence"), "unopened": ("benefit",)}
    said = told(sent, **facts)[asked]
    assert "Of 4 tables that lay there, 3 approved and opened: offence, person" in said
    assert "Not approved and not opened: benefit." in said
    assert "Not approved" not in told(sent, opened=("person",))[asked]


def test_a_table_that_was_approved_as_less_than_it_is_is_told(sent):
    asked = "Each table was approved for what it is"
    assert "No table was approved as nearer" in told(sent)[asked]
    sharing = sent.completed()["data_sharing"]
    low = sources("benefit")[0] | {"tier": "pnc"}
    changed = {"data_sharing": sharing | {"sources": [*sharing["sources"], low]}}
    said = told(load(sent.completed() | changed))[asked]
    assert "benefit as Police National Computer, which is at least Data of" in said


def test_one_person_for_provider_and_approver_is_told(sent):
    asked = "The provider signed, and somebody else approved"
    assert "one and the same" not in told(sent)[asked]
    sharing = sent.completed()["data_sharing"]
    signed = {"by": sharing["approved_by"].upper(), "on": "2026-02-03"}
    changed = {"data_sharing": sharing | {"provider_signed_off": signed}}
    assert "one and the same" in told(load(sent.completed() | changed))[asked]


@pytest.mark.parametrize(
    ("changes", "asked", "expected"),
    [
        ({}, "The list is the one that was received", "people are made up"),
        ({}, "No national records without an approval", "made up by the run itself"),
        ({}, "An ethics review", "None is recorded."),
        ({"inputs": COHORT}, "The list is the one that was received", "ready cohort"),
        ({"inputs": COHORT}, "No national records without an approval", "No national"),
        ({"inputs": COHORT}, "Outcomes stay sealed until the groups are settled",
         "the analyst held them all along"),
        ({"inputs": COHORT, "data_sharing": OPEN}, "A purpose that was approved",
         "The data are open: A journal, licence MIT"),
        ({"inputs": COHORT, "data_sharing": OPEN}, "Data are destroyed in time",
         "no day is set"),
        ({"disclosure": {"profile": "none", "reason": "They are made up."}},
         "No number tells of a person", "No number is hidden (profile none)"),
        ({"disclosure": {"profile": "none", "reason": "They are made up."}},
         "Nothing follows by subtraction from another release", "Not looked at"),
        ({}, "A second person approves the release",
         "python3 -m helpers approve made-up --by NAME"),
        ({}, "Only what was approved is published", "python3 -m helpers publish"),
        ({}, "Who may see the report before it is published", "Nobody is named"),
    ],
)  # fmt: skip
def test_what_a_request_lacks_is_not_claimed(study, changes, asked, expected):
    assert expected in told(study(**changes))[asked]


def test_who_may_look_before_release_and_from_when(study):
    rows = told(study(publication={
        "date": "2026-06-25", "contact": "a@b.org", "pre_release": ["Head <i>"],
        "release_at": "2026-06-25 09:30",
    }))  # fmt: skip
    assert "Head <i>." in rows["Who may see the report before it is published"]
    assert "not before 2026-06-25 09:30" in rows["Only what was approved is published"]


def test_words_of_the_request_are_escaped(sent):
    changed = load(sent.completed() | {"analyst": "<b>A</b> نلتقي"})
    shown = page.page(changed, FACTS)
    assert "<b>A</b>" not in shown
    assert '<span dir="auto">' in shown
    assert "A. Name" not in plain(shown)
