"""Labels that name nothing in a cohort, or two things alike."""

import pandas as pd
import pytest
from support.ready_cohort import a_request

from helpers.intake.cohort_file import labels

COHORT = pd.DataFrame({"age": [30, 40, 50], "area": ["N", "S", "true"]})


def a_request_with(given):
    return a_request("people.csv", inputs={"cohort": "people.csv", "labels": given})


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"age": "Years"}, None),
        ({"wing": "Wing"},
         " names no column of FILE; correct it or take it out"),
        ({"age": "Place", "area": "place "},
         ': "Place" stands for age and area; give each column a label of its own'),
        ({"area": "Age"},  # as the report calls age by itself
         ': "Age" stands for area and age; give each column a label of its own'),
    ],
)  # fmt: skip
def test_two_columns_have_no_label_in_common(given, told):
    found = labels.problems(COHORT, a_request_with(given), "FILE")
    where = "request: inputs.labels" + (".wing" if "wing" in given else "")
    assert found == ([f"{where}{told}"] if told else [])


@pytest.mark.parametrize(
    ("levels", "label"),
    [
        ({"N": "North", "S": "South", "TRUE": "Elsewhere"}, None),
        ({"N": "North", "S": "north"}, "North"),
        ({"N": "s"}, "s"),  # as the report calls S by itself
        ({"N": "North", "North": "North"}, None),  # nobody has the second
    ],
)
def test_two_levels_have_no_label_in_common(levels, label):
    request = a_request_with({"area": {"label": "Area", "levels": levels}})
    found = labels.problems(COHORT, request, "FILE")
    line = f'request: inputs.labels.area.levels: "{label}" stands for 2 levels of FILE;'
    line += " give each a label of its own, or write them alike in the file"
    assert found == ([line] if label else [])


def test_a_label_of_a_level_that_nobody_has():
    levels = {"N": "North", "TRUE": "Elsewhere", "W": "West"}
    request = a_request_with({"area": {"label": "Area", "levels": levels}, "x": "X"})
    assert labels.unused(COHORT, request) == {"area": ["W"]}
    assert labels.unused(COHORT, a_request_with({"age": "Age"})) == {}
