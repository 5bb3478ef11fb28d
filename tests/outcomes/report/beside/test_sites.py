"""A second interval by site as cells and blocks: which rows, what they need."""

import pandas as pd
import pytest
from support import small_study
from support.outcomes_stage import OFTEN, RATE, TIME, Stage, people

from helpers.outcomes import sites
from helpers.outcomes.report import limits, sections
from helpers.outcomes.report.beside import claims
from helpers.outcomes.report.beside import sites as by_site

ALONE = "The intervals take no account of this"
BESIDE = "have a second interval"


def known(matched, count=10, unknown=0):
    """Everyone's site: the treated of each analysis shared out evenly."""
    rows = pd.concat(matched.values()).drop_duplicates("person_id")
    place = [f"Site {i % count}" for i in range(len(rows))]
    place[:unknown] = [None] * unknown
    return rows[["person_id"]].assign(site=place)


def registered(folder, matched=None, matches=(), **of_sites):
    """A stage with its sites registered, and what was found of each measure."""
    matched = matched or {"All": people("All")}
    stage = Stage(folder, matched, matches)
    each = [
        (name, outcome, frame)
        for name, frame in matched.items()
        for outcome in stage.request.outcomes
        if outcome.name in frame
    ]
    found = sites.table(stage.results, each, known(matched, **of_sites))
    by_site.register(stage.run, found, stage.results, stage.sizes)
    return stage, found


def told(stage):
    return {ref for ref in stage.run.cells if ".sites." in ref}


def blocks(stage, found):
    return by_site.published(stage.run, found, stage.results, stage.sizes)


def of_places(stage):
    [text] = stage.words([limits.limits(stage.run, stage.results)])
    return text


def test_ten_sites_have_a_second_interval_on_the_page_s_scale(tmp_path):
    stage, found = registered(tmp_path)
    for outcome, scale, digits in ((RATE, 100, 0), (OFTEN, 100, 0), (TIME, 1, 0)):
        row = found.set_index("outcome").loc[outcome]
        for end in ("ci_low", "ci_high"):
            cell = stage.run.cells[f"all.{outcome}.sites.{end}"]
            assert cell.value == pytest.approx(round(row[end] * scale, digits))
            assert cell.needs == stage.run.cells[f"all.{outcome}.{end}"].needs
    table, words = blocks(stage, found)
    assert [row[0].split(" (")[0] for row in small_study.printed(stage.run, table)] == [
        "One-year proven reoffending rate",
        "Frequency of proven reoffending within a year",
        "Time to the first proven reoffence",
    ]
    assert "were helped in" in small_study.markup(stage.run, words)
    assert BESIDE in of_places(stage)


@pytest.mark.parametrize(("count", "rows"), [(10, 3), (9, 0)])
def test_main_points_know_the_second_interval_of_each_measure(tmp_path, count, rows):
    stage, _ = registered(tmp_path, count=count)
    of = (stage.run, stage.results, stage.sizes)
    [points], said = sections.main_points(*of), claims.can_say(*of)
    beside = points.recipe["data"]["beside"]
    assert len(beside) == rows
    for name, second in beside.items():
        assert second["table"] == {"see": "sites-all"}
        assert second["by_site"]["p_value"]["ref"] == f"all.{name}.sites.p_value"
    each = [block.recipe["data"]["beside"] for block in said]
    assert {name: one for given in each for name, one in given.items()} == beside


def test_nine_sites_have_none_and_the_limit_stays(tmp_path):
    stage, found = registered(tmp_path, count=9)
    assert (told(stage), blocks(stage, found)) == (set(), [])
    assert ALONE in of_places(stage)


@pytest.mark.parametrize(("unknown", "given"), [(20, True), (21, False)])
def test_more_than_a_fifth_without_a_site_are_too_many(tmp_path, unknown, given):
    stage, _ = registered(tmp_path, unknown=unknown)
    assert (f"all.{RATE}.sites.ci_low" in told(stage)) == given


@pytest.mark.parametrize(("unknown", "given"), [(10, True), (11, False)])
def test_so_few_as_may_not_be_told_are_no_bar(tmp_path, unknown, given):
    """Of 40 people a fifth are 8: ten, the threshold, may be without a site."""
    few = {"All": people("All", (20, 100), (40, 200))}
    stage, _ = registered(tmp_path, few, unknown=unknown)
    assert (f"all.{RATE}.sites.ci_low" in told(stage)) == given


def test_the_analyses_that_head_no_report_have_none(tmp_path):
    both = {"Men": people("Men"), "Women": people("Women")}
    stage, found = registered(tmp_path, both)
    assert {ref.split(".")[0] for ref in told(stage)} == {"men"}
    assert [b.recipe["key"] for b in blocks(stage, found)] == [
        "sites-men",
        "by-sites-men",
    ]


def test_a_poor_match_shows_none_and_no_table(tmp_path):
    stage, found = registered(tmp_path, matches={"All": {"quality": "poorly"}})
    values = {stage.run.cells[r].value for r in told(stage)}
    assert values == {None}
    assert blocks(stage, found) == []
    assert ALONE in of_places(stage)


def test_whether_a_row_stands_does_not_hang_on_those_with_an_event(tmp_path):
    """Five reoffend, at five sites: the row of their time stands, and is empty."""
    stage, found = registered(tmp_path, {"All": people("All", (5, 100))})
    assert found.set_index("outcome").loc[TIME, "n_sites"] == 5
    assert stage.run.cells[f"all.{TIME}.sites.ci_low"].value is None
    rows = by_site.asked(stage.run, found)
    assert rows["outcome"].tolist() == [RATE, OFTEN, TIME]
