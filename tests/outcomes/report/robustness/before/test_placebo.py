"""Made-up programmes in the report: their cells, what hides them, and the page."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from support import studies
from support.small_report import plain

from helpers.files import ROOT
from helpers.outcomes.report.robustness.before import calibrated
from helpers.outcomes.report.robustness.before import placebo as report
from helpers.outcomes.report.robustness.before.placebo import Among
from helpers.publication.cells import by_ref
from helpers.publication.disclosure import Decision
from helpers.publication.report import hidden
from helpers.publication.report.publish_cells import Part
from helpers.request import Outcome, load


@pytest.fixture(scope="module")
def study():
    return studies.north_carolina()


def programmes(differences, significant=False):
    n = len(differences)
    known = ~np.isnan(differences)
    return pd.DataFrame(
        {
            "number": range(1, n + 1),
            "difference": differences,
            "standard_error": 0.05,
            "df": math.nan,
            "significant": pd.Series([significant] * n, dtype=object).where(known),
            "why": pd.Series("no model", range(n), dtype=object).mask(known, None),
        }
    )


def cells_of(among, **how):
    return {
        ref.split(".placebo.")[1]: cell
        for ref, cell in by_ref(report.cells(among, **({"open_data": False} | how)))
        .items()
    }  # fmt: skip


DIFFERENCES = [-0.031, -0.005, -0.0049, 0.004, 0.014, 0.0251, 0.026, math.nan]


def test_bars_and_how_many_are_as_large_by_hand(study):
    """In whole points −3, −1, 0, 0, 1, 3, 3 (halves away from 0); the real one −2."""
    cells = cells_of(Among(study, programmes(DIFFERENCES), -2.4))
    bars = {
        cells[f"bar.{i}.at"].value: cells[f"bar.{i}.programmes"].value
        for i in range(sum(ref.endswith(".at") for ref in cells))
    }
    assert bars == {-3: 1, -2: 0, -1: 1, 0: 2, 1: 1, 2: 0, 3: 2}
    assert cells["as_large"].value == 3
    assert (cells["groups"].value, cells["estimated"].value) == (8, 7)
    # (−31 − 5 − 4.9 + 4 + 14 + 25.1 + 26)/7 thousandths = 4.0286
    assert cells["mean"].value == pytest.approx(0.40286, abs=1e-5)


@pytest.mark.parametrize(
    ("p_value", "as_far"), [(0.6, 2), (0.62, 3), (0.54, 1), (0.53, 0), (None, None)]
)
def test_how_many_stand_out_as_much_by_hand(study, p_value, as_far):
    """|d|/0.05 is .62 .1 .098 .08 .28 .502 .52, p .54 .92 .92 .94 .78 .62 .60."""
    cells = cells_of(Among(study, programmes(DIFFERENCES), -2.4, p_value))
    assert cells["as_far"].value == as_far
    assert any(need.endswith(".p_value") for need in cells["as_far"].needs)


def test_no_rate_of_false_alarms_where_few_could_be_tested(study):
    made = programmes(DIFFERENCES)
    made.loc[1:, "significant"] = None
    among = Among(study, made, -2.4)
    cells = cells_of(among)
    assert cells["false_alarms"].value is None
    assert cells["allowed_false_alarms"].value is None
    assert calibrated._untested(among)[0]["said"] == calibrated.NO_RATE
    assert calibrated._untested(Among(study, programmes(DIFFERENCES), -2.4)) == []


def test_many_steps_share_a_bar(study):
    """From −60 to 59 points in bars of 5, no more than 30 of them."""
    wide = Among(study, programmes(np.arange(-60, 60) / 100), 1.0)
    assert len(wide.bars) <= report.BARS
    assert list(wide.bars)[:2] == [-60, -55]
    # halves go up: −57, −58 … are nearest to −60 or −55
    assert wide.bars[-55] == 5
    assert sum(wide.bars.values()) == 120


def test_everything_is_withheld_with_the_result_and_both_rates(study):
    cells = cells_of(Among(study, programmes(DIFFERENCES), -2.4))
    asked = cells.pop("groups")
    assert asked.kind == "setting"
    for cell in cells.values():
        needs = {need.rpartition(".")[2] for need in cell.needs}
        assert needs - {"p_value"} == {
            "difference", "value_treatment", "value_comparison",
        }  # fmt: skip
        assert cell.kind == "derived"
        assert cell.rounding in ("whole", "tenth")


def test_a_result_that_is_not_shown_takes_all_numbers(study):
    cells = cells_of(Among(study, programmes(DIFFERENCES), None))
    assert {ref for ref, cell in cells.items() if cell.value is not None} == {"groups"}


def test_too_few_estimates_are_not_drawn(study):
    few = [0.01, 0.02, *[math.nan] * 3]
    among = Among(study, programmes(few), -2.4)
    cells = cells_of(among)
    assert not among.judged
    assert "as_large" not in cells
    assert not any(ref.startswith("bar") for ref in cells)


@pytest.mark.parametrize(("kind", "drawn"), [("days", True), ("amount", False)])
def test_a_measure_without_a_largest_value_is_not_drawn(study, kind, drawn):
    """The programmes that drew the one person who has most would lie by themselves."""
    unit = {"unit": "£"} if kind == "amount" else {}
    outcome = Outcome.model_validate({"name": "paid", "kind": kind, **unit})
    among = Among(replace(study, outcome=outcome), programmes(DIFFERENCES), -2.0)
    assert ("bar.0.at" in cells_of(among)) is drawn
    assert "bar.0.at" in cells_of(among, open_data=True)
    assert "as_large" in cells_of(among)


def test_a_figure_without_its_result_is_left_out_and_the_words_stay(study):
    ref = "all.placebo.as_large"
    figure = {"block": "figure", "key": "placebo-all", "figure": "placebo",
              "heading": "", "lead": [], "notes": [],
              "data": {"as_large": {"ref": ref}}}  # fmt: skip
    words = {"block": "words", "key": "placebo-all-words", "words": "placebo",
             "data": {"as_large": {"ref": ref}}}  # fmt: skip
    parts = [Part("robustness", one) for one in (figure, words)]
    request = load(ROOT / "params/example.yml")
    instead, stays = hidden.replaced(parts, {}, Decision({}, {ref: "needs"}), request)
    assert instead.recipe["words"] == "sentences"
    assert instead.recipe["data"]["sentences"] == []
    assert instead.recipe["data"]["instead_of"] == [{"ref": ref, "format": "count"}]
    assert stays.recipe == words


def results(study, p_value=0.47):
    row = {"analysis": study.name, "variant": "main", "outcome": study.outcome.name}
    numbers = {"difference": -0.017, "standard_error": 0.05, "ci_low": -0.06,
               "ci_high": 0.03, "p_value": p_value, "df": 800.0,
               "value_treatment": 0.3, "value_comparison": 0.317,
               "n_treatment": 600, "n_comparison": 700,
               "effective_comparison": 500.0}  # fmt: skip
    return pd.DataFrame([row | numbers])


def test_the_calibrated_result_by_hand(study):
    """Seven estimates of mean 0.01, spread 0.01 and SE 0.05: no spread beside chance.

    −0.017 − 0.01 = −0.027, and ± 1.959964·0.05: −12.5 to 7.1 points; z = −0.54.
    """
    made = programmes([0.0, 0.005, 0.01, 0.01, 0.01, 0.015, 0.02])
    made["difference"] += [0, 0, 0, 0, 0, 0.005, -0.005]
    among = Among(study, made, -1.7)
    mean = made["difference"].mean() * 100
    request = load(ROOT / "params/nc_prison_work.yml")
    cells = {
        ref.split(".placebo.")[1]: cell.value
        for ref, cell in by_ref(calibrated.cells(among, results(study), request))
        .items()
    }  # fmt: skip
    assert cells["calibrated.null_mean"] == pytest.approx(mean)
    assert cells["calibrated.null_spread"] == pytest.approx(0, abs=1e-4)
    assert cells["calibrated.difference"] == pytest.approx(-1.7 - mean)
    assert cells["calibrated.ci_low"] == pytest.approx(-1.7 - mean - 9.79982, abs=1e-4)


def test_a_result_without_a_test_is_not_calibrated(study):
    among = Among(study, programmes([0.01] * 8), -1.7)
    request = load(ROOT / "params/nc_prison_work.yml")
    untested = calibrated.cells(among, results(study, math.nan), request)
    assert {cell.value for cell in untested} == {None}


def test_the_page_places_the_result_among_made_up_programmes(shared):
    reviewers = shared.folder / "restricted" / "report-reviewers.html"
    published, for_reviewers = (
        plain(page) for page in (shared.report, reviewers.read_text("utf-8"))
    )
    assert "Beside made-up programmes" in published
    assert "we made up 20 programmes of people who were not in this one" in published
    assert "As large as the real result, by size alone" in published
    assert "empirical null" not in published
    assert "By the empirical null" in for_reviewers
    assert "All programmes are drawn from the same people" in for_reviewers
