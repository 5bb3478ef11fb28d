"""What stands beside the estimates, in a line each."""

import pytest
from support.small_report import plain
from support.small_words import measure, number

from helpers.publication.facts.measure import Moment
from helpers.publication.numbers import Number
from helpers.publication.wording import WORDS

SHARES = dict.fromkeys(
    ("share_treatment", "share_comparison", "low_treatment", "high_treatment",
     "low_comparison", "high_comparison")
)  # fmt: skip


def moment(day, low, high):
    """A quarter at which so many fewer or more reoffended, by its interval."""
    return Moment(
        day=number("day", day, "count"),
        ci_low=number("l", low, "fewer"),
        ci_high=number("h", high, "fewer"),
        tested=Number("t", "yes", "text"),
        **SHARES,
    )


EARLY, LATE = moment(90, -5.0, 2.0), moment(365, -9.0, -1.0)
HIDDEN = moment(90, "c", "c")


@pytest.mark.parametrize(
    ("curves", "expected"),
    [
        ([[EARLY, LATE]], "fewer by day 365"),
        ([[LATE, LATE]], "fewer by day 365, 365"),
        ([[EARLY]], "no clear difference"),
        ([[HIDDEN]], "not shown"),
        (
            [[LATE], [EARLY], [EARLY], [HIDDEN]],
            "one differs by some day, two with no clear difference, one not shown",
        ),
        ([[LATE], [LATE]], "two differ by some day"),
        ([[EARLY], [EARLY]], "neither differs clearly"),
        ([[EARLY], [EARLY], [EARLY]], "none differs clearly"),
        ([[HIDDEN], [HIDDEN]], "not shown"),
    ],
)
def test_curves_say_by_which_day_they_differ(curves, expected):
    said = plain(WORDS["how_soon"]({"name": "Day by day", "curves": curves}))
    assert said == f"Day by day: {expected}"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (["decrease"], "differ"),
        (["inconclusive"], "no clear difference"),
        (["withheld"], "not shown"),
        (["decrease", "inconclusive", "none"], "one of two differs"),
        (["decrease", "increase", "inconclusive"], "two of three differ"),
    ],
)
def test_sub_groups_say_how_many_pairs_differ(found, expected):
    pairs = [{"measure": measure(found=one)} for one in found]
    said = WORDS["sub_groups"]({"name": "Sub-groups by sex", "pairs": pairs})
    assert said == f"Sub-groups by sex: {expected}"


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([("decrease", "decrease")], "no finding changes"),
        ([("decrease", "inconclusive")], "the main finding becomes inconclusive"),
        ([("inconclusive", "decrease")], "the main finding changes"),
        (
            [("decrease", "inconclusive")] * 2,
            "the main finding and one other become inconclusive",
        ),
        (
            [("inconclusive", "decrease"), *[("decrease", "inconclusive")] * 2],
            "the main finding and two others change",
        ),
        (
            [("decrease", "decrease"), ("decrease", "inconclusive")],
            "one finding becomes inconclusive",
        ),
        (
            [("withheld", "withheld"), *[("decrease", "inconclusive")] * 2],
            "two findings become inconclusive",
        ),
        ([("withheld", "withheld")], "not shown"),
    ],
)
def test_places_say_which_findings_change(found, expected):
    pairs = [
        {"first": measure(found=one), "second": measure(found=other)}
        for one, other in found
    ]
    said = WORDS["by_place"]({"name": "In one place", "pairs": pairs})
    assert said == f"In one place: {expected}"


@pytest.mark.parametrize(
    ("kind", "size", "analysis", "expected"),
    [
        ("rate", 8, "", "Could be found, from both groups: 8 in 100 or more"),
        ("rate", 8, "Men", "Could be found (Men), from both groups: 8 in 100 or more"),
        ("days", 12, "", "Could be found, from both groups: 12 days or more"),
        ("rate", "c", "", "What could be found, from both groups: not shown"),
        ("rate", "c", "Men", "What could be found (Men), from both groups: not shown"),
    ],
)
def test_the_size_that_is_found_is_told_where_it_is_shown(
    kind, size, analysis, expected
):
    given = {"analysis": analysis, "noun": "people", "measure": measure(kind)}
    size = number("size", size, "size")
    assert plain(WORDS["size_found"](given | {"detectable": size})) == expected


def test_ratios_that_are_hidden_are_not_in_the_line():
    ratio, hidden = number("r", 0.84, "frequency"), number("h", "c", "frequency")
    given = {"analysis": "", "ratios": [["Rate", ratio], ["Frequency", hidden]]}
    assert plain(WORDS["as_ratios"](given)) == "As ratios: rate 0.84"
    given["ratios"] = [["Rate", hidden]]
    assert plain(WORDS["as_ratios"](given)) == "As ratios: not shown"
