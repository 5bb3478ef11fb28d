"""The figure of the bench, read back from its axes."""

import numpy as np
import pandas as pd
import pytest

from helpers.publication.figures.analyst.bench import bench


@pytest.fixture
def drawn():
    """Six settings, three of them together, one too wide and one of nobody."""
    names = ["radius, 1 SD", "radius, 2 SD", "radius, 3 SD", "radius, 4 SD", "n", "k"]
    table = pd.DataFrame(
        {
            "share_matched": [0.85, 0.99, 0.991, 0.992, 0.0, 1.0],
            "worst_smd": [12.0, 4.0, 4.2, 4.1, np.nan, 30.0],
            "too_wide": [False, False, False, True, False, False],
            "recommended": [False, True, False, False, False, False],
        },
        index=pd.Index(names, name="setting"),
    )
    before = pd.DataFrame(
        [
            ("age", "", 4.0),
            ("sex", "F", -30.0),
            ("sex", "M", 30.0),
            ("same", "", np.nan),
            *((f"x{number}", "", number / 10) for number in range(20)),
        ],
        columns=["variable", "level", "smd_before"],
    )
    balances = {
        name: before.assign(smd_after=float(number))
        for number, name in enumerate(names)
    }
    return bench(table, balances)


def test_settings_are_numbered_together_where_they_lie_together(drawn):
    above = drawn.subfigs[0].axes[0]
    texts = {text.get_text(): text.xy for text in above.texts}
    assert list(texts) == ["1", "2 to 4", "6"]  # of the fifth nothing is known
    assert tuple(texts["1"]) == (85, 12)
    assert above.get_ylim()[1] == pytest.approx(33)


def test_the_wide_are_hollow_and_the_recommended_one_has_a_ring(drawn):
    above = drawn.subfigs[0].axes[0]
    full, hollow, ring = above.collections[-3:]
    assert len(full.get_offsets()) == 5
    assert hollow.get_offsets().tolist() == [[99.2, 4.1]]
    assert ring.get_offsets().tolist() == [[99.0, 4.0]]
    assert hollow.get_facecolor().tolist() == [[1, 1, 1, 1]]


def test_each_setting_has_a_love_plot_of_what_differs_most(drawn):
    panels = [axes for axes in drawn.subfigs[1].axes if axes.get_visible()]
    assert [axes.get_title()[:2] for axes in panels] == [f"{n} " for n in range(1, 7)]
    assert panels[1].title.get_fontweight() == "bold"
    labels = [label.get_text() for label in panels[0].get_yticklabels()]
    assert labels[:3] == ["sex: F", "age", "x19"]
    for number, axes in enumerate(panels):
        after = axes.collections[-1].get_offsets()
        assert len(after) == 12 and set(after[:, 0]) == {number}
