"""Where scores overlap: shares by bin, counted by hand."""

import numpy as np
import pandas as pd
import pytest
import small_study

from helpers.matching import overlap

BASE = f"{small_study.BASE}.overlap"
GROUPS = (
    "treatment_before",
    "comparison_before",
    "treatment_after",
    "comparison_after",
)


@pytest.fixture
def shown(tmp_path):
    """Three treated and four of the pool; one of each is not matched."""
    group = small_study.group([1, 1, 1, 0, 0, 0, 0], {"age": [20.0] * 7})
    score = pd.Series([0.05, 0.06, 0.99, 0.02, 0.05, 0.09, 0.5], group.people.index)
    weights = pd.Series([1, 1, 0, 0.5, 1.0, 0.5, 0], group.people.index)
    match = small_study.matched(weights, group.treatment)
    run = small_study.stage(tmp_path, "matching", small_study.study())
    name = small_study.NAME
    model = small_study.model(score)
    [block] = overlap.figures(run, {name: group}, {name: model}, {name: match})
    return run, block


def values(run, bin_):
    cells = [run.cells[f"{BASE}.{bin_}.{group}"] for group in GROUPS]
    return [(cell.value, cell.numerator, cell.denominator) for cell in cells]


def test_shares_and_counts_by_hand(shown):
    run, _ = shown
    third = pytest.approx(100 / 3)
    # up to 0.05 at the limit itself; then above it up to 0.10
    assert values(run, 0) == [(third, 1, 3), (50, 2, 4), (50, 1, 2), (75, 2, 3)]
    assert values(run, 1) == [(third, 1, 3), (25, 1, 4), (50, 1, 2), (25, 1, 3)]
    assert values(run, 19) == [(third, 1, 3), (0, 0, 4), (0, 0, 2), (0, 0, 3)]
    assert {cell.kind for cell in run.registered} == {"rate"}


def test_the_shares_of_each_group_make_a_hundred(shown):
    run, block = shown
    assert len(block.recipe["data"]["bins"]) == 20
    for group in GROUPS:
        shares = [run.cells[f"{BASE}.{i}.{group}"].value for i in range(20)]
        assert sum(shares) == pytest.approx(100)


def test_bins_are_named_by_their_limits(shown):
    _, block = shown
    bins = block.recipe["data"]["bins"]
    assert [bins[i]["label"] for i in (0, 3, 19)] == [
        "0.00 to 0.05",
        "0.15 to 0.20",
        "0.95 to 1.00",
    ]
    assert bins[3]["comparison_after"]["ref"] == f"{BASE}.3.comparison_after"


def test_a_match_of_nobody_leaves_empty_bins(tmp_path):
    group = small_study.group([1, 1, 0, 0], {"age": [20.0] * 4})
    score = pd.Series([0.9, 0.9, 0.1, 0.1], group.people.index)
    nobody = small_study.matched(pd.Series(0.0, group.people.index), group.treatment)
    run = small_study.stage(tmp_path, "matching", small_study.study())
    name = small_study.NAME
    overlap.figures(run, {name: group}, {name: small_study.model(score)},
                    {name: nobody})  # fmt: skip
    after = [run.cells[f"{BASE}.{i}.treatment_after"] for i in range(20)]
    assert {(cell.value, cell.denominator) for cell in after} == {(0, 0)}
    before = [run.cells[f"{BASE}.{i}.treatment_before"].value for i in range(20)]
    assert np.sum(before) == 100
