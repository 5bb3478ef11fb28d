"""What can be said on the strength of a result, and what cannot."""

import pytest
from bs4 import BeautifulSoup
from support.small_report import plain
from support.small_words import (
    NOT_HEADLINED,
    NOT_MATCHED,
    OWN,
    STANDARD,
    data,
    measure,
)

from helpers.publication.wording import WORDS


def say(given):
    """The sentence that can be said, those that cannot, and what ends them."""
    page = BeautifulSoup(WORDS["can_say"](given), "html.parser")
    assert len(page.find_all("h3")) == 1  # no level of headings is skipped
    assert [h.get_text() for h in page.find_all("h4")] == [
        "What you can say",
        "What you cannot say",
    ]
    for words in page.select(".jdl-cite"):
        words.extract()
    can, cannot = page.select(".jdl-say > div")
    [said] = can.find_all("p")
    ends = [p.get_text() for p in cannot.find_all("p")]
    return said.get_text(), [li.get_text() for li in cannot.find_all("li")], ends


@pytest.mark.parametrize(
    ("kind", "found", "expected"),
    [
        (
            "rate",
            "decrease",
            "This analysis is evidence that fewer in every 100 people reoffended "
            "within a year after support from Mentors than in every 100 similar people "
            "without it. For every 100 people,",
        ),
        (
            "frequency",
            "increase",
            "This analysis is evidence that there were more proven reoffences within a "
            "year after support from Mentors than among as many similar people without "
            "it. For every 100 people,",
        ),
        (
            "days",
            "increase",
            "This analysis is evidence that, among people who reoffended, the time to "
            "the first proven reoffence was longer after support from Mentors than in "
            "the comparison group. Among people who reoffended,",
        ),
    ],
)
def test_a_significant_result_may_be_called_evidence(kind, found, expected):
    can, cannot, _ = say(data(measure(kind, found)))
    assert can.startswith(expected)
    assert "This is a statistically significant result." in can
    assert can.endswith(NOT_MATCHED) == (kind == "days")
    assert (
        cannot[1] == "That the difference will be the same for other people or places."
    )


def test_a_time_of_everyone_is_compared_with_similar_people():
    can, cannot, _ = say(data(measure("days", of_some=False)))
    assert (
        "evidence that the time to the first proven reoffence was shorter after "
        "support from Mentors than among similar people without it." in can
    )
    assert "is the reason" in cannot[0]


@pytest.mark.parametrize(
    ("kind", "found", "expected"),
    [
        (
            "rate",
            "decrease",
            "That the difference holds for every person who took part.",
        ),
        (
            "frequency",
            "decrease",
            "That each person had fewer: the number mixes how many people had any with "
            "how many each of them had.",
        ),
        (
            "frequency",
            "increase",
            "That each person had more: the number mixes how many people had any with "
            "how many each of them had.",
        ),
    ],
)
def test_what_even_a_significant_result_does_not_bear_out(kind, found, expected):
    for words in (STANDARD, OWN):
        _, cannot, _ = say(data(measure(kind, found, words)))
        assert cannot[0] == (
            "That support from Mentors is the reason for the difference: the groups "
            "may differ in ways that were not measured, such as wanting to change."
        )
        assert cannot[-1] == expected


def test_a_time_of_some_people_only_may_differ_because_they_do():
    _, cannot, _ = say(data(measure("days", words=OWN)))
    assert cannot[0] == (
        "That support from Mentors is the reason for the difference: those to whom it "
        "happened in the two groups were not matched to each other, and need not be "
        "alike."
    )


@pytest.mark.parametrize("found", ["inconclusive", "untested", "withheld", "none"])
@pytest.mark.parametrize(
    ("kind", "ways"),
    [
        (
            "rate",
            ["lowers the number of people who returned to prison within 12 months of "
             "release", "raises", "makes no difference to"],
        ),
        (
            "frequency",
            ["lowers the number of prison rule breaches in custody", "raises",
             "makes no difference to"],
        ),
        (
            "days",
            ["makes the time to return to prison shorter",
             "makes the time to return to prison longer",
             "makes no difference to the time to return to prison"],
        ),
    ],
)  # fmt: skip
def test_no_result_is_evidence_of_nothing(kind, found, ways):
    can, cannot, [end] = say(data(measure(kind, found, OWN)))
    assert "evidence" not in can
    assert len(cannot) == len(ways)
    for text, way in zip(cannot, ways, strict=True):
        assert text.startswith(f"That support from Mentors {way}")
    kind_of_result = {"withheld": "A result that is not shown",
                      "none": "A result that is not shown"}  # fmt: skip
    what = kind_of_result.get(found, "An inconclusive result")
    assert end == f"{what} is not evidence of any of these."


@pytest.mark.parametrize("why", NOT_HEADLINED)
def test_an_analysis_that_is_not_headlined_has_its_own_pair(why):
    can, cannot, _ = say(data(several=True, **why))
    assert can.startswith(why["not_headlined"])
    assert ("give this reason" in can) is not bool(why["why"] == "poor")
    assert ("made no difference" in cannot[-1]) is bool(why["why"] == "poor")
    assert ("everyone who took part" in cannot[0]) is not bool(why["why"] == "poor")


def cited(given):
    """Every sentence by its anchor, the words that cite it, and every link."""
    page = BeautifulSoup(WORDS["can_say"](given), "html.parser")
    at = {one["id"]: one.get_text() for one in page.select("[id]")}
    details = page.select(".jdl-cite")
    links = {a["href"][1:]: a.get_text() for one in details for a in one.find_all("a")}
    can, cannot = details
    assert not cannot.p
    return at, can.p.get_text(), links


def test_each_sentence_has_an_anchor_of_its_own_and_says_how_it_is_cited():
    at, words, links = cited(data(measure("rate")))
    start = "say-all--reoffending-rate"
    assert list(at) == [
        start,
        *(f"cannot-{start}-{name}" for name in ("reason", "elsewhere", "each")),
    ]
    assert list(links) == list(at)
    assert words == (
        f"Mentors: an analysis, Mentors, 25 June 2026, first edition, #{start}"
    )
    # what may not be said has a link by its own words, without why
    cannot = f"cannot-{start}-elsewhere"
    assert (
        links[cannot]
        == "That the difference will be the same for other people or places"
    )
    assert at[cannot] == f"{links[cannot]}."


def test_lines_that_cite_name_their_measure_to_a_screen_reader():
    page = BeautifulSoup(WORDS["can_say"](data(measure("rate"))), "html.parser")
    assert [line.get_text() for line in page.select(".jdl-cite > summary")] == [
        "Cite this (One-year proven reoffending rate)",
        "Link to these (One-year proven reoffending rate)",
    ]


def test_anchors_stay_the_same_whatever_is_found():
    for found in ("decrease", "inconclusive", "withheld", "none"):
        at, _, links = cited(data(measure("days", found)))
        assert list(at)[0] == "say-all--time-to-first-reoffence"
        assert len(set(at)) == len(at) == len(links)


def test_no_two_analyses_and_measures_share_an_anchor():
    # "all" + "in work" and "all in" + "work" are the same words
    first = cited(data(measure(outcome="in work")))[0]
    other = cited(data(measure(outcome="work"), slug="all-in"))[0]
    assert list(first)[0] == "say-all--in-work"
    assert list(other)[0] == "say-all-in--work"
    assert not set(first) & set(other)


def test_own_words_of_a_citation_are_no_markup():
    source = data()["source"] | {"title": "A <b>title</b> \u05e9\u05dc\u05d5\u05dd"}
    shown = WORDS["can_say"](data(measure(), source=source))
    assert "<b>" not in shown
    assert "<bdi>A &lt;b&gt;title" in shown


def test_a_result_beside_the_headline_is_not_said_to_stand_by_itself():
    for found in ("decrease", "inconclusive"):
        _, cannot, _ = say(data(measure("rate", found), beside_headline=True))
        assert cannot[-1] == (
            "That this result stands by itself: it is one of several beside the "
            "headline, and of many results some stand out by chance alone."
        )


@pytest.mark.parametrize(
    ("kind", "found", "whose", "expected"),
    [
        ("rate", "decrease", False, "How many: fewer"),
        ("frequency", "inconclusive", False, "How often: cannot tell yet"),
        ("days", "increase", True, "All people, how soon: longer"),
        ("rate", "untested", False, "How many: too few to tell"),
        ("rate", "withheld", True, "All people, how many: nothing can be said"),
    ],
)
def test_a_line_tells_in_a_few_words_what_can_be_said(kind, found, whose, expected):
    given = data(measure(kind, found), whose=whose)
    assert plain(WORDS["can_say_in_brief"](given)) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (["inconclusive", "inconclusive"], "cannot tell yet"),
        (["withheld", "none"], "nothing can be said"),
        (["inconclusive", "untested"], "nothing clear can be said"),
        (["decrease", "inconclusive", "none"], "one of three measures shows a "
         "difference"),
        (["decrease", "increase"], "both measures show a difference"),
        (["decrease"] * 3, "all three measures show a difference"),
    ],
)  # fmt: skip
def test_a_line_on_several_measures_tells_of_all_of_them(found, expected):
    measures = [measure("rate", one) for one in found]
    given = data(*measures, whose=True)
    said = plain(WORDS["can_say_in_brief"](given))
    assert said == f"All people: {expected}"


def test_a_line_on_an_analysis_without_main_points_says_that_nothing_can_be_said():
    given = data(whose=True, **NOT_HEADLINED[1])
    assert WORDS["can_say_in_brief"](given) == "All people: nothing can be said"


def test_where_chance_decided_nothing_is_said_of_wanting_to_change():
    for found in ("decrease", "increase"):
        _, cannot, _ = say(data(measure("rate", found), by_chance=True))
        assert cannot[0] == (
            "That support from Mentors is certainly the reason for the difference: the "
            "play of chance can bring one as large where a programme makes none."
        )
