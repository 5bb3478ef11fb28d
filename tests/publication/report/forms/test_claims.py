"""The file of claims: the sentences of the page, with what stands behind each."""

import re
import shutil
import subprocess
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from support.small_report import cells_of_every_kind, every_block

from helpers.publication import disclosure
from helpers.publication.cells import by_ref
from helpers.publication.disclosure import Decision
from helpers.publication.report import contents, hidden
from helpers.publication.report.forms import claims
from helpers.publication.report.publish_cells import Part, in_order
from helpers.publication.wording.request_texts import edition
from helpers.publication.wording.without_result.reasons import NOBODY_FOUND


@pytest.fixture
def parts(make_run):
    return in_order([Part(name, b.recipe) for name, b in every_block(make_run())])


def content(parts, request, number=0, gone=False):
    """The report of some cells; with `gone` everything about its people is withheld."""
    cells, sums = cells_of_every_kind(number)
    decision = disclosure.release(cells, sums, profile="default", threshold=10)
    if gone:
        away = {c.ref: "few people" for c in cells if c.ref.startswith("all.")}
        shown = {c.ref: c.value for c in cells if c.ref not in away}
        decision = Decision(shown, away)
        parts = hidden.replaced(parts, by_ref(cells), decision, request)
    return contents.contents(parts, request, "1.0", decision, private=True)


def written(of):
    """The file of claims of a report."""
    return claims.files(SimpleNamespace(contents=of))[claims.NAME]


def as_html(text):
    if not shutil.which("kramdown"):
        pytest.skip("kramdown is not installed")
    done = subprocess.run(
        ["kramdown"], input=text, capture_output=True, text=True, check=True
    )
    return BeautifulSoup(done.stdout, "html.parser")


def on_one_line(words):
    return re.sub(r"\s+", " ", words).strip()


def test_sentences_and_numbers_are_those_of_the_page(parts, study):
    made = content(parts, study())
    drawn = "".join(made.drawn[p.key] for p in made.parts if p.section == "can-say")
    page, file = BeautifulSoup(drawn, "html.parser"), as_html(written(made))
    ours = [on_one_line(one.get_text()) for one in file.find_all("blockquote")]
    theirs = [
        on_one_line(one.get_text())
        for one in page.select(".jdl-say > div > p[id]")
        if not one["id"].startswith("cannot")
    ]
    # by itself a sentence does not say whom it is about: the analysis is "All"
    about = (
        "In the analysis “All”, people with support from Mentors were compared with "
        "similar people without it. "
    )
    starts = [one.startswith(about) for one in ours]
    assert [one.removeprefix(about) for one in ours] == theirs
    nothing = [
        one.find_previous("h3").get_text() for one in file.find_all("blockquote")
    ]
    assert starts == [one == "You may say" for one in nothing] and any(starts)
    assert len(ours) == 3
    titles = [on_one_line(one.get_text()) for one in file.find_all("h2")]
    assert titles == [on_one_line(one.get_text()) for one in page.find_all("h3")]
    # every place in the report is one of the page, each of them once
    places = [one.get_text()[1:] for one in file.find_all("code")]
    assert sorted(places) == sorted(one["id"] for one in page.select("[id]"))
    # 100 and 300 people, 46.2 and 52.4 in every 100, 1.1 to 11.3 fewer (small_report)
    [first, *_] = (one.find_next("ul") for one in file.find_all("blockquote"))
    told = on_one_line(first.get_text())
    assert "People: 100 in the programme, 300 in the comparison group" in told
    assert "46 in every 100 people" in told and "52 in every 100" in told
    assert "95% interval of the difference: 1 to 11 fewer for every 100" in told


def test_what_is_withheld_changes_no_byte_and_lets_nothing_be_claimed(parts, study):
    files = {written(content(parts, study(), number)) for number in range(3)}
    assert len(files) == 1
    [text] = files
    _, custody, *_ = text.split("\n## ")[1:]
    assert "### Nothing may be claimed" in custody
    assert "in the programme" not in custody


def test_an_analysis_that_is_wholly_hidden_has_no_claim(parts, study):
    request = study(analyses=[{"name": "All", "covariates": {"numeric": ["age"]}}])
    text = written(content(parts, request, gone=True))
    assert "You may say" not in text
    assert "### Nothing may be claimed" in text
    assert "Nothing may be claimed as a finding of this report." in text
    assert "- **Source:** “" in text and "analysis “All”, `#say-all`" in text
    _, not_said = text.split("### You may not say")
    ways = ("made things better", "made things worse", "made no difference")
    assert all(f"{way}." in not_said for way in ways)
    assert "A result that is not shown is not evidence of any of these." in not_said


def test_when_people_were_supported_stands_where_the_request_says_so(parts, study):
    text = written(content(parts, study()))
    assert "What stands under “You may say” may be used word for word." in text
    assert "**Period:**" not in text
    request = study()
    programme = request.programme.model_copy(update={"period": "January to May 2022"})
    request = request.model_copy(update={"programme": programme})
    text = written(content(parts, request))
    assert "- **Period:** January to May 2022\n" in text


def test_a_corrected_edition_says_which_it_replaces(parts, study):
    request = study()
    assert "replaces" not in written(content(parts, request))
    later = request.publication.model_copy(update={"edition": 3})
    text = written(content(parts, request.model_copy(update={"publication": later})))
    assert (
        "This is the third edition of the report. It replaces the second edition"
        in (text)
    )
    assert f"- **Edition:** {edition(3)}" in text


def test_a_title_cannot_break_the_layout(parts, study):
    title = "# A | `b` [c](d) *e* {: .f} <script>"
    request = study()
    request = request.model_copy(update={"title": title})
    page = as_html(written(content(parts, request)))
    [heading] = page.find_all("h1")
    assert heading.get_text() == f"What may be said: {title}"
    assert not page.find_all(["script", "table", "a", "em"])


def test_a_summary_of_published_results_has_no_claims():
    request = SimpleNamespace(alone=True)
    made = SimpleNamespace(contents=SimpleNamespace(request=request))
    assert claims.files(made) == {}


def test_a_study_that_could_not_be_analysed_lets_nothing_be_claimed(study):
    data = {"reason": NOBODY_FOUND.name, "noun": "people", "least": "sixty"}
    data |= {"analysis": "All", "several": False}
    recipe = {"block": "words", "key": "m", "words": "not_made", "data": data}
    parts = [Part("main-points", recipe)]
    made = SimpleNamespace(
        request=study(), parts=parts, decision=SimpleNamespace(released={})
    )
    text = written(made)
    assert "### Nothing may be claimed" in text
    assert "> Could not be analysed:" in text
    assert "made no difference." in text and "You may say" not in text
    assert "published 25 June 2026, first edition, analysis “All”" in text
