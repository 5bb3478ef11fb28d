"""Points of curves as cells, differences, and what the section says of them."""

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from support import small_study
from support.outcomes_stage import RATE, TIME, Stage, people

from helpers.outcomes import estimates, survival
from helpers.outcomes.report.over_time import (
    compared,
    groups,
    points,
    sections,
    steps,
)

QUARTERS = [90, 180, 270, 365]


def spread(frame: pd.DataFrame) -> pd.DataFrame:
    """Days such that a quarter of a group's reoffences falls into each quarter."""
    day = np.array([50.0, 130.0, 220.0, 300.0])
    had = frame[RATE] == 1
    place = had.groupby(frame["treatment"]).cumsum().astype(int)
    return frame.assign(**{TIME: np.where(had, day[place % 4], np.nan)})


def registered(stage, matched):
    """Register what the notebook does; gives the curves."""
    run = stage.run
    followed = groups.followed(run, matched, stage.sizes)
    days = steps.told(followed, run.request, 365)
    columns = ["event", "day", "treatment", "weight"]
    timed = {name: followed[name] for name in days}
    each = {name: [p[c] for c in columns] for name, p in timed.items()}
    curves = {n: survival.curves(*of, at=days[n]) for n, of in each.items()}
    gaps = {n: survival.differences(*of) for n, of in each.items()}
    means = {
        n: estimates.difference(
            survival.followed(p["event"], p["day"]), p["treatment"], p["weight"],
            kind="days",
        )
        for n, p in timed.items()
    }  # fmt: skip
    run.register(
        points.cells(curves, run.request), who=points.who(timed, days, run.request)
    )
    run.register(compared.gap_cells(gaps, curves, run.request))
    run.register(compared.mean_cells(means, curves, run.request))
    return curves


@pytest.fixture
def stage(tmp_path):
    """40 of 100 and 100 of 200 reoffended, as many in each quarter."""
    matched = {"All": spread(people("All"))}
    made = Stage(tmp_path, matched)
    made.curves = registered(made, matched)
    return made


def value(stage, name):
    return stage.run.cells[f"all.{RATE}.{name}"].value


def test_a_point_is_a_share_in_whole_per_cent(stage):
    assert [value(stage, f"by.{d}.value_treatment") for d in QUARTERS] == [
        10, 20, 30, 40,
    ]  # fmt: skip
    # 25 of 200 is 12.5%, which is 13 in print
    assert [value(stage, f"by.{d}.value_comparison") for d in QUARTERS] == [
        13, 25, 38, 50,
    ]  # fmt: skip
    cell = stage.run.cells[f"all.{RATE}.by.180.value_treatment"]
    assert (cell.numerator, cell.denominator) == (20, 100)
    assert cell.needs == (f"all.{RATE}.value_treatment", f"all.{RATE}.n_treatment")


def test_numbers_at_risk_tell_no_more_than_whole_per_cents(stage):
    left = [value(stage, f"by.{d}.at_risk_treatment") for d in QUARTERS]
    assert left == [90, 80, 70, 60]
    # 200 less 13, 25, 38 and 50 per cent of them; truly 175 and 125 were left
    left = [value(stage, f"by.{d}.at_risk_comparison") for d in QUARTERS]
    assert left == [174, 150, 124, 100]
    cell = stage.run.cells[f"all.{RATE}.by.90.at_risk_comparison"]
    assert (cell.kind, cell.numerator, cell.denominator) == ("rate", 175, 200)


def test_of_open_data_numbers_at_risk_are_as_they_are(tmp_path):
    given = {"disclosure": {"profile": "none", "reason": "open data"}}
    matched = {"All": spread(people("All"))}
    stage = Stage(tmp_path, matched, **given)
    registered(stage, matched)
    assert value(stage, "by.90.at_risk_comparison") == 175
    assert value(stage, "by.30.value_treatment") == 0  # told at the finest days


def test_rounded_counts_make_the_share_and_who_is_at_risk(tmp_path):
    matched = {"All": spread(people("All", (43, 100), (103, 200)))}
    stage = Stage(tmp_path, matched, **{"disclosure": {"profile": "rounded"}})
    registered(stage, matched)
    # by day 365 43 of 103: 45 of 105 is 43%, and 57% of 105 is 60 to the nearest five
    assert value(stage, "by.365.value_treatment") == 43
    assert value(stage, "by.365.at_risk_treatment") == 60
    assert value(stage, "by.365.at_risk_comparison") % 5 == 0


def test_differences_are_whole_points_and_need_both_curves(stage):
    assert value(stage, "by.365.difference") == -10
    assert value(stage, "by.90.difference") == -3  # 10 less 12.5, halves away from zero
    cell = stage.run.cells[f"all.{RATE}.by.180.ci_low"]
    both = tuple(f"all.{RATE}.by.180.value_{g}" for g in ("treatment", "comparison"))
    assert cell.needs == both
    assert value(stage, "by.90.tested") == "yes"


def test_the_mean_time_is_in_whole_days_and_goes_with_the_rate(stage):
    # (10·(50 + 130 + 220 + 300) + 60·365)/100 = 289, and 25·700 + 100·365 over 200: 270
    assert value(stage, "mean_time.value_treatment") == 289
    assert value(stage, "mean_time.value_comparison") == 270
    assert value(stage, "mean_time.difference") == 19
    cell = stage.run.cells[f"all.{RATE}.mean_time.value_treatment"]
    assert (cell.kind, cell.numerator, cell.denominator) == ("mean", 40, 100)
    assert f"all.{RATE}.value_treatment" in cell.needs


def test_who_is_in_a_point_is_registered_as_of_a_measure(stage):
    who = {(w.kind, w.name): len(w.people) for w in stage.run.who.values()}
    assert who["event", f"{RATE}.by.180"] == 20 + 50
    assert who["known", f"{RATE}.by.180"] == 300


def test_the_section_has_a_figure_words_and_a_table(stage):
    made = sections.blocks_of(stage.run, stage.curves, stage.sizes)
    keys = [block.recipe["key"] for block in made]
    assert keys == ["curves-all", "over-time-words-all", "over-time-all"]
    table = BeautifulSoup(stage.words(made)[2], "html.parser")
    rows = [
        [cell.get_text() for cell in row.find_all(["th", "td"])]
        for row in table.find_all("tr")
    ]
    by_day = [row for row in rows if row[0].isdigit()]
    assert [row[:3] for row in by_day] == [
        ["90", "10", "13"],
        ["180", "20", "25"],
        ["270", "30", "38"],
        ["365", "40", "50"],
    ]
    assert ["Mean time", "289", "270", "19 longer"] in [row[:4] for row in rows]
    # why the days have no p-value, and why the last is not just that of the rate
    assert {row[-1] for row in by_day} == {"[z]"}
    assert "so a day has no p-value" in table.get_text()
    assert "a form made for curves" in stage.words(made)[0]


# nothing to show --------------------------------------------------------------------


def test_where_no_day_is_safe_it_is_said_once(tmp_path):
    matched = {name: people(name) for name in ("All", "Again")}  # on days 60 and 90
    stage = Stage(tmp_path, matched)
    assert registered(stage, matched) == {}
    [block] = sections.blocks_of(stage.run, {}, stage.sizes)
    assert "is not shown over time" in stage.words([block])[0]


def test_two_years_alone_have_curves_and_a_year_comes_first(tmp_path):
    two = [{"name": name, "horizon_days": 730} for name in (RATE, TIME)]
    frame = spread(people("All")).rename(
        columns={name: f"{name}_730_days" for name in (RATE, TIME)}
    )
    stage = Stage(tmp_path, {"All": frame}, outcomes=two)
    assert groups.horizon(stage.request) == 730
    assert len(groups.followed(stage.run, {"All": frame}, stage.sizes)["All"]) == 300
    both = small_study.study(outcomes=[*two, {"name": RATE}, {"name": TIME}])
    assert groups.horizon(both) == 365


def test_a_rate_and_a_time_of_other_days_have_no_curve_and_it_is_said(tmp_path):
    two = [{"name": RATE, "horizon_days": 730}, {"name": TIME}]
    frame = spread(people("All")).rename(columns={RATE: f"{RATE}_730_days"})
    stage = Stage(tmp_path, {"All": frame}, outcomes=two)
    assert groups.followed(stage.run, {"All": frame}, stage.sizes) == {}
    [block] = sections.blocks_of(stage.run, {}, stage.sizes)
    assert "is not shown over time" in stage.words([block])[0]


@pytest.mark.parametrize("gone", [[TIME], [RATE]])
def test_without_a_measure_there_is_no_curve(tmp_path, gone):
    matched = {"All": people("All", drop=gone)}
    stage = Stage(tmp_path, matched)
    assert groups.followed(stage.run, matched, stage.sizes) == {}
    said = sections.blocks_of(stage.run, {}, stage.sizes)
    assert len(said) == (gone == [TIME])


@pytest.mark.parametrize(("event", "day"), [(1, np.nan), (1, 400.0), (0, 30.0)])
def test_a_reoffence_and_a_day_that_do_not_agree_leave_no_curve(tmp_path, event, day):
    frame = spread(people("All"))
    frame.loc[frame.index[frame[RATE] == event][:1], TIME] = day
    stage = Stage(tmp_path, {"All": frame})
    assert groups.followed(stage.run, {"All": frame}, stage.sizes) == {}


def test_what_heads_no_report_has_no_curve(tmp_path):
    frame = spread(people("All"))
    stage = Stage(tmp_path, {"All": frame}, {"All": {"quality": "poorly"}})
    assert groups.followed(stage.run, {"All": frame}, stage.sizes) == {}
    assert sections.blocks_of(stage.run, {}, stage.sizes) == []


def test_the_days_together_and_the_mean_time_are_two_comparisons(stage):
    assert [place["ref"] for place in compared.tests(stage.run)] == [
        f"all.{RATE}.by.90.difference",
        f"all.{RATE}.mean_time.p_value",
    ]
