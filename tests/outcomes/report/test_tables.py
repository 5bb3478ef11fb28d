"""Tables of measures, a row for each analysis, worked by hand."""

import numpy as np
import pytest
from support import small_study
from support.outcomes_stage import OFTEN, RATE, TIME, Stage, people

from helpers.outcomes.report import by_measure, reasons, tables
from helpers.publication import drawing
from helpers.publication.facts.resolve import resolve
from helpers.publication.wording.beside.in_tables import told_of_rows
from helpers.request.measures import standard

COLUMNS = [
    "Analysis",
    "Number in treatment group",
    "Number in comparison group",
    "Treatment group {}",
    "Comparison group {}",
    "Difference",
    "Estimated difference (95% interval)",
    "Significant difference?",
    "p-value",
]
COURT = ("indictable", "either_way", "summary")
ELEVEN = [
    RATE, OFTEN, TIME,
    *(f"first_reoffence_{name}" for name in COURT),
    *(f"reoffences_{name}" for name in COURT),
    "custody_for_first_reoffence", "custodial_reoffences",
]  # fmt: skip


def with_court(frame):
    """Every fourth reoffender indictable, every fourth summary; the same to custody."""
    back = frame[RATE] == 1
    number = frame["person_id"] % 4
    kind = {"indictable": number == 0, "either_way": number > 1, "summary": number == 1}
    court = {}
    for name, had in kind.items():
        court[f"first_reoffence_{name}"] = had.astype(float).where(back)
        court[f"reoffences_{name}"] = (2.0 * had).where(back)
    custody = (number == 0).astype(float).where(back)
    return frame.assign(
        **court,
        custody_for_first_reoffence=custody,
        custodial_reoffences=custody * 2,
    )


def of_stage(stage):
    made = by_measure.of_measures(stage.request, stage.results, stage.sizes)
    return {
        of.key: tables.table(stage.run, of, "", tables.notes(stage.run, of))
        for of in made
    }


def notes(stage, table, gone=()):
    numbers = {r: c.value for r, c in stage.run.cells.items() if r not in gone}
    told = map(told_of_rows, resolve(table.recipe["notes"], numbers))
    return [note for note in told if note]


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    """One well matched, one of few reoffenders, one poorly matched."""
    matched = {
        "All": with_court(people("All")),
        "Few": with_court(people("Few", (29, 90))),
        "Poor": with_court(people("Poor")),
    }
    folder = tmp_path_factory.mktemp("three")
    return Stage(folder, matched, {"Poor": {"quality": "poorly"}}, outcomes=ELEVEN)


def test_there_are_seven_tables_in_the_ministrys_order(three):
    made = of_stage(three)
    assert [table.recipe["caption"] for table in made.values()] == [
        "One-year proven reoffending rate, for every 100 people",
        "Frequency of proven reoffending within a year, per person",
        "Time to the first proven reoffence in days (people who reoffended)",
        "Court outcome of the first reoffence, for every 100 people who reoffended",
        "Frequency of reoffending by court outcome, per person (people who reoffended)",
        "Custody for the first reoffence, for every 100 people who reoffended",
        "Reoffences that led to custody, of those who reoffended, per person",
    ]
    words = ("rate", "frequency", "time", *["rate", "frequency"] * 2)
    for table, word in zip(made.values(), words, strict=True):
        columns = table.recipe["columns"]
        assert columns == [column.format(word) for column in COLUMNS]


def test_a_row_by_hand(three):
    made = of_stage(three)
    # 40 of 100 against 100 of 200: d = -0.1, V = .24/99 + .25/199, df 204.5, p 0.10;
    # t 1.9716 · 0.060667 = 0.1196
    [rate, *_] = small_study.printed(three.run, made[f"results-{RATE}"])
    shown = ["40", "50", "10 fewer", "22 fewer to 2 more", "No: inconclusive", "0.10"]
    assert rate == ["All", "100", "200", *shown]
    # twice as many reoffences as people who reoffended, told for one person
    [often, *_] = small_study.printed(three.run, made[f"results-{OFTEN}"])
    shown = ["0.80", "1.00", "0.20 fewer", "0.44 fewer to 0.04 more"]
    assert often == ["All", "100", "200", *shown, "No: inconclusive", "0.10"]
    # half of each after 60 days, half after 90
    [time, *_] = small_study.printed(three.run, made[f"results-{TIME}"])
    # 75 ± t(78.6) 1.9906·√(225/39 + 225/99) = 5.64
    assert time[1:6] == ["40", "100", "75", "75", "0"]
    assert time[6] == "6 shorter to 6 longer"


def test_court_outcomes_have_a_heading_each_and_a_row_an_analysis(three):
    table = of_stage(three)["results-first_reoffence"]
    rows = small_study.printed(three.run, table)
    heads = [row[0] for row in rows]
    assert heads == [
        "Indictable", "All", "Few", "Poor",
        "Either way", "All", "Few", "Poor",
        "Summary", "All", "Few", "Poor",
    ]  # fmt: skip
    # 10, 20 and 10 of 40 treated; of the pool's 100 a quarter, a half and a quarter
    assert [rows[at][3:6] for at in (1, 5, 9)] == [
        ["25", "25", "0"],
        ["50", "50", "0"],
        ["25", "25", "0"],
    ]


def test_thirty_of_the_treated_have_to_reoffend_for_tables_three_to_seven(three):
    made = of_stage(three)
    for place, key in enumerate(made):
        rows = small_study.printed(three.run, made[key])
        [few, *_] = [row for row in rows if row[0] == "Few"]
        told = notes(three, made[key])
        said = [note for note in told if reasons.FEW_REOFFENDERS in note]
        if place < 2:
            assert few[3] != "[z]" and said == []
            continue
        assert few[:3] == ["Few", "29", "90"] and set(few[3:]) == {"[z]"}
        assert said == [f"Few: {reasons.FEW_REOFFENDERS}"]


def test_a_poor_match_has_its_sizes_and_the_reason(three):
    rows = small_study.printed(three.run, of_stage(three)[f"results-{RATE}"])
    assert rows[2] == ["Poor", "100", "200", *["[z]"] * 6]
    told = notes(three, of_stage(three)[f"results-{RATE}"])
    assert f"Poor: {reasons.POOR}" in told


def test_a_reason_that_tells_of_a_hidden_number_is_not_said(three):
    table = of_stage(three)[f"results-{TIME}"]
    gone = {f"few.{TIME}.n_treatment", "poor.match_quality"}
    told = notes(three, table, gone)
    assert not any(note.startswith(("Few", "Poor")) for note in told)


def test_a_hidden_result_has_no_verdict(three):
    table = of_stage(three)[f"results-{RATE}"]
    _, rows = drawing.table_rows(table.recipe, {})
    assert {getattr(cell, "text", cell) for row in rows for cell in row[1:]} == {"[c]"}


@pytest.mark.parametrize(("had", "tested"), [(9, False), (10, True)])
def test_a_custody_row_is_tested_from_ten_treated_on(tmp_path, had, tested):
    frame = with_court(people("All", (40, 100)))
    treated = frame.index[(frame["treatment"] == 1) & (frame[RATE] == 1)]
    name = "custodial_reoffences"
    frame.loc[treated, name] = np.where(np.arange(40) < had, 5.0, 0.0)
    stage = Stage(tmp_path, {"All": frame}, outcomes=[RATE, name])
    table = of_stage(stage)[f"results-{name}"]
    [row] = small_study.printed(stage.run, table)
    assert (row[-1] != "[z]") is tested
    assert row[6] != "[z]"  # the interval stands in any case
    said = reasons.NOT_TESTED["other"] in notes(stage, table)
    assert (row[7] == "Not tested") is said is not tested


def test_a_rate_of_few_events_is_not_tested_and_says_so(tmp_path):
    stage = Stage(tmp_path, {"All": people("All", (9, 60))}, outcomes=[RATE])
    table = of_stage(stage)[f"results-{RATE}"]
    [row] = small_study.printed(stage.run, table)
    # Wilson's limits are 0.0481, 0.1623 and 0.2407, 0.3668; by them Newcombe's are
    # -0.21 - √(0.0419² + 0.0668²) = -0.289 and -0.21 + √(0.0723² + 0.0593²) = -0.116
    assert row[6:] == ["12 to 29 fewer", "Not tested", "[z]"]
    assert reasons.NOT_TESTED["rate"] in notes(stage, table)


def test_significant_differences_say_which_way_they_go(tmp_path):
    matched = {"Down": people("Down", (30, 130)), "Up": people("Up", (70, 60))}
    stage = Stage(tmp_path, matched, outcomes=[RATE])
    rows = small_study.printed(stage.run, of_stage(stage)[f"results-{RATE}"])
    assert [row[7] for row in rows] == ["Yes: a decrease", "Yes: an increase"]


def test_values_that_do_not_give_their_difference_have_a_note(tmp_path):
    # 41 of 150 (27.33) and 103 of 200 (51.5): 24.17 fewer, of printed 27 and 52
    odd, even = people("Odd", (41, 103), (150, 200)), people("Even", (30, 130))
    stage = Stage(tmp_path, {"Odd": odd, "Even": even}, outcomes=[RATE])
    table = of_stage(stage)[f"results-{RATE}"]
    rows = small_study.printed(stage.run, table)
    assert rows[0][3:6] == ["27", "52", "24 fewer"]
    assert f"Odd: {tables.ROUNDED}" in notes(stage, table)


def test_measures_of_the_requests_own_have_tables_of_their_own(tmp_path):
    own = {"name": "parcels", "kind": "frequency", "label": "parcels"}
    frame = people("All").assign(parcels=1.0)
    frame.loc[::3, "parcels"] = 0.0
    stage = Stage(tmp_path, {"All": frame}, outcomes=[RATE, own])
    made = of_stage(stage)
    assert list(made) == [f"results-{RATE}", "results-parcels"]
    assert made["results-parcels"].recipe["caption"] == "Number of parcels, per person"


def test_twelve_analyses_are_twelve_rows(tmp_path):
    matched = {f"Area{n}": people(f"Area{n}") for n in range(12)}
    stage = Stage(tmp_path, matched, outcomes=[RATE])
    rows = small_study.printed(stage.run, of_stage(stage)[f"results-{RATE}"])
    assert [row[0] for row in rows] == list(matched)


def test_court_outcomes_within_another_horizon_have_a_table_of_their_own():
    longer = [standard.named(f"first_reoffence_{name}_730_days") for name in COURT]
    assert {standard.together(row) for row in longer} == {
        "Court outcome of the first reoffence, within two years"
    }
    first = standard.named("first_reoffence_summary")
    assert standard.together(first) == "Court outcome of the first reoffence"
