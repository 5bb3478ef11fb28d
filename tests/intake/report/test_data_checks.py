"""What is in doubt in the records and the cohort, as checks of the run."""

from datetime import date

import pandas as pd
import pytest
from support import small_study

from helpers.errors import DataError
from helpers.intake.cohort_file.values import TAKEN
from helpers.intake.linkage.link import Linkage
from helpers.intake.records.counted import OK, STOPS, TOLD, Line
from helpers.intake.records.profile import Profile
from helpers.intake.report import data_checks
from helpers.runs.run import Run


@pytest.fixture
def run(tmp_path):
    run = Run(small_study.study(), "intake", tmp_path / "run")
    run.folder.mkdir()
    return run


LINES = [
    Line("person", "a", 0, 10),
    Line("person", "b", 3, 10, "dropped, as the request says", OK),
    Line("offence", "c", 1, 5000, "taken as not known", TOLD),
    Line("offence", "months without an offence: 2021-03", 0, 0, "ask", TOLD),
    Line("offence", "d", 0, 5000),
]


def test_what_the_profile_tells_is_a_check_each_and_the_rest_one_a_table(run):
    data_checks.check_records(run, Profile({"offence": LINES}))
    lines = (run.folder / "audit/checks.csv").read_text().splitlines()[1:]
    assert lines == [
        'intake,"records, person: b",none,'
        '"3 rows (30.0%); dropped, as the request says",pass',
        'intake,"records, offence: c",none,1 row (under 0.1%); taken as not known,warn',
        'intake,"records, offence: months without an offence: 2021-03",none,ask,warn',
        'intake,"records, all else that was looked at",nothing in doubt,'
        "nothing in doubt in 2 things,pass",
    ]


def test_what_must_be_mended_stops_with_every_problem(run):
    faults = [Line("offence", name, 5, 10, "mend it", STOPS) for name in "ef"]
    with pytest.raises(DataError) as told:
        data_checks.check_records(run, Profile({"offence": [*LINES, *faults]}))
    assert told.value.problems == [
        f"offence: {name}: found 5 rows (50.0%); mend it" for name in "ef"
    ]


@pytest.mark.parametrize(("linked", "verdict"), [(8, "pass"), (7, "warn")])
def test_a_list_of_which_few_lines_find_anybody_is_a_warning(run, linked, verdict):
    links = pd.DataFrame({"line": range(linked)})
    linkage = Linkage(links, links, links, links)
    data_checks.check_linked(run, linkage, pd.DataFrame({"line": range(10)}))
    [line] = (run.folder / "audit/checks.csv").read_text().splitlines()[1:]
    assert line.endswith(verdict) and ("sorted alone" in line) == (linked == 7)


def test_a_year_far_from_the_country_is_a_warning_with_both_numbers(run):
    names = ["year", "people", "measure", "pool", "country", "near"]
    rows = [(2023, 500, "rate", 0.1, 0.28, False), (2024, 500, "rate", 0.3, 0.28, True)]
    data_checks.check_national(run, pd.DataFrame(rows, columns=names))
    [far] = (run.folder / "audit/checks.csv").read_text().splitlines()[1:]
    assert "the pool's rate in 2023/24" in far and far.endswith("warn")
    assert "14% to 56%" in far and "10%, 28% in England and Wales" in far
    data_checks.check_national(run, pd.DataFrame(rows[1:], columns=names))
    near = (run.folder / "audit/checks.csv").read_text().splitlines()[-1]
    assert "so in all of 1 figures" in near and near.endswith("pass")


def test_a_column_of_a_cohort_without_a_name_is_told(run):
    data_checks.check_names(run, pd.DataFrame(columns=["person_id", "age"]))
    data_checks.check_names(run, pd.DataFrame(columns=["Unnamed: 0", "person_id"]))
    checks = (run.folder / "audit/checks.csv").read_text().splitlines()[1:]
    assert [line.rsplit(",", 1)[1] for line in checks] == ["pass", "warn"]
    assert "Unnamed: 0: name it under inputs.columns" in checks[1]


def test_levels_in_doubt_and_words_taken_for_missing_are_told(run):
    cohort = pd.DataFrame({"person_id": ["1", "2"], "sex": ["Female", "Unknown"]})
    cohort.attrs[TAKEN] = {"sex": ["None"], "not asked for": ["None"]}
    data_checks.check_names(run, cohort)
    checks = (run.folder / "audit/checks.csv").read_text().splitlines()[2:]
    assert [line.split(",")[1] for line in checks] == [
        "sex: what is not known is empty",
        "sex: words for what is not known",
    ]
    assert "a level that looks like not known, in data row 2; leave it" in checks[0]
    assert "None, read as not known; write it otherwise" in checks[1]
    assert not cohort.attrs  # told once, and in no file


def test_a_name_of_a_level_that_nobody_has_is_told(run, monkeypatch):
    monkeypatch.setattr(data_checks.labels, "unused", lambda *_: {"area": ["W", "E"]})
    data_checks.check_names(run, pd.DataFrame({"person_id": ["1"]}))
    line = (run.folder / "audit/checks.csv").read_text().splitlines()[-1]
    assert "area: somebody has each level that is named" in line
    assert "nobody has W, E; correct it under inputs.labels.area.levels" in line
    assert line.endswith("warn")


@pytest.mark.parametrize(
    ("treated", "pool", "apart", "found"),
    [
        (0.665, 0.0, True, "the treatment group loses more, by over 60 points: those"),
        (0.1, 0.17, True, "the pool loses more, by over 5 points: those"),
        (0.1, 0.17, False, "alike"),
    ],
)
def test_losses_that_differ_are_told_without_their_numbers(
    run, treated, pool, apart, found
):
    losses = {"loss": "outcome missing", "treatment": treated, "pool": pool}
    data_checks.check_losses(run, pd.DataFrame([{**losses, "apart": apart}]))
    [line] = (run.folder / "audit/checks.csv").read_text().splitlines()[1:]
    name = "both groups lose alike: outcome missing" if apart else "both groups lose"
    assert f"intake,{name}" in line and found in line
    assert line.endswith("warn" if apart else "pass")


@pytest.mark.parametrize("days, passed", [(0, True), (31, True), (32, False)])
def test_records_that_end_early_are_a_warning(run, days, passed):
    last = pd.Timestamp("2025-06-30") - pd.Timedelta(days=days)
    data_checks.check_complete(run, date(2025, 6, 30), last)
    checks = (run.folder / "audit/checks.csv").read_text()
    assert checks.strip().endswith("pass" if passed else "warn")
    with pytest.raises(DataError, match="no proven offence that could be"):
        data_checks.check_complete(run, date(2025, 6, 30), pd.NaT)
