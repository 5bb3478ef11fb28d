"""The page: one self-contained file, made of released numbers alone."""

import json
import re
import warnings

import pytest
from bs4 import BeautifulSoup
from support.small_report import (
    WITHHELD_TEXTS,
    cells_of_every_kind,
    content,
    every_block,
    flow_table,
    plain,
)

from helpers.errors import CheckFailed
from helpers.publication import blocks
from helpers.publication.cells import Cell
from helpers.publication.disclosure import release
from helpers.publication.report import (
    contents,
    pages,
    publish_cells,
    reading_back,
)
from helpers.publication.report.publish_cells import Part
from helpers.publication.sections import SECTIONS

BAD = "<script>alert('x')</script>"


def decide(hidden=0, profile="default"):
    cells, sums = cells_of_every_kind(hidden)
    return release(cells, sums, profile=profile, threshold=10)


def published(found, request, decision, version="1.0"):
    return pages.published(content(found, request, decision, version))


@pytest.fixture
def build(study, whole_notebook):
    def make(hidden=0, profile="default", **changes):
        request = study(**changes)
        found = publish_cells.parts([whole_notebook(hidden, request)])
        return published(found, request, decide(hidden, profile))

    return make


@pytest.fixture(scope="module")
def shown(study, study_notebook):
    """The page as it is without changes, built once."""
    return published(publish_cells.parts([study_notebook]), study(), decide())


@pytest.fixture
def page(shown):
    return BeautifulSoup(shown, "html.parser")


# structure -----------------------------------------------------------------------


def test_one_h1_holds_the_title_and_no_level_is_skipped(page):
    levels = [int(h.name[1]) for h in page.find_all(re.compile("^h[1-6]$"))]
    assert levels.count(1) == 1
    assert page.h1.get_text() == page.title.get_text() == "A made-up study of mentoring"
    steps = zip(levels[:-1], levels[1:], strict=True)
    assert all(after <= before + 1 for before, after in steps)
    assert {2, 3, 4} <= set(levels)
    assert all(h.get_text().strip() for h in page.find_all(re.compile("^h[1-6]$")))


def test_ids_are_unique_and_every_link_within_the_page_has_its_place(page):
    ids = [element["id"] for element in page.find_all(id=True)]
    assert len(ids) > 40
    assert sorted(ids) == sorted(set(ids))
    pointing = {
        name
        for element in page.find_all(attrs={"aria-labelledby": True})
        for name in element["aria-labelledby"].split()
    }
    pointing |= {a["href"][1:] for a in page.find_all("a", href=re.compile("^#"))}
    pointing |= {e["data-table"] for e in page.find_all(attrs={"data-table": True})}
    pointing |= {e["data-for"] for e in page.find_all(attrs={"data-for": True})}
    assert pointing <= set(ids)


def test_sections_stand_in_order_are_numbered_and_are_in_the_contents(page):
    sections = [h for h in page.find_all("h2") if h["id"] in SECTIONS]
    order = [h["id"] for h in sections]
    assert order == sorted(order, key=list(SECTIONS).index)
    assert order == [
        "main-points", "estimates", "can-say", "programme", "people", "results",
        "balance", "findings", "data-sharing", "glossary", "about",
    ]  # fmt: skip
    numbered = [f"{n}. {SECTIONS[key]}" for n, key in enumerate(order, 1)]
    assert [h.get_text() for h in sections] == numbered
    contents = page.find("nav").find_all("a")
    assert [a.get_text() for a in contents] == numbered
    assert [a["href"] for a in contents] == [f"#{key}" for key in order]


def test_a_section_without_blocks_is_left_out(study, make_run):
    part = Part("people", flow_table(make_run()).recipe)
    page = BeautifulSoup(published([part], study(), decide()), "html.parser")
    found = {h["id"] for h in page.find_all("h2") if h["id"] in SECTIONS}
    assert found == {"people", "programme", "data-sharing", "glossary", "about"}


def test_tables_and_figures_carry_their_numbers_in_order(page):
    captions = [caption.get_text() for caption in page.find_all("caption")]
    tables = [re.match(r"Table \d+", text) for text in captions]
    assert [m.group() for m in tables if m] == [
        f"Table {number}" for number in (1, 2, 3, 4)
    ]
    figures = [f.get_text() for f in page.find_all("figcaption")]
    assert [re.match(r"Figure \d+", text).group() for text in figures] == [
        "Figure 1",
        "Figure 2",
    ]


def test_the_page_names_its_language_and_its_landmarks(page):
    assert page.html["lang"] == "en-GB"
    assert [len(page.find_all(name)) for name in ("header", "main", "footer")] == [
        1
    ] * 3
    skip = page.body.find("a")
    assert (skip.get_text(), skip["href"]) == ("Skip to main content", "#main")
    assert page.main["id"] == "main"


def test_every_drawing_has_words_and_every_table_a_caption_and_scopes(page):
    drawings = page.select("svg:not(.jdl-mark)")  # a mark only repeats its words
    assert len(drawings) == 4  # two figures, wide and narrow
    assert all(len(svg.title.get_text()) > 20 for svg in drawings)
    assert all(svg["role"] == "img" for svg in drawings)
    for table in page.find_all("table"):
        assert table.caption.get_text()
        assert all(th.get("scope") for th in table.find_all("th"))
        assert all(td.get_text() for td in table.find_all("td"))


# self-contained --------------------------------------------------------------------


def test_nothing_is_fetched_and_nothing_runs(page, shown):
    scripts = page.find_all("script")
    assert [(s.get("type"), s.get("id"), s.get("src")) for s in scripts] == [
        ("application/json", "report-results", None)
    ]
    assert not page.find_all(src=True)
    assert not page.find_all(["link", "iframe", "object", "embed", "base", "form"])
    for element in page.find_all(href=True):
        assert element["href"].startswith(("#", "data:text/csv"))
    assert not re.search(r"url\(\s*['\"]?(?!#)|@import", shown)
    for element in page.find_all(True):
        assert not [name for name in element.attrs if name.startswith("on")]
        assert "style" not in element.attrs
    csp = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert csp == "default-src 'none'; img-src data:; style-src 'unsafe-inline'"


def test_neither_code_nor_the_analysts_html_is_in_the_page(build, study, make_run,
                                                           write_notebook):  # fmt: skip
    block = flow_table(make_run())
    path = write_notebook("01", [("c", ["publish", "section:people"], [block])])
    marked = path.read_text().replace("Where everyone went</caption>", "ANALYST</")
    assert "ANALYST" in marked
    path.write_text(marked)
    shown = published(publish_cells.parts([path]), study(), decide())
    assert "ANALYST" not in shown
    assert "pass" not in plain(shown).split()


def test_words_of_the_request_cannot_become_markup(build):
    shown = build(
        title=f"Title {BAD}",
        organisation={"name": BAD, "sector_type": BAD, "own_words": BAD,
                      "response": f"{BAD} https://example.org"},
        programme={"name": BAD, "intervention_type": BAD, "description": BAD},
    )  # fmt: skip
    page = BeautifulSoup(shown, "html.parser")
    assert len(page.find_all("script")) == 1
    assert page.h1.get_text() == f"Title {BAD}"
    assert BAD in page.find("blockquote").get_text()
    assert not page.find("a", href=re.compile("^http"))


# numbers -----------------------------------------------------------------------------


def test_the_data_block_holds_the_released_numbers_of_the_page_and_no_other(page):
    results = json.loads(page.find(id="report-results").string)
    counts = {f"disclosure.{name}" for name in ("hidden", "shown", "threshold")}
    assert counts <= set(results)
    released = decide().released
    assert all(results[ref] == released[ref] for ref in set(results) - counts)
    on_page = {d["data-ref"]: float(d["value"]) for d in page.select("data[data-ref]")}
    assert set(on_page) <= set(results)
    assert all(results[ref] == value for ref, value in on_page.items())
    assert results["all.rate.ci_low"] == -11.3
    assert not set(results) & set(decide().withheld)
    assert list(results) == sorted(results)  # sets have an order of their own


def test_a_column_name_in_a_ref_cannot_end_the_data_block(study, make_run):
    run, ref = make_run(), "all.balance.</script><script>alert(1)</script>.mean"
    run.register([Cell(ref, 31.5, "mean", 12, 40, rounding="tenth")])
    rows = [["Age", blocks.ref(ref, "mean")]]
    block = blocks.table(run, "t", caption="c", columns=["a", "b"], rows=rows)
    decision = release(run.cells.values(), [], profile="none", threshold=10)
    made = content([Part("people", block.recipe)], study(), decision)
    shown = pages.published(made)
    page = BeautifulSoup(shown, "html.parser")
    (script,) = page.find_all("script")
    assert json.loads(script.string)[ref] == 31.5
    assert reading_back.read_back(shown, made.decision) == []


def test_withheld_numbers_are_nowhere_in_the_page(shown):
    visible = re.sub(r'href="data:[^"]*"', "", shown)
    assert not any(text in visible for text in WITHHELD_TEXTS)
    assert not any(f'"{ref}"' in visible for ref in decide().withheld)
    assert plain(shown).count("[c]") >= 10


def test_with_nothing_withheld_the_same_study_shows_them(build):
    open_ = {"profile": "none", "reason": "The people are made up."}
    shown = build(profile="none", disclosure=open_)
    assert "[c]" not in plain(shown).split("Symbols")[0]  # where it is explained
    assert all(text in shown for text in ("96.19", "41.3", "4.37"))


@pytest.mark.parametrize("hidden", [1, 2, 3])
def test_withheld_numbers_leave_no_trace_in_the_bytes_of_the_page(build, hidden):
    assert set(decide(hidden).withheld) == set(decide().withheld)
    assert decide(hidden).released == decide().released
    cells, _ = cells_of_every_kind(hidden)
    others = {cell.ref: cell.value for cell in cells_of_every_kind()[0]}
    changed = {cell.ref for cell in cells if others[cell.ref] != cell.value}
    assert len(changed) >= 9  # counts, rates, what is derived from them
    assert build(hidden) == build()


def test_a_released_number_does_change_the_page(study, make_run):
    found = [Part(s, b.recipe) for s, b in every_block(make_run())]
    decision = decide()
    decision.released["all.n_treatment"] += 1
    assert published(found, study(), decide()) != published(found, study(), decision)


def test_two_builds_are_the_same_to_the_byte(build):
    first = build()
    assert build() == first


def test_the_page_counts_each_hidden_number_once(build):
    # ten refs are withheld; custody's six stand in four blocks
    page = BeautifulSoup(build(), "html.parser")
    table = page.find(id="table-hidden-numbers")
    rows = {row.th.get_text(): row.td.get_text() for row in table.select("tbody tr")}
    assert len(decide().withheld) == 10
    assert rows["Numbers hidden to protect people"] == "10"
    results = json.loads(page.find(id="report-results").string)
    assert (
        int(rows["Numbers shown, published results and settings included"])
        >= len(results) - 3
    )


# what the request says -------------------------------------------------------------


def test_the_headline_is_the_first_finding_and_describes_the_page(page):
    lead = page.find(class_="jdl-lead").get_text()
    assert lead == (
        "In the programme, 46 in every 100 people reoffended within a year; among "
        "similar people who did not take part, it was 52 in every 100. This is a "
        "statistically "
        "significant decrease. The people are made up."
    )
    description = page.find("meta", attrs={"name": "description"})["content"]
    assert description.endswith(" …")
    assert lead.startswith(description.removesuffix(" …"))
    assert 140 < len(description) <= 160


def test_each_headline_analysis_has_its_sentence_and_its_name(study, make_run):
    (main,) = [b for s, b in every_block(make_run()) if s == "main-points"]
    parts = [
        Part("main-points", main.recipe | {"data": main.recipe["data"] | changes})
        for changes in (
            {"analysis": "Men", "several": True},
            {"analysis": "Women", "several": True, "not_headlined": "Too few."},
        )
    ]
    said = contents.as_text(contents.headline(parts, decide().released, study()))
    assert re.fullmatch(
        r"Men: In the programme, 46 in every 100 .* decrease\. Women: Too few\. "
        r"The people are made up\.",
        said,
    )


def test_markup_becomes_text_for_the_console():
    assert (
        contents.as_text('<data value="1">1</data> &lt; 2 &amp; more') == "1 < 2 & more"
    )


def test_made_up_people_are_owned_up_to_at_both_ends(page):
    assert page.header.get_text().count("Made-up people") == 1
    assert "nobody in this report exists" in page.footer.get_text()
    assert "Not an official statistic." in page.footer.get_text()


def test_the_only_date_is_that_of_publication(page):
    text = page.find(class_="jdl-top").get_text(" ")
    assert "25 June 2026" in text
    assert "Mentors & Co" in text


def test_a_recipe_that_is_not_drawn_stops_the_report(study, make_run, monkeypatch):
    part = Part("people", flow_table(make_run()).recipe)

    def forget(self, cell, resources, index):
        return cell, resources

    monkeypatch.setattr(pages.ReleasedBlocks, "preprocess_cell", forget)
    with pytest.raises(CheckFailed, match="block flow, hidden-numbers: was not drawn"):
        published([part], study(), decide())


def test_open_data_are_named_with_their_licence_and_no_agreement(build):
    sharing = {"open_data": {"source": "Recid <1991>", "licence": "CC0"}}
    page = BeautifulSoup(build(data_sharing=sharing), "html.parser")
    said = page.find(id="data-sharing").find_next("dl").get_text(" ")
    assert "Recid <1991>" in said and "CC0" in said and "Lawful" not in said


def test_a_later_edition_and_a_status_of_its_own_stand_at_the_top(build):
    publication = {
        "date": "2026-06-05", "contact": "lab@example.org", "edition": 2,
        "status": "Official statistics in development.",
    }  # fmt: skip
    page = BeautifulSoup(build(publication=publication), "html.parser")
    facts = page.find(class_="jdl-meta").get_text(" ").split()
    assert facts[facts.index("Edition") + 1] == "Second"
    assert "5 June 2026" in " ".join(facts)
    assert "Official statistics in development." in page.header.get_text()
    assert "Not an official statistic" not in page.get_text()


def test_long_keys_that_start_alike_are_told_apart(study, make_run):
    run, long = make_run(), "estimate-" + "people-in-custody-and-in-the-community-" * 3
    found = [
        Part("estimates", blocks.words(run, long + end, words="sentences",
                                       data={"sentences": [[end]]}).recipe)
        for end in ("rate", "days")
    ]  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        shown = published(found, study(), decide())
    assert "<p>rate</p>" in shown and "<p>days</p>" in shown
