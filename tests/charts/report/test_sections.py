"""What the charts stage declares: results so far, and this study's place among them."""

import html

import pytest
from support import small_study

from helpers.charts.catalogue import read
from helpers.charts.report import rows as chart_rows
from helpers.charts.report import sections
from helpers.publication.blocks import render
from helpers.publication.cells import Cell
from helpers.publication.numbers import refs_in

OUTCOME = "reoffending_rate"
PLACED = "This study is marked among the published results."
NOTHING = "This study has no result to mark among the published ones."
CHOSEN = {"numeric": ["age"]}


@pytest.fixture(scope="module")
def published():
    return read.read("params/catalogue")


def estimate(base, difference=-8.0):
    """Cells of the rate of one analysis, or of one that may not be shown."""
    shown = difference is not None
    values = {
        "value_treatment": 33.0,
        "value_comparison": 41.0,
        "difference": difference,
        "ci_low": -13.0,
        "ci_high": -3.0,
        "p_value": 0.002,
    }
    found = [Cell(f"{base}.{OUTCOME}.n_treatment", 400, "count", 400)]
    return found + [
        Cell(
            f"{base}.{OUTCOME}.{name}",
            value if shown else None,
            "derived",
            rounding="whole",
        )
        for name, value in values.items()
    ]


def stage(folder, published, cells=(), **parts):
    request = small_study.study(**parts)
    run = small_study.stage(folder, "charts", request, outcomes=cells)
    sections.register(run, published)
    return run


def drawn(run, published):
    """The sentence on this study's place, and the data of both charts."""
    words, tally, forest = sections.charts(run, published)
    where = small_study.markup(run, words).split("<p>")[-1].removesuffix("</p>")
    return html.unescape(where), tally.recipe["data"], forest.recipe["data"]


def studies(tally, forest):
    """Labels of this study's rows: in the tally by heading, and in the forest."""
    rows = {
        group["heading"]: [
            (row["label"], study["label"])
            for row in group["rows"]
            for study in row["studies"]
        ]
        for group in tally["groups"]
    }
    own = [
        (group["heading"], row["label"])
        for group in forest["groups"]
        for row in group["rows"]
        if row["interval"] == "own"
    ]
    return rows, own


def test_a_study_of_the_standard_rate_stands_among_the_published(tmp_path, published):
    run = stage(tmp_path, published, estimate(small_study.BASE))
    where, tally, forest = drawn(run, published)
    assert where == PLACED
    rows, own = studies(tally, forest)
    trust = "Example Mentoring Trust"
    assert rows == {
        "By intervention type": [("Mentoring", trust)],
        "By sector type": [("Voluntary sector", trust)],
    }
    assert own == [("Mentoring", trust)]


def test_its_numbers_are_those_of_the_outcomes_stage(tmp_path, published):
    run = stage(tmp_path, published, estimate(small_study.BASE))
    [study] = sections.studies(run, published)
    base = f"{small_study.BASE}.{OUTCOME}"
    assert {name: study[name]["ref"] for name in chart_rows.STUDY} == {
        "n": f"{base}.n_treatment",
        "value_treatment": f"{base}.value_treatment",
        "value_comparison": f"{base}.value_comparison",
        "difference": f"{base}.difference",
        "ci_low": f"{base}.ci_low",
        "ci_high": f"{base}.ci_high",
        "p_value": f"{base}.p_value",
    }
    forest = sections.charts(run, published)[2]
    row = next(row for row in small_study.printed(run, forest)
               if row[0].startswith("Made-up people"))  # fmt: skip
    assert "400" in row
    assert set(refs_in(forest.recipe)) <= set(run.cells)


@pytest.mark.parametrize(
    "outcome",
    [
        {"name": OUTCOME, "label": "returned to prison", "definition": "in a year"},
        {"name": OUTCOME, "definition": "within two years"},
        {"name": "reoffending_frequency"},
        {"name": "parcels", "kind": "rate"},
    ],
)
def test_another_outcome_is_not_placed_and_a_sentence_says_why(
    tmp_path, published, outcome
):
    cells = estimate(small_study.BASE)
    run = stage(tmp_path, published, cells)
    assert sections.studies(run, published)  # the same numbers, were it the rate
    run = stage(tmp_path / "own", published, cells, outcomes=[outcome])
    where, tally, forest = drawn(run, published)
    assert "this study is not placed among them" in where
    own = outcome.get("label") or outcome.get("definition", "did not measure")
    assert own in where
    assert studies(tally, forest) == (
        {"By intervention type": [], "By sector type": []},
        [],
    )


@pytest.mark.parametrize("cells", [[], estimate(small_study.BASE, None)])
def test_a_study_without_a_result_of_it_has_no_place(tmp_path, published, cells):
    run = stage(tmp_path, published, cells)
    where, tally, forest = drawn(run, published)
    assert where == NOTHING
    assert studies(tally, forest)[1] == []


def test_only_headline_analyses_are_placed_under_their_own_names(tmp_path, published):
    analyses = [
        {"name": "Men", "headline": True, "covariates": CHOSEN},
        {"name": "Women", "headline": True, "covariates": CHOSEN},
        {"name": "Under 25", "covariates": CHOSEN},
    ]
    cells = [c for base in ("men", "women", "under-25") for c in estimate(base)]
    run = stage(tmp_path, published, cells, analyses=analyses)
    found = sections.studies(run, published)
    assert [study["label"] for study in found] == ["Men", "Women"]
    assert found[1]["difference"]["ref"] == f"women.{OUTCOME}.difference"


def test_every_number_of_the_catalogue_is_public(tmp_path, published):
    run = stage(tmp_path, published)
    assert run.registered
    assert {cell.kind for cell in run.registered} == {"public"}
    # 134 = 37 + 90 + 7, published in September 2015
    [line] = run.sums
    assert run.cells[line.total].value == 134
    assert [run.cells[part].value for part in line.parts] == [37, 90, 7]


def test_the_split_of_september_2015_is_a_sentence_and_a_bar(tmp_path, published):
    run = stage(tmp_path, published)
    words, bar = sections.so_far(run, published)
    shown = small_study.markup(run, words)
    for number in ("134", "37", "90", "11", "7"):
        assert f">{number}</data>" in shown
    assert "September 2015" in shown
    assert set(refs_in(bar.recipe)) >= set(refs_in(words.recipe))


def test_counting_findings_is_said_to_show_little(tmp_path, published):
    run = stage(tmp_path, published)
    said = small_study.markup(run, sections.so_far(run, published)[0])
    assert "Counting findings does not show how well a type of programme works" in said


def test_every_figure_is_spoken_of_before_it_comes(tmp_path, published):
    run = stage(tmp_path, published)
    made = [*sections.so_far(run, published), *sections.charts(run, published)]
    figures = [b.recipe for b in made if b.recipe["block"] == "figure"]
    assert len(figures) == 3
    assert all({"see": recipe["key"]} in recipe["lead"] for recipe in figures)


def test_every_number_says_by_which_rule_it_comes_about(tmp_path, published):
    run = stage(tmp_path, published)
    rules = {cell.ref: cell.method for cell in run.registered}
    assert all(r.startswith("7: ") and len(r) <= 110 for r in rules.values())
    result = "findings.result.cityguilds2026_men"
    assert rules[f"{result}.ci_low"].startswith("7: computed, d ± (1.96·100√")
    assert rules["findings.result.pet2014_all.ci_low"] == "7: as printed in the source"
    # Women's Centres printed an interval alone
    middle = rules["findings.result.womenscentres2015.difference"]
    assert middle.startswith("7: the middle of the printed interval")
    assert rules["findings.all.all"] == "7: number of results collected"


def test_the_collection_is_said_to_be_partial(tmp_path, published):
    run = stage(tmp_path, published)
    words = sections.charts(run, published)[0]
    shown = small_study.markup(run, words)
    assert "The collection is partial" in shown
    assert f">{len(published.results)}</data>" in shown


def test_a_study_whose_result_is_hidden_is_not_said_to_be_marked(tmp_path, published):
    run = stage(tmp_path, published, estimate(small_study.BASE))
    words = sections.charts(run, published)[0]
    released = {ref: cell.value for ref, cell in run.cells.items()}
    assert PLACED in render(words.recipe, released)
    del released[f"{small_study.BASE}.{OUTCOME}.difference"]
    assert NOTHING in render(words.recipe, released)
