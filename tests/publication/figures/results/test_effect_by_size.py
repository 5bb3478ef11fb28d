"""Effect by size: marks where sizes and differences are, and words that fit."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples
from support.figure_words import (
    boxes,
    number,
    outside,
    overlapping,
    printed,
    table_numbers,
)

from helpers.publication.facts.published import Result
from helpers.publication.figures import FIGURES, svg
from helpers.publication.figures.marks import MARKS
from helpers.publication.figures.results.effect_scale import sizes_round

FIGURE = FIGURES["effect_by_size"]
MIDDLE = "5 fewer (middle of the interval)"
FINDINGS = ("decrease", "inconclusive", "increase", "not_found")


def result(n, difference, finding="inconclusive", **other):
    """A published result of so many people."""
    told = {
        "label": "A programme",
        "organisation": "An organisation",
        "published": "Jan 2014",
        "interval": "none",
        "finding": finding,
        "types": {"intervention": "Mentoring"},
    }
    return Result(
        difference=number(f"d{n}", difference, "size"),
        n=number(f"n{n}", n, "count"),
        **told | other,
    )


def study(n, difference, label="Men", low=-9.0, high=-1.0, p_value=0.02):
    """This study's own result, whose finding follows from its numbers."""
    return result(
        n, difference, "", label=label, published="this report", interval="own",
        ci_low=number("low", low, "size"), ci_high=number("high", high, "size"),
        p_value=number("p", p_value, "p"),
    )  # fmt: skip


def many(count):
    """Results from 10 to 100,000 people, from 40 fewer to 30 more in every 100."""
    return [
        result(
            round(10 ** (1 + 4 * place / (count - 1))),
            float(-40 + 70 * (place * 37 % count) // (count - 1)),
            FINDINGS[place % 4],
        )
        for place in range(count)
    ]


LONG = "Under 25 when released, and supported through the gate by a mentor"

CASES = {
    "none": [],
    "one": [result(412, -3.0)],
    "one of nobody's difference": [result(1, 0.0)],
    "all alike": [result(n, -4.0, "decrease") for n in (50, 500, 5000)],
    "200": many(200),
    "200 and one study": [*many(200), study(412, -5.0)],
    "only a study": [study(412, -5.0)],
    "three studies": [
        *many(134),
        study(412, -5.0),
        study(415, -1.0, "Women", -6.0, 4.0, 0.6),
        study(20_000, 3.0, LONG, 1.0, 5.0, 0.01),
    ],
    "twelve studies": [*many(20), *(study(400 + i, -5.0, LONG) for i in range(12))],
}


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("rows", CASES.values(), ids=CASES)
def test_no_words_overlap_or_leave_the_drawing(rows, narrow):
    words, whole = boxes(FIGURE.draw(FIGURE.Data(rows), narrow))
    assert whole.width == (366 if narrow else 736)
    assert overlapping(words) == []
    assert outside(words, whole) == []


@settings(max_examples=examples(30), deadline=None)
@given(
    sizes=st.lists(
        st.tuples(st.integers(1, 10**7), st.integers(-100, 100)), max_size=9
    ),
    own=st.lists(st.tuples(st.integers(1, 10**6), st.integers(-60, 60)), max_size=4),
    narrow=st.booleans(),
)
def test_whatever_the_sizes_and_differences_all_is_inside(sizes, own, narrow):
    rows = [result(n, float(d)) for n, d in sizes]
    rows += [study(n, float(d), LONG) for n, d in own]
    figure = FIGURE.draw(FIGURE.Data(rows), narrow)
    words, whole = boxes(figure)
    assert overlapping(words) == []
    assert outside(words, whole) == []
    assert len(marks(figure)) == len(rows)
    left, right = figure.axes[0].get_xlim()
    for x, y, _ in marks(figure):
        assert left <= x <= right
        assert 0 <= y <= whole.height


def marks(figure):
    """Where each result's mark is, and its finding; not those of the key."""
    [above] = [
        text.get_position()[1]
        for text in figure.axes[0].texts
        if text.get_text() == "More people reoffended"
    ]
    return [
        (x, y, gid.split("-")[1])
        for line in figure.axes[0].lines
        if (gid := line.get_gid() or "").startswith("mark-")
        for x, y in zip(*line.get_data(), strict=True)
        if y > above
    ]


def test_a_mark_lies_at_its_size_and_difference():
    """By hand: 100 is halfway between 10 and 1,000; from −20 to 20 zero is halfway."""
    rows = [result(10, -20.0), result(100, 0.0, "increase"), result(1000, 20.0)]
    for narrow in (False, True):
        placed = sorted(marks(FIGURE.draw(FIGURE.Data(rows), narrow)))
        (x1, y1, _), (x2, y2, middle), (x3, y3, _) = placed
        assert middle == "increase"
        assert x2 - x1 == pytest.approx(x3 - x2)
        assert y2 - y3 == pytest.approx(y1 - y2)
        assert y3 < y2 < y1  # more people reoffended are above
        assert y1 - y3 == pytest.approx(332)  # 360 high, 14 free above and beneath


@pytest.mark.parametrize("narrow", [False, True])
def test_marks_at_the_ends_of_both_scales_lie_off_the_edge_of_the_plot(narrow):
    """Sizes and differences that are ticks themselves: ten pixels hold a mark."""
    rows = [result(10, -20.0), result(1000, 20.0, "decrease")]
    figure = FIGURE.draw(FIGURE.Data(rows), narrow)
    lines = [line for line in figure.axes[0].lines if len(line.get_xdata()) == 2]
    across = [x for line in lines for x in line.get_xdata()]
    down = [y for line in lines for y in line.get_ydata()]
    for x, y, _ in marks(figure):
        assert min(across) + 10 <= x <= max(across) - 10
        assert min(down) + 10 <= y <= max(down) - 10


def test_the_key_has_only_the_marks_that_are_drawn():
    rows = [result(10, -2.0), result(100, 1.0, "increase"), study(300, -5.0)]
    texts = FIGURE.draw(FIGURE.Data(rows), True).axes[0].texts
    words = [text.get_text() for text in texts]
    assert [word for word in words if word in {m.words for m in MARKS.values()}] == [
        MARKS[found].words for found in ("decrease", "inconclusive", "increase")
    ]


def test_both_sides_of_the_scale_say_fewer_and_more():
    rows = [result(10, -20.0), result(100, 10.0)]
    texts = FIGURE.draw(FIGURE.Data(rows), True).axes[0].texts
    words = {text.get_text() for text in texts}
    assert {"20 fewer", "10 fewer", "0", "10 more"} <= words


@pytest.mark.parametrize(
    ("least", "most", "expected"),
    [
        (114, 19807, (100, 300, 1000, 3000, 10000, 30000)),
        (30, 100, (30, 100)),
        (412, 412, (300, 1000)),
        (300, 300, (300, 1000)),
        (1, 1, (1, 3)),
        (29, 101, (10, 30, 100, 300)),
    ],
)
def test_sizes_on_the_axis_are_round_and_hold_every_result(least, most, expected):
    assert sizes_round(least, most) == expected


def test_sides_are_named_in_words_and_no_number_has_a_sign():
    figure = FIGURE.draw(FIGURE.Data(many(20)), False)
    words = [text.get_text() for text in figure.axes[0].texts]
    assert {"More people reoffended", "Fewer people reoffended"} <= set(words)
    assert not any("\u2212" in text or "-" in text for text in words)


def test_what_is_not_shown_has_no_mark_and_no_row():
    rows = [
        result(412, -3.0),
        study("c", -5.0),
        study(400, "c"),
        study(300, -5.0, low="c", high="c", p_value="c"),
        result(500, "z"),
    ]
    data = FIGURE.Data(rows)
    assert len(marks(FIGURE.draw(data, False))) == 1
    assert len(FIGURE.table(data)[1]) == 1
    assert "This study" not in FIGURE.alternative(data)


def test_the_table_has_type_size_difference_and_finding_smallest_first():
    data = FIGURE.Data(
        [
            result(6000, -7.0, "decrease", n_about=True),
            result(114, -4.0, published=""),
            result(300, -5.0, "decrease", middle=True),
            study(412, -5.0, "Men"),
        ]
    )
    rows = [[getattr(c, "text", c) for c in row] for row in FIGURE.table(data)[1]]
    name, type_ = "An organisation: A programme", "Mentoring"
    assert rows == [
        [name, type_, "date not printed", "114", "4 fewer", "Inconclusive"],
        [name, type_, "Jan 2014", "300", MIDDLE, "Decrease"],
        ["An organisation: Men", type_, "this report", "412", "5 fewer", "Decrease"],
        [name, type_, "Jan 2014", "about 6,000", "7 fewer", "Decrease"],
    ]  # fmt: skip


def test_several_studies_have_letters_in_drawing_and_table():
    data = FIGURE.Data([study(900, -5.0, "Women"), study(412, -5.0, "Men")])
    words = [text.get_text() for text in FIGURE.draw(data, True).axes[0].texts]
    assert words.count("A") == words.count("B") == 2  # over the line, and in the key
    assert words.index("Men") < words.index("Women")
    names = [row[0] for row in FIGURE.table(data)[1]]
    assert names == [
        "An organisation: Men (A in the figure)",
        "An organisation: Women (B in the figure)",
    ]


def half(sizes, differences):
    return [result(n, float(d)) for n, d in zip(sizes, differences, strict=True)]


@pytest.mark.parametrize(
    ("small", "large", "expected"),
    [
        # mean distances from the median: 8 and 2.4; 2.4 and 8; 8 and 8
        ((-20, -4, 0, 4, 12), (-6, -2, 0, 1, 3), "Results of small groups lie further"),
        ((-6, -2, 0, 1, 3), (-20, -4, 0, 4, 12), "Results of large groups lie further"),
        ((-20, -4, 0, 4, 12), (-20, -4, 0, 4, 12), "Ten results, of 50 to 5,004"),
    ],
)
def test_the_headline_tells_of_spread_where_it_is_clear(small, large, expected):
    rows = half(range(50, 55), small) + half(range(5000, 5005), large)
    assert FIGURE.headline(FIGURE.Data(rows)).startswith(expected)
    # of nine results it tells no spread, whatever they are
    assert FIGURE.headline(FIGURE.Data(rows[1:])).startswith("Nine results, of 51 to")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], "Differences in reoffending, by size of the treatment group"),
        ([result(412, -3.0)], "One result, of 412 people: 3 fewer in every 100"),
        (
            [result(50, -4.0), result(500, -4.0)],
            "Two results, of 50 to 500 people: 4 fewer in every 100",
        ),
        (
            [result(90, 1.0, n_about=True), result(500, -4.0), result(19807, -8.0)],
            "Three results, of about 90 to 19,807 people: from 8 fewer to 1 more in "
            "every 100",
        ),
        (
            half(range(100, 113), range(-6, 7)),
            "Results of 100 to 112 people: from 6 fewer to 6 more in every 100",
        ),
    ],
)
def test_the_headline_of_a_few_tells_how_far_they_reach(rows, expected):
    assert FIGURE.headline(FIGURE.Data(rows)) == expected
    # this study is told apart, in the alternative
    assert FIGURE.headline(FIGURE.Data([*rows, study(5, -30.0)])) == expected


@pytest.mark.parametrize("rows", CASES.values(), ids=CASES)
def test_words_say_only_numbers_of_the_table(rows):
    data = FIGURE.Data(rows)
    have = table_numbers(FIGURE, data) | {100.0, 25.0, float(len(rows))}
    have |= {float(sum(not row.own for row in rows))}
    assert printed(FIGURE.headline(data)) <= have
    assert printed(FIGURE.alternative(data)) <= have
    assert len(FIGURE.headline(data).split()) <= 16


def test_200_results_are_a_small_drawing_with_the_same_bytes_each_time():
    data = FIGURE.Data(many(200))
    drawings = {svg(FIGURE.draw(data, True), "k", "t") for _ in range(2)}
    assert len(drawings) == 1
    assert len(drawings.pop()) < 40_000


def test_equal_ratios_are_equal_steps():
    rows = [result(n, 0.0) for n in (30, 300, 3000, 30000)]
    xs = sorted(x for x, _, _ in marks(FIGURE.draw(FIGURE.Data(rows), False)))
    steps = [b - a for a, b in zip(xs, xs[1:], strict=False)]
    assert all(math.isclose(step, steps[0]) for step in steps)
