"""The likeliest candidates of the review list beside the hand-made extract.

Read support/hand_made_people.py first. Each line here has the person's names, and a
date of birth of which the year is another, so that it waits for a decision: exact
names, date only near. Nobody else in the register has one of these surnames.
"""

import pandas as pd
import pytest
from support.hand_made import (
    SEED,
    Person,
    extract,
    line,
    offence,
    order,
    sentence,
    submitted,
    whole_path,
    write,
)
from support.hand_made_people import OTHER, POOL, TREATED

from helpers.intake.cohort import hand_over
from helpers.intake.cohort.losses import by_box


def near(year, start="2021-03-11", **changes):
    return line(start, date_of_birth=f"{year}-06-15", **changes)


LIKELY = [
    # L1 | goes on | 1, day 20 | delay 10: a reoffence after support began
    Person("L1", "reoffended after support", "1985-06-15", surname="Thistlewood",
           offences=[offence("2021-03-21")], lines=[near(1986)]),
    # L2 | does not go on | delay 20, reoffence on day 19
    Person("L2", "reoffended before support", "1985-06-15", surname="Wolstenholme",
           offences=[offence("2021-03-20")], lines=[near(1986, "2021-03-21")]),
    # L3 | goes on | two lines wait: that with the earlier index date counts, L3-1
    Person("L3", "two spells", "1985-06-15", surname="Ollerenshaw",
           sentences=[sentence(), sentence("2022-01-15", custody_start="2021-12-01",
                                           conviction_date="2021-12-01")],
           lines=[near(1986, "2022-01-20"), near(1984)]),
    # L4 | counted already | the first line is linked by exact names and date
    Person("L4", "linked by another line", "1985-06-15", surname="Bickerstaffe",
           lines=[line(), near(1986, "2021-03-15")]),
    # L5 | goes on | its start is not known: it draws a delay as anyone does, and lies
    #     outside the window of the pool (29 February 2020 to 31 December 2022)
    Person("L5", "no start, before the window", "1985-06-15", surname="Satterthwaite",
           sentences=[order("2020-01-10")],
           lines=[near(1986, None, index_date="2020-01-10")]),
    # L6 | does not go on | support fits no sentence
    Person("L6", "no suitable sentence", "1985-06-15", surname="Higginbottom",
           lines=[near(1986, "2023-09-01")]),
]  # fmt: skip


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Without the ladder, and with it."""
    place = tmp_path_factory.mktemp("likely")
    write(extract(TREATED + LIKELY + POOL), place)
    lines = submitted(TREATED + LIKELY, OTHER)
    return whole_path(place, lines), whole_path(place, lines, ladder=True)


def test_who_goes_on_is_as_in_the_comments(both):
    likely = both[1].likely.set_index("person_id")
    assert sorted(likely.index) == ["L1", "L3", "L5"]
    assert (likely["treatment"] == 1).all() and likely["left_out"].isna().all()
    assert (likely["how_surely_found"] == "likely").all()
    assert likely["days_to_first_reoffence"].to_dict() == pytest.approx(
        {"L1": 20, "L3": float("nan"), "L5": float("nan")}, nan_ok=True
    )
    people = both[1].people.set_index("person_id")
    assert people.loc["L3", "sentence_id"] == "L3-1"
    assert people.loc["L5", "days_to_support"] >= 0


def test_what_is_counted_stays_as_it_is_without_the_ladder(both):
    without, with_it = both
    named = with_it.cohort.drop(columns="how_surely_found")
    pd.testing.assert_frame_equal(without.cohort, named)
    pd.testing.assert_frame_equal(by_box(without.cohort), by_box(with_it.cohort))
    for what in ("strata", "summary"):
        one, other = (getattr(path.delays, what) for path in both)
        pd.testing.assert_frame_equal(one, other)
    counts = [
        (d.missing, d.treated, d.donors) for d in (without.delays, with_it.delays)
    ]
    assert counts[0] == counts[1]


def test_nobody_likely_is_among_those_without_the_ladder(both):
    assert both[0].likely.empty


def test_the_pool_holds_nobody_of_the_list_in_either(both):
    on_it = {person.person_id for person in LIKELY}
    for path in both:
        pool = path.cohort[path.cohort["treatment"] == 0]
        assert not on_it & set(pool["person_id"])


def test_likely_people_come_after_all_others_who_keep_their_ids(both):
    cohort, key = hand_over.pseudonymise(both[1].cohort, SEED)
    superset, keys = hand_over.with_likely(cohort, key, both[1].likely, SEED)
    n = len(cohort)
    assert superset["person_id"].tolist() == list(range(1, n + 4))
    pd.testing.assert_frame_equal(superset.iloc[:n], cohort)
    pd.testing.assert_frame_equal(keys.iloc[:n], key)
    assert set(keys["original_id"].iloc[n:]) == {"L1", "L3", "L5"}
    same = keys["person_id"].iloc[n:].tolist()
    assert same == superset["person_id"].iloc[n:].tolist()
    cohort, key = hand_over.pseudonymise(both[0].cohort, SEED)
    assert hand_over.with_likely(cohort, key, both[0].likely, SEED) == (cohort, key)
