"""Made-up catalogues of 134 and 200 analyses stay legible, and none is left out."""

import re
from itertools import islice

import pytest
from support import many_results
from support.figure_words import (
    boxes,
    outside,
    overlapping,
    printed,
    table_numbers,
)

from helpers.charts.catalogue import read
from helpers.charts.report import cells as report_cells
from helpers.charts.report import rows
from helpers.charts.report.measures import FREQUENCY, RATE
from helpers.publication.facts.resolve import resolve
from helpers.publication.figures import FIGURES
from helpers.request.types import of_kind

CASES = [
    (134, "sector", RATE),
    (134, "intervention", RATE),
    (134, "sector", FREQUENCY),
    (200, "sector", RATE),
    (200, "intervention", FREQUENCY),
]
IDS = [f"{size}-{kind}-{measure.name}" for size, kind, measure in CASES]


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory):
    """Made-up catalogues, and their numbers by ref."""
    made = {}

    def of(size):
        if size not in made:
            folder = tmp_path_factory.mktemp("catalogue") / str(size)
            published = read.read(many_results.write(folder, size))
            cells = report_cells.cells(published)
            made[size] = published, {cell.ref: cell.value for cell in cells}
        return made[size]

    return of


def recipes(published, kind, measure):
    """Every figure of a kind: its name and its data as refs."""
    counted = rows.tally_rows(published, kind, (), measure)
    yield from (("tally", counted), ("verdict_bars", counted))
    for type_ in of_kind(published.types, kind):
        parts = rows.forest_rows(published, kind, type_, (), measure)
        yield from (("forest", part) for part in parts)


def legible(module, data):
    have = table_numbers(module, data) | {100.0}
    for narrow in (False, True):
        figure = module.draw(data, narrow)
        found, whole = boxes(figure)
        assert overlapping(found) == []
        assert outside(found, whole) == []
        for text in figure.axes[0].texts:
            assert text.get_fontsize() >= 13
            if not re.match("tick_|axislabel", text.get_gid() or ""):
                assert printed(text.get_text()) <= have


def figures(catalogues, size, kind, measure):
    published, numbers = catalogues(size)
    for name, recipe in recipes(published, kind, measure):
        module = FIGURES[name]
        yield name, module, module.Data(**resolve(recipe, numbers))


@pytest.mark.parametrize(("size", "kind", "measure"), CASES, ids=IDS)
def test_every_result_with_a_difference_is_in_a_table(catalogues, size, kind, measure):
    drawn = []
    for name, module, data in figures(catalogues, size, kind, measure):
        if name == "forest":
            assert len(data.rows) <= rows.MOST
            drawn += [row[0] for row in module.table(data)[1]]
    known = catalogues(size)[0].results.dropna(subset=measure.difference)
    names = known["organisation"] + ": " + known["programme"]
    assert sorted(drawn) == sorted(names)


def test_the_largest_type_of_many_results_can_be_read(catalogues):
    # tally, counts and the first part of the voluntary sector
    for _, module, data in islice(figures(catalogues, 134, "sector", RATE), 3):
        legible(module, data)


@pytest.mark.slow
@pytest.mark.parametrize(("size", "kind", "measure"), CASES, ids=IDS)
def test_every_label_of_many_results_can_be_read(catalogues, size, kind, measure):
    for _, module, data in figures(catalogues, size, kind, measure):
        legible(module, data)


def test_marks_and_counts_are_those_of_september_2015(catalogues):
    # 134 = 37 decreases + 90 inconclusive + 7 increases (Ministry, September 2015)
    published, numbers = catalogues(134)
    for kind in ("intervention", "sector"):
        recipe = rows.tally_rows(published, kind)
        module = FIGURES["tally"]
        data = module.Data(**resolve(recipe, numbers))
        lines = module.draw(data, False).axes[0].lines
        marks = [(line.get_gid() or "").split("-")[1:2] for line in lines]
        found = [mark for mark, *_ in filter(None, marks)]
        # and one of each in the key
        assert [found.count(f) - 1 for f in ("decrease", "inconclusive", "increase")] \
            == [37, 90, 7]  # fmt: skip
        total = FIGURES["verdict_bars"].table(data)[1][-1]
        assert [number.value for number in total[1:]] == [37, 90, 7, 0, 134]


def test_the_parts_of_a_type_follow_each_other_by_their_difference(catalogues):
    published, numbers = catalogues(134)
    [voluntary] = [t for t in published.types if t.name == "Voluntary"]
    parts = rows.forest_rows(published, "sector", voluntary)
    assert len(parts) > 1
    values = [
        numbers[row["difference"]["ref"]] for part in parts for row in part["rows"]
    ]
    assert values == sorted(values)
    assert len({str(part["ends"]) for part in parts}) == 1
