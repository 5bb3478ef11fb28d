"""Outcomes of several offences; the edges are in the hand-made extract."""

import pandas as pd
import pytest
from support.hand_made import offence, opened, sentence, typed, write

from helpers.intake.cohort.reoffending import outcomes
from helpers.intake.records.extract import open_extract

INDEX = "2021-03-01"


def of(*offences) -> pd.Series:
    rows = [{"person_id": "A"} | o for o in offences]
    people = pd.DataFrame({"person_id": ["B", "A"], "index_date": pd.Timestamp(INDEX)})
    with opened(offence=rows) as records:
        found = outcomes(records, people)
    assert found["person_id"].tolist() == ["B", "A"]
    assert found.loc[0, "reoffended"] == 0  # B has no offences
    return found.loc[1]


@pytest.mark.parametrize(
    ("modes", "first"),
    [
        (["summary", "indictable", "either_way"], "indictable"),
        (["summary", "either_way"], "either_way"),
        ([None, "summary"], "summary"),
        ([None], None),
    ],
)
def test_the_most_serious_of_the_first_day_stands_for_it(modes, first):
    row = of(*(offence("2021-05-01", mode=m) for m in modes),
             offence("2021-05-02", mode="indictable"))  # fmt: skip
    for mode in ("indictable", "either_way", "summary"):
        found = row[f"first_reoffence_{mode}"]
        assert pd.isna(found) if first is None else found == (mode == first)
        assert row[f"reoffences_{mode}"] == modes.count(mode) + (mode == "indictable")


def test_custody_is_not_known_where_the_records_do_not_tell_it(tmp_path):
    """An empty column is not "no": nobody would be sentenced to custody."""
    made = typed("offence", [{"person_id": "A"} | offence("2021-05-01")])
    made["custodial"] = pd.Series(pd.NA, made.index, dtype="boolean")
    tables = {
        "person": typed("person", [{"person_id": "A", "date_of_birth": "1985-06-15"}]),
        "sentence": typed("sentence", [sentence(person_id="A", sentence_id="1")]),
        "offence": made,
    }
    write(tables, tmp_path)
    people = pd.DataFrame({"person_id": ["A"], "index_date": pd.Timestamp(INDEX)})
    with open_extract(tmp_path, tmp_path / "work") as records:
        row = outcomes(records, people).loc[0]
    assert row["reoffences"] == 1
    custody = row[["custody_for_first_reoffence", "custodial_reoffences"]]
    assert custody.isna().all()


def test_custody_for_a_later_offence_is_not_custody_for_the_first():
    row = of(offence("2021-05-01"), offence("2021-06-01", custodial=True))
    assert row[["custody_for_first_reoffence", "custodial_reoffences"]].tolist() == [
        0,
        1,
    ]


@pytest.mark.parametrize("outcome", ["conviction", "caution", "reprimand", "warning"])
def test_four_outcomes_prove_an_offence(outcome):
    assert of(offence("2021-05-01", outcome=outcome))["reoffences"] == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"outcome": "penalty_notice"},
        {"outcome": None},
        {"proven_date": None},
        {"offence_date": None},
        {"breach": True},
        {"recordable": False},
        {"england_wales": False},
        {"police_prosecuted": False},
    ],
)
def test_what_lacks_one_thing_or_is_not_known_does_not_count(changes):
    row = of(offence("2021-05-01") | changes)
    assert row[["reoffended", "reoffences"]].tolist() == [0, 0]
    assert row.drop(["person_id", "reoffended", "reoffences", "reoffences_on_day_0"]
                    ).isna().all()  # fmt: skip


def test_offences_of_day_0_are_counted_apart():
    row = of(offence(INDEX, mode="indictable"), offence("2021-03-02"))
    assert row["reoffences"] == row["reoffences_on_day_0"] == 1
    assert row["first_reoffence_summary"] == 1 and row["reoffences_indictable"] == 0


def test_nobody_reoffends_where_there_are_no_offences():
    people = pd.DataFrame({"person_id": ["A"], "index_date": pd.Timestamp(INDEX)})
    with opened() as records:
        assert outcomes(records, people)["reoffended"].tolist() == [0]
        assert outcomes(records, people.iloc[:0]).empty
