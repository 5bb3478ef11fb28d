"""Each error and each warning of a provider's list, on a made-up row of its own."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples
from support.submission_lists import (
    FINE,
    HEADER,
    TODAY,
    check,
    found,
    write_csv,
)

from helpers.intake.submission import read as submission
from helpers.intake.submission import values

ERROR, WARNING = "error", "warning"
DATE_NEEDED = "index_date or conviction_date or intervention_start"
NO_DATES = {"index_date": "", "conviction_date": "", "intervention_start": ""}
AGE = "gives an age outside 10 to 100 at the earliest other date"


def only(folder, **changes):
    """The problems of one row that differs from a fine one."""
    return [
        problem[1:]
        for problem in found(check(write_csv(folder, [{**FINE, **changes}])))
    ]


def test_a_fine_row_has_no_problem_and_comes_as_types(tmp_path):
    read = check(write_csv(tmp_path, [FINE]))
    assert read.problems.empty
    line = read.lines.iloc[0]
    assert line["line"] == 2
    assert line["date_of_birth"] == pd.Timestamp(1990, 12, 31)
    assert line["intervention_start"] == pd.Timestamp(2022, 3, 1)
    assert line["pnc_id"] == "1990/0012345M"
    assert pd.isna(line["postcode"]) and pd.isna(line["left_out"])
    dates = read.lines[["date_of_birth", "index_date", "conviction_date",
                        "intervention_start", "intervention_end"]]  # fmt: skip
    assert set(dates.dtypes.astype(str)) == {"datetime64[us]"}


@pytest.mark.parametrize("column", ["surname", "forename", "date_of_birth", "sex"])
@pytest.mark.parametrize("blank", ["", "  ", "\u00a0\u200b"])
def test_essentials_must_be_given(tmp_path, column, blank):
    assert only(tmp_path, **{column: blank}) == [(column, ERROR, "must be given")]


@pytest.mark.parametrize("cell", ["1234", "-", "12/03/1990", "#N/A"])
def test_a_name_has_letters(tmp_path, cell):
    assert only(tmp_path, surname=cell) == [("surname", ERROR, "must be a name")]


@pytest.mark.parametrize("cell", ["Nay", "Nulle", "Ó", "李", "D'Arcy-Ní 2"])
def test_rare_names_are_names(tmp_path, cell):
    assert only(tmp_path, surname=cell) == []


@pytest.mark.parametrize(
    "cell, rule",
    [
        ("03/25/1990", "has a month above 12"),
        ("12.31.1990", "has a month above 12"),
        ("31/02/1990", "is not a date of the calendar"),
        ("29/02/1991", "is not a date of the calendar"),
        ("1990-13-01", "is not a date of the calendar"),
        ("00/01/1990", "is not a date of the calendar"),
        ("45/45/1990", "is not a date of the calendar"),
        ("31/12/0990", "lies before 1900"),
        ("1753-01-01", "lies before 1900"),
        ("01/01/0001", "lies before 1900"),
        ("31/12/90", "has a year of two digits"),
        ("31 Dec 90", "has a year of two digits"),
        ("soon", "must be a date"),
        ("1990", "must be a date"),
        ("33238", "is a spreadsheet's number of a day, not a date"),
        ("33238.0", "is a spreadsheet's number of a day, not a date"),
        ("3323", "must be a date"),
        ("31/12-1990", "must be a date"),
        ("31 Foo 1990", "must be a date"),
    ],
)
def test_what_is_no_date_is_told_by_its_fault(tmp_path, cell, rule):
    problems = only(tmp_path, date_of_birth=cell)
    assert ("date_of_birth", ERROR, rule) in problems
    assert len([one for one in problems if one[1] == ERROR]) == 1


@pytest.mark.parametrize(
    "cell",
    ["31/12/1990", "31.12.1990", "31-12-1990", "31 12 1990", "31 December 1990",
     "31-Dec-1990", "31st dec 1990", "1990-12-31", "1990/12/31", "1990-12-31T00:00:00",
     "31/12/1990 00:00"],
)  # fmt: skip
def test_day_first_and_year_first_are_read(tmp_path, cell):
    read = check(write_csv(tmp_path, [{**FINE, "date_of_birth": cell}]))
    assert read.problems.empty
    assert read.lines["date_of_birth"][0] == pd.Timestamp(1990, 12, 31)


def test_a_date_that_could_be_either_way_is_day_first(tmp_path):
    read = check(write_csv(tmp_path, [{**FINE, "date_of_birth": "03/04/1990"}]))
    assert read.lines["date_of_birth"][0] == pd.Timestamp(1990, 4, 3)


def test_one_date_with_the_month_first_casts_doubt_on_its_column(tmp_path):
    rows = [{**FINE, "surname": "Aa", "date_of_birth": "03/04/1990"},
            {**FINE, "date_of_birth": "03/25/1990"}]  # fmt: skip
    assert found(check(write_csv(tmp_path, rows)))[0] == (
        0, "date_of_birth", WARNING, "may have dates with the month first",
    )  # fmt: skip


@pytest.mark.parametrize(
    "column",
    ["date_of_birth", "index_date", "conviction_date", "intervention_start",
     "intervention_end"],
)  # fmt: skip
def test_dates_of_tomorrow_lie_in_the_future(tmp_path, column):
    others = {**NO_DATES, "intervention_end": ""}
    if column in ("date_of_birth", "intervention_end"):
        others["index_date"] = "01/01/2020"
    today = {**others, column: f"{TODAY:%d/%m/%Y}"}
    assert not [one for one in only(tmp_path, **today) if "future" in one[2]]
    level = WARNING if column == "intervention_end" else ERROR
    assert only(tmp_path, **{**others, column: "02/06/2026"}) == [
        (column, level, "lies in the future")
    ]


@pytest.mark.parametrize(
    "born, wrong",
    # the earliest date is the conviction, 3 September 2021
    [("03/09/2011", False), ("04/09/2011", True), ("04/09/1920", False),
     ("03/09/1920", True), ("01/01/2022", True)],
)  # fmt: skip
def test_age_is_taken_at_the_earliest_date(tmp_path, born, wrong):
    expected = [("date_of_birth", ERROR, AGE)] if wrong else []
    assert only(tmp_path, date_of_birth=born) == expected


def test_without_another_date_age_is_taken_today(tmp_path):
    problems = only(tmp_path, **NO_DATES, date_of_birth="02/06/2016")
    assert problems == [
        ("date_of_birth", ERROR, AGE), (DATE_NEEDED, ERROR, "must have a date"),
    ]  # fmt: skip


def test_support_ends_after_it_starts(tmp_path):
    assert only(tmp_path, intervention_end="01/03/2022") == []
    read = check(write_csv(tmp_path, [{**FINE, "intervention_end": "28/02/2022"}]))
    assert found(read) == [
        (2, "intervention_end", WARNING, "lies before intervention_start")
    ]
    line = read.lines.iloc[0]
    assert pd.isna(line["intervention_end"]) and pd.isna(line["left_out"])
    assert line["intervention_start"] == pd.Timestamp(2022, 3, 1)


@pytest.mark.parametrize(
    "cell",
    ["ongoing", "On-going", "ONGOING", " Current ", "still in support", "not yet ended",
     "n/a", "N/A", "-", "–", "--", "?", "Present", "to date", "TBC", "None", ""],
)  # fmt: skip
def test_support_that_goes_on_has_no_end(tmp_path, cell):
    read = check(write_csv(tmp_path, [{**FINE, "intervention_end": cell}]))
    assert read.problems.empty
    assert pd.isna(read.lines["intervention_end"][0])


def test_only_an_end_goes_on(tmp_path):
    assert only(tmp_path, intervention_start="ongoing") == [
        ("intervention_start", WARNING, "must be a date")
    ]
    assert only(tmp_path, date_of_birth="current") == [
        ("date_of_birth", ERROR, "must be a date")
    ]


# what costs the line, and what does not ----------------------------------------------


NO_DAY = "is 1 January 1970 or lies before 1950, as if no day were known"


@pytest.mark.parametrize(
    "column, cell, rule",
    [
        ("intervention_end", "15.03.22", "has a year of two digits"),
        ("intervention_end", "soon", "must be a date"),
        ("intervention_end", "02/06/2026", "lies in the future"),
        ("intervention_start", "15.03.22", "has a year of two digits"),
        ("intervention_start", "03/25/2022", "has a month above 12"),
        ("index_date", "31/02/2022", "is not a date of the calendar"),
        ("conviction_date", "02/06/2026", "lies in the future"),
        ("index_date", "1900-01-01", NO_DAY),
        ("conviction_date", "01/01/1970", NO_DAY),
        ("intervention_start", "31/12/1949", NO_DAY),
        ("intervention_start", "1753-01-01", "lies before 1900"),
        ("pnc_id", "1990-0012345M", "must look like 2001/1234567X"),
        ("prison_number", "1234", "must look like A1234BC"),
    ],
)
def test_a_cell_that_the_line_can_do_without_is_left_empty(
    tmp_path, column, cell, rule
):
    read = check(write_csv(tmp_path, [{**FINE, column: cell}]))
    assert [one for one in found(read) if one[0]] == [(2, column, WARNING, rule)]
    assert pd.isna(read.lines[column][0]) and read.lost == 0
    assert read.lines["left_out"].isna().all()
    # the line stands as if the cell had been empty
    empty = check(write_csv(tmp_path, [{**FINE, column: ""}]))
    pd.testing.assert_frame_equal(read.lines, empty.lines)
    kept = read.problems["to_do"].iloc[-1]
    assert "until then it is left empty" in kept
    assert ("other dates find its sentence" in kept) == (
        column in ("index_date", "conviction_date")
    )


@pytest.mark.parametrize("column", sorted(NO_DATES))
def test_the_only_date_that_finds_the_sentence_costs_the_line(tmp_path, column):
    """Two that cannot be read are as none, whatever the other columns hold."""
    read = check(write_csv(tmp_path, [{**FINE, **NO_DATES, column: "15.03.22"}]))
    assert found(read) == [(2, column, ERROR, "has a year of two digits")]
    assert read.lost == 1
    both = {**NO_DATES, column: "15.03.22",
            next(name for name in NO_DATES if name != column): "soon"}  # fmt: skip
    read = check(write_csv(tmp_path, [{**FINE, **both}]))
    assert {one[2] for one in found(read)} == {ERROR} and read.lost == 1


def test_of_two_spells_with_a_wrong_end_both_lines_go_on(tmp_path):
    """Those who are still in support: before, the first to be lost."""
    other = {**FINE, "surname": "Other", "pnc_id": "x", "prison_number": ""}
    rows = [{**FINE, "intervention_end": "ongoing"}, other]
    read = check(write_csv(tmp_path, rows))
    assert read.lines["left_out"].isna().tolist() == [True, True]


def test_one_of_three_dates_is_needed(tmp_path):
    for name in NO_DATES:
        assert only(tmp_path, **{**NO_DATES, name: "01/03/2022"}) == []
    assert only(tmp_path, **NO_DATES) == [(DATE_NEEDED, ERROR, "must have a date")]
    assert only(tmp_path, **{**NO_DATES, "index_date": "n/a"}) == [
        (DATE_NEEDED, ERROR, "must have a date")
    ]


def test_a_wrong_date_is_not_also_a_missing_one(tmp_path):
    assert only(tmp_path, **{**NO_DATES, "index_date": "32/01/2022"}) == [
        ("index_date", ERROR, "is not a date of the calendar")
    ]


@pytest.mark.parametrize(
    "cell, kept",
    [("1990/0012345M", "1990/0012345M"), ("90/12345m", "1990/0012345M"),
     (" 1990 / 12345M", "1990/0012345M"), ("19900012345M", "1990/0012345M"),
     ("01/1Q", None), ("", None), ("unknown", None),
     # TODAY is in 2026
     ("26/12345N", "2026/0012345N"), ("27/12345D", "1927/0012345D")],
)  # fmt: skip
def test_pnc_ids_come_in_one_form(tmp_path, cell, kept):
    read = check(write_csv(tmp_path, [{**FINE, "pnc_id": cell}]))
    assert not (read.problems["level"] == ERROR).any()
    if kept:
        assert read.lines["pnc_id"][0] == kept


@pytest.mark.parametrize("cell", ["1990-0012345M", "1990/12345678M", "1990/0012345",
                                  "2027/0012345M", "190/12345M", "D"])  # fmt: skip
def test_a_malformed_pnc_id_is_a_warning(tmp_path, cell):
    assert only(tmp_path, pnc_id=cell) == [
        ("pnc_id", WARNING, "must look like 2001/1234567X")
    ]


@pytest.mark.parametrize(
    # worked by hand: 900012345 mod 23 = 12; 790123456: 17; 10000001: 15; 0: 0
    "pnc, letter",
    [("1990/0012345?", "M"), ("1979/0123456?", "T"), ("2001/0000001?", "Q"),
     ("2000/0000000?", "Z")],
)  # fmt: skip
def test_check_letters(tmp_path, pnc, letter):
    assert values.check_letter(pnc) == letter
    wrong = "A" if letter != "A" else "B"
    assert only(tmp_path, pnc_id=pnc.replace("?", letter)) == []
    assert only(tmp_path, pnc_id=pnc.replace("?", wrong)) == [
        ("pnc_id", WARNING, "has a check letter that does not fit")
    ]


@pytest.mark.parametrize("cell", ["A123BC", "AB1234C", "A1234BCD", "1234"])
def test_a_malformed_prison_number_is_a_warning(tmp_path, cell):
    assert only(tmp_path, prison_number=cell) == [
        ("prison_number", WARNING, "must look like A1234BC")
    ]


def test_prison_numbers_come_in_capitals(tmp_path):
    read = check(write_csv(tmp_path, [{**FINE, "prison_number": " a1234 bc"}]))
    assert read.lines["prison_number"][0] == "A1234BC"


@pytest.mark.parametrize(
    "cell, kept",
    [("F", "Female"), ("female", "Female"), ("MALE", "Male"), ("m", "Male")],
)
def test_sexes_come_in_one_spelling(tmp_path, cell, kept):
    read = check(write_csv(tmp_path, [{**FINE, "sex": cell}]))
    assert read.problems.empty and read.lines["sex"][0] == kept


def test_another_sex_is_a_warning_and_not_known(tmp_path):
    read = check(write_csv(tmp_path, [{**FINE, "sex": "Not recorded"}]))
    assert found(read) == [(2, "sex", WARNING, "is neither Female nor Male")]
    assert pd.isna(read.lines["sex"][0]) and pd.isna(read.lines["left_out"][0])


# the same person more than once -------------------------------------------------


def test_a_line_equal_in_every_field_is_a_duplicate(tmp_path):
    rows = [FINE, {**FINE, "pnc_id": "90/12345M"}, {**FINE, "sex": "M"}]
    read = check(write_csv(tmp_path, rows))
    assert read.lines["left_out"].isna().tolist() == [True, False, True]
    assert read.lines["left_out"][1] == "duplicate line"
    assert found(read) == [
        (3, "", WARNING, "is the same as an earlier line"),
        (4, "", WARNING, "is a person who stands there already"),
    ]
    assert read.problems["found"].tolist() == ["same person as row 2"] * 2


def test_a_line_equal_to_an_unusable_one_is_no_duplicate(tmp_path):
    """The first row has a cell too many, which is all that tells it from the others."""
    path = write_csv(tmp_path, [FINE] * 3)
    header, first, *rest = path.read_text().splitlines()
    path.write_text("\n".join([header, f"{first},more", *rest]))
    read = check(path)
    assert read.lines["left_out"].fillna("").tolist() == [
        "line that cannot be used", "", "duplicate line",
    ]  # fmt: skip
    assert read.problems["found"].tolist()[-1] == "same person as row 3"


@pytest.mark.parametrize(
    "column, one, other",
    [("pnc_id", "x", ""), ("pnc_id", "1990-0012345M", "1990-0012346M"),
     ("index_date", "31/02/2022", "32/02/2022"),
     ("intervention_end", "28/02/2022", "27/02/2022"),  # before the start
     ("conviction_date", "02/06/2026", "03/06/2026"),  # in the future
     ("sex", "X", "Y")],
)  # fmt: skip
def test_lines_that_differ_in_what_cannot_be_read_are_no_duplicates(
    tmp_path, column, one, other
):
    """Both cells are left empty, but nobody knows that they mean the same."""
    rows = [{**FINE, column: one}, {**FINE, column: other}, {**FINE, column: one}]
    read = check(write_csv(tmp_path, rows))
    assert read.lines["left_out"].fillna("").tolist() == ["", "", "duplicate line"]


def test_lines_that_differ_in_words_for_nothing_are_duplicates(tmp_path):
    rows = [{**FINE, "pnc_id": "n/a"}, {**FINE, "pnc_id": ""}]
    assert check(write_csv(tmp_path, rows)).lines["left_out"][1] == "duplicate line"


def test_a_line_that_differs_in_a_further_column_is_no_duplicate(tmp_path):
    rows = [{**FINE, "Notes": "a"}, {**FINE, "Notes": "b"}]
    read = check(write_csv(tmp_path, rows, [*HEADER, "Notes"]))
    assert read.lines["left_out"].isna().all()


@pytest.mark.parametrize(
    "other",
    [{}, {"surname": "Other", "pnc_id": ""}, {"surname": "Other", "prison_number": ""},
     {"surname": "EXAMPLE", "pnc_id": "", "prison_number": ""}],
)  # fmt: skip
def test_several_spells_of_a_person(tmp_path, other):
    later = {**FINE, **other, "index_date": "14/02/2023"}
    assert found(check(write_csv(tmp_path, [FINE, later]))) == [
        (3, "", WARNING, "is a further spell of a person")
    ]


def test_people_are_tied_together_through_a_third_row(tmp_path):
    """Row 2 shares its PNC id with row 4, row 3 its prison number: one person."""
    rows = [{**FINE, "prison_number": ""},
            {**FINE, "surname": "Other", "pnc_id": ""},
            {**FINE, "surname": "Third", "index_date": "14/02/2023"}]  # fmt: skip
    read = check(write_csv(tmp_path, rows), minimum_people=2)
    assert read.problems["found"][0] == "1 person"


@pytest.mark.parametrize("column", ["pnc_id", "prison_number"])
def test_an_id_that_fills_the_cell_ties_nobody(tmp_path, column):
    """Three people share it, and the last has two rows; only their names tie those."""
    alone = {**FINE, "pnc_id": "", "prison_number": "", column: FINE[column]}
    rows = [
        alone,
        {**alone, "surname": "Other", "date_of_birth": "03/02/1985"},
        {**alone, "surname": "Third", "date_of_birth": "04/02/1985"},
        {**alone, "surname": "Third", "date_of_birth": "04/02/1985",
         "index_date": "14/02/2023"},
    ]  # fmt: skip
    read = check(write_csv(tmp_path, rows), minimum_people=4)
    rule = (WARNING, "is one id that stands for different people")
    assert found(read) == [
        (0, "", WARNING, "has fewer than 4 people"),
        (2, column, *rule), (3, column, *rule), (4, column, *rule), (5, column, *rule),
        (5, "", WARNING, "is a further spell of a person"),
    ]  # fmt: skip
    told = read.problems["found"].tolist()
    assert told == ["3 people", *["one id in 4 rows"] * 4, "same person as row 4"]


def test_an_unusable_line_is_no_person(tmp_path):
    rows = [FINE, {**FINE, "date_of_birth": "tomorrow"}]
    read = check(write_csv(tmp_path, rows))
    assert read.lines["left_out"].isna().tolist() == [True, False]
    assert read.lines["left_out"][1] == "line that cannot be used"
    assert [problem[3] for problem in found(read)] == ["must be a date"]


def test_too_few_people(tmp_path):
    rows = [{**FINE, "surname": f"A{chr(97 + n)}", "pnc_id": "", "prison_number": ""}
            for n in range(3)]  # fmt: skip
    path = write_csv(tmp_path, rows)
    assert found(check(path, minimum_people=3)) == []
    assert found(check(path, minimum_people=4)) == [
        (0, "", WARNING, "has fewer than 4 people")
    ]


# laws ------------------------------------------------------------------------------

VARIANTS = st.fixed_dictionaries({
    "surname": st.sampled_from(["Example", "Other", ""]),
    "date_of_birth": st.sampled_from(["31/12/1990", "03/25/1990", "01/01/2020"]),
    "sex": st.sampled_from(["F", "M", "?"]),
    "index_date": st.sampled_from(["14/02/2022", "14/02/2023", ""]),
    "pnc_id": st.sampled_from(["", "1990/0012345M", "x"]),
})  # fmt: skip


@settings(max_examples=examples(15))
@given(st.lists(VARIANTS, min_size=1, max_size=12), st.randoms())
def test_the_order_of_rows_does_not_change_what_is_found(
    tmp_path_factory, rows, random
):
    folder = tmp_path_factory.mktemp("order")
    rows = [{**FINE, "prison_number": "", **row} for row in rows]
    shuffled = random.sample(rows, len(rows))

    def problems(listed):
        read = check(write_csv(folder, listed), minimum_people=3)
        return (
            sorted(one[1:] for one in found(read)),
            sorted(read.lines["left_out"].fillna("")),
        )

    assert problems(rows) == problems(shuffled)


@settings(max_examples=examples(60))
@given(st.dates(date(1900, 1, 1), date(2026, 6, 1)))
def test_every_date_is_read_back_from_every_form(written):
    from helpers.intake.submission.dates import dates

    dotted = f"{written.day}.{written.month}.{written.year}"
    forms = [written, f"{written:%d/%m/%Y}", dotted, written.isoformat()]
    read = dates(forms)
    assert read["fault"].isna().all()
    assert (read["date"] == pd.Timestamp(written)).all()


def test_no_cell_of_a_person_is_in_problems_or_messages(tmp_path):
    marker = "Qzx7"
    rows = [{name: f"{marker}{n}{name}" for name in HEADER} for n in range(30)]
    rows += [{**FINE, "surname": f"{marker}", "sex": marker, "pnc_id": "90/12345A"}] * 2
    read = check(write_csv(tmp_path, rows))
    assert len(read.problems) > 100
    said = [
        "\n".join(submission.report_lines(read)), repr(read),
        submission.problems_file(read).decode(),
        read.problems.to_csv(), submission.totals(read).to_csv(),
    ]  # fmt: skip
    assert not [text for text in said if marker.lower() in text.lower()]
