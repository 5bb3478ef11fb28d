"""Effects by size of the treatment group: which results are drawn, and this study's."""

import re
from types import SimpleNamespace

import pytest
from support import few_results, many_results, small_study

from helpers.charts.catalogue import read
from helpers.charts.report import by_size, sections
from helpers.charts.report import cells as report_cells
from helpers.publication import drawing
from helpers.publication.cells import Cell
from helpers.publication.numbers import refs_in

OUTCOME, BASE = "reoffending_rate", small_study.BASE
VALUES = {
    "value_treatment": 33.0,
    "value_comparison": 41.0,
    "difference": -8.0,
    "ci_low": -13.0,
    "ci_high": -3.0,
    "p_value": 0.002,
}
SIZED = {"n_treat": "500", "diff_printed": "-4", "sig_rate": "N"}


def estimate(base, n=400, *, shown=True):
    """Cells of the rate of one analysis, or of one that may not be shown."""
    return [
        Cell(f"{base}.{OUTCOME}.n_treatment", n, "count", n),
        *(
            Cell(f"{base}.{OUTCOME}.{name}", value if shown else None, "derived",
                 rounding="whole")
            for name, value in VALUES.items()
        ),
    ]  # fmt: skip


def stage(folder, published, cells=(), **parts):
    request = small_study.study(**parts)
    run = small_study.stage(folder, "charts", request, outcomes=cells)
    run.register(report_cells.cells(published))
    return run


def released(run, *withheld):
    """Every number of a run, without some."""
    return {r: c.value for r, c in run.cells.items() if r not in withheld}


def told(run, published, *withheld):
    """Sentences and rows of the part, as the report prints them."""
    words, *figure = by_size.blocks_of(run, published)
    numbers = released(run, *withheld)
    text = re.sub(r"<[^>]+>", "", drawing.render(words.recipe, numbers))
    rows = drawing.table_rows(figure[0].recipe, numbers)[1] if figure else []
    return text, [[getattr(cell, "text", cell) for cell in row] for row in rows]


def test_results_with_a_size_and_a_difference_are_drawn_the_rest_counted(tmp_path):
    published = few_results.catalogue(
        SIZED,
        SIZED | {"n_treat": "90", "size_note": "about 90", "published": "2015-03"},
        {"n_treat": "70", "ci_low": "-9", "ci_high": "-1", "sig_rate": "Y",
         "dir_rate": "down"},
        {"n_treat": "1000", "sig_rate": "N"},  # no difference
        {"rate_treat": "30", "rate_comp": "35", "sig_rate": "N"},  # no size
    )  # fmt: skip
    run = stage(tmp_path, published)
    text, rows = told(run, published)
    assert text.startswith("3 of the 5 results collected are in the figure. ")
    assert small_study.printed(run, by_size.blocks_of(run, published)[2]) == [
        ["In the figure", "1", "2", "0", "0", "3"],
        ["Not in the figure: the size is known, no difference", *"01001"],
        ["Not in the figure: a difference is known, no size", *"01001"],
        ["Not in the figure: neither is known", *"00000"],
        ["All results collected", "1", "4", "0", "0", "5"],
    ]
    name = "An organisation: A programme"
    assert rows == [
        [name, "Mentoring", "date not printed", "70",
         "5 fewer (middle of the interval)", "Decrease"],
        [name, "Mentoring", "Mar 2015", "about 90", "4 fewer", "Inconclusive"],
        [name, "Mentoring", "date not printed", "500", "4 fewer", "Inconclusive"],
    ]  # fmt: skip


@pytest.mark.parametrize("rows", [(), ({"n_treat": "90"},), ({"diff_printed": "-1"},)])
def test_without_such_a_result_a_sentence_stands_alone_and_open(tmp_path, rows):
    published = few_results.catalogue(*rows)
    run = stage(tmp_path, published, estimate(BASE))
    [words] = by_size.blocks_of(run, published)
    assert "There is no figure by size" in small_study.markup(run, words)
    assert "fold" not in words.recipe


def test_the_figure_and_its_words_lie_folded_together(tmp_path):
    published = few_results.catalogue(SIZED, {})
    run = stage(tmp_path, published)
    words, figure, table = by_size.blocks_of(run, published)
    assert words.recipe["fold"] == figure.recipe["fold"] == table.recipe["fold"]
    assert not figure.recipe["fold"]["phone"]
    assert {"see": "by-size"} in figure.recipe["lead"]
    assert figure.recipe["source"] == table.recipe["source"] == sections.SOURCE


def test_numbers_are_public_and_say_by_which_rule(tmp_path):
    published = few_results.catalogue(SIZED, {})
    run = stage(tmp_path, published)
    made = by_size.blocks_of(run, published)
    assert {cell.kind for cell in run.registered} == {"public"}
    assert all(c.method.startswith("7: ") and len(c.method) <= 110
               for c in by_size.cells(published))  # fmt: skip
    assert {r for b in made for r in refs_in(b.recipe)} <= set(run.cells)


def test_a_study_stands_among_them_with_its_own_registered_numbers(tmp_path):
    published = few_results.catalogue(SIZED)
    run = stage(tmp_path, published, estimate(BASE))
    text, rows = told(run, published)
    assert "This study’s result is in the figure" in text
    assert rows[0] == [
        "Made-up people: Example Mentoring Trust", "Mentoring", "this report", "400",
        "8 fewer", "Decrease",
    ]  # fmt: skip
    assert {cell.kind for cell in run.registered} == {"public"}


@pytest.mark.parametrize("hidden", ["difference", "n_treatment"])
def test_a_study_with_a_withheld_number_is_not_in_the_figure(tmp_path, hidden):
    published = few_results.catalogue(SIZED)
    run = stage(tmp_path, published, estimate(BASE))
    text, rows = told(run, published, f"{BASE}.{OUTCOME}.{hidden}")
    assert "This study has no result to mark in the figure." in text
    assert len(rows) == 1


@pytest.mark.parametrize(
    ("cells", "parts"),
    [
        ([], {}),
        (estimate(BASE, shown=False), {}),
        ([*estimate(BASE), Cell(f"{BASE}.headlined", "no", "derived")], {}),
        (estimate(BASE), {"outcomes": [{"name": OUTCOME, "definition": "in a week"}]}),
    ],
)
def test_what_is_no_headline_of_the_same_measure_is_not_marked(tmp_path, cells, parts):
    published = few_results.catalogue(SIZED)
    run = stage(tmp_path, published, cells, **parts)
    text, rows = told(run, published)
    assert "This study has no result to mark in the figure." in text
    assert len(rows) == 1


def test_several_headlines_are_marked_by_letters(tmp_path):
    covariates = {"numeric": ["age"]}
    analyses = [
        {"name": name, "headline": True, "covariates": covariates}
        for name in ("Men", "Women")
    ]
    published = few_results.catalogue(SIZED)
    cells = [*estimate("men", 400), *estimate("women", 90)]
    run = stage(tmp_path, published, cells, analyses=analyses)
    text, rows = told(run, published)
    assert "This study’s results are in the figure: a ring and a line mark each" in text
    assert [row[0] for row in rows] == [
        "Made-up people: Women (A in the figure)",
        "Made-up people: Men (B in the figure)",
        "An organisation: A programme",
    ]


def test_running_the_cell_again_on_a_choice_of_results_counts_those(tmp_path):
    published = few_results.catalogue(
        SIZED, SIZED | {"intervention_type": "Employment"}
    )
    run = stage(tmp_path, published)
    assert told(run, published)[0].startswith("All 2 results collected")
    chosen = read.choose(published, intervention_type="Mentoring")
    run.register(report_cells.cells(chosen))
    assert told(run, chosen)[0].startswith("The 1 result collected is in")


def test_a_summary_of_results_alone_speaks_of_no_study():
    published = few_results.catalogue(SIZED)
    run = SimpleNamespace(request=SimpleNamespace(alone=True))
    assert by_size.folded_away(run, "Known: ", "1", "1")["phone"]
    assert len(by_size.recipe(published)["rows"]) == 1


def test_every_one_of_a_large_catalogue_is_drawn_or_counted(tmp_path):
    published = read.read(many_results.write(tmp_path / "catalogue"))
    run = stage(tmp_path / "run", published)
    sections.register(run, published)
    text, rows = told(run, published)
    results = published.results
    sized = (results["n_treat"] != "") & (results["rate_treat"] != "")
    assert text.startswith(f"{sized.sum()} of the {len(results)} results collected")
    assert len(rows) == sized.sum()
    assert len({row[0] for row in rows}) == len(rows)
