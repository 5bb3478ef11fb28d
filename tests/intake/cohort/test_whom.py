"""Whom an outcome counts: refused where the report would say it of others."""

import numpy as np
import pandas as pd
import pytest
from support.ready_cohort import a_request

from helpers.intake.cohort import whom

NAN = np.nan
BACK = {"name": "back", "kind": "rate", "label": "returned to prison"}
#: ten people, five of each group; two of each returned to prison
TREATED = [1] * 5 + [0] * 5
RETURNED = [1.0, 1, 0, 0, 0] * 2


def told(outcomes, **columns):
    people = pd.DataFrame({"treatment": TREATED, "back": RETURNED, **columns})
    request = a_request("people.csv", outcomes=outcomes)
    return whom.problems(people, request, "FILE")


def own(**keys):
    return {"name": "own", "kind": "rate", "label": "were in work", **keys}


#: of those who returned, by hand: 4 of 10
OF_RETURNED = [1.0, 0, NAN, NAN, NAN] * 2
EVERYONE = [1.0, 0, 0, 0, 1] * 2


@pytest.mark.parametrize(
    ("outcome", "values", "line"),
    [
        # believed although most have no value
        (own(of="everyone"), [1.0, NAN, NAN, NAN, 0] * 2,
         "has of: everyone, but only 4 of 10 people have a value; fill it, or write "
         "of: those_with_an_event"),
        (own(), [1.0, NAN, NAN, NAN, 0] * 2,
         "is about everyone, but only 4 of 10 people have a value; fill it, or write "
         "of: those_with_an_event"),
        # known of those alone who returned, though more than half
        (own(of="everyone"), OF_RETURNED,
         "has of: everyone, but nobody has a value for whom back is 0 (4 of 10 people "
         "have a value); write 0 for them if that is true, or write of: "
         "those_with_an_event"),
        # said to be of some, and everyone has it, zeros included
        (own(of="those_with_an_event"), EVERYONE,
         "has of: those_with_an_event, but all 10 people have a value; write of: "
         "everyone, or leave it empty for those to whom it did not happen"),
        # and all but one of them
        (own(of="those_with_an_event"), [NAN, *EVERYONE[1:]],
         "has of: those_with_an_event, but 9 of 10 people have a value, and no rate of "
         "the request says to whom it did not happen; write of: everyone, or ask under "
         "outcomes for the rate that says it too"),
        (own(kind="days"), [NAN, *range(9)],
         "does not say whom it counts: 9 of 10 people have a value, and no rate of the "
         "request says to whom it did not happen; write of: everyone or of: "
         "those_with_an_event for it"),
        # a time that is 365 for all to whom nothing happened
        (own(kind="days"), [9.0, 8, 365, 365, 365] * 2,
         "holds one and the same number for all 6 people for whom back is 0; leave it "
         "empty for them if it did not happen, or write of: everyone for it"),
        # nobody to compare with
        (own(), [1.0, 0, 1, 0, 1] + [NAN] * 5,
         "has no value for anybody in the pool; fill it for both groups, or take it "
         "out of outcomes"),
    ],
)  # fmt: skip
def test_an_outcome_that_is_not_about_those_it_says_is_refused(outcome, values, line):
    assert told([BACK, outcome], own=values) == [f"FILE: own {line}"]


@pytest.mark.parametrize(
    ("outcome", "values"),
    [
        (own(), EVERYONE),
        (own(), OF_RETURNED),
        (own(of="those_with_an_event"), OF_RETURNED),
        # an event that no rate tells of, which some had
        (own(of="those_with_an_event"), [1.0, 0, NAN, NAN, 1] * 2),
        (own(of="everyone"), [1.0, 0, NAN, 0, 1] * 2),  # some are not known
        (own(kind="frequency", of="everyone"), [2.0, 0, 0, 0, 0] * 2),
        (own(kind="days"), [9.0, 8, NAN, NAN, NAN] * 2),
        (own(kind="days"), [9.0, 8, 7, 6, 5] * 2),
        (own(kind="days", of="everyone"), [9.0, 8, 365, 365, 365] * 2),
    ],
)
def test_what_the_column_bears_out_is_let_pass(outcome, values):
    assert told([BACK, outcome], own=values) == []


@pytest.mark.parametrize(
    ("column", "values", "line"),
    [
        # a count that is empty for those who did not reoffend, on the page "for every
        # 100 people"
        ("reoffences", [2.0, 1, NAN, NAN, NAN] * 2,
         "is about everyone, but nobody has a value for whom reoffended is 0 (4 of 10 "
         "people have a value); write 0 for them if that is true"),
        # a share of reoffenders that is 0 for everybody else
        ("first_reoffence_summary", [1.0, 0, 0, 0, 0] * 2,
         "must be empty for people who did not reoffend; found a value for 6 of them; "
         "empty it, or correct reoffended"),
        ("days_to_first_reoffence", [9.0, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN],
         "has no value for anybody in the pool; fill it for both groups, or take it "
         "out of outcomes"),
    ],
)  # fmt: skip
def test_standard_outcomes_are_held_to_whom_they_are_about(column, values, line):
    names = {"reoffences": "reoffending_frequency",
             "days_to_first_reoffence": "time_to_first_reoffence"}  # fmt: skip
    asked = ["reoffending_rate", names.get(column, column)]
    columns = {"reoffended": RETURNED, column: values}
    assert told(asked, **columns) == [f"FILE: {column} {line}"]


def test_a_time_known_of_few_who_reoffended_is_not_theirs():
    people = pd.DataFrame(
        {
            "treatment": [1] * 10 + [0] * 10,
            "reoffended": [1.0] * 5 + [0] * 5 + [1.0] * 5 + [0] * 5,
            "days_to_first_reoffence": [30.0, 40, *[NAN] * 8] * 2,
        }
    )
    request = a_request("people.csv")
    assert whom.problems(people, request, "FILE") == [
        "FILE: days_to_first_reoffence is about those who reoffended, but only 4 of "
        "these 10 have a value; fill it, or take it out of outcomes"
    ]


def test_of_reoffenders_without_a_column_that_tells_them():
    outcomes = ["reoffences_summary"]
    assert told(outcomes, reoffences_summary=EVERYONE) == [
        "FILE: reoffences_summary is about those who reoffended, but all 10 people "
        "have a value; leave it empty for the others, or add the column "
        "reoffended"
    ]
    assert told(outcomes, reoffences_summary=OF_RETURNED) == []


def test_people_left_out_are_not_asked():
    left_out = [None, None, "not linked", None, None] * 2
    values = [1.0, 0, NAN, 1, 0] * 2
    assert told([own(of="everyone")], own=values, left_out=left_out) == []


@pytest.mark.parametrize(
    ("values", "back", "fits"),
    [
        ([9.0, 8, NAN, NAN], [1.0, 1, 0, 0], True),
        ([9.0, 8, NAN, NAN], [1.0, NAN, 0, 0], False),  # of one it is not known
        ([9.0, NAN, NAN, NAN], [1.0, 1, 0, 0], True),  # half of them
        ([9.0, NAN, NAN, NAN], [1.0, 1, 1, 0], False),  # a third of them
        ([9.0, 8, 7, 6], [1.0, 1, 1, 1], False),  # it happened to everyone
    ],
)
def test_an_event_fits_where_it_happened_to_all_who_have_a_value(values, back, fits):
    found = whom.events(pd.Series(values), {"back": pd.Series(back)})
    assert found == (["back"] if fits else [])


def test_reoffenders_of_a_horizon_are_held_against_their_own_column():
    two_years = {"reoffended_730_days": [1, 1, 1, 0, 0] * 2}
    time = [9.0, 400, 700, NAN, NAN] * 2
    asked = [{"name": "time_to_first_reoffence", "horizon_days": 730}]
    known = {"reoffended": RETURNED, **two_years}
    assert not told(asked, days_to_first_reoffence_730_days=time, **known)
    count = ["custodial_reoffences_730_days"]
    of_all = {"custodial_reoffences_730_days": [0.0] * 10}
    [line] = told(count, **of_all, **known)
    assert line.endswith(
        "must be empty for people who did not reoffend; found a value for 4 of them; "
        "empty it, or correct reoffended_730_days"
    )


def test_a_group_of_whom_nobody_reoffended_has_no_time_and_that_is_no_fault():
    time = [NAN] * 5 + [9.0, 40, NAN, NAN, NAN]
    asked = ["time_to_first_reoffence"]
    back = [0.0] * 5 + [1, 1, 0, 0, 0]
    assert not told(asked, days_to_first_reoffence=time, reoffended=back)
    [line] = told(asked, days_to_first_reoffence=time, reoffended=RETURNED)
    assert line.startswith("FILE: days_to_first_reoffence has no value for anybody in")
