"""Something hidden as strong as what was measured, and other tests, in words."""

import re

import pytest
from support.small_words import KINDS, measure, number

from helpers.publication.numbers import Place
from helpers.publication.wording.robustness.hidden_bias import hidden_bias
from helpers.publication.wording.robustness.tests import tests as of_tests


def group(label, moved, low, high):
    names = {"moved": moved, "ci_low": low, "ci_high": high}
    return {"label": label} | {n: number(f"{label}.{n}", v, "lower_tenths")
                               for n, v in names.items()}  # fmt: skip


def said(groups, kind="rate", analysis=""):
    data = {"analysis": analysis, "measure": measure(kind), "groups": groups,
            "per": "in every 100 people"}  # fmt: skip
    return re.sub(r"<[^>]+>", "", hidden_bias(data))


def test_the_strongest_group_is_told_that_leaves_the_finding():
    assert said([group("Age", 0.3, -9.7, -1.7), group("Criminal history", 1.2, -8.8,
                                                      -0.8)]) == (
        "A hidden difference between the groups as strong as criminal history would "
        "move the difference by 1.2 in every 100 people. The interval would still "
        "exclude no difference: it would be 0.8 to 8.8 fewer. None of the others moves "
        "it further."
    )  # fmt: skip


def test_or_that_undoes_it():
    text = said([group("UK national", 3.0, -7.0, 1.0)], analysis="Men")
    assert text == (
        "Men: A hidden difference between the groups as strong as UK national would "
        "move the difference by 3.0 in every 100 people. The interval would then reach "
        "no difference, or beyond."
    )


def test_groups_that_are_hidden_are_not_told():
    hidden = group("Age", "c", "c", "c")
    assert said([hidden]) == ""
    text = said([hidden, group("Work", 1.0, 1.0, 7.0), group("Sex", 0.1, 1.9, 7.9)])
    assert "1.0 to 7.0 more" in text
    assert "None of the others that are shown moves it further." in text


@KINDS
def test_every_kind_has_words(kind):
    assert said([group("Age", 0.3, -9.7, -1.7)], kind)


TESTS = [("Welch", "Yes"), ("Pooled", "No"), ("WLS", "Yes")]


@pytest.mark.parametrize(
    ("tests", "expected"),
    [
        (TESTS[:1] + TESTS[2:], "The verdict is the same by each of these tests."),
        (TESTS, "The verdict depends on which test is chosen. By the test of this "
                "report the difference is significant; by Pooled it is not "
                "significant."),
        ([("Welch", "No"), ("A", "Yes"), ("B", "Yes")],
         "The verdict depends on which test is chosen. By the test of this report the "
         "difference is not significant; by A and B it is significant."),
        ([("Welch", "hidden"), ("A", "Yes")],
         "Whether the verdict depends on the test is not told: a number is hidden."),
    ],
)  # fmt: skip
def test_a_sentence_warns_when_the_verdict_depends_on_the_test(tests, expected):
    found = of_tests({"analysis": "", "tests": [list(one) for one in tests]})
    assert re.sub(r"<[^>]+>", "", found) == expected


def test_the_sentence_says_where_people_helped_in_one_place_change_the_verdict():
    first, wider = (40.2, 46.4, -11.3, -1.6, 0.0173), (40.2, 46.4, -13.4, 1.2, 0.09)
    data = {"analysis": "", "tests": [["Welch", "Yes"], ["WLS", "Yes"]],
            "measure": measure(behind=first), "by_site": measure(behind=wider),
            "table": Place("sites-all", "Table 14")}  # fmt: skip
    assert re.sub(r"<[^>]+>", "", of_tests(data)) == (
        "The verdict is the same by each of these tests. When people helped in one "
        "place are taken together, the difference is no longer statistically "
        "significant (Table\xa014)."
    )
