"""The summary of September 2015, and what the results collected here found."""

import html
from datetime import date

import pandas as pd
import pytest
from support import many_results
from support.small_report import plain

from helpers.charts.catalogue import read
from helpers.charts.report import cells as report_cells
from helpers.charts.report import summary
from helpers.publication.facts.resolve import resolve
from helpers.publication.numbers import refs_in
from helpers.publication.wording import WORDS

DAY = "25 June 2026"
#: in each sentence on them, and in no other place
SLIDES = (
    "Of the 134 analyses that the Ministry of Justice had completed by September 2015: "
    "37 found a statistically significant decrease in the one-year proven reoffending "
    "rate 90 did not have enough evidence to tell; 11 of these found a statistically "
    "significant decrease in the frequency of reoffending 7 found a statistically "
    "significant increase in the rate"
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
    recipe = {"as_of": DAY, "when": ""} | summary.bar(published)
    return said("split", recipe, published)


def collected(published):
    recipe = {"as_of": DAY} | summary.collected(published)
    return said("collected", recipe, published)


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
    assert [values[whole.total] for whole in sums] == [134, len(published.results)]
    for whole in sums:
        assert values[whole.total] == sum(values[part] for part in whole.parts)


def test_a_catalogue_of_the_same_split_is_told_in_a_sentence_of_its_own(tmp_path):
    """134 made-up analyses of the same split; the sentence is another."""
    folder = many_results.write(tmp_path / "many")
    many = read.read(folder, date(2026, 6, 25))
    text = collected(many)
    assert text.startswith(
        f"This report itself has collected 134 results published by {DAY}. Of these: "
        "37 found a statistically significant decrease in the rate 90 did not have "
        "enough evidence to tell; 11 of these found"
    )
    assert "7 found a statistically significant increase in the rate" in text
    assert "could not be read" not in text.split("The collection is partial")[0]
    assert "Ministry" not in text


def test_a_result_whose_figures_were_not_found_counts_in_no_finding(published):
    results = pd.concat([published.results] * 2).drop_duplicates("id").head(4)
    results = results.assign(
        finding=["decrease", "inconclusive", "not_found", "inconclusive"],
        finding_frequency=["not_found", "decrease", "decrease", "not_found"],
        counts_from=[pd.NaT, *[pd.Timestamp(2015, 1, 31)] * 3],
    )
    few = read.Catalogue(results, published.counts, published.types)
    text = collected(few)
    assert "has collected 4 results" in text
    assert "1 found a statistically significant decrease in the rate" in text
    assert "2 did not have enough evidence to tell; 1 of these found" in text
    assert "none found a statistically significant increase" in text
    assert "1 count in none of these" in text
    assert "Of 1 result the month was not printed." in text


def test_why_counting_is_no_summary_and_that_the_collection_leans(published):
    text = collected(published)
    assert "Counting findings does not tell how well programmes work." in text
    assert "a count does not say how large the differences were" in text
    assert "By July 2016, 136 reports had already been published." in text
    assert "good news is told more often" in text


@pytest.mark.parametrize("day", [date(2015, 9, 16), date(2013, 1, 1)])
def test_before_a_full_count_was_published_a_true_sentence_says_so(day):
    early = read.read("params/catalogue", day)
    assert summary.split(early.counts) == {}
    assert summary.bar(early) == {}
    assert split_of(early) == (
        f"No count of what all analyses found had been published by {DAY}."
    )


def test_a_catalogue_without_results_says_so(tmp_path):
    folder = many_results.write(tmp_path / "none")
    header = (folder / "results.csv").read_text().splitlines()[0]
    (folder / "results.csv").write_text(header + "\n")
    header = (folder / "counts.csv").read_text().splitlines()[0]
    (folder / "counts.csv").write_text(header + "\n")
    none = read.read(folder, date(2026, 6, 25))
    assert summary.latest(none.counts) == ("", 0)
    assert (
        collected(none) == f"No result that was published by {DAY} is collected here."
    )


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
    assert set(told) == set(refs_in(summary.table(published)))
