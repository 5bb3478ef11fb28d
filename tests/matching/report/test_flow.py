"""The flow of submitted lines: its numbers, words, chart, table; what stays hidden."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support import small_study
from support.effort import examples
from support.small_report import plain

from helpers.intake.cohort.losses import AVAILABLE, BOXES, SUBMITTED
from helpers.intake.report import cells as intake_cells
from helpers.matching.report import flow
from helpers.matching.report import sizes as report_sizes
from helpers.publication import drawing, refs
from helpers.publication.disclosure import release

BASE = small_study.BASE


def blocks_of(run, found):
    """The blocks of every analysis of a flow, after each other."""
    return [block for made in flow.of_lines(run, found).values() for block in made]


def losses(boxes, available):
    """What intake counted: lines by box, and those that go on."""
    lost = {box: boxes.get(box, 0) for box in BOXES}
    whole = sum(lost.values()) + available
    counts = {SUBMITTED: whole, **lost, AVAILABLE: available}
    return pd.DataFrame({"box": list(counts), "treatment": list(counts.values())})


def summary(*analyses):
    """Analyses of (name, available, not matched), as the matching sums them up."""
    rows = [
        {"analysis": name, "available": available, "not_matched": lost,
         "pool": 2000, "set_aside": 0, "pool_set_aside": 0, "pool_far": 0,
         "set_aside_for": [],
         "n_treatment": available - lost, "n_comparison": 900,
         "effective_comparison": 90.0, "share_matched": 0.9, "width": 0.1, "step": 0,
         "quality": "well", "rubin_b": 1.0, "rubin_r": 1.0}
        for name, available, lost in analyses
    ]  # fmt: skip
    return pd.DataFrame(rows)


def registered(folder, boxes, available, found, **parts):
    """A run of the matching stage in which the flow's numbers are registered."""
    request = small_study.study(**parts)
    intake, _ = intake_cells.cells(losses(boxes, available))
    run = small_study.stage(folder, "matching", request, intake=intake)
    report_sizes.register(run, found, pd.DataFrame({"treatment": [1] * available}))
    return run


def everyone(available=95, lost=15):
    return summary((small_study.NAME, available, lost))


# the table ----------------------------------------------------------------------


def test_every_line_submitted_is_in_one_row_of_the_table(tmp_path):
    run = registered(tmp_path, {"not linked": 20}, 100, everyone())
    _, _, table = blocks_of(run, everyone())
    assert small_study.printed(run, table) == [
        ["Submitted", "120", "100%"],
        ["Not found in the national records", "20", "17%"],
        ["Not part of this analysis", "5", "4%"],
        ["Nobody similar enough to compare with", "15", "13%"],
        ["Not analysed, all reasons", "40", "33%"],
        ["In the analysis", "80", "67%"],
    ]


def test_the_words_name_the_numbers_and_the_fold_the_chart_and_the_table(tmp_path):
    run = registered(tmp_path, {"not linked": 20}, 100, everyone())
    words, chart, table = blocks_of(run, everyone())
    said = small_study.markup(run, words)
    for count, name in ((120, "intake.submitted"), (80, f"{BASE}.n_treatment")):
        assert f'data-ref="{name}">{count}</data>' in said
    assert "fold" not in words.recipe
    for block in (chart, table):
        assert {"see": block.recipe["key"]} in block.recipe["lead"]
        [line] = block.recipe["fold"]["summary"]
        assert line["words"] == "line_of_flow"


def test_no_chart_is_drawn_where_nobody_was_lost(tmp_path):
    found = everyone(100, 0)
    run = registered(tmp_path, {}, 100, found)
    words, table = blocks_of(run, found)
    assert small_study.printed(run, table) == [
        ["Submitted", "100", "100%"],
        ["In the analysis", "100", "100%"],
    ]
    assert words.recipe["block"] == "words"


def test_several_analyses_have_captions_and_keys_of_their_own(tmp_path):
    chosen = {"numeric": ["age"]}
    analyses = [
        {"name": "Men", "headline": True, "covariates": chosen},
        {"name": "Women", "covariates": chosen},
    ]
    found = summary(("Men", 60, 10), ("Women", 40, 0))
    run = registered(tmp_path, {}, 100, found, analyses=analyses)
    made = blocks_of(run, found)
    assert [block.recipe["key"] for block in made] == [
        f"{kind}-{who}"
        for who in ("men", "women")
        for kind in ("flow-words", "flow-chart", "flow")
    ]
    titles = [b.recipe.get("caption") or b.recipe.get("subtitle") for b in made]
    ends = [title.rpartition(": ")[2] for title in titles if title]
    assert ends == ["Men", "Men", "Women", "Women"]
    assert "in the analysis “Women”" in small_study.markup(run, made[3])


# the chart ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("boxes", "found", "stages", "lost"),
    [
        ({"not linked": 20}, (100, 15), [120, 100, 85], [[20], [15]]),
        # a stage that repeats the one before or after it is left out
        ({"not linked": 20}, (100, 0), [120, 100], [[20]]),
        ({}, (100, 15), [100, 85], [[15]]),
        ({}, (95, 15), [100, 80], [[5, 15]]),
    ],
)
def test_the_chart_has_a_stage_where_people_were_lost(
    tmp_path, boxes, found, stages, lost
):
    run = registered(tmp_path, boxes, 100, everyone(*found))
    data = blocks_of(run, everyone(*found))[1].recipe["data"]
    value = {name: cell.value for name, cell in run.cells.items()}
    assert [value[step["count"]["ref"]] for step in data["steps"]] == stages
    counts = [[value[loss["count"]["ref"]] for loss in part] for part in data["losses"]]
    assert counts == lost


def test_open_data_are_called_people_in_the_data(tmp_path):
    # like the request of the study that is shipped, but with a cohort of this size
    run = registered(tmp_path, {}, 100, everyone(100, 15))
    assert "lines submitted" in small_study.markup(run, blocks_of(run, everyone())[1])
    sharing = {"open_data": {"source": "A book", "licence": "MIT"}}
    cohort = {"cohort": "params/data/nc_prison_work.csv"}
    parts = {"data_sharing": sharing, "inputs": cohort}
    run = registered(tmp_path / "open", {}, 100, everyone(100, 15), **parts)
    words, chart, table = blocks_of(run, everyone(100, 15))
    assert small_study.printed(run, table)[0] == ["In the data", "100", "100%"]
    assert "85 of the 100 people in the data are in" in small_study.markup(run, chart)
    assert "The data hold" in small_study.markup(run, words)


def test_the_noun_holds_of_those_in_the_analysis_alone(tmp_path):
    parts = {
        "data_sharing": {"open_data": {"source": "A book", "licence": "MIT"}},
        "inputs": {"cohort": "params/data/nc_prison_work.csv"},
        "programme": {"name": "A", "intervention_type": "Mentoring", "noun": "women"},
        "analyses": [
            {
                "name": small_study.NAME,
                "filter": {"sex": "F"},
                "covariates": {"numeric": ["age"]},
            }
        ],
    }
    boxes = {"not linked": 20}
    run = registered(tmp_path, boxes, 100, everyone(60, 15), **parts)
    words, chart, _ = blocks_of(run, everyone(60, 15))
    assert [step["label"] for step in chart.recipe["data"]["steps"]] == [
        "people in the data",
        "people whose records can be used",
        "women in the analysis",
    ]
    text = small_study.markup(run, words)
    assert "people in the programme" in text
    assert "women are in the analysis" in text


def test_a_number_that_nobody_registered_cannot_be_declared(tmp_path):
    intake, _ = intake_cells.cells(losses({}, 100))
    run = small_study.stage(tmp_path, "matching", small_study.study(), intake=intake)
    run.register(flow.cells(everyone(), 100, 100)[0])
    with pytest.raises(ValueError, match=f"{BASE}.n_treatment"):
        blocks_of(run, everyone())


def test_each_number_says_by_which_rule_it_comes_about():
    found = intake_cells.cells(losses({}, 100))[0] + flow.cells(everyone(), 100, 100)[0]
    for cell in found + report_sizes.cells(everyone(), small_study.study()):
        assert cell.method[:3] in ("1: ", "3: ", "4: ", "8: "), cell.ref
        assert len(cell.method) <= 110


# what the numbers shown would tell of a hidden one -------------------------------

count = st.sampled_from([0, 0, 1, 4, 9, 10, 11, 25])


@st.composite
def drawn_flows(draw):
    boxes = {box: draw(count) for box in BOXES[: draw(st.integers(0, 3))]}
    available = draw(st.integers(1, 90))
    analyses = []
    for name in ("Men", "Women", "Both")[: draw(st.integers(1, 3))]:
        taken = available - min(draw(count), available - 1)
        analyses.append((name, taken, min(draw(count), taken - 1)))
    return boxes, available, analyses


def numbers(boxes, available, analyses):
    """Cells and sums of intake and matching, as they are registered."""
    found, submitted = summary(*analyses), sum(boxes.values()) + available
    intake, intake_sums = intake_cells.cells(losses(boxes, available))
    matching, matching_sums = flow.cells(found, available, submitted)
    matching += report_sizes.cells(found, small_study.study())
    return intake + matching, intake_sums + matching_sums


def relations(cells, analyses):
    """All that adds up in a flow, written down from what its numbers mean.

    Not the sums that the stages register: those might leave one out.
    """
    value = {cell.ref: cell.value for cell in cells}
    boxes = dict.fromkeys([refs.box(box) for box in BOXES], 1)
    rows = [{"intake.lost": -1, **boxes}]
    for name, *_ in analyses:
        base = name.lower()
        lost = {f"{base}.filtered": 1, f"{base}.not_matched": 1}
        rows += [
            {"intake.submitted": -1, f"{base}.n_treatment": 1, **boxes, **lost},
            {f"{base}.not_analysed": -1, **boxes, **lost},
        ]
        if "intake.available" in value:
            rows.append({"intake.available": -1, f"{base}.n_treatment": 1, **lost})
    for row in rows:
        assert sum(sign * value[name] for name, sign in row.items()) == 0
    return rows


def told(rows, hidden):
    """Hidden numbers that the shown ones leave only one value for, by brute force."""
    hidden = sorted(hidden)
    whole = np.array([[row.get(name, 0) for name in hidden] for row in rows], float)
    rank = np.linalg.matrix_rank(whole) if hidden else 0
    return {
        name
        for place, name in enumerate(hidden)
        if np.linalg.matrix_rank(np.delete(whole, place, axis=1)) < rank
    }


def test_the_brute_force_sees_what_can_be_had_by_subtraction():
    boxes, analyses = {"not linked": 4, "duplicate line": 20}, [("Men", 60, 0)]
    rows = relations(numbers(boxes, 60, analyses)[0], analyses)
    linked, double = map(refs.box, boxes)
    assert told(rows, {linked}) == {linked}
    assert told(rows, {linked, double}) == set()
    # the people analysed would tell how many were submitted, and those how many lost
    every = {linked, "intake.lost", "men.not_analysed", "intake.submitted"}
    assert told(rows, every) == set()
    assert told(rows, every - {"men.not_analysed"}) == every - {"men.not_analysed"}


# every number that tells the lines submitted is small, or is the box that is
@example(({}, 90, [("Men", 90, 4)]), "default")
# people lost in one analysis tell how many intake lost, and those what another lost
@example(
    ({"not linked": 4, "duplicate line": 25}, 90, [("Men", 86, 4), ("Women", 80, 4)]),
    "default",
)
@settings(max_examples=examples(200))
@given(drawn_flows(), st.sampled_from(["default", "ministry"]))
def test_no_hidden_number_of_the_flow_can_be_had_by_subtraction(drawn, profile):
    boxes, available, analyses = drawn
    cells, sums = numbers(boxes, available, analyses)
    decision = release(cells, sums, profile=profile, threshold=10)
    rows = relations(cells, analyses)
    counts = {cell.ref: cell.value or 0 for cell in cells if cell.kind == "count"}
    few = {name for name, value in counts.items() if 0 < value < 10}
    assert few <= set(decision.withheld)
    hidden = {name for name in decision.withheld if counts.get(name)}
    assert told(rows, hidden) == set()
    for cell in cells:  # a per cent is shown only where it says nothing new
        if cell.ref.endswith(".share") and cell.ref in decision.released:
            assert {cell.ref.removesuffix(".share"), "intake.submitted"} <= set(
                decision.released
            )
    if len(analyses) == 1:  # the size of an only analysis is kept
        assert f"{analyses[0][0].lower()}.n_treatment" in few | set(decision.released)


@pytest.mark.parametrize(
    ("boxes", "found"),
    [({"not linked": 4}, (100, 15)), ({"not linked": 30}, (100, 4)), ({}, (100, 4))],
)
def test_the_page_of_a_small_box_shows_neither_it_nor_its_per_cent(
    tmp_path, boxes, found
):
    run = registered(tmp_path, boxes, 100, everyone(*found))
    cells, sums = numbers(boxes, 100, [(small_study.NAME, *found)])
    shown = release(cells, sums, profile="default", threshold=10).released
    page = "".join(
        drawing.render(block.recipe, shown, {})
        for block in blocks_of(run, everyone(*found))
    )
    assert "[c]" in page
    for place in (">4<", ">4%<", ",4\n"):
        assert place not in page


# boxes that are hidden are told together -------------------------------------------


def decided(tmp_path, boxes, available, found, profile="default"):
    """The blocks of a flow, and what is released of it."""
    run = registered(tmp_path, boxes, available, everyone(*found))
    cells, sums = run.cells, [*intake_cells.cells(losses(boxes, available))[1]]
    shown = [name for name in cells if name != refs.LOST]
    decision = release(
        cells.values(), [*sums, *run.sums], profile=profile, threshold=10, used=shown
    )
    return blocks_of(run, everyone(*found)), decision


FEW = {"not linked": 4, "duplicate line": 7, "outcome missing": 30}


def test_hidden_boxes_keep_their_rows_and_their_sum_stands_beside_them(tmp_path):
    (_, _, table), decision = decided(tmp_path, FEW, 200, (200, 20))
    _, rows = drawing.table_rows(table.recipe, decision.released)
    assert [[getattr(cell, "text", cell) for cell in row] for row in rows] == [
        ["Submitted", "241", "100%"],
        ["Same line sent more than once", "[c]", "[c]"],
        ["Not found in the national records", "[c]", "[c]"],
        ["What happened afterwards is not known", "30", "12%"],
        ["Other reasons, together", "11", "5%"],  # 4 + 7, of 241
        ["Nobody similar enough to compare with", "20", "8%"],
        ["Not analysed, all reasons", "61", "25%"],
        ["In the analysis", "180", "75%"],
    ]
    said = plain(drawing.render(table.recipe, decision.released))
    assert "Other reasons, together, are the reasons above it whose numbers" in said


def test_the_chart_draws_hidden_boxes_as_one_loss_and_so_does_its_data(tmp_path):
    (_, chart, _), decision = decided(tmp_path, FEW, 200, (200, 20))
    _, rows = drawing.table_rows(chart.recipe, decision.released)
    lost = [[row[0], row[1].text] for row in rows if row[0].startswith("Left out")]
    assert lost == [
        ["Left out: what happened afterwards is not known", "30"],
        ["Left out: other reasons", "11"],
        ["Left out: nobody similar enough to compare with", "20"],
    ]
    drawn = drawing.render(chart.recipe, decision.released)
    assert "other reasons (5%)" in drawn and "[c]" not in drawn


@pytest.mark.parametrize(
    ("boxes", "found", "profile"),
    [
        ({"not linked": 30, "duplicate line": 25}, (200, 20), "default"),
        (FEW, (200, 20), "none"),
        ({"not linked": 4, "outcome missing": 30}, (200, 20), "none"),
        # 4 + 7 would tell that 3 were unmatched: 14 were not analysed
        ({"not linked": 4, "duplicate line": 7}, (200, 3), "default"),
    ],
)
def test_nothing_is_told_together_where_nothing_is_hidden_or_it_would_tell_another(
    tmp_path, boxes, found, profile
):
    (_, chart, table), decision = decided(tmp_path, boxes, 200, found, profile)
    assert decision.merged == ()
    for block in (chart, table):
        assert "ther reasons" not in drawing.render(block.recipe, decision.released)


def test_a_box_that_is_hidden_alone_with_its_per_cent_is_no_two_boxes(tmp_path):
    # the 4 who were unmatched hide a box of 20 in place of a number that costs more
    boxes = {"not linked": 20}
    (_, _, table), decision = decided(tmp_path, boxes, 200, (200, 4))
    assert refs.box("not linked") in decision.withheld
    assert decision.released[refs.OTHER_BOXES] is None
    assert "together" not in drawing.render(table.recipe, decision.released)


# who was set aside, and whom the request keeps -------------------------------------


def aside(**changes):
    return everyone(100, 25).assign(set_aside_for=[["region"]], **changes)


def test_those_set_aside_are_counted_in_both_groups(tmp_path):
    found = aside(set_aside=12, pool_set_aside=40, pool_far=300)
    run = registered(tmp_path, {"not linked": 20}, 100, found)
    said = small_study.markup(run, blocks_of(run, found)[1])
    assert f'data-ref="{BASE}.set_aside">12</data> in the programme and' in said
    assert f'data-ref="{BASE}.pool_set_aside">40</data> in the pool.' in said
    assert "a characteristic compared (Region): " in said
    cell = run.cells[f"{BASE}.pool_set_aside"]
    assert (cell.kind, cell.numerator, cell.denominator) == ("count", 40, 2000)
    assert run.cells[f"{BASE}.set_aside"].denominator == 100
    assert run.cells[f"{BASE}.pool_far"].value == 300


def test_nobody_set_aside_is_not_spoken_of(tmp_path):
    run = registered(tmp_path, {"not linked": 20}, 100, everyone())
    kinds = [block.recipe["block"] for block in blocks_of(run, everyone())]
    assert kinds == ["words", "figure", "table"]
    assert not any("set_aside" in name for name in run.cells)


@pytest.mark.parametrize(("few", "hidden"), [(3, True), (12, False), (22, True)])
def test_few_set_aside_are_hidden_with_the_rest_of_their_box(tmp_path, few, hidden):
    found = aside(set_aside=few, pool_set_aside=9)
    run = registered(tmp_path, {"not linked": 20}, 100, found)
    settings = {"profile": "default", "threshold": 10}
    withheld = set(release(run.cells.values(), run.sums, **settings).withheld)
    parts = {f"{BASE}.set_aside", f"{BASE}.not_near"}
    # the box of all who were not matched, 25, can still be shown
    assert parts & withheld == (parts if hidden else set())
    assert f"{BASE}.not_matched" not in withheld
    assert f"{BASE}.share_matched" not in withheld
    assert f"{BASE}.pool_set_aside" in withheld


def test_the_words_say_whom_the_request_keeps_by_cells(tmp_path):
    chosen = {
        "name": small_study.NAME,
        "covariates": {"numeric": ["age"]},
        "filter": {"age": {"from": 18, "to": 25}, "in_work": [0, 1], "wing": [2, "B"]},
        "treatment_filter": {"start": {"from": "2024-01-01"}},
        "pool": {"previous_offences": {"to": 4}},
    }
    request = small_study.study(analyses=[chosen])
    intake, _ = intake_cells.cells(losses({}, 95))
    run = small_study.stage(tmp_path, "matching", request, intake=intake)
    columns = {
        "in_work": ["0", "1", "1", None, "0"],
        "wing": ["2", "B", "1", "2", None],
    }
    people = pd.DataFrame({name: values * 19 for name, values in columns.items()})
    people["treatment"] = 1
    found = everyone(95, 15)
    report_sizes.register(run, found, people)
    said = plain(small_study.markup(run, blocks_of(run, found)[0]))
    for text in (
        "In both groups, only people with these characteristics are kept: Age: 18 "
        "to 25; In work: No or Yes; Wing: 2 or B.",
        "In the programme, only people with these are kept: Start: from 1 January "
        "2024 on.",
        "In the pool, only people with these are kept: Previous offences: 4 or less.",
    ):
        assert text in said
    cell = run.cells[f"{BASE}.filter.age.to"]
    assert (cell.value, cell.kind) == (25, "setting")
    assert run.cells[f"{BASE}.filter.wing.0"].value == 2


def test_codes_without_names_are_warned_of_with_the_key_to_write(tmp_path):
    covariates = {"categorical": ["education", "S3Q1", "in_work", "wing", "class"]}
    made_up = {"people": 1000, "submitted": 100}
    labels = {"class": {"label": "Class", "levels": {"1": "First", "2": "Second"}}}
    request = small_study.study(
        analyses=[{"name": small_study.NAME, "covariates": covariates}],
        inputs={"made_up": made_up, "labels": labels},
    )
    intake, _ = intake_cells.cells(losses({}, 3))
    run = small_study.stage(tmp_path, "matching", request, intake=intake)
    codes = {"education": "012", "S3Q1": "012", "in_work": "010", "wing": "A12",
             "class": "121"}  # fmt: skip
    people = pd.DataFrame({name: list(values) for name, values in codes.items()})
    people["treatment"] = 1
    report_sizes.register(run, everyone(3, 0), people)
    checks = pd.read_csv(tmp_path / "audit" / "checks.csv").set_index("check")
    warned = [name for name in checks.index if "codes" in name]
    assert warned == ["education: its codes have names in the report"]
    row = checks.loc[warned[0]]
    assert row["result"] == "warn"
    assert row["expected"].endswith("under inputs.labels.education.levels")
    assert "inputs: {labels: {education: {label: Education, levels: {" in row["found"]
