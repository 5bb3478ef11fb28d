"""The page of a batch: what each request came to, and nothing that was withheld."""

import json
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from support.page_checks import LEAKS

from helpers.runs.batch.asked import Asked
from helpers.runs.batch.job import End
from helpers.runs.batch.jobs import Came
from helpers.runs.batch.page import How, in_brief, page, spent, write
from helpers.runs.written import checks

HOW = How(jobs=2, began=1_780_000_000.0, seconds=7 * 3600)
WHY = "x.yml: seed must be a whole number\nx.yml: title is missing"


def came(name, status="done", words="No difference was found.", **end):
    request = SimpleNamespace(title=f"Title of {name}", alone=False)
    report = f"/out/{name}/report.html" if status in ("done", "up to date") else None
    return Came(Asked(name, request=request), End(status, words, report, **end), 43.2)


def finished(outputs, name, analyses, results=("pass", "pass", "warn")):
    """A folder of a finished run, as far as the page looks at it."""
    (outputs / name / "release").mkdir(parents=True)
    path = outputs / name / "release/result.json"
    path.write_text(json.dumps({"analyses": analyses}))
    for result in results:
        row = ("intake", "a check", "so", "so", result)
        checks.add(outputs / name / "audit/checks.csv", row)
    manifest = {"status": "finished", "seconds": {}}
    (outputs / name / "audit/manifest.json").write_text(json.dumps(manifest))


def rows(html, key):
    """The rows of a table as text."""
    table = BeautifulSoup(html, "html.parser").select_one(f"#table-batch-{key}")
    return [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
        for row in table.select("tbody tr")
    ]


@pytest.fixture
def outputs(tmp_path):
    """Finished runs: one headline, one that is withheld, two headlines."""
    one = {"name": "All", "headline": True}
    finished(tmp_path, "shown", [one | {"match_quality": "well"}])
    finished(tmp_path, "hidden", [one | {"match_quality": None}], ["fail"])
    men = {"name": "Men", "headline": True, "match_quality": "reasonably"}
    women = {"name": "Women", "headline": True, "match_quality": None}
    other = {"name": "Young", "headline": False, "match_quality": "poorly"}
    finished(tmp_path, "two", [men, women, other])
    return tmp_path


def test_each_report_stands_with_its_headline_match_quality_checks_and_time(outputs):
    html = page(
        outputs,
        [
            came("shown", words="Fewer reoffended.", memory=0.94),
            came("hidden"),
            came("two", "up to date"),
        ],
        HOW,
    )
    assert rows(html, "reports") == [
        ["Title of shown shown", "Fewer reoffended.", "Matched well",
         "2 passed, 1 warned", "43 seconds, 0.9 GB"],
        ["Title of hidden hidden", "No difference was found.", "Not shown",
         "1 failed", "43 seconds"],
        ["Title of two two", "No difference was found.",
         "Men: matched reasonably; Women: not shown", "2 passed, 1 warned",
         "Up to date"],
    ]  # fmt: skip
    links = [
        link["href"]
        for link in BeautifulSoup(html, "html.parser").select(
            "#table-batch-reports tbody a"
        )
    ]
    assert links == ["shown/report.html", "hidden/report.html", "two/report.html"]
    assert "Up to 0.9 GB, for shown." in html


def test_it_says_when_and_what_times_count_and_why_numbers_are_hidden(outputs):
    hidden = (
        "1 line waits for a person's decision",
        "Numbers are hidden since another run here is on nearly the same people, as x",
    )
    html = page(outputs, [came("shown", notes=hidden, memory=0.9)], HOW)
    (row,) = rows(html, "reports")
    assert row[1] == (
        "No difference was found. Numbers are hidden since another run here is on "
        "nearly the same people."
    )
    # 1,780,000,000 s are 20,601 days and 73,600 s: 28 May 2026, and 20 h 26 min 40 s
    assert rows(html, "carried-out")[0] == ["Begun", "28 May 2026, 20:26 UTC"]
    assert "The time that it took counts waiting for those before it." in html
    assert "how much memory they took" in html


def test_why_a_request_failed_stands_as_the_console_has_it(outputs):
    each = [
        Came(Asked("wrong"), End("failed", WHY)),
        came("shown", "failed", "shown: its process was ended from outside"),
        came("later", "not begun", ""),
        came("fine", "interrupted", ""),
    ]
    told = rows(page(outputs, each, HOW), "failed")
    assert told[0] == ["wrong", " ".join(WHY.splitlines())]
    assert told[1][0] == "Title of shown shown"
    assert told[1][1].endswith("Its last report is as it was.")
    assert [why for _, why in told[2:]] == [
        "It had not begun when the others were interrupted.",
        "It was interrupted; the same command goes on with it.",
    ]


def test_one_that_stopped_where_it_was_asked_to_is_no_failure(outputs):
    told = ("5 lines wait for a person's decision", "To go on: <this>")
    each = [came("shown", "stopped", "Stopped after intake, as asked.", notes=told)]
    assert not each[0].failed
    html = page(outputs, each, HOW)
    (row,) = rows(html, "until")
    assert row[::2] == ["Title of shown shown", "43 seconds"]
    # the night's work is to decide: the page says where, as the console did
    for line in ("Stopped after intake, as asked.", *told):
        assert line in row[1]
    assert "<this>" not in html
    assert "Matched well" not in html  # that of the run before


def test_texts_of_a_request_are_no_markup(outputs):
    request = SimpleNamespace(title="<script>alert(1)</script>", alone=False)
    bad = Came(Asked("shown", request=request), End("done", "A & <b>B</b>", "x"), 1)
    failed = Came(Asked("<i>x</i>"), End("failed", "<img src=x>: no file"))
    html = page(outputs, [bad, failed], HOW)
    soup = BeautifulSoup(html, "html.parser")
    assert not soup.select("main script, main b, main i, main img")
    assert "<script>alert(1)</script>" in soup.get_text()
    assert not LEAKS.search(soup.get_text())


def test_a_request_about_nobody_has_no_match_quality(outputs):
    finished(outputs, "findings", [])
    (row,) = rows(page(outputs, [came("findings")], HOW), "reports")
    assert row[2] == "No matching"


def test_the_page_is_the_same_but_for_times_and_for_its_owner_alone(outputs):
    each = [came("shown"), came("hidden", "failed", "why")]
    path = write(outputs, each, HOW)
    assert path == outputs / "index.html"
    assert path.stat().st_mode & 0o777 == 0o600
    first = path.read_text(encoding="utf-8")
    assert write(outputs, each, HOW).read_text(encoding="utf-8") == first
    assert not list(outputs.glob("*.writing"))


def test_how_many_have_a_report_is_said_in_a_sentence():
    done, until = came("a"), came("b", "stopped")
    failed, other = came("c", "failed"), came("d", "not begun")
    assert in_brief([done]) == "1 of 1 request has a report."
    assert in_brief([done, came("e", "up to date")]) == "2 of 2 requests have a report."
    assert in_brief([done, until, failed, other]) == (
        "1 of 4 requests have a report; 1 stopped where asked; 2 not carried out: c, d."
    )


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.6, "1 second"),
        (99, "99 seconds"),
        (100, "2 minutes"),
        (3600, "1 hour"),
        (25500, "7 hours 5 minutes"),
    ],
)
def test_a_time_is_told_as_people_say_it(seconds, words):
    assert spent(seconds) == words


def test_a_word_that_is_wider_than_its_column_breaks(outputs):
    title = "A" + "bcdefghij" * 17
    request = SimpleNamespace(title=title, alone=False)
    one = Came(Asked("shown", request=request), End("failed", title), 1)
    html = BeautifulSoup(page(outputs, [one], HOW), "html.parser")
    cells = html.select("#table-batch-failed tbody .jdl-words")
    assert len(cells) == 2
    assert {cell["style"] for cell in cells} == {"overflow-wrap:anywhere"}
