"""What levels are called: No and Yes of nothing but 0 and 1."""

import pytest
from support.ready_cohort import a_request

from helpers.publication import labels
from helpers.request import Outcome

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


def test_somebody_without_an_assessment_is_not_somebody_without_a_need():
    """Of the records "none" is no assessment; of a cohort, what its maker meant."""
    records = REQUEST.model_copy(
        update={"inputs": REQUEST.inputs.model_copy(update={"cohort": None})}
    )
    for name in ("needs_drugs", "S8Q1"):
        said = labels.level(records, name, "none", yes_no=False)
        assert said == "No assessment in time"
        assert labels.level(REQUEST, name, "none", yes_no=False) == "none"
    assert labels.level(records, "income", "none", yes_no=False) == "none"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            {"kind": "rate", "label": "returned", "definition": "within a year"},
            "People who returned within a year",
        ),
        ({"kind": "days", "label": "time to work"}, "Time to work"),
        (
            {"kind": "amount", "unit": "£", "label": "earnings"},
            "Average earnings",
        ),
        (
            {"kind": "amount", "unit": "weeks", "label": "weeks in work",
             "definition": "in the first year"},
            "Average number of weeks in work in the first year",
        ),
    ],
)  # fmt: skip
def test_the_title_of_an_own_measure_follows_its_kind(words, expected):
    assert labels.title(Outcome(name="own", **words)) == expected
