"""Which outputs hold the same of other people."""

import pytest

from helpers.publication.cells import Cell, Sum
from helpers.publication.numbers import Number
from helpers.publication.report.checker.beside import subtractable
from helpers.publication.report.checker.output import Output
from helpers.publication.report.publish_cells import Part


def told(*tables, kind="count", sums=()):
    """What is told of tables, each given by the names of its numbers."""
    outputs = [
        Output(
            f"Table {place}", Part("people", {"block": "table", "key": f"t{place}"}),
            "", "", [["x"]], {ref: Number(ref, 1.0) for ref in refs},
        )
        for place, refs in enumerate(tables, 1)
    ]  # fmt: skip
    cells = {ref: Cell(ref, 1.0, kind) for refs in tables for ref in refs}
    return subtractable(outputs, cells, sums)


WAYS = {
    "another analysis": ("all.rate.value_treatment", "men.rate.value_treatment"),
    "another variant of an analysis": ("all.n_treatment", "all_wide.n_treatment"),
    "another length of follow-up": (
        "all.rate.by.90.value_treatment", "all.rate.by.180.value_treatment",
    ),
    "before and after matching": (
        "all.balance.sex.female.mean_treatment_before",
        "all.balance.sex.female.mean_treatment",
    ),
}  # fmt: skip


@pytest.mark.parametrize("how", WAYS)
def test_the_same_of_other_people_is_named_each_way_round(how):
    first, second = WAYS[how]
    assert told([first], [second], ["all.age.n"]) == {
        "Table 1": {how: ["Table 2"]},
        "Table 2": {how: ["Table 1"]},
        "Table 3": {},
    }


def test_both_in_one_table_is_told_too():
    assert told(["all.n_treatment", "men.n_treatment"]) == {
        "Table 1": {"another analysis": ["Table 1"]}
    }


def test_the_same_number_again_is_no_difference():
    assert told(["all.n_treatment"], ["all.n_treatment"]) == {
        "Table 1": {},
        "Table 2": {},
    }


def test_the_pool_is_the_comparison_group_before_matching():
    found = told(["all.rate.value_pool"], ["all.rate.value_comparison"], kind="rate")
    assert found["Table 1"] == {"before and after matching": ["Table 2"]}


def test_a_total_and_its_parts_are_named_across_tables():
    sums = [Sum("intake.submitted", ("intake.box.a", "intake.box.b"))]
    found = told(["intake.submitted"], ["intake.box.a"], ["intake.box.b"], sums=sums)
    total = "a total and its parts"
    assert found["Table 1"] == {total: ["Table 2", "Table 3"]}
    assert found["Table 2"] == found["Table 3"] == {total: ["Table 1"]}


def test_published_results_and_settings_are_beside_nothing():
    refs = ["findings.a.n"], ["findings.b.n", "findings.c.n"]
    sums = [Sum("findings.a.n", ("findings.b.n", "findings.c.n"))]
    assert told(*refs, kind="public", sums=sums) == {"Table 1": {}, "Table 2": {}}


def test_of_what_follows_differences_alone_are_compared():
    first, second = "all.rate.difference", "men.rate.difference"
    assert told([first], [second], kind="derived")["Table 1"] == {
        "another analysis": ["Table 2"]
    }
    assert told(["all.rate.p_value"], ["men.rate.p_value"], kind="derived") == {
        "Table 1": {},
        "Table 2": {},
    }
