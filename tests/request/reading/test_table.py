"""A table kept by hand: what Excel and people do to it, and what is told of that."""

import pytest

from helpers.request.reading import table

NEEDED = ("name", "kind", "count")


def read(tmp_path, raw, more=("note",)):
    path = tmp_path / "x.csv"
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return table.read(path, "x.csv", NEEDED, more)


PLAIN = {2: {"name": "a", "kind": "b c", "count": "1", "note": ""}}


@pytest.mark.parametrize(
    "raw",
    [
        b"name,kind,count\na,b c,1\n",
        b"name,kind,count\r\na,b c,1\r\n",
        b"name,kind,count\ra,b c,1\r",
        b"\xef\xbb\xbfname,kind,count\na,b c,1",  # Excel's CSV UTF-8
        b"count, name ,kind,note\n1, a ,b  c \n",  # in any order, with blanks
        b'name,kind,count\na,"b\nc",1\n',  # a line broken in a cell
        "name,kind,count\na,b\u00a0c,1\n".encode(),  # a hard blank
        b"name,kind,count,,\na,b c,1,,\n,,,,\n\n",  # columns and rows left empty
    ],
)
def test_what_means_the_same_is_read_the_same(tmp_path, raw):
    assert read(tmp_path, raw) == (PLAIN, [])


def test_rows_keep_their_number_in_a_spreadsheet(tmp_path):
    rows, wrong = read(tmp_path, 'name,kind,count\na,"b\nc",1\n\n,,\nd,e,2\n')
    assert list(rows) == [2, 5]
    assert not wrong


def test_a_header_alone_is_no_rows(tmp_path):
    assert read(tmp_path, "name,kind,count\n") == ({}, [])


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", "cannot be read as a CSV file: it is empty"),
        (b" \n,,\n", "cannot be read as a CSV file: it is empty"),
        (b"PK\3\4rest", "is an Excel workbook under the name of a CSV file"),
        ("name,kind,count\n".encode("utf-16"), "is saved as Unicode text (UTF-16)"),
        (b"name,kind,count\na,\0,1\n", "holds a NUL byte in line 2"),
        (b"name,kind,count\n\na,Women\x92s,1\n", "is not saved as UTF-8, first in li"),
        (b"name;kind;count\na;b;1\n", "separates its columns by semicolons"),
        (b"name\tkind\tcount\na\tb\t1\n", "separates its columns by tabs"),
        (b"sep=;\nname;kind;count\n", 'the first line is "sep="; take it out'),
        (b"a,b,1\n", "the first row must name the columns: name, kind, count"),
        (b'name,kind,count\na,"b,1\n', "row 2 has a quotation mark that stands alone"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line(tmp_path, raw, expected):
    rows, wrong = read(tmp_path, raw)
    assert rows is None
    assert len(wrong) == 1
    assert wrong[0].startswith("x.csv") and expected in wrong[0]
    assert wrong[0].count("\n") == 0


def test_what_is_wrong_with_a_header_is_told_at_once(tmp_path):
    _, wrong = read(tmp_path, "name,Kind,name,extra\na,b,1,2\n")
    assert wrong == [
        "x.csv: column name stands there twice; keep one",
        "x.csv: column kind is missing; is it Kind?",
        "x.csv: column count is missing",
        "x.csv: column Kind is not known; remove or rename it",
        "x.csv: column extra is not known; remove or rename it",
    ]


def test_what_is_wrong_with_rows_is_told_at_once(tmp_path):
    _, wrong = read(
        tmp_path, "name,kind,count,\na,=B1+1,1\nb,x,2,y\n,#REF!,3,,z\nc,#####,4\n"
    )
    assert wrong == [
        "x.csv: row 2 (a): kind holds the formula =B1+1; write its value",
        "x.csv: row 3 (b): column 4 has no name; name it or take out what it holds",
        "x.csv: row 4 (no name) has more fields than the header; put a text that holds "
        "a comma in quotation marks",
        "x.csv: row 4 (no name): kind holds #REF!, an error of Excel; write what was "
        "meant",
        "x.csv: row 5 (c): kind holds #####, an error of Excel; write what was meant",
    ]
