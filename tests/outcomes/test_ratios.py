"""Ratios of two means, beside tests/expected/ratios.R."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples

from helpers.outcomes import dispersion, ratios

TREATED = [3, 0, 2, 1, 0, 0, 5, 1, 0, 2]
POOL = [4, 0, 1, 0, 2, 3, 0, 1]
WEIGHTS = [2, 1, 0.5, 1.5, 1, 2, 1, 1]


def study(treated, pool, weights):
    y = pd.Series([*treated, *pool], dtype=float)
    group = pd.Series([1] * len(treated) + [0] * len(pool))
    return y, group, pd.Series([1.0] * len(treated) + list(weights), dtype=float)


def ratio(*of):
    return ratios.ratio(*study(*of)).tolist()


def test_a_ratio_of_frequencies_is_that_of_base_r():
    expected = [0.8, 0.246463, 2.596739]
    assert ratio(TREATED, POOL, WEIGHTS) == pytest.approx(expected, abs=5e-7)


def test_a_ratio_of_rates_is_that_of_base_r():
    # 40 of 100 against 100 of 200
    of = ([1] * 40 + [0] * 60, [1] * 100 + [0] * 100, [1.0] * 200)
    assert ratio(*of) == pytest.approx([0.8, 0.604575, 1.058595], abs=5e-7)


@pytest.mark.parametrize(
    ("treated", "pool"), [([0, 0, 0], [1, 0, 2]), ([1, 0, 2], [0, 0, 0])]
)
def test_there_is_no_ratio_where_a_mean_is_zero(treated, pool):
    assert np.isnan(ratio(treated, pool, [1, 1, 1])).all()


def test_people_without_a_weight_or_a_value_do_not_count():
    y, group, w = study([*TREATED, 9, np.nan], [*POOL, 9], [*WEIGHTS, 0])
    w[10] = 0.0
    found = ratios.ratio(y, group, w)
    assert found.tolist() == pytest.approx(ratio(TREATED, POOL, WEIGHTS))
    varies = dispersion.over_dispersion(y, group, w)
    assert varies == pytest.approx(1.66249, abs=5e-6)


counts = st.lists(st.integers(0, 9), min_size=3, max_size=9).filter(
    lambda values: len(set(values)) > 1
)


@settings(max_examples=examples(20), deadline=None)
@given(counts, counts)
def test_the_ratio_the_other_way_round_is_one_over_it(one, other):
    there = ratio(one, other, [1.0] * len(other))
    back = ratio(other, one, [1.0] * len(one))
    assert there[0] == pytest.approx(1 / back[0])
    assert there[1] == pytest.approx(1 / back[2])
    assert there[1] <= there[0] <= there[2]


def test_the_over_dispersion_is_that_of_base_r():
    found = dispersion.over_dispersion(*study(TREATED, POOL, WEIGHTS))
    assert found == pytest.approx(1.66249, abs=5e-6)


def test_counts_of_pure_chance_vary_as_much_as_their_mean():
    # Poisson counts of mean 1, as often as their probabilities among 10,000 people
    often = [3679, 3679, 1839, 613, 153, 31, 5, 1]
    pool = np.repeat(np.arange(8), often)
    found = dispersion.over_dispersion(*study([1, 2], pool, np.ones(len(pool))))
    assert found == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("pool", [[], [2], [0, 0, 0]])
def test_there_is_none_of_nobody_of_one_person_or_of_nothing(pool):
    assert dispersion.over_dispersion(*study([1, 2], pool, [1.0] * len(pool))) is None
