"""What the figures by size and by year hold, and must not be taken for, in words."""

import re

import pytest
from support.figure_words import number

from helpers.publication.wording import WORDS


def said(name, **numbers):
    data = {
        key: number(key, float(value), "count")
        if isinstance(value, int) and not isinstance(value, bool)
        else value
        for key, value in numbers.items()
    }
    return re.sub(r"<(?!/?p>)[^>]+>", "", WORDS[name](data))


def by_size(drawn, everything, studies=(), alone=True):
    own = [
        {"n": number("n", n, "count"), "difference": number("d", d, "size")}
        for n, d in studies
    ]
    return said(
        "results_by_size", drawn=drawn, studies=own, alone=alone,
        **{"all": everything},
    )  # fmt: skip


UNKNOWN = ". The size or the difference of the others is not known"


@pytest.mark.parametrize(
    ("drawn", "everything", "expected"),
    [
        (7, 30, f"<p>7 of the 30 results collected are in the figure{UNKNOWN}.</p>"),
        (1, 30, f"<p>1 of the 30 results collected is in the figure{UNKNOWN}.</p>"),
        (
            29,
            30,
            "<p>29 of the 30 results collected are in the figure. The size or the "
            "difference of the other is not known.</p>",
        ),
        (30, 30, "<p>All 30 results collected are in the figure.</p>"),
        (1, 1, "<p>The 1 result collected is in the figure.</p>"),
    ],
)
def test_how_many_results_have_a_size(drawn, everything, expected):
    assert by_size(drawn, everything).startswith(expected)


@pytest.mark.parametrize("everything", [0, 1, 30])
def test_without_a_size_one_sentence_says_why_there_is_no_figure(everything):
    words = by_size(0, everything)
    assert words.count("<p>") == 1
    assert words.startswith("<p>There is no figure by size of the treatment group:")


@pytest.mark.parametrize(
    ("studies", "expected"),
    [
        ([(412, -6.0)], "result is in the figure: a ring"),
        ([(412, -6.0), (90, 2.0)], "results are in the figure: a ring"),
        ([(412, -6.0), (90, "c")], "result is in the figure: a ring"),
        ([("c", -6.0)], "This study has no result to mark in the figure."),
        ([], "This study has no result to mark in the figure."),
    ],
)  # fmt: skip
def test_whether_this_study_is_marked(studies, expected):
    assert expected in by_size(7, 30, studies=studies, alone=False)
    assert "This study" not in by_size(7, 30, studies=studies)


def test_small_analyses_are_said_to_move_by_chance():
    assert "The fewer people an analysis is about" in by_size(7, 30)
    assert "does not show whether larger programmes work better" in by_size(7, 30)


def by_year(dated, everything, by_then=0):
    return said(
        "results_by_year", dated=dated, by_then=by_then,
        undated=everything - dated - by_then, **{"all": everything},
    )  # fmt: skip


ONE_OUT = "<p>29 of the 30 results collected are in the figure. The other is left out: "


@pytest.mark.parametrize(
    ("dated", "everything", "by_then", "expected"),
    [
        (25, 30, 2, "<p>25 of the 30 results collected are in the figure. The others "
         "are left out: for 2 only the latest possible month is known, and of 3 the "
         "date was not printed where it could be read.</p>"),
        (29, 30, 1, f"{ONE_OUT}only its latest possible month is known.</p>"),
        (29, 30, 0, f"{ONE_OUT}its date was not printed where it could be read.</p>"),
        (28, 30, 2, "<p>28 of the 30 results collected are in the figure. The others "
         "are left out: for 2 only the latest possible month is known.</p>"),
        (30, 30, 0, "<p>All 30 results collected are in the figure.</p>"),
    ],
)  # fmt: skip
def test_how_many_results_have_a_year(dated, everything, by_then, expected):
    assert by_year(dated, everything, by_then).startswith(expected)


@pytest.mark.parametrize("everything", [0, 1, 30])
def test_without_a_date_one_sentence_says_why_there_is_no_figure(everything):
    words = by_year(0, everything)
    assert words.count("<p>") == 1
    assert words.startswith("<p>There is no figure by year of publication:")


def test_years_are_said_to_be_no_trend():
    words = by_year(28, 30)
    assert "does not tell whether programmes have become better or worse" in words
    assert "inconclusive more often" in words
