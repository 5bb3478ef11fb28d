"""A published interval, by the method of this kit: Prisoners' Education Trust, 2014.

3,085 people in the programme, 19% against 26%, printed as 5 to 8 fewer in every 100.
How many were compared is not printed (params/catalogue/results.csv, pet2014_all).
"""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from helpers.outcomes.estimates import difference

PEOPLE = 3085
#: how many of them are printed as 19%, and as 26%: 18.5% of 3,085 is 570.7, 19.5% is
#: 601.6; 25.5% is 786.7, and 26.5% is 817.5
AS_19, AS_26 = np.arange(571, 602), np.arange(787, 818)


def welch(reoffended, reoffended_there, compared):
    """Both limits of Welch's interval in points: of 0 and 1, s² is n/(n-1) p(1-p)."""
    p, q = reoffended / PEOPLE, reoffended_there / compared
    own, other = p * (1 - p) / (PEOPLE - 1), q * (1 - q) / (compared - 1)
    df = (own + other) ** 2 / (own**2 / (PEOPLE - 1) + other**2 / (compared - 1))
    half = stats.t.ppf(0.975, df) * np.sqrt(own + other)
    return 100 * (p - q - half), 100 * (p - q + half)


def printed_8_to_5(low, high):
    return (-8.5 < low) & (low < -7.5) & (-5.5 < high) & (high < -4.5)


@pytest.mark.parametrize("times", [1, 10, 30])
def test_the_kit_gives_this_interval(times):
    """The kit's interval of people is the one that is worked out by hand here."""
    n, x, y = PEOPLE * times, 590, 800 * times
    outcome = pd.Series(np.repeat([1.0, 0, 1, 0], [x, PEOPLE - x, y, n - y]))
    treatment = pd.Series(np.repeat([1, 0], [PEOPLE, n]))
    found = difference(outcome, treatment, pd.Series(1.0, outcome.index), kind="rate")
    limits = [100 * found[name] for name in ("ci_low", "ci_high")]
    assert limits == pytest.approx(welch(x, y, n), abs=1e-9)


@pytest.mark.parametrize("times", [10, 30])
def test_rates_as_printed_give_it_where_the_comparison_group_is_large(times):
    n = PEOPLE * times
    shares = np.linspace(0.2551, 0.2649, 99)
    low, high = welch(AS_19[:, None], np.round(shares * n)[None, :], n)
    assert printed_8_to_5(low, high).any()


def test_no_rates_give_it_where_as_many_are_compared():
    """Every count that is printed as 19% against every count that is printed as 26%.

    Half the width is 2.1 points: the upper limit is printed as -5 for differences from
    -7.6 to -6.6 alone, the lower one as -8 for -6.4 to -5.4 alone.
    """
    low, high = welch(AS_19[:, None], AS_26[None, :], PEOPLE)
    assert low.shape == (31, 31)
    assert not printed_8_to_5(low, high).any()
