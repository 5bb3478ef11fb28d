"""The weights of a comparison group: how they spread, and who weighs most."""

import numpy as np
import pandas as pd
import pytest

from helpers.matching import weights


@pytest.fixture
def match():
    """Two treated, five of the pool of whom one is not used; weights sum to 8."""
    labels = [11, 12, 25, 24, 23, 22, 21]
    treatment = pd.Series([1, 1, 0, 0, 0, 0, 0], index=labels)
    return pd.Series([1, 1, 1, 4, 0, 1, 2.0], index=labels), treatment


def test_who_weighs_most_comes_first_and_ties_by_person(match):
    most = weights.most_used(*match, people=3)
    assert most.index.tolist() == [24, 21, 22]
    assert most["weight"].tolist() == [4, 2, 1]
    assert most["share"].tolist() == [0.5, 0.25, 0.125]
    assert most.index.name == "person_id"
    # people of equal weight in the order of their ids, and none without weight
    assert weights.most_used(*match).index.tolist() == [24, 21, 22, 25]
    assert weights.largest_share(*match) == 0.5


def test_the_spread_is_of_those_who_are_used(match):
    spread = weights.quantiles(*match)
    assert spread["smallest"] == spread["25%"] == 1
    assert (spread["median"], spread["75%"], spread["largest"]) == (1.5, 2.5, 4)


def test_a_match_of_nobody(match):
    nobody, treatment = 0 * match[0], match[1]
    assert np.isnan(weights.largest_share(nobody, treatment))
    assert weights.most_used(nobody, treatment).empty
    assert weights.quantiles(nobody, treatment).isna().all()
