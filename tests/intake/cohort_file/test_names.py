"""Names of columns: doubled, in other capitals, and the nearest to a missing one."""

import pandas as pd
import pytest

from helpers.errors import DataError
from helpers.intake.cohort_file import names

ASKED = ["person_id", "treatment", "age", "area"]


@pytest.mark.parametrize("header", [["age", "area", "age"], ["age", " age ", "area"]])
def test_a_name_stands_in_the_header_once(header):
    with pytest.raises(DataError) as error:
        names.checked(header, "FILE", ASKED)
    assert error.value.problems == [
        "FILE: column age stands in the header more than once; keep one of them"
    ]
    found = names.checked([" age", "", "AREA", "", "Age"], "FILE", ASKED)
    assert found == ["age", "", "AREA", "", "Age"]


@pytest.mark.parametrize(
    "person",
    [
        ["P1", "1990-05-01", "Smith", "1990-05-01"],  # twice the same
        ["P1", "1", "41", "South"],
        ["P1", "1", "area", "South"],  # an answer that is a name too
    ],
)
def test_a_file_without_a_header_prints_nothing_of_its_first_person(person):
    with pytest.raises(DataError) as error:
        names.checked(person, "FILE", ["ID", *ASKED[1:]])
    assert error.value.problems == [
        "FILE: has no header, or not the names that the request asks for; write ID and "
        "treatment in its first row, or give theirs under inputs.columns"
    ]
    # one name of every cohort is enough, or two others, in any capitals
    for header in (["Treatment", "x", "y"], ["x", "Age", "area"]):
        assert names.checked(header, "FILE", ASKED) == header


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("person_id", "; the nearest is PERSON_ID"),
        ("treatment", "; the nearest is Treatment"),
        ("previous offences", "; the nearest is previous_offences"),
        ("aera", "; the nearest is area"),
        ("wing", ""),
    ],
)
def test_the_nearest_name_may_have_other_capitals(name, near):
    held = ["PERSON_ID", "Treatment", "previous_offences", "area"]
    assert names.nearest(name, held) == near


def test_names_that_would_be_passed_over_in_silence_are_told():
    cohort = pd.DataFrame(columns=["age", "Age", "Left_Out", "Reoffences", "ID", "id"])
    found = names.unlike(cohort, ["age"], ["left_out", "reoffences"], "FILE")
    assert found == [
        "FILE: columns age and Age differ by capitals alone; keep one of them, or give "
        "one another name",
        "FILE: column Left_Out is not read as left_out; if it is meant, write "
        "left_out: Left_Out under inputs.columns, else give it another name",
        "FILE: column Reoffences is not read as reoffences; if it is meant, write "
        "reoffences: Reoffences under inputs.columns, else give it another name",
    ]
    fine = pd.DataFrame(columns=["age", "left_out", "Region", "region"])
    assert names.unlike(fine, ["age"], ["left_out", "reoffences"], "FILE") == []
