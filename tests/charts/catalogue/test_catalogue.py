"""The published results: reading, findings, effects, and a study's place."""

import json
import math
import shutil

import pytest

from helpers.charts.catalogue import effects, read
from helpers.charts.catalogue.columns import RESULTS
from helpers.charts.report import cells as report_cells
from helpers.charts.report import rows as chart_rows
from helpers.charts.report import summary
from helpers.charts.report.measures import FREQUENCY, TOLD
from helpers.errors import DataError, RequestError
from helpers.files import ROOT
from helpers.publication.cells import EXEMPT
from helpers.publication.numbers import refs_in
from helpers.request import Outcome

FOLDER = ROOT / "params" / "catalogue"


@pytest.fixture(scope="module")
def published():
    return read.read("params/catalogue")


@pytest.fixture
def copy(tmp_path):
    folder = tmp_path / "catalogue"
    shutil.copytree(FOLDER, folder)
    return folder


def change(folder, file, old, new, times=1):
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, times))


def problems(folder):
    with pytest.raises(DataError) as error:
        read.read(folder)
    assert str(error.value).splitlines() == error.value.problems
    return error.value.problems


def test_findings_are_those_counted_by_hand_in_the_source(published, evidence):
    found = published.results["finding"].value_counts().to_dict()
    # counted by hand, and as the example report prints them
    assert found == {
        "decrease": 17, "inconclusive": 12, "increase": 1, "not_found": 3,
    }  # fmt: skip
    evidence("findings of 33 published results", "their published pages, by hand", 0)


def test_increase_needs_a_significant_rise(published):
    results = published.results.head(4).assign(
        sig_rate=["Y", "Y", "N", ""], dir_rate=["up", "down", "up", "down"]
    )
    found = effects.findings(results)["finding"].tolist()
    assert found == ["increase", "decrease", "inconclusive", "not_found"]


def test_a_computed_interval_that_holds_zero_shows_that_it_does(published):
    row = published.results.set_index("id").loc["cityguilds2017"]
    # 40 - 42 = -2 and 8,513 people: 1.96 x 100 x sqrt(0.4 x 0.6 / 8513) + 1 =
    # 2.0406876, so -4.0406876 to 0.0406876, which would be printed as 0
    assert (row["interval"], row["high"]) == ("computed", 0.1)
    assert row["low"] == pytest.approx(-4.0406876, abs=1e-6)


@pytest.mark.parametrize(
    ("limit", "shown"),
    [(0.049, 0.1), (-0.049, -0.1), (0.05, 0.05), (-3.04, -3.04), (0.0, 0.0)],
)
def test_a_computed_limit_stays_on_its_side_of_zero(limit, shown):
    assert effects.on_its_side(limit) == shown


def test_a_result_on_made_up_people_is_known_by_what_the_kit_writes(published):
    assert not published.results["made_up"].any()
    row = published.results.iloc[[0]][RESULTS].assign(organisation="Made-up people")
    assert effects.effects(row)["made_up"].tolist() == [True]


def test_computed_interval_of_city_and_guilds_2026(published, evidence):
    row = published.results.set_index("id").loc["cityguilds2026_men"]
    # 1.96 x 100 x sqrt(0.2 x 0.8 / 19807) + 1 = 1.5570659 (method, section 7)
    assert row["interval"] == "computed"
    largest = max(abs(row["low"] + 0.5570659), abs(row["high"] - 2.5570659))
    assert largest < 1e-6
    evidence("computed interval, City & Guilds 2026", "worked by hand", largest)


def test_comparison_group_counts_when_its_size_is_printed():
    # 1.96 x 100 x sqrt(0.25/100 + 0.25/100) = 13.859293, and one point
    low, high = effects.computed_interval(0, 50, 50, 100, 100)
    assert high == pytest.approx(14.859293, abs=1e-6)
    assert low == -high


def test_effects_are_printed_computed_or_without_an_interval(published):
    rows = published.results.set_index("id")
    assert rows["difference"].notna().sum() == 19
    assert rows.loc["pet2014_all", ["low", "high"]].tolist() == [-8, -5]
    assert rows.loc["pet2014_all", "interval"] == "printed"
    # only an interval was printed: its middle
    assert rows.loc["womenscentres2015", "difference"] == -5
    assert rows.loc["womenscentres2015", "middle"]
    # the printed difference, not that of the rounded rates
    assert rows.loc["bwc2024", "difference"] == -4
    # one end of an interval alone is no effect
    assert math.isnan(rows.loc["bluesky2013", "difference"])
    assert rows.loc["clink2018_1415", "interval"] == "none"


def test_approximate_size_stays_approximate(published):
    row = published.results.set_index("id").loc["pet2015_all"]
    assert row["n"] == 6000
    assert row["n_about"]


def test_cells_are_public_and_unique(published):
    cells = report_cells.cells(published) + summary.cells(published)[0]
    assert len({cell.ref for cell in cells}) == len(cells)
    assert {cell.kind for cell in cells} == {"public"}
    assert "public" in EXEMPT


def test_recipes_are_plain_json_whose_refs_are_cells(published):
    known = {c.ref for c in report_cells.cells(published) + summary.cells(published)[0]}
    [education] = [t for t in published.types if t.name == "Education/learning"]
    recipes = [
        *(
            chart_rows.tally_rows(published, kind, [], m)
            for kind in read.KINDS
            for m in TOLD
        ),
        *chart_rows.forest_rows(published, "intervention", education),
        summary.bar(published),
        summary.collected(published),
    ]
    for recipe in recipes:
        json.dumps(recipe, allow_nan=False)
        assert refs_in(recipe)
        assert set(refs_in(recipe)) <= known
        assert not numbers_in(recipe)


def numbers_in(recipe):
    if isinstance(recipe, dict):
        return [n for value in recipe.values() for n in numbers_in(value)]
    if isinstance(recipe, list):
        return [n for value in recipe for n in numbers_in(value)]
    return [recipe] if type(recipe) in (int, float) else []


def test_every_problem_is_found_at_once_with_file_row_and_column(copy):
    change(copy, "results.csv", "pet2015_all,", "pet2014_all,")
    change(copy, "results.csv", ",3085,,19,26,", ",3085,,nineteen,260,")
    change(copy, "results.csv", "Education/learning", "Educaton/learning")
    change(copy, "results.csv", "2014-07,", "July 2014,")
    change(copy, "counts.csv", "134,37,90", "134,38,90")
    found = problems(copy)
    text = "\n".join(found)
    assert len(found) == 6
    assert "row 3 (pet2014_all): this id is there twice" in text
    assert 'rate_treat must be a number or empty; found "nineteen"' in text
    assert "rate_comp must be from 0 to 100; found 260" in text
    assert (
        '"Educaton/learning" is not in types.csv; is it Education/learning? Mend it, '
        "or add a row to types.csv"
    ) in text
    assert 'published must be a month such as 2014-01 or "2014-01 or before"' in text
    assert "38 + 90 + 7 is 135 but reports_published is 134" in text
    assert all("results.csv: row" in p or "counts.csv: row" in p for p in found)


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("results.csv", "sig_rate", "sig_rte", "column sig_rate is missing; is it"),
        ("results.csv", "id,org", "extra,id,org", "column extra is not known"),
        ("results.csv", ",-8,-5,", ",-5,-8,", "ci_low -5 is above ci_high -8"),
        ("results.csv", "Y,down", "Y,", "dir_rate is empty where sig_rate is Y"),
        ("results.csv", "Y,down", "yes,down", "sig_rate must be Y or N or empty"),
        ("types.csv", "sector,Public,Public", "sector,Public,Public,,", "has more fie"),
        ("types.csv", "sector,2", "sector,9999999999", "order must be a whole number"),
        (
            "types.csv",
            "kind,name,label",
            "kind,name,name",
            "name stands there tw",
        ),
        ("types.csv", "sector,Public", "sektor,Public", "kind must be intervention"),
        ("types.csv", "sector,2", "sector,two", "order must be a whole number"),
        ("types.csv", "Courts,Courts", "Mentoring,Courts", 'name "Mentoring" is there'),
        (
            "results.csv",
            ",3085,,19,",
            ",~,,19,",
            'n_treat must be a number or empty; found "~"',
        ),
        ("results.csv", "Working", "Work\x01ing", "cannot be seen (U+0001); type it"),
        ("results.csv", "Working", "Work\u202eing", "cannot be seen (U+202E); type it"),
        ("results.csv", "Working", "Work\u200bing", "cannot be seen (U+200B); type it"),
        ("results.csv", "Working", "Work\ufffeing", "cannot be seen (U+FFFE); type it"),
        (
            "results.csv",
            ",2014-07,",
            ",2013-03,",
            "is before 2013-04, when the lab began",
        ),
        (
            "results.csv",
            ",2014-07,",
            ",0214-01,",
            "is before 2013-04, when the lab began",
        ),
        (
            "results.csv",
            "Working",
            "W" * 201,
            "organisation has 208 characters; write at",
        ),
        (
            "results.csv",
            "pet2021_all",
            "PET2015_all",
            "this id is there twice, first in",
        ),
        (
            "results.csv",
            "https://www.gov.uk",
            "javascript:x",
            "is no address of the web",
        ),
        ("results.csv", ",3085,,19,", f",{'1' * 400},,19,", f"found {'1' * 40}…"),
        ("types.csv", ",Courts,Courts", ",Courts!,Courts", "is not in types.csv"),
        ("types.csv", ",Courts,Courts", ",mentoring!,Courts", "differs from"),
        ("types.csv", ",Courts,Courts", ",--,Courts", "has no letter from a to z"),
        (
            "types.csv",
            ",Courts,Courts",
            ",Courts,mentoring",
            'label "Mentoring" is there',
        ),
        (
            "types.csv",
            ",Courts,Courts",
            f",Courts,{'C' * 61}",
            "label has 61 characters",
        ),
        ("counts.csv", "2015-09-17", "17/9/2015", "as_at must be a date"),
        ("counts.csv", "179,136", "179,some", "reports_published must be a whole"),
        ("counts.csv", "90,11,", "90,91,", "more than the 90 inconclusive"),
    ],
)
def test_each_kind_of_bad_input_says_what_to_do(copy, file, old, new, expected):
    change(copy, file, old, new)
    assert any(expected in problem for problem in problems(copy))


def test_missing_and_unreadable_files_are_named(copy):
    (copy / "counts.csv").unlink()
    (copy / "types.csv").write_text("")
    found = problems(copy)
    assert any("counts.csv was not found" in problem for problem in found)
    assert any("types.csv cannot be read" in problem for problem in found)


def study(**changes):
    own = {name: f"own.{name}" for name in chart_rows.STUDY}
    words = {
        "label": "This study",
        "organisation": "Example Trust",
        "intervention_type": "Mentoring",
        "sector_type": "voluntary",
    }
    return {**words, **own, **changes}


def test_study_row_holds_refs_only(published):
    row = chart_rows.place(study(), published)
    assert row["types"] == {"intervention": "Mentoring", "sector": "Voluntary"}
    assert set(refs_in(row)) == {f"own.{name}" for name in chart_rows.STUDY}
    assert "finding" not in row
    assert not numbers_in(row)


def test_study_stands_beside_the_results_without_being_counted(published):
    row = chart_rows.place(study(), published)
    placed = {"intervention": "Mentoring", "sector": "Voluntary sector"}
    for kind, type_ in placed.items():
        lines = chart_rows.tally_rows(published, kind, [row])["rows"]
        assert [line["label"] for line in lines if line["studies"]] == [type_]
    # a type with no published result has a row only when the study is in it
    private = chart_rows.place(study(sector_type="Private"), published)
    labels = [
        [r["label"] for r in chart_rows.tally_rows(published, "sector", rows)["rows"]]
        for rows in ([], [private])
    ]
    assert "Private sector" not in labels[0]
    assert "Private sector" in labels[1]


def test_unknown_types_of_a_study_are_both_named(published):
    with pytest.raises(RequestError) as error:
        chart_rows.place(
            study(intervention_type="Mentorng", sector_type="Martian"), published
        )
    first, second = error.value.problems
    assert 'programme.intervention_type "Mentorng"' in first
    assert "is it Mentoring?" in first
    assert 'organisation.sector_type "Martian"' in second


def test_only_the_one_year_proven_reoffending_rate_has_a_place():
    reason = chart_rows.not_placed_reason
    rate = "reoffending_rate"
    assert reason([Outcome(name=rate)]) == ""
    frequency = Outcome(name="reoffending_frequency")
    assert reason([frequency, Outcome(name=rate)]) == ""
    assert "did not measure that rate" in reason([frequency])
    assert reason([frequency], FREQUENCY) == ""
    assert "did not measure that frequency" in reason([Outcome(name=rate)], FREQUENCY)
    convictions = Outcome(name="reoffending_frequency", label="convictions")
    assert 'it counted "convictions"' in reason([convictions], FREQUENCY)
    own = Outcome(name=rate, label="returned to prison", definition="in 12 months")
    assert '"returned to prison in 12 months"' in reason([own])
    assert reason([Outcome(name=rate, definition="within two years")])
