"""What a drawn figure says and where: its words, their boxes, its table's numbers."""

import re
from itertools import combinations

from matplotlib.backends.backend_agg import FigureCanvasAgg

from helpers.publication.numbers import Number


def number(ref, value, format="smd"):
    state = value if value in ("c", "z") else "shown"
    return Number(ref, None if state != "shown" else value, format, state)


def boxes(figure):
    # where words stand is known before anything is drawn
    renderer = FigureCanvasAgg(figure).get_renderer()
    found = [
        (text.get_text(), text.get_window_extent(renderer))
        for axes in figure.axes
        for text in axes.texts
        if text.get_text().strip()
    ]
    return found, figure.bbox


def overlapping(found):
    # letters of lines set closely may touch by a pixel
    return [
        (one, other)
        for (one, a), (other, b) in combinations(found, 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 1
        and min(a.y1, b.y1) - max(a.y0, b.y0) > 3
    ]


def outside(found, whole):
    return [
        words
        for words, box in found
        if box.x0 < 0 or box.y0 < 0 or box.x1 > whole.x1 or box.y1 > whole.y1
    ]


NUMBERS = r"(?<![\w.])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.])\d+(?:\.\d+)?"


def printed(words):
    return {float(n.replace(",", "")) for n in re.findall(NUMBERS, words)}


def table_numbers(module, data):
    columns, rows = module.table(data)
    assert all(len(row) in (1, len(columns)) for row in rows)
    cells = [cell for row in rows for cell in row] + columns
    texts = (cell.text if isinstance(cell, Number) else cell for cell in cells)
    return {n for words in texts for n in printed(words)}
