"""Tables for a spreadsheet: numbers as numbers, and what is printed beside them."""

import base64
import csv
import io

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from helpers.files import harmless
from helpers.publication import flat, tables
from helpers.publication.facts.in_tables import Interval
from helpers.publication.numbers import FORMATS, Number
from helpers.publication.wording.beside.in_tables import in_cell

COLUMNS = ["Box", "People", "Share"]
ROWS = [
    ["Submitted", Number("n", 5030.0), "all"],
    ["Reasons"],
    ["Not linked", Number("x", None, "count", "c"), "some"],
    ["Too late", Number("y", None, "count", "z"), "none"],
]


def read(columns, rows):
    return list(csv.reader(io.StringIO(flat.as_csv(columns, rows))))


def test_the_csv_of_the_flow_by_hand():
    assert flat.as_csv(COLUMNS, ROWS) == (
        'Group,Box,People,"People, as printed",Share\n'
        ',Submitted,5030,"5,030",all\n'
        "Reasons,Not linked,[c],[c],some\n"
        "Reasons,Too late,[z],[z],none\n"
    )


@pytest.mark.parametrize(
    ("value", "format", "cell", "printed"),
    [  # the cell is the number of the page; printed is what the page shows
        (-9.0, "fewer", "-9", "9 fewer"),
        (9.0, "fewer", "9", "9 more"),
        (-13.0, "shorter", "-13", "13 shorter"),
        (-0.38, "frequency_fewer", "-0.38", "0.38 fewer"),
        (35.0, "per_cent", "35", "35%"),
        (1234567.0, "count", "1234567", "1,234,567"),
        (0.9, "p", "0.90", ""),
        (0.0, "p", "0.00", "<0.01"),
        (0.0173, "p", "0.0173", "0.02"),  # of open data, whose digits are kept
        (-0.9, "mean", "-0.9", ""),  # its minus is another sign on the page
        (35.0, "per_100", "35", ""),
        (-3.0, "size", "-3", "3"),
        (2018.0, "setting", "2018", ""),
        (0.0000004, "setting", "0.0000004", "4e−07"),
        (-0.0, "mean", "0.0", ""),
    ],
)
def test_a_cell_holds_the_number_and_keeps_what_is_printed(
    value, format, cell, printed
):
    number = Number("n", value, format)
    assert printed in ("", number.text)
    head, row = read(["What", "Number"], [["a", number]])
    beside = ["Number, as printed"] if printed else []
    assert head == ["What", "Number", *beside]
    assert row == ["a", cell, *([printed] if printed else [])]


@given(
    st.floats(-1e6, 1e6).map(lambda v: float(f"{v:.9e}")),
    st.sampled_from(sorted(FORMATS)),
)
def test_a_cell_is_always_the_number_of_the_page(value, format):
    number = Number("n", value, format)
    [_, row] = read(["What", "Number"], [["a", number]])
    assert float(row[1]) == value
    assert "," not in row[1] and "e" not in row[1]
    assert row[-1] in (number.text, number.text.replace("\N{MINUS SIGN}", "-"))


def interval(low, high):
    limits = (
        Number("low", *low) if isinstance(low, tuple) else Number("l", low, "fewer"),
        Number("high", high, "fewer"),
    )
    return in_cell(Interval(*limits, "fewer", "more"))


def test_an_interval_stands_in_words_and_its_limits_as_numbers():
    hidden = interval((None, "fewer", "c"), 4.0)  # the one limit tells of the other
    rows = [["a", interval(-12.0, -1.0)], ["b", hidden], ["c", interval(-5.0, 3.0)]]
    assert read(["Analysis", "Interval"], rows) == [
        ["Analysis", "Interval", "Interval, from", "Interval, to"],
        ["a", "1 to 12 fewer", "-12", "-1"],
        ["b", "[c]", "[c]", "[c]"],
        ["c", "5 fewer to 3 more", "-5", "3"],
    ]


def test_columns_that_tell_again_are_known_by_their_headings():
    head = [
        "Box",
        "People",
        "People, as printed",
        "Gap",
        "Gap, from",
        "Gap, to",
        ", to",
    ]
    assert flat.beside(head) == {2, 4, 5}
    row = dict(zip(head, ["a", "5030", "5,030", "b", "1", "2", "c"], strict=True))
    assert flat.as_printed(row) == ["a", "5,030", "b", "c"]


def test_a_workbook_needs_no_column_of_what_is_printed():
    plain = flat.columns(COLUMNS, ROWS, printed=False)
    assert [column.heading for column in plain] == ["Group", *COLUMNS]
    fewer = flat.Column("x", [Number("n", 3.0, "fewer"), Number("m", 1.0, "shorter")])
    assert (fewer.less, plain[2].less) == ("fewer or shorter", "")


letters = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters=" "),
    min_size=1,
    max_size=8,
).filter(str.strip)
cells = letters | st.integers(0, 10**7).map(lambda n: Number("r", float(n)))
lines = st.lists(cells, min_size=2, max_size=2)


@given(st.lists(st.tuples(letters, lines) | st.tuples(letters), max_size=6))
def test_the_csv_says_what_the_table_says(drawn):
    rows = [[first, *rest[0]] if rest else [first] for first, *rest in drawn]
    page = BeautifulSoup(tables.render("k", "c", COLUMNS, rows), "html.parser")
    grouped = any(len(row) == 1 for row in rows)
    expected, group = [], ""
    for row in page.select("tbody tr"):
        shown = [cell.get_text() for cell in row.find_all(["th", "td"])]
        if len(shown) == 1:
            group = shown[0]
        else:
            expected.append([*[group] * grouped, *shown])
    head, *body = read(COLUMNS, rows)
    printed = [flat.as_printed(dict(zip(head, row, strict=True))) for row in body]
    assert printed == [list(map(harmless, row)) for row in expected]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝"])
def test_a_text_that_begins_a_formula_is_harmless_in_a_spreadsheet(sign):
    text = f'{sign}HYPERLINK("http://x")'
    minus = Number("n", -3.4, "mean")
    rows = [[text], [text, minus, Number("t", text)]]
    written = read([text, "a", "b"], rows)
    text = text.replace("\r", "\n")  # which stays within its cell
    assert written == [
        ["Group", f"'{text}", "a", "b"],
        [f"'{text}", f"'{text}", "-3.4", f"'{text}"],
    ]


def test_the_download_holds_the_csv_and_names_its_table():
    link = BeautifulSoup(
        flat.download("table-flow", "Table <1>", COLUMNS, ROWS), "html.parser"
    ).a
    head, _, data = link["href"].partition(",")
    assert head == "data:text/csv;charset=utf-8;base64"
    assert base64.b64decode(data).decode() == flat.as_csv(COLUMNS, ROWS)
    assert (link["download"], link["data-for"]) == ("table-flow.csv", "table-flow")
    assert link.get_text() == "Download Table <1> as CSV (1 KB)"


def test_the_file_has_the_addresses_of_links_in_a_column_of_their_own():
    link = tables.Links('<a href="https://a.org/x">a.org</a>', "https://a.org/x")
    rows = [["Type"], ["One", link], ["Two", tables.Links("b", "=1+1")], ["Three", "c"]]
    assert read(["Result", "At"], rows) == [
        ["Group", "Result", "At", "Address"],
        ["Type", "One", "a.org", "https://a.org/x"],
        ["Type", "Two", "b", "'=1+1"],
        ["Type", "Three", "c", ""],
    ]
