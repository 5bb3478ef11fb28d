"""The register: every test of every table and method, in one list."""

from types import SimpleNamespace

import numpy as np
import pandas as pd

from helpers.outcomes.robustness.check import Check
from helpers.outcomes.robustness.testing import register

RESULTS = pd.DataFrame({"analysis": ["All", "Men"], "variant": "main",
                        "outcome": "rate", "p_value": [0.01, np.nan]})  # fmt: skip
PAIRS = pd.DataFrame({"first": ["Men"], "second": ["Women"], "outcome": ["rate"],
                      "p_value": [0.4]})  # fmt: skip


def check(name, **columns):
    return Check(name, "told", pd.DataFrame(columns), "")


def test_every_table_and_method_is_listed():
    studies = {"All": SimpleNamespace(outcome=SimpleNamespace(name="rate"))}
    doubts = {
        "All": [
            check("ipw", variant=["ipw"], p_value=[0.2]),
            check("tests_beside", test=["headline", "welch_raw"], p_value=[0.01, 0.02]),
            check("rosenbaum", p_value=[0.03]),
            check("e_value", e_value=[2.0]),
        ]
    }
    methods = register.of_checks(doubts, studies)
    tests = register.tests({"welch": RESULTS, "between": PAIRS}, methods)
    assert tests.fillna(-1).to_numpy().tolist() == [
        ["welch", "All", "", "main", "rate", 0.01],
        ["welch", "Men", "", "main", "rate", -1],
        ["between", "Men", "Women", "main", "rate", 0.4],
        ["ipw", "All", "", "ipw", "rate", 0.2],
        ["tests_beside", "All", "", "welch_raw", "rate", 0.02],
        ["rosenbaum", "All", "", "main", "rate", 0.03],
    ]


def test_without_tests_the_list_is_empty():
    none = register.of_checks({}, {})
    assert register.tests({"welch": RESULTS[:0]}, none).empty


def test_the_earlier_year_is_a_test_where_it_was_looked_at():
    table = pd.DataFrame({"variant": ["negative_control"], "p_value": [0.77]})
    controls = {"All": Check("negative_control", "holds", table, "", pd.Index([1])),
                "Men": Check("negative_control", "none", table, "no year")}  # fmt: skip
    [row] = register.of_controls(controls).to_numpy().tolist()
    assert row == ["earlier", "All", "", "negative_control", "offended_before", 0.77]


def test_mean_times_are_tests_of_their_rate():
    found = register.of_means({"All": pd.Series({"p_value": 0.3})}, "rate")
    assert found.to_numpy().tolist() == [["All", "rate", 0.3]]
