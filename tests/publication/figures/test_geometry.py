"""Drawings tell no more than the numbers printed: read as an attacker reads them."""

import math
import re

import pytest
from support.figure_words import number

from helpers.publication.disclosure.rules import PRECISIONS
from helpers.publication.facts.measure import Measure
from helpers.publication.figures import FIGURES, common

Z2 = 1.959964**2
N = r"([\d.]+)"
BAR = re.compile(rf'd="M {N} {N} L {N} {N} L {N} {N} L {N} {N} z " fill="#12436d"')
LINE = re.compile(rf'd="M {N} {N} L {N} {N} " fill="none" stroke="#0b0c0c"')


def printed(count, people):
    """Rate and Wilson's limits in per cent, as they are registered."""
    p = count / people
    middle, scale = p + Z2 / (2 * people), 1 + Z2 / people
    reach = math.sqrt(Z2 * (p * (1 - p) / people + Z2 / (4 * people**2)))
    shares = (p, (middle - reach) / scale, (middle + reach) / scale)
    return tuple(PRECISIONS["whole"](100 * share) for share in shares)


def drawn(count, people):
    told, values = printed(count, people), {}
    for group in ("treatment", "comparison"):
        names = (f"value_{group}", f"ci_{group}_low", f"ci_{group}_high")
        values |= {n: number(n, v, "per_100") for n, v in zip(names, told, strict=True)}
    of = {"difference": 0.0, "ci_low": -5.0, "ci_high": 5.0, "p_value": 0.9}
    values |= {name: number(name, value) for name, value in of.items()}
    measure = Measure("rate", "rate", "reoffended", "within a year", "Rate",
                      **values)  # fmt: skip
    module = FIGURES["measures"]
    figure = module.draw(module.Data("people", "", [measure]), False)
    return re.sub(r"\s+", " ", common.svg(figure, "x", "Bars."))


def rate(svg, people):
    """A share from the ratio of Wilson's middle to the bar: no axis is needed."""
    x, y, right, _, _, bottom, *_ = map(float, BAR.search(svg).groups())
    lines = [tuple(map(float, line)) for line in LINE.findall(svg)]
    low, high = next((a, c) for a, b, c, d in lines if b == d == (y + bottom) / 2)
    ratio = ((low + high) / 2 - x) / (right - x)
    return (Z2 / (2 * people)) / (ratio * (1 + Z2 / people) - 1)


@pytest.mark.parametrize(("count", "people"), [(147, 429), (340, 1000), (1020, 3000)])
def test_the_count_behind_a_bar_is_not_the_only_one_left(count, people):
    alike = [k for k in range(people) if printed(k, people) == printed(count, people)]
    assert len(alike) > 1
    assert len({drawn(k, people) for k in alike}) == 1
    # with full digits this reading is right to a tenth of a person
    assert abs(people * rate(drawn(count, people), people) - count) > 1


def test_lines_drawn_together_are_one_path_that_lifts_the_pen_between_them():
    figure, axes = common.canvas(True, 40)
    pieces = [((10, 10), (5, 30)), ((20, 20), (5, 30))]
    common.lines(axes, pieces, common.GRID, 1)
    paths = re.findall('d="([^"]*)" fill="none"', common.svg(figure, "x", "Lines."))
    assert [len(path.split("M")) for path in paths] == [3]  # two strokes
    assert re.findall(r"L ([\d.]+) ([\d.]+)", paths[0].replace("\n", " ")) == [
        (str(common.EDGE + 10), "30"), (str(common.EDGE + 20), "30")
    ]  # fmt: skip


def test_coordinates_have_one_decimal_at_most():
    decimals = re.findall(r'="[^"]*?\d\.(\d+)[^"]*"', drawn(147, 429))
    assert decimals and max(map(len, decimals)) == 1


def test_lines_that_look_alike_are_one_path_and_bars_and_intervals_stay_apart():
    figure, axes = common.canvas(True, 60)
    for y in (10, 20):
        common.line(axes, (0, 50), (y, y), common.GRID, 1)
    for y in (30, 40):
        common.line(axes, (0, 50), (y, y), common.INK, 1)
    drawing = common.svg(figure, "x", "Lines.")
    ways = re.findall(r'd="([^"]*)" fill="none" stroke="([^"]*)"', drawing)
    left, right = common.EDGE, common.EDGE + 50
    assert [(" ".join(way.split()), colour) for way, colour in ways] == [
        (f"M {left} 10 L {right} 10 M {left} 20 L {right} 20", "#d9d9d9"),
        (f"M {left} 30 L {right} 30", "#0b0c0c"),
        (f"M {left} 40 L {right} 40", "#0b0c0c"),
    ]


def test_numbers_of_an_axis_lie_in_one_group_and_say_no_look_that_all_words_have():
    figure, axes = common.canvas(True, 40)
    common.text(axes, 0, 10, "Name")
    for x in (10, 20, 30):
        common.axis_text(axes, x, 30, str(x), "tick_x")
    drawing = common.svg(figure, "x", "Words.")
    assert len(re.findall(r'<g id="x-tick_x-\d+">', drawing)) == 1
    assert re.findall(r"<text([^>]*) x=[^>]*>Name<", drawing) == [""]
    assert drawing.count("<text") == 4
