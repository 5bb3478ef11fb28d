"""Figures for an analyst's own notebook: what is drawn, read back from the axes."""

import re

import IPython.display
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from helpers.files import ROOT
from helpers.matching import balance
from helpers.publication.figures import love_plot, overlap
from helpers.publication.figures.analyst.samples import distributions, weight_spread


@pytest.fixture
def table():
    """A balance table with a pair of levels, and a number without any spread."""
    return pd.DataFrame(
        [
            ("age", "", 4.0, -1.0),
            ("sex", "F", -30.0, 6.0),
            ("sex", "M", 30.0, -6.0),
            ("grade", "a", 2.0, 0.5),
            ("same", "", np.nan, np.nan),
        ],
        columns=["variable", "level", "smd_before", "smd_after"],
    )


def labels(axes):
    return [label.get_text() for label in axes.get_yticklabels()]


def test_rows_stand_by_size_and_of_a_mirrored_pair_one_is_drawn(table):
    [axes] = love_plot(table).axes
    assert labels(axes) == [
        "same (nobody differs within a group)",
        "sex: F",
        "age",
        "grade: a",
    ]
    before, after = (part.get_offsets() for part in axes.collections[-2:])
    assert before[1:].tolist() == [[30, 1], [4, 2], [2, 3]]
    assert after[1:].tolist() == [[6, 1], [1, 2], [0.5, 3]]
    assert axes.get_xlim()[1] > 30


def test_it_draws_into_the_axes_that_it_is_given(table):
    figure = Figure()
    left, right = figure.subplots(1, 2)
    assert love_plot(table, axes=right) is figure
    assert not left.collections and right.collections
    assert not figure.legends


def test_scores_are_in_per_cent_of_each_group_and_lacking_ones_left_out():
    score = pd.Series([0.1, 0.1, 0.305, 0.1, 0.5, np.nan], index=list("abcdef"))
    treatment = pd.Series([1, 1, 1, 0, 0, 1, 0], index=list("abcdefg"))
    [axes] = overlap(score, treatment).axes
    treated, pool = (part.get_data().values for part in axes.patches)
    # of 40 bins from 0.1 to 0.5 the first holds 0.1, the one after the middle 0.305
    assert treated[[0, 20]] == pytest.approx([200 / 3, 100 / 3])
    assert pool[[0, 39]] == pytest.approx([50, 50])


def bars(axes):
    """The heights of both groups' bars."""
    return [part.get_data().values.tolist() for part in axes.patches]


def test_distributions_are_in_per_cent_of_each_group_before_and_after():
    people = pd.DataFrame(
        {
            "priors": [0, 1, 1, 3, 0, 3, np.nan],
            "age": [20.5, 30, 40, 20.5, 30, 60.5, 20.5],
            "region": ["N", "S", "S", "N", None, "N", "S"],
            "unknown": [np.nan] * 7,
        }
    )
    treatment = pd.Series([1, 1, 1, 1, 0, 0, 0])
    weights = pd.Series([1, 1, 0, 0, 0.5, 1.5, 0])
    figure = distributions(people, treatment, weights, list(people))
    before, after = np.array(figure.axes).reshape(4, 2).T
    # whole numbers have a bar each; who has no known value is in none
    assert bars(before[0]) == [[25, 50, 0, 25], [50, 0, 0, 50]]
    assert bars(after[0]) == [[50, 50, 0, 0], [25, 0, 0, 75]]
    assert [len(part) for part in bars(before[1])] == [40, 40]
    third = pytest.approx(100 / 3)
    assert bars(before[2]) == [[50, 50, 0], [third, third, third]]
    assert bars(after[2]) == [[50, 50, 0], [75, 0, 25]]
    assert labels_below(before[2]) == ["N", "S", "missing"]
    assert bars(before[3]) == [[0], [0]]


def test_a_bar_holds_as_many_whole_numbers_as_the_next():
    # 60 ages would make a comb of 40 bars: 30 bars of two
    people = pd.DataFrame({"age": np.arange(18, 78)})
    treatment = pd.Series(np.arange(60) // 2 % 2)
    figure = distributions(people, treatment, treatment * 0 + 1.0, ["age"])
    treated, pool = bars(figure.axes[0])
    assert len(treated) == 30
    assert treated == pytest.approx([0, 100 / 15] * 15)
    assert pool == pytest.approx([100 / 15, 0] * 15)


def labels_below(axes):
    return [label.get_text() for label in axes.get_xticklabels()]


def test_many_levels_have_no_room_for_their_names():
    people = pd.DataFrame({"offence": list("abcdefgh")})
    treatment = pd.Series([1, 0] * 4)
    figure = distributions(people, treatment, treatment * 0 + 1.0, ["offence"])
    assert labels_below(figure.axes[0]) == []


def test_the_spread_of_weights_counts_people():
    [axes] = weight_spread(pd.Series([1.0, 1, 1, 2])).axes
    heights = [bar.get_height() for bar in axes.patches]
    assert (heights[0], heights[-1], sum(heights)) == (3, 1, 4)


def test_a_notebook_shows_them_without_pyplot(table):
    for figure in (love_plot(table), overlap(pd.Series([0.5, 0.5]), pd.Series([1, 0]))):
        assert figure._repr_png_().startswith(b"\x89PNG")


def test_the_lines_of_the_notebooks_page_work(monkeypatch):
    page = (ROOT / "notebooks/README.md").read_text(encoding="utf-8")
    part = page.partition("## On data of your own")[2].partition("\n## ")[0]
    lines = "".join(re.findall(r"^```python\n(.*?)^```", part, re.M | re.S))
    shown = []
    monkeypatch.setattr(IPython.display, "display", lambda *new: shown.extend(new))
    monkeypatch.chdir(ROOT)
    names = {}
    exec(lines, names)
    assert names["ways"]["recommended"].sum() == 1
    assert [type(thing).__name__ for thing in shown] == [
        "Drawing",
        "Drawing",
        "DataFrame",
    ]
    assert list(names["table"]) == balance.COLUMNS
    assert len(shown[0].axes[0].get_yticklabels()) == 9
