"""The publish cells of executed notebooks: what they declare, and what is refused."""

import json

import nbformat
import pytest
from support.small_report import flow_table, love_plot, results_table

from helpers.errors import CheckFailed
from helpers.publication import blocks
from helpers.publication.report import publish_cells
from helpers.publication.report.publish_cells import Code, Part


@pytest.fixture
def run(make_run):
    return make_run()


def problems(*paths):
    with pytest.raises(CheckFailed) as error:
        publish_cells.parts(list(paths))
    return error.value.problems


def test_only_publish_cells_enter_a_report(run, write_notebook):
    path = write_notebook(
        "01_all",
        [
            ("analyst", [], [flow_table(run)]),
            ("flow", ["publish", "section:people"], [flow_table(run)]),
            ("noted", ["section:people"], [results_table(run)]),
        ],
    )
    assert [(part.section, part.key) for part in publish_cells.parts([path])] == [
        ("people", "flow")
    ]


def test_parts_stand_in_the_order_of_sections_and_then_of_the_notebooks(
    run, write_notebook
):
    first = write_notebook(
        "01_a",
        [
            ("c1", ["publish", "section:findings"], [results_table(run)]),
            ("c2", ["publish", "section:balance"], [love_plot(run)]),
        ],
    )
    second = write_notebook(
        "02_b", [("c1", ["publish", "section:balance"], [flow_table(run)])]
    )
    found = publish_cells.parts([first, second])
    assert [(part.section, part.key, part.code.notebook) for part in found] == [
        ("balance", "love", "01_a"),
        ("balance", "flow", "02_b"),
        ("findings", "results", "01_a"),
    ]


def test_only_the_recipe_goes_on_never_the_analysts_html(run, write_notebook):
    path = write_notebook(
        "01_all", [("c", ["publish", "section:people"], [flow_table(run)])]
    )
    assert "143" in path.read_text()  # the analyst's own table is in the notebook
    (part,) = publish_cells.parts([path])
    code = Code("01_all", "", "pass")
    assert part == Part("people", flow_table(run).recipe, code)
    assert "143" not in json.dumps(part.recipe)


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        (["publish"], "found none"),
        (["publish", "section:people", "section:needs"], "found people, needs"),
        (["publish", "section:peple"], "found peple"),
    ],
)
def test_a_publish_cell_needs_one_known_section(run, write_notebook, tags, found):
    path = write_notebook("02_matching", [("flow", tags, [flow_table(run)])])
    (line,) = problems(path)
    assert line.startswith(
        "02_matching.ipynb, cell flow: a publish cell needs one tag section:KEY, KEY "
        "one of main-points, estimates, "
    )
    assert line.endswith(found)


@pytest.mark.parametrize("section", ["programme", "data-sharing", "glossary", "about"])
def test_a_section_that_the_request_writes_takes_no_block(run, write_notebook, section):
    tags = ["publish", f"section:{section}"]
    path = write_notebook("01_intake", [("own", tags, [flow_table(run)])])
    assert problems(path) == [
        f"01_intake.ipynb, cell own: {section} is written by the request"
    ]


def test_a_publish_cell_without_a_block_is_named(write_notebook):
    path = write_notebook("03_outcomes", [("empty", ["publish", "section:limits"], [])])
    assert problems(path) == [
        "03_outcomes.ipynb, cell empty: a publish cell displays no block"
    ]


def test_a_key_used_twice_is_named_with_both_places(run, write_notebook):
    tags = ["publish", "section:people"]
    first = write_notebook("01_a", [("one", tags, [flow_table(run)])])
    second = write_notebook("02_b", [("two", tags, [flow_table(run)])])
    assert problems(first, second) == [
        "block flow: its key is used in 01_a.ipynb, cell one and in 02_b.ipynb, cell "
        "two; each block needs its own"
    ]


def test_every_problem_is_told_at_once(run, write_notebook):
    tags = ["publish", "section:people"]
    path = write_notebook(
        "01_a",
        [
            ("one", ["publish"], [flow_table(run)]),
            ("two", tags, []),
            ("three", tags, [flow_table(run), flow_table(run)]),
        ],
    )
    assert len(problems(path)) == 3


def edited(path, change):
    """A notebook whose first cell was changed."""
    book = nbformat.read(path, as_version=4)
    change(book.cells[0])
    nbformat.write(book, path)
    return path


def test_a_picture_without_a_text_alternative_is_refused(run, write_notebook):
    tags = ["publish", "section:people"]
    path = write_notebook("01_a", [("one", tags, [flow_table(run)])])

    def draw(cell):
        data = {"image/png": "iVBORw0KGgo=", "text/plain": "<Figure>"}
        cell.outputs.append(nbformat.v4.new_output("display_data", data=data))

    assert problems(edited(path, draw)) == [
        "01_a.ipynb, cell one: shows a picture (image/png) that has no text "
        "alternative; declare it with blocks.figure"
    ]


def test_an_error_in_any_cell_is_refused_and_its_text_not_repeated(run, write_notebook):
    path = write_notebook("01_a", [("one", [], [])])

    def fail(cell):
        error = {"ename": "ValueError", "evalue": "Smith", "traceback": []}
        cell.outputs = [nbformat.v4.new_output("error", **error)]

    (line,) = problems(edited(path, fail))
    assert line == "01_a.ipynb, cell one: holds an error; put it right and run again"


def test_a_sentence_cannot_speak_of_a_table_that_is_not_there(run, write_notebook):
    tags = ["publish", "section:people"]
    data = {"sentences": [["Look at ", blocks.see("flow"), "."]]}
    words = blocks.words(run, "w", words="sentences", data=data)
    path = write_notebook("01_a", [("one", tags, [words])])
    assert problems(path) == [
        "block w: speaks of the table or figure flow, which no publish cell declares"
    ]
    whole = write_notebook("01_b", [("one", tags, [words, flow_table(run)])])
    assert [part.key for part in publish_cells.parts([whole])] == ["w", "flow"]


def test_code_stands_under_the_last_heading_above_it(tmp_path):
    book = nbformat.v4.new_notebook()
    book.cells = [
        nbformat.v4.new_markdown_cell("# The stage\n\nWhat it decides."),
        nbformat.v4.new_code_cell("a = 1", execution_count=1),
        nbformat.v4.new_markdown_cell("Only words."),
        nbformat.v4.new_markdown_cell("## Match people on the score\n\nHow."),
        nbformat.v4.new_code_cell("b = 2", execution_count=2),
    ]
    path = tmp_path / "02_matching.ipynb"
    nbformat.write(book, path)
    codes = [code for _, code in publish_cells.codes(path)]
    assert codes == [
        Code("02_matching", "The stage", "a = 1", 1),
        Code("02_matching", "Match people on the score", "b = 2", 2),
    ]
    assert codes[1].does == "match people on the score"


def test_the_last_block_of_a_cell_is_known(run, write_notebook):
    tags = ["publish", "section:people"]
    shown = [flow_table(run), results_table(run)]
    path = write_notebook("01_a", [("one", tags, shown)])
    assert [part.ends for part in publish_cells.parts([path])] == [False, True]


def test_a_part_that_a_request_does_not_ask_for_may_be_left_out(write_notebook):
    tags = ["publish", "section:robustness"]
    path = write_notebook("03_all", [("ladder", [*tags, "where-asked"], [])])
    assert publish_cells.parts([path]) == []
    path = write_notebook("03_all", [("ladder", tags, [])])
    assert problems(path) == [
        "03_all.ipynb, cell ladder: a publish cell displays no block"
    ]
