"""What results come to together, in words."""

import html
import re

import pytest

from helpers.publication.facts.published import Added, Taken
from helpers.publication.numbers import Number
from helpers.publication.wording.glossary import glossary
from helpers.publication.wording.results import pooled


def number(value, format="size"):
    return Number("x", float(value), format)


def mean(low, high, count):
    middle = number((low + high) / 2)
    return Taken("mean", "Mean", number(low), number(high), "", middle,
                 number(count, "count"))  # fmt: skip


def said(means=(), added=(), count=3, one_kind=True, same=(), all_=9):
    counts = {"count": number(count, "count"), "all": number(all_, "count")}
    data = {"type": "Employment", "one_kind": one_kind, "means": list(means),
            "added": list(added), "counts": counts if all_ else {},
            "same": list(same)}  # fmt: skip
    return html.unescape(re.sub("<[^>]+>", "", pooled.pooled(data)))


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ((-9, -5), "lower by between 5 and 9 people than in the comparison groups. "
         "The results that could be read lean towards good news"),
        ((5, 9), "higher by between 5 and 9 people than in the comparison groups. "
         "The results that could be read lean towards good news"),
        ((-9, 4), "lower by as many as 9 people, or higher by as many as 4 people than "
         "in the comparison groups. This is inconclusive: it does not show whether "
         "fewer people or more reoffended. The results that could be read lean"),
        ((-9, -0.2), "lower by between 0.2 and 9 people"),
    ],
)  # fmt: skip
def test_a_mean_is_told_by_its_interval(limits, expected):
    words = said([mean(*limits, 3)])
    assert expected in words
    # the mean of a collection that leans is no result that is or is not significant
    assert "significant" not in words


def test_fewer_than_five_say_nothing_of_a_new_programme():
    words = said([mean(-9, -5, 4)])
    assert "new programme" not in words
    assert "Prediction interval" not in glossary(words)
    new = Taken("new", "A new programme", number(-12), number(3))
    assert "Prediction interval" in glossary(said([mean(-9, -5, 5), new]))


@pytest.mark.parametrize(
    ("count", "all_", "expected"),
    [
        (0, 1, "of 1 result collected, none can be taken together with others, and a "
         "mean takes at least three."),
        (1, 10, "of 10 results collected, 1 can be taken together with others, and a "
         "mean takes at least three."),
    ],
)  # fmt: skip
def test_a_type_without_a_mean_says_why(count, all_, expected):
    assert said(count=count, all_=all_) == f"Employment. There is no mean: {expected}"


def test_a_type_that_no_result_is_of_says_so():
    assert said(all_=0) == (
        "Employment. No result of this type is collected; a mean takes at least three."
    )


@pytest.mark.parametrize(
    ("kind", "label", "expected"),
    [
        ("sector", "Voluntary sector", "all of them from the voluntary sector"),
        ("sector", "Aged 18", "all of them of the type “Aged 18”"),
        ("intervention", "Courts", "all of them of the type “Courts”"),
        ("all", "All results", "all that can be taken together of any type"),
    ],
)
def test_another_type_of_the_same_results_is_named_once(kind, label, expected):
    words = said([mean(-9, -5, 3)], same=[{"kind": kind, "label": label}])
    assert f"the 3 published results, {expected}, say that" in words
    assert words.count(expected) == 1


def test_five_say_what_a_new_programme_could_come_to():
    new = Taken("new", "A new programme", number(-12), number(3))
    words = said([mean(-9, -5, 5), new])
    assert (
        "The range of a new programme of this kind is wider, because programmes "
        "differ: it could come to a number that is lower by as many as 12 people, or "
        "higher by as many as 3 people." in words
    )
    assert "new programme is wider" in said([mean(-9, -5, 5), new], one_kind=False)


def test_programmes_that_agree_are_not_said_to_differ():
    new = Taken("new", "A new programme", number(-9.2), number(-4.8))
    words = said([mean(-9, -5, 5), new])
    assert "new programme of this kind is the same in whole people" in words
    assert "differ" not in words


@pytest.mark.parametrize(
    ("with_it", "expected"),
    [
        ((-9, -5), "Without it, it is the same in whole people."),
        ((-8, -5), "Without it, it could be lower by between 5 and 9 people."),
        ((-8, 1), "This is inconclusive: it does not show whether fewer people or more "
         "reoffended. Without it, it could be lower by between 5 and 9 people."),
    ],
)  # fmt: skip
def test_with_this_study_and_without(with_it, expected):
    words = said([mean(-9, -5, 3)], [Added("", mean(*with_it, 4))])
    assert words.endswith(f"{expected} {pooled.LEANS}")


def test_with_this_study_there_are_enough():
    words = said([], [Added("", mean(-9, 2, 3))], count=2)
    assert words.startswith(
        "Employment. Only 2 published results can be taken together, and a mean takes "
        "at least three.With this study there are 3, and of every 100 people, the "
        "number who reoffended in the programmes could be lower by as many as 9 "
        "people, or higher by as many as 2"
    )
    assert "ithout it" not in words


def test_what_the_mean_is_worth_stands_beside_it():
    data = {"all": number(30, "count"), "count": number(3, "count"), "alike": [],
            "mean": True}  # fmt: skip
    words = pooled.taken_together(data)
    assert "published and could be read, not of all that was analysed" in words
    assert "leans towards good news" in words
    assert "not added" not in words
    assert "This study is not added" in pooled.taken_together(data | {"alike": ["x"]})


@pytest.mark.parametrize(
    ("count", "all_", "expected"),
    [
        (3, 33, "Of the 33 results collected, 3 can be taken together: of each a whole "
         "95% interval was printed, and no two of them are of one organisation and one "
         "type of programme with years that may meet. The more precise"),
        (2, 9, "years that may meet. They are too few: a mean takes at least three."),
        (1, 2, "Of the 2 results collected, 1 alone can be taken in, by a whole 95% "
         "interval that was printed; a mean takes at least three."),
        (0, 1, "Of the 1 result collected, none can be taken in, by a whole 95%"),
    ],
)  # fmt: skip
def test_which_are_taken_together_is_said_of_one_and_of_many(count, all_, expected):
    data = {"all": number(all_, "count"), "count": number(count, "count"), "alike": [],
            "mean": count >= 3}  # fmt: skip
    words = pooled.taken_together(data)
    assert ("not of all that was analysed" in words) == (count >= 3)
    assert expected in html.unescape(re.sub("<[^>]+>", "", words))
