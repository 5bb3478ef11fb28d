"""A released result as a row of results.csv, and what becomes of the file."""

import csv
import io
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import effort

from helpers.charts.catalogue import add, read, row
from helpers.charts.catalogue.columns import MORE, NEEDED, RESULTS
from helpers.charts.catalogue.period import years
from helpers.charts.catalogue.printed import limit, p_value, whole
from helpers.errors import DataError, RequestError
from helpers.files import ROOT
from helpers.request.types import read as read_types

OURS = ROOT / "params/catalogue"
TYPES, _ = read_types("params/catalogue")
RATE = {
    "name": "reoffending_rate",
    "label": "reoffended",
    "definition": "within a year",
}
FREQUENCY = {
    "name": "reoffending_frequency",
    "label": "proven reoffences",
    "definition": "within a year",
}
TIME = {
    "name": "time_to_first_reoffence",
    "label": "time to the first proven reoffence",
    "definition": "",
}


def request(**changes):
    """A request as audit/request.yml has it, as far as a row needs it."""
    return {
        "id": "gardening-2024",
        "organisation": {"name": "Green Trust", "sector_type": "voluntary sector"},
        "programme": {
            "name": "Gardens, inside",
            "intervention_type": "Mentoring",
            "setting": "custody",
            "period": "April 2021 to March 2022",
        },
        "inputs": {"submission": "/secure/list.xlsx"},
        "outcomes": [RATE, FREQUENCY, TIME],
        "disclosure": {"profile": "default"},
        "publication": {"date": "2024-10-31", "edition": 1},
        **changes,
    }


def measure(outcome, people, values, p, significant):
    """A measure of result.json; values are both groups, the difference, its limits."""
    names = ("value_treatment", "value_comparison", "difference", "ci_low", "ci_high")
    n = dict(zip(("n_treatment", "n_comparison"), people, strict=True))
    told = {"p_value": p, "significant": significant}
    return {"outcome": outcome, **n, **dict(zip(names, values, strict=True)), **told}


def analysis(*outcomes, **changes):
    """An analysis of result.json."""
    return {
        "name": "Everyone",
        "headline": True,
        "n_submitted": 300,
        "match_quality": "well",
        "headlined": "yes",
        "outcomes": list(outcomes),
        **changes,
    }


def result(*analyses):
    """result.json as it is read: decimals as Decimal."""
    return json.loads(json.dumps({"analyses": analyses}), parse_float=Decimal)


def rate(*values, n=(240, 5000), p=0.02, significant=True):
    return measure(RATE["name"], n, values, p, significant)


FEWER = rate(0.25, 0.33, -0.08, -0.13, -0.02)


def only_row(*outcomes, of=None, **changes):
    """The row of one analysis."""
    offered = row.offered(
        of or request(), result(analysis(*outcomes, **changes)), TYPES
    )
    assert len(offered.rows) == 1
    return offered.rows[0]


# the row ------------------------------------------------------------------------------


def test_a_row_worked_by_hand():
    # 1.19 and 1.41 reoffences a person are 119 and 141 for every 100 people; a lower
    # limit of 0.003 a person is 0.3 for every 100, which a whole number would hide
    made = only_row(
        FEWER,
        measure(FREQUENCY["name"], (240, 5000), (1.19, 1.41, -0.22, -0.6, 0.003),
                0.25, False),
        measure(TIME["name"], (60, 1650), (165, 136, 29, 1, 57), 0.046, True),
    )  # fmt: skip
    assert made == {
        "id": "gardening_2024", "organisation": "Green Trust",
        "programme": "Gardens, inside", "intervention_type": "Mentoring",
        "sector": "Voluntary", "setting": "custody", "cohort_from": "2021",
        "cohort_to": "2022", "published": "2024-10", "n_submitted": "300",
        "n_treat": "240", "n_comp": "5000", "size_note": "", "rate_treat": "25",
        "rate_comp": "33", "diff_printed": "-8", "ci_low": "-13", "ci_high": "-2",
        "p_value": "0.02", "sig_rate": "Y", "dir_rate": "down",
        "freq_treat_per100": "119", "freq_comp_per100": "141",
        "freq_diff_per100": "-22", "freq_ci_low": "-60", "freq_ci_high": "0.3",
        "sig_freq": "N", "dir_freq": "down", "days_treat": "165", "days_comp": "136",
        "days_diff": "29", "days_ci_low": "1", "days_ci_high": "57", "sig_time": "Y",
        "dir_time": "later", "reoffenders_treat": "60",
        "conclusion": "significant reduction",
        "source_url": "not published at an address; request gardening-2024, edition 1",
        "source_kind": "report of this kit", "grade": "B", "note": "edition 1",
        "request": "gardening-2024",
    }  # fmt: skip
    assert set(made) <= set(RESULTS)


def test_open_data_have_more_digits_and_a_row_has_those_of_the_page():
    # 34.5 and 41.25 per cent; −6.75 points, −12.5 to −0.04: halves go away from zero,
    # and a limit that is nought to one decimal too is printed as 0
    made = only_row(rate(0.345, 0.4125, -0.0675, -0.125, -0.0004321, p=0.04981))
    printed = [made[name] for name in ("rate_treat", "rate_comp", "diff_printed",
                                       "ci_low", "ci_high", "p_value")]  # fmt: skip
    assert printed == ["35", "41", "-7", "-13", "0", "0.0498"]


def test_an_increase_and_what_is_not_significant():
    made = only_row(rate(0.33, 0.25, 0.08, 0.02, 0.13))
    assert (made["sig_rate"], made["dir_rate"]) == ("Y", "up")
    assert made["conclusion"] == "significant increase"
    made = only_row(rate(0.25, 0.27, -0.02, -0.08, 0.03, p=0.4, significant=False))
    assert (made["sig_rate"], made["dir_rate"]) == ("N", "down")
    assert made["conclusion"] == "not significant; more people needed"


def test_a_difference_printed_as_nought_has_the_side_of_its_interval():
    # a large study: −0.4 points, −0.7 to −0.1, of which whole points leave 0
    made = only_row(rate(0.25, 0.25, 0, -0.01, -0.001, p=0.01))
    assert (made["diff_printed"], made["ci_low"], made["ci_high"]) == (
        "0",
        "-1",
        "-0.1",
    )
    assert (made["sig_rate"], made["dir_rate"]) == ("Y", "down")
    made = only_row(rate(0.25, 0.25, 0, -0.03, 0.03, p=0.9, significant=False))
    assert (made["sig_rate"], made["dir_rate"]) == ("N", "")


def test_withheld_numbers_are_empty_and_their_finding_was_not_found():
    made = only_row(rate(None, None, None, None, None, p=None, significant=None))
    for name in ("rate_treat", "rate_comp", "diff_printed", "ci_low", "ci_high",
                 "p_value"):  # fmt: skip
        assert made[name] == ""
    assert "sig_rate" not in made
    assert made["n_treat"] == "240"
    assert made["conclusion"] == "figures not found"
    assert "withheld" in made["note"]


def test_a_result_of_too_few_events_has_an_interval_and_no_verdict():
    made = only_row(rate(0.05, 0.08, -0.03, -0.07, 0.04, p=None, significant=None))
    assert (made["ci_low"], made["ci_high"], made["p_value"]) == ("-7", "4", "")
    assert "sig_rate" not in made
    assert made["conclusion"].startswith("not tested: too few")


def test_a_p_below_a_hundredth_is_told_in_the_note():
    made = only_row(rate(0.2, 0.3, -0.1, -0.14, -0.06, p=0.004))
    assert made["p_value"] == ""
    assert made["note"] == "edition 1; p printed as <0.01"


def test_sizes_that_are_rounded_are_told_as_such():
    of = request(disclosure={"profile": "rounded"})
    made = only_row(rate(0.25, 0.33, -0.08, -0.13, -0.02, n=(1240, 5000)), of=of)
    assert (made["n_treat"], made["size_note"]) == ("1240", "about 1,240")
    assert "rounded to 5" in made["note"]


def test_other_measures_in_own_words_are_left_out():
    own = {**FREQUENCY, "label": "returns to prison"}
    made = only_row(
        FEWER,
        measure(
            FREQUENCY["name"], (240, 5000), (1.2, 1.4, -0.2, -0.6, 0.1), 0.3, False
        ),
        of=request(outcomes=[RATE, own]),
    )
    assert not any(name.startswith("freq") for name in made)


def test_several_headlines_are_told_apart():
    of = request()
    both = result(
        analysis(FEWER, name="Men"),
        analysis(FEWER, name="Women, all ages"),
        analysis(FEWER, name="A part", headline=False),
    )
    rows = row.offered(of, both, TYPES, "https://example.org/report").rows
    assert [made["id"] for made in rows] == [
        "gardening_2024_men",
        "gardening_2024_women_all_ages",
    ]
    assert [made["programme"] for made in rows] == [
        "Gardens, inside (Men)",
        "Gardens, inside (Women, all ages)",
    ]
    assert {made["source_url"] for made in rows} == {"https://example.org/report"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"match_quality": "poorly", "headlined": "no"}, "could not be made alike"),
        ({"headlined": "no"}, "not show it among the main points"),
        ({"headlined": None}, "not show it among the main points"),
        ({"outcomes": [], "could_not_be_analysed": "few"}, "could not be analysed"),
    ],
)
def test_an_analysis_without_a_main_point_gives_no_row(changes, words):
    both = result(analysis(FEWER), analysis(FEWER, name="Men") | changes)
    offered = row.offered(request(), both, TYPES)
    assert [made["id"] for made in offered.rows] == ["gardening_2024_everyone"]
    assert len(offered.left_out) == 1
    assert offered.left_out[0].startswith('gardening-2024: "Men" was not added: ')
    assert words in offered.left_out[0]


@pytest.mark.parametrize(
    ("outcomes", "words"),
    [
        ([FREQUENCY], "did not measure that rate"),
        ([{**RATE, "label": "returned to prison"}],
         'counted people who "returned to prison within a year"'),
        ([{**RATE, "definition": "within 12 months of release"}],
         "within 12 months of release"),
    ],
)  # fmt: skip
def test_another_measure_than_the_published_one_is_refused(outcomes, words):
    with pytest.raises(RequestError, match=words) as told:
        row.offered(request(outcomes=outcomes), result(analysis(FEWER)), TYPES)
    assert len(told.value.problems) == 1


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({"made_up": {"people": 20000}}, True),
        ({"submission": "/data/made-up-list.xlsx"}, True),
        ({"submission": "/data/Made_up/list.csv"}, True),
        ({"cohort": "/data/cohort.csv"}, False),
    ],
)
def test_made_up_people_are_known_by_the_key_or_the_name_of_the_list(inputs, expected):
    assert row.made_up(request(inputs=inputs)) is expected


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("January 2022 to December 2023", ("2022", "2023")),
        ("From 1 April 2019 to 31 March 2020.", ("2019", "2020")),
        ("January to June 2022", ("2022", "2022")),
        ("between 2015 and 2018", ("2015", "2018")),
        ("Sept 2019 – 2021", ("2019", "2021")),
        ("2022", ("2022", "2022")),
        # more than one reading, or none
        ("2015 and 2018", ("", "")),
        ("since 2015", ("", "")),
        ("2021/22", ("", "")),
        ("Released in 2019, followed to 2021", ("", "")),
        ("2023 to 2021", ("", "")),
        ("People released in the late nineteen-seventies", ("", "")),
        ("", ("", "")),
    ],
)
def test_years_are_read_only_where_they_leave_no_doubt(period, expected):
    assert years(period) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("0.004", ""), ("0.0449", "0.04"), ("0.0495", "0.0495"), ("0.0498", "0.0498"),
     ("0.0503", "0.0503"), ("0.05", "0.050"), ("0.25", "0.25"), ("0.996", "1.00")],
)  # fmt: skip
def test_a_p_tells_its_side_of_a_twentieth(value, expected):
    # method, section 9: two decimals, three from 0.045 to 0.055; never 0.050 for a p
    # that lies beside 0.05
    assert p_value(Decimal(value)) == expected


def test_numbers_that_are_nought_have_no_minus():
    assert whole(Decimal("-0.3")) == "0"
    assert limit(Decimal("-0.04")) == "-0.04"  # rounded to its first figure already
    assert limit(Decimal("-0.0432")) == "0"
    assert limit(Decimal("0")) == "0"
    assert limit(None) == whole(None) == p_value(None) == ""


# the file -----------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    """A copy of the catalogue."""
    return shutil.copytree(OURS, tmp_path / "catalogue")


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_result_is_added_at_the_end_and_counts_as_published(folder):
    before = len(rows_of(folder / "results.csv"))
    told = add.add(request(), result(analysis(FEWER)), folder)
    assert told == [f"{folder}/results.csv: row {before + 2} (gardening_2024): added"]
    results = read.read(folder).results.set_index("id")
    added = results.loc["gardening_2024"]
    assert (added["finding"], added["interval"]) == ("decrease", "printed")
    assert (added["difference"], added["low"], added["high"]) == (-8, -13, -2)
    assert added["n"] == 240


def test_the_same_result_again_names_the_row_to_mend(folder, contents):
    add.add(request(), result(analysis(FEWER)), folder)
    before = contents(folder)
    with pytest.raises(
        RequestError, match=r"row \d+ \(gardening_2024\): .* mend"
    ) as told:
        add.add(request(), result(analysis(FEWER)), folder)
    assert len(told.value.problems) == 1
    assert contents(folder) == before


def test_a_newer_edition_takes_the_place_and_says_what_changed(folder):
    path = folder / "results.csv"
    add.add(request(), result(analysis(FEWER)), folder)
    about = request()["programme"] | {"name": "Another programme"}
    other = request(id="later", programme=about)
    add.add(other, result(analysis(FEWER)), folder)
    before = path.read_bytes().splitlines(keepends=True)
    second = request(publication={"date": "2025-02-01", "edition": 2})
    told = add.add(
        second, result(analysis(rate(0.26, 0.33, -0.07, -0.12, -0.01))), folder
    )
    assert told[0].startswith(
        f"{path}: row {len(before) - 1} (gardening_2024): replaced"
    )
    for change in ("rate_treat from 25 to 26", "published from 2024-10 to 2025-02",
                   "note from edition 1 to edition 2"):  # fmt: skip
        assert change in told[0]
    assert "rate_comp" not in told[0]
    after = path.read_bytes().splitlines(keepends=True)
    assert len(after) == len(before)
    changed = [n for n, pair in enumerate(zip(before, after, strict=True))
               if pair[0] != pair[1]]  # fmt: skip
    assert changed == [len(before) - 2]


def test_a_headline_that_the_newer_edition_has_not_is_taken_out(folder):
    add.add(
        request(),
        result(analysis(FEWER, name="Men"), analysis(FEWER, name="Women")),
        folder,
    )
    second = request(publication={"date": "2025-02-01", "edition": 2})
    told = add.add(second, result(analysis(FEWER)), folder)
    assert sum("taken out" in line for line in told) == 2
    own = [found for found in rows_of(folder / "results.csv")
           if found["request"] == "gardening-2024"]  # fmt: skip
    assert [found["id"] for found in own] == ["gardening_2024"]


def test_a_row_of_that_id_from_elsewhere_is_left_alone(folder, contents):
    path = folder / "results.csv"
    path.write_text(path.read_text().replace("pet2014_all,", "gardening_2024,"))
    before = contents(folder)
    with pytest.raises(RequestError, match=r"\(gardening_2024\): is another result"):
        add.add(request(), result(analysis(FEWER)), folder)
    assert contents(folder) == before


def test_results_that_may_share_people_are_named(folder):
    first = request(organisation={"name": "Care After Combat", "sector_type": "Public"})
    told = add.add(first, result(analysis(FEWER)), folder)
    # its years are printed, those of Project Phoenix are not
    assert len(told) == 2
    assert told[1].startswith(
        "gardening_2024 may share people with careaftercombat2019"
    )


def test_a_broken_catalogue_is_refused_with_all_its_problems(folder, contents):
    path = folder / "results.csv"
    text = path.read_text().replace("Mentoring", "Mentorin").replace(",8513,", ",many,")
    path.write_text(text)
    before = contents(folder)
    with pytest.raises(DataError) as told:
        add.add(request(), result(analysis(FEWER)), folder)
    assert len(told.value.problems) >= 2
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"publication": {"date": "2999-01-31"}}, "2999-01"),
        (
            {"programme": {"name": "x", "intervention_type": "Mentorin"}},
            "is it Mentoring",
        ),
    ],
)
def test_a_row_that_the_catalogue_cannot_hold_is_not_written(
    folder, contents, change, words
):
    before = contents(folder)
    with pytest.raises((DataError, RequestError), match=words) as told:
        add.add(request(**change), result(analysis(FEWER)), folder)
    assert len(told.value.problems) == 1
    assert contents(folder) == before


def test_a_link_is_not_written_through(folder, tmp_path):
    path = folder / "results.csv"
    path.rename(tmp_path / "elsewhere.csv")
    path.symlink_to(tmp_path / "elsewhere.csv")
    with pytest.raises(RequestError, match="is a link"):
        add.add(request(), result(analysis(FEWER)), folder)


def test_the_file_keeps_who_may_read_it(folder):
    path = folder / "results.csv"
    path.chmod(0o640)
    add.add(request(), result(analysis(FEWER)), folder)
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_name_that_a_spreadsheet_would_work_out_is_made_harmless():
    of = request(organisation={"name": "=1+1", "sector_type": "Public"})
    assert only_row(FEWER, of=of)["organisation"] == "'=1+1"


NOTES = st.lists(
    st.text(st.sampled_from("aé,\"\n ;'x"), max_size=8), min_size=1, max_size=4
)


def record(values, ends):
    """A row as a spreadsheet writes it, without its line end."""
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator=ends).writerow(values)
    return file.getvalue().removesuffix(ends)


@settings(max_examples=effort.examples(45))
@given(
    notes=NOTES,
    ends=st.sampled_from(["\n", "\r\n"]),
    mark=st.sampled_from(["", "\ufeff"]),
    closed=st.booleans(),
    columns=st.sets(st.sampled_from(MORE)).flatmap(
        lambda more: st.permutations([*NEEDED, *sorted(more)])
    ),
)
def test_every_other_row_keeps_its_bytes(
    tmp_path_factory, notes, ends, mark, closed, columns
):
    header, records = record(columns, ends), []
    for number, note in enumerate(notes):
        values = {"id": f"r{number}", "organisation": "O", "programme": f"P{number}",
                  "intervention_type": "Mentoring", "sector": "Public",
                  "source_url": "u", "grade": "A", "note": note}  # fmt: skip
        records.append(record([values.get(name, "") for name in columns], ends))
    folder = shutil.copytree(OURS, tmp_path_factory.mktemp("c") / "catalogue")
    path = folder / "results.csv"
    last = ends if closed else ""
    path.write_bytes((mark + ends.join([header, *records]) + last).encode())
    add.add(request(), result(analysis(FEWER)), folder)
    # the header gets the columns that it lacked, and each row as many empty fields
    lacking = [name for name in RESULTS if name not in columns]
    expected = [",".join([header, *lacking])]
    expected += [found + "," * len(lacking) for found in records]
    start = mark + "".join(line + ends for line in expected)
    text = path.read_bytes().decode()
    assert text.startswith(start)
    row_added = next(csv.reader([text.removeprefix(start)]))
    assert row_added[columns.index("id")] == "gardening_2024"
    assert text.count("gardening_2024") == 1
    assert text.endswith(ends)


def test_two_at_once_lose_no_row(folder):
    def put(number):
        about = request()["programme"] | {"name": f"Programme {number}"}
        of = request(id=f"of-{number}", programme=about)
        return add.add(of, result(analysis(FEWER)), folder)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(put, range(3)))
    requests = [found["request"] for found in rows_of(folder / "results.csv")]
    assert sorted(filter(None, requests)) == ["of-0", "of-1", "of-2"]
