"""Losses: every submitted line in exactly one box, and the boxes sum."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.intake.attrition import AVAILABLE, BOXES, SUBMITTED, boxes, cells, losses
from helpers.publication.cells import Cell, Sum
from helpers.request import RequestError


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
    found = losses(SEVEN).set_index("box")
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
    found, sums = cells(losses(SEVEN))
    assert found[:3] == [
        Cell("intake.submitted", 5, "count", numerator=5),
        Cell("intake.available", 2, "count", numerator=2),
        Cell("intake.lost", 3, "count", numerator=3),
    ]
    value = {cell.ref: cell.value for cell in found}
    assert value["intake.box.not-linked"] == 2
    assert value["intake.box.another-line-of-a-person-already-counted"] == 0
    parts = [ref for ref in value if ref.startswith("intake.box.")]
    assert len(parts) == len(BOXES)
    assert sums[0] == Sum("intake.submitted", (*parts, "intake.available"))
    for total in sums:
        assert sum(value[part] for part in total.parts) == value[total.total]


def test_a_line_in_no_known_box_stops_the_run():
    cohort = a_cohort([(1, None, "lost"), (1, 0.0, None), (0, 0.0, None)])
    with pytest.raises(RequestError) as error:
        losses(cohort)
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
    found = losses(cohort).set_index("box")[["treatment", "pool"]]
    parts = found.drop(SUBMITTED).sum()
    assert parts.tolist() == found.loc[SUBMITTED].tolist()
    assert found.loc[SUBMITTED].sum() == len(rows)
