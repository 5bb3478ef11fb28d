"""How strongly what was measured goes with the outcome: hand calculation, limits."""

import math

import numpy as np
import pandas as pd
import pytest
from support import studies

from helpers.outcomes.robustness.hidden import contour


def people():
    """100 treated of whom 60 have a trait, and 200 of the pool of whom 50 have it.

    In the pool 30 of the 50 reoffend, and 30 of the other 150; 10 of the treated do.
    """
    rows = [(1, 1, y, n) for y, n in ((1, 6), (0, 54))]
    rows += [(1, 0, y, n) for y, n in ((1, 4), (0, 36))]
    rows += [(0, 1, 1, 30), (0, 1, 0, 20), (0, 0, 1, 30), (0, 0, 0, 120)]
    each = [row for *row, n in rows for _ in range(n)]
    frame = pd.DataFrame(each, columns=["treatment", "trait", "reoffended"])
    frame.index = pd.RangeIndex(1, len(frame) + 1, name="person_id")
    frame["kind"] = frame["trait"].map({1: "yes", 0: "no"}).astype("str")
    frame["even"] = np.arange(len(frame)) % 7.0
    return frame.astype({"trait": float, "reoffended": float})


def strengths(frame, *names):
    [check] = contour.checks(studies.of(frame, [*names, "even"]))
    return check, check.table.set_index(["variable", "level"])


def test_a_trait_by_hand():
    """SD of 50 of 200: √(0.25·0.75·200/199) = 0.43410; 60% − 20% = 40 points.

    So one SD goes with 17.364 points; the groups differ by 35 points or 0.80626 SD.
    """
    check, rows = strengths(people(), "trait")
    row = rows.loc[("trait", "")]
    assert check.verdict == "told"
    assert row["spread"] == pytest.approx(0.43410, abs=1e-5)
    assert row["association"] == pytest.approx(0.17364, abs=1e-5)
    assert row["imbalance"] == pytest.approx(0.35 / 0.43410, abs=1e-4)
    assert (row["fewest"], row["people"]) == (20, 200)


def test_levels_of_a_category_are_traits():
    _, rows = strengths(people(), "kind")
    assert rows.loc[("kind", "yes"), "association"] == pytest.approx(0.17364, abs=1e-5)
    assert rows.loc[("kind", "no"), "association"] == pytest.approx(-0.17364, abs=1e-5)


def test_a_number_has_its_slope_in_the_pool():
    frame = people()
    _, rows = strengths(frame, "trait")
    pool = frame[frame["treatment"] == 0]
    slope = np.polyfit(pool["even"], pool["reoffended"], 1)[0]
    expected = slope * pool["even"].std()
    assert rows.loc[("even", ""), "association"] == pytest.approx(expected)
    assert rows.loc[("even", ""), "fewest"] == 60


def test_who_is_not_known_is_left_out_and_missing_is_no_trait():
    frame = people()
    pool = frame.index[frame["treatment"] == 0][:3]
    frame.loc[pool, "kind"] = None
    frame.loc[frame.index[frame["treatment"] == 1][-3:], "kind"] = None
    frame.loc[frame.index[frame["treatment"] == 0][-4:], "even"] = math.nan
    frame.loc[frame.index[frame["treatment"] == 1][-4:], "even"] = math.nan
    _, rows = strengths(frame, "kind")
    assert set(rows.index.get_level_values("level")) == {"yes", "no", ""}
    assert rows.loc[("even", ""), "people"] == 196


def test_without_a_finding_nothing_is_placed():
    frame = people()
    ours = frame["treatment"] == 1
    frame.loc[ours, "reoffended"] = (np.arange(ours.sum()) % 10 < 4).astype(float)
    [check] = contour.checks(studies.of(frame, ["trait", "even"]))
    assert (check.verdict, check.text) == ("none", contour.NOT_SIGNIFICANT)
