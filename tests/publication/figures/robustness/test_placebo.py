"""The placebo figure: what made-up programmes came to, and the real result."""

import pytest
from support.figure_words import (
    boxes,
    number,
    outside,
    overlapping,
    printed,
    table_numbers,
)

from helpers.publication.facts.doubts import Bar
from helpers.publication.figures import FIGURES, svg

FIGURE = FIGURES["placebo"]
SIDE = {"rate": "fewer", "days": "shorter", "amount": "lower", "tenths": "lower_tenth"}


def _larger(n, at, real):
    """All of the bars beyond the real result, and half of those at it."""
    if "c" in (n, real):
        return n
    return n if abs(at) > abs(real) else n // 2 if abs(at) == abs(real) else 0


def drawn(counts, real, kind="rate", first=-4, step=1, large=None):
    """Bars of these counts from the first difference on, and the real result."""
    side = SIDE[kind]
    bars = [
        Bar(
            number(f"at{i}", first + i * step, side),
            number(f"n{i}", n, "count"),
            number(f"l{i}", _larger(n, first + i * step, real), "count"),
        )
        for i, n in enumerate(counts)
    ]
    all_ = sum(n for n in counts if n != "c")
    at = [first + i * step for i in range(len(counts))]
    if large is None:
        pairs = zip(at, counts, strict=True)
        large = sum(_larger(n, d, real) for d, n in pairs)
    per = {"rate": "in every 100 people", "days": "days", "amount": "£",
           "tenths": "hours a week"}[kind]  # fmt: skip
    return FIGURE.Data(
        "amount" if kind == "tenths" else kind,
        "One-year proven reoffending rate",
        per,
        number("d", real, side),
        number("large", large, "count"),
        number("groups", 10 * all_, "count"),
        number("all", all_, "count"),
        bars,
    )


HEAP = [1, 4, 11, 30, 52, 49, 31, 14, 6, 2]


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize(
    "data",
    [
        drawn(HEAP, -2),
        drawn(HEAP, -19),
        drawn(HEAP, 26),
        drawn(HEAP, 0),
        drawn([200], 0, first=0),
        drawn([1], 3, first=0),
        drawn(HEAP, -5, "days", first=-40, step=10),
        drawn(HEAP, 12000, "amount", first=-9000, step=2000),
        drawn(HEAP, 0.3, "tenths", first=-0.4, step=0.1),
        drawn([9000, 1000] * 15, -3, first=-15),
    ],
)
def test_words_fit_and_every_number_is_in_the_table(data, narrow):
    figure = FIGURE.draw(data, narrow)
    found, whole = boxes(figure)
    assert overlapping(found) == []
    assert outside(found, whole) == []
    known = table_numbers(FIGURE, data)
    assert printed(FIGURE.headline(data)) <= known
    assert printed(FIGURE.alternative(data)) <= known
    svg(figure, "key", FIGURE.alternative(data))


def test_the_table_has_no_heading_without_rows():
    """26 lies beyond every bar, −2 within them: only then is any as large."""
    heading = ["Of them, as large as the real result, or larger"]
    assert heading in FIGURE.table(drawn(HEAP, -2))[1]
    assert heading not in FIGURE.table(drawn(HEAP, 26))[1]


def test_the_bars_as_large_as_the_real_result_are_dark():
    """Of −4 to 5 with a real one of −3: −4, 4 and 5, and half of −3 and 3 below."""
    axes = FIGURE.draw(drawn(HEAP, -3), narrow=False).axes[0]
    fills = [patch.get_facecolor()[:3] for patch in axes.patches]
    dark = [fill == min(fills) for fill in fills]
    assert dark == [True, True, *[False] * 6, True, False, True, True]
    heights = [patch.get_height() for patch in axes.patches]
    high = [1, 2, 2, 11, 30, 52, 49, 31, 7, 7, 6, 2]
    assert [h / heights[0] for h in heights] == pytest.approx(high)
    at = [patch.get_y() for patch in axes.patches]
    assert at[2] + heights[2] == pytest.approx(at[1])


@pytest.mark.parametrize(
    ("large", "said"),
    [
        (9, "9 of 200 made-up programmes came to a difference as large as the real"),
        (0, "none of 200 made-up programmes came to"),
        (200, "all of 200 made-up programmes came to"),
    ],
)
def test_the_headline_says_how_many_are_as_large(large, said):
    head = FIGURE.headline(drawn(HEAP, -4, large=large))
    assert head.startswith(f"One-year proven reoffending rate: {said}")
    assert head.endswith("allowing for how far chance moves each")


def test_the_alternative_says_where_they_lie_and_where_the_real_result():
    assert FIGURE.alternative(drawn(HEAP, -4)) == (
        "Bars of what 200 made-up programmes came to, as if of the real one’s size, "
        "in every 100 people: from 4 fewer to 5 more, most often 0 (52 of them). The "
        "real result is 4 fewer."
    )


@pytest.mark.parametrize("narrow", [False, True])
def test_hidden_numbers_draw_nothing(narrow):
    hidden = drawn(["c"] * 10, "c", large="c")
    found, _ = boxes(FIGURE.draw(hidden, narrow))
    assert found == []
    assert FIGURE.headline(hidden).endswith(": made-up programmes")
    assert FIGURE.alternative(hidden) == "What made-up programmes came to is not shown."
