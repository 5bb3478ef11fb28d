"""The main points, as someone reads them who reads nothing else."""

import re

import pytest
from bs4 import BeautifulSoup
from support.small_report import plain
from support.small_words import (
    BEHIND,
    NOT_HEADLINED,
    NOT_ZERO,
    OWN,
    STANDARD,
    data,
    measure,
    number,
)

from helpers.publication.numbers import Place
from helpers.publication.wording import WORDS, findings
from helpers.publication.wording.measure.heading import heading

THREE = ("rate", "frequency", "days")


def page(given):
    return BeautifulSoup(WORDS["main_points"](given), "html.parser")


def text(element):
    for mark in element.select("[data-own]"):
        mark.unwrap()
    element.smooth()
    return re.sub(r"\s+", " ", element.get_text(" ")).strip()


def test_the_first_measure_stands_in_a_box_and_the_others_in_a_list():
    shown = page(data(*(measure(kind) for kind in THREE)))
    [box] = shown.select(".jdl-finding")
    assert [child.name for child in box.find_all(recursive=False)] == [
        "p", "h3", "p", "p",
    ]  # fmt: skip
    assert text(box) == (
        "Statistically significant decrease Fewer of the people in the programme "
        "reoffended In the programme, 40 in every 100 people reoffended within a year. "
        "Among similar people who did not take part, it was 46 in every 100. For every "
        "100 people, the number who reoffended within a year could be lower by between "
        "2 and 11 people. This is a statistically significant result."
    )
    assert [text(li) for li in shown.select("ul > li")] == [
        "Statistically significant decrease How often. 2 to 11 fewer proven "
        "reoffences for every 100 people.",
        "Statistically significant difference: shorter How soon. 2 to 11 days shorter "
        "among people who reoffended. These were not matched to each other.",
        "Who. 372 people in the programme were compared with 5,030 similar people ( "
        "Table 4 ). 108 of the 480 lines submitted are left out ( Figure 2 "
        "). Among the reasons: not found in the national records ( 88 ); outside the "
        "age limits ( 20 ).",
    ]
    assert [a["href"] for a in shown.find_all("a")] == [
        "#table-results-reoffending_rate",
        "#figure-flow-chart-all",
    ]


@pytest.mark.parametrize(
    ("found", "lead", "rest"),
    [
        (
            "inconclusive",
            "For every 100 people, the number who reoffended within a year could be "
            "lower by as many as 6 people, or higher by as many as 3 people. More "
            "people would need to be analysed to know which.",
            f"{NOT_ZERO} In the programme, 40 in every 100 people reoffended within a "
            "year. Among similar people who did not take part, it was 42 in every 100. "
            "Before rounding, the difference is 1 fewer for every 100 people.",
        ),
        (
            "untested",
            "Too few people reoffended to test the difference. No conclusion can be "
            "drawn.",
            "For every 100 people, the number who reoffended within a year could be "
            f"lower by between 0.2 and 13 people. {NOT_ZERO} In the programme, 8 in "
            "every 100 people reoffended within a year. Among similar people who did "
            "not take part, it was 15 in every 100.",
        ),
    ],
)
def test_what_is_not_clear_leads_with_its_interval_and_not_with_two_rates(
    found, lead, rest
):
    box = page(data(measure(found=found))).select_one(".jdl-finding")
    heading, big, after = box.select("h3, .jdl-finding__big, p:last-child")
    assert text(heading) == ("It is not clear whether fewer or more people reoffended")
    assert text(big) == lead
    assert text(after) == rest


@pytest.mark.parametrize("kind", THREE)
def test_any_measure_may_come_first(kind):
    others = [other for other in THREE if other != kind]
    shown = page(data(measure(kind), *map(measure, others)))
    lead = heading(measure(kind), "people")
    assert shown.select_one(".jdl-finding h3").get_text() == lead
    assert len(shown.select(".jdl-finding__big")) == 1
    questions = {"rate": "How many.", "frequency": "How often.", "days": "How soon."}
    assert [text(strong) for strong in shown.select("li strong")] == [
        *(questions[other] for other in others),
        "Who.",
    ]


def test_a_measure_with_a_name_of_its_own_is_called_by_its_title():
    other = measure(
        "rate", outcome="in_work", title="People who were in work", question=""
    )
    [point, _] = page(data(measure(), other)).select("li")
    assert "People who were in work." in text(point)


@pytest.mark.parametrize(
    ("kind", "found", "expected"),
    [
        (
            "frequency",
            "inconclusive",
            "From 6 fewer to 3 more proven reoffences for every 100 people. The "
            f"analysis does not show which. {NOT_ZERO}",
        ),
        (
            "rate",
            "untested",
            "0.2 to 13 fewer for every 100 people. Too few people reoffended to test "
            "it. This does not show a difference either way.",
        ),
        (
            "days",
            "untested",
            "0.2 to 13 days shorter among people who reoffended. Too few people had "
            "this outcome to test it. This does not show a difference either way. "
            "People who reoffended were not matched to each other.",
        ),
        (
            "days",
            "none",
            "This result is not shown, because the groups are too unlike. This says "
            "nothing about whether the programme made a difference.",
        ),
    ],
)
def test_a_further_measure_is_told_in_one_sentence(kind, found, expected):
    said = plain(findings.in_one_line(measure(kind, found), "people"))
    assert said == expected


def test_too_few_to_test_is_inconclusive_and_not_withheld():
    shown = page(data(measure(found="untested"), measure("days", "untested")))
    for box in shown.find_all(attrs={"data-verdict": True}):
        assert box["data-verdict"] == "inconclusive"
        assert "Inconclusive: too few people to test" in text(box)
        assert not re.search("withheld|not shown", text(box), re.IGNORECASE)


def test_main_points_show_no_p_value_and_no_minus_sign():
    for first in STANDARD:
        for found in BEHIND:
            given = data(*(measure(kind, found) for kind in (first, *THREE)))
            said = plain(WORDS["main_points"](given))
            assert not re.search(r"\bp\b|0\.47|0\.02|[-\N{MINUS SIGN}]\d", said), said


def test_main_points_are_short_sentences():
    """What a reader of twelve can take in, own words and numbers apart."""
    for words in (STANDARD, OWN):
        for found in BEHIND:
            given = data(*(measure(kind, found, words) for kind in THREE))
            for element in page(given).find_all("p"):
                for sentence in re.split(r"(?<=[.:]) ", text(element)):
                    assert len(sentence.split()) <= 36, sentence


@pytest.mark.parametrize("found", ["withheld", "none"])
def test_a_measure_without_a_result_says_so_and_shows_no_number(found):
    shown = page(data(measure(found=found), measure("days", found)))
    for box in shown.find_all(attrs={"data-verdict": "withheld"}):
        assert "Not shown" in text(box)
        assert "nothing about whether the programme made a difference" in text(box)
        assert not box.find("data") and not re.search(r"\d|\[", text(box))


@pytest.mark.parametrize("why", NOT_HEADLINED[1:])
def test_an_analysis_that_is_not_headlined_gives_its_reason_and_what_it_means(why):
    held = data(measure(), measure("days"), several=True, **why)
    shown = page(held)
    [box] = shown.find_all(attrs={"data-verdict": "withheld"})
    assert why["not_headlined"] in text(box)
    assert box.h3.get_text().startswith("All people: The result")
    assert "What this means for you." in text(box)
    assert not box.find("data")
    assert findings.headline_sentence(held) == f"All people: {why['not_headlined']}"
    [who] = shown.select("li")
    assert "similar" in text(who)


def test_a_poor_match_tells_what_came_why_it_is_none_and_what_would_help():
    unalike = [
        ["Age", number("a", 4.0, "smd")],
        ["UK national", number("b", -31.0, "smd"), number("e", 10.0, "smd")],
        ["Area", number("c", 12.5, "smd")],
        ["Sex", number("d", "c", "smd")],
    ]
    held = data(measure(), several=True, unalike=unalike, **NOT_HEADLINED[0])
    shown = page(held)
    [box] = shown.find_all(attrs={"data-verdict": "withheld"})
    brief = "Could not be analysed: the two groups could not be made alike enough to "
    assert findings.headline_sentence(held).startswith(f"All people: {brief}compare.")
    assert text(box).startswith("Could not be analysed All people: The two groups")
    assert "nothing about whether the programme made a difference" in text(box)
    sent, found, why, needed = (text(part) for part in shown.select("li"))
    assert sent == "What was sent. Mentors submitted 480 lines."
    assert "5,030 people who did not take part, but not closely enough" in found
    # above 10 and shown, the furthest apart first: neither Age nor what is hidden
    assert found.endswith("The groups still differ most in: UK national; Area.")
    assert why.startswith("Why there is no estimate. The groups still differ")
    assert needed.startswith("What would be needed. A comparison group")
    assert "differ most" not in page(held | {"unalike": unalike[:1]}).get_text()


def test_each_reason_has_a_meaning_of_its_own():
    said = [page(data(**why)).select(".jdl-finding p")[-1].get_text()
            for why in NOT_HEADLINED[1:]]  # fmt: skip
    assert "left out" in said[0]
    assert "by chance alone" in said[1]


def who(**changes):
    return text(page(data(measure(), **changes)).select("li")[-1])


def test_who_is_not_in_it_is_left_out_where_nobody_is():
    gone = dict.fromkeys(("left_out", "submitted", "flow"))
    said = who(some_left_out=False, reasons=[], **gone)
    assert said.endswith("5,030 similar people ( Table 4 ).")


def test_open_data_have_people_and_not_lines():
    said = who(open_data=True, left_out=number("left", 1, "count"))
    assert "1 of the 480 people in the data is left out" in said


def test_hidden_sizes_are_said_in_words():
    names = ("n_treatment", "n_comparison", "left_out", "submitted")
    said = who(**{name: number(name, "c") for name in names})
    assert said == (
        "Who. How many people were compared is hidden to protect people ( Table 4 ). "
        "Some of the lines submitted are left out ( Figure 2 ). " + REASONS
    )


REASONS = (
    "Among the reasons: not found in the national records ( 88 ); outside the age "
    "limits ( 20 )."
)


def test_the_reasons_that_took_most_are_named_as_far_as_they_are_shown():
    assert who().endswith(f"left out ( Figure 2 ). {REASONS}")
    four = [[f"Reason {n}", number(f"r{n}", n, "count")] for n in (11, 14, 12, 13)]
    said = who(reasons=four)
    assert said.endswith("reason 14 ( 14 ); reason 13 ( 13 ); reason 12 ( 12 ).")
    assert who(reasons=four[:1]).endswith(" The reason: reason 11 ( 11 ).")
    hidden = [["Reason", number("r", "c", "count")]]
    assert who(reasons=hidden).endswith("left out ( Figure 2 ).")


def test_a_notebook_where_nothing_is_numbered_names_no_place():
    nowhere = {
        "behind": Place("results-reoffending_rate", ""),
        "flow": Place("flow", ""),
    }
    assert "(" not in who(reasons=[], **nowhere)


def who_of(*measures, **changes):
    """The last main point: whom the analysis is about."""
    return text(page(data(*measures, **changes)).select("ul > li")[-1])


@pytest.mark.parametrize("why", NOT_HEADLINED[1:])
def test_nobody_is_said_to_be_compared_where_no_result_is_a_main_point(why):
    assert "compared" not in who_of(measure(), **why)
    assert "were matched to" in who_of(measure(), **why)


def test_nobody_is_said_to_be_compared_where_every_measure_is_hidden():
    hidden = (measure("rate", "withheld"), measure("days", "none"))
    assert "compared" not in who_of(*hidden)
    assert "compared with" in who_of(*hidden, measure("frequency"))
    secret = number("n", "c", "count")
    assert "were matched is hidden" in who_of(*hidden, n_treatment=secret)


def test_those_left_out_are_not_called_by_the_noun_of_the_analysis():
    said = who_of(measure(), noun="women", open_data=True)
    assert "372 women in the programme" in said
    assert "108 of the 480 people in the data" in said


def test_two_definitions_of_a_label_are_told_apart():
    soon = measure(called="returned within 6 months", label="returned")
    box = page(data(soon)).select_one("h3")
    assert text(box) == "Fewer of the people in the programme returned within 6 months"
