"""The text of every chart, in the page's own font: all of it can be read."""

from itertools import combinations

import pytest
from support.in_browser import RUNS, SCREENSHOTS, looked_at

#: every chart that shows at this width: its frame, and its texts with their boxes
CHARTS = """() => [...document.querySelectorAll('figure svg')]
  .filter(svg => svg.checkVisibility())
  .map(svg => {
    const box = e => {
      const {left, top, right, bottom} = e.getBoundingClientRect();
      return [left, top, right, bottom];
    };
    const scale = svg.getScreenCTM().a;
    return {
      figure: svg.closest('figure').id,
      frame: box(svg),
      texts: [...svg.querySelectorAll('text')]
        .filter(e => e.textContent.trim())
        .map(e => ({
          text: e.textContent.trim(),
          box: box(e),
          size: parseFloat(getComputedStyle(e).fontSize) * scale,
        })),
    };
  })"""

#: a box is as high as the font's tallest and deepest letters: lines may touch by this
#: part of the letters' size before any ink does
LEADING = 0.12

#: the smallest letters on a screen, in CSS pixels
SMALLEST = 11.5


#: the height of one picture of a long page, in CSS pixels, and how many are taken
PIECE, MOST_PIECES = 8000, 4

#: the reviewers' copies have the same charts: one is enough to look at
LOOKED_AT = [
    *(looked_at(run, "published") for run in RUNS),
    looked_at("shared", "reviewers", slow=True),
]


def overlapping(one, other):
    """Whether two texts lie over each other by more than the fonts' own leading."""
    left, top, right, bottom = zip(one["box"], other["box"], strict=True)
    leading = LEADING * min(one["size"], other["size"])
    across = min(right) - max(left)
    down = min(bottom) - max(top)
    return across > 0.5 and down > leading


def outside(text, frame):
    """Whether a text sticks out of its chart, where it is cut off."""
    left, top, right, bottom = text["box"]
    return (
        left < frame[0] - 0.5
        or top < frame[1] - 0.5
        or right > frame[2] + 0.5
        or bottom > frame[3] + 0.5
    )


def problems(chart):
    """What cannot be read in a chart, in words."""
    name, texts = chart["figure"], chart["texts"]
    yield from (
        f"{name}: {one['text']!r} over {other['text']!r}"
        for one, other in combinations(texts, 2)
        if overlapping(one, other)
    )
    yield from (
        f"{name}: {text['text']!r} sticks out"
        for text in texts
        if outside(text, chart["frame"])
    )
    yield from (
        f"{name}: {text['text']!r} is {text['size']:.1f} px high"
        for text in texts
        if text["size"] < SMALLEST
    )


def keep_pictures(page, copy, width):
    """The page, in pieces that an image can hold, and each chart."""
    SCREENSHOTS.mkdir(exist_ok=True)
    start = f"{copy.name}-{width}"
    for old in SCREENSHOTS.glob(f"{start}-*"):
        old.unlink()
    height = page.evaluate("document.scrollingElement.scrollHeight")
    for piece, top in enumerate(range(0, height, PIECE)[:MOST_PIECES], 1):
        page.screenshot(
            path=SCREENSHOTS / f"{start}-page-{piece}.png",
            full_page=True,
            clip={
                "x": 0,
                "y": top,
                "width": width,
                "height": min(PIECE, height - top),
            },
        )
    for figure in page.locator("figure").all():
        name = f"{start}-{figure.get_attribute('id')}.png"
        figure.screenshot(path=SCREENSHOTS / name)


@pytest.mark.parametrize("copy", LOOKED_AT, indirect=True)
@pytest.mark.parametrize("width", [1280, 390])
def test_no_text_of_a_chart_lies_over_another_or_is_cut_off(
    opened, copy, width, request
):
    page = opened(width)
    if request.config.getoption("--all"):  # they take longer than the test itself
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
