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


def test_a_notebook_shows_them_without_pyplot(table):
    for figure in (love_plot(table), overlap(pd.Series([0.5, 0.5]), pd.Series([1, 0]))):
        assert figure._repr_png_().startswith(b"\x89PNG")


def test_the_lines_of_the_notebooks_page_work(monkeypatch):
    page = (ROOT / "notebooks/README.md").read_text(encoding="utf-8")
    [lines] = re.findall(r"^```python\n(.*?)^```", page, re.M | re.S)
    shown = []
    monkeypatch.setattr(IPython.display, "display", lambda *new: shown.extend(new))
    monkeypatch.chdir(ROOT)
    names = {}
    exec(lines, names)
    assert [type(figure).__name__ for figure in shown] == ["Drawing", "Drawing"]
    assert list(names["table"]) == balance.COLUMNS
    assert len(shown[0].axes[0].get_yticklabels()) == 9
