"""A year before the conviction, each person on one edge of it; values by hand.

Unless a row says otherwise a person was convicted and locked up on 10 January 2020:

    day c − 548   11 July 2018     day c − 183   11 July 2019
    day c − 547   12 July 2018     day c − 182   12 July 2019
"""

import pandas as pd
import pytest
from support.hand_made import offence, opened, order, sentence

from helpers.intake.cohort.earlier import table
from helpers.intake.cohort.earlier.dated import NO_DATE, TOO_EARLY, TOO_YOUNG

C = "2020-01-10"
ABROAD = {"england_wales": False}
EARLIER_CUSTODY = {"custody_start": "2019-11-01"}  # c − 547 is then 3 May 2018
#: somebody else's offence, from which the records begin
OTHER = offence("1999-12-01", "2000-01-01") | {"person_id": "Z"}

# what is on the edge: offences, the index sentence, whether the year has an offence
EDGES = {
    "the day before the year": ([offence("2018-07-11")], {}, 0),
    "its first day": ([offence("2018-07-12")], {}, 1),
    "its last day": ([offence("2019-07-11")], {}, 1),
    "the day after it": ([offence("2019-07-12")], {}, 0),
    "proven at the index conviction": ([offence("2019-07-01", C)], {}, 0),
    "a caution on that day": ([offence("2019-07-01", C, "caution")], {}, 1),
    "proven the day before": ([offence("2019-07-01", "2020-01-09")], {}, 1),
    "proven the day after": ([offence("2019-07-01", "2020-01-11")], {}, 0),
    "a penalty notice": ([offence("2019-07-01", outcome="penalty_notice")], {}, 0),
    "a breach": ([offence("2019-07-01", breach=True)], {}, 0),
    "abroad": ([offence("2019-07-01", **ABROAD)], {}, 0),
    "two, one of which counts": ([offence("2019-07-01", C), offence("2018-08-01")],
                                 {}, 1),
    # in custody from 1 November 2019: the year is 3 May 2018 to 2 May 2019
    "custody first, the day before the year": ([offence("2018-05-02")],
                                               EARLIER_CUSTODY, 0),
    "custody first, its first day": ([offence("2018-05-03")], EARLIER_CUSTODY, 1),
    "custody first, its last day": ([offence("2019-05-02")], EARLIER_CUSTODY, 1),
    "custody first, the day after": ([offence("2019-05-03")], EARLIER_CUSTODY, 0),
    "custody first, proven in custody": ([offence("2019-05-02", "2019-11-02")],
                                         EARLIER_CUSTODY, 0),
    # an order that begins on its conviction: no custody decides
    "an order": ([offence("2018-07-12")], {"custody_start": None}, 1),
}  # fmt: skip


def of(offences=(), others=(), born="1985-06-15", assessment=None, **changes):
    """The row of person A, whose index sentence is number 1, beside other sentences."""
    own = {"person_id": "A"}
    index = sentence() | changes
    rows = {
        "sentence": [own | {"sentence_id": str(i)} | s
                     for i, s in enumerate([index, *others], start=1)],
        "offence": [OTHER, *(own | o for o in offences)],
    }  # fmt: skip
    person = {"person_id": "A", "sentence_id": "1", "treatment": 1, "left_out": None,
              "age": 35.0, "sex": "Male", "ethnicity": "White", "date_of_birth": born,
              "nationality": "British", "cut_off": "2021-03-01"}  # fmt: skip
    people = pd.DataFrame([person | index])
    for column in ("conviction_date", "custody_start", "index_date", "date_of_birth",
                   "cut_off"):  # fmt: skip
        people[column] = pd.to_datetime(people[column]).astype("datetime64[us]")
    if assessment is not None:
        assessment = pd.DataFrame([own | a for a in assessment])
        assessment["date"] = pd.to_datetime(assessment["date"]).astype("datetime64[us]")
    with opened(assessment, **rows) as records:
        return table.table(records, people, within_days=730).loc[0]


@pytest.mark.parametrize("edge", EDGES)
def test_who_offended_in_the_year(edge):
    offences, changes, expected = EDGES[edge]
    row = of(offences, **changes)
    assert pd.isna(row["why"]) and row["offended_before"] == expected


@pytest.mark.parametrize(
    ("others", "days"),
    [
        # a sentence's own custody begins on day c
        ([], 0),
        # in on the first day, out on the eleventh: ten days
        ([sentence("2018-07-22", custody_start="2018-07-12")], 10),
        # in before the year: only its days count, 12 to 21 July
        ([sentence("2018-07-22", custody_start="2018-01-01")], 10),
        # out after the year: 2 to 11 July 2019
        ([sentence("2019-12-01", custody_start="2019-07-02")], 10),
        # all of it, and no more: 365 days from 12 July 2018 to 11 July 2019
        ([sentence("2019-07-12", custody_start="2018-07-11")], 365),
        # released on its first day, and locked up on the day after it
        ([sentence("2018-07-12", custody_start="2018-07-01")], 0),
        ([sentence("2019-08-01", custody_start="2019-07-12")], 0),
        # two that overlap, 12 to 21 and 17 to 26 July, and one inside the first
        ([sentence("2018-07-22", custody_start="2018-07-12"),
          sentence("2018-07-27", custody_start="2018-07-17"),
          sentence("2018-07-15", custody_start="2018-07-13")], 15),
        # without a start the conviction is it; without a release it goes on
        ([sentence("2018-07-22", custody_start=None, conviction_date="2018-07-12")],
         10),
        ([sentence(None, custody_start="2019-07-02")], 10),
        # nothing says when it began: it is no day in custody
        ([sentence("2018-07-22", custody_start=None, conviction_date=None)], 0),
        ([sentence(None, custody_start=None, conviction_date=None)], 0),
        # nor does it hide the ten days of another
        ([sentence(None, custody_start=None, conviction_date=None),
          sentence("2018-07-22", custody_start="2018-07-12")], 10),
        # an order is no custody
        ([order("2018-07-22", conviction_date="2018-07-12")], 0),
    ],
)  # fmt: skip
def test_days_of_the_year_in_custody(others, days):
    assert of(others=others)["days_in_custody_before"] == days


def test_characteristics_are_those_proven_before_the_year():
    row = of(
        [
            offence("2015-05-01", "2015-06-01"),
            offence("2018-07-10", "2018-07-11"),  # proven the day before
            offence("2018-07-10", "2018-07-12"),  # on its first day
            offence("2019-01-01", "2019-02-01"),  # in the year
            offence("2019-10-01", C),  # the index conviction
        ],
        others=[
            sentence("2016-01-01", conviction_date="2015-06-01",
                     custody_start="2015-06-01"),
            sentence("2019-06-01", conviction_date="2019-02-01",
                     custody_start="2019-02-01"),
        ],
    )  # fmt: skip
    assert (row["previous_offences"], row["previous_convictions"]) == (2, 2)
    assert row["previous_custody"] == 1
    # born on 15 June 1985: 33 on 12 July 2018; first offence at 29, on 1 May 2015
    assert (row["age"], row["age_squared"], row["age_first_offence"]) == (33, 1089, 29)
    assert row["index_quarter"] == "2018 Q3"
    assert (row["sex"], row["uk_national"]) == ("Male", "Yes")


def test_who_had_not_offended_yet_has_the_age_of_that_day():
    """Not that at the index offence, which comes later."""
    row = of([offence("2019-10-01", C)])
    assert (row["previous_offences"], row["age_first_offence"]) == (0, 33)


def test_nothing_of_the_index_sentence_is_among_them():
    later = {"offence_group", "disposal", "sentence_length_band", "region",
             "establishment", "release_type", "days_to_support"}  # fmt: skip
    assert not later & set(of().index)


def test_needs_are_those_assessed_before_the_year():
    early, late = {"date": "2018-07-11", "S3Q3": 2}, {"date": "2018-07-12", "S3Q3": 0}
    assert of(assessment=[early, late])["needs_accommodation"] == "Yes"
    assert of(assessment=[late])["needs_accommodation"] == "none"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"conviction_date": None, "custody_start": None}, NO_DATE),
        ({"born": None}, NO_DATE),
        ({"born": "2008-07-13"}, TOO_YOUNG),  # ten a day after the year began
        ({"born": "2008-07-12"}, None),
        # the records begin on 1 January 2000, which is c − 547 for 1 July 2001
        ({"conviction_date": "2001-07-01", "custody_start": None}, None),
        ({"conviction_date": "2001-06-30", "custody_start": None}, TOO_EARLY),
    ],
)
def test_whose_year_cannot_be_looked_at(changes, why):
    row = of([offence("2019-01-01")], **changes)
    if why is None:
        assert pd.isna(row["why"])
    else:
        assert row["why"] == why
        assert pd.isna(row["offended_before"]) and pd.isna(row["previous_offences"])


def test_it_is_handed_over_by_the_ids_of_the_run_with_what_matching_may_know():
    made = pd.DataFrame(
        {"person_id": ["A", "B"], "treatment": [1, 0], "why": [None, NO_DATE],
         "offended_before": [1.0, None], "days_in_custody_before": [0.0, None],
         "sex": ["Male", None], "S3Q3": ["2", None]}
    )  # fmt: skip
    key = pd.DataFrame({"person_id": [2, 1], "original_id": ["A", "B"]})
    people = pd.DataFrame({"person_id": [1, 2], "sex": ["Male", "Male"]})
    given = table.handed_over(made, key, people)
    assert given["person_id"].tolist() == [1, 2]
    assert list(given) == [*table.COLUMNS, "sex"]
    counted = table.counts(given)
    assert counted.loc[table.KNOWN].tolist() == [1, 0]
    assert counted.loc[NO_DATE].tolist() == [0, 1] and counted.to_numpy().sum() == 2


def test_a_ready_cohort_has_none():
    none = table.handed_over(
        table.none(),
        pd.DataFrame({"person_id": [1], "original_id": ["1"]}),
        pd.DataFrame({"person_id": [1], "age": [30.0]}),
    )
    assert none.empty and list(none) == table.COLUMNS
