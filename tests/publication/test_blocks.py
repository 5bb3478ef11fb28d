"""Blocks: every number for the analyst, none in the recipe, released ones after."""

import base64
import json

import numpy as np
import pytest
from bs4 import BeautifulSoup
from support.small_report import (
    WITHHELD_TEXTS,
    cells_of_every_kind,
    content,
    every_block,
    flow_table,
    love_plot,
    measure_recipe,
    plain,
    results_table,
    summary_bar,
)

from helpers.errors import CheckFailed
from helpers.publication import blocks, disclosure, figures, flat
from helpers.publication.blocks import MIME, ref
from helpers.publication.numbers import refs_in
from helpers.publication.report import assembly
from helpers.publication.report.publish_cells import Part

FIGURES = {"love_plot", "summary_bar"}


@pytest.fixture
def run(make_run):
    return make_run()


@pytest.fixture
def released():
    cells, sums = cells_of_every_kind()
    return disclosure.release(cells, sums, profile="default", threshold=10).released


def words_block(run):
    data = {
        "analysis": "All",
        "several": False,
        "noun": "people",
        "measure": measure_recipe("custody"),
    }
    return blocks.words(run, "estimate", words="estimate", data=data)


MAKERS = {"table": results_table, "figure": love_plot, "words": words_block}
KINDS = pytest.mark.parametrize("kind", MAKERS)


def numbers_in(recipe):
    if isinstance(recipe, dict):
        return [n for value in recipe.values() for n in numbers_in(value)]
    if isinstance(recipe, list):
        return [n for value in recipe for n in numbers_in(value)]
    number = isinstance(recipe, int | float) and not isinstance(recipe, bool)
    return [recipe] if number else []


def drawn(markup):
    """Markup with the drawings that stand in it as data."""
    page = BeautifulSoup(markup, "html.parser")
    images = [img["src"].partition("base64,")[2] for img in page.find_all("img")]
    return "".join([markup, *(base64.b64decode(code).decode() for code in images)])


# two representations of one block --------------------------------------------


@KINDS
def test_a_block_shows_the_analyst_every_number(run, kind):
    block = MAKERS[kind](run)
    shown = drawn(block._repr_mimebundle_()["text/html"])
    assert "[c]" not in shown
    for name in refs_in(block.recipe):
        value = run.cells[name].value
        if value is not None:
            assert f'<data value="{value!r}" data-ref="{name}">' in shown


@KINDS
def test_a_recipe_is_plain_json_without_a_number(run, kind):
    block = MAKERS[kind](run)
    recipe = block._repr_mimebundle_()[MIME]
    assert json.loads(json.dumps(recipe, allow_nan=False)) == recipe
    assert numbers_in(recipe) == []
    written = json.dumps(recipe)
    for name in refs_in(recipe):
        value = run.cells[name].value
        if value is not None:
            assert f"{abs(value):g}" not in written


@KINDS
def test_a_block_does_not_print_a_number_by_accident(run, kind):
    block = MAKERS[kind](run)
    text = block._repr_mimebundle_()["text/plain"]
    assert repr(block) == text == f"{kind} {block.recipe['key']}"


def test_the_recipe_does_not_change_with_the_numbers(make_run):
    first = [block.recipe for _, block in every_block(make_run(hidden=0))]
    other = [block.recipe for _, block in every_block(make_run(hidden=3))]
    assert first == other


def test_a_chart_is_an_image_with_words_in_a_notebook_and_live_text_in_the_report(
    run, released
):
    block = love_plot(run)
    notebook = BeautifulSoup(block._repr_mimebundle_()["text/html"], "html.parser")
    assert notebook.find("svg") is None  # an untrusted notebook would drop it
    assert "before matching is 41.3 per cent: Sex: female." in notebook.img["alt"]
    page = BeautifulSoup(blocks.render(block.recipe, released), "html.parser")
    assert page.find("img") is None
    assert len(page.find_all("svg")) == 2  # wide and narrow


@KINDS
def test_a_draft_says_so_on_every_block(make_run, kind):
    run = make_run(draft=True, changes={"matching.caliper": 0.02})
    shown = MAKERS[kind](run)._repr_mimebundle_()["text/html"]
    assert shown.startswith(
        "<p><strong>DRAFT, not for publication. Changed: matching.caliper = 0.02."
    )


# what a recipe may not hold --------------------------------------------------


def table(run, cell):
    return blocks.table(run, "t", caption="c", columns=["a", "b"], rows=[["x", cell]])


@pytest.mark.parametrize("number", [46, 46.2, 0])
def test_a_number_in_a_recipe_is_refused_by_the_name_of_its_block(run, number):
    with pytest.raises(ValueError, match="block t: its recipe holds a number"):
        table(run, number)


@pytest.mark.parametrize("value", [np.int64(46), np.float32(46), np.datetime64("now")])
def test_what_is_not_plain_json_is_refused(run, value):
    with pytest.raises(TypeError, match="not JSON serializable"):
        table(run, value)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), np.float64("nan")])
def test_nan_is_refused(run, value):
    with pytest.raises(ValueError, match="not JSON compliant"):
        table(run, value)


def test_yes_and_no_and_places_on_an_axis_may_stand_in_a_recipe(run):
    data = {"sentences": [["A."]], "several": True, "bins": [{"low": 0.0, "high": 0.5}]}
    block = blocks.words(run, "w", words="sentences", data=data)
    assert block.recipe["data"] == data


def test_a_ref_without_a_cell_is_named_with_its_block(run):
    with pytest.raises(ValueError) as error:
        table(run, ref("all.nothing"))
    assert str(error.value) == (
        "block t: no cell is registered for all.nothing; register it in an earlier cell"
    )


# released numbers alone ------------------------------------------------------


def by_kind(run, kind):
    return {
        block.recipe["key"]: block.recipe
        for _, block in every_block(run)
        if block.recipe["block"] == kind
    }


def withheld_refs(run, released):
    return set(run.cells) - set(released)


def test_the_made_up_study_withholds_what_the_rule_says_by_hand(run, released):
    custody = ("value_treatment", "difference", "ci_low", "ci_high", "p_value")
    assert withheld_refs(run, released) == {
        "intake.box.not-linked",  # 4 people
        # else 143 less the others would tell the 4; of the other boxes, 16 and 23,
        # either would do, and the first by its name goes
        "intake.box.early",
        *(f"all.custody.{name}" for name in custody),  # 4 of 100
        "all.balance.sex.female.mean_treatment",  # all but 4 of 100
        "all.balance.sex.female.smd_before",
        "all.balance.sex.female.smd_after",
    }


def test_withheld_numbers_are_absent_from_every_kind_of_block(run, released):
    kinds = set()
    for kind in MAKERS:
        for recipe in by_kind(run, kind).values():
            shown = blocks.render(recipe, released)
            everything = shown + plain(shown)
            for name in withheld_refs(run, released) & set(refs_in(recipe)):
                kinds.add(kind)
                assert f'data-ref="{name}"' not in everything
            for text in WITHHELD_TEXTS:
                assert text not in everything
    assert kinds == set(MAKERS)  # each kind had something to hide


def test_a_table_shows_the_symbol_explains_it_and_its_csv_agrees(run, released):
    recipe = flow_table(run).recipe
    page = BeautifulSoup(
        blocks.render(recipe, released, {"flow": "Table 3"}), "html.parser"
    )
    rows = {tr.th.get_text(): tr.td.get_text() for tr in page.select("tr:has(td)")}
    assert rows == {
        "Submitted": "143",
        "not-linked": "[c]",
        "no-sentence": "16",
        "early": "[c]",
        "Not analysed": "43",
        "In the analysis": "100",
    }
    notes = [p.get_text() for p in page.find_all("p")]
    assert "[c] is hidden to protect people." in notes
    assert page.caption.get_text() == "Table 3: Where everyone went"
    data = base64.b64decode(page.a["href"].partition(",")[2]).decode()
    assert data == flat.as_csv(*blocks.table_rows(recipe, released))
    assert "not-linked,[c]" in data


def test_a_table_with_nothing_to_hide_explains_no_symbol(run, released):
    rows = [["Submitted", ref("intake.submitted")]]
    block = blocks.table(run, "t", caption="c", columns=["Box", "People"], rows=rows)
    assert "[c]" not in blocks.render(block.recipe, released)


def test_what_is_not_applicable_is_explained_too(run, released):
    page = plain(blocks.render(results_table(run).recipe, released))
    assert "[z]: not shown, or there is no such figure" in page


def test_a_figure_draws_the_rest_and_says_that_some_is_not_shown(run, released):
    recipe = love_plot(run).recipe
    page = BeautifulSoup(
        blocks.render(recipe, released, {"love": "Figure 1"}), "html.parser"
    )
    assert [title.get_text() for title in page.find_all("title")] == [
        "Differences between the groups on two characteristics, in per cent of a "
        "standard deviation. The largest shown before "
        "matching is 31.6 per cent: Age. The largest shown after matching is 2.4 per "
        "cent: "
        "Age. Some differences are not shown."
    ] * 2
    rows = {
        tr.th.get_text(): [td.get_text() for td in tr.find_all("td")]
        for tr in page.select("tr:has(td)")
    }
    assert set(rows["Sex: female"]) >= {"[c]"}
    assert "alike on every" not in page.figcaption.get_text()  # not known for all
    assert not any(text in str(page.svg) for text in WITHHELD_TEXTS)


def test_words_on_a_withheld_measure_say_only_that_it_is(run, released):
    shown = blocks.render(words_block(run).recipe, released)
    assert plain(shown) == (
        "Measure reoffended This result is not shown, to protect people. This says "
        "nothing about whether the programme made a difference."
    )
    assert 'data-verdict="withheld"' in shown


def test_the_files_of_a_run_hold_no_withheld_number(run, released):
    cells, sums = cells_of_every_kind()
    decision = disclosure.release(cells, sums, profile="default", threshold=10)
    found = [Part(section, block.recipe) for section, block in every_block(run)]
    made = content(found, run.request, decision)
    files = assembly.files(made.parts, made.decision, made.drawn)
    names = ("flow", "results", "sex", "love", "summary", "hidden-numbers")
    assert set(files) == {
        *(f"tables/{key}.csv" for key in names),
        *(f"figures/{key}.svg" for key in ("love", "summary")),
    }
    for written in files.values():
        assert not any(text in written for text in WITHHELD_TEXTS)
    assert 'font-family="Arial' in files["figures/love.svg"]  # there is no page


def test_a_figure_without_a_text_alternative_is_refused(run, released, monkeypatch):
    monkeypatch.setattr(figures.FIGURES["love_plot"], "alternative", lambda data: " ")
    with pytest.raises(CheckFailed, match="block love: its figure has no text alter"):
        blocks.render(love_plot(run).recipe, released)


def test_a_lead_stands_before_its_table(run, released):
    rows = [["Submitted", ref("intake.submitted")]]
    lead = [blocks.see("t"), " counts ", ref("intake.submitted"), " lines."]
    block = blocks.table(
        run, "t", caption="c", columns=["A", "B"], rows=rows, lead=lead
    )
    shown = blocks.render(block.recipe, released, {"t": "Table 2"})
    assert plain(shown).startswith("Table 2 counts 143 lines. Table 2: c")
    with pytest.raises(CheckFailed, match="no cell is registered for all.nothing"):
        blocks.table(
            run, "t", caption="", columns=[], rows=[], lead=[ref("all.nothing")]
        )


def test_a_public_number_is_never_hidden(run, released):
    shown = plain(blocks.render(summary_bar(run).recipe, released))
    assert "90 of the 134 analyses by September 2015 were inconclusive" in shown
    assert "[c]" not in shown  # 7 increases are already published
