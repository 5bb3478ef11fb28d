"""The extract: read from Parquet or CSV alike, and every problem at once."""

import duckdb
import ibis
import pandas as pd
import pytest
from support.hand_made import offence, sentence, typed, write

from helpers import files
from helpers.errors import NO_ROOM, DataError
from helpers.intake.records import duckdb_engine, extract
from helpers.intake.records.extract import open_extract
from helpers.intake.records.tables import TABLES

#: a value that must not be told
MARKER = "Marker7331"


def tables() -> dict[str, pd.DataFrame]:
    people = [{"person_id": "007", "surname": MARKER, "date_of_birth": "1985-06-15"},
              {"person_id": "008", "date_of_birth": None}]  # fmt: skip
    return {
        "person": typed("person", people),
        "sentence": typed("sentence", [
            sentence(person_id="007", sentence_id="01"),
            sentence(None, person_id="007", sentence_id="02",
                     sentence_length_days=None),
        ]),
        "offence": typed("offence", [offence("2021-03-01", person_id="007")]),
    }  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "extract"


def read(folder) -> dict[str, pd.DataFrame]:
    with open_extract(folder, folder / "work") as records:
        return {name: records.frame(table) for name, table in records.tables.items()}


def problems(folder) -> list[str]:
    with pytest.raises(DataError) as told:
        open_extract(folder, folder / "work")
    assert MARKER not in str(told.value)
    assert not list((folder / "work").iterdir())
    return str(told.value).splitlines()


def save_csv(made, folder, **options):
    folder.mkdir()
    for name, table in made.items():
        table.to_csv(folder / f"{name}.csv", index=False, **options)


# reading ------------------------------------------------------------------------------


def test_the_tables_are_read_with_their_columns_in_order(folder):
    write(tables(), folder)
    found = read(folder)
    assert list(found) == ["person", "sentence", "offence"]  # the others were not sent
    for name, table in found.items():
        assert list(table) == list(TABLES[name])
    assert found["person"]["person_id"].tolist() == ["007", "008"]
    assert found["sentence"]["index_date"].tolist() == [
        pd.Timestamp("2021-03-01"), pd.NaT,
    ]  # fmt: skip
    assert found["offence"]["breach"].tolist() == [False]


@pytest.mark.parametrize("options", [{}, {"sep": ";", "encoding": "utf-8-sig"}])
def test_csv_gives_the_same_as_parquet(folder, tmp_path, options):
    write(tables(), folder)
    save_csv(tables(), tmp_path / "csv", **options)
    for name, table in read(tmp_path / "csv").items():
        by = list(table)[:2]
        pd.testing.assert_frame_equal(
            table.sort_values(by, ignore_index=True),
            read(folder)[name].sort_values(by, ignore_index=True),
        )


def test_other_columns_are_ignored_and_empty_ones_need_no_type(folder):
    made = tables()
    made["person"]["pnc_id"] = [None, None]  # Parquet then has no type for it
    made["person"]["shoe_size"] = [41, 42]
    made["offence"] = made["offence"].iloc[:0]
    write(made, folder)
    found = read(folder)
    assert found["person"]["pnc_id"].isna().all() and "shoe_size" not in found["person"]
    assert found["offence"].empty


def test_an_offence_table_without_rows_may_also_be_csv(folder):
    made = tables()
    made["offence"] = made["offence"].iloc[:0]
    save_csv(made, folder)
    assert read(folder)["offence"].empty


def test_an_empty_text_is_a_missing_value(folder):
    made = tables()
    made["person"]["pnc_id"] = ["", "2001/1234567X"]
    write(made, folder)
    assert read(folder)["person"]["pnc_id"].isna().tolist() == [True, False]


def test_numbers_with_gaps_may_be_floats_and_dates_times_of_midnight(folder):
    made = tables()
    made["sentence"]["sentence_length_days"] = [400.0, None]
    write(made, folder)
    assert read(folder)["sentence"]["sentence_length_days"].tolist()[0] == 400


def test_only_oasys_questions_of_an_assessment_are_read(folder):
    made = tables()
    made["assessment"] = pd.DataFrame(
        {"person_id": ["007"], "date": pd.to_datetime(["2020-01-01"]), "S3Q1": [2],
         "S12Q10": [None], "layer": ["3"]}
    )  # fmt: skip
    write(made, folder)
    assert list(read(folder)["assessment"]) == ["person_id", "date", "S3Q1", "S12Q10"]


def test_what_it_wrote_is_removed_when_it_closes(folder):
    save_csv(tables(), folder)
    with open_extract(folder, folder / "work") as records:
        assert list((folder / "work").rglob("*.parquet"))
        assert records.frame(records.tables["person"].count().as_table()).iloc[0, 0]
    assert not list((folder / "work").iterdir())


def test_a_small_frame_keeps_its_types_in_the_engine(folder):
    write(tables(), folder)
    frame = pd.DataFrame({"a": ["x", None], "b": pd.Series([None, None], dtype="str"),
                          "day": pd.to_datetime(["2020-02-29", None])})  # fmt: skip
    with open_extract(folder, folder / "work") as records:
        table = records.local(frame, days=("day",))
        assert [str(t) for t in table.schema().types] == ["string", "string", "date"]
        kept = records.frame(records.keep(table))
        none = records.frame(records.local(frame.iloc[:0], days=("day",)))
    pd.testing.assert_frame_equal(kept, frame.astype({"a": "str", "day": "<M8[us]"}))
    assert none.empty and list(none) == ["a", "b", "day"]


# problems -----------------------------------------------------------------------------


def test_there_must_be_a_folder(folder):
    with pytest.raises(DataError, match="there is no folder"):
        open_extract(folder, folder / "work")


def test_everything_that_is_wrong_is_told_at_once(folder):
    made = tables()
    made["person"]["date_of_birth"] = ["15/06/1985", MARKER]
    made["sentence"] = made["sentence"].drop(columns="region")
    made["offence"]["outcome"] = MARKER
    write(made | {"alias": made["person"].drop(columns="surname")}, folder)
    (folder / "offence.parquet").rename(folder / "employment.parquet")
    found = problems(folder)
    assert [line.split(";")[0] for line in found if "employment" not in line] == [
        "person.parquet: column date_of_birth must hold dates",
        "alias.parquet: has no column surname (text)",
        "alias.parquet: column date_of_birth must hold dates",
        "sentence.parquet: has no column region (text)",
        "extract: has no table offence",
    ]
    assert sum("employment" in line for line in found) == 3  # from, to, kind


def test_a_date_with_a_time_is_not_a_date(folder):
    made = tables()
    made["offence"]["offence_date"] += pd.Timedelta(hours=3)
    made["sentence"]["index_date"] = made["sentence"]["index_date"].dt.tz_localize(
        "UTC"
    )
    write(made, folder)
    assert problems(folder) == [
        "sentence.parquet: column index_date must hold dates; found times with a time "
        "zone; convert it and save the table again",
        "offence.parquet: column offence_date must hold dates, year-month-day and no "
        "time; found otherwise in 1 row; mend them",
    ]


def test_values_of_a_csv_file_are_checked_by_row(folder):
    made = {name: table.astype("str") for name, table in tables().items()}
    made["person"]["date_of_birth"] = [MARKER, "1985-6-15"]
    made["sentence"]["sentence_length_days"] = ["1.5", "400.0"]
    made["offence"]["breach"] = ["perhaps"]
    save_csv(made, folder)
    assert problems(folder) == [
        "person.csv: column date_of_birth must hold dates, year-month-day and no time; "
        "found otherwise in 2 rows; mend them",
        "sentence.csv: column sentence_length_days must hold whole numbers; found "
        "otherwise in 1 row; mend them",
        "offence.csv: column breach must hold true or false; found otherwise in 1 row; "
        "mend them",
    ]


def test_words_ids_and_empty_tables(folder):
    made = tables()
    made["person"] = made["person"].iloc[:0]
    made["sentence"]["sentence_id"] = "01"
    made["sentence"]["disposal"] = ["custody", MARKER]
    made["offence"] = pd.concat([made["offence"]] * 3, ignore_index=True)
    made["offence"]["outcome"] = [MARKER, "acquittal", "caution"]
    made["offence"]["trial_mode"] = ["summary", "crown", None]
    made["offence"]["person_id"] = ["007", None, "007"]
    write(made, folder)
    assert [line.split(";")[0] for line in problems(folder)] == [
        "person: has no rows",
        "sentence: column disposal holds another word than custody, suspended sentence "
        "order, community order, youth rehabilitation order, fine, discharge, other in "
        "1 row",
        "sentence: 1 row repeat the sentence_id of another",
        "offence: column person_id is empty in 1 row",
        "offence: column outcome holds another word than conviction, caution, "
        "reprimand, warning, penalty_notice in 2 rows",
        "offence: column trial_mode holds another word than indictable, either_way, "
        "summary in 1 row",
    ]


def test_ids_that_are_numbers_have_lost_their_zeros(folder):
    made = tables()
    made["person"]["person_id"] = [7, 8]
    write(made, folder)
    assert problems(folder)[0].startswith(
        "person.parquet: column person_id must hold text; found int64"
    )


def test_a_table_must_not_be_there_twice(folder, tmp_path):
    write(tables(), folder)
    tables()["person"].to_csv(folder / "person.csv", index=False)
    assert problems(folder)[0] == (
        "extract: holds person as .parquet and as .csv; keep one of them"
    )


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("person.parquet", b"PAR1" + MARKER.encode()),
        ("person.csv", f"person_id,surname\n1,{MARKER}Ö".encode("cp1252")),
        ("person.csv", f"person_id\n1,2,3\n{MARKER},\"".encode()),
        ("person.csv", b""),
    ],
)  # fmt: skip
def test_a_damaged_table_is_told_without_its_content(folder, file, content):
    write(tables(), folder)
    (folder / "person.parquet").unlink()
    (folder / file).write_bytes(content)
    found = problems(folder)
    assert found[0].startswith(file)


def test_too_little_memory_is_not_put_down_to_the_table(folder, monkeypatch):
    """Whose words may hold a person's row, so that they are not told."""

    def short(*_):
        raise duckdb.OutOfMemoryException(f"could not allocate for {MARKER}")

    write(tables(), folder)
    monkeypatch.setattr(extract, "column_problems", short)
    (told,) = problems(folder)
    assert told.startswith("engine.memory: 6GB is too little")


@pytest.mark.parametrize("ending", ["parquet", "csv"])
@pytest.mark.parametrize(
    "error",
    [
        duckdb.IOException(f'Could not write file "/x": {NO_ROOM[0]}, {MARKER}'),
        # what DuckDB says where its own files fill the disk
        duckdb.OutOfMemoryException(f"limit of max_temp_directory_size, {MARKER}"),
    ],
)
def test_a_full_disk_is_not_put_down_to_the_table(folder, monkeypatch, error, ending):
    def full(*_):
        raise error

    if ending == "csv":
        save_csv(tables(), folder)
    else:
        write(tables(), folder)
    monkeypatch.setattr(extract, "column_problems", full)
    (told,) = problems(folder)
    assert told.startswith(f"{folder}/work: nothing could be written there any more")
    assert "disk" in told and "save it again" not in told


@pytest.mark.parametrize("asked", ["frame", "keep", "converted"])
def test_memory_that_runs_out_later_is_told_by_its_limit(folder, tmp_path, asked):
    """Whatever is being worked out once the records are open."""
    with duckdb_engine.start(tmp_path, "10MB") as records:
        numbers = ibis.range(1_000_000).unnest().name("number").as_table()
        text = numbers.number.cast("string") + " and more of it"
        rows = numbers.aggregate(all=text.collect())  # 20 MB that must lie in one cell
        name = ["made"] if asked == "converted" else []
        with pytest.raises(DataError, match="^engine.memory: 10MB is too little"):
            getattr(records, asked)(rows, *name)


def test_a_name_is_told_of_a_table_that_is_at_hand_as_well(folder, tmp_path):
    """As where another request has read it already."""
    made = tables()
    write(made, tmp_path / "at_hand")
    at_hand = {"offence": tmp_path / "at_hand/offence.parquet"}
    write(made | {"offences": made["offence"]}, folder)
    with pytest.raises(DataError, match="offences.parquet is not read; name it offenc"):
        open_extract(folder, folder / "work", at_hand=at_hand)


def test_what_a_killed_process_has_left_goes_and_what_is_held_stays(folder):
    """A kernel that was killed leaves names; one at work beside keeps its files."""
    write(tables(), folder)
    left, other = folder / "work/records-left", folder / "work/mine"
    for place in (left, other):
        place.mkdir(parents=True)
        (place / "person.parquet").write_text(MARKER)
    (left / files.HELD).touch()
    with open_extract(folder, folder / "work") as records:
        assert not left.exists() and other.exists()  # that nobody ever held
        with open_extract(folder, folder / "work"):
            assert records.place.exists()
    assert [path.name for path in (folder / "work").iterdir()] == ["mine"]


def test_a_name_in_capitals_and_a_table_that_nothing_reads_are_told(folder):
    made = tables()
    made["person"] = made["person"].rename(columns={"person_id": "PERSON_ID"})
    write(made | {"offences": made["offence"], "notes": made["offence"]}, folder)
    assert problems(folder)[:2] == [
        "extract: offences.parquet is not read; name it offence.parquet, or take it "
        "out of the folder",
        "person.parquet: has no column person_id (text); PERSON_ID is there: write its "
        "name as person_id",
    ]


@pytest.mark.parametrize("missing", ["NA", "NULL", "\\N"])
def test_what_r_and_databases_write_for_nothing_is_missing(folder, missing):
    made = tables()
    made["person"]["ethnicity"] = " White"
    save_csv(made, folder, na_rep=missing)
    found = read(folder)
    assert found["person"]["date_of_birth"].isna().tolist() == [False, True]
    assert found["sentence"]["sentence_length_days"].isna().sum() == 1
    assert set(found["person"]["ethnicity"]) == {"White"}
