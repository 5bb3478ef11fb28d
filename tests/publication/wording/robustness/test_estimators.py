"""What other ways of comparing come to, in words written before they were asked for."""

import pytest
from support.small_report import plain
from support.small_words import measure
from support.ways import EVEN, HIDDEN, HIGH, HIGHISH, LOW, LOWISH, poor, way

from helpers.publication.numbers import Place
from helpers.publication.wording.robustness.estimators import (
    APART,
    NO_FINDING,
    NONE,
    estimators,
    not_borne_out,
)

FIGURE = Place("estimators-all", "Figure 4")


def said(found, ways, kind="rate"):
    rows = [way(LOW, main=True), *ways]
    return plain(estimators({"measure": measure(kind, found), "ways": rows}))


@pytest.mark.parametrize(
    ("found", "ways", "expected"),
    [
        (
            "decrease",
            [way(LOW)] * 12,
            "All twelve other ways of comparing give a difference in the same "
            "direction, lower. In all of these the whole interval is on that side.",
        ),
        (
            "decrease",
            [*[way(LOW)] * 9, way(LOWISH), way(LOWISH), way(HIGHISH)],
            "Eleven of twelve other ways of comparing give a difference in the same "
            "direction, lower. In nine of these the whole interval is on that side. "
            "One gives a difference in the other.",
        ),
        (
            "increase",
            [way(HIGH), way(LOW), way(LOW), way(EVEN)],
            "One of four other ways of comparing gives a difference in the same "
            "direction, higher. Its whole interval is on that side. Two give a "
            "difference in the other. One gives no difference.",
        ),
        (
            "increase",
            [way(LOWISH)] * 2,
            "None of two other ways of comparing gives a difference in the same "
            "direction, higher. Two give a difference in the other.",
        ),
        (
            "decrease",
            [way(LOWISH)] * 3,
            "All three other ways of comparing give a difference in the same "
            "direction, lower. In none of these is the whole interval on that side.",
        ),
        (
            "decrease",
            [way(HIGHISH)],
            "The one other way of comparing does not give a difference in the same "
            "direction, lower. One gives a difference in the other.",
        ),
        (
            "inconclusive",
            [way(LOWISH)] * 3,
            "All three other ways of comparing leave it open too: their intervals "
            "include no difference.",
        ),
        (
            "inconclusive",
            [way(LOWISH)] * 7 + [poor(HIGHISH)] * 5,
            "All twelve other ways of comparing leave it open too: their intervals "
            "include no difference. The differences themselves point both ways: seven "
            "lower, five higher. In five of them the groups are not alike enough: give "
            "them little weight.",
        ),
        (
            "untested",
            [way(LOW), way(HIGH), way(LOWISH), way(EVEN)],
            "Two of four other ways of comparing leave it open too. In two the whole "
            "interval is on one side: one lower and one higher. The differences "
            "themselves point both ways: two lower, one higher.",
        ),
        (
            "inconclusive",
            [way(LOW), way(LOWISH), way(LOWISH)],
            "Two of three other ways of comparing leave it open too. In one the whole "
            "interval is on the lower side.",
        ),
        ("inconclusive", [way(HIDDEN)] * 3, NONE),
        ("withheld", [way(HIDDEN)] * 3, NO_FINDING),
        ("none", [way(LOW)], NO_FINDING),
    ],
)
def test_what_is_written_of_other_ways(found, ways, expected):
    assert said(found, ways) == expected


def test_a_time_is_shorter_or_longer():
    assert "direction, shorter." in said("decrease", [way(LOW)] * 2, "days")


def test_two_ways_by_the_score_that_differ_in_sign_are_told():
    both = [way(LOWISH, "ipw"), way(HIGHISH, "aipw"), way(LOWISH)]
    assert said("inconclusive", both).endswith(APART)
    same = [way(LOWISH, "ipw"), way(LOW, "aipw"), way(HIGHISH)]
    assert APART not in said("inconclusive", same)


def test_a_finding_that_changes_by_place_is_said_with_its_table():
    wider = measure("rate", behind=(40.2, 46.4, -13.4, 1.2, 0.09))
    given = {
        "measure": measure("rate", "decrease"),
        "ways": [way(LOW, main=True), *[way(LOW)] * 3],
        "table": Place("sites-all", "Table 9"),
    }
    text = plain(estimators(given | {"by_site": wider}))
    assert text.endswith(
        "When people helped in one place are taken together, the main result is no "
        "longer statistically significant (Table 9)."
    )
    same = plain(estimators(given | {"by_site": given["measure"]}))
    assert "place" not in same


@pytest.mark.parametrize(
    ("found", "ways", "told"),
    [
        ("decrease", [way(LOW)] * 6 + [way(LOWISH)] * 6, False),
        ("decrease", [way(LOW)] * 5 + [way(LOWISH)] * 7, True),
        ("increase", [way(LOW)] * 5, True),
        ("inconclusive", [way(LOW)] * 6 + [way(LOWISH)] * 6, False),
        ("inconclusive", [way(LOW)] * 4 + [way(HIGH)] * 3 + [way(EVEN)] * 5, True),
        ("untested", [way(LOW)] * 3, True),
        ("decrease", [way(HIDDEN)] * 5, False),
        ("withheld", [way(LOW)] * 5, False),
        ("none", [way(LOW)] * 5, False),
    ],
)
def test_most_that_disagree_are_told_beside_the_finding(found, ways, told):
    text = plain(not_borne_out(measure("rate", found), ways, FIGURE))
    assert bool(text) == told
    if told:
        assert "ost other ways of comparing" in text and "(Figure 4)" in text
