"""Records that are read and are wrong: found before anybody is linked."""

from datetime import date

import pandas as pd
import pytest
from support.hand_made import offence, sentence, typed, write

from helpers.intake.records import profile
from helpers.intake.records.extract import open_extract

FLAGS = ("recordable", "breach", "england_wales", "police_prosecuted")


def tables(offences: int = 200) -> dict[str, pd.DataFrame]:
    """Two people born in 1985, one sentence each, offences on different days."""
    ids = ["0007", "0008"]
    days = pd.date_range("2005-01-01", periods=offences, freq="7D").strftime("%Y-%m-%d")
    return {
        "person": typed("person", [
            {"person_id": i, "date_of_birth": f"1985-06-{n}"}
            for n, i in enumerate(ids, start=15)
        ]),
        "sentence": typed("sentence", [
            sentence(person_id=i, sentence_id=f"{i}-1") for i in ids
        ]),
        "offence": typed("offence", [
            offence(day, person_id=ids[n % 2]) for n, day in enumerate(days)
        ]),
    }  # fmt: skip


def look(folder, given, repeated_rows=None):
    """The profile's lines that are not fine, and the tables afterwards."""
    write(given, folder)
    with open_extract(folder, folder / "work") as records:
        looking = profile.Looking(date(2024, 6, 30), date(2025, 1, 1), repeated_rows)
        looked = profile.profile(records, looking)
        after = {name: records.frame(table) for name, table in records.tables.items()}
    lines = [line for line in looked.lines if line.verdict != "ok"]
    return [(x.table, x.what, x.rows, x.verdict) for x in lines], after, looked


def test_records_without_fault_have_no_line(tmp_path):
    given = tables()
    lines, after, looked = look(tmp_path / "extract", given)
    assert lines == [] and looked.problems == []
    assert set(looked.table["table"]) == set(given)
    assert len(after["offence"]) == 200


# rows of nobody -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("strangers", "verdict"), [(1, "told"), (2, "told"), (3, "stops")]
)
def test_rows_of_nobody_stop_beyond_one_in_a_hundred(tmp_path, strangers, verdict):
    given = tables()
    given["offence"].loc[: strangers - 1, "person_id"] = "Q1"
    lines, _, looked = look(tmp_path / "extract", given)
    what = "person_id is not in the person table"
    assert lines == [("offence", what, strangers, verdict)]
    assert "Q1" not in str(looked.lines)


@pytest.mark.parametrize("written", ["7", " 0007", "007", "7.0"])
def test_ids_that_differ_by_zeros_or_blanks_are_named_as_the_cause(tmp_path, written):
    given = tables()
    mine = given["offence"]["person_id"] == "0007"
    given["offence"]["person_id"] = given["offence"]["person_id"].mask(mine, written)
    _, _, looked = look(tmp_path / "extract", given)
    [told] = looked.problems
    assert told == (
        "offence: person_id is not in the person table: found 100 rows (50.0%); 100 of "
        "them differ from an id there only by zeros, blanks, signs or capitals, as "
        "after a spreadsheet; write the ids in the same way in every table"
    )


def test_capitals_and_every_table_count(tmp_path):
    given = tables()
    given["person"]["person_id"] = ["A07", "A08"]
    for name in ("sentence", "offence"):
        given[name]["person_id"] = given[name]["person_id"].str.replace("00", "a")
    _, _, looked = look(tmp_path / "extract", given)
    assert [line.split(":")[0] for line in looked.problems] == ["sentence", "offence"]
    assert all("capitals" in line for line in looked.problems)


def test_two_people_of_nearly_one_id_are_told(tmp_path):
    given = tables()
    given["person"] = pd.concat([
        given["person"], typed("person", [{"person_id": "7"}])
    ])  # fmt: skip
    lines, _, _ = look(tmp_path / "extract", given)
    what = "person_id is that of another but for zeros, blanks, signs or capitals"
    assert lines == [("person", what, 1, "told")]


# rows that repeat another -------------------------------------------------------------

TWICE = "repeats another in every column"


def appended(given, rows: int, **more) -> dict[str, pd.DataFrame]:
    own = given["offence"].assign(**{name: 1 for name in more})
    again = own.head(rows).assign(**more)
    return given | {"offence": pd.concat([own, again], ignore_index=True)}


@pytest.mark.parametrize(
    ("rows", "verdict"), [(2, "told"), (3, "stops"), (200, "stops")]
)
def test_rows_twice_stop_beyond_one_in_a_hundred(tmp_path, rows, verdict):
    lines, after, looked = look(tmp_path / "extract", appended(tables(), rows))
    assert lines == [("offence", TWICE, rows, verdict)]
    assert bool(looked.problems) == (verdict == "stops")
    assert len(after["offence"]) == 200 + rows  # nothing is dropped unasked


@pytest.mark.parametrize(("asked", "left"), [("keep", 400), ("drop", 200)])
def test_the_request_says_what_rows_twice_are(tmp_path, asked, left):
    lines, after, looked = look(tmp_path / "x", appended(tables(), 200), asked)
    kept = [("offence", TWICE, 200, "told")]  # so many are kept, and named all the same
    assert lines == (kept if asked == "keep" else []) and looked.problems == []
    assert len(after["offence"]) == left
    assert after["offence"].dtypes.equals(
        look(tmp_path / "y", tables())[1]["offence"].dtypes
    )


def test_rows_of_a_csv_file_are_dropped_too(tmp_path):
    given = appended(tables(), 200)
    write({name: given[name] for name in ("person", "sentence")}, tmp_path)
    given["offence"].to_csv(tmp_path / "offence.csv", index=False)
    _, after, _ = look(tmp_path, {}, "drop")
    assert len(after["offence"]) == 200


def test_an_id_of_its_own_makes_each_row_an_offence(tmp_path):
    """Two counts of one day; the id is not read, and still tells them apart."""
    given = tables()
    given["offence"] = pd.concat([given["offence"], given["offence"].head(20)])
    given["offence"]["offence_id"] = range(220)
    assert look(tmp_path / "extract", given)[0] == []


def test_a_table_appended_with_a_column_of_its_own_is_told(tmp_path):
    lines, _, _ = look(tmp_path / "extract", appended(tables(), 200, batch=2))
    what = "repeats another in every column but batch"
    assert lines == [("offence", what, 200, "told")]


def test_sentences_and_people_sent_again_under_other_ids_are_told(tmp_path):
    given = tables()
    again = given["sentence"].assign(sentence_id=["x1", "x2"])
    given["sentence"] = pd.concat([given["sentence"], again])
    again = given["person"].assign(person_id=["0017", "0018"])
    given["person"] = pd.concat([given["person"], again])
    assert look(tmp_path / "extract", given)[0] == [
        ("person", "repeats another in every column but person_id", 2, "told"),
        ("sentence", "repeats another in every column but sentence_id", 2, "told"),
    ]


def test_row_numbers_that_pandas_writes_are_no_column(tmp_path):
    given = tables()
    given["offence"] = pd.concat([given["offence"]] * 2)
    given["offence"].index = range(1000, 1800, 2)
    assert look(tmp_path / "extract", given)[0] == [("offence", TWICE, 200, "stops")]


# columns that decide ------------------------------------------------------------------


DECISIVE = ("offence_date", "proven_date", "outcome", *FLAGS)


def emptied(rows_of: dict[str, int]) -> dict[str, pd.DataFrame]:
    """The offences with the first rows of some columns empty."""
    given = tables()
    for column, rows in rows_of.items():
        kind = "boolean" if column in FLAGS else given["offence"][column].dtype
        values = given["offence"][column].astype(kind)
        given["offence"][column] = values.mask(values.index < rows)
    return given


def test_a_gap_in_a_column_that_decides_is_told_with_what_is_done(tmp_path):
    rows = dict.fromkeys(DECISIVE, 5) | {"proven_date": 2, "outcome": 0}
    lines, _, looked = look(tmp_path / "extract", emptied(rows))
    assert lines == [
        ("offence", f"{column} is empty", n, "told") for column, n in rows.items() if n
    ]
    done = looked.table.set_index("looked at")["what is done"]
    assert done["breach is empty"] == "such an offence counts, as no breach"
    assert done["recordable is empty"] == "such an offence is no reoffence"
    assert "neither" in done["proven_date is empty"]


def test_an_empty_column_that_decides_stops(tmp_path):
    given = emptied(dict.fromkeys(DECISIVE, 200))
    _, _, looked = look(tmp_path / "extract", given, "keep")
    assert looked.problems == [
        f"offence: {column} is empty: found 200 rows (100.0%); ask for the table with "
        "it: it decides who counts, and empty is not no"
        for column in DECISIVE
    ]


def test_an_offence_that_is_not_proven_yet_is_in_nobodys_doubt(tmp_path):
    given = tables()
    given["offence"].loc[:4, "proven_date"] = pd.NaT
    given["offence"].loc[:4, "outcome"] = None
    assert look(tmp_path / "extract", given)[0] == []


def test_sentences_need_their_dates_and_people_their_births(tmp_path):
    given = tables()
    given["sentence"][["index_date", "conviction_date"]] = pd.NaT
    given["person"]["date_of_birth"] = pd.NaT
    _, _, looked = look(tmp_path / "extract", given)
    assert [line.split(":")[:2] for line in looked.problems] == [
        ["person", " date_of_birth is empty"],
        ["sentence", " conviction_date is empty"],
        ["sentence", " index_date is empty"],
    ]


# what cannot be -----------------------------------------------------------------------


def test_what_cannot_be_is_counted_told_and_not_known(tmp_path):
    given = tables()
    rows = given["offence"]
    rows.loc[0, "offence_date"] = pd.Timestamp("1980-01-01")  # before birth
    rows.loc[1, "offence_date"] = pd.Timestamp("1995-06-14")  # nine years old
    rows.loc[2, "offence_date"] = pd.Timestamp("1995-06-15")  # ten: can be
    rows.loc[3, "proven_date"] = rows.loc[3, "offence_date"] - pd.Timedelta(days=1)
    rows.loc[4, "proven_date"] = pd.Timestamp("2200-12-31")
    given["sentence"].loc[0, "custody_start"] = pd.Timestamp("2021-03-02")
    given["sentence"].loc[1, "sentence_length_days"] = -1
    given["person"] = pd.concat([given["person"], typed("person", [
        {"person_id": "0009", "date_of_birth": "1900-01-01"},
    ])], ignore_index=True)  # fmt: skip
    lines, after, _ = look(tmp_path / "extract", given)
    ages = "before birth, or at an age outside 10 to 100"
    assert lines == [
        ("person", "date_of_birth before 1901", 1, "told"),
        ("sentence", "release before reception", 1, "told"),
        ("sentence", "sentence_length_days below 0", 1, "told"),
        ("offence", "proven_date that lies ahead", 1, "told"),
        ("offence", f"offence_date {ages}", 2, "told"),
        ("offence", "proven before committed", 1, "told"),
    ]
    offences = after["offence"].sort_values("trial_mode", kind="stable")
    assert offences["offence_date"].isna().sum() == 3  # rows 0, 1 and 3
    assert offences["proven_date"].isna().sum() == 2  # rows 3 and 4
    assert after["person"]["date_of_birth"].isna().sum() == 1
    lost = after["sentence"][["custody_start", "index_date"]].isna().sum()
    assert lost.tolist() == [1, 1]
    assert after["sentence"]["sentence_length_days"].isna().sum() == 1


def test_a_spell_that_ends_before_it_begins_counts_for_nothing(tmp_path):
    given = tables()
    spells = [
        {"person_id": "0007", "from": "2020-01-01", "to": "2019-12-31"},
        {"person_id": "0007", "from": "2020-01-01", "to": "9999-12-31"},
    ]
    given["employment"] = typed("employment", spells)
    lines, after, _ = look(tmp_path / "extract", given)
    assert lines == [("employment", "ended before it began", 1, "told")]
    spells = after["employment"].sort_values("from", na_position="first")
    assert spells["from"].isna().tolist() == [True, False]
    assert spells["to"].isna().all()  # no end is no end


def test_many_births_on_one_day_are_not_known(tmp_path):
    given = tables()
    more = [
        {"person_id": f"P{n}", "surname": f"P{n}", "date_of_birth": "1970-01-01"}
        for n in range(30)
    ]
    given["person"] = pd.concat([given["person"], typed("person", more)])
    lines, after, _ = look(tmp_path / "extract", given)
    what = "date_of_birth on 1970-01-01, more than its share"
    assert lines == [("person", what, 30, "told")]
    assert after["person"]["date_of_birth"].notna().sum() == 2


def test_months_without_offences_are_named(tmp_path):
    given = tables(0)
    days = pd.date_range("2017-01-01", "2024-06-30", freq="D")
    days = days[(days < "2021-03-01") | (days > "2021-03-31")].strftime("%Y-%m-%d")
    given["offence"] = typed(
        "offence",
        [
            offence(day, proven=day, person_id=f"000{7 + n % 2}")
            for n, day in enumerate(days)
        ],
    )
    lines, _, _ = look(tmp_path / "extract", given)
    empty = [f"{name}_date in none of 2021-03" for name in ("offence", "proven")]
    assert lines == [("offence", what, 0, "told") for what in empty]


# words and codes ----------------------------------------------------------------------


def test_words_that_the_kit_reads_otherwise_are_told(tmp_path):
    given = tables()
    more = [
        {"person_id": f"P{n}", "sex": sex, "nationality": "BRITISH", "surname": sex,
         "ethnicity": white}
        for n, (sex, white) in enumerate(
            [("Male", "White"), ("Female", "WHITE "), ("M", "NULL"), ("Unknown", "")])
    ]  # fmt: skip
    given["person"] = pd.concat([given["person"], typed("person", more)])
    answers = pd.DataFrame({"person_id": ["0007"] * 3, "S3Q3": [2, 9, -1]})
    answers["date"] = pd.to_datetime(["2019-01-01", "2019-02-01", "2019-03-01"])
    given["assessment"] = answers.astype({"date": "datetime64[us]"})
    lines, after, _ = look(tmp_path / "extract", given)
    assert lines == [
        ("person", "ethnicity differs from another by capitals alone", 0, "told"),
        ("person", "sex is another word than Female or Male", 1, "told"),
        ("person", "nationality is never British", 4, "told"),
        ("assessment", "an OASys answer other than 0, 1 or 2", 2, "told"),
    ]
    assert set(after["person"]["ethnicity"].dropna()) == {"White", "WHITE"}
    assert after["assessment"]["S3Q3"].dropna().tolist() == [2]


def test_a_sex_in_other_words_for_most_stops(tmp_path):
    given = tables()
    given["person"]["sex"] = ["M", "F"]
    _, _, looked = look(tmp_path / "extract", given)
    assert looked.problems == [
        "person: sex is another word than Female or Male: found 2 rows (100.0%); write "
        "Female or Male; nobody else's sex is known"
    ]


def test_what_outcomes_rest_on_and_a_table_that_was_cut_off_are_told(tmp_path):
    given = tables()
    given["offence"]["custodial"] = pd.Series(pd.NA, range(200), dtype="boolean")
    given["offence"] = given["offence"][given["offence"]["person_id"] == "0007"]
    lines, _, _ = look(tmp_path / "extract", given)
    assert lines == [
        ("offence", "custodial is empty", 100, "told"),
        ("sentence", "the person has no offence at all", 1, "told"),
    ]
