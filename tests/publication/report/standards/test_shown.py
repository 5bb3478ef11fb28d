"""release/reporting.csv and the folded table of runs of several kinds."""

import csv
import json
import re
from functools import cache

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from support import in_process, ready_cohort

from helpers.publication.sections import FOR_REVIEWERS
from helpers.request.doubts.items import items

OWN = "Y, with 5 pounds to spare."
REPORTING = {"target_20": "Nobody paid.", "robins_b1": OWN}


def cohort(path, treated):
    """People of a ready cohort, some of them without a known area."""
    draw = np.random.default_rng(4)
    n = treated + 500
    area = draw.choice(["north", "south", ""], n, p=[0.45, 0.4, 0.15])
    people = {
        "person_id": np.arange(n) + 1,
        "treatment": [1] * treated + [0] * 500,
        "age": draw.integers(18, 60, n),
        "area": area,
        "sex": draw.choice(["F", "M"], n),
        "reoffended": draw.integers(0, 2, n),
    }
    pd.DataFrame(people).to_csv(path, index=False)
    return path


def request(folder, kind):
    path = cohort(folder / "cohort.csv", {"few": 30, "cohort": 300}[kind])
    covariates = {"numeric": ["age"], "categorical": ["area"]}
    of = {"Women": ["F"], "Men": ["M"]}
    named = [
        {"name": name, "headline": True, "covariates": covariates, "filter": {"sex": s}}
        for name, s in of.items()
    ]
    return ready_cohort.raw(
        path,
        analyses=named,
        outcomes=["reoffending_rate"],
        disclosure={"profile": "default"},
        reporting=REPORTING,
    )


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """Give a finished run of a kind, carried out once: its folder."""

    @cache
    def carried_out(kind):
        folder = tmp_path_factory.mktemp(kind)
        return in_process.run(request(folder, kind), folder / "outputs")

    return carried_out


@pytest.fixture(params=["shared", "cohort", "few"])
def run(request, finished):
    """The folder of a finished run of each kind; the shared one is on records."""
    if request.param == "shared":
        return request.getfixturevalue("shared").folder
    return finished(request.param)


def rows(folder):
    with (folder / "release/reporting.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def copy(folder):
    page = (folder / "restricted/report-reviewers.html").read_text(encoding="utf-8")
    return BeautifulSoup(page, "html.parser")


def test_every_item_is_answered_or_waits(run):
    found = rows(run)
    assert list(found) == [item.id for item in items()]
    for row in found.values():
        assert row["answer"] and row["answered_by"]
        waits = row["answer"] == "The analyst must answer"
        assert waits == (row["answered_by"] == "nobody yet")


def test_the_table_is_folded_and_holds_every_item(run):
    page = copy(run)
    table = page.find(id="table-reporting")
    folded = table.find_parent("details")
    assert folded.summary and not folded.has_attr("open")
    assert len(table.select("tbody th[scope=row]")) == len(items())
    assert not [cell for cell in table.select("td") if not cell.get_text().strip()]
    published = (run / "report.html").read_text(encoding="utf-8")
    assert "table-reporting" not in published


def test_every_pointer_leads_somewhere(run):
    page = copy(run)
    ids = {element["id"] for element in page.select("[id]")}
    links = [a["href"] for a in page.find(id="table-reporting").select("a[href]")]
    assert links and {link.removeprefix("#") for link in links} <= ids
    sections = {heading["id"] for heading in page.select("h2[id]")}
    captions = page.get_text(" ")
    for row in rows(run).values():
        assert set(filter(None, row["sections"].split("; "))) <= sections
        for place in filter(None, row["tables_and_figures"].split("; ")):
            assert re.search(rf"{place}: ", captions), place


def test_what_is_reported_stands_somewhere(run):
    for row in rows(run).values():
        if row["answer"].startswith("Reported"):
            assert row["sections"], row["id"]


def test_its_numbers_are_published_and_no_other(run):
    page = (run / "report.html").read_text(encoding="utf-8")
    results = json.loads(re.search(r'id="report-results">([^<]*)<', page)[1])
    log = (run / "audit/disclosure.csv").read_text(encoding="utf-8")
    withheld = {
        row["ref"]
        for row in csv.DictReader(log.splitlines())
        if row["ref"] not in results
    }
    for row in rows(run).values():
        numbers = set(filter(None, row["numbers"].split("; ")))
        assert numbers <= results.keys() and not numbers & withheld
        # a digit of the answer is one of a number, or of words of the request
        if numbers and "Not found" not in row["why"]:
            assert re.search(r"\d", row["answer"] + row["why"])


def test_sections_of_reviewers_come_last():
    assert list(FOR_REVIEWERS)[-1] == "reporting"


def test_results_of_several_headlines_are_told_apart(finished):
    found = rows(finished("cohort"))
    assert "Women: " in found["robins_a1"]["answer"]
    assert "Men: " in found["robins_a1"]["answer"]
    assert "95% interval: " in found["robins_a1"]["answer"]
    assert "women.reoffending_rate.ci_low" in found["robins_a1"]["numbers"]
    # 15 of 100 have no known area
    assert found["robins_4_3"]["answer"] == "PN"


def test_the_same_request_gives_the_same_bytes(finished, tmp_path):
    again = in_process.run(request(tmp_path, "few"), tmp_path, whole=False)
    first, second = (
        (folder / "release/reporting.csv").read_bytes()
        for folder in (finished("few"), again)
    )
    assert first == second


def test_without_a_result_the_file_says_what_can_be_said(finished):
    found = rows(finished("few"))
    assert found["maryland"]["answer"] == "The analyst must answer"
    assert found["target_8"]["answer"] == "Reported"
    assert found["target_13"]["answer"] == "Not reported"
    assert found["robins_1a_1"]["answer"] == "NA"


def test_the_analysts_words_stand_beside_the_answer_of_the_run(finished):
    found = rows(finished("cohort"))
    assert (found["robins_b1"]["answer"], found["robins_b1"]["analyst"]) == ("Y", OWN)
    assert found["target_20"]["answered_by"] == "the analyst"
    assert found["target_20"]["answer"] == REPORTING["target_20"]
    table = copy(finished("cohort")).find(id="table-reporting")
    assert f"The analyst: {OWN}" in re.sub(r"\s+", " ", table.get_text(" "))
