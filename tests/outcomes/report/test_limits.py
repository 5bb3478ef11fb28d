"""Strengths and limits that a run bears out, and how its estimates were made."""

from dataclasses import replace

import pandas as pd
import pytest
from support import small_study
from support.small_study import BASE

from helpers.outcomes.report import limits, points
from helpers.outcomes.report.robustness.estimators import forest
from helpers.publication import drawing
from helpers.publication.cells import Cell
from helpers.runs.written.openings import Changed


def results_of(*outcomes):
    return pd.DataFrame({"analysis": small_study.NAME, "outcome": outcomes})


RESULTS = results_of("reoffending_rate", "reoffending_frequency")
OPEN = {
    "data_sharing": {"open_data": {"source": "A journal", "licence": "MIT"}},
    "inputs": {"cohort": "params/data/nc_prison_work.csv"},
}


#: these people's outcomes, or the pool's alone, were opened on another matching
BEFORE = Changed("first", "2026-06-01T10:00:00+00:00", "everyone", True, ())
POOL_BEFORE = replace(BEFORE, whose="pool")


def at_outcomes(folder, left_out=0, before=0, **parts):
    """The outcomes stage of a study, some of whose lines are not analysed."""
    intake = [
        Cell("intake.submitted", 480, "count", 480),
        Cell("intake.box.reoffended-before-support", before, "count", before),
    ]
    matching = [
        Cell(f"{BASE}.match_quality", "well", "derived"),
        Cell(f"{BASE}.share_matched", 100.0, "derived", rounding="whole"),
        Cell(f"{BASE}.weights", "unequal", "setting"),
        Cell(f"{BASE}.not_analysed", left_out, "count", left_out),
    ]
    request = small_study.study(**parts)
    return small_study.stage(
        folder, "outcomes", request, intake=intake, matching=matching
    )


def said(run, results=RESULTS):
    names = (f"{BASE}.{outcome}.difference" for outcome in results["outcome"])
    run.register(
        Cell(n, -6.0, "derived", rounding="whole") for n in names if n not in run.cells
    )
    return small_study.markup(run, limits.limits(run, results))


def test_outcomes_are_called_sealed_only_where_nobody_had_opened_them(tmp_path):
    run = at_outcomes(tmp_path)
    assert "outcomes were sealed" in said(run)
    assert "opened before" not in said(run)
    run.opened = BEFORE
    assert "outcomes were sealed" not in said(run)
    assert "The outcomes had been opened before." in said(run)
    assert "chosen with the result in sight" in said(run)


def test_a_matching_changed_after_the_pools_outcomes_alone_says_so(tmp_path):
    run = at_outcomes(tmp_path)
    run.opened = POOL_BEFORE
    text = said(run)
    assert "outcomes were sealed" not in text
    assert "Other people’s outcomes had been opened before." in text
    assert "with the result in sight" not in text
    method = small_study.markup(run, limits.method(run))
    assert "opened only after the matching was settled. It had been changed" in method


TRIED = replace(BEFORE, matching=False, others=1, tried=("matching.caliper",))
SAME = replace(BEFORE, matching=False)


def test_other_matchings_that_were_tried_since_are_a_limit(tmp_path):
    run = at_outcomes(tmp_path)
    run.opened = TRIED
    text = said(run)
    assert "outcomes were sealed" not in text and "not changed since" not in text
    assert "Other matchings were tried as well." in text
    method = small_study.markup(run, limits.method(run))
    assert "have since been opened on other matchings too" in method


def test_the_same_matching_of_another_request_was_not_made_with_a_result_in_sight(
    tmp_path,
):
    run = at_outcomes(tmp_path)
    run.opened = SAME
    text = said(run)
    assert "first by another analysis with this same matching" in text
    assert "in sight" not in text
    assert "first by another analysis" in small_study.markup(run, limits.method(run))


def test_a_ledger_that_cannot_be_read_is_a_limit(tmp_path):
    run = at_outcomes(tmp_path)
    run.opened = replace(SAME, by="", at="", unread=True)
    text = said(run)
    assert "outcomes were sealed" not in text
    assert "It is not known in full when the outcomes were opened." in text


@pytest.mark.parametrize(
    ("told", "parts", "settled"),
    [
        (None, {}, True),
        (SAME, {}, True),
        (TRIED, {}, True),
        (POOL_BEFORE, {}, True),
        (BEFORE, {}, False),
        (replace(SAME, unread=True), {}, False),
        (None, OPEN, False),
        (TRIED, OPEN, False),
    ],
)
def test_the_note_of_other_estimators_follows_from_the_same_state(
    tmp_path, told, parts, settled
):
    run = at_outcomes(tmp_path, **parts)
    run.opened = told
    note = forest._note(run)
    assert ("settled before" in note) is settled
    assert "None of them replaces the main result" in note


def test_of_a_ready_cohort_nothing_was_opened_later(tmp_path):
    run = at_outcomes(tmp_path, **OPEN)
    run.opened = POOL_BEFORE
    text = said(run)
    assert "The analyst held the outcomes before matching." in text
    assert "Other people’s outcomes" not in text


def test_a_criterion_changed_on_the_same_matching_leaves_the_outcomes_sealed(tmp_path):
    run = at_outcomes(tmp_path)
    run.opened = replace(BEFORE, by=run.request.id, matching=False, settings=("seed",))
    assert "outcomes were sealed" in said(run)


@pytest.mark.parametrize("before", [False, True])
def test_the_outcomes_of_a_ready_cohort_are_never_called_sealed(tmp_path, before):
    run = at_outcomes(tmp_path, **OPEN)
    run.opened = BEFORE if before else None
    text = said(run)
    assert "outcomes were sealed" not in text
    assert "The analyst held the outcomes before matching." in text
    assert ("had been opened before" in text) is before
    method = small_study.markup(run, limits.method(run))
    assert "held the outcomes before matching" in method
    assert "opened only after" not in method


def test_everyone_counted_is_a_line_submitted_or_a_person_in_the_data(tmp_path):
    assert "Each line submitted is counted once" in said(at_outcomes(tmp_path / "a"))
    open_data = said(at_outcomes(tmp_path / "b", **OPEN))
    assert "Each person in the data" in open_data
    assert "submitted" not in open_data


def test_the_characteristics_compared_are_counted_in_words(tmp_path):
    # four numbers and thirteen categories in the example's request
    assert "well matched on all seventeen characteristics compared" in (
        said(at_outcomes(tmp_path))
    )


def test_a_match_that_is_withheld_is_no_strength(tmp_path):
    run = at_outcomes(tmp_path)
    said(run)
    recipe = limits.limits(run, RESULTS).recipe
    [analysis] = recipe["data"]["analyses"]
    assert analysis["match_quality"]["ref"] == f"{BASE}.match_quality"
    assert analysis["share_matched"]["ref"] == f"{BASE}.share_matched"


def test_who_was_left_out_is_among_the_limits_if_anybody_was(tmp_path):
    assert "Not everyone is in the analysis" not in said(at_outcomes(tmp_path / "none"))
    some = said(at_outcomes(tmp_path / "some", left_out=108))
    assert f'data-ref="{BASE}.not_analysed">108<' in some
    assert 'data-ref="intake.submitted">480<' in some


@pytest.mark.parametrize("before", [0, 18])
def test_the_rate_leaves_out_those_who_reoffended_before_if_there_are_any(
    tmp_path, before
):
    text = said(at_outcomes(tmp_path, before=before))
    assert "cannot be compared with national rates" in text
    assert ("who reoffended before support" in text) is bool(before)


@pytest.mark.parametrize(
    ("made", "words"),
    [(1, ""), (2, "This report shows two:"), (9, "shows nine:"), (40, "shows forty:")],
)
def test_comparisons_are_counted_in_words(tmp_path, made, words):
    results = results_of(*(f"measure_{number}" for number in range(made)))
    text = said(at_outcomes(tmp_path), results)
    assert words in text
    assert ("comparison in twenty" in text) is (made > 1)


def test_only_headline_analyses_are_spoken_of(tmp_path):
    covariates = {"numeric": ["age"]}
    analyses = [
        {"name": small_study.NAME, "headline": True, "covariates": covariates},
        {"name": "Women", "covariates": covariates},
    ]
    run = at_outcomes(tmp_path, analyses=analyses)
    said(run)
    data = limits.limits(run, RESULTS).recipe["data"]
    assert [analysis["analysis"] for analysis in data["analyses"]] == [small_study.NAME]
    assert data["several"]


def test_the_method_says_when_the_outcomes_were_opened(tmp_path):
    run = at_outcomes(tmp_path)
    assert "only after the matching was settled" in (
        small_study.markup(run, limits.method(run))
    )
    run.opened = BEFORE
    assert "made after the outcomes had first been opened" in small_study.markup(
        run, limits.method(run)
    )


DIED = [{"name": "reoffending_rate", "label": "died"}]


def test_deaths_and_proof_are_limits_of_proven_reoffending_alone(tmp_path):
    rate = RESULTS[:1]
    words = [lead for lead, _ in points.STANDARD]
    for folder, parts, there in (("a", {}, True), ("b", {"outcomes": DIED}, False)):
        text = said(at_outcomes(tmp_path / folder, **parts), rate)
        assert all((lead[:-1] in text) == there for lead in words)
        assert ("national rate" in text) == there


def test_a_study_that_chance_made_is_not_said_to_lack_motivation(tmp_path):
    programme = small_study.study().programme.model_dump(exclude_none=True)
    programme |= {"selection_by": "chance"}
    run = at_outcomes(tmp_path / "a", programme=programme)
    text = said(run)
    assert "play of chance" in text
    assert "otivation" not in text and "wanted to change" not in text
    assert "not decided by chance" not in text
    kept = small_study.study().analyses[0].model_dump() | {
        "treatment_filter": {"completed": ["yes"]}
    }
    run = at_outcomes(tmp_path / "b", programme=programme, analyses=[kept])
    assert "not decided by chance" in said(run)
    assert "wanted to change" in said(at_outcomes(tmp_path / "c"))


def test_results_held_back_are_not_counted_among_the_comparisons(tmp_path):
    run = at_outcomes(tmp_path)
    run.register(
        [Cell(f"{BASE}.reoffending_rate.difference", None, "derived", rounding="whole")]
    )
    assert "More than one comparison" not in said(run)
    assert "national rate" not in said(run)


def test_a_hidden_result_is_spoken_of_alike_whatever_it_is(tmp_path):
    run = at_outcomes(tmp_path)
    block = said(run) and limits.limits(run, RESULTS)
    numbers = {ref: cell.value for ref, cell in run.cells.items()}
    del numbers[f"{BASE}.reoffending_rate.difference"]
    text = drawing.render(block.recipe, numbers)
    assert "national rate" in text and "More than one comparison" not in text


def test_a_caliper_that_the_request_accepted_beyond_the_limit_is_a_limit(tmp_path):
    run = at_outcomes(tmp_path)
    said(run)
    assert limits.limits(run, RESULTS).recipe["data"]["analyses"][0]["widest"] == ""
    widths = {"width": 0.0707, "widest": 0.0312}
    run.register(
        Cell(f"{BASE}.{name}", n, "derived", rounding="thousandth")
        for name, n in widths.items()
    )
    text = said(run)
    assert "<strong>The caliper is wide.</strong>" in text
    for name, printed in (("width", "0.071"), ("widest", "0.031")):
        assert f'data-ref="{BASE}.{name}">{printed}</data>' in text


def test_the_method_speaks_of_weights_where_they_differ(tmp_path):
    run = at_outcomes(tmp_path)
    assert "less the weighted average" in small_study.markup(run, limits.method(run))
    run.register([Cell(f"{BASE}.weights", "equal", "setting")])
    assert "weight" not in small_study.markup(run, limits.method(run))


@pytest.mark.parametrize("parts", [{}, OPEN])
def test_in_view_are_the_limits_that_not_every_study_has(tmp_path, parts):
    run = at_outcomes(tmp_path, left_out=20, **parts)
    full = said(run)
    shown = small_study.markup(run, limits.in_brief(run, RESULTS))
    for lead in ("Not everyone is in the analysis.", points.MOTIVATION[0]):
        assert lead in shown and lead in full
    assert not any(lead in shown for lead in points.USUAL)
    assert points.OTHER_SUPPORT[0] in full
    # the line counts all of them
    [piece] = limits.limits(run, RESULTS).recipe["fold"]["summary"]
    assert piece["words"] == "limits_line"
