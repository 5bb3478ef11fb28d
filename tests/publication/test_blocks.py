"""Blocks: every number for the analyst, none in the recipe."""

import base64
import json

import numpy as np
import pytest
from bs4 import BeautifulSoup
from support.small_report import MAKERS, every_block

from helpers.publication import blocks
from helpers.publication.blocks import MIME, ref
from helpers.publication.numbers import refs_in


@pytest.fixture
def run(make_run):
    return make_run()


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
