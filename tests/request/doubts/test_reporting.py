"""The key `reporting`: an item's id, and what the analyst answers."""

import pytest
from support import ready_cohort

from helpers.errors import RequestError
from helpers.request.doubts.items import items


def asked(reporting):
    return ready_cohort.a_request("cohort.csv", reporting=reporting)


def test_answers_are_kept_as_they_are():
    answers = {"target_20": "The charity paid.", "robins_1a_2": "PY: from the records."}
    request = asked(answers)
    assert request.reporting == answers
    assert request.completed()["reporting"] == answers
    assert ready_cohort.a_request("cohort.csv").reporting == {}


@pytest.mark.parametrize(
    ("reporting", "line"),
    [
        ({"target_1d": "x"}, "reporting.target_1d is not an item of a reporting "
         "standard; did you mean target_1c?"),
        ({"robins1a1": "x"}, "reporting.robins1a1 is not an item of a reporting "
         "standard; did you mean robins_1a_1?"),
        ({"funding": "x"}, "reporting.funding is not an item of a reporting standard; "
         "params/README.md says where they stand"),
        ({"target_20": 7}, "reporting.target_20 must be text; found 7"),
        ({"robins_3_1": "maybe"}, "reporting.robins_3_1 must begin with one of Y, PY, "
         'WN, SN, NI; found "maybe"; such as "Y: why"'),
        ({"robins_1a_4": "NI: nothing"}, "reporting.robins_1a_4 must begin with one of "
         "Y, PY, PN, N; found"),
        ({"robins_b1": "Nothing was"}, "reporting.robins_b1 must begin with one of"),
        ({"target_20": ""}, "reporting.target_20 is empty"),
        ("none", "reporting must hold keys"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused(reporting, line):
    with pytest.raises(RequestError) as refused:
        asked(reporting)
    assert line in str(refused.value)


def test_a_code_of_the_scale_is_read_where_the_answer_begins_with_it():
    by_id = {item.id: item for item in items()}
    three = by_id["robins_3_1"]
    for text, code in (
        ("PY: from the records", "PY"),
        (" WN, a little", "WN"),
        ("SN", "SN"),
        ("Yes", ""),
        ("PN", ""),  # of other scales
    ):
        assert three.code(text) == code, text
    assert by_id["target_20"].code("N: nobody") == ""
    assert by_id["maryland"].code("3: by hand") == "3"


def test_every_answer_without_a_code_is_told():
    with pytest.raises(RequestError) as refused:
        asked({"robins_3_1": "maybe", "robins_3_2": "perhaps"})
    assert str(refused.value).count("must begin with") == 2


def test_every_problem_is_told_at_once():
    with pytest.raises(RequestError) as refused:
        asked({"target_99": "x", "target_20": 7})
    assert str(refused.value).count("reporting.") == 2
