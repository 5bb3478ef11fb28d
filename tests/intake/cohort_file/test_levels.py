"""Levels that are not what they look like: two spellings of one, and codes."""

import pandas as pd
import pytest
from support.ready_cohort import a_request

from helpers.intake.cohort_file import levels

REQUEST = a_request("people.csv")


def people(area=None, age=None):
    area = area or ["South"]
    age = age or [30]
    size = max(len(area), len(age))
    return pd.DataFrame({"area": (area * size)[:size], "age": (age * size)[:size]})


@pytest.mark.parametrize(
    "others",
    [
        ["south"],
        ["SOUTH"],
        ["So\u00aduth"],  # a hyphen that is not seen
        ["\uff33outh"],  # a wide S
    ],
)
def test_a_level_that_is_written_in_two_ways_is_refused(others):
    """Matching would part people of one place."""
    found = levels.problems(people(["South"] * 10 + others), REQUEST, "FILE")
    assert found == [
        'FILE: area has a level ("South") written in more than one way; found the '
        "rarer way in data row 11; write each in one way: capitals, blanks, signs and "
        "leading zeros count"
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("North West", "north-west"),
        ("North West", "North  West"),
        ("01", "1"),
        ("Yes", "y"),
        ("1", "TRUE"),
        ("18-25", "18\u201325"),
        ("18-25", "18 - 25"),
        ("-1", "\u22121"),
        ("King's", "King\u2019s"),
        ("King's", "King\u00b4s"),
        ("A-", "a \u2013"),
    ],
)
def test_signs_blanks_within_and_zeros_make_no_other_level(one, other):
    [line] = levels.problems(people([one, one, other]), REQUEST, "FILE")
    # nobody is told of a level that few have
    assert "area has a level written in more than one way" in line
    assert "data row 3" in line


@pytest.mark.parametrize(
    "area",
    [
        ["South", "North"],
        ["<18", "18"],
        ["1-2", "12"],
        ["1", "10"],
        ["A", "A1"],
        ["A", "A-"],
        ["B+", "B", "B-"],
        ["1", "-1"],
        ["1-8-25", "18-25"],
    ],
)
def test_levels_that_differ_are_let_be(area):
    assert levels.problems(people(area), REQUEST, "FILE") == []


def test_spellings_of_a_sex_are_one_level():
    request = a_request(
        "people.csv",
        analyses=[{"name": "All", "covariates": {"categorical": ["sex"]}}],
    )
    sexes = pd.DataFrame({"sex": ["M", "Male", "F"]})
    assert len(levels.problems(sexes, request, "FILE")) == 1


@pytest.mark.parametrize(
    "word",
    [
        "Unknown",
        "not known",
        "-",
        ".",
        "?",
        "none",
        "N/K",
        "#REF!",
        "#NAME?",
        "#DIV/0!",
        "Err:502",
        "\\N",
        "Not asked",
        "Refused",
        "nil",
        "Prefer not to say",
        "Unspecified",
        "Missing data",
        "Other/Unknown",
        "unknown or other",
        "Not known (not recorded)",
    ],
)
def test_a_level_that_looks_like_not_known_is_told(word):
    assert levels.doubts(people(["South", word]), REQUEST) == {
        "area": "a level that looks like not known, in data row 2"
    }


@pytest.mark.parametrize(
    "level", ["Other", "N", "#1", "Refused bail", "Other/Mixed", "Nile"]
)
def test_an_answer_is_no_word_for_not_known(level):
    assert levels.doubts(people(["South", level]), REQUEST) == {}


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        (["1", "2", "99"], True),
        (["1", "2", "-9"], True),
        (["1", "2", "9"], False),  # there may be nine
        (["1", "60", "99"], False),
        (["South"], False),
        (["1", "2", "-8", "-9"], True),
        (["1", "2", "88"], True),
        (["1", "2", "98", "99"], True),
    ],
)
def test_a_code_far_from_the_others_is_told(codes, told):
    assert ("area" in levels.doubts(people(codes), REQUEST)) == told


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([30, 40, 999, 999], True),
        ([30, 40, -1, -1], True),
        ([30, 40, 999], False),  # one person may have such a value
        ([30, 96, 99, 99], False),
        ([30, 40, -2, -2], True),
        ([30, 40, -8, -8, -9], True),  # codes do not hide each other
        ([30, 40, 98, 98, 99], True),
        ([30, 40, -98, -98, -99], True),
        ([30, 40, 998, 998, 999], True),
        ([-5, 40, -1, -1], False),  # others are negative too
    ],
)
def test_a_number_that_several_share_and_no_other_is_near_is_told(counts, told):
    covariates = {"numeric": ["offences"]}
    request = a_request(
        "people.csv", analyses=[{"name": "Everyone", "covariates": covariates}]
    )
    doubts = levels.doubts(pd.DataFrame({"offences": counts}), request)
    line = "a number that looks like a code, in 2 rows, the first of them data row 3"
    assert doubts == ({"offences": line} if told else {})


@pytest.mark.parametrize(
    ("age", "told"), [(9, True), (10, False), (100, False), (101, True)]
)
def test_an_age_at_which_nobody_offends_is_told(age, told):
    assert levels.doubts(people(age=[360, 240, age]), REQUEST) == {}  # in months
    doubts = levels.doubts(people(age=[30, age]), REQUEST)
    assert doubts == (
        {"age": "an age outside 10 to 100, in data row 2"} if told else {}
    )


@pytest.mark.parametrize(
    ("counts", "told"), [([3, 4, 999, 999], True), ([3, 4, 60, 99], False)]
)
def test_an_outcome_with_a_code_is_told_and_not_whose_it_is(counts, told):
    outcomes = ["reoffending_rate", {"name": "visits", "kind": "frequency"}]
    request = a_request("people.csv", outcomes=outcomes)
    doubts = levels.doubts(pd.DataFrame({"visits": counts}), request)
    assert doubts == ({"visits": "a number that looks like a code"} if told else {})
