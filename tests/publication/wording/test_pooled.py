"""What results come to together, in words."""

import html
import re

import pytest

from helpers.publication.facts.published import Added, Taken
from helpers.publication.numbers import Number
from helpers.publication.wording.results import pooled


def number(value, format="size"):
    return Number("x", float(value), format)


def mean(low, high, count):
    middle = number((low + high) / 2)
    return Taken("mean", "Mean", number(low), number(high), "", middle,
                 number(count, "count"))  # fmt: skip


def said(means=(), added=(), count=3, one_kind=True):
    data = {"type": "Employment", "one_kind": one_kind, "means": list(means),
            "added": list(added), "count": number(count, "count")}  # fmt: skip
    return html.unescape(re.sub("<[^>]+>", "", pooled.pooled(data)))


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ((-9, -5), "lower by between 5 and 9 people than in the comparison groups. "
         "This is a statistically significant result."),
        ((5, 9), "higher by between 5 and 9 people than in the comparison groups. This "
         "is a statistically significant result."),
        ((-9, 4), "lower by as many as 9 people, or higher by as many as 4 people than "
         "in the comparison groups. This is not statistically significant: it does not "
         "show whether fewer people or more reoffended."),
        ((-9, -0.2), "lower by between 0.2 and 9 people"),
    ],
)  # fmt: skip
def test_a_mean_is_told_by_its_interval(limits, expected):
    assert expected in said([mean(*limits, 3)])


def test_fewer_than_five_say_nothing_of_a_new_programme():
    assert "With fewer than five results, nothing is said" in said([mean(-9, -5, 4)])


def test_five_say_what_a_new_programme_could_come_to():
    new = Taken("new", "A new programme", number(-12), number(3))
    words = said([mean(-9, -5, 5), new])
    assert (
        "Programmes differ: a new programme of this kind could come to a number that "
        "is lower by as many as 12 people, or higher by as many as 3 people." in words
    )
    assert "a new programme could" in said([mean(-9, -5, 5), new], one_kind=False)


@pytest.mark.parametrize(
    ("with_it", "expected"),
    [
        ((-9, -5), "Without it, it is the same in whole people."),
        ((-8, -5), "Without it, it could be lower by between 5 and 9 people. What can "
         "be concluded stays the same."),
        ((-8, 1), "Without it, it could be lower by between 5 and 9 people."),
    ],
)  # fmt: skip
def test_with_this_study_and_without(with_it, expected):
    assert said([mean(-9, -5, 3)], [Added("", mean(*with_it, 4))]).endswith(expected)


def test_with_this_study_there_are_enough():
    words = said([], [Added("", mean(-9, 2, 3))], count=2)
    assert words.startswith(
        "Employment. Only 2 published results can be taken together, and three are "
        "needed.With this study there are 3, and of every 100 people, the number who "
        "reoffended in the programmes could be lower by as many as 9 people, or higher "
        "by as many as 2"
    )
    assert "ithout it" not in words


def test_what_the_mean_is_worth_stands_beside_it():
    data = {"all": number(30, "count"), "count": number(3, "count"), "alike": []}
    words = pooled.taken_together(data)
    assert "what was announced, not of what was done" in words
    assert "leans towards good news" in words
    assert "not added" not in words
    assert "This study is not added" in pooled.taken_together(data | {"alike": ["x"]})
