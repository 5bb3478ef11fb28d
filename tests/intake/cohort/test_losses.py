"""Losses: every submitted line in exactly one box, and the boxes sum."""

import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import DataError
from helpers.intake.cohort import losses
from helpers.intake.cohort.losses import (
    AVAILABLE,
    BOXES,
    REASONS,
    SUBMITTED,
    boxes,
    by_box,
)
from helpers.intake.report.cells import cells
from helpers.publication import refs
from helpers.publication.cells import Sum


def a_cohort(rows):
    return pd.DataFrame(rows, columns=["treatment", "reoffended", "left_out"])


SEVEN = a_cohort(
    [
        (1, 1.0, None),
        (1, 0.0, None),
        (1, None, "not linked"),
        (1, None, "not linked"),
        (1, None, None),
        (0, 0.0, None),
        (0, None, "outside the age limits"),
    ]
)


def test_lines_are_counted_by_box_for_both_groups():
    found = by_box(SEVEN).set_index("box")
    assert found.index.tolist() == [SUBMITTED, *BOXES, AVAILABLE]
    assert found["treatment"].to_dict() == {
        "submitted": 5,
        "line that cannot be used": 0,
        "duplicate line": 0,
        "not linked": 2,
        "another line of a person already counted": 0,
        "no suitable sentence": 0,
        "outside the age limits": 0,
        "not yet followed up": 0,
        "reoffended before support": 0,
        "outcome missing": 1,  # nobody left it out, and its outcome is not known
        "available for matching": 2,
    }
    assert found.loc["outside the age limits", "pool"] == 1
    assert found.loc[[SUBMITTED, AVAILABLE], "pool"].tolist() == [2, 1]


def test_a_cohort_without_losses_goes_on_whole():
    cohort = pd.DataFrame({"treatment": [1, 0], "reoffended": [0.0, 1.0]})
    assert boxes(cohort).isna().all()
    assert boxes(cohort.drop(columns="reoffended")).isna().all()


def test_cells_of_the_flow_add_up_to_the_lines_submitted():
    found, sums = cells(by_box(SEVEN))
    named = {cell.ref: cell for cell in found}
    value = {ref: cell.value for ref, cell in named.items()}
    totals = ("intake.submitted", "intake.lost")
    assert [value[ref] for ref in totals] == [5, 3]
    assert {(named[r].kind, named[r].numerator) for r in totals} == {
        ("count", 5), ("count", 3)
    }  # fmt: skip
    assert value["intake.box.not-linked"] == 2
    assert value["intake.box.another-line-of-a-person-already-counted"] == 0
    assert sums == [Sum("intake.lost", tuple(refs.box(box) for box in BOXES))]
    for total in sums:
        assert sum(value[part] for part in total.parts) == value[total.total]


def test_per_cents_are_of_the_lines_submitted_and_withheld_with_their_counts():
    named = {cell.ref: cell for cell in cells(by_box(SEVEN))[0]}
    linked = named["intake.box.not-linked.share"]
    assert (linked.value, linked.kind) == (40, "derived")
    assert set(linked.needs) == {"intake.box.not-linked", "intake.submitted"}
    assert named["intake.submitted.share"].value == 100


def test_each_box_is_told_in_words_of_its_own_without_the_kits_terms():
    assert tuple(REASONS) == BOXES
    assert len(set(REASONS.values())) == len(BOXES)
    for words in REASONS.values():
        assert words[0].isupper()
        assert not re.search("link|box|suitable|outcome|index", words)


def test_boxes_are_told_in_one_module_alone():
    """Others import the names; a loss that is spelt twice could be counted never."""
    told = {
        path.name
        for path in Path(losses.__file__).parents[2].rglob("*.py")
        for box in BOXES
        if f'"{box}"' in path.read_text(encoding="utf-8")
    }
    assert told == {"losses.py"}


def test_lines_are_found_or_not_by_linkage_alone():
    assert (*losses.UP_TO_LINKAGE, *losses.AFTER_LINKAGE) == BOXES
    assert losses.UP_TO_LINKAGE[-1] == "not linked"


def test_a_line_in_no_known_box_stops_the_run():
    cohort = a_cohort([(1, None, "lost"), (1, 0.0, None), (0, 0.0, None)])
    with pytest.raises(DataError) as error:
        by_box(cohort)
    assert str(error.value).startswith(
        "losses: the boxes of the treatment group hold 0 lines and 1 go on, which is "
        "not the 2 submitted; write in left_out one of: line that cannot be used, "
    )


@given(
    st.lists(
        st.tuples(
            st.sampled_from([0, 1]),
            st.sampled_from([0.0, 1.0, None]),
            st.sampled_from([None, *BOXES]),
        ),
        min_size=1,
        max_size=60,
    )
)
def test_boxes_and_people_left_always_sum_to_the_lines_submitted(rows):
    cohort = a_cohort(rows)
    found = by_box(cohort).set_index("box")[["treatment", "pool"]]
    parts = found.drop(SUBMITTED).sum()
    assert parts.tolist() == found.loc[SUBMITTED].tolist()
    assert found.loc[SUBMITTED].sum() == len(rows)
