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
from helpers.outcomes.report.robustness.before.among import BARS, Among, nought
from helpers.publication.cells import by_ref
from helpers.publication.disclosure import Decision
from helpers.publication.report import hidden
from helpers.publication.report.publish_cells import Part
from helpers.request import Outcome, load


@pytest.fixture(scope="module")
def study():
    return studies.north_carolina()


def programmes(differences, significant=False, own=None):
    n = len(differences)
    known = ~np.isnan(differences)
    return pd.DataFrame(
        {
            "number": range(1, n + 1),
            "difference": differences,
            "standard_error": 0.05 if own is None else own,
            "df": 1e9,
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


DIFFERENCES = [-0.031, -0.0051, -0.0049, 0.004, 0.014, 0.0251, 0.026, math.nan]


def of(study, made, real=-2.4, p_value=0.62, standard_error=5.0, rounded=True):
    return Among(study, made, real, p_value, standard_error, rounded)


def bars_of(cells):
    return {
        cells[f"bar.{i}.at"].value: (
            cells[f"bar.{i}.programmes"].value, cells[f"bar.{i}.larger"].value,
        )
        for i in range(sum(ref.endswith(".at") for ref in cells))
    }  # fmt: skip


def test_bars_and_how_many_are_as_large_by_hand(study):
    """In whole points −3, −1, 0, 0, 1, 3, 3 (halves away from 0); the real one −2.

    −3.1, 2.51 and 2.6 points are 0.62, 0.502 and 0.52 standard errors of 5: p 0.535,
    0.616 and 0.603, in hundredths 0.54, 0.62 and 0.60. At an exact p of 0.61 the second
    is smaller than the real one.
    """
    made = programmes(DIFFERENCES)
    cells = cells_of(of(study, made))
    assert bars_of(cells) == {
        -3: (1, 1), -2: (0, 0), -1: (1, 0), 0: (2, 0), 1: (1, 0), 2: (0, 0), 3: (2, 2),
    }  # fmt: skip
    assert cells["as_large"].value == 3
    exact = cells_of(of(study, made, p_value=0.61, rounded=False))
    assert exact["as_large"].value == 2
    assert bars_of(exact)[3] == (2, 1)
    assert (cells["groups"].value, cells["estimated"].value) == (8, 7)
    # (−31 − 5.1 − 4.9 + 4 + 14 + 25.1 + 26)/7 thousandths = 4.0143
    assert cells["mean"].value == pytest.approx(0.40143, abs=1e-5)


def test_programmes_of_fewer_people_are_brought_to_the_size_of_the_real_one(study):
    """Of 2 and 4 points with SE 4 and the real one's 1: half a point and one.

    So none is as large as a real one of 2 points (p 0.05), though both are in points;
    one of 8 is: p 2·Φ(−2) = 0.0455.
    """
    made = programmes([0.02, 0.04, 0.08, -0.001], own=0.04)
    cells = cells_of(of(study, made, 1.96, 0.05, 1.0, rounded=False))
    assert cells["as_large"].value == 1
    assert bars_of(cells) == {0: (1, 0), 1: (2, 0), 2: (1, 1)}


def test_a_result_without_a_test_has_no_place(study):
    cells = cells_of(of(study, programmes(DIFFERENCES), p_value=None))
    assert cells["as_large"].value is None
    assert cells["estimated"].value == 7
    assert not any(ref.startswith("bar") for ref in cells)


def test_many_steps_share_a_bar(study):
    """From −60 to 59 points in bars of 5, no more than 30 of them."""
    wide = of(study, programmes(np.arange(-60, 60) / 100), 1.0)
    assert len(wide.bars) <= BARS
    assert [bar[0] for bar in wide.bars[:2]] == [-60, -55]
    # halves go up: −57, −58 … are nearest to −60 or −55
    assert wide.bars[1][1] == 5
    assert sum(bar[1] for bar in wide.bars) == 120


def test_everything_is_withheld_with_the_result_and_both_rates(study):
    cells = cells_of(of(study, programmes(DIFFERENCES)))
    asked = cells.pop("groups")
    assert asked.kind == "setting"
    for cell in cells.values():
        assert {need.rpartition(".")[2] for need in cell.needs} == {
            "difference", "ci_low", "ci_high", "p_value",
            "value_treatment", "value_comparison",
        }  # fmt: skip
        assert cell.kind == "derived"
        assert cell.rounding in ("whole", "tenth")


def test_a_result_that_is_not_shown_takes_all_numbers(study):
    cells = cells_of(Among(study, programmes(DIFFERENCES), None))
    assert {ref for ref, cell in cells.items() if cell.value is not None} == {"groups"}


def test_too_few_estimates_are_not_drawn(study):
    few = [0.01, 0.02, *[math.nan] * 3]
    among = of(study, programmes(few))
    cells = cells_of(among)
    assert not among.judged
    assert "as_large" not in cells
    assert not any(ref.startswith("bar") for ref in cells)


@pytest.mark.parametrize(("kind", "drawn"), [("days", True), ("amount", False)])
def test_a_measure_without_a_largest_value_is_not_drawn(study, kind, drawn):
    """The programmes that drew the one person who has most would lie by themselves."""
    unit = {"unit": "£"} if kind == "amount" else {}
    outcome = Outcome.model_validate({"name": "paid", "kind": kind, **unit})
    among = of(replace(study, outcome=outcome), programmes(DIFFERENCES), -2.0)
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
    assert "we made up 20 programmes of people who were not in this one" in published
    assert "As large as the real result, or larger" in published
    assert "empirical null" not in published
    assert "By the empirical null" in for_reviewers
    assert "All programmes are drawn from the same people" in for_reviewers


@pytest.mark.parametrize(
    ("kind", "unit", "least"),
    [("rate", "", 0.005), ("frequency", "", 0.005), ("days", "", 0.5),
     ("amount", "£", 0.5), ("amount", "hours a week", 0.05)],
)  # fmt: skip
def test_the_smallest_difference_that_is_not_printed_as_0(kind, unit, least):
    """Half a point, half of one for every 100 people, half a day, £0.50, 0.05 hours."""
    of_amount = {"unit": unit} if unit else {}
    outcome = Outcome.model_validate({"name": "one", "kind": kind, **of_amount})
    assert nought(outcome) == pytest.approx(least)


def test_where_fewer_than_half_are_tested_the_table_says_why(study):
    made = programmes([0.1, -0.1] * 20, None)
    among = of(study, made)
    assert cells_of(among)["false_alarms"].value is None
    said = [part["said"] for part in calibrated._without(among)]
    assert said == [calibrated.UNTESTED]
