"""The contour picture: dots, letters, curves and words, in both forms."""

import pytest
from support.figure_words import boxes, number, outside, overlapping

from helpers.publication.facts.doubts import Strength
from helpers.publication.figures import FIGURES

FIGURE = FIGURES["contour"]


def strength(name, imbalance, association, level=""):
    label = f"{name}: {level}" if level else name
    return Strength(name, label, number(f"{label}.x", imbalance, "lower"),
                    number(f"{label}.y", association, "fewer"))  # fmt: skip


SOME = (
    strength("Previous offences", 30.0, 12.0),
    strength("Age", -13.0, -4.0),
    strength("Sex", 2.0, 3.0, "Male"),
    strength("Sex", 2.0, -5.0, "Female"),
    strength("Region", "c", 1.0, "North"),
    strength("In work in the year before the sentence", -29.0, -12.0, "Yes"),
    strength("Index offence", 30.0, 11.0, "Miscellaneous crimes against society"),
)


def data(difference=-6.0, low=-10.0, high=-2.0, strengths=SOME):
    numbers = (difference, low, high)
    named = [number(f"n{i}", n, "fewer") for i, n in enumerate(numbers)]
    return FIGURE.Data("rate", "in every 100 people", *named, list(strengths))


CASES = [data(), data(6.0, 2.0, 10.0), data(-60.0, -90.0, -40.0), data("c", "c", "c"),
         data(strengths=()), data(-0.3, -0.5, -0.1),
         data(strengths=[strength(f"N{i}", 20.0, 5.0) for i in range(9)])]  # fmt: skip


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("drawn", CASES)
def test_words_fit_and_do_not_lie_over_each_other(drawn, narrow):
    found, whole = boxes(FIGURE.draw(drawn, narrow))
    assert overlapping(found) == []
    assert outside(found, whole) == []


def test_the_headline_compares_with_what_was_measured():
    # 30% of an SD times 12 points is 3.6 points, times 11 is 3.3, 29% times 12 is 3.48:
    # more than 2; the limit at 4 is beyond all of them
    assert FIGURE.headline(data()) == (
        "Something hidden as strong as any of three of what was measured would undo "
        "the finding"
    )
    assert FIGURE.headline(data(high=-3.5)) == (
        "Something hidden as strong as the strongest of what was measured would undo "
        "the finding"
    )
    assert FIGURE.headline(data(high=-4.0)) == (
        "Only something stronger than all that was measured undoes the finding"
    )


@pytest.mark.parametrize("hidden", [data("c", "c", "c"), data(strengths=())])
def test_what_is_hidden_is_not_told(hidden):
    assert FIGURE.headline(hidden) == "How strong something hidden would have to be"


def test_the_table_says_which_levels_are_drawn():
    columns, rows = FIGURE.table(data())
    assert len(columns) == 5
    told = {row[0]: (row[1], row[4]) for row in rows}
    assert told == {
        "Previous offences": ("A", "yes"),
        "Age": ("D", "no"),
        "Sex: Male": ("not drawn", "no"),
        "Sex: Female": ("E", "no"),
        "Region: North": ("not drawn", "not told"),
        "In work in the year before the sentence: Yes": ("B", "yes"),
        "Index offence: Miscellaneous crimes against society": ("C", "yes"),
    }


@pytest.mark.parametrize("drawn", CASES)
def test_the_alternative_is_short_and_never_empty(drawn):
    assert 0 < len(FIGURE.alternative(drawn)) <= 300


def test_a_dot_beyond_the_letters_is_called_so_in_the_table():
    nine = data(strengths=[strength(f"N{i}", 20.0, 5.0) for i in range(9)])
    _, rows = FIGURE.table(nine)
    assert [row[1] for row in rows] == [*"ABCDE", *["dot without a letter"] * 4]


def test_the_alternative_says_how_strong_the_strongest_is():
    assert FIGURE.alternative(data()).endswith(
        "Previous offences; 30% of a standard deviation higher in the programme; the "
        "outcome 12 more in every 100 people for each standard deviation."
    )


def test_a_dot_is_where_both_its_numbers_put_it():
    # x·y/100 = 2 on the curve of the limit: at 20% it is 10 points
    assert FIGURE._moves(strength("A", 20.0, 10.0)) == pytest.approx(2.0)
    assert FIGURE._reach(data()) == (2.0, 6.0)
