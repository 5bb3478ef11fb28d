"""Whether enough people are left: counted by hand on a few, and when they will be."""

from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import effort
from support.ready_cohort import a_request

from helpers.errors import DataError
from helpers.intake import enough

RECENT = "not yet followed up"
COHORT = pd.DataFrame(
    {
        "person_id": range(1, 9),
        "treatment": [1, 1, 1, 1, 1, 0, 0, 0],
        "left_out": [None, None, RECENT, RECENT, "not linked", None, None, RECENT],
        "reoffended": [0, 1, None, None, None, 0, 1, None],
        "age": [20.0, 30, 40, 50, None, 30, 40, 20],
        "area": ["North", "South", "North", "South", None, "North", "West", "West"],
    }
)
COVARIATES = {"numeric": ["age"], "categorical": ["area"]}


def request(*analyses, minimum=60, **more):
    """A request of these analyses, each a headline."""
    named = [
        {"name": f"A{i}", "headline": True, "covariates": COVARIATES} | analysis
        for i, analysis in enumerate(analyses)
    ]
    least = {"minimum_people": minimum}
    # with a rule on small numbers it is never fewer than may be shown
    shown = {"profile": "none", "reason": "The data are open and hold no names."}
    return a_request(
        "cohort.csv", analyses=named, eligibility=least, disclosure=more or shown
    )


def test_who_is_left_and_who_is_too_recent_is_counted_by_filters():
    asked = request(
        {},  # persons 1 and 2 go on, 3 and 4 are too recent
        {"filter": {"area": ["North"]}},  # 1; 3
        {"treatment_filter": {"age": {"from": 30}}},  # 2; 3 and 4
        {"pool": {"area": ["West"]}},  # as without it
    )
    counts = enough.available(COHORT, asked)
    assert counts["treatment"].tolist() == [2, 1, 1, 2]
    assert counts["too_recent"].tolist() == [2, 1, 2, 2]
    assert enough.too_few(counts, asked) == ["A0", "A1", "A2", "A3"]
    fewer = enough.available(COHORT, request({}, {"filter": {"area": ["North"]}}))
    assert enough.too_few(fewer, request({}, minimum=2)) == ["A1"]
    assert list(enough.left(COHORT)) == [1, 2]
    assert list(enough.too_recent(COHORT, asked, asked.analyses[2])) == [3, 4]


@pytest.mark.parametrize(
    ("disclosure", "least"),
    [
        ({"profile": "default"}, 10),
        ({"profile": "ministry", "threshold": 5}, 5),
        ({"profile": "rounded"}, 8),
        ({"profile": "none", "reason": "The data are open and hold no names."}, 2),
    ],
)
def test_no_headline_is_made_of_fewer_than_may_be_shown(disclosure, least):
    asked = request({}, minimum=2, **disclosure)
    assert asked.least_people == least
    counts = enough.available(COHORT, request({})).assign(treatment=least - 1)
    assert enough.too_few(counts, asked) == ["A0"]
    assert enough.too_few(counts.assign(treatment=least), asked) == []


def test_an_analysis_that_is_no_headline_is_never_too_few():
    counts = enough.available(COHORT, request({}))
    assert enough.too_few(counts.assign(headline=False), request({})) == []


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        ({"filter": {"area": ["Nroth"]}}, "filter: area: nobody has Nroth; write"),
        ({"treatment_filter": {"area": ["north"]}}, 'nobody has "north", but it is'),
        ({"pool": {"area": ["Est", "Wst"]}}, "pool: area: nobody has Est or Wst"),
        ({"filter": {"age": {"from": 99}}}, "filter: age: nobody lies in its range"),
    ],
)
def test_what_nobody_can_have_is_a_mistake_and_no_result(filters, words):
    with pytest.raises(DataError) as error:
        enough.available(COHORT, request({}, filters, filters))
    first, second = error.value.problems
    assert words in first and 'analyses: "A1"' in first and 'analyses: "A2"' in second


def test_a_value_that_only_the_lost_or_the_pool_have_is_no_mistake():
    # West is in the pool alone; 50 is the age of one who is too recent
    asked = request({"filter": {"area": ["West"]}}, {"filter": {"age": {"from": 45}}})
    assert enough.available(COHORT, asked)["treatment"].tolist() == [0, 0]
    nobody = COHORT.assign(area=None, age=None)
    asked = request({"filter": {"area": ["West"], "age": {"from": 45}}})
    assert enough.available(nobody, asked)["treatment"].tolist() == [0]


def test_the_end_of_the_follow_up_is_that_of_the_run_s_own_people():
    people = pd.DataFrame(
        {
            "person_id": ["x", "y"],
            "index_date": pd.to_datetime(["2024-01-01", "2024-03-01"]),
        }
    )
    key = pd.DataFrame({"person_id": [7, 8, 9], "original_id": ["y", "line 3", "x"]})
    ends = enough.follow_up_ends(people, key, request({}))
    # 548 days after 1 January and after 1 March 2024, by the calendar
    assert ends[9] == pd.Timestamp("2025-07-02")
    assert ends[7] == pd.Timestamp("2025-08-31")
    assert pd.isna(ends[8])
    assert enough.follow_up_ends(people.iloc[:0], key, request({})).isna().all()


def days(*texts):
    return pd.Series(pd.to_datetime(list(texts)))


DAYS = days("2025-01-03", "2025-01-20", "2025-01-31", "2025-02-01", "2025-06-30",
            "2025-12-02", "2026-04-01")  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "few", "by"),
    [
        (1, 1, "2025-01-31"),
        (3, 3, "2025-01-31"),
        (4, 1, "2025-02-28"),
        (4, 2, "2025-03-31"),  # one in February, four in the quarter
        (5, 2, "2025-12-31"),  # one in its month and quarter, six in the year
        (7, 1, "2026-04-30"),
        (7, 2, None),  # alone in its year
        (8, 1, None),  # there are not so many
        (0, 1, None),
    ],
)
def test_the_month_is_rounded_up_until_enough_share_it(wanted, few, by):
    found = enough.followed_up_by(DAYS, wanted, few)
    assert found == (by and pd.Timestamp(by))


@settings(max_examples=effort.examples(60), deadline=None)
@given(
    st.lists(st.dates(date(2020, 1, 1), date(2022, 12, 31)),
             min_size=1, max_size=40),
    st.integers(1, 40),
    st.integers(1, 12),
)  # fmt: skip
def test_by_the_day_that_is_told_enough_are_followed_up(drawn, wanted, few):
    ends = pd.Series(pd.to_datetime(drawn))
    by = enough.followed_up_by(ends, wanted, few)
    if by is not None:
        assert (ends <= by).sum() >= max(wanted, few)
        assert by == by + pd.offsets.MonthEnd(0)


def test_filters_cut_the_groups_that_they_are_of():
    analysis = SimpleNamespace(
        filter={}, treatment_filter={"area": ["North"]}, pool={"area": ["West"]}
    )
    kept = COHORT.loc[enough.chosen(COHORT, analysis), "person_id"]
    assert kept.tolist() == [1, 3, 7, 8]
