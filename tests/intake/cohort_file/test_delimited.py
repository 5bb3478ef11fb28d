"""A CSV file of a ready cohort: separators, and rows that do not fit the header."""

import pandas as pd
import pytest

from helpers.errors import DataError
from helpers.intake.cohort_file import delimited

PEOPLE = "person_id,treatment,area\nP1,1,South\nP2,0,North\n"


@pytest.fixture
def load(tmp_path):
    def loaded(text, encoding="utf-8"):
        path = tmp_path / "people.csv"
        path.write_bytes(text.encode(encoding))
        return delimited.load(path, "FILE", ["person_id", "treatment"])

    return loaded


def refused(load, text, **options):
    with pytest.raises(DataError) as error:
        load(text, **options)
    [line] = error.value.problems
    return line


@pytest.mark.parametrize(
    "text",
    [
        PEOPLE.replace(",", ";"),  # Excel on a continental machine
        "sep=;\r\n" + PEOPLE.replace(",", ";"),  # and with its first line
        PEOPLE.replace(",", "\t"),
        PEOPLE.replace(",", "|"),
        PEOPLE.replace(",", ", "),
        PEOPLE.replace("treatment", ' "treatment"'),
        PEOPLE.replace("\n", "\r\n"),
        PEOPLE.replace("\n", "\n\n"),
        PEOPLE + ",,\n,,\n",  # rows that a spreadsheet saved and nobody filled
    ],
)
def test_whatever_parts_the_fields_the_people_are_the_same(load, text):
    pd.testing.assert_frame_equal(load(text), load(PEOPLE))


def test_a_separator_within_quotation_marks_parts_nothing(load):
    text = '"person_id";"treatment";"area, town, street, house"\n"P1";1;"a; b"\n'
    people = load(text)
    assert list(people) == ["person_id", "treatment", "area, town, street, house"]
    assert people.iloc[0].tolist() == ["P1", "1", "a; b"]


def test_a_short_row_is_told_with_its_row_of_the_spreadsheet(load):
    """A row that breaks off was a person of whom nothing is known."""
    rows = [f"P{n},1,South" for n in range(8)]
    text = "\n".join(["person_id,treatment,area", *rows, "P8,1", "P9,0,North", ""])
    assert refused(load, text) == (
        "FILE: row 10 has 2 fields, the header 3; complete the row, or put quotation "
        "marks around a field that holds the separator"
    )


def test_several_rows_are_told_at_once(load):
    text = "person_id,treatment,area\n" + "P,1\n" * 6 + "P,1,South,\n"
    assert refused(load, text) == (
        "FILE: row 2 has 2 fields, the header 3; row 3 has 2, row 4 has 2, row 5 has "
        "2, row 6 has 2 and 2 more rows do not fit; complete the rows, or put "
        "quotation marks around a field that holds the separator"
    )


def test_rows_are_counted_as_a_spreadsheet_shows_them(load):
    text = 'sep=,\nperson_id,treatment,area\nP1,1,"two\nlines"\n\nP2,0\n'
    assert refused(load, text).startswith("FILE: row 5 has 2 fields, the header 3;")


def test_an_open_quotation_mark_is_told_where_it_stands(load):
    """It would swallow the people after it, or all of them."""
    assert refused(load, PEOPLE.replace("P1", '"P1')) == (
        "FILE: line 2: a quotation mark that is not closed, or not alone around its "
        "field; correct it"
    )


@pytest.mark.parametrize("text", ["", "\n" + PEOPLE, "My people\n" + PEOPLE])
def test_without_a_header_in_its_first_row(load, text):
    assert refused(load, text) == (
        "FILE: has no header in its first row; write the columns' names there, and "
        "nothing above them"
    )


def test_utf_16_without_its_mark(load):
    assert refused(load, PEOPLE, encoding="utf-16-le") == (
        "FILE: is UTF-16, not UTF-8; save it as CSV UTF-8"
    )


def test_what_r_leaves_out_of_its_header_is_told_with_the_remedy(load):
    rows = "".join(f'"{n}",P{n},1,South\n' for n in range(9))
    line = refused(load, "person_id,treatment,area\n" + rows)
    assert line == (
        "FILE: every row has 4 fields, the header 3, as R's write.table leaves it; "
        "write the file with col.names = NA, or with row.names = FALSE"
    )


def test_blanks_between_fields_are_no_separator(load):
    text = '"person_id" "treatment"\n"P1" 1\n'
    line = "FILE: has blanks between its fields; save it with commas, as R's write.csv"
    assert refused(load, text) == f"{line} does"
