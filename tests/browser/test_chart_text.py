"""The text of every chart, in the page's own font: all of it can be read."""

import pytest
from support.chart_text import CHARTS, overlapping, problems
from support.in_browser import RUNS, SCREENSHOTS, looked_at

#: the reviewers' copies have the same charts: one is enough to look at
LOOKED_AT = [
    *(looked_at(run, "published") for run in RUNS),
    looked_at("shared", "reviewers", slow=True),
]


def keep_pictures(page, copy, width):
    """Each chart; those of whole pages are kept by test_scenes.py."""
    SCREENSHOTS.mkdir(exist_ok=True)
    start = f"{copy.name}-{width}"
    for old in SCREENSHOTS.glob(f"{start}-*"):
        old.unlink()
    for figure in page.locator("figure").all():
        # a PNG takes several times as long to write
        name = f"{start}-{figure.get_attribute('id')}.jpeg"
        figure.screenshot(path=SCREENSHOTS / name, type="jpeg", quality=90)


@pytest.mark.parametrize("copy", LOOKED_AT, indirect=True)
@pytest.mark.parametrize("width", [1280, 390])
def test_no_text_of_a_chart_lies_over_another_or_is_cut_off(
    opened, copy, width, request
):
    page = opened(width, details=True)
    # they take longer than the test itself, and both copies have the same drawings
    if request.config.getoption("--all") and copy.kind == "published":
        keep_pictures(page, copy, width)
    charts = page.evaluate(CHARTS)
    assert len(charts) == page.locator("figure").count() > 0
    assert all(chart["texts"] for chart in charts)
    assert [line for chart in charts for line in problems(chart)] == []


@pytest.mark.parametrize(
    ("dx", "dy", "over"),
    [(0, 0, True), (40, 0, False), (30, 0, True), (0, 14, False), (0, 11, True)],
)
def test_texts_that_overlap_are_noticed(dx, dy, over):
    one = {"box": [0, 0, 40, 15], "size": 14}
    other = {"box": [dx, dy, dx + 40, dy + 15], "size": 14}
    assert overlapping(one, other) is over
    assert overlapping(other, one) is over
