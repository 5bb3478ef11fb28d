"""Definitions and questions: those that apply to a study, and no others."""

import pandas as pd
import pytest
from support import small_study
from support.small_study import BASE

from helpers.outcomes.report import annex
from helpers.publication.cells import Cell

CHOICE = "how much people wanted to change"


def told(folder, *outcomes, left_out=0, before=0, **parts):
    """The terms and the questions of a study with these measures."""
    intake = [
        Cell("intake.submitted", 480, "count", 480),
        Cell("intake.box.reoffended-before-support", before, "count", before),
    ]
    matching = [Cell(f"{BASE}.not_analysed", left_out, "count", left_out)]
    request = small_study.study(**parts)
    run = small_study.stage(
        folder, "outcomes", request, intake=intake, matching=matching
    )
    results = pd.DataFrame({"analysis": small_study.NAME, "outcome": outcomes})
    terms, asked = annex.blocks_of(run, results)
    return terms.recipe, asked.recipe


def questions(recipe):
    return [question for question, _ in recipe["data"]["questions"]]


def test_each_measure_that_the_data_hold_is_defined_once(tmp_path):
    terms, _ = told(
        tmp_path,
        "reoffending_rate",
        "first_reoffence_indictable",
        "first_reoffence_summary",
    )
    # measures that add up have one definition, and those about some people a standard
    assert [term for term, _ in terms["data"]["terms"]] == [
        "One-year proven reoffending rate",
        "Court outcome of the first reoffence",
        "Well matched",
        "Reasonably matched",
        "Poorly matched",
        "Main point",
        "Measures about some people only",
    ]
    assert terms["fold"]["summary"] == ["Definitions: seven terms of the results"]
    assert "a proven reoffence within a year counts" in terms["data"]["terms"][0][1]


def test_a_measure_within_another_time_says_so(tmp_path):
    outcomes = [{"name": "reoffending_rate", "horizon_days": 730}]
    terms, asked = told(tmp_path, "reoffending_rate_730_days", outcomes=outcomes)
    assert "within two years counts" in terms["data"]["terms"][0][1]
    assert not any("national" in question for question in questions(asked))


def test_a_measure_in_words_of_the_request_is_defined_by_its_kind(tmp_path):
    outcomes = [{"name": "returned", "kind": "rate", "label": "returned to prison"}]
    terms, _ = told(tmp_path, "returned", outcomes=outcomes)
    name, meaning = terms["data"]["terms"][0]
    assert "returned to prison" in name
    assert meaning.startswith("Each person to whom it happened counts as one")


def test_questions_are_those_that_apply_and_the_line_counts_them(tmp_path):
    _, asked = told(tmp_path / "none", "reoffending_rate")
    assert not any("submitted" in question for question in questions(asked))
    _, some = told(tmp_path / "some", "reoffending_rate", left_out=20)
    first, *others = questions(some)
    assert first == "Why were some people left out?"
    assert others == questions(asked)
    words = {7: "seven", 8: "eight", 9: "nine", 10: "ten"}[len(others) + 1]
    assert some["fold"]["summary"] == [f"Questions that readers ask: {words}"]


@pytest.mark.parametrize(("before", "is_said"), [(0, False), (5, True)])
def test_why_some_are_left_out_says_no_reason_that_took_nobody(
    tmp_path, before, is_said
):
    _, asked = told(tmp_path, "reoffending_rate", left_out=20, before=before)
    _, answer = asked["data"]["questions"][0]
    text = "".join(piece for piece in answer if isinstance(piece, str))
    assert ("reoffended before the support" in text) is is_said
    assert {"see": f"flow-chart-{small_study.NAME.lower().replace(' ', '-')}"} in answer


@pytest.mark.parametrize("key", ["filter", "treatment_filter"])
def test_of_an_analysis_of_some_people_the_answer_says_so(tmp_path, key):
    analysis = {"name": small_study.NAME, "covariates": {"numeric": ["age"]}}
    analysis[key] = {"age": {"from": 40}}
    for number, (parts, is_said) in enumerate([({}, False), ([analysis], True)]):
        given = {"analyses": parts} if parts else {}
        _, asked = told(
            tmp_path / str(number), "reoffending_rate", left_out=20, **given
        )
        _, answer = asked["data"]["questions"][0]
        text = "".join(piece for piece in answer if isinstance(piece, str))
        assert text.startswith("The analysis is about some of them only") is is_said
        assert text.endswith(" counts them by reason.")


def test_what_a_significant_result_proves_rests_on_who_decided(tmp_path):
    _, asked = told(tmp_path / "choice", "reoffending_rate")
    answers = dict(map(tuple, [(q, a[0]) for q, a in asked["data"]["questions"]]))
    [by_choice] = [text for text in answers.values() if CHOICE in text]
    assert by_choice.startswith("No.")
    programme = {
        "name": "A draw",
        "intervention_type": "Mentoring",
        "selection_by": "chance",
    }
    _, drawn = told(tmp_path / "chance", "reoffending_rate", programme=programme)
    texts = [answer[0] for _, answer in drawn["data"]["questions"]]
    assert not any(CHOICE in text for text in texts)
    assert any("Chance decided who took part" in text for text in texts)
