"""Hidden bias by what was measured: groups, hand calculation, what cannot be met."""

import math

import numpy as np
import pandas as pd
import pytest
from support import studies

from helpers.outcomes.robustness.hidden import hidden_bias


def test_columns_of_one_source_are_a_group_and_each_count_by_itself():
    found = hidden_bias.groups(
        ["sex", "age", "offence_group", "previous_offences", "copas_rate",
         "previous_custody_under_12_months", "employed", "person", "region"]
    )  # fmt: skip
    past = ("previous_offences", "copas_rate", "previous_custody_under_12_months")
    assert found == {
        "records of person": ("sex", "age"),
        "offence_group": ("offence_group",),
        "criminal history": past,
        "employed": ("employed",),
        "previous_offences": ("previous_offences",),
        "previous_custody_under_12_months": ("previous_custody_under_12_months",),
        "person": ("person",),  # a column of the cohort's own, not the source
        "region": ("region",),
    }


@pytest.mark.parametrize(
    ("low", "high", "by", "ends", "holds"),
    [
        (-8, -2, 1, (-7, -1), True),
        (-8, -2, -1, (-7, -1), True),
        (-8, -2, 3, (-5, 1), False),
        (2, 8, 1, (1, 7), True),
        (2, 8, -2, (0, 6), False),
    ],
)
def test_the_interval_moves_towards_nought(low, high, by, ends, holds):
    assert hidden_bias.towards_zero(low, high, by) == ends
    assert hidden_bias.still_holds(low, high, by) == holds


def people(groups):
    """A row for each person: treatment, trait, other, reoffended."""
    rows = [row for *row, n in groups for _ in range(n)]
    columns = ["treatment", "trait", "other", "reoffended"]
    frame = pd.DataFrame(rows, columns=columns).astype({"reoffended": float})
    frame.index = pd.RangeIndex(1, len(frame) + 1, name="person_id")
    return frame.astype({"trait": float, "other": float})


def by_hand():
    """Half of the treated have the trait, and a quarter of the pool.

    Who has it reoffends in 60%, who has not in 20%, in the pool; 10% of the treated do.
    The other characteristic is even everywhere and goes with nothing.
    """
    pool = [(0, trait, other, y, n) for trait, events, size in
            ((1, 60, 100), (0, 60, 300)) for other in (0, 1)
            for y, n in ((1, events), (0, size - events))]  # fmt: skip
    ours = [(1, trait, other, y, n) for trait in (0, 1) for other in (0, 1)
            for y, n in ((1, 5), (0, 45))]  # fmt: skip
    return people([*pool, *ours])


def test_leaving_the_trait_out_moves_the_difference_by_hand():
    """With it the pool's mean is (60% + 20%)/2 = 40%: 10% − 40% = −30 points.

    Without it the pool's own mean, (120 + 120)/800 = 30%: −20 points, 10 away.
    """
    study = studies.of(by_hand(), ["trait", "other"])
    [check] = hidden_bias.checks(study)
    rows = check.table.set_index("group")
    assert rows.loc["trait", "without"] == pytest.approx(-0.20, abs=1e-7)
    assert rows.loc["trait", "moved"] == pytest.approx(0.10, abs=1e-7)
    assert rows.loc["other", "moved"] == pytest.approx(0, abs=1e-7)
    assert check.verdict == "holds"
    found = study.estimate
    assert rows.loc["trait", "ci_high"] == pytest.approx(found["ci_high"] + 0.10)


def test_one_characteristic_alone_leaves_nothing():
    [check] = hidden_bias.checks(studies.of(by_hand(), ["trait"]))
    assert (check.verdict, check.text) == ("none", hidden_bias.NONE_TOLD)
    assert check.table["why"].tolist() == [hidden_bias.NOTHING_LEFT]


def test_without_a_finding_there_is_none_to_undo():
    made = by_hand()
    made.loc[made["treatment"] == 1, "reoffended"] = (
        np.arange((made["treatment"] == 1).sum()) % 5 < 2
    ).astype(float)
    [check] = hidden_bias.checks(studies.of(made, ["trait", "other"]))
    assert (check.verdict, check.text) == ("none", hidden_bias.NOT_SIGNIFICANT)
    assert check.table.empty


def test_what_cannot_be_met_says_so(monkeypatch):
    study = studies.of(by_hand(), ["trait", "other"])
    real = hidden_bias.entropy_balancing.weights

    def refuse(study, without=()):
        if not without or "trait" in without:
            raise hidden_bias.KitError("cannot be met")
        return real(study, without)

    monkeypatch.setattr(hidden_bias.entropy_balancing, "weights", refuse)
    [check] = hidden_bias.checks(study)
    assert (check.verdict, check.text) == ("none", hidden_bias.NOT_MET)


def test_one_group_that_cannot_be_met_leaves_the_others(monkeypatch):
    study = studies.of(by_hand(), ["trait", "other"])
    real = hidden_bias.entropy_balancing.weights

    def refuse(study, without=()):
        if "trait" in without:
            raise hidden_bias.KitError("cannot be met")
        return real(study, without)

    monkeypatch.setattr(hidden_bias.entropy_balancing, "weights", refuse)
    [check] = hidden_bias.checks(study)
    rows = check.table.set_index("group")
    assert rows.loc["trait", "why"] == hidden_bias.NOT_MET
    assert math.isnan(rows.loc["trait", "moved"])
    assert rows.loc["other", "holds"]
    assert check.verdict == "holds"
