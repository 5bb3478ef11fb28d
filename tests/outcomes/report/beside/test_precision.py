"""What stands in the report of the size of difference that could be found."""

import pytest
from bs4 import BeautifulSoup
from support import small_study
from support.outcomes_stage import OFTEN, RATE, TIME, Stage, people

from helpers.outcomes import precision
from helpers.outcomes.report import in_detail, sections
from helpers.outcomes.report.beside import claims
from helpers.outcomes.report.beside import precision as report

MARGINS = [{"name": RATE, "margin": 2}, {"name": OFTEN, "margin": 90}, {"name": TIME}]


def staged(folder, matched=None, matches=(), **parts):
    stage = Stage(folder, matched or {"All": people("All")}, matches, **parts)
    told = precision.table(stage.results, stage.run.request)
    of = (stage.results, stage.sizes, stage.run.request)
    stage.run.register(report.cells(told, *of))
    return stage


def printed(stage):
    block = report.table(stage.run, stage.results, stage.sizes)
    return small_study.printed(stage.run, block)


def paragraphs(stage):
    made = in_detail.in_detail(stage.run, stage.results, stage.sizes)
    blocks = [b for b in made if b.recipe["key"].startswith("precision-")]
    return [
        [p.get_text() for p in BeautifulSoup(text, "html.parser").find_all("p")]
        for text in stage.words(blocks)
    ]


def test_the_table_has_every_main_measure(tmp_path):
    # the numbers by hand in tests/outcomes/test_precision.py, as printed
    assert [row[1:] for row in printed(staged(tmp_path))] == [
        ["100", "17", "290"],
        ["100", "34", "290"],
        ["40", "8", "more than 100,000"],
    ]


def test_each_measure_is_followed_by_its_sentence(tmp_path):
    [[rate], [often], [time]] = paragraphs(staged(tmp_path))
    assert rate == (
        "An analysis of this size would usually (four times in five) find a difference "
        "of 17 in every 100 people; a smaller one could be missed. If the true "
        "difference were the one seen, about 290 people in the programme would have to "
        "be analysed to find it as often."
    )
    assert "a difference of 34 proven reoffences for every 100 people;" in often
    assert "a difference of 8 days;" in time
    assert "If the true difference" not in time  # it is printed as nought


def test_a_margin_is_told_where_the_request_has_one(tmp_path):
    stage = staged(tmp_path, outcomes=MARGINS)
    assert [row[4:] for row in printed(stage)] == [
        ["2", "partly within it"],
        ["90", "within it"],
        ["none", "–"],
    ]
    [[_, rate], [_, often], [_]] = paragraphs(stage)
    assert rate == (
        "The interval reaches beyond the 2 in every 100 people that the request takes "
        "as too small to matter, so it does not show that any difference is that small."
    )
    assert often == (
        "Any difference is likely to be no larger than the 90 proven reoffences for "
        "every 100 people that the request takes as too small to matter: the whole "
        "interval lies within it."
    )


@pytest.mark.parametrize("of", [sections.main_points, claims.can_say])
def test_the_finding_says_so_of_the_measure_that_lies_within_its_margin(tmp_path, of):
    stage = staged(tmp_path, outcomes=MARGINS)
    [said] = [" ".join(stage.words(of(stage.run, stage.results, stage.sizes)))]
    assert said.count("the whole interval lies within it") == 1
    assert "no larger than the" in said


@pytest.mark.parametrize(
    ("margin", "side"), [(22.1, "within it"), (21.9, "partly within it")]
)
def test_the_margin_is_held_against_the_interval_as_printed(tmp_path, margin, side):
    """−10 ± 11.96 points is −21.96 to 1.96, and is printed as −22 to 2."""
    stage = staged(tmp_path, outcomes=[{"name": RATE, "margin": margin}])
    assert stage.run.cells[f"all.{RATE}.beside_margin"].value == side


@pytest.mark.parametrize("margin", [21.97, 21.99])
def test_no_margin_tells_digits_that_are_not_printed(tmp_path, margin):
    stage = staged(tmp_path, outcomes=[{"name": RATE, "margin": margin}])
    assert stage.run.cells[f"all.{RATE}.beside_margin"].value == "partly within it"


def test_of_rates_of_rounded_counts_no_people_are_needed(tmp_path):
    rounded = {"profile": "rounded"}
    stage = staged(tmp_path, outcomes=MARGINS, disclosure=rounded)
    assert [row[3] for row in printed(stage)][:2] == ["[z]", "290"]
    block = report.table(stage.run, stage.results, stage.sizes)
    assert "not told of rates, which are made from rounded" in stage.words([block])[0]


def test_a_size_that_is_printed_as_nothing_is_not_said(tmp_path):
    matched = people("All")
    matched["score"] = [(0.001, 0.002)[i % 2] for i in range(300)]
    own = {"name": "score", "kind": "amount", "unit": "grade points"}
    assert paragraphs(staged(tmp_path, {"All": matched}, outcomes=[own])) == [[]]


def test_why_rows_are_not_shown_is_said_beneath_the_table(tmp_path):
    both = {"Men": people("Men"), "Women": people("Women", (25, 80))}
    stage = staged(tmp_path, both, {"Men": {"quality": "poorly"}})
    block = report.table(stage.run, stage.results, stage.sizes)
    shown = stage.words([block])[0]
    assert "Note: Men: This result is not shown, because the two groups could" in shown
    assert (
        "Note: Women,\u00a0Time to the first proven reoffence: This result is not "
        "shown, because fewer than thirty people" in shown
    )


def test_a_poor_match_tells_none_of_it(tmp_path):
    poor = {"All": {"quality": "poorly"}}
    stage = staged(tmp_path, matches=poor, outcomes=MARGINS)
    assert {cell for row in printed(stage) for cell in row[2:4]} == {"[z]"}
    assert [row[5] for row in printed(stage)] == ["[z]", "[z]", "–"]


def test_analyses_stand_under_their_names(tmp_path):
    both = {"Men": people("Men"), "Women": people("Women", (30, 80))}
    rows = printed(staged(tmp_path, both))
    assert [row[0] for row in rows if len(row) == 1] == ["Men", "Women"]
    assert len(rows) == 8


@pytest.mark.parametrize("name", ["detectable", "people_needed", "beside_margin"])
def test_it_goes_where_a_value_of_a_group_goes(tmp_path, name):
    """Either group's value, hidden, would follow from it with the other's."""
    stage = staged(tmp_path, outcomes=MARGINS)
    cell = stage.run.cells[f"all.{RATE}.{name}"]
    assert cell.kind == "derived"
    assert {f"all.{RATE}.value_treatment", f"all.{RATE}.value_comparison"} <= set(
        cell.needs
    )


def test_it_is_rounded_as_it_is_printed(tmp_path):
    cells = staged(tmp_path, outcomes=MARGINS).run.cells
    assert cells[f"all.{RATE}.detectable"].value == 17
    assert cells[f"all.{OFTEN}.detectable"].value == 34
    assert cells[f"all.{RATE}.people_needed"].value == 290
    assert cells[f"all.{RATE}.margin"].kind == "setting"


@pytest.mark.parametrize(
    ("unit", "scale", "told"),
    [
        # 100 and 200 by turns against 100 and 300: √(2500/99 + 10000/199) = 8.6893,
        # times k 24.344, in money whole and otherwise to one decimal
        ("£", 1, "£24"),
        ("weeks", 0.1, "2.4 weeks"),
    ],
)
def test_an_amount_has_its_unit(tmp_path, unit, scale, told):
    matched = people("All")
    by_turns = [(100, 200)[i % 2] for i in range(100)]
    by_turns += [(100, 300)[i % 2] for i in range(200)]
    matched["earnings"] = [scale * amount for amount in by_turns]
    own = {"name": "earnings", "kind": "amount", "unit": unit, "margin": 100 * scale}
    stage = staged(tmp_path, {"All": matched}, outcomes=[own])
    size = told.removeprefix("£").removesuffix(" weeks")
    row = [size, "[z]", f"{100 * scale:g}", "within it"]
    assert printed(stage)[0][2:] == row
    [[found, beside]] = paragraphs(stage)
    assert f"a difference of {told};" in found
    assert "If the true" not in found  # it is clear already
    assert f"no larger than the {told.replace('2.4', '10').replace('24', '100')} that"
