"""The report of a run, made again from a finished run's notebooks and cells."""

import csv
import json
import shutil

import nbformat
import pytest
import yaml
from bs4 import BeautifulSoup
from support import viewer

from helpers.errors import CheckFailed
from helpers.files import sha256
from helpers.publication import disclosure
from helpers.publication.blocks import MIME
from helpers.publication.cells import Cell
from helpers.publication.disclosure import editions
from helpers.publication.disclosure import release as decide
from helpers.publication.refs import slug
from helpers.publication.report.checker.statistics import STATBARNS
from helpers.request import load
from helpers.runs import others, report
from helpers.runs.notes import notes
from helpers.runs.run import Run
from helpers.runs.written import checks
from helpers.runs.written import editions as written


@pytest.fixture
def work(copied):
    return Run(load(copied.request), "charts", copied.folder)


def edit(work, name, change):
    """Change the first recipe of a notebook for which `change` gives true."""
    path = work.folder / f"restricted/notebooks/{name}.ipynb"
    book = nbformat.read(path, as_version=4)
    recipes = [o.data[MIME] for c in book.cells for o in c.get("outputs", [])
               if MIME in o.get("data", {})]  # fmt: skip
    assert any(change(recipe) for recipe in recipes)
    nbformat.write(book, path)


def problems(work):
    before = (work.folder / "report.html").read_bytes()
    with pytest.raises(CheckFailed) as error:
        report.write(work)
    assert (work.folder / "report.html").read_bytes() == before
    return error.value.problems


def test_the_same_notebooks_and_cells_give_the_same_bytes(work, copied, shared):
    for name in ("report.html", "restricted/report-reviewers.html"):
        (copied.folder / name).unlink()
    assert report.write(work).endswith("The people are made up.")
    for name in ("report.html", "restricted/report-reviewers.html"):
        made = (copied.folder / name).read_bytes()
        assert made == (shared.folder / name).read_bytes(), name
    assert {work.outputs[f"release/{name}"]["class"] for name in ("result.json",)} == {
        "release"
    }
    assert work.outputs["restricted/report-reviewers.html"]["class"] == "restricted"


def test_a_number_typed_into_a_sentence_stops_the_report(work):
    def type_in(recipe):
        if recipe["block"] == "words":
            return False
        recipe["lead"] = [*recipe["lead"], " It is about 4321 people."]
        return True

    edit(work, "02_matching", type_in)
    found = problems(work)
    assert len(found) == 1
    assert "4321 in “" in found[0] and "comes from no cell" in found[0]


def test_a_block_over_a_ref_that_does_not_exist_stops_the_report(work):
    def rename(recipe):
        if recipe["block"] != "table":
            return False
        recipe["rows"][-1][-1] = {"ref": "no.such.number", "format": "count"}
        return True

    edit(work, "02_matching", rename)
    (line,) = problems(work)
    assert "no cell is registered for no.such.number" in line


# what the decision is given ----------------------------------------------------------


class Decided(Exception):
    """Instead of a decision: no page is wanted."""


@pytest.fixture
def given(copied, monkeypatch):
    """What the decision on a run is given; `given(seed=1)` changes its request."""

    def write(**changes):
        content = yaml.safe_load(copied.request.read_text(encoding="utf-8"))
        found = {}

        def release(cells, sums, **settings):
            found.update(settings, cells=cells, sums=sums)
            raise Decided

        monkeypatch.setattr(disclosure, "release", release)
        with pytest.raises(Decided):
            request = load(content["request"] | changes)
            report.write(Run(request, "charts", copied.folder))
        return found

    return write


#: the block disclosure of a request -> which of 5, 0 and 10 people are hidden
RULES = {
    "default": ({}, {"few", "zero"}),  # below ten
    "ministry": ({"profile": "ministry"}, {"few"}),  # that nobody is may be told
    "five may be told": ({"threshold": 5}, {"zero"}),
    "ten may not": ({"threshold": 11}, {"few", "zero", "n"}),
    "rounded": ({"profile": "rounded"}, {"few", "zero"}),  # seven or fewer
    "none": ({"profile": "none", "reason": "made-up people"}, set()),
}


@pytest.mark.parametrize("rule", RULES)
def test_the_request_says_which_rule_decides(given, rule):
    block, hidden = RULES[rule]
    settings = given(disclosure=block)
    cells = [Cell("few", 5, "count"), Cell("zero", 0, "count"), Cell("n", 10, "count")]
    rule = {name: settings[name] for name in ("profile", "threshold")}
    assert set(decide(cells, [], **rule).withheld) == hidden


def test_the_people_behind_the_numbers_and_what_is_kept_longest_are_given(given):
    settings = given()
    analysis, earlier_year = settings["analyses"]
    assert earlier_year.name == f"{analysis.name}_negative_control"
    sizes = {
        cell.ref: cell.value
        for cell in settings["cells"]
        if cell.ref.endswith((".n_treatment", ".n_comparison"))
    }
    name = "all-people-mentored"
    assert analysis.sizes["treated"] == sizes[f"{name}.n_treatment"] > 100
    assert analysis.sizes["comparison"] == sizes[f"{name}.n_comparison"]
    # stages say both of whom a measure is known and who has each level
    assert "reoffending_rate" in {one.name for one in analysis.outcomes}
    assert {level.variable for level in analysis.levels} >= {"sex", "ethnicity"}
    assert settings["headlines"] == [name]
    assert settings["earlier"] == settings["published"] == []
    assert f"{name}.n_treatment" in settings["used"]


def test_what_else_was_released_on_the_same_people_is_given(given, copied):
    """Another finished run beside it, and the edition before this one."""
    shutil.copytree(copied.folder, copied.outputs / "beside")
    before = copied.outputs / written.PUBLISHED / copied.id / "1/release"
    shutil.copytree(copied.folder / "release", before)
    settings = given(publication=publication(copied) | {"edition": 2})
    own, other = settings["analyses"][0], settings["earlier"][0]
    assert other.sizes == own.sizes and other.since
    assert [one["name"] for one in settings["published"]] == ["All people mentored"]


def publication(run):
    content = yaml.safe_load(run.request.read_text(encoding="utf-8"))
    return content["request"]["publication"]


@pytest.fixture
def second(copied):
    """A second edition of the shared run; gives its page and what checks say of it."""

    def write():
        content = yaml.safe_load(copied.request.read_text(encoding="utf-8"))
        said = publication(copied) | {"edition": 2, "corrects": "A slip in 3 lists."}
        request = load(content["request"] | {"publication": said})
        report.write(Run(request, "charts", copied.folder))
        page = BeautifulSoup((copied.folder / "report.html").read_text(), "html.parser")
        rows = checks.read(copied.folder / "audit" / "checks.csv")
        (row,) = (row for row in rows if row["check"] == written.CHECK)
        return page, row

    return write


def test_a_new_edition_tells_what_changed_since_the_one_before(second, copied):
    before = copied.outputs / written.PUBLISHED / copied.id / "1/release"
    shutil.copytree(copied.folder / "release", before)
    path = before / "result.json"
    result = json.loads(path.read_text())
    measure = result["analyses"][0]["outcomes"][0]
    now, measure["value_comparison"] = measure["value_comparison"], 0.05
    path.write_text(json.dumps(result))
    page, row = second()
    assert (row["result"], row["found"]) == ("pass", f"SHA-256 {sha256(path)}")
    lead = page.select_one("#main-points ~ p").get_text()
    assert lead.startswith("This is the second edition of this report. Table")
    words = " ".join(page.get_text(" ").split())
    assert "What it corrects: A slip in 3 lists." in words
    cells = [row.get_text("|") for row in page.select("#table-changed tbody tr")]
    assert cells[1:] == [f"Comparison group|5|{100 * now:.0f}"]
    name = f"edition-before.1.{slug(result['analyses'][0]['name'])}."
    shown = json.loads(page.select_one("#report-results").string)
    assert [v for ref, v in shown.items() if ref.startswith(name)] == [5.0]
    assert notes(copied.folder) == notes_without_edition(copied.folder)


def test_an_edition_whose_predecessor_is_not_there_says_so_to_the_analyst(
    second, copied
):
    page, row = second()
    assert (row["result"], row["found"]) == ("warn", "no such edition")
    assert (
        "This is the second edition" in page.select_one("#main-points ~ p").get_text()
    )
    assert not page.select("#table-changed")
    assert any("publish refuses it" in line for line in notes(copied.folder))


def notes_without_edition(folder):
    return tuple(line for line in notes(folder) if "publish refuses it" not in line)


def test_shared_runs_of_one_folder_are_of_other_people_and_hide_nothing(
    shared, increase
):
    """People of other seeds bear the same numbers, and are told apart by outcomes."""
    one, other = (
        others.release(run.folder / others.DATA) for run in (shared, increase)
    )
    common = set(one.key["original_id"]) & set(other.key["original_id"])
    assert len(common) > 500
    assert editions.earlier(one, [other]) == editions.earlier(other, [one]) == []
    # of the same people there are two: the analysis, and its negative control
    same = editions.earlier(one, [one])
    assert len(same) == 2 and same[1].name.endswith("_negative_control")


def test_every_number_of_the_reviewers_copy_leads_to_its_origin(shared):
    path = shared.folder / "restricted/report-reviewers.html"
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    numbers = page.select("[data-ref], [data-not-shown]")
    # in the line of a fold a tap opens it
    numbers = [n for n in numbers if not n.find_parent("summary")]
    assert len(numbers) > 200
    assert all(n.parent["href"].startswith("#number-") for n in numbers)
    ids = {element["id"] for element in page.select("#numbers ~ * [id^=number-]")}
    assert len(ids) > 200 and {n.parent["href"][1:] for n in numbers} <= ids
    tables = page.select('table[id^="numbers-"]:not(#numbers-rules)')
    assert not [table for table in tables if "no rule" in table.get_text()]
    assert not any("Report" in c.get_text() for c in page.select("#numbers caption"))


def test_each_notebook_is_a_page_for_those_who_may_see_it(shared):
    folder = shared.folder / "restricted/notebooks"
    names = {path.stem for path in folder.glob("*.ipynb")}
    assert len(names) == 4
    assert {path.stem for path in folder.glob("*.html")} == names
    for path in folder.glob("*.html"):
        assert path.stat().st_mode & 0o077 == 0
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        assert len(page.find_all("pre")) >= 3 and not page.find_all("script")
        assert all(image["alt"] for image in page.find_all("img"))
        assert str(shared.folder.parent) not in page.get_text()


# the bundle for whoever checks outputs -----------------------------------------------


def test_the_bundle_opens_in_the_viewer_and_every_number_in_it_has_a_class(shared):
    folder = shared.folder / "release/checker"
    records = viewer.load(folder)
    files = {file["name"] for one in records.values() for file in one["files"]}
    pictures = {name for name in files if name.endswith(".png")}
    assert len(pictures) == len(list((folder.parent / "figures").glob("*.svg"))) > 3
    assert all((folder / name).stat().st_size > 2000 for name in pictures)
    assert sum(path.stat().st_size for path in folder.rglob("*.*")) < 3_000_000
    with (folder / "outputs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(records) - 1 == len(list(folder.glob("[tf]*.csv")))
    classes = {name for row in rows for name in row["statbarns"].split("; ")}
    assert classes <= {"", *STATBARNS}


def test_other_runs_on_the_same_people_are_named_in_the_audit_alone(copied):
    """And the edition before this one in the bundle too."""
    shutil.copytree(copied.folder, copied.outputs / "quite-another-run")
    before = copied.outputs / written.PUBLISHED / copied.id / "1/release"
    shutil.copytree(copied.folder / "release", before)
    content = yaml.safe_load(copied.request.read_text(encoding="utf-8"))["request"]
    request = load(content | {"publication": publication(copied) | {"edition": 2}})
    report.write(Run(request, "charts", copied.folder))
    told = (copied.folder / "audit/checker.csv").read_text(encoding="utf-8")
    assert "quite-another-run: all-people-mentored" in told
    bundle = copied.folder / "release/checker"
    for path in bundle.glob("*.[cj]s*"):
        assert "quite-another-run" not in path.read_text(encoding="utf-8"), path.name
    assert "edition 1: release/tables/" in (bundle / "outputs.csv").read_text("utf-8")
