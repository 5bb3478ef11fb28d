"""The treated before and after matching, by hand."""

import numpy as np
import pandas as pd
import pytest
from support import small_study

from helpers.matching.diagnostics.treated import before_and_after


def test_the_matched_are_compared_with_all_the_treated():
    group = small_study.group(
        [1, 1, 1, 1, 0, 0],
        {
            "age": [20.0, 30, 40, 50, 1, 2],
            "region": pd.Series(["N", "N", "S", "Far", "N", "S"], dtype="str"),
            "same": [3.0] * 6,
        },
    )
    # the one from far away was set aside, and the match does not know of them
    weights = pd.Series([1.0, 1, 0, 2, 0], index=[1, 2, 3, 5, 6])
    rows = before_and_after(group, small_study.matched(weights, group.treatment))
    assert list(rows.columns) == ["variable", "level", "mean_before", "mean_after",
                                  "smd"]  # fmt: skip
    age = rows.iloc[0]
    assert (age["mean_before"], age["mean_after"]) == (35, 25)
    # squares 225 + 25 + 25 + 225 over 3
    assert age["smd"] == pytest.approx(-1000 / (500 / 3) ** 0.5)
    regions = rows[rows["variable"] == "region"].set_index("level")
    assert regions["mean_before"].to_dict() == {"Far": 0.25, "N": 0.5, "S": 0.25}
    assert regions["mean_after"].to_dict() == {"Far": 0, "N": 1, "S": 0}
    assert rows.iloc[-1]["smd"] == 0


def test_a_match_of_nobody_leaves_no_mean():
    group = small_study.group([1, 1, 0, 0], {"age": [20.0, 30, 20, 30]})
    nobody = small_study.matched(pd.Series(0.0, group.people.index), group.treatment)
    [row] = before_and_after(group, nobody).to_dict("records")
    assert row["mean_before"] == 25
    assert np.isnan(row["mean_after"]) and np.isnan(row["smd"])
