"""Boolean columns of people: bits by hand, and what a stage without any gives."""

import pandas as pd
import pytest

from helpers.publication import people
from helpers.publication.people import Who


def column(*numbers, kind="group", name="treated", variable=""):
    return Who("all", kind, name, pd.Index(numbers, dtype=int), variable)


def test_a_person_is_the_bit_of_their_number_and_all_columns_are_of_one_width():
    who = [
        column(0, 9),
        column(1, kind="level", name="all.balance.age", variable="age"),
    ]
    frame = people.as_frame(who)
    # persons 0 to 9 are ten bits, filled up to two bytes: 1000 0000 0100 0000
    assert list(frame["bits"]) == [b"\x80\x40", b"\x40\x00"]
    named = frame[["analysis", "kind", "name", "variable"]].to_numpy().tolist()
    assert named == [
        ["all", "group", "treated", ""],
        ["all", "level", "all.balance.age", "age"],
    ]


def test_the_order_of_people_tells_nothing():
    (one, other) = people.as_frame([column(2, 5, 3), column(3, 2, 5)])["bits"]
    assert one == other == b"\x34"  # 0011 0100


def test_nobody_is_a_column_too():
    assert list(people.as_frame([column(), column(8)])["bits"]) == [
        b"\x00\x00",
        b"\x00\x80",
    ]


@pytest.mark.parametrize("who", [[], [column(0, 9), column(4)]])
def test_columns_are_read_as_they_were_written(tmp_path, who):
    frame = people.as_frame(who)
    frame.to_parquet(tmp_path / "who.parquet")
    pd.testing.assert_frame_equal(people.read(tmp_path / "who.parquet"), frame)


def test_a_stage_that_wrote_no_columns_counted_nobody(tmp_path):
    frame = people.read(tmp_path / "who.parquet")
    assert frame.empty and list(frame) == list(people.as_frame([column(1)]))
