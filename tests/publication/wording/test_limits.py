"""Strengths, limits and the method in words."""

import pytest
from bs4 import BeautifulSoup
from support.small_report import plain
from support.small_words import data, matched, number

from helpers.publication.numbers import Number
from helpers.publication.wording import WORDS
from helpers.publication.wording.number_words import in_words


def analysis(**changes):
    """An analysis as the limits get it."""
    return (
        data(
            characteristics="fifteen",
            match_quality=Number("q", "well", "text"),
            share_matched=number("s", 96.2, "per_cent"),
            differences=[number("d", 2.0, "smd")],
            widest="",
            width="",
        )
        | changes
    )


def lists(*analyses, several=False, own=("Mine.",)):
    """The items under each heading."""
    shown = WORDS["limits"](
        {
            "own": list(own),
            "strengths": [["Sealed.", "They were sealed."]],
            "limits": [["Motivation.", "It is not measured."]],
            "analyses": list(analyses),
            "several": several,
            "comparisons": [],
        }
    )
    page = BeautifulSoup(shown, "html.parser")
    return {
        h.get_text(): [plain(str(li)) for li in h.find_next("ul").find_all("li")]
        for h in page.find_all("h3")
    }


def test_strengths_come_before_limits_and_the_requests_own_last():
    found = lists(analysis())
    assert list(found) == ["Strengths", "Limits", "About these data"]
    assert found["Strengths"] == [
        "Sealed. They were sealed.",
        "The groups are alike. After matching the two groups are well matched on all "
        "fifteen characteristics compared.",
        "Few were lost in matching. At least nine in ten of the people who could be "
        "analysed had someone similar to be compared with.",
    ]
    assert found["Limits"] == [
        "Not everyone is in the analysis. 108 of the 480 lines submitted are left out "
        "(Figure 2). What is found here may not hold for them.",
        "Motivation. It is not measured.",
    ]
    assert found["About these data"] == ["Mine."]
    assert "About these data" not in lists(analysis(), own=())


def test_in_brief_there_are_lead_ins_and_of_limits_those_that_not_every_study_has():
    told = {
        "own": ["Mine.", "Mine too."],
        "strengths": [["Sealed.", "They were sealed."]],
        "limits": [["Motivation.", "It is not measured."], ["Usual.", "As ever."]],
        "analyses": [analysis(), analysis(analysis="Men & boys")],
        "several": True,
        "comparisons": [],
        "usual": ["Usual."],
    }
    assert plain(WORDS["limits_in_brief"](told)) == (
        "Strengths. Sealed. The groups are alike (All people). Few were lost in "
        "matching (All people). The groups are alike (Men &amp; boys). Few were lost "
        "in matching (Men &amp; boys). Limits. Not everyone is in the analysis (All "
        "people). Not everyone is in the analysis (Men &amp; boys). Motivation."
    )
    # one for the study and two of each analysis; two of the study, two of the analyses
    # and two of the request
    assert WORDS["limits_line"](told) == "Five strengths, six limits, in full"
    alone = told | {"analyses": [], "limits": told["limits"][:1], "own": []}
    assert WORDS["limits_line"](alone) == "One strength, one limit, in full"


def test_what_is_hidden_of_a_match_is_not_counted_in_the_line():
    told = {"own": [], "strengths": [], "limits": [], "several": False,
            "analyses": [analysis(some_left_out=False)], "comparisons": []}  # fmt: skip
    shown = WORDS["limits_line"](told)
    hidden = told["analyses"][0] | {"share_matched": Number("s", None, "per_cent", "c")}
    fewer = WORDS["limits_line"](told | {"analyses": [hidden]})
    assert (shown[:3], fewer[:3]) == ("Two", "One")


def test_each_point_has_a_short_lead_in_in_bold():
    shown = WORDS["limits"](
        {"own": [], "strengths": [], "limits": [["Motivation.", "It is not measured."]],
         "analyses": [analysis()], "several": True, "comparisons": []}
    )  # fmt: skip
    for li in BeautifulSoup(shown, "html.parser").find_all("li"):
        assert len(li.strong.get_text().split()) <= 8
    assert "<strong>The groups are alike (All people).</strong>" in shown


@pytest.mark.parametrize(
    ("changes", "strength", "limit"),
    [
        (
            {"match_quality": Number("q", "reasonably")},
            "",
            "reasonably matched, but not",
        ),
        ({"match_quality": Number("q", "poorly")}, "", "no result is shown"),
        ({"match_quality": number("q", "c")}, "", ""),
        ({"characteristics": "one"}, "on the one characteristic compared", ""),
        ({"share_matched": number("s", 100)}, "Everyone who could be analysed", ""),
        ({"some_left_out": False}, "well matched", ""),
    ],
)
def test_a_point_is_made_only_where_the_run_bears_it_out(changes, strength, limit):
    found = lists(analysis(**changes))
    if strength:
        assert any(strength in text for text in found["Strengths"])
    else:
        assert not any("groups are alike" in text for text in found["Strengths"])
    quality = [text for text in found["Limits"] if "alike" in text]
    assert any(limit in text for text in quality) if limit else not quality


def test_a_caliper_beyond_the_limit_is_a_limit_of_the_report():
    wide = {"reach": "caliper", "widest": number("l", 0.0313, "decimals_3")}
    found = lists(analysis(width=number("w", 0.043, "decimals_3"), **wide))["Limits"]
    assert (
        "The caliper is wide. The request accepted a caliper of 0.043, which is wider "
        "than the limit of 0.031: people may have been compared who differ enough to "
        "bias the result." in found
    )
    wide["reach"] = "bandwidth"
    found = lists(analysis(width=number("w", 0.043, "decimals_3"), **wide))["Limits"]
    told = "The bandwidth is wide. The request accepted a bandwidth of 0.043"
    assert any(text.startswith(told) for text in found)


def test_equal_weights_are_not_spoken_of():
    said = plain(WORDS["how_estimated"]({"opened": ["sealed"], "weighted": False}))
    assert "weight" not in said and "effective" not in said
    assert "less the average among the comparison group" in said


@pytest.mark.parametrize("share", [number("s", 89.9), number("s", "c")])
def test_many_lost_in_matching_or_a_hidden_share_is_no_strength(share):
    found = lists(analysis(share_matched=share))
    assert not any("in matching" in text for text in found["Strengths"])


def test_on_a_poor_match_nobody_is_said_to_have_somebody_similar():
    found = lists(analysis(match_quality=Number("q", "poorly")))
    assert not any("similar" in text for text in found["Strengths"])


# the method -------------------------------------------------------------------


def test_people_matched_exactly_are_named():
    said = plain(WORDS["how_matched"](matched()))
    assert "People were matched only to people of the same Region and Sex." in said
    assert "of the same" not in plain(WORDS["how_matched"](matched(exact=[])))


@pytest.mark.parametrize(
    ("opened", "expected"),
    [
        (["sealed"], "The outcomes were opened only after the matching was settled."),
        (
            ["before"],
            "This matching was made after the outcomes had first been opened.",
        ),
        (
            ["pool"],
            "The outcomes of the people in the programme were opened only after the "
            "matching was settled. It had been changed after those of other people had "
            "been opened.",
        ),
        (
            ["held", "before"],
            "The analyst held the outcomes before matching; the matching made no use "
            "of them. This matching was made after the outcomes had first been opened.",
        ),
    ],
)
def test_when_the_outcomes_were_opened_is_said_as_it_was(opened, expected):
    data = {"opened": opened, "weighted": True}
    assert plain(WORDS["how_estimated"](data)).startswith(expected)


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, "no"),
        (1, "one"),
        (10, "ten"),
        (19, "nineteen"),
        (20, "twenty"),
        (60, "sixty"),
        (99, "ninety-nine"),
        (100, "one hundred"),
        (105, "one hundred and five"),
        (342, "three hundred and forty-two"),
        (1000, "one thousand"),
        (1001, "one thousand and one"),
        (12_345, "twelve thousand three hundred and forty-five"),
    ],
)
def test_numbers_in_words(count, expected):
    assert in_words(count) == expected


def test_no_two_numbers_are_written_alike():
    assert len({in_words(count) for count in range(3000)}) == 3000


def test_matching_is_said_to_even_out_what_chance_left():
    said = plain(WORDS["how_matched"](matched(by_chance=True)))
    assert "Chance decided who took part, so matching evens out" in said
    assert "Chance" not in plain(WORDS["how_matched"](matched()))


def test_comparisons_over_time_are_counted():
    shown = [number(name, 1, "fewer") for name in "abc"]
    data = {"own": [], "strengths": [], "limits": [], "analyses": [], "several": False}
    more = {"comparisons": shown, "between": True, "over_time": True}
    assert (
        "This report shows three: one for each measure, sub-groups with each other, "
        "and differences over time."
    ) in plain(WORDS["limits"](data | more))
