"""What the periodic summary declares, and what its result.json is made of."""

import csv
import json
from dataclasses import replace

import pytest
from support import small_study

from helpers.charts.catalogue import read
from helpers.charts.report import periodic, sections
from helpers.publication import refs
from helpers.request import load
from helpers.runs.run import Run


def stage(request, folder):
    run = Run(request, "charts", folder)
    asked = request.findings.catalogue
    published = read.read(asked, request.as_of)
    sections.register(run, published)
    return run, published


@pytest.fixture
def summary(tmp_path):
    return stage(load("params/findings.yml"), tmp_path)


def test_an_analysis_of_its_own_gets_none_of_it(tmp_path):
    run, published = stage(small_study.study(), tmp_path)
    assert periodic.main_points(run, published) == []
    assert periodic.limits(run, published) == []
    periodic.write_result(run, published)
    assert not (tmp_path / "restricted").exists()


def test_results_that_may_share_people_are_named(summary):
    words, table = periodic.limits(*summary)
    rows = table.recipe["rows"]
    heads = [row[0] for row in rows if len(row) == 1]
    assert "Prisoners' Education Trust, Education and learning" in heads
    place = rows.index(["Prisoners' Education Trust, Education and learning"])
    assert rows[place + 1] == ["All grants", "Jan 2014", "not printed"]


def test_nothing_is_named_where_no_results_may_share_people(summary):
    run, published = summary
    first = replace(published, results=published.results.head(1))
    assert [block.recipe["key"] for block in periodic.limits(run, first)] == ["limits"]


def test_years_are_shown_as_one_or_as_two():
    row = {"programme": "A", "published": "2015-06 or before"}
    for first, last, years in (
        ("2012", "2014", "2012 to 2014"),
        ("2012", "2012", "in 2012"),
        ("", "2014", "in 2014"),
        ("", "", "not printed"),
    ):
        named = periodic._named(row | {"cohort_from": first, "cohort_to": last})
        assert named == ["A", "by Jun 2015", years]


def test_the_result_has_every_count_and_number_by_its_ref(summary, tmp_path):
    run, published = summary
    periodic.write_result(run, published)
    recipe = json.loads((tmp_path / "restricted/data/result_recipe.json").read_text())
    assert list(recipe) == ["request_id", "as_of", "last_full_count", "collected",
                            "by_intervention_type", "by_sector_type",
                            "numbers"]  # fmt: skip
    assert recipe["last_full_count"]["when"] == "September 2015"
    assert recipe["collected"]["all"]["ref"] == refs.counted("all")
    assert recipe["numbers"].keys() == {cell.ref for cell in run.registered}
    with open("params/catalogue/types.csv", encoding="utf-8") as file:
        types = [row["name"] for row in csv.DictReader(file) if row["kind"] == "sector"]
    assert sorted(recipe["by_sector_type"]) == sorted(types)
