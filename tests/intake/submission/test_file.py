"""What a provider's list may come as: workbooks and CSV of many makes, and bad ones."""

import io
import zipfile
from datetime import date, datetime

import pandas as pd
import pytest
import xlsxwriter
from support.submission_lists import (
    FINE,
    HEADER,
    check,
    csv_text,
    found,
    write_csv,
    write_xlsx,
)

from helpers.errors import DataError
from helpers.intake.submission import file
from helpers.intake.submission import read as submission

ROW = list(FINE.values())
OPEN = "has a quotation mark that is not closed, or not alone around its cell"


def refused(path, columns=None):
    with pytest.raises(DataError) as error:
        check(path, columns)
    return error.value.problems


# headers -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "column, heading",
    [("surname", "SURNAME"), ("surname", "Last name"), ("surname", " Family  Name "),
     ("forename", "First name"), ("forename", "Forename(s)"), ("date_of_birth", "DOB"),
     ("date_of_birth", "D.O.B."), ("date_of_birth", "Date of Birth (dd/mm/yyyy)"),
     ("date_of_birth", "date-of-birth"), ("sex", "Gender"), ("sex", "Sex/Gender"),
     ("sex", "SEX *"), ("pnc_id", "PNC Number"), ("pnc_id", "PNC"),
     ("prison_number", "Prison no."), ("prison_number", "NOMS number"),
     ("index_date", "Date of release"), ("intervention_start", "Start date"),
     ("intervention_end", "\ufeffEnd date")],
)  # fmt: skip
def test_headings_of_many_spellings(tmp_path, column, heading):
    header = [heading if name == column else name for name in HEADER]
    read = check(write_csv(tmp_path, [ROW], header))
    assert read.problems.empty
    assert not read.lines[column].isna().any()
    assert read.headings[column] == " ".join(heading.replace("\ufeff", "").split())


def test_turkish_capitals_name_the_same_columns(tmp_path):
    header = ["SURNAME", "FORENAME", "DATE OF BİRTH", "SEX", "INDEX DATE",
              "CONVİCTİON DATE", "ıntervention start", "İntervention end", "PNC ID",
              "PRİSON NUMBER"]  # fmt: skip
    read = check(write_csv(tmp_path, [ROW], header))
    assert read.problems.empty and not read.lines[HEADER].isna().any(axis=None)


def test_a_header_on_row_4_and_empty_rows_between(tmp_path):
    text = "Example Trust;;\n;;\nsent in May;;\n" + csv_text([ROW], separator=";")
    text += (
        ";" * 9 + "\n" + csv_text([{**FINE, "sex": ""}], separator=";").split("\n")[1]
    )
    path = tmp_path / "list.csv"
    path.write_text(text, newline="")
    read = check(path)
    assert read.lines["line"].tolist() == [5, 7]
    assert found(read) == [(7, "sex", "error", "must be given")]


def test_missing_columns_are_all_named_with_the_nearest_heading(tmp_path):
    header = ["Surnam", "forename", "Born", "sex", *[f"x{n}" for n in range(6)]]
    problems = refused(write_csv(tmp_path, [ROW], header))
    assert problems == [
        "LIST: column surname is missing; the nearest is Surnam; add it, or head it "
        "Surname",
        "LIST: column date_of_birth is missing; add it, or head it Date of birth",
        "LIST: has none of the columns index_date, conviction_date, "
        "intervention_start; add at least one of them",
    ]


def test_a_list_without_a_header_shows_nobody(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(",".join(ROW) + "\n")
    (problem,) = refused(path)
    assert "none of the first 20 rows is a header" in problem
    assert not [cell for cell in ROW if cell in problem]


def test_two_columns_of_one_meaning(tmp_path):
    (problem,) = refused(write_csv(tmp_path, [[*ROW, "x"]], [*HEADER, "Last name"]))
    assert problem == (
        "LIST: surname is what 2 columns are called, A, K; rename or delete all but one"
    )


def test_columns_of_the_request_come_first(tmp_path):
    header = [*HEADER, "Completed?", "Known as"]
    path = write_csv(tmp_path, [[*ROW, "yes", "Bobby"]], header)
    read = check(path, {"group_1": "completed", "forename": "Known as"})
    assert read.lines[["group_1", "forename"]].iloc[0].tolist() == ["yes", "Bobby"]
    # the other forename stays, under a name that is free
    assert read.lines["forename (column B)"][0] == "Robin"


def test_a_column_that_the_request_renames_must_be_there(tmp_path):
    problems = refused(
        write_csv(tmp_path, [[*ROW, "x"]], [*HEADER, "Completed"]),
        {"group_1": "Complete", "sex": "Genre", "line": "sex"},
    )
    assert problems == [
        "inputs.columns.group_1: LIST has no column Complete; did you mean Completed?",
        "inputs.columns.sex: LIST has no column Genre; write it as its header does",
        "inputs.columns.line: the kit makes a column line itself; choose another name",
    ]


def test_two_hundred_columns(tmp_path):
    more = [f"Field {n}" for n in range(190)]
    rows = [[*ROW, *range(190)], [*ROW[:4], "01/02/2022", *ROW[5:], *range(190)]]
    read = check(write_xlsx(tmp_path, {"Clients": [[*HEADER, *more], *rows]}))
    assert read.lines["Field 189"].tolist() == ["189", "189"]
    assert read.lines["line"].tolist() == [2, 3]


# CSV -----------------------------------------------------------------------------


def test_a_csv_saved_by_excel_in_turkey(tmp_path):
    row = {**FINE, "surname": "Işık", "forename": "Gülşah İdil",
           "date_of_birth": "25.03.1990"}  # fmt: skip
    read = check(write_csv(tmp_path, [row], HEADER, "cp1254", ";"))
    assert read.lines[["surname", "forename"]].iloc[0].tolist() == [
        "Işık", "Gülşah İdil",
    ]  # fmt: skip
    assert read.lines["date_of_birth"][0] == pd.Timestamp(1990, 3, 25)
    assert found(read) == [(0, "", "warning", "is not saved as UTF-8")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_encodings_and_separators(tmp_path, encoding, separator):
    row = {**FINE, "surname": "Muñoz-Brontë", "forename": "Zoë"}
    read = check(write_csv(tmp_path, [row], HEADER, encoding, separator))
    assert read.problems.empty and read.lines["surname"][0] == "Muñoz-Brontë"


def test_a_comma_without_quotation_marks_is_seen(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(csv_text([ROW]) + csv_text([ROW]).split("\n")[1].replace(
        "Example", "Example, Dr") + "\n")  # fmt: skip
    problems = [one for one in found(check(path)) if one[2] == "error"]
    assert (3, "", "error", "has more cells than the header") in problems


def test_an_open_quotation_mark_swallows_nobody(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(csv_text([ROW]) + '"Example,Robin\n' + ",".join(ROW) + "\n")
    read = check(path)
    assert found(read)[0] == (3, "", "error", OPEN)
    assert read.lines["line"].tolist() == [2, 3, 4]
    assert read.lines["surname"].isin(["Example"]).tolist() == [True, False, True]


def test_spreadsheet_rows_count_cells_of_several_lines_once(tmp_path):
    rows = [[*ROW, "first\nsecond"], [*ROW[:3], "", *ROW[4:], ""]]
    read = check(write_csv(tmp_path, rows, [*HEADER, "Notes"]))
    assert found(read) == [(3, "sex", "error", "must be given")]


# workbooks -----------------------------------------------------------------------


def test_dates_typed_as_dates_and_as_numbers(tmp_path):
    """Day 33238 of a workbook is 31 December 1990; 1 January 1900 is day 1."""
    rows = [[*ROW[:2], cell, *ROW[3:]] for cell in
            (date(1990, 12, 31), datetime(1990, 12, 31, 9, 30), 33238, 33238.4,
             "31/12/1990")]  # fmt: skip
    read = check(write_xlsx(tmp_path, {"Sheet1": [HEADER, *rows]}))
    assert (read.lines["date_of_birth"] == pd.Timestamp(1990, 12, 31)).all()
    assert not (read.problems["level"] == "error").any()


def test_days_counted_from_1904(tmp_path):
    rows = [[*ROW[:2], cell, *ROW[3:]] for cell in (date(1990, 12, 31), 31776)]
    path = write_xlsx(tmp_path, {"A": [HEADER, *rows]}, options={"date_1904": True})
    assert (check(path).lines["date_of_birth"] == pd.Timestamp(1990, 12, 31)).all()


@pytest.mark.parametrize("cell", [1990, 2022, 5, -3, 10**9, True])
def test_numbers_that_are_no_date(tmp_path, cell):
    path = write_xlsx(tmp_path, {"A": [HEADER, [*ROW[:2], cell, *ROW[3:]]]})
    assert found(check(path)) == [(2, "date_of_birth", "error", "must be a date")]


def test_numbers_and_codes_stay_as_they_are(tmp_path):
    row = [*ROW, 7, 7.5, True, date(2022, 1, 2), "007"]
    header = [*HEADER, *"abcde"]
    line = check(write_xlsx(tmp_path, {"A": [header, row]})).lines.iloc[0]
    assert line[list("abcde")].tolist() == ["7", "7.5", "true", "2022-01-02", "007"]


def test_the_sheet_is_found_by_name_else_by_header(tmp_path):
    notes, people = [["Notes"], ["none"]], [HEADER, ROW]
    for sheets in ({"Notes": notes, "List": people}, {"x": notes, "people ": people}):
        assert len(check(write_xlsx(tmp_path, sheets)).lines) == 1
    two = write_xlsx(tmp_path, {"People": people, "More": people})
    assert found(check(two)) == [(0, "", "warning", "has lists on other sheets")]


def test_no_sheet_or_several_will_do(tmp_path):
    (wrong,) = refused(write_xlsx(tmp_path, {"Robin": [["a"]], "B": [["b"]]}))
    assert wrong.startswith("LIST: no sheet is named People and none of the 2 has a ")
    assert "Robin" not in wrong
    (several,) = refused(write_xlsx(tmp_path, {"A": [HEADER, ROW], "B": [HEADER, ROW]}))
    assert several == (
        "LIST: 2 sheets hold a list of people; put everyone on one sheet named People"
    )


def test_formulas_merged_cells_and_hidden_rows(tmp_path):
    def finish(sheet):
        sheet.write_formula(1, 1, '="Robin"', None, "Robin")
        sheet.write_formula(2, 1, '="Robin"', None, "Robin")
        sheet.merge_range(1, 10, 2, 10, "x")
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_row(40, None, None, {"hidden": True})  # nobody stands there

    later = [*ROW[:4], "14/02/2023", *ROW[5:]]
    path = write_xlsx(tmp_path, {"A": [[*HEADER, "Site"], ROW, later]}, finish=finish)
    read = check(path)
    whole = read.problems[read.problems["row"].isna()]
    assert list(zip(whole["column"], whole["rule"], whole["found"], strict=True)) == [
        ("forename", "has formulas", "2 cells, the first in row 2"),
        ("", "has hidden rows", "1 row, in row 3"),
        ("", "has merged cells", "1 merged cell, in row 2"),
    ]
    assert (whole["level"] == "warning").all()
    assert read.lines["forename"].tolist() == ["Robin", "Robin"]


def test_the_search_for_formulas_works_in_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr("helpers.intake.submission.excel.hidden.PIECE", 100)
    rows = [[*ROW[:4], "14/02/2022", *ROW[5:], f"=1+{n}"] for n in range(50)]
    read = check(write_xlsx(tmp_path, {"A": [[*HEADER, "n"], *rows]}))
    formulas = read.problems[read.problems["rule"] == "has formulas"]
    assert formulas["found"].tolist() == ["50 cells, the first in row 2"]


# files that cannot be read ---------------------------------------------------------

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    "name, content, words",
    [("a.xlsx", b"", "is empty"), ("a.csv", b"", "is empty"),
     ("a.csv", b"\n , \n", "is empty"), ("a.xlsx", b"PK\3\4 and no more", "is damaged"),
     ("a.xlsx", b"surname,forename", "is damaged"),
     ("a.xlsx", OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
      "is protected by a password; ask for it without one"),
     ("a.xlsx", OLE + bytes(600), "in Excel's form of before 2007"),
     ("a.csv", OLE, "is a workbook, not a CSV file"),
     ("a.csv", b"PK\3\4", "is a workbook, not a CSV file"),
     ("a.xls", OLE, "must be an Excel workbook (.xlsx) or .csv"),
     ("a.csv", b"surname,sex\n\x81\x8d\x8e\n", "has signs of no known encoding"),
     ("a.csv", b"surname,forename,date_of_birth,sex\n", "nobody under it")],
)  # fmt: skip
def test_files_that_are_no_list(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    (problem,) = refused(path)
    assert problem.startswith("LIST: ") and words in problem


def test_a_workbook_cut_short_anywhere_is_damaged(tmp_path):
    whole = write_xlsx(tmp_path, {"A": [HEADER, ROW]}).read_bytes()
    path = tmp_path / "cut.xlsx"
    for length in range(10, len(whole) - 1, len(whole) // 12):
        path.write_bytes(whole[:length])
        assert "is damaged" in refused(path)[0]


def test_a_workbook_with_a_broken_part_is_damaged(tmp_path):
    source = zipfile.ZipFile(write_xlsx(tmp_path, {"A": [HEADER, ROW]}))
    for broken in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"):
        path = tmp_path / "broken.xlsx"
        with zipfile.ZipFile(path, "w") as parts:
            for name in source.namelist():
                parts.writestr(name, b"<x" if name == broken else source.read(name))
        assert "is damaged" in refused(path)[0]


def test_a_workbook_that_declares_entities_is_refused(tmp_path):
    source = zipfile.ZipFile(write_xlsx(tmp_path, {"A": [HEADER, ROW]}))
    path = tmp_path / "entities.xlsx"
    with zipfile.ZipFile(path, "w") as parts:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/workbook.xml":
                content = content.replace(
                    b"<workbook", b'<!DOCTYPE x [<!ENTITY a "b">]><workbook', 1
                )
            parts.writestr(name, content)
    assert "is damaged" in refused(path)[0]


def test_an_encrypted_zip_is_protected(tmp_path):
    content = bytearray(write_xlsx(tmp_path, {"A": [HEADER, ROW]}).read_bytes())
    # the flags of the first entry of the zip's directory
    content[content.index(b"PK\1\2") + 8] |= 1
    path = tmp_path / "locked.xlsx"
    path.write_bytes(content)
    assert "is protected by a password" in refused(path)[0]


def test_a_file_too_large_is_refused_before_it_is_opened(tmp_path, monkeypatch):
    path = write_csv(tmp_path, [ROW] * 100)
    monkeypatch.setattr(file, "LARGEST_FILE", 1024)
    assert "is larger than" in refused(path)[0]


def test_missing_files_and_folders(tmp_path):
    assert refused(tmp_path / "none.csv") == [
        "LIST: does not exist; check folder and name"
    ]
    assert refused(tmp_path) == ["LIST: is a folder; name the provider's file"]


# what the check says ---------------------------------------------------------------


def test_few_problems_are_told_one_by_one(tmp_path):
    header = ["D.O.B." if name == "date_of_birth" else name for name in HEADER]
    rows = [ROW, [*ROW[:2], "03/25/1990", "", *ROW[4:]]]
    assert submission.report_lines(check(write_csv(tmp_path, rows, header))) == [
        "LIST: 2 rows; 1 lost to 2 errors; 1 warning",
        "warning, costs no line: D.O.B.: may have dates with the month first; found "
        "1 with a month above 12; write the day first in every row; other dates of the "
        "column may be turned without showing it",
        "error, costs the line: row 3, D.O.B.: has a month above 12; found text, "
        "10 characters; write the day first, then the month, for example 31/12/1990",
        "error, costs the line: row 3, sex: must be given; found empty; write Female "
        "or Male",
    ]


def test_many_problems_are_told_by_rule(tmp_path):
    rows = [[*ROW[:3], "", *ROW[4:]]] * 30
    lines = submission.report_lines(check(write_csv(tmp_path, rows)))
    assert lines == [
        "LIST: 30 rows; 30 lost to 30 errors; 0 warnings",
        "error, costs the line: rows 2, 3, 4 and 27 others, sex: must be given; found "
        "empty; "
        "write Female or Male",
        "row by row in LIST.problems.csv",
    ]


def test_a_list_with_warnings_alone_loses_no_line(tmp_path):
    read = check(write_csv(tmp_path, [[*ROW[:8], "x", *ROW[9:]]]))
    assert submission.first_line(read) == "LIST: 1 row; none lost; 1 warning"
    content = submission.problems_file(read)
    told = pd.read_csv(io.BytesIO(content), encoding="utf-8-sig", dtype=str)
    assert told[["column", "costs_the_line"]].to_numpy().tolist() == [["pnc_id", "no"]]


def test_a_list_without_problems(tmp_path):
    read = check(write_csv(tmp_path, [ROW]))
    assert submission.report_lines(read) == ["LIST: 1 row; no problems found"]
    assert read.errors == 0


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_the_problems_file_holds_no_formula(tmp_path, sign):
    heading = f'{sign}cmd|"/c calc"!A1'
    header = [heading if name == "sex" else name for name in HEADER]
    path = write_csv(tmp_path, [[*ROW[:3], "", *ROW[4:]]], header)
    content = submission.problems_file(check(path, {"sex": heading}))
    read = pd.read_csv(io.BytesIO(content), encoding="utf-8-sig", dtype=str)
    assert list(read) == [
        "row", "column", "level", "costs_the_line", "rule", "found", "to_do",
    ]  # fmt: skip
    assert read["costs_the_line"].tolist() == ["yes"]
    assert read["column"][0] == "'" + heading
    assert read["row"][0] == "2"


def test_totals_tell_of_nobody(tmp_path):
    rows = [ROW, ROW, [*ROW[:4], "14/02/2023", *ROW[5:]], [*ROW[:3], "", *ROW[4:]]]
    totals = submission.totals(check(write_csv(tmp_path, rows)))
    assert dict(zip(totals["what"], totals["rows"], strict=True)) == {
        "rows on the list": 4,
        "rows that cannot be used": 1,
        "duplicate rows": 1,
        "people in the rows that can be used": 1,
        "people with several rows": 1,
        "error: sex must be given": 1,
        "warning: is a further spell of a person": 1,
        "warning: is the same as an earlier line": 1,
    }


def test_a_workbook_without_sheets_of_cells_is_damaged(tmp_path):
    path = tmp_path / "chart.xlsx"
    book = xlsxwriter.Workbook(path)
    data = book.add_worksheet("A")
    data.write(0, 0, "x")
    book.add_chartsheet("B")
    book.close()
    assert "none of the first 20 rows is a header" in refused(path)[0]
