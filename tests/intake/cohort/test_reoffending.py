"""Outcomes of several offences; the edges are in the hand-made extract."""

import pandas as pd
import pytest
from support import small_study
from support.hand_made import offence, opened, sentence, typed, write

from helpers.intake.cohort import reoffending
from helpers.intake.cohort.reoffending import follow_up, horizons, outcomes
from helpers.intake.records.extract import open_extract
from helpers.request.measures.standard import Standard

INDEX = "2021-03-01"


def of(*offences, within=(365,)) -> pd.Series:
    rows = [{"person_id": "A"} | o for o in offences]
    people = pd.DataFrame({"person_id": ["B", "A"], "index_date": pd.Timestamp(INDEX)})
    with opened(offence=rows) as records:
        found = outcomes(records, people, within)
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
    of_everyone = ["reoffended", "reoffences", "violent_reoffended",
                   "violent_reoffences", "reoffences_on_day_0"]  # fmt: skip
    assert row.drop(["person_id", *of_everyone]).isna().all()


def test_offences_of_day_0_are_counted_apart():
    row = of(offence(INDEX, mode="indictable"), offence("2021-03-02"))
    assert row["reoffences"] == row["reoffences_on_day_0"] == 1
    assert row["first_reoffence_summary"] == 1 and row["reoffences_indictable"] == 0


def test_nobody_reoffends_where_there_are_no_offences():
    people = pd.DataFrame({"person_id": ["A"], "index_date": pd.Timestamp(INDEX)})
    with opened() as records:
        assert outcomes(records, people)["reoffended"].tolist() == [0]
        assert outcomes(records, people.iloc[:0]).empty


# other horizons ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "proven", "of_year", "of_two"),
    [
        ("2022-03-01", "2022-08-31", True, True),  # day 365, proven on day 548
        ("2022-03-01", "2022-09-01", False, True),  # proven on day 549
        ("2022-03-02", "2022-03-03", False, True),  # day 366
        ("2023-03-01", "2023-08-31", False, True),  # day 730, proven on day 913
        ("2023-03-01", "2023-09-01", False, False),  # proven on day 914
        ("2023-03-02", "2023-03-03", False, False),  # day 731
        (INDEX, "2021-03-02", False, False),  # day 0
    ],
)
def test_a_horizon_moves_the_last_day_and_the_last_proof(day, proven, of_year, of_two):
    row = of(offence(day, proven), within=(365, 730))
    assert row[["reoffended", "reoffended_730_days"]].tolist() == [of_year, of_two]
    assert row[["reoffences", "reoffences_730_days"]].tolist() == [of_year, of_two]


def test_each_horizon_has_every_measure_of_its_own_reoffenders():
    row = of(
        offence("2021-04-01", mode="indictable"),  # day 31
        offence("2022-06-01", mode="summary", custodial=True),  # day 457
        within=(30, 365, 730),
    )
    of_730 = {
        "reoffended": 1, "reoffences": 2, "days_to_first_reoffence": 31,
        "first_reoffence_indictable": 1, "reoffences_summary": 1,
        "custody_for_first_reoffence": 0, "custodial_reoffences": 1,
    }  # fmt: skip
    assert {name: row[f"{name}_730_days"] for name in of_730} == of_730
    assert row["reoffences_summary"] == row["custodial_reoffences"] == 0
    assert row[["reoffended_30_days", "reoffences_30_days"]].tolist() == [0, 0]
    assert row[["days_to_first_reoffence_30_days", "reoffences_summary_30_days"]
               ].isna().all()  # fmt: skip


def test_the_longest_horizon_asked_for_decides_the_follow_up():
    asked = small_study.study(
        outcomes=["reoffending_rate", {"name": "reoffending_rate", "horizon_days": 730}]
    )
    assert horizons(asked) == (365, 730)
    assert follow_up((365,)) == 548  # the year, and half a year in which it is proven
    assert follow_up(horizons(asked)) == 913
    assert follow_up((180,)) == 363


# violent reoffending ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("group", "violent"),
    [
        ("Violence Against the Person", 1),
        ("VIOLENCE against the person ", 1),
        ("Robbery", 0),
        ("Violence", 0),
        (None, 0),
    ],
)
def test_violent_are_offences_of_one_group_in_any_capitals(group, violent):
    row = of(offence("2021-05-01", offence_group=group), offence("2021-06-01"))
    names = ["reoffended", "reoffences", "violent_reoffended", "violent_reoffences"]
    assert row[names].tolist() == [1, 2, violent, violent]


def test_violent_reoffences_within_two_years_are_counted_by_the_same_rule():
    violent = {"offence_group": "Violence Against the Person"}
    days = (INDEX, "2021-05-01", "2022-05-01")
    row = of(*(offence(day, **violent) for day in days), within=(365, 730))
    assert row["violent_reoffences"] == 1
    assert row["violent_reoffences_730_days"] == 2
    assert row["violent_reoffended_730_days"] == 1


def test_a_measure_of_other_groups_of_offence_is_a_row_of_its_own(monkeypatch):
    """Of three offences one is a theft: the rate is 1, the count 1."""
    for kind, column in (("rate", "stole"), ("frequency", "thefts")):
        row = Standard(column, kind, column, "everyone", "stole", "", "Theft",
                       offences=("Theft", "Burglary"))  # fmt: skip
        monkeypatch.setitem(reoffending.OF_GROUPS, column, row)
    groups = ("Theft", "Robbery", "Violence Against the Person")
    days = ("2021-05-01", "2021-06-01", "2021-07-01")
    row = of(*(offence(d, offence_group=g) for d, g in zip(days, groups, strict=True)))
    counted = ["reoffences", "stole", "thefts", "violent_reoffences"]
    assert row[counted].tolist() == [3, 1, 1, 1]


def test_violence_is_not_known_where_the_records_name_no_group():
    row = of(offence("2021-05-01", offence_group=None))
    assert row[["violent_reoffended", "violent_reoffences"]].isna().all()
    assert row["reoffended"] == 1
