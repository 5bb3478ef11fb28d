"""The reviewers' copy: the same blocks, with code, checks and origins."""

import dataclasses
import re

import nbformat
import pytest
from bs4 import BeautifulSoup
from support.small_report import (
    WITHHELD_TEXTS,
    cells_of_every_kind,
    content,
    every_block,
)

from helpers.publication import blocks
from helpers.publication.cells import by_ref
from helpers.publication.disclosure import release
from helpers.publication.report import origins, pages, reading_back
from helpers.publication.report.publish_cells import Code, Part
from helpers.publication.report.reviewers import Evidence

MATCH = Code("02_matching", "Match people on the propensity score", "match(a < b)", 4)
SHOW = Code("02_matching", "Show who was in it", "display(flow)", 7)


@pytest.fixture
def made(study, make_run):
    cells, sums = cells_of_every_kind()
    decision = release(cells, sums, profile="default", threshold=10)
    found = [Part(section, b.recipe, SHOW) for section, b in every_block(make_run())]
    return content(found, study(), decision)


@pytest.fixture
def evidence():
    cells = by_ref(cells_of_every_kind()[0])
    checks = [["matching", "the groups are alike", "well matched", "well", "pass"]]
    return Evidence([MATCH], cells, {"all.n_treatment": MATCH}, checks)


@pytest.fixture
def page(made, evidence):
    return BeautifulSoup(pages.for_reviewers(made, evidence), "html.parser")


def told_of(page, ref):
    """What stands where a number's link leads to: name, number, rule, needs, decision.

    The name in full; the rule is the one that stands behind it and its neighbours.
    """
    link = page.find(attrs={"data-ref": ref}) or page.find(
        attrs={"data-not-shown": ref}
    )
    assert link.parent.name == "a"
    number = page.find(id=link.parent["href"][1:])
    last, told = number.get_text().split(" ", 1)
    decision = number.find_parent("tr").th.get_text()
    base = number.find_parent("tbody").find("th", class_="group").get_text()
    # until the numbers that need something else
    behind = "".join(map(str, number.next_siblings)).split(". <span")[0]
    numbers, _, needs = behind.partition("; needs ")
    rule = numbers.split("; <span")[0].rpartition("</span>")[2].strip()
    told = [told, *(BeautifulSoup(part, "html.parser").text for part in (rule, needs))]
    return [f"{base}.{last}", *told, decision]


def test_every_number_links_to_numerator_denominator_needs_rule_and_decision(page):
    assert told_of(page, "all.rate.value_treatment") == [
        "all.rate.value_treatment", "46.2 (46 of 100)", "no rule", "", "Released",
    ]  # fmt: skip
    assert told_of(page, "all.rate.difference")[3] == (
        "value_treatment, value_comparison"
    )
    # what a line of a fold says opens the fold, and is linked where it stands again
    numbers = [
        number
        for number in page.find_all(attrs={"data-ref": True})
        if number.find_parent("summary") is None
    ]
    assert len(numbers) > 40
    assert all(number.parent["href"].startswith("#number-") for number in numbers)


def test_a_withheld_number_leads_to_its_rule_and_nothing_else(page):
    assert told_of(page, "all.custody.value_treatment") == [
        "all.custody.value_treatment", "[c]", "no rule", "", "Withheld: few people",
    ]  # fmt: skip
    text = page.get_text()
    assert not any(number in text for number in WITHHELD_TEXTS)


def test_a_range_leads_to_the_range_and_how_it_was_decided(made, evidence):
    ref = "all.rate.value_treatment"
    assert evidence.cells[ref].numerator
    decision = dataclasses.replace(
        made.decision,
        released=made.decision.released | {ref: "85 to 90%"},
        coarsened=frozenset({ref}),
    )
    copy = pages.for_reviewers(dataclasses.replace(made, decision=decision), evidence)
    name, number, *_, decision = told_of(BeautifulSoup(copy, "html.parser"), ref)
    assert name == ref
    assert number == "85 to 90% ([c] of 100)"
    assert decision == "Told as a range: unmatched"


def test_a_public_number_says_that_it_tells_nothing_of_the_people(page):
    assert told_of(page, "summary.total")[-1] == "Exempt"
    rows = page.find(id="table-decisions").find("tbody").find_all("tr")
    [why] = [row.get_text("; ") for row in rows if "exempt" in row.get_text()]
    assert "tells nothing about the people." in why


def test_numbers_stand_under_the_heading_that_made_them(page):
    captions = [c.get_text() for c in page.find(id="numbers").find_all_next("caption")]
    assert "Table A5: Match people on the propensity score, 02_matching" in captions


def test_a_rule_is_said_once_and_each_row_leads_to_it(made, evidence):
    """Two numbers by one rule, one by another of the same section, one by none."""
    rules = {
        "all.rate.value_treatment": "5: a mean",
        "all.rate.value_comparison": "5: a mean",
        "all.rate.difference": "5: a difference: the first less the second",
        "summary.total": "the request's: a setting",
    }
    cells = evidence.cells | {
        ref: dataclasses.replace(evidence.cells[ref], method=rule)
        for ref, rule in rules.items()
    }
    evidence = dataclasses.replace(evidence, cells=cells)
    page = BeautifulSoup(pages.for_reviewers(made, evidence), "html.parser")
    told = [told_of(page, ref)[2] for ref in rules]
    assert told == ["§5.1", "§5.1", "§5.2", "the request's: a setting"]
    rows = page.find(id="numbers-rules").tbody.find_all("tr")
    assert [[cell.get_text() for cell in row] for row in rows][:2] == [
        ["5.1", "a mean", "none"],
        ["5.2", "a difference: the first less the second", "see each number"],
    ]
    ids = {element["id"] for element in page.find_all(id=True)}
    links = page.find(class_="jdl-origins").find_all("a")
    assert {link["href"][1:] for link in links} <= ids


def test_what_a_number_needs_of_another_heading_is_a_link_within_text(made, evidence):
    """A link alone in a narrow cell would be too small a target."""
    ref = "all.rate.difference"
    needs = ("all.rate.value_treatment", "all.n_treatment", "all.n_comparison")
    cell = dataclasses.replace(evidence.cells[ref], needs=needs)
    evidence = dataclasses.replace(evidence, cells=evidence.cells | {ref: cell})
    page = BeautifulSoup(pages.for_reviewers(made, evidence), "html.parser")
    told = "value_treatment; n_treatment, n_comparison of all"
    assert told_of(page, ref)[3] == told
    links = page.find(class_="jdl-origins").find_all("a", class_="jdl-origin")
    [link] = [link for link in links if link.get_text() == "all"]
    assert page.find(id=link["href"][1:]).code.get_text() == "n_treatment"


def test_what_the_row_above_needs_too_is_not_written_anew(made, evidence):
    rows = ("all.rate.p_value", "all.days.value_treatment")
    needs = ("all.n_treatment",)
    cells = evidence.cells | {
        ref: dataclasses.replace(evidence.cells[ref], needs=needs) for ref in rows
    }
    evidence = dataclasses.replace(evidence, cells=cells)
    page = BeautifulSoup(pages.for_reviewers(made, evidence), "html.parser")
    assert [told_of(page, ref)[3] for ref in rows] == [
        "n_treatment of all", "the same as above",
    ]  # fmt: skip


def test_code_is_closed_and_its_summary_says_what_it_does(page):
    blocks = page.find_all("details", class_="jdl-code")
    assert not any(block.has_attr("open") for block in blocks)
    summaries = [block.summary.get_text() for block in blocks]
    assert "Code: match people on the propensity score, 02_matching" in summaries
    assert page.find(id="code").find_next("pre").get_text() == "match(a < b)"


def test_every_check_is_shown_with_what_was_expected_and_found(page):
    row = page.find(id="table-checks").find("tbody").find("tr")
    assert [cell.get_text() for cell in row.find_all(["th", "td"])] == [
        "the groups are alike", "matching", "well matched", "well", "pass",
    ]  # fmt: skip


def test_the_numbers_withheld_are_counted_by_rule(page, made):
    rows = page.find(id="table-decisions").find("tbody").find_all("tr")
    told = [[cell.get_text() for cell in row.find_all(["th", "td"])] for row in rows]
    hidden = [int(number) for _, what, _, number in told if what == "withheld"]
    assert sum(hidden) == len(made.decision.withheld)


def test_it_says_that_it_is_restricted_and_is_in_the_contents(page):
    assert "restricted, not for publication" in page.header.get_text()
    contents = [a["href"] for a in page.nav.find_all("a")]
    assert contents[-3:] == ["#rules", "#code", "#numbers"]
    ids = [element["id"] for element in page.find_all(id=True)]
    assert sorted(ids) == sorted(set(ids))
    assert {a["href"][1:] for a in page.select('a[href^="#"]')} <= set(ids)


def test_both_copies_show_the_same_blocks_and_only_one_has_code(made, evidence):
    published, copy = pages.published(made), pages.for_reviewers(made, evidence)
    assert "<pre" not in published and 'class="jdl-origin"' not in published
    unlinked = re.sub(r'</?a(?: class="jdl-origin"[^>]*)?>', "", copy)
    unlinked = re.sub(r' data-not-shown="[^"]*"', "", unlinked)
    for drawn in made.drawn.values():
        shown = re.sub(r' data-not-shown="[^"]*"', "", drawn)
        assert shown in published
        assert re.sub(r"</?a[^>]*>", "", shown) in re.sub(r"</?a[^>]*>", "", unlinked)


def test_the_copy_reads_back_like_the_page(made, evidence):
    copy = pages.for_reviewers(made, evidence)
    assert reading_back.read_back(copy, made.decision) == []
    assert reading_back.numbers_from_nowhere(copy, made.request) == []


def test_an_executed_notebook_becomes_a_page_without_its_parameters(tmp_path):
    book = nbformat.v4.new_notebook()
    parameters = nbformat.v4.new_code_cell("run_dir = '/somewhere'", id="p")
    parameters.metadata["tags"] = ["injected-parameters"]
    shown = nbformat.v4.new_code_cell("show(a < b)", id="s")
    html = '<table><tr><td>5</td></tr></table><img alt="A chart" src="data:,">'
    shown.outputs = [
        nbformat.v4.new_output("display_data", data={"text/html": html}),
        nbformat.v4.new_output("stream", text="a <warning>"),
    ]
    book.cells = [nbformat.v4.new_markdown_cell("# Match"), parameters, shown]
    path = tmp_path / "02_matching.ipynb"
    nbformat.write(book, path)
    page = BeautifulSoup(pages.notebook(path, "mine: 02_matching"), "html.parser")
    assert page.title.get_text() == "mine: 02_matching"
    assert page.h1.get_text().startswith("Match")
    assert page.img["alt"] == "A chart" and page.td.get_text() == "5"
    assert [pre.get_text() for pre in page.find_all("pre")] == [
        "show(a < b)", "a <warning>",
    ]  # fmt: skip
    assert "somewhere" not in str(page) and not page.find_all("script")
    assert "Not for publication" in page.header.get_text()


def test_a_part_for_reviewers_is_in_their_copy_alone(study, make_run, evidence):
    """Its numbers, its table and its words; the published page stays as it was."""
    cells, sums = cells_of_every_kind()
    decision = release(cells, sums, profile="default", threshold=10)
    run = make_run()
    parts = [Part(section, b.recipe, SHOW) for section, b in every_block(run)]
    without = content(parts, study(), decision)
    row = ["Found in records", blocks.ref("intake.box.no-sentence")]
    lead = [blocks.see("evenly"), " is for reviewers."]
    columns = ["Kind", "Lines"]
    apart = blocks.table(
        run, "evenly", caption="How evenly", columns=columns, rows=[row], lead=lead
    )
    with_it = content([*parts, Part("linkage", apart.recipe, SHOW)], study(), decision)
    assert pages.published(with_it) == pages.published(without)
    assert with_it.parts == without.parts
    copy = BeautifulSoup(pages.for_reviewers(with_it, evidence), "html.parser")
    keys = [heading["id"] for heading in copy.find_all("h2") if heading.get("id")]
    assert keys[keys.index("about") + 1] == "linkage"
    assert "How evenly" in copy.find(id="table-evenly").caption.get_text()
    assert told_of(copy, "intake.box.no-sentence")[1] == "16 (16)"


def test_what_a_number_needs_is_written_once_and_without_its_own_ending():
    held = origins._shortened("balance.region.wales", "all.contour.region.wales")
    assert held == "balance.…"
    assert origins._shortened("reoffending_rate", "all.contour.x") == "reoffending_rate"
    assert origins._shortened("balance.age", "all.contour.sex") == "balance.age"


def test_numbers_of_one_heading_decided_alike_share_a_row(page):
    """Each has an id of its own, which its link leads to."""
    refs = ("summary.total", "summary.decrease")
    first, second = (page.find(attrs={"data-ref": ref}).parent["href"] for ref in refs)
    assert first != second
    row = page.find(id=first[1:]).find_parent("tr")
    assert page.find(id=second[1:]).find_parent("tr") is row
    assert row.td.get_text().count("no rule") == 1
