"""What levels are called: No and Yes of nothing but 0 and 1."""

import pytest
from support.ready_cohort import a_request

from helpers.publication import labels

REQUEST = a_request(
    "people.csv",
    inputs={
        "cohort": "people.csv",
        "labels": {
            "completed": {"label": "Completed", "levels": {"TRUE": "All", "1": "One"}}
        },
    },
)


@pytest.mark.parametrize(
    ("name", "value", "yes_no", "called"),
    [
        ("drugs", "1", True, "Yes"),
        ("drugs", "true", True, "Yes"),
        ("sex", "1", False, "1"),  # beside 2
        ("risk", "0", False, "0"),  # beside 1, 2 and 3
        ("S1Q1", "0", False, "No problems"),
        ("area", "missing", False, "Not known"),
        # a request may write a level as its file has it: TRUE is read as true
        ("completed", "true", True, "All"),
        ("completed", "1", False, "One"),
    ],
)
def test_a_level_is_called_by_its_name(name, value, yes_no, called):
    assert labels.level(REQUEST, name, value, yes_no=yes_no) == called
