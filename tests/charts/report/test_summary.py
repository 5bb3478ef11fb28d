"""The summary of September 2015, and how partial the collection is."""

import pytest

from helpers.charts.catalogue import read
from helpers.charts.report import cells as report_cells
from helpers.charts.report import summary
from helpers.errors import DataError
from helpers.publication.facts.resolve import resolve
from helpers.publication.numbers import Number


@pytest.fixture(scope="module")
def published():
    return read.read("params/catalogue")


def spoken(pieces, numbers):
    return "".join(
        piece.text if isinstance(piece, Number) else piece
        for piece in resolve(pieces, numbers)
    )


def numbers(published):
    cells = report_cells.cells(published) + summary.cells(published)[0]
    return {cell.ref: cell.value for cell in cells}


def test_split_of_september_2015(published, evidence):
    assert summary.split(published.counts) == {
        "when": "September 2015",
        "total": 134,
        "decrease": 37,
        "inconclusive": 90,
        "lower_frequency": 11,
        "increase": 7,
    }
    evidence("134 = 37 + 90 (11) + 7", "Ministry of Justice, September 2015", 0)


def test_parts_are_registered_as_a_sum(published):
    cells, sums = summary.cells(published)
    values = {cell.ref: cell.value for cell in cells}
    (whole,) = sums
    assert values[whole.total] == sum(values[part] for part in whole.parts) == 134


def test_sentences_say_the_split_and_how_partial_the_collection_is(published):
    known = numbers(published)
    said = spoken(summary.sentence(published), known)
    assert said == (
        "As of September 2015 there were 134 analyses: 37 found a statistically "
        "significant decrease in the one-year proven reoffending rate, 90 did not have "
        "enough evidence to tell (11 of these found a statistically significant lower "
        "frequency of reoffending) and 7 found a statistically significant increase."
    )
    partial = spoken(summary.partial(published), known)
    assert "it holds 30 results" in partial
    assert "136 had been published by July 2016 alone" in partial


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("sig_reductions", "38", "38 + 90 + 7 is not 134"),
        (
            "inconclusive_with_sig_lower_frequency",
            "91",
            "91 with a lower frequency cannot be part of 90",
        ),
        ("sig_increases", "", "no row has the full split"),
    ],
)
def test_split_that_cannot_be_is_refused(published, column, value, expected):
    counts = published.counts.copy()
    counts.loc[counts["as_at"] == "2015-09-17", column] = value
    with pytest.raises(DataError, match="counts.csv") as error:
        summary.split(counts)
    assert expected in str(error.value)
