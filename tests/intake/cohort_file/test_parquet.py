"""A Parquet file of a ready cohort: what pandas wrote beside the columns."""

import pandas as pd
import pytest

from helpers.errors import DataError
from helpers.intake.cohort_file import parquet

PEOPLE = pd.DataFrame(
    {"person_id": ["P1", "P2"], "treatment": [1, 0], "area": ["South", "North"]}
)
BY_COUNT = pd.RangeIndex(2, name="person_id")


@pytest.fixture
def load(tmp_path):
    def loaded(people, asked=("person_id", "treatment", "area")):
        path = tmp_path / "people.parquet"
        people.to_parquet(path)
        return parquet.load(path, "FILE", asked)

    return loaded


@pytest.mark.parametrize(
    "people",
    [
        PEOPLE.set_index("person_id"),
        PEOPLE.set_index("person_id", drop=False),
        PEOPLE.set_index(["person_id", "area"]),
        PEOPLE.set_index(["person_id", "area"], drop=False).drop(columns="person_id"),
        PEOPLE.rename(columns={"area": " area "}),
        PEOPLE.assign(area=[b"South", b"North"]),  # text that was not said to be text
    ],
)
def test_an_index_is_columns_and_text_is_text(load, people):
    found = load(people)
    assert sorted(found) == ["area", "person_id", "treatment"]
    assert found["person_id"].tolist() == ["P1", "P2"]
    assert found["area"].tolist() == ["South", "North"]


def test_an_index_that_counts_and_has_a_name_is_a_column(load):
    found = load(PEOPLE.drop(columns="person_id").set_index(BY_COUNT))
    assert found["person_id"].tolist() == [0, 1]


@pytest.mark.parametrize("held", [[[1, 2], []], [{"a": 1}, {"a": 2}]])
def test_a_column_of_lists_is_refused_only_where_it_is_used(load, held):
    found = load(PEOPLE.assign(visits=held))
    assert list(found) == ["person_id", "treatment", "area"]
    with pytest.raises(DataError) as error:
        load(PEOPLE.assign(area=held))
    assert error.value.problems == [
        "FILE: column area holds lists or the like; give one value a person"
    ]


def test_bytes_that_are_no_text_hold_nothing(load):
    assert "picture" not in load(PEOPLE.assign(picture=[b"\xff\xfe", b"\xff"]))
