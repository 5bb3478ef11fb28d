"""The linkage statement: its numbers add up, and small ones stay hidden."""

from datetime import date

import ibis
import pandas as pd
import pytest
from support import small_study
from support.hand_made import holding

from helpers.intake.linkage.link import Linkage
from helpers.intake.report import cells, links, statement
from helpers.publication.disclosure import release
from helpers.runs.run import Run

RECEIVED = date(2026, 6, 1)
#: 100 lines, all usable: of 80 men 76 are linked and 4 not, of 20 women 14 and 6 wait
LINKED = [*range(1, 77), *range(81, 95)]


def lines():
    return pd.DataFrame({
        "line": range(1, 101), "surname": "Smith", "forename": "Alex",
        "date_of_birth": pd.Timestamp("1990-01-01"),
        "sex": ["Male"] * 80 + ["Female"] * 20,
        "left_out": pd.Series([None] * 100, dtype="str"),
    })  # fmt: skip


@pytest.fixture
def run(tmp_path):
    run = Run(small_study.study(), "intake", tmp_path)
    found = pd.DataFrame({"line": LINKED, "passed": "exact names and date"})
    found["person_id"] = [f"R{line}" for line in found["line"]]
    review = pd.DataFrame({"line": range(95, 101), "person_id": "X"})
    linkage = Linkage(found, review, review.iloc[:0], review)
    links.register(run, linkage, lines())
    rows = {"submitted": 100, "not linked": 10, "available for matching": 90}
    boxes = {name: rows.get(name, 0) for name in (*rows, *cells.BOXES)}
    run.register(
        *cells.cells(pd.DataFrame(boxes.items(), columns=["box", "treatment"]))
    )
    ethnic = ["White"] * 69 + ["white"] + ["Asian"] * 20
    person = pd.DataFrame({"person_id": found["person_id"], "ethnicity": ethnic})
    schema = {"person_id": "string", "ethnicity": "string"}
    records = holding({"person": ibis.memtable(person, schema=schema)})
    run.blocks = statement.statement(run, linkage, lines(), records, RECEIVED)
    return run


def test_its_numbers_add_up(run):
    counts = {ref: cell.value for ref, cell in run.cells.items()}
    for total in run.sums:
        assert counts[total.total] == sum(counts[part] for part in total.parts)
    assert counts["intake.linkage.sex.male.linked_share"] == 95
    assert counts["intake.linkage.sex.female.review_share"] == 30
    assert counts["intake.linkage.ethnicity.asian"] == 20
    assert counts["intake.usable.linked_share"] == 90


def test_the_tables_have_both_kinds_and_everyone(run):
    words, table, ethnicity = run.blocks
    assert small_study.printed(run, table) == [
        ["Sex"],
        ["Female", "20", "14", "70%", "6", "30%"],
        ["Male", "80", "76", "95%", "0", "0%"],
        ["Everyone"],
        ["All lines that can be used", "100", "90", "90%", "6", "6%"],
    ]
    assert small_study.printed(run, ethnicity) == [["White", "70"], ["Asian", "20"]]
    assert words.recipe["words"] == "linkage"


def test_small_numbers_cannot_be_had_by_subtraction(run):
    hidden = release(run.cells.values(), run.sums, profile="default", threshold=10)
    sex = "intake.linkage.sex"
    # 6 women wait and 4 men were not found: nothing that leads to either is shown
    for name in ("female.review", "male.not_found", "female.review_share"):
        assert f"{sex}.{name}" in hidden.withheld
    assert not {f"{sex}.female.lines", f"{sex}.female.linked"} <= set(hidden.released)
    assert not {f"{sex}.male.lines", f"{sex}.male.linked"} <= set(hidden.released)


def test_a_ready_cohort_says_that_nobody_was_linked(tmp_path):
    run = Run(small_study.study(), "intake", tmp_path)
    (block,) = statement.ready(run)
    assert block.recipe["data"] == {"sentences": [[statement.READY]]}
