"""The same people from CSV and from Parquet: the same numbers and levels."""

import pandas as pd
import pytest
from support.ready_cohort import a_request

from helpers.errors import DataError
from helpers.intake.cohort import hand_over, ready

PEOPLE = pd.DataFrame(
    {
        "person_id": ["P1", "P2", "P3", "P4"],
        "treatment": [1, 0, 1, 0],
        "reoffended": [1, 0, 0, 1],
        "age": [30, 40, 50, 60],
        "area": ["South", "North", "South", "North"],
    }
)


def read(people, path):
    if path.suffix == ".csv":
        people.to_csv(path, index=False)
    else:
        people.to_parquet(path, index=False)
    request = a_request(path)
    return hand_over.people(ready.read(request), request)


@pytest.mark.parametrize(
    "column",
    [
        {"area": ["NA", "North", "NULL", "#N/A"]},
        {"area": [" South", "North ", "South", "North"]},
        {"area": [True, False, True, False]},
        {"area": ["TRUE", "FALSE", "True", "false"]},
        {"area": [1.0, None, 2.0, 1.0]},
        {"area": ["01", "02", "01", None]},
        {"treatment": [True, False, True, False]},
        {"age": [30.5, None, 40, 50]},
    ],
)
def test_both_kinds_of_file_give_the_same_people(column, tmp_path):
    people = PEOPLE.assign(**column)
    one, other = (read(people, tmp_path / f"people.{kind}") for kind in
                  ("csv", "parquet"))  # fmt: skip
    pd.testing.assert_frame_equal(one, other)


def test_a_duration_is_no_number(tmp_path):
    """In Parquet its nanoseconds were taken for one."""
    people = PEOPLE.assign(age=pd.to_timedelta(PEOPLE["age"], unit="D"))
    for kind in ("csv", "parquet"):
        with pytest.raises(DataError, match="age must be a number; found otherwise"):
            read(people, tmp_path / f"people.{kind}")


def test_a_decimal_comma_is_told(tmp_path):
    path = tmp_path / "people.csv"
    PEOPLE.assign(age=PEOPLE["age"] + 0.5).to_csv(
        path, index=False, sep=";", decimal=","
    )
    with pytest.raises(DataError, match="write decimals with a point"):
        ready.read(a_request(path))


def test_an_index_of_another_name_is_renamed(tmp_path):
    path = tmp_path / "people.parquet"
    PEOPLE.rename(columns={"person_id": "ID"}).set_index("ID").to_parquet(path)
    inputs = {"cohort": str(path), "columns": {"person_id": "ID"}}
    found = ready.read(a_request(path, inputs=inputs))
    assert found["person_id"].tolist() == ["P1", "P2", "P3", "P4"]


def test_levels_in_two_spellings_and_columns_in_two_are_told_at_once(tmp_path):
    path = tmp_path / "people.csv"
    people = PEOPLE.assign(area=["South", "North", "SOUTH", "North"], Age=1)
    people.rename(columns={"reoffended": "Reoffended"}).to_csv(path, index=False)
    with pytest.raises(DataError) as error:
        ready.read(a_request(path))
    found = "\n".join(error.value.problems)
    assert "columns age and Age differ by capitals alone" in found
    assert "column Reoffended is not read as reoffended" in found
    assert "area has a level written in more than one way" in found
