"""The earlier year as cells and blocks: people counted by hand."""

import pandas as pd
import pytest
from support import small_study

from helpers.outcomes.report.robustness.before import earlier
from helpers.outcomes.robustness.before import negative_control
from helpers.outcomes.robustness.check import Check
from helpers.outcomes.robustness.study import Study
from helpers.publication.people import BEFORE, COMPARISON, POOL, TREATED

NAME, BASE = small_study.NAME, f"{small_study.BASE}_negative_control"
RATE = f"{BASE}.offended_before"

#: 40 treated of whom 30 are matched, 12 of them with an offence, 60 of the pool of whom
#: 50 are matched, 20 with one; one of the treated has no earlier year
WINDOW = pd.DataFrame(
    {
        "person_id": range(1, 102),
        "treatment": [1] * 41 + [0] * 60,
        "why": [None] * 40 + ["under 10 when the earlier year began"] + [None] * 60,
        "offended_before": [1.0] * 12 + [0.0] * 29 + [1.0] * 20 + [0.0] * 40,
        "days_in_custody_before": 0.0,
        "age": 30.0,
    }
)
KEPT = pd.Index([*range(1, 31), *range(42, 92)])
ROW = {
    "variant": negative_control.NAME, "n_treatment": 30, "n_comparison": 50,
    "effective_comparison": 40.0, "value_treatment": 0.4, "value_comparison": 0.42,
    "difference": -0.02, "standard_error": 0.1, "df": 60.0, "ci_low": -0.22,
    "ci_high": 0.18, "p_value": 0.84, "significant": False, "quality": "well",
    "why": "",
}  # fmt: skip


def check(**changes):
    table = pd.DataFrame([ROW | changes], columns=negative_control.COLUMNS)
    return Check(
        negative_control.NAME, "holds", table, negative_control.ALIKE, KEPT
    )  # fmt: skip


def none(text):
    return negative_control._none(text)


@pytest.fixture
def stage(tmp_path):
    return small_study.stage(tmp_path, "outcomes", small_study.study())


def studies():
    group = small_study.group([1] * 41 + [0] * 60, {"age": 35.0, "region": "Wales"})
    model = small_study.model(pd.Series(0.4, group.people.index))
    weights = pd.Series(1.0, group.people.index)
    return {NAME: Study(group, model, None, 0.1, weights)}


def registered(run, one):
    earlier.register(run, {NAME: one}, WINDOW, studies())
    return run.cells


def test_people_are_counted_where_their_year_is_known(stage):
    cells = registered(stage, check())
    treated = cells[f"{RATE}.value_treatment"]
    assert (treated.value, treated.numerator, treated.denominator) == (40, 12, 30)
    pool = cells[f"{RATE}.value_comparison"]
    assert (pool.value, pool.numerator, pool.denominator) == (42, 20, 50)
    # ten of the forty were left unmatched
    size = cells[f"{BASE}.n_treatment"]
    assert (size.value, size.denominator) == (30, 40)
    both = {f"{RATE}.value_treatment", f"{RATE}.value_comparison"}
    for name in ("difference", "ci_low", "ci_high", "p_value"):
        assert both <= set(cells[f"{RATE}.{name}"].needs)
    groups = {name: one.people for (base, kind, name), one in stage.who.items()
              if (base, kind) == (BASE, "group")}  # fmt: skip
    assert list(groups[BEFORE]) == [*range(1, 41)]
    assert list(groups[TREATED]) == [*range(1, 31)]
    assert (len(groups[POOL]), len(groups[COMPARISON])) == (60, 50)
    event = stage.who[BASE, "event", "offended_before"].people
    assert list(event) == [*range(1, 13), *range(42, 62)]


def test_on_a_poor_match_there_are_no_values(stage):
    cells = registered(stage, check(quality="poorly"))
    values = [c.value for ref, c in cells.items() if ref.startswith(RATE)]
    assert len(values) == 6 and set(values) == {None}
    assert f"{BASE}.match_quality" in cells[f"{RATE}.value_treatment"].needs


@pytest.mark.parametrize("text", [negative_control.READY, negative_control.NOT_MATCHED])
def test_where_there_is_none_the_page_says_so(stage, text):
    controls = {NAME: none(text)}
    registered(stage, controls[NAME])
    words, *table = earlier.published(stage, controls)
    assert text in small_study.markup(stage, words)
    ready = text == negative_control.READY
    assert len(table) == (0 if ready else 1)
    full = earlier.for_reviewers(stage, controls, WINDOW, studies())
    assert len(full) == (0 if ready else 1)


def test_the_tables_as_printed(stage):
    controls = {NAME: check()}
    registered(stage, controls[NAME])
    _, table = earlier.published(stage, controls)
    assert small_study.printed(stage, table) == [
        [NAME, "40", "42", "2 fewer", "22 fewer", "18 more", "0.84"]
    ]
    full = earlier.for_reviewers(stage, controls, WINDOW, studies())
    assert small_study.printed(stage, full[0]) == [
        [NAME, "30", "50", "well", "2 fewer", "22 fewer", "18 more", "0.84"]
    ]
    assert "of a later date: Region." in small_study.markup(stage, full[0])
