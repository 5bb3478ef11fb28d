"""What the outcomes stage declares: main points, tables, limits, result.json."""

import json

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from support import small_study
from support.outcomes_stage import OFTEN, RATE, TIME, Stage, people

from helpers.outcomes.report import (
    decisions,
    impact,
    in_detail,
    limits,
    reasons,
    result,
    sections,
)
from helpers.outcomes.report.beside import claims
from helpers.outcomes.report.tables import WEIGHTED
from helpers.publication.numbers import refs_in
from helpers.publication.report.assembly import fill


@pytest.fixture
def one(tmp_path):
    return Stage(tmp_path, {"All": people("All")})


@pytest.fixture
def two(tmp_path):
    """Men are the headline, women are not."""
    return Stage(tmp_path, {"Men": people("Men"), "Women": people("Women", (50, 80))})


# main points ------------------------------------------------------------------


def test_main_points_have_each_measure_of_the_headline_alone(two):
    [block] = sections.main_points(two.run, two.results, two.sizes)
    data = block.recipe["data"]
    assert data["analysis"] == "Men"
    assert data["not_headlined"] == ""
    assert [measure["outcome"] for measure in data["measures"]] == [RATE, OFTEN, TIME]
    shown = small_study.markup(two.run, block)
    # 40 of 100 against 100 of 200
    assert 'data-ref="men.reoffending_rate.value_treatment">40<' in shown
    assert 'data-ref="men.reoffending_rate.value_comparison">50<' in shown


@pytest.mark.parametrize(
    ("match", "size", "words"),
    [
        ({"share_matched": 0.79}, (100, 200), "fewer than eight in ten"),
        ({}, (59, 200), "fewer than sixty people"),
    ],
)
def test_what_is_not_headlined_is_in_the_tables_with_the_reason(
    tmp_path, match, size, words
):
    matched = {"All": people("All", (30, 100), size)}
    stage = Stage(tmp_path, matched, {"All": match})
    [points] = stage.words(sections.main_points(stage.run, stage.results, stage.sizes))
    assert words in points
    assert RATE not in points  # neither its numbers nor a finding
    made = impact.measures_of_impact(stage.run, stage.results, stage.sizes)
    [table] = [b for b in made if b.recipe["key"] == f"results-{RATE}"]
    assert any(words in str(note) for note in table.recipe["notes"])
    row = small_study.printed(stage.run, table)[0]
    assert row[3:5] == [f"{100 * 30 / size[0]:.0f}", "50"]


def test_a_poor_match_shows_its_sizes_the_reason_and_no_estimate(tmp_path):
    stage = Stage(tmp_path, {"All": people("All")}, {"All": {"quality": "poorly"}})
    made = impact.measures_of_impact(stage.run, stage.results, stage.sizes)
    assert [b.recipe["block"] for b in made] == ["words", *["table"] * 3]
    rows = [small_study.printed(stage.run, table)[0] for table in made[1:]]
    assert [row[:3] for row in rows[:2]] == [["All", "100", "200"]] * 2
    assert {cell for row in rows for cell in row[3:]} == {"[z]"}
    for table in made[1:]:
        assert any(reasons.POOR in str(note) for note in table.recipe["notes"])
    assert in_detail.in_detail(stage.run, stage.results, stage.sizes) == []
    told = stage.words(made[:1])
    assert "could not be made alike enough" in told[0]
    [said] = stage.words(claims.can_say(stage.run, stage.results, stage.sizes))
    assert "could not be made alike enough" in said
    assert "data-ref" not in said  # nothing can be said but why nothing is shown
    [points] = stage.words(sections.main_points(stage.run, stage.results, stage.sizes))
    assert "could not be made alike enough" in points
    recipe = result.recipe(stage.run, stage.results, stage.balance)
    filled = fill(recipe, {ref: cell.value for ref, cell in stage.run.cells.items()})
    [analysis] = filled["analyses"]
    assert analysis["match_quality"] == "poorly"
    assert analysis["n_treatment"] == 100
    for outcome in analysis["outcomes"]:
        empty = set(outcome) - {"outcome", "n_treatment", "n_comparison"}
        assert {outcome[name] for name in empty} == {None}
    assert analysis["balance"][0]["mean_treatment"] == 25


def test_a_time_of_few_says_why_and_leaves_the_others(tmp_path):
    stage = Stage(tmp_path, {"All": people("All", (29, 100))})
    rate, _, time = stage.words(claims.can_say(stage.run, stage.results, stage.sizes))
    assert reasons.FEW_REOFFENDERS in time
    assert reasons.FEW_REOFFENDERS not in rate
    shown = decisions.table(stage.run, stage.results, stage.sizes)
    assert shown.loc[TIME, "not shown"] == reasons.FEW_REOFFENDERS
    assert set(shown["not shown"].drop(TIME)) == {""}
    assert set(shown["not headlined"]) == {""}


def test_whether_an_analysis_heads_the_report_is_a_number_of_its_own(tmp_path):
    matched = {"Men": people("Men"), "Women": people("Women", (30, 100), (59, 200))}
    stage = Stage(tmp_path, matched)
    found = decisions.headlined(stage.run, stage.sizes)
    assert [(cell.ref, cell.value) for cell in found] == [
        ("men.headlined", "yes"),
        ("women.headlined", "no"),
    ]
    assert found[1].needs == ("women.n_treatment",)


# tables -----------------------------------------------------------------------


def test_one_figure_shows_every_measure_and_the_tables_have_each_number(one):
    figure, *tables = impact.measures_of_impact(one.run, one.results, one.sizes)
    assert figure.recipe["figure"] == "measures"
    found = figure.recipe["data"]["measures"]
    assert [measure["outcome"] for measure in found] == [RATE, OFTEN, TIME]
    keys = [table.recipe["key"] for table in tables]
    assert keys == [f"results-{name}" for name in (RATE, OFTEN, TIME)]
    leads = [table.recipe["lead"] for table in tables]
    # each lies in a fold of its own, so what is true of all three stands in each
    assert leads == [[{"see": key}, " has the numbers."] for key in keys]
    assert all(WEIGHTED in table.recipe["notes"] for table in tables)
    sides = [table.recipe["notes"][0].partition(" tell")[0] for table in tables]
    assert sides == ["Fewer and more", "Fewer and more", "Shorter and longer"]
    shown = small_study.markup(one.run, figure)
    assert "All three measures are inconclusive" in shown


def test_in_detail_a_rate_is_drawn_and_every_measure_has_its_words(one):
    made = in_detail.in_detail(one.run, one.results, one.sizes)
    assert [block.recipe["key"] for block in made] == [
        f"estimate-all-{RATE}",
        f"icons-all-{RATE}",
        f"estimate-all-{OFTEN}",
        f"estimate-all-{TIME}",
    ]
    rate, icons, often, _ = (small_study.markup(one.run, block) for block in made)
    against = "in every 100 similar people"
    assert against not in rate  # the figure has it
    assert "Among similar people who did not take part, there were" in often
    assert "People in every 100 who reoffended within a year" in icons


def test_what_is_not_headlined_is_neither_drawn_nor_worded(tmp_path):
    few = {"All": people("All", (30, 100), (59, 200))}
    stage = Stage(tmp_path, few)
    assert in_detail.in_detail(stage.run, stage.results, stage.sizes) == []


def test_several_analyses_have_keys_and_captions_of_their_own(two):
    made = [
        *impact.measures_of_impact(two.run, two.results, two.sizes),
        *in_detail.in_detail(two.run, two.results, two.sizes),
    ]
    keys = [block.recipe["key"] for block in made]
    assert len(set(keys)) == len(keys) == 2 * (1 + 3 + 1) + 3 + 1
    captions = [b.recipe["subtitle"] for b in made if b.recipe["block"] == "figure"]
    assert [text.rpartition(": ")[2] for text in captions] == ["Men", "Women"] * 2
    said = claims.can_say(two.run, two.results, two.sizes)
    # the headline comes first, its first measure in view and all else in a fold
    of = [("-men-" in one.recipe["key"], "fold" in one.recipe) for one in said]
    assert of == [(True, False), *[(True, True)] * 2, *[(False, True)] * 3]


def test_recipes_hold_refs_to_cells_and_no_number(two):
    for block in (
        *sections.main_points(two.run, two.results, two.sizes),
        *impact.measures_of_impact(two.run, two.results, two.sizes),
        *in_detail.in_detail(two.run, two.results, two.sizes),
        *claims.can_say(two.run, two.results, two.sizes),
        limits.limits(two.run, two.results),
        limits.method(two.run),
    ):
        assert set(refs_in(block.recipe)) <= set(two.run.cells)
        text = json.dumps(block.recipe)
        again = json.loads(text, parse_int=lambda _: 1 / 0, parse_float=lambda _: 1 / 0)
        assert again == block.recipe


# own words and limits ---------------------------------------------------------


OWN = {"name": RATE, "label": "returned to prison", "definition": "within a year"}


def test_an_outcome_in_its_own_words_never_says_reoffended(tmp_path):
    matched = {"All": people("All", drop=[OFTEN, TIME])}
    stage = Stage(tmp_path, matched, outcomes=[OWN])
    every = [
        *sections.main_points(stage.run, stage.results, stage.sizes),
        *impact.measures_of_impact(stage.run, stage.results, stage.sizes),
        *in_detail.in_detail(stage.run, stage.results, stage.sizes),
        *claims.can_say(stage.run, stage.results, stage.sizes),
        limits.limits(stage.run, stage.results),
    ]
    text = "".join(stage.words(every)).replace(RATE, "")
    text = text.replace(RATE.replace("_", "-"), "")  # in ids
    assert "returned to prison within a year" in text
    assert "reoffen" not in text
    assert "roven" not in text


def points(stage):
    """Each limit as one sentence after another."""
    [shown] = stage.words([limits.limits(stage.run, stage.results)])
    of = BeautifulSoup(shown, "html.parser").find("h3", string="Limits").find_next("ul")
    return [item.get_text() for item in of.find_all("li")]


def test_an_outcome_that_the_data_do_not_hold_is_named_among_the_limits(tmp_path):
    matched, asked = {"All": people("All", drop=[OFTEN])}, [RATE, OFTEN, TIME]
    [left_out] = absent(Stage(tmp_path / "one", matched, outcomes=asked))
    assert left_out == (
        "A measure is missing. Frequency of proven reoffending within a year is left "
        "out: the data do not hold it."
    )
    asked = [*asked, "custodial_reoffences"]
    [left_out] = absent(Stage(tmp_path / "two", matched, outcomes=asked))
    assert left_out == (
        "Some measures are missing. The data do not hold two measures: Frequency of "
        "proven reoffending within a year; Reoffences that led to custody, of those "
        "who reoffended."
    )


def test_usual_measures_that_a_cohort_does_not_hold_are_one_limit(tmp_path):
    """Nobody named them: eleven are usual, and the cohort has three of them."""
    [left_out] = absent(Stage(tmp_path, {"All": people("All")}))
    assert "The data do not hold eight measures: First reoffence" in left_out


def absent(stage):
    return [text for text in points(stage) if "missing." in text]


def test_limits_hold_as_far_as_they_apply(tmp_path, one):
    several = points(one)
    of_every_study = (limits.MOTIVATION, limits.OTHER_SUPPORT, limits.NOT_INDEPENDENT)
    always = [" ".join(point) for point in of_every_study]
    assert set(always) < set(several)
    for point in (*limits.STANDARD, limits.KEPT_APART, limits.REOFFENDERS_ONLY):
        assert " ".join(point) in several
    assert " ".join(limits.SUBMITTED) not in several
    assert any("More than one comparison" in text for text in several)
    matched = {"All": people("All", drop=[OFTEN, TIME])}
    alone = points(Stage(tmp_path / "own", matched, outcomes=[OWN]))
    assert alone == [*always, " ".join(limits.KEPT_APART)]


@pytest.mark.parametrize(
    "words",
    ["Motivation", "similar support", "not independent", "comparison pool", "Deaths",
     "proven offences", "national rates", "comparison in twenty"],
)  # fmt: skip
def test_every_limit_of_the_method_is_there(one, words):
    assert any(words in text for text in points(one))


def test_caveats_of_the_request_stand_among_the_limits(one):
    [caveat] = one.request.programme.caveats
    assert caveat in limits.limits(one.run, one.results).recipe["data"]["own"]


# result.json ------------------------------------------------------------------


def test_result_json_has_its_shape_and_units(two):
    recipe = result.recipe(two.run, two.results, two.balance)
    values = {ref: cell.value for ref, cell in two.run.cells.items()}
    filled = fill(recipe, values)
    assert list(filled) == ["request_id", "analyses"]
    assert [a["headline"] for a in filled["analyses"]] == [True, False]
    men = filled["analyses"][0]
    assert list(men) == [
        "name", "headline", "n_submitted", "n_treatment", "n_comparison",
        "effective_comparison", "match_quality", "headlined", "outcomes", "balance",
    ]  # fmt: skip
    assert (men["n_submitted"], men["n_treatment"], men["n_comparison"]) == (
        480,
        100,
        200,
    )
    rate = men["outcomes"][0]
    assert (rate["value_treatment"], rate["value_comparison"]) == (0.4, 0.5)
    assert rate["difference"] == pytest.approx(-0.1)
    assert men["outcomes"][1]["value_treatment"] == 0.8
    women = filled["analyses"][1]["outcomes"][0]
    assert (women["value_treatment"], women["value_comparison"]) == (0.5, 0.4)


def test_balance_in_result_json_keeps_levels_apart_that_are_spelt_alike(one):
    recipe = result.recipe(one.run, one.results, one.balance)
    values = {ref: cell.value for ref, cell in one.run.cells.items()}
    rows = fill(recipe, values)["analyses"][0]["balance"]
    assert list(rows[0]) == [
        "variable",
        "level",
        "mean_treatment",
        "mean_comparison_before",
        "mean_comparison_after",
        "smd_before",
        "smd_after",
    ]
    means = {
        (row["variable"], row["level"]): (
            row["mean_treatment"],
            row["mean_comparison_before"],
            row["mean_comparison_after"],
        )
        for row in rows
    }
    # of the pool the third counts half, the fourth one and a half
    assert means == {
        ("age", ""): (25, 45, 47.5),
        ("kind", "A 1"): (0.5, 0.5, 0.75),
        ("kind", "A-1"): (0.5, 0.5, 0.25),
    }
    table = one.balance.set_index("level")
    by_level = {row["level"]: row for row in rows}
    for level in ("A 1", "A-1"):
        expected = table.loc[level, "smd_after"]  # in per cent, as in the table
        assert by_level[level]["smd_after"] == pytest.approx(expected, abs=0.05)
    assert by_level["A 1"]["smd_after"] == -by_level["A-1"]["smd_after"] != 0


def test_a_measure_of_reoffenders_names_those_within_its_own_horizon(tmp_path):
    two = {name: f"{name}_730_days" for name in (RATE, TIME)}
    later = people("All", (60, 130)).rename(columns=two)[list(two.values())]
    matched = pd.concat([people("All"), later], axis=1)
    stage = Stage(tmp_path, {"All": matched}, outcomes=[RATE, TIME, *two.values()])
    events = {outcome.name: outcome.event for outcome in stage.request.outcomes}
    assert events[TIME] == "reoffended within a year"
    assert events[two[TIME]] == "reoffended within two years"
    size = stage.run.cells[f"all.{two[TIME]}.n_treatment"]
    assert (size.numerator, size.denominator) == (60, 100)
