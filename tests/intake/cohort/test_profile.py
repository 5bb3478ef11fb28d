"""Losses that differ between the groups: counted by hand."""

import numpy as np
import pandas as pd
import pytest
from support.ready_cohort import a_request

from helpers.intake.cohort import profile
from helpers.intake.cohort.losses import NOT_LINKED, OUTCOME_MISSING, TOO_RECENT

REQUEST = a_request("people.csv")
MADE_UP = a_request("", inputs={"made_up": {"people": 2000, "submitted": 200}})


def losses(treated, pool, size=200, **columns):
    """The table of two groups of a size, of which so many have no outcome."""
    reoffended = [np.nan] * treated + [0.0] * (size - treated)
    reoffended += [np.nan] * pool + [1.0] * (size - pool)
    groups = [1] * size + [0] * size
    cohort = pd.DataFrame({"treatment": groups, "reoffended": reoffended, **columns})
    return profile.losses_apart(cohort, REQUEST).set_index("loss")


def test_a_third_of_the_treated_and_all_of_the_pool_have_an_outcome():
    row = losses(133, 0).loc[OUTCOME_MISSING]
    assert (row["treatment"], row["pool"]) == (0.665, 0)
    assert row["apart"]


@pytest.mark.parametrize(
    ("treated", "pool", "apart"),
    [
        (0, 0, False),
        (20, 20, False),
        (10, 0, False),  # 5 points and no more
        (12, 0, True),  # 6 points; z 3.52
        (30, 20, False),  # 5 points
        (31, 20, False),  # 5.5 points; z 1.65, within chance
        (20, 40, True),  # 10 points fewer; z 2.80
    ],
)
def test_apart_is_more_than_five_points_and_beyond_chance(treated, pool, apart):
    assert losses(treated, pool).loc[OUTCOME_MISSING, "apart"] == apart


def test_the_test_is_of_two_proportions():
    # 31 and 20 of 200: p 0.1275, se 0.03335, z 1.6491
    assert losses(31, 20).loc[OUTCOME_MISSING, "p_value"] == pytest.approx(
        0.0991, abs=0.0001
    )


def test_a_box_that_the_pool_cannot_fall_into_is_not_compared():
    left_out = [NOT_LINKED] * 100 + [None] * 300
    reoffended = [np.nan] * 100 + [0.0] * 300
    cohort = {"treatment": [1] * 200 + [0] * 200, "reoffended": reoffended}
    frame = pd.DataFrame({**cohort, "left_out": left_out})
    assert not profile.losses_apart(frame, REQUEST)["apart"].any()


@pytest.mark.parametrize(("request_", "compared"), [(REQUEST, True), (MADE_UP, False)])
def test_rules_on_dates_are_compared_in_a_ready_cohort_alone(request_, compared):
    left_out = [TOO_RECENT] * 40 + [None] * 360
    outcome = [np.nan] * 40 + [0.0] * 360
    people = {"treatment": [1] * 200 + [0] * 200, "reoffended": outcome}
    frame = pd.DataFrame({**people, "left_out": left_out})
    table = profile.losses_apart(frame, request_).set_index("loss")
    assert (TOO_RECENT in table.index) == compared
    assert table["apart"].any() == compared
    assert OUTCOME_MISSING in table.index


def test_an_outcome_of_everyone_that_fewer_have_in_one_group_is_told():
    count = [np.nan] * 60 + [0.0] * 140 + [1.0] * 200
    table = losses(0, 0, reoffences=count)
    assert table.loc["reoffences not known", "apart"]
    # nobody has a time who did not reoffend, and that is no loss
    days = [np.nan] * 200 + [9.0] * 200
    table = losses(0, 0, days_to_first_reoffence=days)
    assert not table["apart"].any()
    assert not any("days" in loss for loss in table.index)


def test_it_does_not_look_at_what_the_outcomes_are():
    turned = pd.DataFrame(
        {"treatment": [1] * 200 + [0] * 200, "reoffended": [0.0] * 200 + [1.0] * 200}
    )
    same = profile.losses_apart(turned, REQUEST)
    other = profile.losses_apart(
        turned.assign(reoffended=1 - turned["reoffended"]), REQUEST
    )
    pd.testing.assert_frame_equal(same, other)
