"""The summary of September 2015, and what the results collected here found."""

import html
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import yaml
from support import many_results
from support.small_report import plain

from helpers.charts.catalogue import read, row
from helpers.charts.catalogue.columns import MADE_UP
from helpers.charts.report import cells as report_cells
from helpers.charts.report import summary
from helpers.publication.facts.resolve import resolve
from helpers.publication.numbers import refs_in
from helpers.publication.wording import WORDS

MONTH = "the end of May 2026"
DATED = pd.Timestamp(2015, 1, 31)
#: in each sentence on them, and in no other place
SLIDES = (
    "By September 2015 the Ministry of Justice had completed 134 analyses: 37 found a "
    "statistically significant decrease in reoffending and 7 an increase; 90 could not "
    "tell. Such a count does not tell how well programmes work."
)


@pytest.fixture(scope="module")
def published():
    return read.read("params/catalogue", date(2026, 6, 25))


def numbers(published):
    cells = report_cells.cells(published) + summary.cells(published)[0]
    return {cell.ref: float(cell.value) for cell in cells if cell.value is not None}


def said(words, recipe, published):
    return html.unescape(plain(WORDS[words](resolve(recipe, numbers(published)))))


def split_of(published):
    recipe = {"until": MONTH, "when": ""} | summary.bar(published)
    return said("split_in_brief", recipe, published)


def collected(published):
    recipe = {"until": MONTH} | summary.collected(published)
    return said("collected", recipe, published)


def counting(published):
    return said("counting", summary.collected(published), published)


def of(published, **columns):
    """A catalogue of as many results as the columns have values."""
    length = len(next(iter(columns.values())))
    results = published.results.head(length).assign(**columns)
    return read.Catalogue(results, published.counts, published.types)


def test_split_of_september_2015(published, evidence):
    found = summary.split(published.counts)
    assert found.pop("source").startswith("Ministry of Justice, summary of findings")
    assert found == {
        "when": "September 2015",
        "total": 134,
        "decrease": 37,
        "inconclusive": 90,
        "lower_frequency": 11,
        "increase": 7,
    }
    assert split_of(published) == SLIDES
    evidence("134 = 37 + 90 (11) + 7", "Ministry of Justice, September 2015", 0)


def test_parts_are_registered_as_sums(published):
    cells, sums = summary.cells(published)
    values = {cell.ref: cell.value for cell in cells}
    values |= numbers(published)
    many = len(published.results)
    assert [values[whole.total] for whole in sums] == [134, many, many]
    for whole in sums:
        assert values[whole.total] == sum(values[part] for part in whole.parts)


def test_a_catalogue_of_the_same_split_is_told_in_a_sentence_of_its_own(tmp_path):
    """134 made-up analyses of the same split; the sentence is another."""
    folder = many_results.write(tmp_path / "many")
    many = read.read(folder, date(2026, 6, 25))
    text = collected(many)
    assert text.startswith(
        f"134 results are collected here: 127 published by {MONTH}, and 7 whose month"
    )
    assert (
        "Of those collected here: 37 found a statistically significant decrease in the "
        "rate 90 did not have enough evidence to tell; 11 of these found"
    ) in text
    assert "7 found a statistically significant increase in the rate" in text
    assert "not known" not in text
    assert "Ministry" not in text


def test_a_result_whose_figures_were_not_found_counts_in_no_finding(published):
    few = of(
        published,
        finding=["decrease", "inconclusive", "not_found", "inconclusive"],
        finding_frequency=["not_found", "decrease", "decrease", "not_found"],
        counts_from=[pd.NaT, *[DATED] * 3],
    )
    text = collected(few)
    assert "4 results are collected here: 3 published by" in text
    assert "1 found a statistically significant decrease in the rate" in text
    assert "2 did not have enough evidence to tell; 1 of these found" in text
    assert "none found a statistically significant increase" in text
    assert "1 counts in none of these: its finding is not known" in text
    assert "and 1 whose month of publication was not printed. That one may" in text


@pytest.mark.parametrize(
    ("dates", "sentence"),
    [
        ([DATED], f"1 result is collected here, published by {MONTH}."),
        ([DATED] * 2, f"2 results are collected here, published by {MONTH}."),
        ([pd.NaT], "1 result is collected here, whose month of publication was not "
         "printed. That one may have been published later, and charts over time leave "
         "it out."),
        ([pd.NaT] * 2, "2 results are collected here, whose month of publication was "
         "not printed. Those may have been published later, and charts over time leave "
         "them out."),
        ([DATED, pd.NaT, pd.NaT], f"3 results are collected here: 1 published by "
         f"{MONTH}, and 2 whose month of publication was not printed. Those may have "
         "been published later, and charts over time leave them out."),
    ],
)  # fmt: skip
def test_results_without_a_date_are_told_apart(published, dates, sentence):
    few = of(published, counts_from=dates)
    assert collected(few).split(" Of those collected here:")[0] == sentence


def test_where_all_could_tell_nothing_is_said_of_those_that_could_not(published):
    text = collected(of(published, finding=["decrease"], counts_from=[DATED]))
    assert "enough evidence" not in text
    assert "1 found a statistically significant decrease in the rate none found" in text


@pytest.mark.parametrize(
    ("whose", "sentence"),
    [
        (["A", "B"], ""),
        (["A", MADE_UP], "1 of the results collected here is of made-up people and "
         "tells nothing about any programme."),
        ([MADE_UP] * 2, "2 of the results collected here are of made-up people and "
         "tell nothing about any programme."),
    ],
)  # fmt: skip
def test_results_of_made_up_people_are_counted_and_said(published, whose, sentence):
    few = of(published, organisation=whose, counts_from=[DATED] * 2)
    intro = collected(few).split(" Of those collected here:")[0]
    assert (
        intro
        == f"2 results are collected here, published by {MONTH}. {sentence}".strip()
    )
    rows = [row[0] for row in summary.table(few, MONTH)]
    assert ("Part of them: of made-up people" in rows) == bool(sentence)


def test_a_run_of_made_up_people_is_added_under_the_name_that_is_counted():
    request = yaml.safe_load(Path("params/example.yml").read_text(encoding="utf-8"))
    about = row._about(
        request["request"] | {"inputs": {"made_up": "seed"}},
        {"intervention": "a", "sector": "b"},
        "",
    )
    assert about["organisation"] == MADE_UP


def test_why_counting_is_no_summary_and_that_the_collection_leans(published):
    text = counting(published)
    assert "Counting findings does not tell how well programmes work." in text
    assert "a count does not say how large the differences were" in text
    assert "even where the programme made a difference" in text
    assert "by July 2016, 136 reports had already been published." in text
    assert "good news is told more often" in text


@pytest.mark.parametrize("day", [date(2015, 9, 16), date(2013, 1, 1)])
def test_before_a_full_count_was_published_a_true_sentence_says_so(day):
    early = read.read("params/catalogue", day)
    assert summary.split(early.counts) == {}
    assert summary.bar(early) == {}
    assert split_of(early) == (
        f"No count of what all analyses found had been published by {MONTH}."
    )


def test_a_catalogue_without_results_says_so(tmp_path):
    folder = many_results.write(tmp_path / "none")
    header = (folder / "results.csv").read_text().splitlines()[0]
    (folder / "results.csv").write_text(header + "\n")
    header = (folder / "counts.csv").read_text().splitlines()[0]
    (folder / "counts.csv").write_text(header + "\n")
    none = read.read(folder, date(2026, 6, 25))
    assert summary.latest(none.counts) == ("", 0)
    sentence = f"No result that was published by {MONTH} is collected here."
    assert collected(none) == sentence
    assert counting(none) == ""


def test_results_that_may_be_about_the_same_people_are_named(published):
    """Prisoners' Education Trust has three dated results and no cohort years."""
    known = numbers(published)
    *rows, (_, total) = summary.shared(published)
    counts = {name: known[leaf["ref"]] for name, leaf in rows}
    assert counts["Prisoners' Education Trust, Education and learning"] == 3
    assert known[total["ref"]] == sum(counts.values())
    assert list(counts.values()) == sorted(counts.values(), reverse=True)


def test_every_count_that_a_sentence_tells_stands_in_a_table(published):
    told = refs_in(summary.collected(published))
    assert set(told) == set(refs_in(summary.table(published, MONTH)))
