"""An amount in its own unit: earnings, weeks in work, a debt."""

import pytest
from support.small_report import plain
from support.small_words import NOT_ZERO, SIGNIFICANT, data, measure

from helpers.publication.wording import WORDS, findings
from helpers.publication.wording.measure.heading import heading
from helpers.publication.wording.verdicts import MARKS, colour, mark, tag_words

#: label, definition and unit
EARNINGS = ("earnings", "in the first year", "£")
WEEKS = ("weeks in work", "in the first year", "weeks")
DEBT = ("change in debt", "", "pounds")
TIME = ("time in work", "", "hours a week")
NOT_SHOWN_WHICH = "More people would need to be analysed to know which."
INCONCLUSIVE = f"{NOT_SHOWN_WHICH} The result is inconclusive. {NOT_ZERO}"


def amount(words, *behind, **changes):
    """A measure of an amount: its values, interval and p, formatted by its unit."""
    label, definition, unit = words
    given = {"label": label, "definition": definition, "unit": unit}
    return measure("amount", behind=behind, **given | changes)


WEEKS_WORKED = (
    "In the programme, the average number of weeks in work in the first year came to "
    "21.3. Among similar people who did not take part, it was 22.1."
)
HIGHER = amount(EARNINGS, 4310, 3950, 120.4, 599.6, 0.003)
UNCLEAR = amount(WEEKS, 21.34, 22.08, -2.06, 0.58, 0.27)
LOWER = amount(DEBT, -1200, -850, -640, -60, 0.02)


@pytest.mark.parametrize(
    ("given", "values", "could"),
    [
        (
            HIGHER,
            "In the programme, the average earnings in the first year came to £4,310. "
            "Among similar people who did not take part, it was £3,950.",
            "The average earnings in the first year could be higher by between £120 "
            f"and £600. {SIGNIFICANT}",
        ),
        (
            UNCLEAR,
            WEEKS_WORKED,
            "The average number of weeks in work in the first year could be lower by "
            "as many as 2.1 weeks, or higher by as many as 0.6 weeks. " + INCONCLUSIVE,
        ),
        (
            # what is negative itself says so in a word
            LOWER,
            "In the programme, the average change in debt came to minus 1,200 pounds. "
            "Among similar people who did not take part, it was minus 850 pounds.",
            "The average change in debt could be lower by between 60 and 640 pounds. "
            f"{SIGNIFICANT}",
        ),
        (
            amount(EARNINGS, 4310, 4250, -95, 210.2, 0.44),
            "In the programme, the average earnings in the first year came to £4,310. "
            "Among similar people who did not take part, it was £4,250.",
            "The average earnings in the first year could be lower by as much as £95, "
            f"or higher by as much as £210. {INCONCLUSIVE}",
        ),
        (
            amount(TIME, 20.0, 21.0, -1.0, -0.04, 0.04),
            "In the programme, the average time in work came to 20 hours a week. "
            "Among similar people who did not take part, it was 21 hours a week.",
            "The average time in work could be lower by between 0.04 and 1 hour a "
            f"week. {SIGNIFICANT}",
        ),
        (
            # as its table has it: made-up people keep all digits
            amount(EARNINGS, -0.2, 0.4, -0.0003, -0.0001, 0.04),
            "In the programme, the average earnings in the first year came to £0. "
            "Among similar people who did not take part, it was £0.",
            "The average earnings in the first year could be lower by between £0.0001 "
            f"and £0.0003. {SIGNIFICANT}",
        ),
        (
            amount(TIME, 1.0, 0.0, -0.0012, 0.0041, 0.7),
            "In the programme, the average time in work came to 1 hour a week. "
            "Among similar people who did not take part, it was 0 hours a week.",
            "The average time in work could be lower or higher, but by less than one "
            f"hour a week. {INCONCLUSIVE}",
        ),
        (
            amount(("benefits", "", "£ a week"), 80.2, 95.4, -22, -8, 0.001),
            "In the programme, the average benefits came to £80 a week. "
            "Among similar people who did not take part, it was £95 a week.",
            "The average benefits could be lower by between £8 and £22 a week. "
            f"{SIGNIFICANT}",
        ),
    ],
)
def test_an_amount_is_told_in_its_unit(given, values, could):
    assert plain(findings.values(given, "people")) == values
    assert plain(findings.meaning(given, "people")) == could


def test_an_amount_of_some_people_says_whom_it_is_about():
    some = amount(EARNINGS, 4310, 3950, -120, 840, 0.2, of_some=True,
                  event="were in work")  # fmt: skip
    assert plain(findings.values(some, "people")) == (
        "Among people who were in work, the average earnings in the first year came to "
        "£4,310 in the programme. In the comparison group it was £3,950."
    )
    assert plain(findings.could(some, "people")) == (
        "Among people who were in work, the average earnings in the first year could "
        "be lower by as much as £120, or higher by as much as £840"
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            HIGHER,
            "The average is £360 higher in the programme (95% interval £120 to £600 "
            f"higher; p <0.01). {SIGNIFICANT}",
        ),
        (
            UNCLEAR,
            # 21.3 and 22.1 as printed are 0.8 apart
            "The data allow anything from 2.1 weeks lower to 0.6 weeks higher for the "
            "average number of weeks in work in the first year. This is the 95% "
            "interval of an average that is 0.7 weeks lower, taken before rounding "
            "(p = 0.27). It leaves room for a lower and a higher average, so the "
            f"result is inconclusive. {NOT_ZERO} {WEEKS_WORKED}",
        ),
        (
            LOWER,
            "The average is 350 pounds lower in the programme (95% interval 60 to 640 "
            f"pounds lower; p = 0.02). {SIGNIFICANT}",
        ),
    ],
)
def test_the_estimate_of_an_amount(given, expected):
    said = plain(WORDS["estimate"](data(given))).replace("&lt;", "<")
    assert said.endswith(expected)


def test_an_amount_has_no_good_and_no_bad_way():
    assert tag_words(HIGHER) == "Statistically significant difference: higher"
    assert tag_words(LOWER) == "Statistically significant difference: lower"
    assert tag_words(UNCLEAR) == "Inconclusive"
    assert colour(HIGHER) == colour(LOWER) == "neutral"
    assert MARKS["more"] in mark(HIGHER)
    assert MARKS["less"] in mark(LOWER)
    assert MARKS["inconclusive"] in mark(UNCLEAR)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (HIGHER, "Higher average earnings in the first year in the programme"),
        (LOWER, "Lower average change in debt in the programme"),
    ],
)
def test_the_heading_of_an_amount(given, expected):
    assert plain(heading(given, "people")) == expected


def test_what_can_be_said_of_an_amount():
    said = plain(WORDS["can_say"](data(HIGHER)))
    assert (
        "This analysis is evidence that the average earnings in the first year came "
        "out higher after support from Mentors than among similar people without it. "
    ) in said
    unclear = plain(WORDS["can_say"](data(UNCLEAR)))
    average = "the average number of weeks in work in the first year."
    for way in ("lowers", "raises", "makes no difference to"):
        assert f"That support from Mentors {way} {average}" in unclear


def test_printed_amounts_that_do_not_add_up_have_the_difference_beside_them():
    # 21.3 and 22.1 are 0.8 apart, 21.34 and 22.08 are 0.74
    assert plain(findings.rounding(UNCLEAR, "people")) == (
        "Before rounding, the average is 0.7 weeks lower in the programme."
    )
    assert findings.rounding(HIGHER, "people") == ""
    tenths = amount(WEEKS, 0.3, 0.1, -0.1, 0.5, 0.2)  # 0.3 - 0.1 is not 0.2 in binary
    assert findings.rounding(tenths, "people") == ""


def test_a_unit_cannot_become_markup():
    bad = amount(("<b>pay</b>", "", "<i>coins</i>"), 10.0, 12.0, -4, 1, 0.2)
    for name in ("main_points", "estimate", "can_say"):
        shown = WORDS[name](data(bad))
        assert "<i>" not in shown and "<b>" not in shown
