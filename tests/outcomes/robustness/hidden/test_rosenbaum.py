"""Rosenbaum's bound: R's binomial, hand calculation, the open study, laws."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import studies
from support.effort import examples

from helpers.matching import matching
from helpers.outcomes.robustness.hidden import rosenbaum

EXPECTED = Path(__file__).parents[3] / "expected"
KNOWN = pd.read_csv(EXPECTED / "robustness_hidden.csv")


@pytest.mark.parametrize(("b", "n"), [(70, 110), (55, 90), (12, 12), (300, 500)])
def test_p_and_gamma_are_those_of_r(b, n):
    rows = KNOWN[KNOWN["name"] == f"{b} of {n}"].set_index("what")
    assert rosenbaum.p_value(b, n) == pytest.approx(rows["p_value"]["gamma"])
    assert rosenbaum.p_value(b, n, 1.1) == pytest.approx(rows["p_value"]["gamma 1.1"])
    assert rosenbaum.gamma(b, n) == pytest.approx(rows["df"]["gamma"], rel=1e-8)


def test_two_pairs_by_hand():
    # both of 2: P(Bin(2, 1/2) ≥ 2) = 1/4, two-sided 1/2; Γ = 3: (3/4)² · 2 > 1
    assert rosenbaum.p_value(2, 2) == pytest.approx(0.5)
    assert rosenbaum.p_value(2, 2, 3.0) == 1
    assert math.isnan(rosenbaum.gamma(2, 2))


@given(st.integers(1, 400), st.data())
@settings(max_examples=examples(60))
def test_at_gamma_p_is_five_per_cent(n, data):
    b = data.draw(st.integers(-(-n // 2), n))
    found = rosenbaum.gamma(b, n)
    if rosenbaum.p_value(b, n) > 0.05:
        assert math.isnan(found)
    else:
        assert found >= 1
        assert rosenbaum.p_value(b, n, found) == pytest.approx(0.05, abs=1e-9)


def test_the_open_study_has_the_pairs_of_the_reference():
    # nc_prison_work_reference.json: nearest on the propensity score, without a caliper
    study = studies.north_carolina()
    pairs = matching.match(
        study.model.score, study.group.treatment, method="nearest",
        distance="propensity", replacement=False,
    )  # fmt: skip
    found = rosenbaum.discordant(study, pairs)
    assert found == {"pairs": 672, "treated_alone": 71, "comparison_alone": 64}


def test_the_open_study_in_pairs_has_the_difference_of_its_published_figures():
    # method.md section 10: nearest without replacement at 0.2 SD −0.0038023, 526 pairs
    study = studies.north_carolina()
    found = rosenbaum.discordant(study, rosenbaum.pairs(study))
    apart = found["treated_alone"] - found["comparison_alone"]
    assert found["pairs"] == 526
    assert apart / 526 == pytest.approx(-0.0038023, abs=5e-8)


def study(ours, theirs, *, both=0, neither=0):
    """Pairs of people alike on age, so many of each sort; the pool has nobody else."""
    sorts = [(1, 0)] * ours + [(0, 1)] * theirs + [(1, 1)] * both + [(0, 0)] * neither
    n = len(sorts)
    rng = np.random.default_rng(7)
    age = rng.normal(size=n)
    people = pd.DataFrame(
        {
            "treatment": [1] * n + [0] * n,
            "age": np.concatenate([age, age + 1e-7]),
            "reoffended": [float(pair[0]) for pair in sorts]
            + [float(pair[1]) for pair in sorts],
        }
    )
    people.index = pd.RangeIndex(1, 2 * n + 1, name="person_id")
    return studies.of(people, ["age"])


def verdict(made):
    [check] = rosenbaum.checks(made)
    return check.verdict, check.text


def test_pairs_are_told_where_the_result_is_significant():
    [check] = rosenbaum.checks(study(20, 70, both=10, neither=60))
    row = check.table.iloc[0]
    assert check.verdict == "told"
    assert row["pairs"] == 160
    assert row["gamma"] == pytest.approx(
        rosenbaum.gamma(row["comparison_alone"],
                        row["treated_alone"] + row["comparison_alone"])
    )  # fmt: skip


def test_no_finding_no_bound():
    made = study(30, 32, both=10, neither=60)
    assert verdict(made) == ("none", rosenbaum.NOT_SIGNIFICANT)


class Other:
    """A study whose pairs tell something else than its result."""

    def __init__(self, made, values):
        self.made, self.values = made, values

    def __getattr__(self, name):
        return getattr(self.made, name)


@pytest.mark.parametrize(
    ("ours", "theirs", "why"),
    [(70, 20, rosenbaum.OTHER_WAY), (0, 0, rosenbaum.ALIKE),
     (40, 50, rosenbaum.NOT_IN_PAIRS)],
)  # fmt: skip
def test_pairs_that_do_not_bear_the_result_out_say_so(ours, theirs, why):
    made = study(20, 70, both=10, neither=60)
    assert made.estimate["significant"]
    other = study(ours, theirs, both=10, neither=150 - ours - theirs)
    assert verdict(Other(made, other.values)) == ("none", why)


def test_a_number_that_is_no_rate_has_no_pairs():
    made = study(20, 70, both=10, neither=60)
    other = studies.of(made.group.people, ["age"], made.values, kind="frequency")
    assert verdict(other) == ("none", rosenbaum.NO_RATE)
