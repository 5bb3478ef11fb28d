"""An analysis that could not be made, in words: by reason, shown and hidden."""

import re

import pytest
from bs4 import BeautifulSoup
from support.small_words import number

from helpers.publication.numbers import Number, Place
from helpers.publication.wording.without_result import not_made
from helpers.publication.wording.without_result.reasons import (
    NOBODY_FOUND,
    NOT_FOLLOWED_UP,
    POOR_MATCH,
    REASONS,
    TOO_FEW_PEOPLE,
)


def data(reason=TOO_FEW_PEOPLE, **changes):
    """A list of 300 lines of which 250 were found and 37 are left."""
    return {
        "analysis": "All men",
        "several": False,
        "reason": reason.name,
        "noun": "men",
        "least": "sixty",
        "organisation": "Mentors & Sons",
        "open_data": False,
        "listed": True,
        "about": [],
        "unopened": True,
        "table": Place("flow-sent", "Table 1"),
        "submitted": number("s", 300, "count"),
        "linked": number("l", 250, "count"),
        "available": number("a", 37, "count"),
        "too_recent": "",
        "without_id": number("i", 12, "count"),
        "more": number("m", 23, "count"),
        "later": "",
    } | changes


def parts(held):
    """The words of the box, and of each part by its lead-in."""
    page = BeautifulSoup(not_made.not_made(held), "html.parser")
    told = {item.strong.get_text(): item.get_text() for item in page.select("li")}
    told = {lead: text.removeprefix(lead).strip() for lead, text in told.items()}
    return page.div.get_text(" "), *told.values()


def test_too_few_people():
    box, sent, found, why, needed = parts(data())
    assert box == (
        "Could not be analysed Fewer than sixty men in the programme were left to "
        "analyse This says nothing about whether the programme made a difference."
    )
    assert sent == "Mentors & Sons submitted 300 lines."
    assert found == (
        "250 of them were found in the national records. 37 men were left to analyse "
        "(Table\u00a01)."
    )
    assert why == (
        "So few people can do better or worse by chance alone. An estimate would say "
        "more about chance than about the programme. The outcomes were not opened."
    )
    assert needed == (
        "It takes at least sixty men who can be analysed. More people can be added to "
        "the list, and details that are missing or wrong in it can be corrected."
    )


def test_too_recent():
    later = Number("t", "March 2027", "text")
    held = data(NOT_FOLLOWED_UP, too_recent=number("r", 40, "count"), later=later)
    box, _, found, why, needed = parts(held | {"without_id": ""})
    assert "Too few of the men have been followed for long enough" in box
    assert found.endswith("left to analyse (Table\u00a01). 40 lines are too recent.")
    assert "with fewer than sixty men the programme cannot be told from chance" in why
    assert needed.endswith("complete to the end of March 2027.")
    hidden = parts(held | {"later": Number("t", None, "text", "c"), "without_id": ""})[
        -1
    ]
    assert hidden.startswith("Time.") and "earliest" not in hidden


def test_nobody_found():
    none = {"linked": number("l", 0, "count"), "available": number("a", 0, "count")}
    box, _, found, why, needed = parts(data(NOBODY_FOUND, **none, more=""))
    assert "Nobody on the list was found in the national records" in box
    assert found == (
        "None of them was found in the national records. Nobody was left to analyse "
        "(Table\u00a01)."
    )
    assert "opened" not in why  # nobody has any outcome
    assert "Records have to be found for at least sixty men." in needed
    assert "12 lines of this list came without" in needed


@pytest.mark.parametrize("reason", [NOBODY_FOUND, NOT_FOLLOWED_UP, TOO_FEW_PEOPLE])
def test_what_is_hidden_leaves_sentences_that_stand(reason):
    names = ("submitted", "linked", "available", "too_recent", "without_id", "more")
    hidden = {name: number(name, "c", "count") for name in names}
    told = " ".join(parts(data(reason, **hidden, later=Number("t", None, "text", "c"))))
    assert not re.search(r"\[|\d(?!\))", told)
    assert "hidden to protect people" in told
    left = "Fewer than sixty men were left to analyse"
    assert (left in told) is (reason != NOBODY_FOUND)
    assert not re.search(r"  |\( |\.\.| ,|\{|\}", told)


def test_a_count_rounded_up_to_the_limit_is_not_held_against_it():
    # 58 people, rounded to 60: the text would contradict itself
    rounded = {"available": number("a", 60, "count"), "more": number("m", 0, "count")}
    told = " ".join(parts(data(**rounded)))
    assert "60" not in told and "0 more" not in told


def test_one_of_everything():
    one = {name: number(name, 1, "count") for name in
           ("submitted", "linked", "available", "more")}  # fmt: skip
    told = " ".join(parts(data(**one)))
    assert "submitted 1 line." in told
    assert "1 of them was found" in told and "1 of the men was left" in told
    one = {"submitted": number("s", 9, "count"), "without_id": one["more"]}
    told = parts(data(**one, linked=number("l", 1, "count")))[-1]
    assert "1 line of this list came" in told


def test_an_analysis_is_named_among_several_and_another_s_outcomes_were_opened():
    held = data(several=True, unopened=False, table="")
    box, _, found, why, _ = parts(held)
    assert "All men: Fewer than sixty men" in box
    assert "Table" not in found and "opened" not in why
    assert not_made.in_brief(held) == (
        "All men: Could not be analysed: fewer than sixty men in the programme were "
        "left to analyse. This says nothing about whether the programme made a "
        "difference."
    )


def test_open_data_and_a_limit_of_one_person():
    none = number("a", 0, "count")
    held = data(open_data=True, listed=False, least="one", available=none)
    box, sent, found, _, needed = parts(held)
    assert "No men in the programme were left to analyse" in box
    assert sent == "The data hold 300 people in the programme."
    assert "Nobody was left to analyse" in found
    assert needed.startswith("It takes at least one of the men who can be analysed.")


def test_a_limit_of_a_thousand_is_no_limit_of_one():
    *_, needed = parts(data(least="one thousand"))
    assert needed.startswith("It takes at least one thousand men who can be analysed.")


def test_every_reason_is_a_row_of_its_own():
    assert set(REASONS) == {
        "nobody_found", "not_followed_up", "too_few_people", "poor_match"
    }  # fmt: skip
    assert len({reason.title for reason in REASONS.values()}) == len(REASONS)
    assert REASONS["poor_match"] is POOR_MATCH
    assert all(reason.why and reason.needed for reason in REASONS.values())


# an analysis of some of those who were sent -----------------------------------------

WOMEN = [["Only people with these characteristics are in this analysis: Sex: ",
          Number("f", "Female", "text"), "."]]  # fmt: skip


def test_numbers_of_all_lines_are_not_told_of_an_analysis_of_some():
    some = {"about": WOMEN, "noun": "women", "several": True}
    recent = number("r", 40, "count")
    none = {"available": "", "more": "", "without_id": ""}
    held = data(NOT_FOLLOWED_UP, **some, **none, too_recent=recent, table="")
    _, sent, found, why, _ = parts(held)
    assert sent == "Mentors & Sons submitted 300 lines."
    assert found == (
        "Of all 300 lines, 250 were found in the national records and 40 are too "
        "recent. Fewer than sixty women were left to analyse."
    )
    assert why.startswith(
        "Only people with these characteristics are in this analysis: Sex: Female. Each"
    )
    hidden = {name: number(name, "c", "count") for name in ("submitted", "linked")}
    found = parts(held | hidden | {"too_recent": number("r", "c", "count")})[2]
    assert found == "Fewer than sixty women were left to analyse."


def test_a_filter_that_keeps_few_is_told_with_what_would_help():
    held = data(about=WOMEN, noun="women", without_id=number("i", 239, "count"))
    needed = parts(held)[-1]
    assert needed == (
        "It takes at least sixty women who can be analysed. More people like these can "
        "be added to the list, or the analysis can be of a wider choice of people. "
        "That has to be chosen before anybody sees a result."
    )


def test_ids_are_spoken_of_where_fewer_than_half_of_the_lines_were_found():
    for linked, told in ((149, True), (150, False), ("c", False)):
        needed = parts(data(linked=number("l", linked, "count")))[-1]
        assert ("PNC id" in needed) is told


def test_people_of_a_ready_cohort_are_no_lines():
    held = data(NOT_FOLLOWED_UP, listed=False, linked="", without_id="")
    _, sent, found, *_ = parts(held | {"too_recent": number("r", 1, "count")})
    assert sent == "Mentors & Sons submitted 300 people."
    assert found.endswith("1 person is too recent.")
