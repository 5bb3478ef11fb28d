"""From recipes and cells to what is released: numbering, decision, files."""

import csv
import io
from collections import Counter

import pytest
from support.small_report import (
    WITHHELD_TEXTS,
    cells_of_every_kind,
    content,
    every_block,
)

from helpers.publication.cells import Cell
from helpers.publication.disclosure import Decision, release
from helpers.publication.disclosure import log as disclosure_log
from helpers.publication.disclosure.rules import RULES
from helpers.publication.report import assembly, publish_cells
from helpers.publication.report.publish_cells import Part


def decide(hidden=0):
    cells, sums = cells_of_every_kind(hidden)
    return release(cells, sums, profile="default", threshold=10)


def test_tables_and_figures_are_numbered_as_they_appear_and_words_are_not(
    whole_notebook,
):
    numbers = assembly.numbering(publish_cells.parts([whole_notebook()]))
    assert numbers == {
        "flow": "Table 1",
        "results": "Table 2",
        "love": "Figure 1",
        "sex": "Table 3",
        "summary": "Figure 2",
    }


# the decision and what is written ------------------------------------------------


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
    decision = decide()
    places = {"intake.submitted": ["flow", "main"]}
    log = disclosure_log.disclosure_log(cells, decision, places)
    rows = {row["ref"]: row for row in csv.DictReader(io.StringIO(log))}
    assert list(rows) == [cell.ref for cell in cells]
    assert rows["intake.box.not-linked"] == {
        "ref": "intake.box.not-linked", "table": "", "rule": "few people",
        "decision": "withheld",
        "reason": "It is about fewer people than may be shown.",
    }  # fmt: skip
    assert rows["intake.submitted"]["table"] == "flow; main"
    assert rows["intake.submitted"]["decision"] == "released"
    assert rows["summary.total"]["decision"] == "exempt"
    assert not any(text in log for text in WITHHELD_TEXTS)
    told = disclosure_log.by_rule(cells, decision)
    assert sum(count for *_, count in told) == len(cells)
    withheld = {why: count for _, what, why, count in told if what == "withheld"}
    by_hand = Counter(RULES[rule] for rule in decision.withheld.values())
    assert withheld == by_hand


def test_the_log_says_where_a_range_stands_for_a_number():
    cell = Cell("a.before", 37.0, "rate", 37, 100)
    decision = Decision({"a.before": "35 to 40%"}, {}, frozenset({"a.before"}))
    log = disclosure_log.disclosure_log([cell], decision, {})
    assert log.splitlines()[1].startswith("a.before,,unmatched,told as a range,The")


def test_a_range_is_text_on_the_page_and_no_number_of_result_json():
    released = {"a.before": "35 to 40%", "a.after": 38.0}
    decision = Decision(released, {}, frozenset({"a.before"}))
    recipe = {"before": {"ref": "a.before"}, "after": {"ref": "a.after", "scale": 0.01}}
    filled = assembly.fill(recipe, assembly.numbers(decision))
    assert filled == {"before": None, "after": 0.38}


@pytest.mark.parametrize("hidden", [1, 2, 3])
def test_files_do_not_change_with_withheld_numbers(make_run, study, hidden):
    def files(hidden):
        blocks_ = every_block(make_run(hidden=hidden))
        found = [Part(section, block.recipe) for section, block in blocks_]
        made = content(found, study(), decide(hidden))
        return assembly.files(made.parts, made.decision, made.drawn)

    assert set(decide(hidden).withheld) == set(decide().withheld)
    assert files(hidden) == files(0)
