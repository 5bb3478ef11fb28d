"""A request whose people are too few, or too unlike: a report that says so."""

import json
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from support import in_process, ready_cohort
from support.govspeak import NEEDS_KRAMDOWN, lead_nowhere, same_as_the_page

from helpers.errors import RequestError
from helpers.files import ROOT
from helpers.life_cycle.destroy import destroy
from helpers.runs.notes import notes
from helpers.runs.whole import finished
from helpers.runs.written import ledger

COVARIATES = {"numeric": ["age"], "categorical": ["area"]}


def cohort(folder, treated, pool=300, *, recent=0):
    """People of whom the first treated are too recent to be followed up."""
    draw = np.random.default_rng(3)
    n = treated + pool
    people = pd.DataFrame(
        {
            "person_id": np.arange(n) + 1,
            "treatment": [1] * treated + [0] * pool,
            "age": draw.integers(18, 60, n),
            "area": draw.choice(list("ab"), n),
            "left_out": ["not yet followed up"] * recent + [None] * (n - recent),
            "reoffended": draw.integers(0, 2, n).astype(float),
        }
    )
    people.loc[people["left_out"].notna(), "reoffended"] = np.nan
    people.to_csv(folder / "cohort.csv", index=False)


def request(folder, *analyses, **changes):
    """A request on these people, its file written beside them."""
    named = [
        {"name": name, "headline": True, "covariates": COVARIATES} | own
        for name, own in (analyses or [("Everyone", {})])
    ]
    raw = ready_cohort.raw(
        folder / "cohort.csv",
        analyses=named,
        outcomes=["reoffending_rate"],
        disclosure={"profile": "default", "threshold": 10},
        **changes,
    )
    return in_process.write(raw, folder)


def carried_out(path, *, whole=False):
    """Carry out a request; gives its folder, its page and its result.

    `whole` with drawings, both copies and the gates on them.
    """
    folder = in_process.run(path, path.parent / "outputs", whole=whole)
    page = (folder / "report.html").read_text("utf-8")
    result = json.loads((folder / "release/result.json").read_text("utf-8"))
    return folder, page, result["analyses"]


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """A run on 40 people, of whom 12 are too recent."""
    folder = tmp_path_factory.mktemp("few")
    cohort(folder, 40, recent=12)
    return carried_out(request(folder), whole=True)


def test_too_few_people_are_a_report_of_their_own(few):
    folder, page, [analysis] = few
    manifest = finished(folder)
    assert manifest["headline"] == (
        "Could not be analysed: fewer than sixty people in the programme were left to "
        "analyse. This says nothing about whether the programme made a difference."
    )
    assert "What would be needed." in page and 'data-verdict="withheld"' in page
    for key in ("main-points", "programme", "people", "findings", "method", "about"):
        assert f'<h2 id="{key}">' in page
    for key in ("estimates", "results", "balance", "limits"):
        assert f'<h2 id="{key}">' not in page
    assert analysis == {
        "name": "Everyone", "headline": True, "n_submitted": 40, "n_treatment": None,
        "n_comparison": None, "effective_comparison": None, "match_quality": None,
        "outcomes": [], "balance": [], "could_not_be_analysed": "too_few_people",
    }  # fmt: skip
    copy = (folder / "restricted/report-reviewers.html").read_text("utf-8")
    assert "What would be needed." in copy


@NEEDS_KRAMDOWN
def test_its_govspeak_edition_holds_what_its_page_holds(few):
    body = (few[0] / "release/govspeak/report.md").read_text("utf-8")
    same_as_the_page(few[1], body)
    assert lead_nowhere(body) == []


def test_its_numbers_are_those_that_intake_counted(few):
    table = pd.read_csv(few[0] / "release/tables/flow-sent.csv")
    rows = table.set_index(table.columns[0])[table.columns[1]]
    assert rows.to_dict() == {
        "In the data": 40,
        "Too recent to know what happened afterwards": 12,
        "Left to analyse": 28,
    }


def test_a_reason_bounds_no_hidden_number(tmp_path):
    # 58 of sixty are left: "not followed up for long enough" would tell that of the
    # two who are too recent, a hidden number, there are two at least
    cohort(tmp_path, 80, recent=2)
    people = pd.read_csv(tmp_path / "cohort.csv")
    people.loc[2:21, "left_out"] = "outside the age limits"
    people.loc[2:21, "reoffended"] = np.nan
    people.to_csv(tmp_path / "cohort.csv", index=False)
    folder, page, [analysis] = carried_out(request(tmp_path))
    table = pd.read_csv(folder / "release/tables/flow-sent.csv")
    rows = table.set_index(table.columns[0])[table.columns[1]]
    assert rows["Too recent to know what happened afterwards"] == "[c]"
    assert rows["Left to analyse"] == "58"
    assert analysis["could_not_be_analysed"] == "too_few_people"
    assert "followed for long enough" not in page


def test_no_outcome_is_opened_and_nobody_is_matched(few):
    folder = few[0]
    assert ledger.ledger(folder.parent, "outcomes opened") == []
    books = {path.name for path in (folder / "restricted/notebooks").glob("*.ipynb")}
    assert books == {"01_intake.ipynb", "04_charts.ipynb"}
    assert not (folder / "restricted/data/matched.parquet").exists()
    log = (folder / "audit/run.log").read_text("utf-8")
    assert "matching: not carried out" in log and "outcomes: not carried out" in log
    checks = pd.read_csv(folder / "audit/checks.csv")
    told = checks.loc[checks["check"] == "Everyone: enough people are left", "found"]
    assert told.tolist() == ["Could not be analysed: too_few_people"]
    # the headline has said it, so that no note does
    assert not any("enough people" in note for note in notes(folder))


def test_its_people_can_be_destroyed_and_the_report_stays(tmp_path):
    cohort(tmp_path, 12)
    folder, *_ = carried_out(request(tmp_path))
    destroy("small", folder.parent)
    assert not (folder / "restricted").exists() and (folder / "report.html").exists()
    assert notes(folder) == (
        "Its data about people were destroyed; the report is as it was.",
    )


def test_those_too_recent_are_a_reason_of_their_own(tmp_path):
    cohort(tmp_path, 70, recent=30)
    _, page, [analysis] = carried_out(request(tmp_path))
    assert analysis["could_not_be_analysed"] == "not_followed_up"
    assert "Too few of the people have been followed for long enough" in page
    assert "At the earliest" not in page  # a ready cohort has no dates


def test_counts_that_are_hidden_leave_the_report_as_it_is(tmp_path):
    cohort(tmp_path, 40, recent=33)  # 7 are left
    folder, page, _ = carried_out(request(tmp_path))
    table = (folder / "release/tables/flow-sent.csv").read_text("utf-8")
    assert "Left to analyse,[c]" in table and "afterwards,[c]" in table
    assert "Fewer than sixty people were left to analyse" in page
    assert "more people than there were" not in page


def test_a_headline_that_cannot_be_analysed_stands_beside_one_that_can(tmp_path):
    cohort(tmp_path, 90)
    old = ("Old", {"filter": {"age": {"from": 50}}})
    path = request(tmp_path, old, ("Everyone", {}))
    folder, page, analyses = carried_out(path, whole=True)
    first, second = analyses
    assert first["could_not_be_analysed"] == "too_few_people"
    assert first["n_treatment"] is None and first["n_submitted"] == 90
    assert "could_not_be_analysed" not in second and second["n_treatment"] > 60
    headline = finished(folder)["headline"]
    assert headline.startswith("Old: Could not be analysed: fewer than sixty people")
    assert "Everyone: " in headline
    points = page.partition('<h2 id="main-points">')[2]
    about = "Only people with these characteristics are in this analysis: Age: "
    assert f"{about}<data" in points and ">50</data> or more. So few" in points
    assert "or the analysis can be of a wider choice of people" in points
    assert "The outcomes were not opened" not in points  # those of the other were
    assert len(ledger.ledger(folder.parent, "outcomes opened")) == 1
    assert 'id="table-flow-everyone"' in page and 'id="table-flow-old"' not in page


def test_without_a_headline_the_others_are_named_and_not_made(tmp_path):
    cohort(tmp_path, 90)
    old = ("Old", {"filter": {"age": {"from": 50}}})
    path = request(tmp_path, old, ("Everyone", {"headline": False}))
    folder, page, [analysis] = carried_out(path)
    assert analysis["name"] == "Old" and analysis["could_not_be_analysed"]
    assert "Not carried out without a main analysis: “Everyone”." in page
    table = (folder / "release/tables/flow-sent.csv").read_text("utf-8")
    assert "Left to analyse,90," in table and "Not part" not in table


def test_of_an_only_analysis_its_filter_is_counted(tmp_path):
    cohort(tmp_path, 90)
    path = request(tmp_path, ("Area a", {"filter": {"area": ["a"]}}))
    folder, page, _ = carried_out(path)
    people = pd.read_csv(tmp_path / "cohort.csv")
    text = page.partition('<h2 id="main-points">')[2]
    assert "are in this analysis: " in text and "and details that are" not in text
    here = int((people["area"].eq("a") & people["treatment"].eq(1)).sum())
    table = pd.read_csv(folder / "release/tables/flow-sent.csv")
    rows = table.set_index(table.columns[0])[table.columns[1]]
    assert rows["Left to analyse"] == here < 60
    assert rows["Not part of this analysis"] == 90 - here


def test_a_draft_of_the_matching_says_so_in_one_line(tmp_path):
    cohort(tmp_path, 40)
    path = request(tmp_path)
    with pytest.raises(RequestError) as error:
        in_process.stages(path, tmp_path / "small.draft", "intake", "matching")
    [line] = error.value.problems
    assert 'analyses: too few people are left for "Everyone"' in line
    assert "minimum_people" in line
    # what has been published can be looked at all the same
    in_process.stages(path, tmp_path / "small.draft", "charts")


def test_a_poor_match_has_the_four_parts_and_its_reason(tmp_path):
    cohort(tmp_path, 90)
    people = pd.read_csv(tmp_path / "cohort.csv")
    people["age"] += 25 * people["treatment"]
    people.to_csv(tmp_path / "cohort.csv", index=False)
    path = request(tmp_path, matching={"method": "nearest"})
    folder, page, [analysis] = carried_out(path)
    assert analysis["match_quality"] == "poorly"
    assert analysis["could_not_be_analysed"] == "poor_match"
    assert analysis["outcomes"][0]["difference"] is None
    assert "The groups still differ most in: Age" in page
    for lead in ("What was sent.", "What was found.", "Why there is no estimate."):
        assert lead in page
    assert finished(folder)["headline"].startswith("Could not be analysed: the")


@pytest.mark.slow
def test_the_driver_ends_well_and_does_not_repeat_it(tmp_path):
    cohort(tmp_path, 40)
    path, outputs = request(tmp_path), tmp_path / "outputs"

    def helpers(*words):
        done = subprocess.run(
            [sys.executable, "-m", "helpers", *words, "--outputs", str(outputs)],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout

    status, said = helpers("run", str(path))
    assert status == 0 and said.startswith("Could not be analysed: fewer than sixty")
    status, said = helpers("run", str(path))
    assert status == 0 and said.startswith("Up to date")
    folder = in_process.run(path, outputs, whole=False, force=True)
    assert finished(folder)["headline"].startswith("Could not be analysed")
