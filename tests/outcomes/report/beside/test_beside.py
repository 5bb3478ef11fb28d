"""Ratios, over-dispersion, and what matching moved: their cells and their tables."""

import numpy as np
import pandas as pd
import pytest
from support import small_study
from support.outcomes_stage import OFTEN, RATE, TIME, Stage, people

from helpers.outcomes import dispersion as dispersion_
from helpers.outcomes import measures
from helpers.outcomes import ratios as ratios_
from helpers.outcomes.report import impact
from helpers.outcomes.report.beside import dispersion, ratios, unmatched
from helpers.publication.cells import by_ref
from helpers.publication.disclosure import release


def pooled(analysis, *, rest=(30, 60), start=0, **of):
    """Matched people, and so many more of the pool who were matched to nobody."""
    frame = people(analysis, **of).assign(propensity=0.5)
    had, n = rest
    y = [1.0] * had + [0.0] * (n - had)
    more = pd.DataFrame(
        {
            "person_id": range(9000 + start, 9000 + start + n),
            "analysis": analysis,
            "treatment": 0,
            "weight": 0.0,
            "propensity": 0.5,
            RATE: y,
            OFTEN: [2 * value for value in y],
            TIME: [90.0 if value else np.nan for value in y],
        }
    )
    return pd.concat([frame, more], ignore_index=True)


def registered(folder, matched, matches=(), **parts):
    stage = Stage(folder, matched, matches, **parts)
    each = measures.each(matched, stage.request)
    of = (stage.results, stage.sizes)
    stage.run.register(ratios.cells(ratios_.table(each), *of, stage.request))
    stage.run.register(dispersion.cells(dispersion_.table(each), *of))
    stage.run.register(unmatched.cells(each, *of, stage.request))
    return stage


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """One well matched, with a pool of 260; one poorly."""
    matched = {"All": pooled("All"), "Poor": pooled("Poor")}
    folder = tmp_path_factory.mktemp("two")
    return registered(folder, matched, {"Poor": {"quality": "poorly"}})


def test_ratios_have_a_row_an_analysis_under_each_measure(two):
    [table] = ratios.table(two.run, two.results, two.sizes)
    rows = small_study.printed(two.run, table)
    # 40 of 100 against 100 of 200 (tests/expected/ratios.R); twice as many reoffences
    assert rows[:3] == [
        ["One-year proven reoffending rate"],
        ["All", "0.80", "0.60 to 1.06"],
        ["Poor", "[z]", "[z]"],
    ]
    assert rows[3:6] == [
        ["Frequency of proven reoffending within a year"],
        ["All", "0.80", "0.60 to 1.06"],
        ["Poor", "[z]", "[z]"],
    ]


def test_a_request_of_times_alone_has_no_ratios(tmp_path):
    stage = Stage(tmp_path, {"All": people("All")}, outcomes=[TIME])
    assert ratios.table(stage.run, stage.results, stage.sizes) == []


def test_a_ratio_needs_both_values_and_degrees_of_freedom(two):
    cell = two.run.cells[f"all.{RATE}.ratio_low"]
    assert cell.needs == (f"all.{RATE}.value_treatment", f"all.{RATE}.value_comparison")
    assert cell.freedom == pytest.approx(201.2996, abs=1e-3)  # of base R
    assert cell.rounding == "hundredth"


def test_a_ratio_follows_rates_of_rounded_counts(tmp_path):
    matched = {"All": pooled("All", reoffend=(43, 100), size=(102, 200))}
    stage = registered(tmp_path, matched, disclosure={"profile": "rounded"})
    # 43 of 102 become 45 of 100; 100 of 200 stay: their weights are alike
    assert stage.run.cells[f"all.{RATE}.ratio"].value == 0.9
    low, high = (stage.run.cells[f"all.{RATE}.ratio_{end}"].value
                 for end in ("low", "high"))  # fmt: skip
    # as many times as the ratio itself: 0.9 / 0.8431
    assert low < 0.9 < high


def test_a_frequency_says_how_much_it_varies_beneath_its_table(two):
    # half of the pool have two, half none: variance 200/199 of a mean of 1, so 1.0
    made = {b.recipe["key"]: b for b in
            impact.measures_of_impact(two.run, two.results, two.sizes)}  # fmt: skip
    shown = small_study.markup(two.run, made[f"results-{OFTEN}"])
    assert (
        "In the comparison group the number of proven reoffences varies as much (All) "
        "between people as counts of pure chance would"
    ) in shown
    assert "pure chance" not in small_study.markup(two.run, made[f"results-{RATE}"])
    [table] = ratios.table(two.run, two.results, two.sizes)
    assert small_study.printed(two.run, table)[6:] == [
        ["Variance of proven reoffences over their mean, comparison group"],
        ["All", "1", "none"],
        ["Poor", "[z]", "none"],
    ]


@pytest.mark.parametrize(("found", "step"), [(2.74, 2.5), (2.76, 3.0), (6.4, 6.5)])
def test_over_dispersion_is_told_in_steps_of_a_half(two, found, step):
    [cell] = dispersion.cells({("All", OFTEN): found}, two.results, two.sizes)
    assert cell.value == step


def test_what_matching_moved_by_hand(two):
    rows = small_study.printed(
        two.run, unmatched.table(two.run, two.results, two.sizes)
    )
    assert rows[0] == ["One-year proven reoffending rate, for every 100 people"]
    # 40 of 100; of the pool 100 of 200 and 30 of 60, so that 130 of 260 reoffended
    assert rows[1] == ["All", "40", "50", "10 fewer", "50", "10 fewer"]
    assert rows[2] == ["Poor", *["[z]"] * 5]
    assert rows[4] == ["All", "0.80", "1.00", "0.20 fewer", "1.00", "0.20 fewer"]
    # half of the pool's 100 after 60 days, half after 90, and 30 after 90
    assert rows[7][1:4] == ["75", "78", "3 shorter"]


def test_the_pool_counts_with_equal_weights_and_without_those_set_aside(tmp_path):
    frame = pooled("All", rest=(60, 60))
    frame.loc[frame.index[-20:], "propensity"] = np.nan
    stage = registered(tmp_path, {"All": frame}, outcomes=[RATE])
    # 100 of 200, and 40 of 40
    cell = stage.run.cells[f"all.{RATE}.value_pool"]
    assert (cell.numerator, cell.denominator) == (140, 240)
    assert cell.value == 58


def told(stage, threshold=10):
    cells = by_ref(stage.run.cells.values())
    found = release(cells.values(), [], profile="default", threshold=threshold)
    return found.released


@pytest.mark.parametrize(
    ("rest", "shown"),
    [((10, 20), True), ((9, 20), False), ((11, 20), False), ((4, 9), False)],
)
def test_a_pool_that_would_tell_of_few_left_in_it_is_hidden(tmp_path, rest, shown):
    stage = registered(tmp_path, {"All": pooled("All", rest=rest)}, outcomes=[RATE])
    released = told(stage)
    for name in ("value_pool", "difference_pool"):
        assert (f"all.{RATE}.{name}" in released) is shown
    assert f"all.{RATE}.difference" in released


def test_two_pools_a_few_people_apart_are_not_both_told(tmp_path):
    matched = {
        "All": pooled("All", rest=(30, 60)),
        "Most": pooled("Most", rest=(30, 57)),
    }
    stage = registered(tmp_path, matched, outcomes=[RATE])
    released = told(stage)
    assert f"all.{RATE}.value_pool" in released
    assert f"most.{RATE}.value_pool" not in released
