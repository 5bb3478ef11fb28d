"""A built page read back: nothing withheld in it, and no number from nowhere."""

import pytest
from support.small_report import cells_of_every_kind, content

from helpers.publication.disclosure import Decision, release
from helpers.publication.numbers import escape
from helpers.publication.report import pages, publish_cells, reading_back


def decide():
    cells, sums = cells_of_every_kind()
    return release(cells, sums, profile="default", threshold=10)


@pytest.fixture(scope="module")
def made(study, study_notebook):
    return content(publish_cells.parts([study_notebook]), study(), decide())


@pytest.fixture(scope="module")
def page(made):
    return pages.published(made)


@pytest.fixture
def tampered(made, page):
    def change(old, new):
        assert old in page
        return reading_back.read_back(page.replace(old, new, 1), made.decision)

    return change


def test_a_page_as_built_has_no_problem(made, page):
    assert page.count('data-ref="') > 30
    assert reading_back.read_back(page, made.decision) == []


def test_a_number_changed_in_the_page_is_noticed(tampered):
    found = tampered(
        '<data value="-11.3" data-ref="all.rate.ci_low">',
        '<data value="-11.4" data-ref="all.rate.ci_low">',
    )
    assert found == ["report.html: all.rate.ci_low is shown and was not released so"]


def test_a_withheld_number_in_the_page_is_noticed(tampered):
    few = '<data value="4.0" data-ref="intake.box.not-linked">4</data>'
    assert tampered("[c]", few) == [
        "report.html: intake.box.not-linked is shown and was not released so"
    ]


@pytest.mark.parametrize("value", ["4.0", "null", '"4"'])
def test_a_withheld_number_in_the_data_block_is_noticed(tampered, value):
    start = ' id="report-results">{'
    found = tampered(start, f'{start}"intake.box.not-linked": {value}, ')
    expected = "report.html: intake.box.not-linked is in its data and was not released"
    # a null tells nothing and equals what a withheld number is
    assert found == ([] if value == "null" else [expected])


@pytest.mark.parametrize(
    "script", ["<script>x()</script>", '<script src="https://example.org/x.js">']
)
def test_a_script_in_the_page_is_noticed(tampered, script):
    assert tampered("</main>", f"{script}</main>") == [
        "report.html: holds a script other than its data block"
    ]


def test_a_page_without_its_data_block_is_noticed(tampered):
    assert tampered('id="report-results"', 'id="other"') == [
        "report.html: holds a script other than its data block"
    ]


def test_an_id_that_is_given_twice_is_noticed(tampered):
    found = tampered(
        "</main>", '<p id="method"></p><p class="a" id="method"></p></main>'
    )
    assert found == [
        "report.html: two places have the id method, and links reach only the first; "
        "give an analysis or an outcome another name"
    ]


def test_a_page_built_with_another_decision_is_noticed(study, whole_notebook):
    cells, sums = cells_of_every_kind()
    everything = release(cells, sums, profile="none", threshold=10)
    found = publish_cells.parts([whole_notebook()])
    made = content(found, study(), everything)
    shown = pages.published(made)
    lines = reading_back.read_back(shown, decide())
    assert {line.split()[1] for line in lines} >= set(decide().withheld)
    assert reading_back.read_back(shown, made.decision) == []


def test_nothing_is_released_by_an_empty_decision(page):
    assert reading_back.read_back(page, Decision({}, {})) != []


# numbers in sentences --------------------------------------------------------------


def typed(page, study, sentence, **changes):
    added = page.replace("</main>", f"<p>{sentence}</p></main>")
    return reading_back.numbers_from_nowhere(added, study(**changes))


def test_the_page_as_built_has_no_number_from_nowhere(page, study):
    assert reading_back.numbers_from_nowhere(page, study()) == []


def test_a_number_typed_into_a_sentence_is_noticed(page, study):
    assert typed(page, study, "In all 87 people took part.") == [
        "report.html: 87 in “In all 87 people took part.” comes from no cell; register "
        "it and write blocks.ref"
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        'In all <data value="87.0" data-ref="x">87</data> people took part.',
        'Called so at <span data-numcheck="off">0.05</span> or less.',
        "For every 100 people the 95% interval is in Table 3 (17 September 2015).",
        "Seven people took part.",
    ],
)
def test_a_cell_a_marked_constant_a_date_and_a_reference_are_none(
    page, study, sentence
):
    assert typed(page, study, sentence) == []


WEEKLY = {
    "name": "Mentors",
    "intervention_type": "Mentoring",
    "description": "Weekly for 37 weeks.",
}


def test_own_words_of_the_request_that_are_marked_may_hold_numbers(page, study):
    marked = f"It is: {escape('Weekly for 37 weeks.')}"
    assert typed(page, study, marked, programme=WEEKLY) == []
    assert typed(page, study, marked) != []  # of another request


@pytest.mark.parametrize(
    "sentence",
    ["Weekly for 37 weeks.", "37 people took part.", f"{escape('37 people')} came."],
)
def test_a_number_passes_not_because_the_request_has_it_somewhere(
    page, study, sentence
):
    [line] = typed(page, study, sentence, programme=WEEKLY)
    assert line.startswith("report.html: 37 in ")


@pytest.mark.parametrize("name", ["12", "Group 37: men & women", "Aged 18 to 25"])
def test_an_analysis_may_be_named_with_numbers(page, study, name):
    analyses = [{"name": name, "covariates": {"numeric": ["age"]}}]
    sentence = f"{escape(name)}: 7 people in “{escape(name)}” were analysed."
    [line] = typed(page, study, sentence, analyses=analyses)
    assert line.startswith("report.html: 7 in ")


def test_a_name_that_is_a_number_excuses_no_number_within_a_sentence(page, study):
    analyses = [{"name": "12", "covariates": {"numeric": ["age"]}}]
    sentence = escape("There were 12 of them")
    [line] = typed(page, study, sentence, analyses=analyses)
    assert line.startswith("report.html: 12 in ")


def test_a_figures_headline_may_say_what_its_table_holds(page, study):
    shown = page.replace('class="jdl-figure__head">', 'class="jdl-figure__head">134 ')
    assert reading_back.numbers_from_nowhere(shown, study()) != []  # not every figure's
    only = page.replace(" were inconclusive</span>", " of 134 were</span>")
    assert only != page
    assert reading_back.numbers_from_nowhere(only, study()) == []
