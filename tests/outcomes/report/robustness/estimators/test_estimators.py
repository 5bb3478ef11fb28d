"""Other ways of comparing as cells and blocks: what is told, what is not."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from support import small_study
from support.outcomes_stage import OFTEN, RATE, Stage, people

from helpers.outcomes.report import decisions
from helpers.outcomes.report.robustness.estimators import (
    estimators,
    forest,
    in_full,
    kept,
)
from helpers.outcomes.robustness.check import Check
from helpers.outcomes.robustness.estimators.estimate import COLUMNS
from helpers.publication.cells import by_ref

NONE = pd.DataFrame(columns=["analysis", "variant", "label", "why"])


def check(variant, own, fewer=0, **changes):
    """A check that keeps all treated but some, with a difference of 5 points."""
    treated = own.index[own["treatment"] == 1]
    pool = own.index[own["treatment"] == 0]
    row = dict.fromkeys(COLUMNS) | {
        "variant": variant, "n_treatment": len(treated) - fewer,
        "n_comparison": len(pool), "effective_comparison": 151.4,
        "difference": -0.054, "standard_error": 0.0312, "df": 210.0,
        "ci_low": -0.1152, "ci_high": 0.0072, "p_value": 0.0846,
        "significant": False, "largest_weight": 0.0121, "largest_smd": 4.26,
        "quality": "well",
    } | changes  # fmt: skip
    ids = treated[: len(treated) - fewer].append(pool)
    return Check(variant, "holds", pd.DataFrame([row]), "Matched otherwise.", ids)


def none(variant, why):
    row = dict.fromkeys(COLUMNS, np.nan) | {"variant": variant, "why": why}
    return Check(variant, "none", pd.DataFrame([row]), why)


def study_of(frame, outcome):
    own = frame.set_index("person_id")
    return SimpleNamespace(
        outcome=outcome,
        group=SimpleNamespace(treatment=own["treatment"]),
        values=own[outcome.name],
    )


def stage(folder, checks, *, measure=RATE, size=(300, 600), matches=(), **parts):
    """A stage whose ways are registered; `checks` makes them of its people."""
    frame = people("All", (120, 270), size)
    frame["propensity"] = 0.3
    if measure == OFTEN:
        parts["outcomes"] = [OFTEN, RATE]
    made = Stage(folder, {"All": frame}, matches, **parts)
    own = frame.set_index("person_id")
    outcome = made.request.outcomes[0]
    doubts = {"All": [one(own) for one in checks]}
    made.ways = estimators.table(doubts, {"All": study_of(frame, outcome)})
    made.run.request = made.request
    estimators.register(made.run, made.ways)
    made.run.register(decisions.headlined(made.run, made.sizes))
    made.cells = by_ref(made.run.registered)
    return made


def usual(**changes):
    return lambda own: check("kernel", own, **changes)


def told(made, name, variant="kernel", outcome=RATE):
    return made.cells[f"all_{variant}.{outcome}.{name}"]


def test_a_rate_is_told_in_whole_points_and_people_in_steps(tmp_path):
    made = stage(tmp_path, [usual(fewer=15)])
    names = ("difference", "ci_low", "ci_high", "standard_error", "p_value")
    values = {name: told(made, name).value for name in names}
    assert values == {"difference": -5, "ci_low": -12, "ci_high": 1,
                      "standard_error": 3, "p_value": 0.08}  # fmt: skip
    assert told(made, "kept").value == 280  # 300 less 20, for 285
    assert told(made, "effective_comparison").value == 151
    assert told(made, "largest_weight").value == 1
    assert told(made, "largest_smd").value == 4.3
    assert told(made, "match_quality").value == "well"


def test_a_frequency_is_told_for_every_100_people(tmp_path):
    made = stage(tmp_path, [usual()], measure=OFTEN)
    assert told(made, "per_100.difference", outcome=OFTEN).value == -5
    assert told(made, "kept", outcome=OFTEN).value == 300


def test_values_of_both_groups_are_registered_nowhere(tmp_path):
    made = stage(tmp_path, [usual()])
    assert not [ref for ref in made.cells if "_kernel" in ref and "value_" in ref]
    counts = [c for ref, c in made.cells.items() if "_kernel" in ref]
    assert {(c.numerator, c.denominator) for c in counts} == {(None, None)}


def test_it_goes_with_the_rates_of_the_headline_and_people_with_its_size(tmp_path):
    made = stage(tmp_path, [usual(), lambda own: check("trimmed", own, fewer=15)])
    rates = {f"all.{RATE}.value_{side}" for side in ("treatment", "comparison")}
    for name in ("difference", "ci_low", "p_value", "largest_weight", "largest_smd"):
        assert rates < set(told(made, name).needs)
    sizes = {f"all.{RATE}.n_treatment", "all.n_treatment"}
    assert set(told(made, "kept").needs) == sizes
    unmatched = set(told(made, "kept", "trimmed").needs) - sizes
    assert unmatched <= {"all.not_matched"}


def test_sizes_of_pairs_are_not_told(tmp_path):
    variants = ("nearest_again", "nearest_once")
    made = stage(tmp_path, [lambda own, v=v: check(v, own) for v in variants])
    for variant in variants:
        assert told(made, "effective_comparison", variant).value is None
    assert told(made, "largest_weight", "nearest_once").value is None
    assert told(made, "largest_weight", "nearest_again").value == 1


def test_a_p_is_told_of_every_way_or_of_none(tmp_path):
    untested = lambda own: check("ipw", own, p_value=np.nan)  # noqa: E731
    made = stage(tmp_path, [usual(), untested])
    assert told(made, "p_value").value is None
    assert told(made, "difference").value == -5


def test_a_way_without_an_estimate_says_why(tmp_path):
    words = "perfect balance cannot be met"
    counted = "nobody of 7 people is left"
    made = stage(
        tmp_path,
        [lambda own: none("entropy_balancing", words), lambda own: none("ipw", counted),
         usual()],
    )  # fmt: skip
    assert told(made, "difference", "ipw").value is None
    blocks = in_full.published(made.run, made.ways, made.sizes)
    shown = small_study.markup(made.run, blocks[0])
    why = {cells[0]: cells[-1] for cells in rows_of(shown)}
    assert why["Entropy balancing"] == "Perfect balance cannot be met."
    assert why["Inverse probability weights (IPW)"] == estimators.NOT_DONE
    assert told(made, "p_value").value == 0.08  # of those that have an estimate


def rows_of(shown):
    """The words of each row of a table."""
    page = BeautifulSoup(shown, "html.parser")
    rows = page.select("tbody tr")
    return [[cell.get_text() for cell in row.select("th, td")] for row in rows]


def test_reviewers_see_the_headline_first_and_how_many_others_keep(tmp_path):
    heavy = {"largest_weight": 0.071, "quality": "poorly"}
    made = stage(
        tmp_path,
        [usual(fewer=15), lambda own: check("caliper_01", own, largest_weight=0.002),
         lambda own: check("ipw", own, **heavy)],
    )  # fmt: skip
    [block] = in_full.published(made.run, made.ways, made.sizes)
    shown = small_study.markup(made.run, block)
    main, kernel, wider, ipw = rows_of(shown)
    assert main[:2] == [forest.MAIN_STATISTICAL, "300"]
    assert main[-1] == "well"
    assert kernel[:2] == ["Kernel (Epanechnikov), bandwidth 0.06", "about 280"]
    assert wider[:2] == ["Radius, caliper 0.1 SD", "about 300, or more"]
    assert [row[-3] for row in (kernel, wider, ipw)] == ["1", "<1", "7"]
    assert kernel[3:6] == ["5 fewer", "12 fewer", "1 more"]
    assert ipw[-1] == f"poorly. {forest.HEAVY}."
    assert "to a step of twice the threshold" in shown


def test_with_nothing_hidden_every_number_is_told_and_nothing_said_of_steps(tmp_path):
    untested = lambda own: check("ipw", own, p_value=np.nan)  # noqa: E731
    made = stage(
        tmp_path,
        [usual(fewer=15), lambda own: check("nearest_once", own), untested],
        disclosure={"profile": "none", "reason": "They are made up."},
    )  # fmt: skip
    assert told(made, "kept").value == 285
    assert told(made, "p_value").value == 0.0846
    assert told(made, "effective_comparison", "nearest_once").value == 151.4
    [block] = in_full.published(made.run, made.ways, made.sizes)
    shown = small_study.markup(made.run, block)
    assert rows_of(shown)[1][1] == "285"
    for word in ("twice the threshold", "or more", "is not told"):
        assert word not in shown


def test_a_way_that_may_keep_too_few_is_not_told(tmp_path):
    made = stage(tmp_path, [usual(fewer=285)])
    assert told(made, "difference").value is None
    assert told(made, "kept").value is None


def test_few_degrees_of_freedom_are_known_to_the_decision(tmp_path):
    made = stage(tmp_path, [usual(df=8.0)])
    assert told(made, "ci_low").freedom == told(made, "difference").freedom == 8
    assert told(made, "largest_smd").freedom is None


def page(made):
    return forest.published(made.run, made.ways, NONE, made.results, made.sizes)


def test_a_heavy_weight_and_a_poor_match_are_told_beneath_the_row(tmp_path):
    poor = {"quality": "poorly", "largest_smd": 86.0, "largest_weight": 0.071}
    made = stage(tmp_path, [usual(), lambda own: check("ipw", own, **poor)])
    words, figure = page(made)
    shown = small_study.markup(made.run, figure)
    assert "Not alike enough: give it little weight" in shown
    assert "One person of the pool bears much of the weight" in shown
    said = small_study.markup(made.run, words)
    assert "In one of them the groups are not alike enough" in said


@pytest.mark.parametrize(
    "match",
    [{"quality": "poorly"}, {"share_matched": 0.7}],
    ids=["poor", "few matched"],
)
def test_nothing_is_told_where_the_analysis_itself_is_no_main_point(tmp_path, match):
    made = stage(tmp_path, [usual()], matches={"All": match})
    assert page(made) == []
    assert in_full.published(made.run, made.ways, made.sizes) == []
    assert forest.beside(made.run, "All", RATE) == {}


def test_the_measure_that_is_compared_has_its_other_ways_beside_it(tmp_path):
    made = stage(tmp_path, [usual()])
    assert len(forest.beside(made.run, "All", RATE)["ways"]) == 1
    assert forest.beside(made.run, "All", OFTEN) == {}


def test_estimates_are_kept_with_those_of_the_analyses(tmp_path):
    made = stage(tmp_path, [usual(), lambda own: none("ipw", "it did not settle")])
    rows = estimators.estimated(made.ways)
    assert list(rows["variant"]) == ["kernel"]
    assert list(rows.columns) == list(made.results.columns)
    assert rows["difference"].tolist() == [-0.054]
    # 120 of 300 reoffended, all of them among the first 300
    assert rows["value_treatment"].tolist() == [0.4]


def test_with_nothing_hidden_people_are_exact():
    assert kept.about(287, 300, None) == 287
