"""The review list's order, and decisions read back with all that can be wrong."""

import pandas as pd
import pytest

from helpers.errors import DataError
from helpers.intake.linkage.review import candidates, read_decisions

LISTED = pd.DataFrame({"line": [2, 2, 3, 4], "person_id": ["A", "B", "C", "Private9"]})


def saved(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "decisions.csv"
    path.write_bytes(text.encode(encoding))
    return path


def problems(tmp_path, text):
    with pytest.raises(DataError) as caught:
        read_decisions(saved(tmp_path, text), LISTED)
    return caught.value.problems


def test_the_probable_are_added_and_ranked_after_the_cascades_own():
    scored = pd.DataFrame(
        {
            "line": [2, 2, 2, 2, 3],
            "person_id": ["A", "A", "B", "C", "D"],
            "row": ["main", "alias", "main", "main", "main"],
            "probability": [0.2, 0.4, 0.9, 0.5, 0.49],
        }
    )
    weak = pd.DataFrame({"line": [2], "person_id": ["A"], "passed": ["tie"]})
    found = candidates(weak, scored, 0.5)
    assert found[["line", "person_id", "passed", "probability"]].values.tolist() == [
        [2, "A", "tie", 0.4],
        [2, "B", "probable", 0.9],
        [2, "C", "probable", 0.5],
    ]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1254"])
def test_files_as_spreadsheets_save_them(tmp_path, mark, encoding):
    rows = [
        ["Line", "submitted_surname", "person_id", "DECISION"],
        ["2", "Şahin", "B", "Accept"],
        ["2", "Şahin", "A", " reject "],
        ["3", "Ünal", "C", ""],
    ]
    text = "\r\n".join(mark.join(row) for row in rows) + "\r\n"
    found = read_decisions(saved(tmp_path, text, encoding), LISTED)
    assert found.to_dict("list") == {
        "line": [2, 2],
        "person_id": ["A", "B"],
        "decision": ["reject", "accept"],
    }


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        (['2,"A,accept', "2,B,reject"], 2),
        (["2,A,accept", '2,"B,reject', '3,"C",accept'], 3),
        (["2,A,accept", '3,"C",accept', '4,"Private9"x,accept'], 4),
    ],
)
def test_an_open_quotation_mark_is_told_where_it_opens(tmp_path, rows, line):
    text = "\n".join(["line,person_id,decision", *rows]) + "\n"
    assert problems(tmp_path, text) == [
        f"decisions.csv: line {line}: has a quotation mark that is not closed, or not "
        "alone around its cell; close it or take it out"
    ]


def test_nothing_decided(tmp_path):
    path = saved(tmp_path, "line,person_id,decision\n2,A,\n3,C,\n")
    assert read_decisions(path, LISTED).empty


def test_the_same_decision_twice_is_one(tmp_path):
    text = "line,person_id,decision\n2,A,accept\n2,A,accept\n"
    assert len(read_decisions(saved(tmp_path, text), LISTED)) == 1


def test_everything_wrong_is_said_at_once_with_file_and_row(tmp_path):
    found = problems(
        tmp_path,
        "line,person_id,decision\n"
        "2,A,accept\n"
        "2,B,accept\n"  # a second person for line 2
        "3,C,reject\n"
        "3,C,accept\n"  # not what row 4 says
        "4,Private9,perhaps\n"  # another word
        "9,Private9,accept\n"  # a line that is not listed
        "4,Private8,reject\n"  # a person who is not listed
        "x,C,reject\n",
    )
    # rows that are wrong in the same way share a line
    assert [line.split(": ")[:2] for line in found] == [
        ["decisions.csv", where]
        for where in ("row 3", "row 5", "row 6", "rows 7, 8, 9")
    ]
    said = "\n".join(found)
    assert "second person for the line of row 2" in said
    assert "not the one of row 4" in said
    assert "decision must be accept or reject; found another word" in said
    assert said.count("name no candidate of this run's review list") == 1
    assert "Private" not in said and "perhaps" not in said


def test_a_file_that_says_it_in_other_words_is_one_line(tmp_path):
    rows = "".join(f"{line},{person},yes\n" for line, person in
                   [(2, "A"), (2, "B"), (3, "C")] * 2 + [(4, "D")])  # fmt: skip
    assert problems(tmp_path, f"line,person_id,decision\n{rows}") == [
        "decisions.csv: rows 2, 3, 4 and 4 more: decision must be accept or reject; "
        "found another word; write one of the two, or leave it empty"
    ]


def test_missing_and_double_columns(tmp_path):
    assert problems(tmp_path, "line,line,decision\n2,2,accept\n") == [
        "decisions.csv: column line is twice; the file needs line, person_id and "
        "decision, each once",
        "decisions.csv: column person_id is missing; the file needs line, person_id "
        "and decision, each once",
    ]
    assert len(problems(tmp_path, "")) == 3


def test_files_that_are_no_csv(tmp_path):
    workbook = tmp_path / "review.xlsx"
    workbook.write_bytes(b"PK\x03\x04\0\0")
    with pytest.raises(DataError, match="review.xlsx: is not a CSV file"):
        read_decisions(workbook, LISTED)
    with pytest.raises(DataError, match="none.csv: cannot be read"):
        read_decisions(tmp_path / "none.csv", LISTED)


def test_rows_that_are_too_short(tmp_path):
    assert len(problems(tmp_path, "line,person_id,decision\n2\n2,A,accept,x\n7,A,y\n"))


NUMBERED = pd.DataFrame(
    {"line": [2, 3, 4], "person_id": ["0004711", "0081500", "123456789012"]}
)


def test_zeros_that_a_spreadsheet_took_away_are_told_once_with_the_cause(tmp_path):
    rows = "2,4711,accept\n3,81500.0,reject\n4,1.23457E+11,accept\n"
    path = saved(tmp_path, f"line,person_id,decision\n{rows}")
    with pytest.raises(DataError) as caught:
        read_decisions(path, NUMBERED)
    assert caught.value.problems == [
        "decisions.csv: rows 2, 3, 4: person_id is not as the review list has it: a "
        "spreadsheet took its leading zeros away or wrote it as a number; put that "
        "column back from review_list.csv, opened as text"
    ]


def test_zeros_lost_are_not_the_cause_of_another_line(tmp_path):
    """Person 4711 is a candidate of line 2, not of line 3."""
    path = saved(tmp_path, "line,person_id,decision\n3,4711,accept\n2,4711,reject\n")
    with pytest.raises(DataError) as caught:
        read_decisions(path, NUMBERED)
    first, second = caught.value.problems
    assert first.startswith("decisions.csv: row 3: person_id is not as")
    assert second.startswith("decisions.csv: row 2: line and person_id name no")
