"""Workbooks that would take all memory once unpacked."""

import re
import zipfile

import pytest
from support.submission_lists import FINE, HEADER, write_xlsx

from helpers.errors import DataError
from helpers.intake.submission import read
from helpers.intake.submission.excel import bombs

ROW = [FINE[name] for name in HEADER]
SHEET, TEXTS, BOOK = (
    "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
)  # fmt: skip
FAR = '<row r="{0}"><c r="{1}{0}" t="s"><v>0</v></c></row></sheetData>'


def changed(folder, part, old, new):
    """A list of ten people, of which one part was written by somebody else."""
    whole = write_xlsx(folder, {"People": [HEADER, *[ROW] * 10]})
    path = folder / "changed.xlsx"
    with zipfile.ZipFile(whole) as parts, zipfile.ZipFile(path, "w", 8) as other:
        for name in parts.namelist():
            text = parts.read(name).decode()
            assert name != part or old in text
            other.writestr(name, text.replace(old, new, 1) if name == part else text)
    return path


def told(path):
    with pytest.raises(DataError) as caught:
        read.read(path, name="LIST")
    return caught.value.problems


@pytest.mark.parametrize(
    ("part", "old", "new", "line"),
    [
        (SHEET, "</sheetData>", FAR.format(1_048_576, "XFD"), "more than 20,000,000"),
        (SHEET, "</sheetData>", FAR.format(9_999_999, "A"), "beyond the last row"),
        (SHEET, "</sheetData>", FAR.format(99, "ZZZZZZZ"), "beyond the last row"),
        # cells and rows that do not say where they stand
        (SHEET, "</sheetData>", '<row r="1048576">' + "<c><v>1</v></c>" * 100
         + "</row></sheetData>", "more than 20,000,000"),
        (TEXTS, "Example", "A" * 300_000, "longer than any cell"),
        (BOOK, "</sheets>", '<sheet name="x"/>' * 300 + "</sheets>", "200 sheets"),
    ],
)  # fmt: skip
def test_a_bomb_is_told_in_one_line(tmp_path, part, old, new, line):
    problems = told(changed(tmp_path, part, old, new))
    assert len(problems) == 1
    assert problems[0].startswith("LIST: ") and line in problems[0]
    assert "Example" not in problems[0]


def test_a_text_that_stands_in_too_many_cells(tmp_path, monkeypatch):
    """Eleven lines with a surname of seven letters: 70 signs and the heading's."""
    path = changed(tmp_path, TEXTS, "Example", "E" * 1000)
    monkeypatch.setattr(bombs, "MOST_TEXT", 10_000)
    assert "longer than any cell" in told(path)[0]


def test_empty_cells_with_a_colour_reach_nowhere(tmp_path):
    far = '<row r="1048576"><c r="XFD9" s="1"/></row></sheetData>'
    found = read.read(changed(tmp_path, SHEET, "</sheetData>", far))
    assert found.lost == 0


def test_too_many_parts_and_bytes(tmp_path, monkeypatch):
    path = write_xlsx(tmp_path, {"People": [HEADER, ROW]})
    monkeypatch.setattr(bombs, "MOST_BYTES", 100)
    assert re.search("unpacks to more than", told(path)[0])
    monkeypatch.setattr(bombs, "MOST_PARTS", 2)
    assert "has more than 2 parts" in told(path)[0]


def test_more_rows_than_any_programme_has_people(tmp_path, monkeypatch):
    monkeypatch.setattr("helpers.intake.submission.file.MOST_LINES", 5)
    path = write_xlsx(tmp_path, {"People": [HEADER, *[ROW] * 6]})
    assert "has more than 5 rows" in told(path)[0]
