"""Many tests at once: R's p.adjust, families, and what is left out."""

from pathlib import Path

import pandas as pd
import pytest

from helpers.outcomes.robustness.testing import many

EXPECTED = Path(__file__).parents[3] / "expected"


def results(rows):
    columns = ["analysis", "outcome", "p_value", "variant"]
    return pd.DataFrame([(*row, "main") for row in rows], columns=columns)


def test_q_is_that_of_r():
    known = pd.read_csv(EXPECTED / "robustness_hidden.csv")
    known = known[known["what"] == "q"]
    p = known["name"].astype(float)
    found = many.discoveries(results([(f"A{i}", "rate", one)
                                      for i, one in enumerate(p)]), [])  # fmt: skip
    assert found["q_value"].tolist() == pytest.approx(known["p_value"].tolist())
    assert found["significant"].tolist() == [True, True] + [False] * 8
    assert set(found["tests"]) == {10}


def test_each_measure_is_a_family_of_analyses_that_are_no_headline():
    found = many.discoveries(
        results([("All", "rate", 0.001), ("Men", "rate", 0.02), ("Women", "rate", 0.04),
                 ("Men", "days", 0.04), ("Women", "days", None)]),
        ["All"],
    )  # fmt: skip
    # rate: 0.02 · 2/1 = 0.04 and 0.04 · 2/2 = 0.04; days: 0.04 alone
    assert found["q_value"].tolist() == pytest.approx([0.04, 0.04, 0.04])
    assert found["tests"].tolist() == [2, 2, 1]


def test_with_headlines_alone_there_is_no_family():
    assert many.discoveries(results([("All", "rate", 0.01)]), ["All"]).empty


def test_rungs_of_ladders_are_no_analyses():
    rung = results([("Men", "rate", 0.01)]).assign(variant="links_id")
    assert many.discoveries(rung, []).empty


def test_one_in_twenty_stands_out_by_chance():
    assert many.expected_by_chance(6) == pytest.approx(0.3)
