"""The default matching finds in made-up people the effect that was put in."""

import numpy as np
import pytest
from support.made_up_cohort import make

from helpers.files import ROOT
from helpers.intake.cohort import hand_over
from helpers.matching import balance, groups, matching, propensity
from helpers.outcomes import estimates
from helpers.request import load

EXAMPLE = load(ROOT / "params" / "example.yml")
DEFAULT = {"sd": 0.05, "of": "pooled"}


def matched(made):
    """The people of the first analysis, and how they were matched."""
    rows = hand_over.people(made, EXAMPLE)
    group = groups.select(rows, EXAMPLE.analyses[0])
    score = propensity.fit(group.people, "treatment", group.covariates).score
    treatment = group.people["treatment"]
    return group, matching.match(score, treatment, caliper=DEFAULT)


def difference(made, group, match):
    """The rate's difference of matched people, whose outcomes are in a cohort."""
    rate = hand_over.outcomes(made, EXAMPLE).set_index("person_id")["reoffending_rate"]
    return estimates.difference(rate, group.people["treatment"], match.weights)


def analyse(made):
    """The rate's difference, the largest SMD before and after, the share matched."""
    group, match = matched(made)
    people, treatment = group.people, group.people["treatment"]
    table = balance.table(people, treatment, match.weights, group.covariates, ks=False)
    found = difference(made, group, match)
    smd = table[["smd_before", "smd_after"]].abs().max()
    return found, smd, match.n_treatment / group.n_treatment


def test_a_reduction_is_found_on_a_good_match():
    found, smd, matched = analyse(make(6000, 480, -0.08, 1))
    assert found["significant"]
    assert found["ci_low"] < -0.08 < found["ci_high"] < 0
    assert 30 < smd["smd_before"] < 50
    assert smd["smd_after"] <= 5
    assert matched > 0.98


OUTCOMES = ["reoffended", "reoffences", "days_to_first_reoffence"]


@pytest.mark.slow
def test_matching_finds_the_effect_on_average():
    """Whatever the effect, the same people are submitted: they are matched once."""
    found = {effect: [] for effect in (-0.08, 0.0, 0.1)}
    for seed in range(1, 31):
        made = {effect: make(3000, 240, effect, seed) for effect in found}
        first, *others = [one.drop(columns=OUTCOMES) for one in made.values()]
        assert all(first.equals(other) for other in others)
        group, match = matched(made[0.0])
        for effect, one in made.items():
            found[effect].append(difference(one, group, match)["difference"])
    for effect, each in found.items():
        noise = np.std(each, ddof=1) / np.sqrt(len(each))
        assert np.mean(each) == pytest.approx(effect, abs=3 * noise), effect


def test_heavy_selection_leaves_a_poor_match_and_many_unmatched():
    _, smd, matched = analyse(make(900, 400, selection=4.0))
    assert smd["smd_after"] > 10
    assert matched < 0.8


def test_a_small_study_of_a_strong_programme_has_too_few_events_to_test():
    found, _, _ = analyse(make(700, 40, effect=-0.25))
    assert np.isnan(found["p_value"]) and found["significant"] is None
