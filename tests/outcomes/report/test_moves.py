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


WHOLE = {"difference": "whole", "ci_low": "limit", "ci_high": "limit", "p_value": "p"}


def told(low, high, p, by=0.0, roundings=None):
    middle = (low + high) / 2
    values = {"difference": middle, "ci_low": low, "ci_high": high, "p_value": p}
    return moves.told(values, by, roundings or WHOLE)


def test_limits_of_a_significant_result_tell_its_side():
    values, roundings = told(0.00034, 0.00056, 0.001)  # in £ million, say
    assert [values[end] for end in moves.ENDS] == [0.0003, 0.0006]
    assert values["difference"] == 0.0005  # halves of 0.00045 go away from zero
    assert set(roundings.values()) == {"first figure", "p"}


@pytest.mark.parametrize(
    ("low", "high", "p"),
    [
        (-0.00034, 0.00056, 0.4),  # not significant
        (0.00034, 0.00056, float("nan")),  # not tested
        (0.00034, 3.2, 0.01),  # the other limit tells it
        (0.06, 0.3, 0.01),  # as does one more decimal
    ],
)
def test_others_keep_the_digits_of_their_measure(low, high, p):
    values, roundings = told(low, high, p)
    assert roundings == WHOLE
    assert (values["ci_low"], values["ci_high"]) == (low, high)


def test_a_move_does_not_hide_what_p_has_told():
    values, _ = told(0.2, 0.9, 0.01, by=-1.5)
    assert (values["ci_low"], values["ci_high"]) == (0.2, 0.9)
