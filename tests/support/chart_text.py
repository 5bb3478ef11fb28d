"""The texts of a page's charts as a browser lays them out, and what is amiss."""

from itertools import combinations

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
