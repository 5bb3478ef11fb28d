"""The figure of curves: what it says, that its words fit, and what its table holds."""

from dataclasses import replace

import pytest
from support.figure_words import (
    boxes,
    number,
    outside,
    overlapping,
    printed,
    table_numbers,
)

from helpers.publication.facts.measure import Moment
from helpers.publication.figures import FIGURES, svg

FIGURE = FIGURES["curves"]
MONTHS = (*range(30, 360, 30), 365)
QUARTERS = (90, 180, 270, 365)

#: limits of the difference at the four quarters
NONE = ((-7, 1), (-9, 2), (-8, 3), (-9, 4))
LATE = ((-7, 1), (-9, -1), (-10, -1), (-12, -3))
ALL = ((-7, -1), (-9, -1), (-10, -1), (-12, -3))
BOTH = ((-7, -1), (-3, 2), (-3, 3), (2, 9))


def moment(day, shares, gap=None, tested="yes"):
    quarter = {}
    if gap:
        quarter = {
            "at_risk_treatment": number(f"a{day}", 1000 - 10 * shares[0], "count"),
            "at_risk_comparison": number(f"b{day}", 2000 - 20 * shares[1], "count"),
            "difference": number(f"d{day}", shares[0] - shares[1], "fewer"),
            "ci_low": number(f"l{day}", gap[0], "fewer"),
            "ci_high": number(f"h{day}", gap[1], "fewer"),
            "tested": number(f"t{day}", tested, "text"),
        }
    ends = [number(f"{g}{end}{day}", share + by, "limit")
            for g, share in zip("tc", shares, strict=True)
            for end, by in (("l", -3), ("h", 4))]  # fmt: skip
    both = [number(f"{g}{day}", share, "per_cent")
            for g, share in zip("tc", shares, strict=True)]  # fmt: skip
    return Moment(number(f"day{day}", float(day), "count"), *both, *ends, **quarter)


def curves(gaps=LATE, days=MONTHS, end=(32.0, 40.0), tested="yes", **other):
    told = [
        moment(
            day,
            [round(share * (day / 365) ** 0.6) for share in end],
            gaps[QUARTERS.index(day)] if day in QUARTERS else None,
            tested,
        )
        for day in days
    ]
    given = {"noun": "people", "label": "reoffended", "analysis": "", "moments": told}
    sizes = [number("nt", 1000.0, "count"), number("nc", 2000.0, "count")]
    given |= dict(zip(("size_treatment", "size_comparison"), sizes, strict=True))
    return FIGURE.Data(**given | other)


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("days", [MONTHS, QUARTERS])
@pytest.mark.parametrize("end", [(32.0, 40.0), (40.0, 40.0), (6.0, 3.0), (96.0, 95.0)])
def test_words_fit_and_do_not_lie_over_each_other(days, end, narrow):
    found, whole = boxes(FIGURE.draw(curves(days=days, end=end), narrow))
    assert overlapping(found) == []
    assert outside(found, whole) == []


@pytest.mark.parametrize(
    ("gaps", "words"),
    [
        (NONE, "How soon people reoffended: taken together, the four times show no "
               "clear difference"),
        (LATE, "Fewer people in the programme reoffended by day 180, 270 and 365; not "
               "clear by day 90"),
        (ALL, "Fewer people in the programme reoffended by day 90, 180, 270 and 365"),
        (BOTH, "Fewer people in the programme reoffended by day 90; more people in the "
               "programme reoffended by day 365; not clear by day 180 and 270"),
    ],
)  # fmt: skip
def test_the_headline_says_by_which_days_the_groups_differ(gaps, words):
    assert FIGURE.headline(curves(gaps)) == words
    named = FIGURE.headline(curves(gaps, analysis="Men"))
    assert named == f"Men: {words[0].lower()}{words[1:]}"


def test_too_few_for_a_test_tell_nothing():
    assert "show no clear difference" in FIGURE.headline(curves(ALL, tested="no"))


def test_a_limit_printed_as_nought_is_not_clear():
    close = ((-7, -0.041), (-9, 0.041), (-9, 1), (-9, 1))
    assert "show no clear difference" in FIGURE.headline(curves(close))


def hidden():
    """Curves of which nothing may be shown."""
    told = [
        Moment(number(f"day{day}", float(day), "count"),
               *(number(f"{n}{day}", "c", "per_cent") for n in range(6)),
               *(number(f"{n}{day}", "c", "count") for n in range(6, 12)))
        for day in QUARTERS
    ]  # fmt: skip
    return curves(moments=told)


@pytest.mark.parametrize("narrow", [False, True])
def test_what_is_hidden_is_not_drawn_and_the_headline_is_neutral(narrow):
    data = hidden()
    assert FIGURE.headline(data) == "How soon people reoffended in both groups"
    found, whole = boxes(FIGURE.draw(data, narrow))
    assert overlapping(found) == []
    assert outside(found, whole) == []
    words = " ".join(text for text, _ in found)
    assert "[c] not shown, to protect people" in words


def test_a_hidden_day_is_passed_over():
    data = curves()
    gone = moment(120, (1, 1))
    hidden_ = Moment(gone.day, *(number(f"x{i}", "c", "per_cent") for i in range(6)))
    told = [hidden_ if m.day.value == 120 else m for m in data.moments]
    found, _ = boxes(FIGURE.draw(curves(moments=told), False))
    assert "32%" in [text for text, _ in found]


def test_numbers_of_the_drawing_and_its_words_are_in_the_table():
    data = curves()
    known = table_numbers(FIGURE, data) | {95.0}
    for words in (FIGURE.headline(data), FIGURE.alternative(data)):
        assert printed(words) <= known
    assert len(FIGURE.alternative(data)) <= 300
    for narrow in (False, True):
        figure = FIGURE.draw(data, narrow)
        texts = [t for axes in figure.axes for t in axes.texts
                 if not (t.get_gid() or "").startswith(("tick", "axis"))]  # fmt: skip
        for text in texts:
            assert printed(text.get_text()) <= known


def test_the_groups_differ_by_more_than_colour():
    figure = FIGURE.draw(curves(), False)
    [axes] = figure.axes
    marks = {line.get_marker() for line in axes.lines} - {"None"}
    assert marks == {"o", "s"}
    dashes = {
        line.get_linestyle() for line in axes.lines if line.get_linewidth() == 2.5
    }
    assert dashes == {"-", "--"}


@pytest.mark.parametrize("narrow", [False, True])
def test_a_long_label_fits(narrow):
    label = "were recalled to prison or found guilty of another offence of any kind"
    found, whole = boxes(FIGURE.draw(curves(label=label), narrow))
    assert overlapping(found) == []
    assert outside(found, whole) == []


@pytest.mark.parametrize("narrow", [False, True])
def test_numbers_of_six_digits_fit(narrow):
    many = number("nc", 999_999.0, "count")
    told = [
        replace(m, at_risk_comparison=replace(many, ref=f"b{m.day.value}"))
        if m.difference
        else m
        for m in curves().moments
    ]
    data = curves(moments=told, size_comparison=many)
    found, whole = boxes(FIGURE.draw(data, narrow))
    assert overlapping(found) == []
    assert outside(found, whole) == []


def test_the_same_bytes_each_time():
    drawn = {svg(FIGURE.draw(curves(), True), "key", "words") for _ in range(2)}
    assert len(drawn) == 1
