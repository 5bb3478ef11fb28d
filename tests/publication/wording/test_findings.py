"""What a measure shows, in the published forms: method.md, section 9."""

import re

import pytest
from support.small_report import plain
from support.small_words import (
    BEHIND,
    NOT_MATCHED,
    NOT_ZERO,
    OWN,
    SIGNIFICANT,
    STANDARD,
    data,
    measure,
    number,
)

from helpers.publication.wording import WORDS, findings
from helpers.publication.wording.measure.heading import heading
from helpers.publication.wording.verdicts import tag_words, verdict
from helpers.request.measures.standard import STANDARD as OUTCOMES

CONCLUDES = (
    "More people would need to be analysed to know which. The result is inconclusive. "
    f"{NOT_ZERO}"
)


def meaning(kind, found, noun="people", words=STANDARD, **changes):
    return plain(findings.meaning(measure(kind, found, words, **changes), noun))


@pytest.mark.parametrize(
    ("kind", "found", "expected"),
    [
        (
            "rate",
            "decrease",
            "For every 100 people, the number who reoffended within a year could be "
            f"lower by between 2 and 11 people. {SIGNIFICANT}",
        ),
        (
            "rate",
            "increase",
            "For every 100 people, the number who reoffended within a year could be "
            f"higher by between 2 and 11 people. {SIGNIFICANT}",
        ),
        (
            "rate",
            "inconclusive",
            "For every 100 people, the number who reoffended within a year could be "
            "lower by as many as 6 people, or higher by as many as 3 people. "
            f"{CONCLUDES}",
        ),
        (
            "rate",
            "untested",
            "Too few people reoffended to test the difference. No conclusion can "
            "be drawn. For every 100 people, the number who reoffended within a year "
            f"could be lower by between 0.2 and 13 people. {NOT_ZERO}",
        ),
        (
            "rate",
            "withheld",
            "This result is not shown, to protect people. This says nothing about "
            "whether the programme made a difference.",
        ),
        (
            "rate",
            "none",
            "This result is not shown, because the groups are too unlike. This says "
            "nothing about whether the programme made a difference.",
        ),
        (
            "frequency",
            "decrease",
            "For every 100 people, the number of proven reoffences within a year could "
            f"be lower by between 2 and 11. {SIGNIFICANT}",
        ),
        (
            "frequency",
            "inconclusive",
            "For every 100 people, the number of proven reoffences within a year could "
            f"be lower by as many as 6, or higher by as many as 3. {CONCLUDES}",
        ),
        (
            "days",
            "decrease",
            "Among people who reoffended, the average time to the first proven "
            "reoffence could be shorter by between 2 and 11 days. "
            f"{SIGNIFICANT} {NOT_MATCHED}",
        ),
        (
            "days",
            "increase",
            "Among people who reoffended, the average time to the first proven "
            "reoffence could be longer by between 2 and 11 days. "
            f"{SIGNIFICANT} {NOT_MATCHED}",
        ),
        (
            "days",
            "inconclusive",
            "Among people who reoffended, the average time to the first proven "
            "reoffence could be shorter by as many as 6 days, or longer by as many as "
            f"3 days. {CONCLUDES} {NOT_MATCHED}",
        ),
    ],
)
def test_what_an_interval_means_in_words(kind, found, expected):
    assert meaning(kind, found) == expected


def test_a_reason_goes_before_the_protection_of_people():
    few = "This result is not shown, because fewer than thirty people are behind it."
    assert meaning("days", "withheld", reason=few).startswith(few)
    assert "to protect people" not in meaning("days", "withheld", reason=few)


def test_what_is_not_shown_says_so_in_words_that_a_check_finds():
    for kind in STANDARD:
        for found in ("withheld", "none"):
            said = plain(WORDS["estimate"](data(measure(kind, found))))
            assert "not shown" in said


def test_own_words_stand_in_place_of_reoffended():
    for kind in OWN:
        for found in BEHIND:
            said = meaning(kind, found, words=OWN)
            assert "reoffen" not in said
    assert meaning("rate", "inconclusive", words=OWN).startswith(
        "For every 100 people, the number who returned to prison within 12 months of "
        "release could be lower by as many as 6 people"
    )


def test_when_most_people_reoffended_few_may_be_those_who_did_not():
    said = meaning("rate", "untested", behind=(93, 85, -3, 19, "z"))
    assert (
        "Too few people reoffended, or too few did not, to test the difference. No "
        "conclusion can be drawn." in said
    )


@pytest.mark.parametrize(
    ("kind", "found", "expected"),
    [
        (
            "rate",
            "decrease",
            "The difference is 6 fewer for every 100 people (95% interval 2 to 11 "
            f"fewer; p = 0.02). {SIGNIFICANT}",
        ),
        (
            "frequency",
            "increase",
            "The difference is 6 more for every 100 people (95% interval 2 to 11 "
            f"more; p = 0.02). {SIGNIFICANT}",
        ),
        (
            "rate",
            "inconclusive",
            "For every 100 people, the data allow anything from 6 fewer to 3 more who "
            "reoffended within a year. This is the 95% interval of a difference of 1 "
            "fewer, taken before rounding (p = 0.47). It leaves room for a decrease "
            f"and an increase, so the result is inconclusive. {NOT_ZERO} In the "
            "programme, 40 in every 100 people reoffended within a year. Among similar "
            "people who did not take part, it was 42 in every 100.",
        ),
        (
            "days",
            "inconclusive",
            "Among people who reoffended, the data allow anything from 6 days shorter "
            "to 3 days longer for the average time to the first proven reoffence. This "
            "is the 95% interval of an average that is 1 day shorter, taken before "
            "rounding (p = 0.47). It leaves room for a shorter and a longer time, so "
            f"the result is inconclusive. {NOT_ZERO} {NOT_MATCHED} Among people who "
            "reoffended, the average time to the first proven reoffence was 40 days in "
            "the programme. In the comparison group it was 42 days.",
        ),
        (
            "rate",
            "untested",
            "Too few people reoffended to test the difference. No conclusion can "
            "be drawn. The difference is 7 fewer for every 100 people (95% interval "
            f"0.2 to 13 fewer). {NOT_ZERO} In the programme, 8 in every 100 "
            "people reoffended within a year. Among similar people who did not take "
            "part, it was 15 in every 100.",
        ),
    ],
)
def test_an_estimate_is_in_words_without_a_minus_sign(kind, found, expected):
    said = plain(WORDS["estimate"](data(measure(kind, found))))
    assert said.endswith(expected)
    assert not re.search("[-\N{MINUS SIGN}]\\d", said)


def test_a_small_p_is_not_called_equal_to_anything():
    shown = measure(behind=(40, 50, -14, -6, 0.0002))
    said = plain(WORDS["estimate"](data(shown)))
    assert "p &lt;0.01" in said and "=" not in said


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (
            "rate",
            "In the programme, 40 in every 100 people reoffended within a year. Among "
            "similar people who did not take part, it was 46 in every 100.",
        ),
        (
            "frequency",
            "In the programme, there were 40 proven reoffences within a year for every "
            "100 people. Among similar people who did not take part, there were 46.",
        ),
        (
            "days",
            # who reoffended in each group need not be alike
            "Among people who reoffended, the average time to the first proven "
            "reoffence was 40 days in the programme. In the comparison group it was 46 "
            "days.",
        ),
    ],
)
def test_both_groups_stand_side_by_side(kind, expected):
    assert plain(findings.values(measure(kind), "people")) == expected


def test_a_time_in_own_words_is_about_those_to_whom_it_happened():
    said = plain(findings.values(measure("days", words=OWN), "people"))
    assert said == (
        "Among those to whom it happened, the average time to return to prison was 40 "
        "days in the programme. In the comparison group it was 46 days."
    )
    everyone = measure("days", words=OWN, of_some=False, behind=(1, 2.2, -3, 1, 0.4))
    assert plain(findings.values(everyone, "men")) == (
        "In the programme, the average time to return to prison was 1 day. Among "
        "similar men who did not take part, it was 2 days."
    )


@pytest.mark.parametrize(
    ("kind", "found", "expected"),
    [
        ("rate", "decrease", "Fewer of the men in the programme reoffended"),
        ("rate", "increase", "More of the men in the programme reoffended"),
        (
            "rate",
            "inconclusive",
            "It is not clear whether fewer or more men reoffended",
        ),
        (
            "rate",
            "withheld",
            "One-year proven reoffending rate: the result is not shown",
        ),
        ("rate", "none", "One-year proven reoffending rate: the result is not shown"),
        ("frequency", "decrease", "Men in the programme had fewer proven reoffences"),
        (
            "frequency",
            "untested",
            "It is not clear whether there were fewer or more proven reoffences",
        ),
        (
            "days",
            "increase",
            "A longer time to the first proven reoffence in the programme",
        ),
        (
            "days",
            "untested",
            "It is not clear whether the time to the first proven "
            "reoffence was shorter or longer",
        ),
    ],
)
def test_the_finding_in_one_line(kind, found, expected):
    assert heading(measure(kind, found), "men") == expected


def test_a_time_is_shorter_or_longer_never_a_decrease():
    for found in BEHIND:
        for name in ("main_points", "estimate", "can_say"):
            said = plain(WORDS[name](data(measure("days", found)))).lower()
            assert "decrease" not in said and "increase" not in said
            assert "lower" not in said and "higher" not in said
        brief = findings.headline_sentence(data(measure("days", found)))
        assert "decrease" not in brief and "lowers" not in brief


@pytest.mark.parametrize(
    ("kind", "found", "ending"),
    [
        ("rate", "decrease", "This is a statistically significant decrease."),
        ("frequency", "increase", "This is a statistically significant increase."),
        ("days", "increase", "This is a statistically significant difference."),
        (
            "rate",
            "withheld",
            "This says nothing about whether the programme made a difference.",
        ),
    ],
)
def test_the_headline_sentence_ends_with_its_verdict(kind, found, ending):
    said = plain(findings.headline_sentence(data(measure(kind, found))))
    assert said.endswith(ending)


@pytest.mark.parametrize(
    ("kind", "found", "lead"),
    [
        (
            "rate",
            "inconclusive",
            "For every 100 people, the data allow anything from 6 fewer to 3 more who "
            "reoffended within a year. The result is inconclusive. It does not show "
            "whether the programme lowers the number, raises it or leaves it as it "
            "is.",
        ),
        (
            "frequency",
            "inconclusive",
            "For every 100 people, the data allow anything from 6 fewer to 3 more "
            "proven reoffences within a year. The result is inconclusive. It",
        ),
        (
            "days",
            "inconclusive",
            "Among people who reoffended, the data allow anything from 6 days shorter "
            "to 3 days longer for the average time to the first proven reoffence. The "
            "result is inconclusive. It",
        ),
        (
            "amount",
            "inconclusive",
            "The data allow anything from £6 lower to £3 higher for the average "
            "earnings within a year. The result is inconclusive. It",
        ),
        (
            "rate",
            "untested",
            "Too few people reoffended to test the difference. No conclusion can be "
            "drawn.",
        ),
    ],
)
def test_two_values_that_seem_to_differ_do_not_lead_what_is_not_clear(
    kind, found, lead
):
    assert plain(findings.headline_sentence(data(measure(kind, found)))).startswith(
        lead
    )


@pytest.mark.parametrize(
    ("treated", "compared", "difference", "note"),
    [
        (40, 40.2, 0, "The difference is smaller than these rounded numbers can show."),
        (40.4, 40.6, 0, "Before rounding, the two numbers are almost the same."),
        (40, 40.2, -0.2, "Before rounding, the difference is 0.2 fewer for every 100 "
         "people."),
    ],
)  # fmt: skip
def test_a_significant_difference_that_is_printed_as_nought(
    treated, compared, difference, note
):
    behind = (treated, compared, -0.4, -0.1, 0.01)
    shown = measure(behind=behind, difference=number("d", difference))
    assert plain(findings.rounding(shown, "people")) == note


def test_equal_values_of_a_significant_result_have_their_difference_beside_them():
    shown = measure(behind=(39.6, 40.4, -1.4, -0.2, 0.01))
    note = "Before rounding, the difference is 1 fewer for every 100 people."
    said = plain(findings.headline_sentence(data(shown)))
    assert f"it was 40 in every 100. {note} This is" in said
    assert note in plain(WORDS["main_points"](data(shown)))
    detail = plain(WORDS["estimate"](data(shown)))
    assert "1 fewer for every 100 people, taken before rounding (95%" in detail


@pytest.mark.parametrize("kind", STANDARD)
def test_a_difference_without_an_interval_is_not_clear_and_not_hidden(kind):
    """All the weight may lie on one person of the comparison group."""
    shown = measure(kind, behind=(40, 46, "z", "z", "z"), of_some=False)
    none = (
        "No interval could be worked out: hardly anyone in the comparison group "
        "counts, or everyone has the same value. No conclusion can be drawn."
    )
    both = plain(findings.values(shown, "people"))
    assert verdict(shown) == "open"
    assert tag_words(shown) == "Inconclusive: no interval"
    assert heading(shown, "people").startswith("It is not clear wh")
    assert findings.lead_and_rest(shown, "people")[0] == none
    assert plain(findings.headline_sentence(data(shown))) == none
    for name in ("main_points", "estimate", "can_say"):
        said = plain(WORDS[name](data(shown, shown)))
        assert none in said and NOT_ZERO in said
        assert "ot shown" not in said and "[z]" not in said
    assert both in plain(WORDS["main_points"](data(shown)))
    assert "An inconclusive result is not evidence" in plain(
        WORDS["can_say"](data(shown))
    )


# of reoffenders only ----------------------------------------------------------


def of_reoffenders(name, found="decrease"):
    row = OUTCOMES[name]
    return measure(row.kind, found, outcome=name, of_some=True, label=row.label,
                   definition=row.definition, own_label=False)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "said", "could_be", "head"),
    [
        (
            "custody_for_first_reoffence",
            "Among people who reoffended, 40 in every 100 in the programme went to "
            "custody for their first reoffence. In the comparison group it was 46 in "
            "every 100.",
            "For every 100 people who reoffended, the number who went to custody for "
            "their first reoffence could be lower by between 2 and 11 people",
            "Fewer of the people in the programme who reoffended went to custody for "
            "their first reoffence",
        ),
        (
            "custodial_reoffences",
            "Among people who reoffended, there were 40 proven reoffences that led to "
            "custody within a year for every 100 in the programme. In the comparison "
            "group there were 46.",
            "For every 100 people who reoffended, the number of proven reoffences that "
            "led to custody within a year could be lower by between 2 and 11",
            "People in the programme who reoffended had fewer proven reoffences that "
            "led to custody",
        ),
    ],
)
def test_a_measure_of_reoffenders_says_that_it_is_of_them(name, said, could_be, head):
    one = of_reoffenders(name)
    assert plain(findings.values(one, "people")) == said
    assert plain(findings.could(one, "people")) == could_be
    assert heading(one, "people") == head
    title = {"measure": one, "noun": "people", "several": False}
    detail = plain(findings.estimate(title))
    assert "fewer for every 100 people who reoffended (95% interval" in detail
    assert "similar people" not in detail  # the groups were not matched on this


def test_a_share_of_reoffenders_is_claimed_of_them_alone():
    one = of_reoffenders("custody_for_first_reoffence")
    said = plain(WORDS["can_say"](data(one)))
    assert "among people who reoffended, fewer went to custody" in said
    assert "in every 100 similar people" not in said


def test_one_reoffence_is_one():
    shown = measure("frequency", behind=(1, 3, -5, 1, 0.3))
    said = plain(findings.values(shown, "people"))
    assert "there was 1 proven reoffence within a year for every 100 people" in said
    assert "there were 3." in said
