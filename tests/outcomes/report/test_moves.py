"""How rates, differences and intervals move with rounded counts, by hand."""

from types import SimpleNamespace

import pytest
from support import small_study

from helpers.outcomes.report import moves


def moved(profile="rounded", effective=200.0, outcome=0):
    request = small_study.study(disclosure={"profile": profile})
    row = SimpleNamespace(
        n_treatment=93, n_comparison=200, effective_comparison=effective,
        value_treatment=38 / 93, value_comparison=81 / 200,
    )  # fmt: skip
    return moves.of(row, request.outcomes[outcome], request)


def test_the_difference_is_that_of_the_rates_of_rounded_counts():
    found = moved()
    # 40 of 95 for 38 of 93, and 80 of 200 for 81
    assert found.by_group["treatment"] == pytest.approx(100 * (40 / 95 - 38 / 93))
    assert found.by_group["comparison"] == pytest.approx(-0.5)
    assert found.difference == pytest.approx(100 * (40 / 95 - 38 / 93) + 0.5)


def test_a_weighted_rate_stays():
    assert moved(effective=150.0).by_group["comparison"] == 0


def test_other_profiles_and_a_frequency_move_nothing():
    assert moved("default").difference == 0
    assert moved(outcome=1).difference == 0


def test_a_limit_stays_on_its_side_of_nought():
    assert moves.limit(-8.0, 1.5) == -6.5
    assert moves.limit(-0.6, 1.5) == 0
    assert moves.limit(0.6, -1.5) == 0
