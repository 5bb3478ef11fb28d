"""What goes into a report: the publish cells, their order, and the reading back."""

import json

import pytest
from small_report import (
    WITHHELD_TEXTS,
    cells_of_every_kind,
    every_block,
    flow_table,
    love_plot,
    results_table,
)

from helpers.publication import assembly, report
from helpers.publication.assembly import Part
from helpers.publication.disclosure import Decision, release
from helpers.request import RequestError


@pytest.fixture
def run(make_run):
    return make_run()


def decide(hidden=0):
    cells, sums = cells_of_every_kind(hidden)
    return release(cells, sums, profile="default", threshold=10)


def problems(*paths):
    with pytest.raises(RequestError) as error:
        assembly.parts(list(paths))
    return error.value.problems


# publish cells -------------------------------------------------------------------


def test_only_publish_cells_enter_a_report(run, write_notebook):
    path = write_notebook(
        "01_all",
        [
            ("analyst", [], [flow_table(run)]),
            ("flow", ["publish", "section:people"], [flow_table(run)]),
            ("noted", ["section:people"], [results_table(run)]),
        ],
    )
    assert [(part.section, part.key) for part in assembly.parts([path])] == [
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
    found = assembly.parts([first, second])
    assert [(part.section, part.key, part.notebook) for part in found] == [
        ("balance", "love", "01_a"),
        ("balance", "flow", "02_b"),
        ("findings", "results", "01_a"),
    ]


def test_only_the_recipe_goes_on_never_the_analysts_html(run, write_notebook):
    path = write_notebook(
        "01_all", [("c", ["publish", "section:people"], [flow_table(run)])]
    )
    assert "143" in path.read_text()  # the analyst's own table is in the notebook
    (part,) = assembly.parts([path])
    assert part == Part("people", flow_table(run).recipe, "01_all")
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


@pytest.mark.parametrize("section", ["programme", "data-sharing", "about"])
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


def test_tables_and_figures_are_numbered_as_they_appear_and_words_are_not(
    whole_notebook,
):
    numbers = assembly.numbering(assembly.parts([whole_notebook()]))
    assert numbers == {
        "flow": "Table 1",
        "results": "Table 2",
        "love": "Figure 1",
        "sex": "Table 3",
        "summary": "Figure 2",
    }


# the decision and what is written ------------------------------------------------


@pytest.mark.parametrize(
    ("disclosure", "expected"),
    [
        ({}, {"few", "zero"}),
        ({"profile": "ministry"}, {"few"}),
        ({"threshold": 5}, {"zero"}),
        ({"profile": "none", "reason": "Made up."}, set()),
    ],
)
def test_the_request_says_which_rule_decides(study, disclosure, expected):
    from helpers.publication.cells import Cell

    cells = [Cell("few", 5, "count"), Cell("zero", 0, "count"), Cell("n", 10, "count")]
    decision = assembly.decide(cells, [], study(disclosure=disclosure))
    assert set(decision.withheld) == expected


def test_result_json_takes_released_numbers_in_its_own_units():
    recipe = {
        "name": "All",
        "headline": True,
        "rows": [
            {"n": {"ref": "n"}, "rate": {"ref": "rate", "scale": 0.01}},
            {"n": {"ref": "few"}, "significant": {"ref": "p", "significant_at": 0.05}},
            {"significant": {"ref": "few", "significant_at": 0.05}},
            {"word": {"ref": "q"}, "none": {"ref": "z"}},
        ],
    }
    released = {"n": 372.0, "rate": 46.48, "p": 0.05, "q": "well", "z": None}
    assert assembly.fill(recipe, released) == {
        "name": "All",
        "headline": True,
        "rows": [
            {"n": 372, "rate": 0.4648},
            {"n": None, "significant": True},
            {"significant": None},
            {"word": "well", "none": None},
        ],
    }


def test_the_log_of_decisions_names_each_rule_and_no_withheld_value():
    cells, _ = cells_of_every_kind()
    log = assembly.disclosure_log(cells, decide())
    lines = log.splitlines()
    assert lines[0] == "ref,kind,decision,rule"
    assert len(lines) == 1 + len(cells)
    assert (
        "intake.box.not-linked,count,withheld,fewer people than the threshold" in lines
    )
    assert "intake.submitted,count,released," in lines
    assert not any(text in log for text in WITHHELD_TEXTS)


@pytest.mark.parametrize("hidden", [1, 2, 3])
def test_files_do_not_change_with_withheld_numbers(make_run, hidden):
    def files(hidden):
        blocks_ = every_block(make_run(hidden=hidden))
        found = [Part(section, block.recipe, "n") for section, block in blocks_]
        return assembly.files(found, decide(hidden))

    assert set(decide(hidden).withheld) == set(decide().withheld)
    assert files(hidden) == files(0)


# reading a page back -------------------------------------------------------------


@pytest.fixture
def page(study, whole_notebook):
    found = assembly.parts([whole_notebook()])
    return report.page(found, study(), "1.0", decide())


def test_a_page_as_built_has_no_problem(page):
    assert page.count('data-ref="') > 30
    assert assembly.read_back(page, decide()) == []


def tampered(page, old, new):
    assert old in page
    return assembly.read_back(page.replace(old, new, 1), decide())


def test_a_number_changed_in_the_page_is_noticed(page):
    found = tampered(
        page,
        '<data value="-11.3" data-ref="all.rate.ci_low">',
        '<data value="-11.4" data-ref="all.rate.ci_low">',
    )
    assert found == ["report.html: all.rate.ci_low is shown and was not released so"]


def test_a_withheld_number_in_the_page_is_noticed(page):
    few = '<data value="4.0" data-ref="intake.box.not-linked">4</data>'
    assert tampered(page, "[c]", few) == [
        "report.html: intake.box.not-linked is shown and was not released so"
    ]


@pytest.mark.parametrize("value", ["4.0", "null", '"4"'])
def test_a_withheld_number_in_the_data_block_is_noticed(page, value):
    start = ' id="report-results">{'
    found = tampered(page, start, f'{start}"intake.box.not-linked": {value}, ')
    expected = "report.html: intake.box.not-linked is in its data and was not released"
    # a null tells nothing and equals what a withheld number is
    assert found == ([] if value == "null" else [expected])


@pytest.mark.parametrize(
    "script", ["<script>x()</script>", '<script src="https://example.org/x.js">']
)
def test_a_script_in_the_page_is_noticed(page, script):
    assert tampered(page, "</main>", f"{script}</main>") == [
        "report.html: holds a script other than its data block"
    ]


def test_a_page_without_its_data_block_is_noticed(page):
    assert tampered(page, 'id="report-results"', 'id="other"') == [
        "report.html: holds a script other than its data block"
    ]


def test_a_page_built_with_another_decision_is_noticed(study, whole_notebook):
    cells, sums = cells_of_every_kind()
    everything = release(cells, sums, profile="none", threshold=10)
    found = assembly.parts([whole_notebook()])
    shown = report.page(found, study(), "1.0", everything)
    refs = {line.split()[1] for line in assembly.read_back(shown, decide())}
    assert refs == set(decide().withheld)
    assert assembly.read_back(shown, everything) == []


def test_nothing_is_released_by_an_empty_decision(page):
    assert assembly.read_back(page, Decision({}, {})) != []
