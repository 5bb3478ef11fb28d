"""Names that say that they are not known, and names that only look so."""

import pandas as pd
import pytest
from support.submission_lists import FINE, check, found, write_csv

from helpers.intake.submission.unknown import may_say_unknown, says_unknown


@pytest.mark.parametrize(
    "name",
    ["UNKNOWN", "unknown", "Unknown 2", "Unknown male", "Not known", "not-known", "N/K",
     "nk", "n/a", "N/A", "<NA>", "TBC", "To be confirmed", "Not recorded", "not given",
     "No surname", "(unknown)", "UNK", "xxx", "FNU", "L.N.U.", "Name withheld",
     "Unkown", "Confidential", "anonymised", "ANONYMIZED", "None given", "as above"],
)  # fmt: skip
def test_nobody_is_called_so(name):
    names = pd.Series([name], dtype="str")
    assert says_unknown(names).all() and not may_say_unknown(names).any()


@pytest.mark.parametrize("name", ["Na", "NA", "Null", "none", "Nil", "Nan", "N. K."])
def test_some_are_called_so(name):
    names = pd.Series([name], dtype="str")
    assert may_say_unknown(names).all() and not says_unknown(names).any()


@pytest.mark.parametrize(
    "name",
    ["Nay", "Nkosi", "Nair", "Noakes", "Nille", "Nunn", "Ná", "Nåa", "Tabac", "Known",
     "Notte", "Nullmeyer", "Missinger", "Li", "Ng", "O'Neill", "Kňa", "李"],
)  # fmt: skip
def test_names_that_only_look_so(name):
    names = pd.Series([name], dtype="str")
    assert not says_unknown(names).any() and not may_say_unknown(names).any()


def people(*names, **same):
    """Rows without ids, of these surnames and forenames."""
    others = {"pnc_id": "", "prison_number": "", **same}
    return [{**FINE, "surname": a, "forename": b, **others} for a, b in names]


def test_an_unknown_name_costs_the_line_and_ties_nobody(tmp_path):
    rows = people(("UNKNOWN", "UNKNOWN"), ("UNKNOWN", "UNKNOWN"), ("Example", "N/K"))
    read = check(write_csv(tmp_path, rows))
    rule = ("error", "says that it is not known")
    assert found(read) == [
        (2, "surname", *rule), (2, "forename", *rule), (3, "surname", *rule),
        (3, "forename", *rule), (4, "forename", *rule),
    ]  # fmt: skip
    assert set(read.lines["left_out"]) == {"line that cannot be used"}


def test_a_name_that_may_be_one_ties_nobody_by_itself(tmp_path):
    rows = people(("None", "Robin"), ("none", "Robin"), ("Null", "None"))
    read = check(write_csv(tmp_path, rows), minimum_people=4)
    rule = ("warning", "may say that it is not known")
    assert found(read)[1:] == [
        (2, "surname", *rule), (3, "surname", *rule), (4, "surname", *rule),
        (4, "forename", *rule),
    ]  # fmt: skip
    assert read.problems["found"][0] == "3 people"
    assert read.lines["left_out"].isna().all()


def test_rows_of_such_a_name_are_copies_of_each_other_for_nobody(tmp_path):
    """All that is known is equal, but of two people it would be so too."""
    read = check(write_csv(tmp_path, people(*[("None", "Robin")] * 2)))
    assert read.lines["left_out"].isna().all()


def test_an_id_ties_rows_of_such_a_name(tmp_path):
    rows = people(("Na", "Robin"), ("Na", "Robin"), prison_number="A1234BC")
    read = check(write_csv(tmp_path, rows), minimum_people=2)
    assert read.problems["found"][0] == "1 person"
