"""What a hidden characteristic of known strength does to each bound; support has none.

People are drawn from known laws (support.known_effect): support changes nothing, and
what is hidden moves taking part and reoffending by the same log odds.
"""

import numpy as np
import pytest
from support import known_effect, studies

from helpers.outcomes.robustness.hidden import e_value, hidden_bias, rosenbaum

pytestmark = pytest.mark.slow
SEEDS = range(12)
STRENGTH, OF_HALVES = 1.6, 3.0  # times the odds, of taking part and of reoffending


def drawn(seed, *, halves, n=12_000, share=0.12):
    strength = np.log(OF_HALVES if halves else STRENGTH)
    rng = np.random.default_rng(seed)
    frame = known_effect.people(n, share, strength, rng, odds=0.0, halves=halves)
    return frame, studies.of(frame, known_effect.COVARIATES)


@pytest.fixture(scope="module")
def normal():
    return [drawn(seed, halves=False) for seed in SEEDS]


@pytest.fixture(scope="module")
def halves():
    return [drawn(100 + seed, halves=True) for seed in SEEDS]


def test_at_its_own_strength_the_contour_tells_the_difference_that_remains(normal):
    """The matched groups' difference on it, times the outcome's slope on it there."""
    left = []
    for frame, study in normal:
        used = study.weights[study.weights > 0]
        rows = frame.loc[used.index]
        pool = rows["treatment"] == 0
        w = used[pool]
        u, y = rows.loc[pool, "hidden"], rows.loc[pool, "reoffended"]
        mean = np.average(u, weights=w)
        apart = rows.loc[~pool, "hidden"].mean() - mean
        about = u - mean
        slope = (w * about * y).sum() / (w * about**2).sum()
        left.append((study.estimate["difference"], apart * slope))
    found, told = np.array(left).T
    error = (found - told).std(ddof=1) / np.sqrt(len(found))
    assert found.mean() > 0.03  # a difference where there is none
    assert abs((found - told).mean()) < 3 * error + 0.005


def test_what_is_as_strong_as_it_seldom_moves_pairs_beyond_their_bound(halves):
    """At its own Γ, pairs of no effect are significant in 5% at most; at 1 in most."""
    alone, bounded = [], []
    for _, study in halves:
        counts = rosenbaum.discordant(study, rosenbaum.pairs(study))
        ours, theirs = counts["treated_alone"], counts["comparison_alone"]
        of = max(ours, theirs), ours + theirs
        alone.append(rosenbaum.p_value(*of) <= 0.05)
        bounded.append(rosenbaum.p_value(*of, OF_HALVES) <= 0.05)
    assert sum(bounded) <= 2  # P(Bin(12, 0.05) > 2) = 0.02
    assert sum(alone) > 6


def test_the_e_value_of_what_it_does_is_no_more_than_its_strength(halves):
    """A ratio of rates and of shares is no larger than that of odds."""
    rates = np.array([study.estimate[["value_treatment", "value_comparison"]]
                      for _, study in halves], dtype=float)  # fmt: skip
    ours, theirs = rates.mean(axis=0)
    assert ours > theirs
    assert e_value.e_value(ours / theirs) <= OF_HALVES


def test_moved_by_what_is_as_strong_the_interval_holds_the_truth(normal):
    """The record moves odds more than what is hidden does: 0.8 and 0.6 each."""
    held = []
    for _, study in normal:
        low, high = study.estimate["ci_low"], study.estimate["ci_high"]
        together = hidden_bias._difference(study)
        by = abs(hidden_bias._difference(study, ["record"]) - together)
        held.append(low - by <= 0 <= high + by)
    assert sum(held) >= 10
