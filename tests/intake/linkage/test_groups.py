"""Lines counted by kinds of people: what became of each, by hand."""

from datetime import date

import ibis
import pandas as pd
from support.hand_made import holding

from helpers.intake.linkage.groups import by_group, ethnicity
from helpers.intake.linkage.link import Linkage

#: line, surname, forename, born, sex; lines 1 and 3 are linked, 2 and 3 have candidates
PEOPLE = [
    (1, "Smith", "John", "1990-06-02", "Male"),  # the day before he is 36
    (2, "Singh", "Gurdeep", "2001-06-01", "Male"),  # 25 that day
    (3, "Smith-Jones", "Ann", "2001-06-02", "Female"),  # still 24
    (4, "O'Brien", "Ann", "2010-01-01", None),
    (5, "Qqq", "Zzz", "1976-06-01", "Unknown"),  # 50 that day
]


def lines(people=PEOPLE):
    columns = ["line", "surname", "forename", "date_of_birth", "sex"]
    frame = pd.DataFrame(people, columns=columns)
    frame["sex"] = frame["sex"].astype("str")
    return frame.assign(date_of_birth=pd.to_datetime(frame["date_of_birth"]))


LINKS = pd.DataFrame({"line": [1, 3], "person_id": ["A", "B"], "passed": "exact"})
REVIEW = pd.DataFrame({"line": [2, 2, 3], "person_id": ["C", "D", "E"]})
LINKAGE = Linkage(LINKS, REVIEW, REVIEW.iloc[:0], REVIEW)


def test_each_line_is_counted_once_in_each_characteristic():
    counted = by_group(LINKAGE, lines(), date(2026, 6, 1))
    rows = {tuple(row[:2]): tuple(row[2:]) for row in counted.values.tolist()}
    assert rows == {
        ("sex", "Female"): (1, 1, 0, 0),
        ("sex", "Male"): (2, 1, 1, 0),
        ("sex", "not known"): (2, 0, 0, 2),
        ("age when received", "under 18"): (1, 0, 0, 1),
        ("age when received", "18 to 24"): (1, 1, 0, 0),
        ("age when received", "25 to 34"): (1, 0, 1, 0),
        ("age when received", "35 to 49"): (1, 1, 0, 0),
        ("age when received", "50 and over"): (1, 0, 0, 1),
        ("kind of name", "English"): (1, 1, 0, 0),
        ("kind of name", "Irish or Scottish"): (1, 0, 0, 1),
        ("kind of name", "South Asian"): (1, 0, 1, 0),
        ("kind of name", "double-barrelled"): (1, 1, 0, 0),
        ("kind of name", "other"): (1, 0, 0, 1),
    }
    assert list(rows)[:3] == [("sex", one) for one in ("Female", "Male", "not known")]


def test_a_characteristic_of_one_level_is_left_out():
    counted = by_group(LINKAGE, lines(PEOPLE[:1] * 2), date(2026, 6, 1))
    assert counted.empty
    assert by_group(LINKAGE, lines().iloc[:0], date(2026, 6, 1)).empty


def test_ethnicity_is_that_of_the_linked_alone():
    person = pd.DataFrame({"person_id": list("ABCD"),
                           "ethnicity": ["White", None, "Asian", "Asian"]})  # fmt: skip
    schema = {"person_id": "string", "ethnicity": "string"}
    counts = ethnicity(
        LINKAGE, holding({"person": ibis.memtable(person, schema=schema)})
    )
    assert counts.to_dict() == {"White": 1, "not known": 1}
