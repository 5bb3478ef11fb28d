"""Sentences as a reader meets them: method.md, section 9."""

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from small_report import plain

from helpers.publication.numbers import Number
from helpers.publication.wording import WORDS, findings, request_texts
from helpers.publication.wording.verdicts import verdict

#: kind -> label, definition, title
STANDARD = {
    "rate": ("reoffended", "within a year", "One-year proven reoffending rate"),
    "frequency": ("proven reoffences", "within a year", "Frequency of reoffending"),
    "days": ("time to the first proven reoffence", "", "Time to first reoffence"),
}
OWN = {
    "rate": ("returned to prison", "within 12 months of release", "Return to prison"),
    "frequency": ("prison rule breaches", "in custody", "Rule breaches"),
    "days": ("time to return to prison", "", "Time to return to prison"),
}
#: verdict -> the two values, low, high and p behind it ("c", "z": their states)
BEHIND = {
    "decrease": (40.2, 46.4, -11.3, -1.6, 0.0173),
    "increase": (46.4, 40.2, 1.6, 11.3, 0.0173),
    "inconclusive": (40.2, 41.6, -6.4, 2.9, 0.47),
    "untested": (8.1, 15.2, -13.2, -0.2, "z"),
    "withheld": ("c",) * 5,
    "none": ("z",) * 5,
}
KINDS = pytest.mark.parametrize("kind", STANDARD)
VERDICTS = pytest.mark.parametrize("found", BEHIND)


def number(name, value, format_="per_100"):
    if value in ("c", "z"):
        return Number(name, None, format_, value)
    return Number(name, float(value), format_)


def measure(kind="rate", found="decrease", words=STANDARD, behind=None, **changes):
    treated, compared, low, high, p = behind or BEHIND[found]
    known = not isinstance(treated, str) and not isinstance(compared, str)
    label, definition, title = words[kind]
    format_ = "days" if kind == "days" else "per_100"
    return {
        "outcome": "an_outcome",
        "kind": kind,
        "label": label,
        "definition": definition,
        "title": title,
        "few": label if kind == "rate" else "had this outcome",
        "of_some": kind == "days",
        "reason": "This result is not shown, because the groups are too unlike.",
        "value_treatment": number("t", treated, format_),
        "value_comparison": number("c", compared, format_),
        "difference": number("d", treated - compared if known else treated, format_),
        "ci_low": number("l", low, format_),
        "ci_high": number("h", high, format_),
        "p_value": number("p", p, "p"),
    } | changes


def data(*measures, **changes):
    return {
        "analysis": "All people",
        "several": False,
        "slug": "all",
        "noun": "people",
        "programme": "support from Mentors",
        "measures": list(measures),
        "measure": measures[0] if measures else None,
        "not_headlined": "",
        "n_treatment": number("n", 372, "count"),
        "n_comparison": number("m", 5030, "count"),
    } | changes


# verdicts --------------------------------------------------------------------


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
        (-8.0, 0.0, 0.05, "inconclusive"),
        (-8.0, -0.1, "z", "untested"),
        (-8.0, -0.1, "c", "withheld"),
        ("c", -0.1, 0.01, "withheld"),
        ("z", "z", 0.01, "none"),
    ],
)
def test_the_edges_of_a_verdict(low, high, p, expected):
    assert verdict(measure(behind=(40, 44, low, high, p))) == expected


limits = st.floats(-50, 50).map(lambda x: round(x, 3))


@given(
    st.tuples(limits, limits, limits).map(sorted),
    st.sampled_from(["z", 0.001, 0.05, 0.2]),
    st.sampled_from(sorted(STANDARD)),
)
def test_the_numbers_behind_a_finding_bear_its_verdict_out(sorted_, p, kind):
    low, middle, high = sorted_
    behind = (40 + middle, 40, low, high, p)
    shown = findings.main_points(data(measure(kind, behind=behind)))
    box = BeautifulSoup(shown, "html.parser").find(attrs={"data-verdict": True})
    number_p = 1.0 if p == "z" else p
    should = "inconclusive"
    if number_p <= 0.05 and high < 0:
        should = "decrease"
    if number_p <= 0.05 and low > 0:
        should = "increase"
    assert box["data-verdict"] == should
    assert (float(box["data-lower"]), float(box["data-upper"])) == (low, high)
    assert box["data-p"] == ("" if p == "z" else str(p))
    said = box.get_text()
    assert ("significant" in said.lower()) == (should != "inconclusive")
    if should == "inconclusive":
        assert "This does not mean that the programme made no difference." in said


# per 100 people, by the published forms --------------------------------------


def meaning(kind, found, noun="people", words=STANDARD, **changes):
    return plain(findings.meaning(measure(kind, found, words, **changes), noun))


CONCLUDES = (
    "More people would need to be analysed to know which. The result is inconclusive. "
    "This does not mean that the programme made no difference."
)
SIGNIFICANT = "This is a statistically significant result."


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
            "For every 100 people, the number who reoffended within a year could be "
            "lower by between 0.2 and 13 people. Too few people reoffended to test "
            "the difference, so no conclusion can be drawn. This does not mean that "
            "the programme made no difference.",
        ),
        (
            "rate",
            "withheld",
            "This result is withheld to protect people: too few are behind it, or "
            "too few are not.",
        ),
        (
            "rate",
            "none",
            "This result is not shown, because the groups are too unlike.",
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
            "The average time to the first proven reoffence could be shorter by "
            f"between 2 and 11 days. {SIGNIFICANT}",
        ),
        (
            "days",
            "increase",
            "The average time to the first proven reoffence could be longer by "
            f"between 2 and 11 days. {SIGNIFICANT}",
        ),
        (
            "days",
            "inconclusive",
            "The average time to the first proven reoffence could be shorter by as "
            f"many as 6 days, or longer by as many as 3 days. {CONCLUDES}",
        ),
    ],
)
def test_what_an_interval_means_in_words(kind, found, expected):
    assert meaning(kind, found) == expected


def test_own_words_stand_in_place_of_reoffended():
    for kind in OWN:
        for found in BEHIND:
            said = meaning(kind, found, words=OWN)
            assert "reoffen" not in said
    assert meaning("rate", "inconclusive", words=OWN).startswith(
        "For every 100 people, the number who returned to prison within 12 months of "
        "release could be lower by as many as 6 people"
    )


@pytest.mark.parametrize(
    ("noun", "kind", "expected"),
    [
        ("men", "rate", "lower by as many as 1 man, or higher by as many as 3 men"),
        ("people", "rate", "as many as 1 person, or higher by as many as 3 people"),
        ("women", "days", "as many as 1 day, or longer by as many as 3 days"),
    ],
)
def test_one_is_one_person_or_one_day(noun, kind, expected):
    said = meaning(kind, "inconclusive", noun, behind=(40, 39, -0.9, 2.9, 0.4))
    assert expected in said


def test_when_most_people_reoffended_few_may_be_those_who_did_not():
    said = meaning("rate", "untested", behind=(93, 85, -3, 19, "z"))
    assert (
        "Too few people reoffended, or too few did not, to test the difference, so no "
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
            "The difference is 1 fewer for every 100 people (95% interval 6 fewer to "
            "3 more; p = 0.47). The interval holds both a decrease and an increase, so "
            "the result is inconclusive. This does not mean that the programme made "
            "no difference.",
        ),
        (
            "days",
            "inconclusive",
            "The difference is 1 day shorter (95% interval 6 days shorter to 3 days "
            "longer; p = 0.47). The interval holds both a shorter and a longer time, "
            "so the result is inconclusive. This does not mean that the programme "
            "made no difference.",
        ),
        (
            "rate",
            "untested",
            "The difference is 7 fewer for every 100 people (95% interval 0.2 to 13 "
            "fewer). Too few people reoffended to test the difference, so no "
            "conclusion can be drawn. This does not mean that the programme made no "
            "difference.",
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
            "40 in every 100 people in the programme reoffended within a year, against "
            "46 in every 100 similar people who did not take part.",
        ),
        (
            "frequency",
            "There were 40 proven reoffences within a year for every 100 people in the "
            "programme, against 46 for every 100 similar people who did not take part.",
        ),
        (
            "days",
            # who reoffended in each group need not be alike
            "Counting only those to whom it happened: the average time to the first "
            "proven reoffence was 40 days in the programme, against 46 days in the "
            "comparison group.",
        ),
    ],
)
def test_both_groups_stand_side_by_side(kind, expected):
    assert plain(findings.values(measure(kind), "people")) == expected


# headings, tags, main points -------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "found", "expected"),
    [
        ("rate", "decrease", "Fewer men in the programme reoffended"),
        ("rate", "increase", "More men in the programme reoffended"),
        (
            "rate",
            "inconclusive",
            "The analysis could not tell whether fewer or more men reoffended",
        ),
        ("rate", "withheld", "The result of this measure is not shown"),
        ("rate", "none", "The result of this measure is not shown"),
        ("frequency", "decrease", "Men in the programme had fewer proven reoffences"),
        (
            "frequency",
            "untested",
            "The analysis could not tell whether there were fewer or more proven "
            "reoffences",
        ),
        (
            "days",
            "increase",
            "A longer time to the first proven reoffence in the programme",
        ),
        (
            "days",
            "untested",
            "The analysis could not tell whether the time to the first proven "
            "reoffence was shorter or longer",
        ),
    ],
)
def test_the_finding_in_one_line(kind, found, expected):
    assert findings.heading(measure(kind, found), "men") == expected


def test_a_time_is_shorter_or_longer_never_a_decrease():
    for found in BEHIND:
        for name in ("main_points", "estimate", "can_say"):
            said = plain(WORDS[name](data(measure("days", found)))).lower()
            assert "decrease" not in said and "increase" not in said
            assert "lower" not in said and "higher" not in said
        brief = findings.headline_sentence(data(measure("days", found)))
        assert "decrease" not in brief and "lowers" not in brief


def test_main_points_keep_the_order_of_measures_and_end_with_the_sizes():
    shown = findings.main_points(
        data(measure("rate"), measure("days", "inconclusive"), several=True)
    )
    page = BeautifulSoup(shown, "html.parser")
    assert [h.get_text() for h in page.find_all("h3")] == [
        "All people: Fewer people in the programme reoffended",
        "All people: The analysis could not tell whether the time to the first proven "
        "reoffence was shorter or longer",
    ]
    assert plain(shown).endswith(
        "372 people in the programme were compared with 5,030 similar people who did "
        "not take part."
    )
    assert len(page.select(".jdl-finding__big")) == 1


def test_main_points_show_no_p_value():
    for kind in STANDARD:
        said = plain(findings.main_points(data(measure(kind, "inconclusive"))))
        assert "0.47" not in said and " p " not in said


@pytest.mark.parametrize("found", ["withheld", "none"])
def test_a_measure_without_a_result_says_so_and_shows_no_number(found):
    shown = findings.main_points(data(measure(found=found)))
    box = BeautifulSoup(shown, "html.parser").find(attrs={"data-verdict": "withheld"})
    assert re.search("withheld|not shown", box.get_text())
    assert not box.find("data") and not re.search(r"\d|\[", box.get_text())


def test_an_analysis_that_is_not_headlined_gives_its_reason_alone():
    reason = "The result is not shown here, because fewer than 60 people were matched."
    held = data(measure(), not_headlined=reason)
    page = BeautifulSoup(findings.main_points(held), "html.parser")
    assert page.find(attrs={"data-verdict": "withheld"}).get_text() == reason
    assert page.find("h3") is None
    assert findings.headline_sentence(held) == reason


@pytest.mark.parametrize(
    ("kind", "found", "ending"),
    [
        ("rate", "decrease", "This is a statistically significant decrease."),
        ("frequency", "increase", "This is a statistically significant increase."),
        ("days", "increase", "This is a statistically significant difference."),
        (
            "rate",
            "inconclusive",
            "The result is inconclusive: it does not show whether the programme lowers "
            "the number, raises it or leaves it as it is.",
        ),
        (
            "rate",
            "untested",
            "Too few people are behind the result to test it, so it is inconclusive.",
        ),
        (
            "rate",
            "withheld",
            "This result is withheld to protect people: too few are behind it, or "
            "too few are not.",
        ),
    ],
)
def test_the_headline_sentence_ends_with_its_verdict(kind, found, ending):
    said = plain(findings.headline_sentence(data(measure(kind, found))))
    assert said.endswith(ending)


# what can and cannot be said -------------------------------------------------


def say(kind, found, words=STANDARD):
    page = BeautifulSoup(
        WORDS["can_say"](data(measure(kind, found, words))), "html.parser"
    )
    assert [h.get_text() for h in page.find_all("h4")] == [
        "What you can say",
        "What you cannot say",
    ]
    return [p.get_text() for p in page.find_all("p")]


@pytest.mark.parametrize(
    ("kind", "found", "expected"),
    [
        (
            "rate",
            "decrease",
            "This analysis is evidence that fewer in every 100 people reoffended "
            "within a year after support from Mentors than in every 100 similar people "
            "without it.",
        ),
        (
            "frequency",
            "increase",
            "This analysis is evidence that there were more proven reoffences within a "
            "year after support from Mentors than among as many similar people without "
            "it.",
        ),
        (
            "days",
            "increase",
            "This analysis is evidence that the time to the first proven reoffence was "
            "longer after support from Mentors than without it, among those to whom it "
            "happened.",
        ),
    ],
)
def test_a_significant_result_may_be_called_evidence(kind, found, expected):
    can, cannot = say(kind, found)
    assert can.startswith(expected)
    assert cannot == (
        "That support from Mentors is the only reason for the difference, that the "
        "difference will be the same for other people or places, or that it holds for "
        "every person who took part."
    )


@pytest.mark.parametrize("found", ["inconclusive", "untested"])
@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (
            "rate",
            "That support from Mentors lowers the number of people who returned to "
            "prison within 12 months of release, raises it, or makes no difference to "
            "it.",
        ),
        (
            "frequency",
            "That support from Mentors lowers the number of prison rule breaches in "
            "custody, raises it, or makes no difference to it.",
        ),
        (
            "days",
            "That support from Mentors makes the time to return to prison shorter or "
            "longer, or makes no difference to it.",
        ),
    ],
)
def test_an_inconclusive_result_is_evidence_of_nothing(kind, found, expected):
    can, cannot = say(kind, found, OWN)
    assert "evidence" not in can
    assert cannot == (
        f"{expected} An inconclusive result is not evidence of any of these."
    )


@pytest.mark.parametrize("found", ["withheld", "none"])
def test_nothing_can_be_said_on_what_is_not_shown(found):
    can, cannot = say("rate", found)
    assert "is withheld" in can or "is not shown" in can
    assert cannot == "Anything about this measure."


# every sentence --------------------------------------------------------------

#: phrases that overstate, as the acceptance check of a page lists them
BANNED = re.compile(
    r"\b(?:proves?|proved|proven that|no (?:effect|impact)|had no (?:effect|impact)|"
    r"did not work|failed to reduce|trend towards|approaching significance|"
    r"almost significant|highly significant|ex-offenders?|offenders?)\b",
    re.IGNORECASE,
)


def every_sentence(noun="people", **texts):
    for words in (STANDARD, OWN):
        for kind in STANDARD:
            for found in BEHIND:
                given = data(measure(kind, found, words, **texts), noun=noun)
                for name in ("main_points", "estimate", "can_say"):
                    yield WORDS[name](given)
                yield findings.headline_sentence(given)
    for changes in ({}, {"match_quality": number("q", "c")}, {"few_matched": False}):
        yield WORDS["match_quality"](quality(**changes))
    yield WORDS["flow"](flow())
    yield WORDS["how_estimated"]({"changed": False})
    yield WORDS["how_matched"](matched())
    for profile in ("default", "ministry", "none"):
        for cells in (0, 1, 7):
            yield request_texts.hidden(profile, 10, cells, "Open data.")


def quality(**changes):
    return (
        data()
        | {
            "match_quality": Number("q", "well", "text"),
            "effective_comparison": number("e", 214.6, "count"),
            "share_matched": number("s", 87.4, "per_cent"),
            "few_matched": True,
            "limited": True,
            "lost": ["age", "sex"],
            "width": number("w", 0.0384, "decimals_3"),
            "caliper": number("k", 0.05, "setting"),
            "unit": "pooled",
            "scale": "on the logit of the propensity score",
            "choice": "default",
            "widened": False,
        }
        | changes
    )


def flow(**changes):
    submitted = number("sub", 480, "count")
    given = {"submitted": submitted, "open_data": False, "some_left_out": True}
    return data(organisation="Mentors") | given | changes


def matched(**changes):
    return (
        data(
            covariates=["Age", "Sex"],
            exact=["Region", "Sex"],
            method="Each person was compared with everyone within the caliper.",
            scale="on the logit of the propensity score",
        )
        | changes
    )


def test_no_sentence_overstates():
    for shown in every_sentence():
        said = plain(shown)
        assert not BANNED.search(said), said


def test_the_list_of_phrases_catches_what_it_should():
    for said in ("This proves it.", "had no effect", "no impact on reoffending"):
        assert BANNED.search(said)
    assert not BANNED.search("proven reoffences; made no difference")


def test_every_sentence_reads_clean():
    for shown in every_sentence("women"):
        said = plain(shown)
        assert not re.search(r" [.,;]|\.\.|,\.|\(\)|None|nan|\bthe the\b", said), said
        for sentence in re.split(r"(?<=\.) ", said):
            assert sentence[0] in "[(" or sentence[0].isupper() or sentence[0].isdigit()
        assert "people who" not in said or "similar people" not in said, said


def test_words_of_a_request_cannot_become_markup():
    bad = "<script>alert('x')</script> & Co"
    given = data(
        measure(
            label=bad, definition=bad, title=bad, few=bad, reason=bad, found="untested"
        ),
        analysis=bad,
        programme=bad,
        noun=bad,
        several=True,
    )
    shown = [WORDS[name](given) for name in ("main_points", "estimate", "can_say")]
    shown += [
        findings.headline_sentence(given | {"not_headlined": bad}),
        WORDS["main_points"](given | {"not_headlined": bad}),
        WORDS["estimate"](data(measure(found="none", reason=bad))),
        WORDS["flow"](flow(organisation=bad, noun=bad)),
        WORDS["match_quality"](quality(lost=[bad], noun=bad, analysis=bad, scale=bad)),
        WORDS["how_matched"](matched(covariates=[bad], exact=[bad], method=bad)),
        WORDS["limits"]({"own": [bad], "texts": [bad]}),
        WORDS["sentences"]({"sentences": [[bad, number("n", 3, "count")]]}),
        request_texts.hidden("none", 10, 0, bad),
    ]
    for markup in shown:
        assert "<script" not in markup
        assert "alert" in markup


# alike groups, flow, hidden numbers ------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("well", "well matched: after matching, no characteristic differs by more "
         "than 5% of its standard deviation."),
        ("reasonably", "reasonably well matched: after matching, no characteristic "
         "differs by more than 10% of its standard deviation."),
        ("poorly", "poorly matched"),
    ],
)  # fmt: skip
def test_how_alike_the_groups_are(value, expected):
    said = plain(WORDS["match_quality"](quality(match_quality=Number("q", value))))
    assert said.startswith(f"The two groups are {expected}")
    assert ("no result is shown" in said) == (value == "poorly")


def test_the_caliper_and_the_people_left_out_in_words():
    said = plain(WORDS["match_quality"](quality()))
    assert (
        "The caliper was 0.05 standard deviations (pooled over both groups), which is "
        "0.038 on the logit of the propensity score. The request named none, so the "
        "usual one was used." in said
    )
    assert said.endswith(
        "Only 87% of the people who could have been analysed were matched. The result "
        "holds for these alone. Those who were not differed from them most in: age, "
        "sex."
    )


def test_a_wider_caliper_is_owned_up_to():
    said = plain(WORDS["match_quality"](quality(widened=True)))
    assert "Narrower ones were tried first and left the groups poorly matched" in said
    assert "Only balance was looked at, never an outcome." in said
    said = plain(WORDS["match_quality"](quality(choice="named", unit="")))
    assert "The caliper was 0.038 on the logit of the propensity score. The request " \
        "named it." in said  # fmt: skip


def test_the_flow_says_who_is_in_the_analysis():
    assert plain(WORDS["flow"](flow())) == (
        "Mentors submitted 480 lines. 372 people are in the analysis. The table says "
        "where the others went. The result may not hold for those who were left out."
    )


@pytest.mark.parametrize(
    ("profile", "cells", "expected"),
    [
        (
            "default",
            0,
            "A number about fewer than 10 people, or about all but so few of a group, "
            "is hidden, and with it the numbers that follow from it directly. No "
            "numbers were hidden.",
        ),
        (
            "ministry",
            1,
            "A number about 1 to 9 people, or about all but so few of a group, is "
            "hidden, and with it the numbers that follow from it directly. 1 number "
            "was hidden.",
        ),
        ("none", 0, "No number is hidden to protect people. The reason given: Open."),
    ],
)
def test_what_was_hidden_and_why(profile, cells, expected):
    said = plain(request_texts.hidden(profile, 10, cells, "Open."))
    assert said.endswith(expected)


def test_limits_are_a_list_with_the_requests_own_first():
    page = BeautifulSoup(
        WORDS["limits"]({"own": ["Mine."], "texts": ["Theirs."]}), "html.parser"
    )
    assert [li.get_text() for li in page.find_all("li")] == ["Mine.", "Theirs."]


def test_people_matched_exactly_are_named():
    said = plain(WORDS["how_matched"](matched()))
    assert "People were compared only with people of the same Region and Sex." in said
    assert "of the same" not in plain(WORDS["how_matched"](matched(exact=[])))


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (False, "The outcomes were opened only after the matching was settled."),
        (True, "The matching was changed after the outcomes had first been opened."),
    ],
)
def test_when_the_outcomes_were_opened_is_said_as_it_was(changed, expected):
    assert plain(WORDS["how_estimated"]({"changed": changed})).startswith(expected)


def test_open_data_are_not_said_to_have_been_submitted():
    number = {n: Number(n, 672.0) for n in ("submitted", "n_treatment")}
    words = {"organisation": "Prisons", "noun": "people", "open_data": True}
    said = plain(WORDS["flow"](words | number | {"some_left_out": False}))
    assert said == (
        "The data hold 672 people in the programme. 672 people are in the analysis."
    )


def test_people_of_equal_weight_are_not_said_to_stand_for_others():
    sizes = ("n_comparison", "effective_comparison")
    even = {name: number(name, 135, "count") for name in sizes}
    assert "weight" not in plain(WORDS["match_quality"](quality(**even)))


def test_a_poor_match_has_no_result_that_could_hold():
    poorly = quality(match_quality=Number("q", "poorly", "text"))
    assert "result holds" not in plain(WORDS["match_quality"](poorly))


def test_hidden_sizes_are_said_in_words():
    assert "[c]" not in plain(WORDS["flow"](flow(submitted=number("s", "c"))))
    said = plain(WORDS["match_quality"](quality(share_matched=number("s", "c"))))
    assert "Not all of the people who could have been analysed were matched." in said
