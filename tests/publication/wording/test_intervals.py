"""Verdicts, and intervals in words that never need a minus sign."""

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import assume, given
from hypothesis import strategies as st
from support.small_report import plain
from support.small_words import (
    BEHIND,
    KINDS,
    NOT_ZERO,
    STANDARD,
    VERDICTS,
    data,
    measure,
    number,
)

from helpers.publication.wording import WORDS, intervals
from helpers.publication.wording.verdicts import MARKS, colour, mark, tag, verdict


@KINDS
@VERDICTS
def test_the_verdict_follows_interval_and_p(kind, found):
    assert verdict(measure(kind, found)) == found


@pytest.mark.parametrize(
    ("low", "high", "p", "expected"),
    [
        (-8.0, -0.1, 0.05, "decrease"),  # 0.05 itself is significant
        (-8.0, -0.1, 0.0501, "inconclusive"),
        (0.1, 8.0, 0.05, "increase"),
        # a limit that is printed as nought may have been on either side: p tells
        (-8.0, 0.0, 0.05, "decrease"),
        (0.0, 8.0, 0.05, "increase"),
        (-8.0, 0.0, 0.0501, "inconclusive"),
        (0.0, 0.0, 0.05, "inconclusive"),
        (-8.0, -0.1, "z", "untested"),
        (-8.0, -0.1, "c", "withheld"),
        ("c", -0.1, 0.01, "withheld"),
        ("z", "z", 0.01, "open"),  # a difference is known all the same
    ],
)
def test_the_edges_of_a_verdict(low, high, p, expected):
    assert verdict(measure(behind=(40, 44, low, high, p))) == expected


near_and_far = st.one_of(st.floats(-50, 50), st.floats(-1.6, 1.6))
limits = near_and_far.map(lambda x: round(x, 3))


@given(
    st.tuples(limits, limits, limits).map(sorted),
    st.sampled_from(["z", 0.001, 0.05, 0.2]),
    st.sampled_from(sorted(STANDARD)),
)
def test_the_numbers_behind_a_finding_bear_its_verdict_out(sorted_, p, kind):
    low, middle, high = sorted_
    behind = (40 + middle, 40, low, high, p)
    shown = measure(kind, behind=behind)
    # in the box, and in the list beneath it
    page = BeautifulSoup(WORDS["main_points"](data(shown, shown)), "html.parser")
    number_p = 1.0 if p == "z" else p
    should = "inconclusive"
    if number_p <= 0.05 and low < 0 and high <= 0:
        should = "decrease"
    if number_p <= 0.05 and high > 0 and low >= 0:
        should = "increase"
    boxes = page.find_all(attrs={"data-verdict": True})
    assert len(boxes) == 2
    for box in boxes:
        assert box["data-verdict"] == should
        assert (float(box["data-lower"]), float(box["data-upper"])) == (low, high)
        assert box["data-p"] == ("" if p == "z" else str(p))
        said = box.get_text()
        assert ("significant" in said.lower()) == (should != "inconclusive")
        assert ("nconclusive" in said) == (should == "inconclusive")
    if should == "inconclusive":
        assert NOT_ZERO in boxes[0].get_text()
        assert "does not show" in boxes[1].get_text()


@given(
    st.tuples(limits, limits).map(sorted),
    st.sampled_from(sorted(STANDARD)),
    st.sampled_from(["people", "men"]),
)
def test_an_interval_reads_well_whatever_its_limits_are(limits, kind, noun):
    low, high = limits
    # one figure below a tenth is a significant result's, of which this one is none
    assume(all(abs(v) >= 0.05 or float(f"{v:.0e}") != v or not v for v in limits))
    shown = measure(kind, behind=(40, 40, low, high, 0.2))
    for said in (
        plain(intervals.interval(shown, noun)),
        plain(intervals.between(shown)),
        plain(WORDS["estimate"](data(shown, noun=noun))),
    ):
        assert not re.search(r"[-\N{MINUS SIGN}]\d|0\.0", said), said
        assert not re.search(r"(?<!\S)(\S+) (?:and|to) \1(?!\S)", said), said
        assert not re.search(r"\b0 (?:more|fewer|longer|shorter|people)\b", said), said
        assert not re.search(r"(?:as many as|between|by) 0(?![.\d])", said), said
        assert not re.search(r"(?<![\d,.])1 (?:people|men|days)\b", said), said


@pytest.mark.parametrize(
    ("low", "high", "meant", "range_"),
    [
        (-11.3, -1.6, "lower by between 2 and 11 people", "2 to 11 fewer"),
        (1.6, 11.3, "higher by between 2 and 11 people", "2 to 11 more"),
        (-13.2, -0.2, "lower by between 0.2 and 13 people", "0.2 to 13 fewer"),
        (-1.3, -0.9, "lower by about 1 person", "about 1 fewer"),
        (2.2, 2.4, "higher by about 2 people", "about 2 more"),
        (-4.4, -0.012, "lower by up to 4 people", "0 to 4 fewer"),
        (-0.031, -0.012, "lower by less than one person", "about 0"),
        (
            -6.4,
            2.9,
            "lower by as many as 6 people, or higher by as many as 3 people",
            "6 fewer to 3 more",
        ),
        (
            -0.9,
            2.9,
            "lower by as many as 1 person, or higher by as many as 3 people",
            "1 fewer to 3 more",
        ),
        (
            -0.012,
            4.4,
            "about the same, or higher by as many as 4 people",
            "0 to 4 more",
        ),
        (-4.4, 0, "about the same, or lower by as many as 4 people", "0 to 4 fewer"),
        (-0.012, 0.021, "lower or higher, but by less than one person", "about 0"),
        (0, 0, "lower or higher, but by less than one person", "about 0"),
    ],
)
def test_limits_that_are_printed_alike_or_as_zero(low, high, meant, range_):
    shown = measure(behind=(40, 44, low, high, 0.2))
    assert plain(intervals.interval(shown, "people")) == meant
    assert plain(intervals.between(shown)) == range_


def test_one_is_one_day():
    shown = measure("days", behind=(40, 39, -0.9, 2.9, 0.4))
    assert plain(intervals.interval(shown, "women")) == (
        "shorter by as many as 1 day, or longer by as many as 3 days"
    )
    assert plain(intervals.between(shown)) == "1 day shorter to 3 days longer"


def test_groups_whose_values_are_the_same_do_not_differ_by_0_more():
    said = plain(WORDS["estimate"](data(measure(behind=(40, 40, -3, 3, 1)))))
    assert "the 95% interval of a difference of about 0 (p = 1.00)." in said
    numbers = {"behind": (40, 40.2, -0.4, -0.1, 0.01), "difference": number("d", 0)}
    same = plain(WORDS["estimate"](data(measure(**numbers))))
    assert (
        "The two numbers are almost the same (95% interval 0.1 to 0.4 fewer; "
        "p = 0.01)." in same
    )


# tags and marks ---------------------------------------------------------------


@KINDS
@VERDICTS
def test_a_tag_says_its_verdict_in_words_and_hides_its_mark(kind, found):
    shown = BeautifulSoup(tag(measure(kind, found)), "html.parser")
    marks = shown.find_all("svg")
    assert len(marks) == (0 if found in ("withheld", "none") else 1)
    for svg in marks:
        assert svg["aria-hidden"] == "true"
        assert svg["class"] == ["jdl-mark"]
        assert not svg.get_text()
    said = shown.get_text()
    word = {"untested": "Inconclusive: too few", "withheld": "to protect people",
            "none": "Not shown", "inconclusive": "Inconclusive"}  # fmt: skip
    assert word.get(found, "Statistically significant") in said
    assert ("withheld" in said.lower()) is False
    assert f"jdl-tag--{colour(measure(kind, found))}" in str(shown)


def test_no_two_verdicts_share_a_mark():
    assert len(set(MARKS.values())) == len(MARKS)
    assert mark(measure("rate", "untested")) == mark(measure("rate", "inconclusive"))
    # of a time neither way is better: it has neither of the two colours
    for found in ("decrease", "increase"):
        assert mark(measure("rate", found)) != mark(measure("days", found))
        assert "#3D3D3D" in mark(measure("days", found))


def test_what_is_not_shown_has_a_look_of_its_own():
    looks = {found: colour(measure("rate", found)) for found in BEHIND}
    assert looks["withheld"] == looks["none"] == "withheld"
    assert looks["untested"] == looks["inconclusive"] == "inconclusive"
