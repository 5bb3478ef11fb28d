"""How soon people reoffended, in sentences written by hand."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from support.figure_words import number

from helpers.publication.facts.measure import Measure, Moment
from helpers.publication.numbers import Place
from helpers.publication.wording.beside.over_time import over_time

QUARTERS = (90, 180, 270, 365)


def moments(gaps, tested=("yes",) * 4):
    return [
        Moment(
            number(f"day{day}", float(day), "count"),
            *(number(f"{i}{day}", 10.0, "per_cent") for i in range(6)),
            difference=number(f"d{day}", -2.0, "fewer"),
            ci_low=number(f"l{day}", low, "fewer"),
            ci_high=number(f"h{day}", high, "fewer"),
            tested=number(f"t{day}", test, "text"),
        )
        for day, (low, high), test in zip(QUARTERS, gaps, tested, strict=True)
    ]


def mean(difference=5.0, low=-5.0, high=15.0, p=0.34, values=(345.0, 340.0)):
    of = dict(
        zip(("value_treatment", "value_comparison"),
            (number(f"v{i}", v, "days") for i, v in enumerate(values)), strict=True)
    )  # fmt: skip
    ends = {"difference": difference, "ci_low": low, "ci_high": high}
    ends = {name: number(name, v, "shorter") for name, v in ends.items()}
    return Measure("mean_time", "days", "t", "", "T", **of, **ends,
                   p_value=number("p", p, "p"))  # fmt: skip


def said(gaps=((-7, 1), (-9, 2), (-8, 3), (-9, 4)), tested=("yes",) * 4, **other):
    data = {
        "noun": "people",
        "label": "reoffended",
        "moments": moments(gaps, tested),
        "mean": mean(),
        "rate": replace(mean(-3.0, -9.0, 3.0, 0.3), kind="rate"),
        "whole": number("day365", 365.0, "count"),
        "chosen": number("time", 60.0, "days"),
        "figure": Place("curves", "Figure 4"),
        "table": Place("over-time", "Table 5"),
    }
    page = BeautifulSoup(over_time(data | other), "html.parser")
    return page.get_text().replace("\u00a0", " ")


def test_why_curves_are_shown():
    assert (
        "The average time elsewhere in this report counts only people who reoffended. "
        "They are chosen by their outcome, so the two groups of them need not be alike "
        "even where the groups as a whole are. Figure 4 counts everybody in both "
        "groups." in said()
    )


@pytest.mark.parametrize("chosen", ["", number("time", "z", "days")])
def test_an_average_time_that_is_not_shown_is_not_told_of(chosen):
    text = said(chosen=chosen)
    assert text.startswith("Figure 4 counts everybody in both groups.")


def test_the_statement_where_no_time_is_clear():
    assert (
        "Table 5 gives 95% intervals for the differences by day 90, 180, 270 and 365. "
        "With that confidence all four differences lie within them at once. Each of "
        "them includes no difference, so these data do not show at which of these "
        "times the groups differ, if they do." in said()
    )


def test_a_rate_that_is_clear_by_itself_is_not_denied():
    text = said(rate=replace(mean(-6.0, -12.0, -0.5, 0.03), kind="rate"))
    assert (
        "Each of them includes no difference. The rate at the end by itself, which is "
        "told elsewhere in this report, has a narrower interval, and that one leaves "
        "out no difference." in text
    )
    assert "if they do" not in text


@pytest.mark.parametrize(
    ("gaps", "words"),
    [
        (
            ((-7, 1), (-9, -1), (-8, 3), (-9, -2)),
            "By day 180 and 365 fewer people in the programme reoffended than in the "
            "comparison group.",
        ),
        (
            ((1, 7), (-9, 1), (-8, 3), (-9, 2)),
            "By day 90 more people in the programme reoffended than in the comparison "
            "group.",
        ),
    ],
)
def test_times_that_are_clear_are_named(gaps, words):
    text = said(gaps)
    assert words in text
    assert "Each of them includes" not in text


def test_times_with_too_few_are_named_and_tell_nothing():
    text = said(((-7, -1), (-9, 1), (-8, 3), (-9, 2)), ("no", "yes", "yes", "yes"))
    assert "By day 90 too few people reoffended to tell." in text
    assert "fewer people" not in text


@pytest.mark.parametrize(
    ("tested", "words"),
    [
        (
            ("no", "yes", "yes", "no"),
            "Each of those by day 180 and 270 includes no difference, so these data do "
            "not show at which of these times the groups differ, if they do. By day 90 "
            "and 365 too few people reoffended to tell.",
        ),
        (
            ("no", "no", "yes", "no"),
            "The one by day 270 includes no difference, so these data do not show "
            "whether at that time the groups differ, if they do.",
        ),
        (
            ("no", "no", "no", "no"),
            "all four differences lie within them at once. By day 90, 180, 270 and 365 "
            "too few people reoffended to tell.",
        ),
    ],
)
def test_of_days_that_are_not_tested_no_interval_is_said_to_include_none(tested, words):
    gaps = [(-9, -2) if test == "no" else (-9, 2) for test in tested]
    assert words in said(gaps, tested)


def test_one_time_that_is_shown():
    text = said(((-7, 1), ("c", "c"), ("c", "c"), ("c", "c")))
    assert "It includes no difference" in text
    assert "Table 5 gives a 95% interval for the difference by day 90." in text
    assert "at once" not in text


def test_nothing_is_said_of_what_is_hidden():
    gone = mean(values=("c", "c"))
    text = said((("c", "c"),) * 4, mean=gone)
    assert "Table 5" not in text
    assert "on average" not in text


def test_the_mean_time():
    assert (
        "Over 365 days people in the programme went 345 days on average before they "
        "reoffended, and the comparison group 340 days. Those to whom it did not "
        "happen count with all 365. The difference is 5 days longer (95% interval: 5 "
        "days shorter to 15 days longer). This is inconclusive: more people would need "
        "to be analysed to know (p-value 0.34)." in said()
    )
    clear = said(mean=mean(17.0, 5.0, 28.0, 0.002, values=(287.0, 270.0)))
    assert (
        "17 days longer (95% interval: 5 to 28 days longer). This is a statistically "
        "significant result (p-value <0.01)." in clear
    )
    # 11 by the printed days, 10 before they were rounded
    apart = said(mean=mean(10.0, -4.0, 25.0, 0.16, values=(280.0, 269.0)))
    assert "Before rounding, the difference is 10 days longer (95% interval" in apart
    few = said(mean=mean(5.0, -5.0, 15.0, "z"))
    assert "Too few people are behind it for a test." in few
