"""Rows that do not fit the header, and workbooks whose formulas have no value."""

import re
import zipfile
from datetime import date

import pandas as pd
import pytest
from support.submission_lists import FINE, HEADER, check, csv_text, found, write_xlsx

ROW = list(FINE.values())
OPEN = "has a quotation mark that is not closed, or not alone around its cell"
BROKEN = "has fewer cells than the header, and what is needed is not there"
SHORT = "has fewer cells than the header"
FORMULA = "has a formula without a value"


def person(n):
    """A row of a person of their own."""
    return [f"Example{'abcdefgh'[n]}", *ROW[1:8], "", ""]


def of_text(folder, *lines):
    """What is found in a CSV file of these lines, and the list as it was read."""
    path = folder / "list.csv"
    path.write_text("\n".join([",".join(HEADER), *lines]) + "\n")
    read = check(path)
    return found(read), read


# rows of a CSV file ------------------------------------------------------------------


@pytest.mark.parametrize("cells", [1, 2, 3, 4])
def test_a_row_that_breaks_off_before_what_is_needed_is_lost(tmp_path, cells):
    """With four cells it has the person, but no date that finds the sentence."""
    problems, read = of_text(tmp_path, ",".join(ROW), ",".join(person(1)[:cells]))
    assert problems == [(3, "", "error", BROKEN)]
    assert read.problems["found"][0] == (
        f"{cells} cell{'' if cells == 1 else 's'}, the header 10"
    )
    assert read.lost == 1


@pytest.mark.parametrize("cells", [5, 7, 9])
def test_a_row_that_breaks_off_later_is_told(tmp_path, cells):
    problems, read = of_text(tmp_path, ",".join(ROW), ",".join(person(1)[:cells]))
    assert problems == [(3, "", "warning", SHORT)]
    assert read.lost == 0


def test_a_row_alone_that_breaks_off_is_lost(tmp_path):
    problems, _ = of_text(tmp_path, "Example,Robin")
    assert problems == [(2, "", "error", BROKEN)]


def test_empty_cells_at_the_end_that_a_spreadsheet_dropped(tmp_path):
    """Nobody has an id, so no row has lost one; what nobody has is no loss."""
    problems, _ = of_text(tmp_path, *(",".join(person(n)[:8]) for n in range(3)))
    assert problems == []


def test_what_else_is_wrong_with_a_short_row_is_told(tmp_path):
    problems, _ = of_text(tmp_path, ",".join(ROW), "Other,Robin,31/02/1990")
    assert problems == [
        (3, "date_of_birth", "error", "is not a date of the calendar"),
        (3, "", "error", BROKEN),
    ]


def test_a_line_break_that_cuts_a_row(tmp_path):
    one = ",".join(person(1))
    problems, _ = of_text(tmp_path, ",".join(ROW), one[:20], one[20:])
    assert {row for row, _, level, _ in problems if level == "error"} == {3, 4}


@pytest.mark.parametrize(
    "spoilt",
    [
        '"' + ",".join(person(1)),  # nothing closes it
        ",".join(person(1)[:-1]) + ',"x',  # in the last cell
        '"Big" ' + ",".join(person(1)),  # closed within its cell
    ],
)
@pytest.mark.parametrize(
    "after", [",".join(person(3)), ",".join(person(3)[:-1]) + ',"x"',
              ",".join(person(3)) + '6"'],
)  # fmt: skip
def test_an_open_quotation_mark_is_told_in_its_row(tmp_path, spoilt, after):
    """Whether a later mark closes it or none: no other row is lost."""
    lines = [",".join(ROW), spoilt, ",".join(person(2)), after]
    problems, read = of_text(tmp_path, *lines)
    assert [one for one in problems if one[2] == "error"] == [(3, "", "error", OPEN)]
    assert read.lines["line"].tolist() == [2, 3, 4, 5]
    assert read.lines["left_out"].notna().tolist() == [False, True, False, False]
    assert read.lines["surname"].iloc[2:].tolist() == ["Examplec", "Exampled"]


def test_an_open_quotation_mark_hides_no_separator(tmp_path):
    text = csv_text([ROW, person(1)], separator=";").replace("Exampleb", '"Exampleb')
    (tmp_path / "list.csv").write_text(text)
    assert found(check(tmp_path / "list.csv")) == [(3, "", "error", OPEN)]


def test_cells_of_several_lines_stay_whole(tmp_path):
    note = "seen on 12/03/2022,\nthen, on\n14/04/2022, again"
    path = tmp_path / "list.csv"
    path.write_text(csv_text([[*ROW, note], [*person(1), ""]], [*HEADER, "Notes"]))
    read = check(path)
    assert read.problems.empty and len(read.lines) == 2


# workbooks ---------------------------------------------------------------------------


def with_formulas(folder, columns, stored):
    """A workbook of three people with formulas in some columns.

    `stored` gives what stands after each row's formula, or nothing where None.
    """
    rows = [[*person(n)[:4], date(2022, 2, 14)] for n in range(3)]
    header = [*HEADER[:5], "intervention_start", "Notes"]

    def finish(sheet):
        for row in range(1, 4):
            for column in columns:
                sheet.write_formula(row, column, "=E2+14", None, 44620)

    path = write_xlsx(folder, {"People": [header, *rows]}, finish=finish)
    values = iter(stored * len(columns))
    with zipfile.ZipFile(path) as parts:
        held = {name: parts.read(name) for name in parts.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    held[sheet] = re.sub(
        b"<v>44620</v>", lambda _: next(values), held[sheet]
    )  # fmt: skip
    with zipfile.ZipFile(path, "w") as parts:
        for name, content in held.items():
            parts.writestr(name, content)
    return check(path)


START = HEADER[:5] + ["intervention_start"]


@pytest.mark.parametrize("empty", [b"<v></v>", b"<v/>", b"<v />", b""])
def test_formulas_that_were_never_calculated_are_errors(tmp_path, empty):
    read = with_formulas(tmp_path, [5], [empty] * 3)
    assert found(read) == [
        (row, "intervention_start", "error", FORMULA) for row in (2, 3, 4)
    ]
    assert read.lost == 3


def test_formulas_of_which_some_were_calculated(tmp_path):
    read = with_formulas(tmp_path, [5], [b"<v>44620</v>", b"<v></v>", b"<v>44621</v>"])
    assert found(read) == [
        (0, "intervention_start", "warning", "has formulas"),
        (3, "intervention_start", "error", FORMULA),
    ]
    assert read.problems["found"][0] == "2 cells, the first in row 2"
    assert read.lines["intervention_start"][0] == pd.Timestamp(2022, 2, 28)


@pytest.mark.parametrize("column, name", [(0, "surname"), (2, "date_of_birth")])
def test_what_is_needed_and_was_not_calculated_is_told_once(tmp_path, column, name):
    read = with_formulas(tmp_path, [column], [b""] * 3)
    assert found(read) == [(row, name, "error", FORMULA) for row in (2, 3, 4)]


def test_the_only_date_not_calculated_is_told_once(tmp_path):
    read = with_formulas(tmp_path, [4], [b"<v/>"] * 3)
    assert found(read) == [(row, "index_date", "error", FORMULA) for row in (2, 3, 4)]


def test_people_of_whom_nothing_was_calculated_are_lost_in_sight(tmp_path):
    read = with_formulas(tmp_path, range(5), [b"<v/>"] * 3)
    assert read.lines["line"].tolist() == [2, 3, 4] and read.lost == 3


def test_a_column_of_the_files_own_costs_no_line(tmp_path):
    read = with_formulas(tmp_path, [6], [b"<v/>"] * 3)
    assert {one[1:] for one in found(read)} == {("Notes", "warning", FORMULA)}
    assert read.lost == 0


def test_a_formula_that_gives_an_empty_text_has_a_value(tmp_path):
    def finish(sheet):
        sheet.write_formula(1, 5, '=IF(E2="","",E2)', None, "x")

    rows = [[*HEADER[:5], "intervention_start"], [*ROW[:4], date(2022, 2, 14)]]
    path = write_xlsx(tmp_path, {"People": rows}, finish=finish)
    with zipfile.ZipFile(path) as parts:
        held = {name: parts.read(name) for name in parts.namelist()}
    with zipfile.ZipFile(path, "w") as parts:
        for name, content in held.items():
            parts.writestr(name, content.replace(b"<v>x</v>", b"<v></v>"))
    assert found(check(path)) == [(0, "intervention_start", "warning", "has formulas")]


def test_formulas_copied_down_too_far_are_nobody(tmp_path):
    def finish(sheet):
        for row in range(1, 9):
            sheet.write_formula(row, 5, "=E2+14", None, "#N/A" if row > 2 else 44620)

    rows = [START, *([*person(n)[:4], date(2022, 2, 14)] for n in range(3))]
    read = check(write_xlsx(tmp_path, {"People": rows}, finish=finish))
    assert read.lines["line"].tolist() == [2, 3, 4]
    # the third person's is an error of the spreadsheet, and no empty cell
    assert found(read)[1:] == [(4, "intervention_start", "warning", "must be a date")]
