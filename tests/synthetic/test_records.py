"""Made-up records: always the same bytes, whole, and what the truth says of them."""

import hashlib

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from helpers.errors import RequestError
from helpers.intake.cohort import assessment
from helpers.intake.records.extract import open_extract
from helpers.synthetic import circumstances, national, programme, records, slips

PROVEN = ["conviction", "caution", "reprimand", "warning"]
TEXT, DATE = "string", "date32[day]"
SPELL = {"person_id": TEXT, "from": DATE, "to": DATE, "kind": TEXT}
COLUMNS = {
    "person": {
        "person_id": TEXT,
        "pnc_id": TEXT,
        "prison_number": TEXT,
        "surname": TEXT,
        "forename": TEXT,
        "date_of_birth": DATE,
        "sex": TEXT,
        "ethnicity": TEXT,
        "nationality": TEXT,
    },
    "alias": {
        "person_id": TEXT,
        "surname": TEXT,
        "forename": TEXT,
        "date_of_birth": DATE,
        "pnc_id": TEXT,
        "prison_number": TEXT,
    },
    "sentence": {
        "person_id": TEXT,
        "sentence_id": TEXT,
        "conviction_date": DATE,
        "custody_start": DATE,
        "index_date": DATE,
        "disposal": TEXT,
        "sentence_length_days": "int32",
        "release_type": TEXT,
        "offence_group": TEXT,
        "offence_type": TEXT,
        "region": TEXT,
        "establishment": TEXT,
    },
    "offence": {
        "person_id": TEXT,
        "offence_number": "int32",
        "offence_date": DATE,
        "proven_date": DATE,
        "outcome": TEXT,
        "offence_group": TEXT,
        "trial_mode": TEXT,
        "custodial": "bool",
        "recordable": "bool",
        "breach": "bool",
        "england_wales": "bool",
        "police_prosecuted": "bool",
    },
    "benefit": SPELL,
    "employment": SPELL,
}


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made-up")
    return records.write(folder, 4000, 300, effect=-0.1, seed=2)


@pytest.fixture(scope="module")
def extract(written):
    return {file.stem: read(file) for file in sorted(written.extract.iterdir())}


@pytest.fixture(scope="module")
def truth(written):
    return read(written.truth)


def read(file):
    types = {field.name: str(field.type) for field in pq.read_schema(file)}
    dates = [name for name, kind in types.items() if kind == DATE]
    table = pd.read_parquet(file)
    return table.assign(**{name: pd.to_datetime(table[name]) for name in dates})


def digests(folder):
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
    }


def test_the_same_arguments_make_the_same_bytes(tmp_path):
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        records.write(tmp_path / name, 600, 40, effect=-0.1, seed=seed)
    one, again, other = (digests(tmp_path / name) for name in "abc")
    assert len(one) == 10
    assert one == again
    assert all(one[f] != other[f] for f in one if f != "README.txt")


def test_tables_have_the_columns_and_types_of_a_national_extract(written):
    found = {}
    for file in written.extract.iterdir():
        schema = pq.read_schema(file)
        found[file.stem] = {field.name: str(field.type) for field in schema}
    questions = found.pop("assessment")
    assert found == COLUMNS
    assert list(questions)[:2] == ["person_id", "date"]
    answers = list(questions)[2:]
    assert all(name[0] == "S" and "Q" in name for name in answers)
    assert {questions[name] for name in answers} == {"int8"}


def test_everything_says_that_it_is_made_up(written, extract):
    folder = written.submission.parent
    assert "Nobody in these files is real" in (folder / "README.txt").read_text()
    for file in [*written.extract.iterdir(), written.truth]:
        assert b"made_up" in pq.read_metadata(file).metadata
    assert extract["person"]["person_id"].str.fullmatch(r"MADE-UP-\d{7}").all()
    sheet = pd.read_csv(written.submission, dtype="str", keep_default_na=False)
    # no postcode begins with ZZ
    assert sheet["postcode"].str.fullmatch(r"(ZZ\d{1,2} \dZZ)?").all()


def test_ids_are_unique_and_every_row_belongs_to_somebody(extract):
    person = extract["person"]
    for name in ("person_id", "pnc_id"):
        assert person[name].is_unique
    assert person["prison_number"].dropna().is_unique
    assert extract["sentence"]["sentence_id"].is_unique
    for table in extract.values():
        assert table["person_id"].isin(person["person_id"]).all()


def test_pnc_ids_have_their_check_letter(extract):
    parts = extract["person"]["pnc_id"].str.extract(r"^\d\d(\d\d)/(\d{7})([A-Z])$")
    letters = pd.Series(list("ZABCDEFGHJKLMNPQRTUVWXY"))
    assert parts.notna().all(axis=None)
    assert list(letters[(parts[0] + parts[1]).astype(int) % 23]) == list(parts[2])


def test_days_follow_each_other(written, extract):
    offence, sentence = extract["offence"], extract["sentence"]
    end = pd.Timestamp(written.complete_to)
    assert (offence["proven_date"] >= offence["offence_date"]).all()
    assert offence["proven_date"].max() <= end
    assert sentence["conviction_date"].max() <= end
    custody = sentence["disposal"] == "custody"
    assert (sentence["custody_start"].notna() == custody).all()
    inside = sentence[custody]
    assert (inside["custody_start"] <= inside["index_date"]).all()
    assert (inside["custody_start"] <= inside["conviction_date"]).all()
    assert (sentence["conviction_date"] <= sentence["index_date"]).all()
    born = extract["person"].set_index("person_id")["date_of_birth"]
    age = offence["offence_date"] - offence["person_id"].map(born)
    assert age.min() >= pd.Timedelta(days=10 * 365)
    for name in ("benefit", "employment"):
        assert (extract[name]["from"] <= extract[name]["to"]).all()


def test_each_sentence_was_pronounced_for_an_offence_proven_that_day(extract):
    keys = ["person_id", "conviction_date"]
    offence = extract["offence"].rename(columns={"proven_date": "conviction_date"})
    convicted = offence[offence["outcome"] == "conviction"][keys].drop_duplicates()
    assert len(extract["sentence"].merge(convicted, on=keys)) == len(
        extract["sentence"]
    )


def test_no_two_stays_in_custody_of_a_person_overlap(extract):
    inside = extract["sentence"].dropna(subset="custody_start")
    inside = inside.sort_values(["person_id", "custody_start"])
    before = inside.groupby("person_id")["index_date"].shift()
    assert not (inside["custody_start"] < before).any()


def test_each_line_of_the_list_has_its_truth(written, truth):
    sheet = pd.read_csv(written.submission, dtype="str", keep_default_na=False)
    assert len(sheet) == 300
    # the header is row 1 of the spreadsheet
    assert list(truth["line"]) == list(range(2, 302))
    counts = truth["kind"].value_counts()
    # shares that a list of 300 should have, by hand from the README of the kit
    assert counts.to_dict() == {
        "main": 240,
        "not in the records": 18,
        "no sentence near": 18,
        "another spell": 9,
        "sent twice": 6,
        "cannot be used": 3,
        "under age": 3,
        "too recent": 3,
    }
    assert (truth["person_id"].isna() == (truth["kind"] == "not in the records")).all()
    repeated = sheet.duplicated(keep="first").to_numpy()
    assert (repeated == (truth["kind"] == "sent twice")).all()


def test_lines_without_an_error_are_as_the_register_has_them(written, truth, extract):
    sheet = pd.read_csv(written.submission, dtype="str", keep_default_na=False)
    clean = ((truth["errors"] == "") & (truth["kind"] == "main")).to_numpy()
    line = sheet[clean].reset_index(drop=True)
    person = extract["person"].set_index("person_id")
    person = person.loc[truth["person_id"][clean]].reset_index(drop=True)

    def plain(names):
        return names.str.lower().str.strip().str.replace(r"[-' ]", "", regex=True)

    assert 0.6 < clean.sum() / (truth["kind"] == "main").sum() < 0.85
    for name in ("surname", "forename"):
        assert (plain(line[name]) == plain(person[name])).all()
    born = pd.to_datetime(line["date_of_birth"], format="%d/%m/%Y")
    assert (born == person["date_of_birth"]).all()
    given = line["pnc_id"].str.len() > 12
    assert given.any()
    assert (line["pnc_id"].str.upper() == person["pnc_id"])[given].all()


def test_truth_names_sentences_of_the_extract(truth, extract):
    known = truth.dropna(subset="sentence_id")
    found = known.merge(extract["sentence"], on=["person_id", "sentence_id"])
    assert len(found) == len(known)
    assert (found["index_date_x"] == found["index_date_y"]).all()
    shift = pd.to_timedelta(found["delay"], unit="D")
    assert (found["support_start"] == found["index_date_y"] + shift).all()
    main = found[found["kind"] == "main"]
    assert main["index_date_y"].between("2021-01-01", "2023-06-15").all()
    assert main["delay"].max() <= 120
    early = main[main["delay"] < 0]
    assert len(early) > 10
    assert (early["support_start"] >= early["custody_start"]).all()


def test_people_with_no_sentence_near_have_none(truth, extract):
    rows = truth[truth["kind"] == "no sentence near"]
    rows = rows[["person_id", "support_start"]].merge(extract["sentence"])
    begun = rows["custody_start"].fillna(rows["index_date"])
    window = pd.Timedelta(days=180)
    start = rows["support_start"]
    near = (start >= begun - window) & (start <= rows["index_date"] + window)
    assert rows["person_id"].nunique() == 18
    assert not near.any()


def outcomes(truth, offence):
    """Whether each line's person reoffended, and before support, by the tables."""
    counted = offence[
        offence["outcome"].isin(PROVEN)
        & offence["recordable"]
        & offence["england_wales"]
        & offence["police_prosecuted"]
        & ~offence["breach"]
    ]
    rows = truth.merge(counted, on="person_id")
    day = (rows["offence_date"] - rows["index_date"]).dt.days
    known = (rows["proven_date"] - rows["index_date"]).dt.days <= 548
    inside = day.between(1, 365) & known
    before = inside & (day < rows["delay"])
    return (
        truth["line"].isin(rows["line"][inside]),
        truth["line"].isin(rows["line"][before]),
    )


def test_truth_about_reoffending_is_what_the_tables_say(truth, extract):
    known = truth[truth["kind"] == "main"]
    reoffended, before = outcomes(known, extract["offence"])
    assert (reoffended == known["reoffended"].astype(bool)).all()
    assert (before == known["reoffended_before_support"].astype(bool)).all()
    assert (known["counted"] == ~before).all()
    assert 0.02 < before.mean() < 0.10
    assert 0.2 < reoffended.mean() < 0.5


@pytest.mark.parametrize("effect", [-0.1, 0.0, 0.15])
def test_the_effect_is_the_average_change_of_those_counted(tmp_path, effect):
    written = records.write(tmp_path, 3000, 250, effect=effect, seed=5)
    truth = read(written.truth)
    rows = truth[truth["counted"]]
    without = rows["reoffended_without_support"].astype(bool)
    # one person's change is the smallest step
    assert rows["reoffended"].mean() - without.mean() == pytest.approx(
        effect, abs=0.51 / len(rows)
    )
    reoffended, _ = outcomes(rows, read(written.extract / "offence.parquet"))
    assert (reoffended == rows["reoffended"].astype(bool)).all()
    if effect == 0:
        assert (truth["reoffended"] == truth["reoffended_without_support"]).equals(
            truth["reoffended"].notna()
        )


def test_the_programme_knows_the_needs_that_the_intake_finds(written, truth, tmp_path):
    """Whom it takes in by needs that no record shows would be hidden from matching."""
    known = truth[truth["kind"] == "main"].reset_index(drop=True)
    shift = pd.to_timedelta(known["delay"].clip(upper=0), unit="D")
    people = known[["person_id"]].assign(cut_off=known["index_date"] + shift)
    with open_extract(written.extract, tmp_path / "work") as held:
        found = assessment.covariates(held, people, within_days=730)
    table = read(written.extract / "assessment.parquet")
    number = {person: i for i, person in enumerate(table["person_id"].unique())}
    ours = circumstances.needs_on_record(
        pd.DataFrame(
            {
                "person": table["person_id"].map(number),
                "day": table["date"].to_numpy().astype("datetime64[D]").astype(int),
                **table[national.QUESTIONS],
            }
        ),
        people["person_id"].map(number).fillna(-1).to_numpy(),
        people["cut_off"].to_numpy().astype("datetime64[D]").astype(int),
    )
    assert (found["needs_drugs"] == "none").any()
    for name in national.SECTIONS:
        assert ((found[f"needs_{name}"] == "Yes") == (ours[name] == 1)).all()


def test_support_belongs_to_the_first_sentence_that_is_drawn():
    """Odds so far apart that chance has no part: the two people have A's and B's."""
    sentences = pd.DataFrame(
        {"person": list("AABBC"), "start": [200, 100, 100, 200, 100], "kind": "main"}
    )
    odds = np.array([500.0, 490, -500, 495, -500])
    rng = np.random.default_rng(1)
    chosen = programme.choose(sentences, odds, {"main": 2}, rng)
    # A's earlier sentence, at 490, is below the lower of the two people's highest, 495
    assert sorted(zip(chosen["person"], chosen["start"], strict=True)) == [
        ("A", 200), ("B", 200),
    ]  # fmt: skip
    odds[1] = 505
    chosen = programme.choose(sentences, odds, {"main": 2}, rng)
    assert sorted(zip(chosen["person"], chosen["start"], strict=True)) == [
        ("A", 100), ("B", 200),
    ]  # fmt: skip


def test_support_changes_nobody_but_the_supported(tmp_path):
    with_it = records.write(tmp_path / "with", 1500, 100, effect=-0.1, seed=6)
    without = records.write(tmp_path / "without", 1500, 100, effect=0.0, seed=6)
    supported = read(with_it.truth)["person_id"]
    assert with_it.submission.read_bytes() == without.submission.read_bytes()
    for name in (*COLUMNS, "assessment"):
        tables = [read(w.extract / f"{name}.parquet") for w in (with_it, without)]
        others = [t[~t["person_id"].isin(supported)] for t in tables]
        one, other = (table.reset_index(drop=True) for table in others)
        pd.testing.assert_frame_equal(one, other)


def test_nobody_reoffends_before_support_because_of_it(tmp_path):
    written = records.write(tmp_path, 3000, 250, effect=-0.3, seed=7)
    truth = read(written.truth)
    before = truth[truth["reoffended_before_support"].fillna(False).astype(bool)]
    assert len(before) > 5
    assert before["reoffended"].all()
    assert before["reoffended_without_support"].all()


def test_numbers_that_cannot_be_are_refused(tmp_path):
    with pytest.raises(RequestError, match="submitted"):
        records.write(tmp_path, 100, 100)
    with pytest.raises(RequestError, match="enough people"):
        records.write(tmp_path, 300, 250)
    with pytest.raises(RequestError, match="effect"):
        records.write(tmp_path, 1500, 100, effect=-0.9)


@pytest.mark.parametrize("word", ["Ng", "Smith", "O'Brien", "Åse-Lund", "Li"])
def test_a_slip_changes_a_name_by_one_or_two_letters(word):
    rng = np.random.default_rng(1)
    for _ in range(200):
        for change in (slips.typed, slips.heard):
            wrong = change(word, rng)
            assert wrong
            assert abs(len(wrong) - len(word)) <= 1


def test_day_and_month_change_places_where_that_is_a_date():
    assert slips.swapped(np.datetime64("1990-02-11")) == np.datetime64("1990-11-02")
    assert slips.swapped(np.datetime64("1990-02-25")) == np.datetime64("1990-02-25")
