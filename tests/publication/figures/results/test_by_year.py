"""By year: a row a year, a mark a result, and words that fit."""

import pytest
from support.figure_words import (
    boxes,
    number,
    outside,
    overlapping,
    printed,
    table_numbers,
)

from helpers.publication.facts.published import CountedYear
from helpers.publication.figures import FIGURES

FIGURE = FIGURES["by_year"]
FINDINGS = ("decrease", "inconclusive", "increase", "not_found")


def year(label, *counts):
    numbers = {
        found: number(f"{label}.{found}", count, "count")
        for found, count in zip(FINDINGS, counts, strict=True)
    }
    known = [count for count in counts if count != "c"]
    return CountedYear(label, numbers, number(f"{label}.all", sum(known), "count"))


def data(*years):
    totals = [sum(y.counts[found].value or 0 for y in years) for found in FINDINGS]
    return FIGURE.Data(list(years), [year("All years", *totals)])


CASES = {
    "none": data(),
    "one year": data(year("2019", 1, 0, 0, 0)),
    "one finding": data(year("2018", 0, 4, 0, 0), year("2019", 0, 2, 0, 0)),
    "a gap": data(year("2014", 2, 1, 0, 0), year("2015", 0, 0, 0, 0),
                  year("2016", 1, 0, 1, 1)),
    "200": data(*(year(str(2013 + i), 9, 100 if i == 1 else 5, 2, 3)
                  for i in range(14))),
}  # fmt: skip


def marks(figure):
    gids = [line.get_gid() or "" for line in figure.axes[0].lines]
    return [gid.split("-")[1] for gid in gids if gid.startswith("mark-")]


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("drawn", CASES.values(), ids=CASES)
def test_words_fit_and_every_result_has_a_mark(drawn, narrow):
    figure = FIGURE.draw(drawn, narrow)
    words, whole = boxes(figure)
    assert overlapping(words) == []
    assert outside(words, whole) == []
    left, right = figure.axes[0].get_xlim()
    shown = marks(figure)
    for found in FINDINGS:  # and one in the key, of what there is
        count = drawn.beneath[0].counts[found].value
        assert shown.count(found) == count + (count > 0)
    for line in figure.axes[0].lines:
        if (line.get_gid() or "").startswith("mark-"):
            assert left + 5 <= line.get_xdata()[0] <= right - 5
            assert line.get_ydata()[0] <= whole.height - 5


def test_a_year_without_results_has_its_row():
    words = [t.get_text() for t in FIGURE.draw(CASES["a gap"], True).axes[0].texts]
    assert words[words.index("2015") + 1] == "0"
    assert [row[0] for row in FIGURE.table(CASES["a gap"])[1]] == [
        "2014", "2015", "2016", "All years"
    ]  # fmt: skip


def test_the_table_has_counts_by_finding():
    columns, rows = FIGURE.table(CASES["a gap"])
    assert columns == ["Year", "Decrease", "Inconclusive", "Increase",
                       "Finding not known", "All results"]  # fmt: skip
    assert [cell.text for cell in rows[-1][1:]] == ["3", "1", "1", "1", "6"]


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        (
            [("2014", 2), ("2015", 1)],
            "More of the results collected are from 2014",
        ),
        ([("2014", 2), ("2015", 2)], "Findings of published results, by year of"),
        ([("2014", 2)], "Findings of published results, by year of"),
        ([], "Findings of published results, by year of"),
    ],
)
def test_the_headline_names_the_year_of_most_results(years, expected):
    drawn = data(*(year(label, many, 0, 0, 0) for label, many in years))
    assert FIGURE.headline(drawn).startswith(expected)


@pytest.mark.parametrize("drawn", CASES.values(), ids=CASES)
def test_words_say_only_numbers_of_the_table(drawn):
    have = table_numbers(FIGURE, drawn)
    assert printed(FIGURE.headline(drawn)) <= have
    assert printed(FIGURE.alternative(drawn)) <= have
    assert 0 < len(FIGURE.alternative(drawn)) <= 300


def test_a_hidden_count_has_no_mark():
    hidden = FIGURE.Data([year("2014", "c", 1, 0, 0)], [year("All years", 0, 1, 0, 0)])
    assert marks(FIGURE.draw(hidden, False)).count("decrease") == 0
