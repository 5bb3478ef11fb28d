"""What the request writes: programme, facts, about, Five Safes; and the glossary."""

import re

import pytest
from bs4 import BeautifulSoup
from support.approved import sources
from support.small_report import SHARING, plain

from helpers.publication.numbers import Number
from helpers.publication.wording import request_texts
from helpers.publication.wording.five_safes import five_safes
from helpers.publication.wording.glossary import TERMS, glossary

ARABIC = "نلتقي بالناس في السجن"
OPEN = {"open_data": {"source": "A journal", "licence": "MIT"}}
COHORT = {"cohort": "params/data/nc_prison_work.csv"}


def definitions(markup):
    """The names and values of a page's lists of definitions."""
    page = BeautifulSoup(markup, "html.parser")
    return {dt.get_text(): dt.find_next("dd") for dt in page.find_all("dt")}


def safes(request, private=True, hidden=0, shown=515):
    """What is said under each of the Five Safes, and before them."""
    markup = five_safes(
        request,
        private=private,
        hidden=Number("disclosure.hidden", float(hidden)),
        shown=Number("disclosure.shown", float(shown)),
    )
    lead, *parts = re.split(r"<h3>(.*?)</h3>", markup)
    return {"": lead} | dict(zip(parts[::2], parts[1::2], strict=True))


# programme, facts, about -------------------------------------------------------


def test_own_words_may_run_from_right_to_left(study):
    given = study(
        organisation={"name": ARABIC, "sector_type": "Voluntary", "own_words":
                      f"{ARABIC}\n\nSecond", "response": "Thanks."},
        programme={"name": ARABIC, "intervention_type": "Mentoring"},
    )  # fmt: skip
    page = BeautifulSoup(request_texts.programme(given), "html.parser")
    quoted = page.select("blockquote > p")
    assert [p.get_text() for p in quoted] == [ARABIC, "Second", "Thanks."]
    assert {element["dir"] for element in (*quoted, *page.find_all("dd"))} == {"auto"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("We meet people.", "Its own words: “We meet people.”"),
        ("word " * 30, "Its own words: “" + "word " * 8 + "…”"),
        # a number cut out of its sentence could not be told from one worked out
        ("We met 1,200 people.", "Its own words: “We met …”"),
        ("1,200 people", "Its own words"),
        ("a" * 200, "Its own words: “" + "a" * 40 + " …”"),
        (ARABIC, f"Its own words: “{ARABIC}”"),
        ("We meet,\n\nand talk", "Its own words: “We meet, and talk”"),
    ],
)
def test_a_fold_of_own_words_begins_with_the_first_of_them(study, text, line):
    given = study(organisation={"name": "M", "sector_type": "V", "own_words": text})
    page = BeautifulSoup(request_texts.programme(given), "html.parser")
    lines = [line.get_text() for line in page.find_all("summary")]
    assert lines[-1] == line


def test_the_row_of_facts_says_what_the_study_covers(study):
    plain_ = dict(request_texts.facts(study()))
    assert list(plain_) == ["Organisation", "Published", "Contact"]
    given = study(
        programme={"name": "Mentors", "intervention_type": "M", "period": "In 2023"},
        publication={"date": "2026-06-25", "contact": "a@b.org", "edition": 2},
    )
    assert request_texts.facts(given) == [
        ("Organisation", "Mentors & Co"),
        ("Published", "25 June 2026"),
        ("Edition", "Second"),
        ("Covers", "In 2023"),
        ("Contact", "a@b.org"),
    ]


def test_about_says_what_the_symbols_mean_and_whom_to_ask(study):
    markup = request_texts.about(study(), "1.0", "[c] and [z] and [x]")
    facts = definitions(markup)
    assert facts["Request"].get_text() == "made-up"
    assert facts["Edition"].get_text() == "First"
    assert facts["Made with"].get_text().endswith("version 1.0")
    for symbol in (
        "[c] hidden to protect people",
        "[z] not shown, or there is no such",
        "[x] not",
    ):
        assert symbol in facts["Symbols"].get_text()
    one = definitions(request_texts.about(study(), "1.0", "a [z]"))["Symbols"]
    assert one.get_text() == "[z] not shown, or there is no such figure"
    assert "Symbols" not in definitions(request_texts.about(study(), "1.0", "none"))
    said = plain(markup)
    assert "in another format, write to lab@example.org." in said
    assert "one HTML file that needs no network connection, and prints to A4." in said


# the Five Safes -----------------------------------------------------------------


def test_the_five_safes_are_there_in_order(study):
    assert list(safes(study())) == [
        "",
        "Safe projects",
        "Safe people",
        "Safe data",
        "Safe settings",
        "Safe outputs",
    ]


def test_made_up_people_make_the_sentences_a_form(study):
    assert "the sentences show the form only" in safes(study())[""]
    assert "form only" not in safes(study(inputs=COHORT))[""]


def test_safe_projects_are_what_the_request_states(study):
    facts = definitions(safes(study())["Safe projects"])
    assert facts["Approved by"].get_text() == "A panel, on 12 January 2026"
    assert facts["Purpose"].get_text() == SHARING["purpose"]
    assert facts["Lawful"].get_text() == SHARING["lawful_basis"]
    assert facts["Ethics review"].get_text() == "None is recorded"


#: a list that was sent, with three tables approved and an ethics review
SENT = {
    "inputs": {"submission": "list.csv", "extract": "records",
               "records_complete_to": "2026-01-01"},
    "data_sharing": SHARING | {
        "received": {"channel": "post <b>", "on": "2026-02-02",
                     "file_sha256": "9f" * 32},
        "provider_signed_off": {"by": "The director", "on": "2026-02-03"},
        "sources": sources("person", "sentence", "offence", "assessment", "benefit"),
        "ethics": {"reviewed_by": "Board 7", "on": "2026-01-20",
                   "asked_for": "That people are told <i>."},
    },
}  # fmt: skip


def test_what_was_received_and_who_signed_is_told_apart(study):
    said = safes(study(**SENT))["Safe projects"]
    facts = {name: dd.get_text() for name, dd in definitions(said).items()}
    assert facts["Sent by"] == "post <b>"
    assert facts["Received on"] == "2 February 2026"
    assert facts["Signed for the organisation by"] == "The director, on 3 February 2026"
    assert facts["Approved for the lab by"] == "A panel, on 12 January 2026"
    assert facts["Ethics review"] == "Board 7, on 20 January 2026"
    assert facts["What it asked for"] == "That people are told <i>."
    assert "the file it read is the one that was received" in said
    assert "<i>" not in said


def test_a_check_of_the_list_is_not_claimed_where_none_was_made(study):
    made_up = study(data_sharing=SENT["data_sharing"])
    assert "the file it read" not in safes(made_up)["Safe projects"]
    assert "The list" not in safes(study())["Safe projects"]


def test_each_table_is_told_in_plain_words_with_its_approval(study):
    said = safes(study(**SENT))["Safe projects"]
    facts = {name: dd.get_text() for name, dd in definitions(said).items()}
    by = "Approved by Panel, on 12 January 2026"
    assert facts["Offences"] == f"Police National Computer. {by}"
    assert facts["Who people are in the Police National Computer"].endswith(by)
    assert facts["Assessments of needs by prison and probation staff (OASys)"] == (
        "Police National Computer linked to other data of the Ministry of Justice. "
        f"{by}"
    )
    assert facts["Benefits"] == f"Data of wider government. {by}"
    assert "National records" not in safes(study())["Safe projects"]


def test_the_police_national_computer_may_stand_for_its_tables(study):
    line = sources("person")[0] | {"table": "Police National Computer"}
    sharing = SENT["data_sharing"] | {"sources": [line]}
    said = definitions(
        safes(study(**SENT | {"data_sharing": sharing}))["Safe projects"]
    )
    told = {name for name, dd in said.items() if "Approved by Panel" in dd.get_text()}
    assert told == {
        "Who people are in the Police National Computer", "Sentences", "Offences",
        "Other names that people are known by",
    }  # fmt: skip


def test_records_that_nobody_approved_are_told_as_not_opened(study):
    said = plain(safes(study(**SENT))["Safe projects"])
    assert (
        "No others could be opened, even where they lay beside these, since nobody had "
        "approved their use: other names that people are known by; employment." in said
    )
    all_of_them = SENT["data_sharing"] | {"sources": sources()}
    given = study(**SENT | {"data_sharing": all_of_them})
    assert "No others" not in plain(safes(given)["Safe projects"])


def test_a_second_person_must_approve_and_who_may_look_before_is_told(study):
    said = plain(safes(study())["Safe outputs"])
    assert "A second person, who is not the analyst, must approve the report" in said
    assert "before 25 June 2026. The request names nobody who may see it" in said
    given = study(publication={
        "date": "2026-06-25", "contact": "a@b.org", "release_at": "2026-06-25 09:30",
        "pre_release": ["Head of statistics", "Two <b>"],
    })  # fmt: skip
    markup = safes(given)["Safe outputs"]
    assert "at 09:30 on 25 June 2026, London time." in plain(markup)
    assert "only these may see it" in markup
    assert '<li dir="auto">Two &lt;b&gt;</li>' in markup


def test_open_data_have_a_source_and_a_licence_and_no_agreement(study):
    given = study(inputs=COHORT, data_sharing=OPEN)
    found = safes(given)
    assert "there is no sharing agreement" in found["Safe projects"]
    facts = definitions(found["Safe projects"])
    assert facts["Source"].get_text() == "A journal"
    assert facts["Licence"].get_text() == "MIT"
    assert "destroyed" not in found["Safe outputs"]


def test_the_analyst_is_named_and_nobody_else_is_vouched_for(study):
    assert plain(safes(study())["Safe people"]) == (
        "The analyst whom the request names is A. Name. The run did not check who else "
        "may have seen the records."
    )


@pytest.mark.parametrize(
    ("private", "expected"),
    [
        (
            True,
            "The run checked that the folder with the records about people is closed",
        ),
        (False, "other accounts of the computer can."),
        (None, "could not be checked."),
    ],
)
def test_safe_settings_claim_what_was_checked(study, private, expected):
    said = safes(study(), private=private)["Safe settings"]
    assert expected in said
    assert (("is closed to" in said), ("could not" in said)) == (
        private is True,
        private is None,
    )


@pytest.mark.parametrize(
    ("disclosure", "hidden", "expected"),
    [
        (
            {},
            0,
            "A number about fewer than ten people is unsafe, and so is one about all "
            "but so few of a group. [c] stands where a number is hidden: because it "
            "is unsafe itself,",
        ),
        ({}, 0, "Of the numbers of this report 515 are shown and none is hidden."),
        ({"profile": "ministry"}, 1, "A number about one to nine people is unsafe"),
        ({"profile": "rounded"}, 1, "A number about fewer than eight people is unsafe"),
        ({"profile": "rounded"}, 1, "Other counts are rounded to the nearest five"),
        ({}, 1, "told as a range where the number would tell about the few people who"),
        ({"profile": "ministry"}, 1, "515 are shown and 1 is hidden."),
        ({"threshold": 30}, 7, "fewer than thirty people"),
        ({"threshold": 30}, 7, "515 are shown and 7 are hidden."),
        (
            {"profile": "none", "reason": "They are open."},
            0,
            "No number is hidden to protect people. The reason given: They are open.",
        ),
    ],
)
def test_safe_outputs_say_which_rule_and_how_much_it_hid(
    study, disclosure, hidden, expected
):
    said = plain(safes(study(disclosure=disclosure), hidden=hidden)["Safe outputs"])
    assert expected in said
    assert said.endswith("the data will be destroyed by 31 December 2099.")


def test_counts_of_numbers_come_from_cells(study):
    markup = safes(study(), hidden=7)["Safe outputs"]
    assert 'data-ref="disclosure.hidden">7<' in markup
    assert 'data-ref="disclosure.shown">515<' in markup


# glossary -----------------------------------------------------------------------


def test_only_terms_of_the_page_are_explained():
    facts = definitions(glossary("The caliper was narrow; OASYS; propensity scores."))
    assert list(facts) == ["Caliper", "OASys", "Propensity score"]
    assert glossary("Nothing here.") == ""


@pytest.mark.parametrize("term", TERMS)
def test_a_term_is_found_by_its_own_name(term):
    assert term in definitions(glossary(f"It speaks of {term.lower()} here."))


def test_terms_stand_in_the_order_of_the_alphabet():
    assert sorted(TERMS, key=str.lower) == list(TERMS)


def test_an_interval_is_not_said_to_hold_the_truth_with_a_probability():
    meaning = TERMS["Confidence interval"][1]
    assert "made again many times" in meaning
    assert "nineteen in twenty of the ranges" in meaning
    assert not re.search(r"probab|likely|chance", meaning)


def test_significance_is_neither_size_nor_cause():
    meaning = TERMS["Statistically significant"][1]
    assert (
        "does not say that the difference is large, nor what it comes from" in meaning
    )
    assert "if the programme made none" in meaning


def test_the_glossary_types_no_number():
    for _, meaning in TERMS.values():
        assert not re.search(r"\d", meaning.replace("every 100", "")), meaning
