"""What drawings tell beyond their printed numbers.

Reads release/ alone (sizes from results-reoffending_rate.csv, bars and intervals from
measures-*.svg) and gives who reoffended as a whole number from the drawing, without any
digit of result.json or of the page's data.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from helpers.publication import refs

Z2 = 1.959964**2
N = r"([\d.]+)"
BAR = re.compile(rf'd="M {N} {N} L {N} {N} L {N} {N} L {N} {N} z " fill="#12436d"')
LINE = re.compile(rf'd="M {N} {N} L {N} {N} " fill="none" stroke="#0b0c0c"')


def bars(svg):
    """Bars of the treated and the interval on each: left, right, low, high."""
    text, found = re.sub(r"\s+", " ", svg.read_text()), []
    lines = [tuple(map(float, line)) for line in LINE.findall(text)]
    for bar in BAR.findall(text):
        x, y, right, _, _, bottom, *_ = map(float, bar)
        on = [(a, c) for a, b, c, d in lines if b == d == (y + bottom) / 2]
        found.append((x, right, *(on[0] if on else (None, None))))
    return found


def rate(bar, n):
    """A share from the ratio of Wilson's middle to the bar: no axis is needed."""
    left, right, low, high = bar
    ratio = ((low + high) / 2 - left) / (right - left)
    return (Z2 / (2 * n)) / (ratio * (1 + Z2 / n) - 1)


def reoffended(folder: Path) -> Iterator[tuple[str, int, float]]:
    """Give each drawing's analysis, its treated, and how many of them reoffended."""
    release = Path(folder) / "release"
    for svg in sorted((release / "figures").glob("measures-*.svg")):
        base = svg.stem.removeprefix("measures-")
        table = release / "tables/results-reoffending_rate.csv"
        rows = csv.reader(table.read_text().splitlines())
        sizes = {refs.slug(row[0]): row[1] for row in rows}
        n = sizes.get(base, "[c]").replace(",", "")
        drawn = bars(svg)
        if n.isdigit() and drawn and drawn[0][2] is not None:
            yield base, int(n), int(n) * rate(drawn[0], int(n))


def decimals(folder: Path) -> dict[str, int]:
    """Give the decimals of a pixel that the drawings of balance are made to."""
    figures = sorted((Path(folder) / "release/figures").glob("love-plot-*.svg"))
    numbers = {svg.stem: re.findall(r"\d+\.(\d+)", svg.read_text()) for svg in figures}
    return {stem: max(map(len, found), default=0) for stem, found in numbers.items()}
