"""The sentences of the periodic summary, over counts that were made up."""

import re

import pytest
from bs4 import BeautifulSoup

from helpers.publication.numbers import Number
from helpers.publication.wording.results import periodic
from helpers.request import load

COLLECTED = {"all": 30, "decrease": 15, "inconclusive": 12, "increase": 0,
             "not_found": 3, "lower_frequency": 2}  # fmt: skip
COUNTED = {"total": 134, "decrease": 37, "inconclusive": 90, "increase": 7,
           "lower_frequency": 11}  # fmt: skip
NONE = dict.fromkeys(COLLECTED, 0)


def data(collected=COLLECTED, counted=COUNTED):
    made = [
        {name: Number(f"x.{name}", float(value)) for name, value in counts.items()}
        for counts in (collected, counted)
    ]
    when = {"when": "September 2015"} if counted else {}
    return {"collected": made[0], "counted": made[1] | when}


def said(markup):
    return BeautifulSoup(markup, "html.parser").get_text(" ", strip=True)


def plain(markup):
    return re.sub(r"<[^>]+>", "", markup)


def test_the_headline_is_how_the_last_full_count_divides():
    assert plain(periodic.headline(data())) == (
        "Of 134 analyses completed by September 2015, when all findings were last "
        "counted, 37 found that significantly fewer people reoffended, 90 did not have "
        "enough evidence to tell (11 of these found that people reoffended "
        "significantly less often) and 7 found that significantly more people "
        "reoffended."
    )


@pytest.mark.parametrize(
    ("collected", "sentence"),
    [
        (COLLECTED, "Of 30 results collected here, 15 found that significantly fewer "
         "people reoffended, 12 did not have enough evidence to tell (2 of these "
         "found that people reoffended significantly less often) and none found that "
         "significantly more people reoffended; of 3 the finding is not known."),
        (NONE, "No published result is collected here."),
        (NONE | {"all": 1, "increase": 1},
         "Of 1 result collected here, none found that significantly fewer people "
         "reoffended and 1 found that significantly more people reoffended."),
    ],
)  # fmt: skip
def test_without_a_full_count_the_headline_is_what_is_collected(collected, sentence):
    assert plain(periodic.headline(data(collected, {}))) == sentence
    # and the main points do not say it again
    assert sentence not in plain(periodic.main_points(data(collected, {})))


def test_the_main_points_have_no_one_finding_and_say_so():
    page = BeautifulSoup(periodic.main_points(data()), "html.parser")
    (verdict,) = page.select("[data-verdict]")
    assert verdict["data-verdict"] == "withheld"
    assert "could not be given" in verdict.get_text()
    assert "Of 30 results collected here" in page.get_text()
    # the section that takes some of them together is told of, and linked
    assert verdict.a["href"] == "#together"
    nothing = periodic.main_points(data(NONE, {}))
    assert "#together" not in nothing and "results collected" not in nothing


def test_the_main_points_list_the_last_full_count_a_short_line_each():
    page = BeautifulSoup(periodic.main_points(data()), "html.parser")
    lines = [re.sub(r"\s+", " ", item.get_text()) for item in page.select("li")]
    assert [line.split(" ")[0] for line in lines] == ["37", "90", "7"]
    assert "; 11 of these found" in lines[1]
    assert page.p.get_text().startswith("Of the 134 analyses that the Ministry of")


def test_the_headline_says_how_many_results_are_of_made_up_people():
    some = COLLECTED | {"made_up": 2}
    last = "2 of the results collected here are of made-up people"
    for counted in (COUNTED, {}):
        assert f". {last}" in plain(periodic.headline(data(some, counted)))


def test_a_limit_is_told_only_where_the_collection_has_it():
    whole = said(periodic.limits({"lacks": []}))
    assert "worked out here" not in whole and "Dates are missing" not in whole
    assert whole.startswith("Partial.")
    lacking = said(periodic.limits({"lacks": ["computed", "undated"]}))
    assert "worked out here" in lacking and "Dates are missing" in lacking


def test_the_method_names_the_day_up_to_which_results_are_shown():
    asked = load("params/findings.yml").completed()
    asked["findings"]["as_of"] = "2015-09-30"
    first = said(periodic.method(load(asked))).split(". ")[0]
    assert first == "Results published by the end of September 2015 are shown"


def test_each_file_is_named_with_its_hash():
    told = said(periodic.read_from({"a & b.csv": "0f", "c.csv": "1e"}))
    assert told.endswith("a & b.csv: 0f c.csv: 1e")
