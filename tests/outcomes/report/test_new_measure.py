"""A measure is one row: what one row brings about, for a measure made up here."""

import numpy as np
import pytest
from support import small_study
from support.outcomes_stage import RATE, Stage, people
from support.small_report import plain

from helpers.intake.cohort import hand_over
from helpers.intake.cohort.checks import outcomes
from helpers.outcomes.report import (
    cells,
    impact,
    in_detail,
    reasons,
    recipes,
    result,
    sections,
)
from helpers.outcomes.report.beside import claims
from helpers.publication.report.assembly import fill
from helpers.request.measures import standard
from helpers.request.measures.standard import Standard

HOUSED = Standard(
    "housing_rate", "rate", "housed", "everyone",
    "had a home", "a year after release", "Housing rate",
    question="How many had a home.", topic="how many had a home",
)  # fmt: skip
BREACHES = Standard(
    "breaches_of_reoffenders", "frequency", "breaches", "reoffenders",
    "proven breaches", "within a year", "Breaches of those who reoffended",
    question="How many breaches.",
)  # fmt: skip
DAYS_OUT = Standard(
    "days_at_home", "days", "home", "everyone",
    "time at home", "", "Time at home",
)  # fmt: skip
ROWS = (HOUSED, BREACHES, DAYS_OUT)


@pytest.fixture
def stage(tmp_path, monkeypatch):
    """A study of three more measures, each of which is one row; so many reoffend."""
    for row in ROWS:
        monkeypatch.setitem(standard.STANDARD, row.name, row)

    def make(reoffend=(40, 100)):
        matched = people("All", reoffend)
        back = matched[RATE] == 1
        number = matched["person_id"] % 4
        matched = matched.assign(
            housing_rate=(number > 1).astype(float),
            breaches_of_reoffenders=number.where(back).astype(float),
            days_at_home=np.where(number, 300.0, 200.0),
        )
        names = [RATE, *(row.name for row in ROWS)]
        return Stage(tmp_path, {"All": matched}, outcomes=names)

    return make


def measures(stage):
    made = recipes.of_analysis(stage.results, stage.request, "All", "well")
    return {measure["outcome"]: measure for measure in made}


def every_block(stage):
    of = (stage.run, stage.results, stage.sizes)
    parts = (sections.main_points, impact.measures_of_impact, in_detail.in_detail,
             claims.can_say)  # fmt: skip
    return {block.recipe["key"]: block for part in parts for block in part(*of)}


def test_a_row_gives_a_measure_its_kind_its_column_and_its_words(stage):
    housed = stage().request.outcomes[1]
    assert (housed.kind, housed.column) == ("rate", "housed")
    assert (housed.label, housed.definition) == ("had a home", "a year after release")
    assert not housed.own_words and not housed.own_label


def test_intake_takes_its_column_and_holds_it_to_its_kind(stage):
    request = stage().request
    cohort = small_cohort().assign(housed=[1, 0, 2, 1], breaches=[1, 0, 2, 3])
    held = outcomes.outcome_columns(cohort, request)
    assert held["housed"] == "rate" and held["breaches"] == "frequency"
    [line] = outcomes.problems(cohort, request, "cohort.csv")
    assert line.startswith("cohort.csv: housed must be 0 or 1")
    sealed = hand_over.outcomes(cohort, request)
    assert sealed["housing_rate"].tolist() == [1, 0, 2, 1]


def small_cohort():
    group = small_study.group([1, 1, 0, 0], {"age": [20, 30, 40, 50]})
    return group.people.reset_index().assign(reoffended=[1, 0, 1, 0])


def test_its_column_is_never_a_characteristic(stage):
    stage()
    analysis = {"name": "All", "covariates": {"numeric": ["housed"]}}
    with pytest.raises(ValueError, match="names an outcome"):
        small_study.study(analyses=[analysis])


def test_it_is_a_row_of_the_tables_and_of_the_figure(stage):
    stage = stage((30, 120))
    blocks = every_block(stage)
    captions = {name: blocks[f"results-{name}"].recipe["caption"]
                for name in (RATE, *(row.name for row in ROWS))}  # fmt: skip
    assert list(captions.values()) == [
        "One-year proven reoffending rate, for every 100 people",
        "Housing rate, for every 100 people",
        "Breaches of those who reoffended, per person",
        "Time at home in days",
    ]
    [housed] = small_study.printed(stage.run, blocks[f"results-{HOUSED.name}"])
    assert housed[:3] == ["All", "100", "200"]
    [breaches] = small_study.printed(stage.run, blocks[f"results-{BREACHES.name}"])
    assert breaches[:3] == ["All", "30", "120"]
    drawn = plain(small_study.markup(stage.run, blocks["measures-all"]))
    assert "Fewer people reoffended; how many had a home" in drawn  # its topic
    assert "Housing rate, people in every 100" in drawn
    assert "Time at home, days " in drawn
    assert "icons-all-housing_rate" in blocks


def test_main_points_ask_its_question_but_not_of_reoffenders(stage):
    stage = stage()
    said = plain(small_study.markup(stage.run, every_block(stage)["main-points-all"]))
    assert "How many had a home. " in said
    assert "Time at home. " in said  # a row without a question
    assert "breaches" not in said


def test_a_measure_about_everyone_is_never_said_to_be_of_reoffenders(stage):
    stage = stage()
    blocks = every_block(stage)
    of_everyone, of_them = (
        [plain(small_study.markup(stage.run, block)) for key, block in blocks.items()
         if key.endswith(name) and not key.startswith("icons")]
        for name in ("_at_home", "_of_reoffenders")
    )  # fmt: skip
    assert len(of_everyone) == 3 and len(of_them) == 1
    assert not any("who reoffended" in text for text in of_everyone)
    assert all("of those who reoffended, per person" in text for text in of_them)
    assert not any("to whom it happened" in text for text in [*of_everyone, *of_them])


@pytest.mark.parametrize("reoffend", [29, 30])
def test_thirty_reoffenders_are_asked_of_those_about_reoffenders_alone(stage, reoffend):
    found = measures(stage((reoffend, 100)))
    why = {name: measure["reason"] and measure["reason"]["said"]
           for name, measure in found.items()}  # fmt: skip
    few = reasons.FEW_REOFFENDERS if reoffend < 30 else ""
    assert why == {
        RATE: "", HOUSED.name: "", BREACHES.name: few, DAYS_OUT.name: ""
    }  # fmt: skip


def test_its_numbers_are_cells_and_stand_in_the_results(stage):
    stage = stage()
    size = stage.run.cells["all.breaches_of_reoffenders.n_treatment"]
    assert (size.numerator, size.denominator) == (40, 100)
    assert stage.run.cells["all.housing_rate.n_treatment"].denominator is None
    for row in ROWS:
        assert f"all.{row.name}.ci_low" in stage.run.cells
    values = {name: cell.value for name, cell in stage.run.cells.items()}
    made = result.recipe(stage.run, stage.results, stage.balance)
    listed = fill(made, values)["analyses"][0]["outcomes"]
    by_name = {outcome["outcome"]: outcome for outcome in listed}
    assert by_name["housing_rate"]["value_treatment"] == 0.5
    assert by_name["breaches_of_reoffenders"]["n_treatment"] == 40


def test_measures_that_add_up_need_each_other(stage, monkeypatch):
    for part in ("home", "hostel"):
        row = Standard(f"sleeps_{part}", "rate", part, "everyone", f"slept at {part}",
                       "", part, adds_up="sleeps")  # fmt: skip
        monkeypatch.setitem(standard.STANDARD, row.name, row)
    assert ("sleeps_home", "sleeps_hostel") in standard.adding_up()
    with pytest.raises(ValueError, match="has sleeps_home, which tell sleeps_hostel"):
        small_study.study(outcomes=["sleeps_home"])
    asked = small_study.study(outcomes=["sleeps_home", "sleeps_hostel"]).outcomes
    matched = people("All").assign(sleeps_home=1.0, sleeps_hostel=0.0)
    row = type("Row", (), {"analysis": "All", "variant": "main"})
    needs = cells._others(row, asked[0], matched, "treatment")
    assert needs == ["all.sleeps_hostel.value_treatment"]
