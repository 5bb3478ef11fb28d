"""The Govspeak edition of a report holds what its page holds, and nothing more."""

import pytest
from support.govspeak import NEEDS_KRAMDOWN, lead_nowhere, same_as_the_page
from support.small_report import (
    WITHHELD_TEXTS,
    cells_of_every_kind,
    content,
    every_block,
)

from helpers.publication.disclosure import release
from helpers.publication.report import pages
from helpers.publication.report.forms.govspeak import edition
from helpers.publication.report.forms.written import Written
from helpers.publication.report.publish_cells import Part

#: words that are markup of Govspeak, of Markdown and of HTML
BAD = "$CTA % ^a^ {::x} {barchart} [Image:b.png] | `c` *d* <script>e</script> # s1. "


@pytest.fixture
def make(make_run, study):
    """The contents of the small study, a fold within a fold among them."""

    def contents(hidden=0, **changes):
        request = study(**changes)
        cells, sums = cells_of_every_kind(hidden)
        decision = release(cells, sums, profile="default", threshold=10)
        found = [
            Part(section, block.recipe)
            for section, block in every_block(make_run(request, hidden))
        ]
        outer = {"summary": ["Everyone: nothing stands out"], "phone": False}
        folded = {"results": outer, "sex": {**outer, "within": outer}, "flow": outer}
        found = [
            Part(one.section, one.recipe | {"fold": folded[one.key]})
            if one.key in folded
            else one
            for one in found
        ]
        return content(found, request, decision)

    return contents


def files(contents):
    keys = [part.key for part in contents.parts if part.recipe["block"] == "figure"]
    return edition.files(Written(contents, {}, {key: key.encode() for key in keys}))


@NEEDS_KRAMDOWN
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {
            "title": BAD,
            "analyst": BAD,
            "organisation": {
                "name": f"Mentors {BAD}",
                "sector_type": "Voluntary",
                "own_words": f"{BAD}\n\n% We help {BAD}\n\n## نحن نساعد الناس.",
                "response": "1. We agree.\n\n| a | b |",
            },
            "programme": {
                "name": BAD, "intervention_type": "Mentoring", "description": BAD,
            },
        },
    ],
    ids=["plain", "own words that are markup"],
)  # fmt: skip
def test_it_holds_what_the_page_holds(make, changes):
    contents = make(**changes)
    body = files(contents)["govspeak/report.md"]
    same_as_the_page(pages.published(contents), body)
    assert lead_nowhere(body) == []


@NEEDS_KRAMDOWN
@pytest.mark.parametrize("name", ["shared", "increase", "poor"])
def test_that_of_a_whole_run_holds_what_its_page_holds(request, name):
    run = request.getfixturevalue(name)
    body = (run.folder / "release/govspeak/report.md").read_text("utf-8")
    same_as_the_page(run.report, body)
    assert lead_nowhere(body) == []


def test_nothing_of_what_is_withheld_is_in_it(make):
    few, more = files(make()), files(make(hidden=2))
    assert few == more
    text = few["govspeak/report.md"] + few["govspeak/README.md"]
    assert not [one for one in WITHHELD_TEXTS if one in text]
    assert "\\[c\\]" in few["govspeak/report.md"]
    assert "[^c]: \\[c\\] stands where" in few["govspeak/report.md"]


def test_each_image_has_its_alternative_text_beside_it(make):
    contents = make()
    made = files(contents)
    images = {name for name in made if name.endswith(".png")}
    assert images == {"govspeak/images/love.png", "govspeak/images/summary.png"}
    assert made["govspeak/images/love.png"] == b"love"
    told = made["govspeak/README.md"]
    assert "\n`love.png`:\n\n    " in told
    # what the summary's drawing says of itself in the page
    assert "\n`summary.png`:\n\n    Bar of 134 analyses by September 2015: 37 " in told


def test_the_title_is_a_field_of_its_own_and_the_status_comes_first(make):
    made = files(make(title="A study of <b> & | so on"))
    body = made["govspeak/report.md"]
    assert body.startswith("%Made-up people: nobody in this report exists. ")
    assert "\n# " not in body and "A study of" not in body
    told = made["govspeak/README.md"]
    assert "\nTitle:\n\n    A study of <b> & | so on\n" in told
