"""Numbers of the request's own words, told from those that were worked out."""

import pytest
from support import many_results

from helpers.publication.report import own_words

PROGRAMME = {
    "name": "Project 180",
    "label": "the project",
    "intervention_type": "Mentoring",
    "description": "It began in 2019. Two meetings a week for 37 weeks! Nobody paid.",
}


def rows(request):
    found = own_words.table(request)
    return [row for part in found for row in part.recipe["rows"]]


def test_sentences_with_a_number_are_listed_and_years_and_dates_are_none(study):
    assert rows(study(programme=PROGRAMME)) == [
        ["Programme: name", "Project 180"],
        ["Programme: description", "Two meetings a week for 37 weeks!"],
    ]


def test_what_the_page_does_not_print_is_not_listed(study):
    analyses = [{"name": "All", "covariates": {"numeric": ["re75"]}}]
    labels = {"labels": {"re75": "Earnings in 75"}}
    inputs = {"made_up": {"people": 600, "submitted": 140}} | labels
    assert rows(study(id="x-7", analyses=analyses, inputs=inputs)) == []


def test_a_request_without_numbers_has_no_table(study):
    assert own_words.table(study()) == []


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("In Project 180 there were 180", "In there were 180"),
        ("project 180 helped", "helped"),
        ("Project 1800 helped", "Project 1800 helped"),
    ],
)
def test_only_whole_texts_of_the_request_are_taken_out(study, said, left):
    theirs = own_words.texts(study(programme=PROGRAMME))
    assert " ".join(own_words.without(said, theirs).split()) == left


def test_names_of_the_catalogue_are_taken_out_of_what_is_said(study, tmp_path):
    folder = many_results.write(tmp_path / "many")
    request = study(findings={"catalogue": str(folder)})
    said = own_words.without("Made-up Organisation 13: 2", own_words.texts(request))
    assert said.split() == [":", "2"]


def test_a_paragraph_of_digits_alone_is_of_the_request(study):
    response = "What we do:\n\n- 1\n- 2"
    given = study(organisation={"name": "M", "sector_type": "V", "response": response})
    # a paragraph of the page is a text of its own, its lines after each other
    assert own_words.without("- 1 - 2", own_words.texts(given)).strip() == ""
    assert [row[1] for row in rows(given)] == ["- 1", "- 2"]
