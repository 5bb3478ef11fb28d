"""Every published result by type, with where it was read."""

from dataclasses import replace

import pytest
from support import small_study

from helpers.charts.catalogue import read
from helpers.charts.report import every_result, sections
from helpers.publication import drawing
from helpers.request import load
from helpers.runs.run import Run


def stage(request, folder):
    run = Run(request, "charts", folder)
    published = read.read(request.findings.catalogue, request.as_of)
    sections.register(run, published)
    return run, published


@pytest.fixture
def summary(tmp_path):
    return stage(load("params/findings.yml"), tmp_path)


def rows_of(run, made):
    """The rows of each table, by the caption's type, as they are printed."""
    numbers = {ref: cell.value for ref, cell in run.cells.items()}
    return {
        block.recipe["caption"].partition(":")[0]: [
            [getattr(cell, "text", cell) for cell in row]
            for row in drawing.table_rows(block.recipe, numbers)[1]
        ]
        for block in made
        if block.recipe["block"] == "table"
    }


def test_an_analysis_lists_those_of_its_own_type_alone(tmp_path):
    run = small_study.stage(tmp_path / "run", "charts", small_study.study())
    published = read.read("params/catalogue", run.request.as_of)
    sections.register(run, published)
    assert every_result.blocks_of(run, published) == []
    made = every_result.own_type(run, published)
    # of results.csv one row is of the study's own type, Mentoring
    rows = rows_of(run, made)["Mentoring"]
    assert [row[0] for row in rows] == ["Care After Combat: Project Phoenix"]
    # no difference of it is known, so that its fold holds nothing else
    fold = made[0].recipe["fold"]
    assert fold["summary"][::2] == ["Mentoring: where ", " result was read"]
    assert "within" not in fold
    published.results.loc[published.results.index, "difference"] = -2.0
    fold = every_result.own_type(run, published)[0].recipe["fold"]
    assert fold["summary"][::2] == ["Where ", " result was read"]
    assert fold["within"]["summary"][0] == "Mentoring: "
    none = replace(published, results=published.results.iloc[:0])
    assert every_result.own_type(run, none) == []


def test_the_summary_has_no_type_of_its_own(summary):
    assert every_result.own_type(*summary) == []


def test_every_result_is_named_once_with_its_source(summary):
    run, published = summary
    tables = rows_of(run, every_result.blocks_of(run, published))
    named = [row[0] for rows in tables.values() for row in rows]
    results = published.results
    assert sorted(named) == sorted(
        results["organisation"] + ": " + results["programme"]
    )
    assert len(named) == 33
    assert all(row[-1] for rows in tables.values() for row in rows)


def test_a_row_says_what_was_printed_in_words(summary):
    rows = rows_of(summary[0], every_result.blocks_of(*summary))
    by_name = {row[0]: row[1:] for own in rows.values() for row in own}
    unknown = "not printed"
    # results.csv, row cityguilds2017: later by time, custody, no years, grade A
    assert by_name["City & Guilds: Any course in prison"] == [
        "Voluntary sector, custody", unknown, "Feb 2017", "Decrease", "Decrease",
        "Later", "As the Ministry reported it", "pdfslide.us",
    ]  # fmt: skip
    # row bass2017: an increase in both, years 2010 to 2014
    bass = next(row for name, row in by_name.items() if "BASS" in name)
    assert bass[:6] == [
        "Public sector", "2010 to 2014", "Jul 2017", "Increase", "Increase",
        "Inconclusive",
    ]  # fmt: skip
    # row bluesky2013: no month, second-hand
    blue = by_name["Blue Sky Development: Six-month employment"]
    assert (blue[2], blue[-2]) == ("date not printed", "Second-hand")


def test_two_sources_are_two_links_and_two_addresses(summary):
    run, published = summary
    of_pet = published.results["id"] == "pet2014_all"
    one = replace(published, results=published.results[of_pet])
    table = every_result.blocks_of(run, one)[1]
    numbers = {ref: cell.value for ref, cell in run.cells.items()}
    cell = drawing.table_rows(table.recipe, numbers)[1][0][-1]
    assert cell.count('rel="noopener noreferrer"') == 2
    assert cell.text == "prisonerseducation.org.uk; CI: russellwebster.com"
    assert cell.addresses == published.results.loc[of_pet, "source_url"].iloc[0]


def test_a_result_of_this_kit_is_called_so(summary):
    run, published = summary
    own = published.results.head(1).assign(
        request="my-study", source_url="not published at an address; request my-study"
    )
    tables = rows_of(run, every_result.blocks_of(run, replace(published, results=own)))
    row = tables["Education and learning"][0]
    assert row[-2:] == [
        "Report of this kit", "not published at an address; request my-study",
    ]  # fmt: skip


def test_organisations_stand_in_order_and_the_latest_result_first(summary):
    results = summary[1].results
    of_trust = results[results["organisation"] == "Prisoners' Education Trust"]
    months = every_result.in_order(of_trust)["published"].tolist()
    assert months == ["2021-01", "2015-09", "2014-01"]
