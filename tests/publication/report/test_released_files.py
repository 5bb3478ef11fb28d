"""Nothing that no cell holds reaches release/."""

import pytest
from support.small_report import cells_of_every_kind, every_block

from helpers.publication import figures
from helpers.publication.blocks import ref
from helpers.publication.disclosure import release
from helpers.publication.numbers import Number
from helpers.publication.report import released_files
from helpers.publication.report.publish_cells import Part


@pytest.fixture
def released():
    cells, sums = cells_of_every_kind()
    return release(cells, sums, profile="default", threshold=10).released


def table(*row):
    return Part("results", {"block": "table", "key": "mine", "columns": ["a", "b"],
                            "rows": [list(row)]})  # fmt: skip


def test_the_blocks_of_a_report_hold_released_cells_alone(make_run, released):
    parts = [Part(section, block.recipe) for section, block in every_block(make_run())]
    assert released_files.of_blocks(parts, released) == []


@pytest.mark.parametrize("text", ["205", "−3.4", "1,204", "37%", "<0.01"])
def test_a_number_typed_as_text_is_refused(released, text):
    assert released_files.of_blocks([table("Men", text)], released) == [
        f"block mine: “{text}” in its recipe is a number typed as text; register a "
        "cell and write blocks.ref"
    ]
    assert released_files.of_blocks([table(text, ref("all.n_treatment"))], {}) == []


@pytest.mark.parametrize("made_up", [Number("sum", 205.0), "205 people"])
def test_a_number_that_a_figure_makes_of_nothing_is_refused(
    make_run, released, monkeypatch, made_up
):
    [love] = [Part("balance", block.recipe) for _, block in every_block(make_run())
              if block.recipe["key"] == "love"]  # fmt: skip
    module = figures.FIGURES["love_plot"]
    monkeypatch.setattr(module, "table", lambda data: (["a", "b"], [["Age", made_up]]))
    [problem] = released_files.of_blocks([love], released)
    assert "is no released cell; register it and write blocks.ref" in problem


def test_words_may_count_in_hundreds(make_run, released, monkeypatch):
    [love] = [Part("balance", block.recipe) for _, block in every_block(make_run())
              if block.recipe["key"] == "love"]  # fmt: skip
    module = figures.FIGURES["love_plot"]
    rows = [["Rate, people in every 100"]]
    monkeypatch.setattr(module, "table", lambda data: (["a", "b"], rows))
    assert released_files.of_blocks([love], released) == []


def test_a_released_ref_with_another_value_is_refused(make_run, released, monkeypatch):
    [love] = [Part("balance", block.recipe) for _, block in every_block(make_run())
              if block.recipe["key"] == "love"]  # fmt: skip
    number = Number("all.n_treatment", 101.0)
    module = figures.FIGURES["love_plot"]
    monkeypatch.setattr(module, "table", lambda data: (["a", "b"], [["Age", number]]))
    assert len(released_files.of_blocks([love], released)) == 1


def test_result_json_is_made_of_refs_to_registered_cells():
    recipe = {
        "name": "All",
        "headline": True,
        "n": 205,
        "outcomes": [{"rate": {"ref": "all.rate", "scale": 0.01}, "p": 0.04}],
        "gone": {"ref": "all.gone"},
        "significant": {"ref": "all.rate", "significant_at": 0.05},
    }
    assert released_files.of_result(recipe, ["all.rate"]) == [
        "result.json: n is a number; register a cell and write its ref",
        "result.json: outcomes[0].p is a number; register a cell and write its ref",
        "result.json: no cell is registered for all.gone; register it in a stage",
    ]


def test_a_stage_writes_nothing_for_publication_by_itself():
    outputs = {
        "release/tables/mine.csv": {"class": "release", "sha256": ""},
        "restricted/data/mine.csv": {"class": "restricted", "sha256": ""},
    }
    [problem] = released_files.of_stages(outputs)
    assert problem.startswith("release/tables/mine.csv: is for publication and was")


@pytest.mark.parametrize("refs_of", [{"all.per_100.low": -8.0}, {}])
def test_an_interval_in_words_has_the_digits_of_its_ends_alone(refs_of):
    """Neither those of a ref nor those of its markup, also where it is hidden."""
    ends = {end: ref(f"all.per_100.{end}", "fewer") for end in ("low", "high")}
    interval = {"fact": "interval", "less": "fewer", "more": "more", **ends}
    released = refs_of | ({"all.per_100.high": 1.0} if refs_of else {})
    assert released_files.of_blocks([table("Men", interval)], released) == []
