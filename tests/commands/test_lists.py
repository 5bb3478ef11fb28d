"""The commands around a provider's list, as a user types them."""

import csv
from datetime import date

import pandas as pd
import pytest
import yaml

from helpers.commands import command_line, lists
from helpers.intake.template import new_request, workbook
from helpers.request import load

ROWS = [
    "Surname,Forename,DOB,Gender,Intervention start",
    "Ashdown,Maya,03/04/1990,Female,01/02/2022",
    "Birdwell,Tom,31/02/1985,Male,01/02/2022",
]


@pytest.fixture
def asked(capsys, monkeypatch, tmp_path):
    """Type a command in an empty folder; gives status, output and complaints."""
    monkeypatch.chdir(tmp_path)

    def ask(*words):
        status = command_line.main([str(word) for word in words])
        told = capsys.readouterr()
        return status, told.out, told.err

    return ask


def test_a_template_is_written_once(asked, tmp_path):
    status, out, _ = asked("template", "list.xlsx")
    assert status == 0 and "Before you send" in out
    assert (tmp_path / "list.xlsx").read_bytes()[:2] == b"PK"
    status, _, err = asked("template", "list.xlsx")
    assert (status, err) == (
        1, "list.xlsx: is there already; name another, or move it away\n",
    )  # fmt: skip
    status, _, err = asked("template", "list.ods")
    assert (status, err) == (1, "list.ods: must end in .xlsx; write list.xlsx\n")


def test_a_list_with_errors_is_told_and_ends_with_1(asked, tmp_path):
    (tmp_path / "list.csv").write_text("\n".join(ROWS))
    status, out, err = asked("check", "list.csv")
    assert status == 1 and not err
    assert "row 3, DOB: is not a date of the calendar" in out.replace(
        "date_of_birth", "DOB"
    )
    assert "Birdwell" not in out and "1985" not in out
    written = tmp_path / "list.csv.problems.csv"
    with written.open(encoding="utf-8-sig", newline="") as file:
        problems = list(csv.DictReader(file))
    assert "3" in {problem["row"] for problem in problems}
    assert "Birdwell" not in written.read_text() and "1985" not in written.read_text()


def test_problems_that_are_mended_are_not_left_lying(asked, tmp_path):
    people = [f"Name{chr(97 + i % 26)}{chr(97 + i // 26)},Tom,03/04/19{60 + i % 30},"
              "Male,01/02/2022" for i in range(70)]  # fmt: skip
    (tmp_path / "list.csv.problems.csv").write_text("old")
    (tmp_path / "list.csv").write_text("\n".join([ROWS[0], *people]))
    status, out, _ = asked("check", "list.csv")
    assert status == 0, out
    assert not (tmp_path / "list.csv.problems.csv").exists()


def test_a_list_that_is_not_there_is_one_line(asked):
    status, out, err = asked("check", "nowhere.csv")
    assert (status, out) == (1, "")
    assert err.startswith("nowhere.csv: ") and err.count("\n") == 1


def test_a_request_is_started_from_a_filled_template(asked, tmp_path, monkeypatch):
    (tmp_path / "params").mkdir()
    monkeypatch.setattr(lists, "ROOT", tmp_path)
    workbook.write(tmp_path / "list.xlsx")
    status, out, _ = asked("new", "mentors", "--from", "list.xlsx")
    assert status == 0
    made = yaml.safe_load((tmp_path / "params/mentors.yml").read_text("utf-8"))
    assert made["request"]["id"] == "mentors"
    assert "inputs.extract" in out and "records_complete_to" in out
    assert "list.xlsx: has a header in row 1 but nobody under it" in out
    # what the README says comes first
    last = out.splitlines()[-1]
    assert "is opened: python3 -m helpers run mentors --until intake (" in last
    assert out.count("helpers run") == 1
    status, _, err = asked("new", "mentors", "--from", "list.xlsx")
    assert status == 1 and "is there already" in err


def test_a_new_request_tells_how_many_lines_are_lost(asked, tmp_path, monkeypatch):
    (tmp_path / "params").mkdir()
    monkeypatch.setattr(lists, "ROOT", tmp_path)
    fine = {"surname": "Ashdown", "forename": "Maya", "sex": "Female",
            "date_of_birth": date(1990, 4, 3), "intervention_end": "soon",
            "intervention_start": date(2022, 2, 1)}  # fmt: skip
    workbook.write(tmp_path / "list.xlsx", [fine, {**fine, "date_of_birth": "x"}])
    status, out, _ = asked("new", "mentors", "--from", "list.xlsx")
    assert status == 0
    assert (
        "list.xlsx: 2 rows; 1 lost to 1 error; 3 warnings; row by row in "
        "list.xlsx.problems.csv\n"
    ) in out
    told = pd.read_csv(tmp_path / "list.xlsx.problems.csv")
    costs = told.groupby("column")["costs_the_line"].unique().map(list).to_dict()
    assert costs == {"Date of birth": ["yes"], "Intervention end": ["no"]}


def test_made_up_records_are_practised_on_from_the_template(
    asked, tmp_path, monkeypatch
):
    """From synthesise through check to new, as the README says."""
    (tmp_path / "params").mkdir()
    monkeypatch.setattr(lists, "ROOT", tmp_path)
    asked("synthesise", "--people", "2_000", "--out", "made-up")
    filled = "made-up/made-up-list.xlsx"
    _, from_template, _ = asked("check", filled)
    _, from_csv, _ = asked("check", "made-up/submission.csv")
    assert from_template.splitlines()[0].removeprefix(filled) == (
        from_csv.splitlines()[0].removeprefix("made-up/submission.csv")
    )
    status, out, _ = asked("new", "practice", "--from", filled)
    assert status == 0 and "the provider" not in out
    # nothing is left to the analyst but what only an analyst knows
    lacking = [line.split(":")[0].strip() for line in out.splitlines()[1:-2]]
    known = {f"{block}.{name}".lstrip(".") for block, names in
             new_request.BLOCKS.items() for name in names}  # fmt: skip
    assert set(lacking) == {*known, "analyses.0.covariates"}


def test_made_up_records_are_written_into_a_new_folder(asked, tmp_path):
    status, out, _ = asked("synthesise", "--people", "2_000", "--out", "made-up")
    assert status == 0 and "nobody in them exists" in out
    assert len(pd.read_parquet(tmp_path / "made-up/extract/person.parquet")) == 2000
    before = (tmp_path / "made-up/submission.csv").read_bytes()
    status, _, err = asked("synthesise", "--people", 2000, "--out", "made-up")
    assert (status, err) == (1, "made-up: is there already; name a new folder\n")
    asked("synthesise", "--people", 2000, "--seed", 1, "--out", "again")
    assert (tmp_path / "again/submission.csv").read_bytes() == before
    assert (tmp_path / "again/made-up-list.xlsx").read_bytes() == (
        tmp_path / "made-up/made-up-list.xlsx"
    ).read_bytes()
    status, _, err = asked("synthesise", "--people", 50, "--out", "few")
    assert (status, err) == (1, "--people must be 100 or more; found 50\n")


def test_an_unknown_run_cannot_be_destroyed(asked, tmp_path):
    status, _, err = asked("destroy", "nobody", "--outputs", tmp_path / "outputs")
    assert status == 1
    assert err.startswith("nobody: ") and err.count("\n") == 1


def test_a_run_that_is_overdue_is_named_by_every_command(asked, tmp_path, make_request):
    audit = tmp_path / "outputs/late/audit"
    audit.mkdir(parents=True)
    (tmp_path / "outputs/late/restricted").mkdir()
    (tmp_path / "outputs/late/restricted/key.parquet").write_bytes(b"x")
    made = load(make_request(tmp_path / "late.yml")).completed()
    made["data_sharing"]["destroy_by"] = "2020-01-31"
    (audit / "request.yml").write_text(yaml.safe_dump({"request": made}))
    _, _, err = asked("destroy", "nobody", "--outputs", tmp_path / "outputs")
    assert "should have been destroyed by 2020-01-31" in err
    assert "destroy late" in err


def test_a_fault_of_the_kit_is_told_by_its_place_and_not_its_words(asked, monkeypatch):
    def check(_):
        raise KeyError("Birdwell, 31/02/1985")

    monkeypatch.setattr(lists, "check", check)
    status, _, err = asked("check", "list.csv")
    assert status == 1
    assert "KeyError: a fault of the kit" in err and "test_lists.py" in err
    assert "Birdwell" not in err


@pytest.mark.parametrize("word", ["--people=many", "--people=-5", "--seed=x"])
def test_what_is_no_number_is_refused(asked, capsys, word):
    with pytest.raises(SystemExit) as end:
        asked("synthesise", "--people", "100", "--out", "x", word)
    assert end.value.code == 2
    assert "must be a whole number" in capsys.readouterr().err
