"""One hundred typical people in each group: as many filled as the number printed."""

import re

import pytest
from support.figure_words import (
    boxes,
    number,
    outside,
    overlapping,
    printed,
    table_numbers,
)

from helpers.publication.facts.measure import Measure
from helpers.publication.figures import icons, svg

LONG = "were sent back to a custodial establishment in this or any other country"
LIMITS = dict(
    ci_treatment_low=28.2,
    ci_treatment_high=38.4,
    ci_comparison_low=39.8,
    ci_comparison_high=42.2,
)
#: difference, its interval and p
DECREASE = (-7.8, -13.1, -2.5, 0.003)
UNCLEAR = (-1.2, -6.4, 2.9, 0.47)
ZERO = (0.011, -0.021, 0.041, 0.47)


def data(
    treated=33.2, compared=41.0, label="reoffended", limits=LIMITS, behind=DECREASE
):
    values = {"value_treatment": treated, "value_comparison": compared}
    measure = {n: number(n, value, "per_100") for n, value in values.items()}
    measure |= {n: number(n, value, "limit") for n, value in limits.items()}
    words = {"label": label, "definition": "within a year", "noun": "people"}
    names = ("difference", "ci_low", "ci_high", "p_value")
    tested = {
        name: number(name, value, "p" if name == "p_value" else "fewer")
        for name, value in zip(names, behind, strict=True)
    }
    said = {"label": label, "definition": "within a year", "title": "", "kind": "rate"}
    return icons.Data(**words, measure=Measure("", **said, **tested, **measure))


HIDDEN = data("c", "c", limits=dict.fromkeys(LIMITS, "c"))
AWKWARD = {
    "usual": data(),
    "no interval": data(limits={}),
    "long": data(label=LONG),
    "ends": data(0.0, 100.0),
    "unclear": data(behind=UNCLEAR),
    "about zero": data(behind=ZERO),
    "hidden": HIDDEN,
    "none": data("z", "z", LONG, dict.fromkeys(LIMITS, "z")),
    "one hidden": data("c", 41.0),
}


def people(figure):
    """How many people are filled and outlined, group by group, then in the key."""
    found = []
    for axes in figure.axes:
        for line in axes.lines:
            if (line.get_gid() or "").startswith("people-"):
                kind = line.get_gid().split("-")[1]
                found.append((kind, len(line.get_xdata())))
    return found


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize(
    ("value", "filled"),
    [(33.2, 33), (0.4, 0), (0.5, 1), (12.5, 13), (99.6, 100), (99.4, 99)],
)
def test_as_many_people_are_filled_as_the_number_that_is_printed(value, filled, narrow):
    figure = icons.draw(data(value, 50.0), narrow)
    counts = [("filled", filled), ("outlined", 100 - filled)]
    expected = [pair for pair in counts if pair[1]]
    expected += [("filled", 50), ("outlined", 50), ("filled", 1), ("outlined", 1)]
    assert people(figure) == expected
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert f"{filled} in 100" in texts


def test_those_affected_stand_together_from_the_bottom_row():
    lines = icons.draw(data(25.0, 50.0), False).axes[0].lines
    filled, outlined = (list(line.get_ydata()) for line in lines[:2])
    # twenty in two whole rows, five in the third: y is counted from the top
    assert min(filled) >= max(outlined)
    assert [filled.count(y) for y in sorted(set(filled), reverse=True)] == [10, 10, 5]


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("name", AWKWARD)
def test_words_fit_and_every_number_is_in_the_table(name, narrow):
    figure = icons.draw(AWKWARD[name], narrow)
    found, whole = boxes(figure)
    assert whole.width == (366 if narrow else 736)
    assert overlapping(found) == []
    assert outside(found, whole) == []
    have = table_numbers(icons, AWKWARD[name])
    for words, _ in found:
        assert printed(words) <= have | {95.0}, words


@pytest.mark.parametrize("narrow", [False, True])
def test_no_person_leaves_the_drawing_or_stands_on_words(narrow):
    figure = icons.draw(AWKWARD["long"], narrow)
    found, whole = boxes(figure)
    for line in figure.axes[0].lines:
        places = figure.axes[0].transData.transform(line.get_xydata())
        for x, y in places:
            assert 8 <= x <= whole.x1 - 8
            assert 10 <= y <= whole.y1 - 10
            for words, box in found:
                beside = x + 6 < box.x0 or x - 6 > box.x1
                assert beside or y + 10 < box.y0 or y - 10 > box.y1, words


@pytest.mark.parametrize("name", ["hidden", "none", "one hidden"])
def test_no_people_are_drawn_unless_both_numbers_are_shown(name):
    for narrow in (False, True):
        assert people(icons.draw(AWKWARD[name], narrow)) == []
    headline = icons.headline(AWKWARD[name])
    assert headline.startswith("How many in 100 people ")
    assert printed(headline) == {100}


def test_a_hidden_number_is_said_in_words():
    texts = [text.get_text() for text in icons.draw(HIDDEN, False).axes[0].texts]
    assert texts.count("[c]") == texts.count("hidden to protect people") == 2
    assert icons.alternative(HIDDEN).count("hidden to protect people") == 2


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (data(), "33 in 100 people in the programme reoffended, against 41 in 100 "
         "similar people"),
        (data(33.2, 32.6), "33 in 100 people reoffended in both groups, in whole "
         "numbers"),
        (data(behind=UNCLEAR), "For every 100 people, the data allow anything from 6 "
         "fewer to 3 more who reoffended"),
        (data(behind=ZERO), "Whether fewer or more people reoffended is not clear"),
        (data(behind=(*DECREASE[:3], "z")), "Whether fewer or more people reoffended "
         "is not clear"),
        (HIDDEN, "How many in 100 people reoffended in each group"),
    ],
)  # fmt: skip
def test_the_headline_follows_the_numbers_shown(given, expected):
    assert icons.headline(given) == expected


@pytest.mark.parametrize("name", AWKWARD)
def test_the_alternative_tells_both_numbers_and_is_short(name):
    words = icons.alternative(AWKWARD[name])
    assert len(words) <= 300
    assert "In the programme" in words
    assert "Comparison group" in words
    assert printed(words) <= table_numbers(icons, AWKWARD[name]) | {95.0}
    head = printed(icons.headline(AWKWARD[name]))
    assert head <= table_numbers(icons, AWKWARD[name]) | {100.0}


def test_the_table_has_the_difference_with_its_interval():
    rows = [[getattr(cell, "text", cell) for cell in row]
            for row in icons.table(data())[1]]  # fmt: skip
    assert rows == [
        ["In the programme", "33", "28", "38"],
        ["Comparison group", "41", "40", "42"],
        ["Difference", "8 fewer", "13 fewer", "3 fewer"],
    ]


def test_the_alternative_of_a_very_long_label_keeps_the_numbers():
    words = icons.alternative(data(label=f"{LONG}, and then {LONG}, and then {LONG}"))
    assert len(words) <= 300
    assert {33.0, 41.0} <= printed(words)


def test_the_key_is_plain_whatever_the_outcome_is_called():
    for label, others in (("reoffended", "did not reoffend"),
                          ("returned to prison", "all others")):  # fmt: skip
        texts = [
            t.get_text() for t in icons.draw(data(label=label), False).axes[0].texts
        ]
        assert texts[-2:] == [label, others]


def test_the_intervals_are_left_out_where_the_study_gives_none():
    columns, rows = icons.table(data(limits={}))
    assert columns == ["Group", "How many in 100 reoffended"]
    assert [len(row) for row in rows] == [2, 2]
    texts = [t.get_text() for t in icons.draw(data(limits={}), True).axes[0].texts]
    assert not any("interval" in words for words in texts)


def test_a_person_is_drawn_once_and_repeated():
    drawing = svg(icons.draw(data(), False), "key", icons.alternative(data()))
    assert drawing == svg(icons.draw(data(), False), "key", icons.alternative(data()))
    assert drawing.count("<use ") == 202
    assert len(drawing) < 40_000
    ids = re.findall(r'\bid="([^"]+)"', drawing)
    assert len(set(ids)) == len(ids)
