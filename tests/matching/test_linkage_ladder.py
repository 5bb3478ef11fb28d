"""Whom the linkage ladder compares: six treated found in three ways, and a pool."""

import pandas as pd
import pytest

from helpers.matching import ladders
from helpers.matching.groups import select
from helpers.request.analyses import Analysis

PEOPLE = pd.DataFrame(
    {
        "person_id": [1, 2, 3, 4, 5, 6, 7, 8],
        "treatment": [1, 1, 1, 1, 1, 0, 0, 0],
        "age": [20.0, 30, 40, 50, 60, 25, 35, 45],
        "sex": ["F", "M", "F", "M", "F", "F", "M", "F"],
        "how_surely_found": ["id", "id", "otherwise", "likely", "likely", *[None] * 3],
    }
).astype({"how_surely_found": "str"})


def analysis(**filters):
    named = {"name": "All", "covariates": {"numeric": ["age"]}}
    return Analysis.model_validate(named | filters)


def rungs(people, **filters):
    found = ladders.links(people, analysis(**filters))
    return {one.variant: one.group.people.index.tolist() for one in found}


def test_a_likely_person_is_in_no_analysis_itself():
    assert select(PEOPLE, analysis()).people.index.tolist() == [1, 2, 3, 6, 7, 8]


@pytest.mark.parametrize(
    ("filters", "by_id", "likely"),
    [
        ({}, [1, 2, 6, 7, 8], [1, 2, 3, 4, 5, 6, 7, 8]),
        ({"filter": {"sex": ["F"]}}, [1, 6, 8], [1, 3, 5, 6, 8]),
    ],
)
def test_the_pool_is_the_same_on_every_rung(filters, by_id, likely):
    assert rungs(PEOPLE, **filters) == {"links_id": by_id, "links_likely": likely}


def test_there_is_no_rung_where_intake_was_not_asked():
    assert rungs(PEOPLE.drop(columns="how_surely_found")) == {}


def test_a_rung_without_anybody_says_so():
    nobody = PEOPLE[PEOPLE["how_surely_found"] != "id"]
    by_id, likely = ladders.links(nobody, analysis())
    assert by_id.group is None and "nobody is left" in by_id.why
    assert likely.group is not None
