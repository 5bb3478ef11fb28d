"""Findings by year of publication: every year, and those without a date counted."""

import re

import pytest
from support import few_results, many_results, small_study

from helpers.charts.catalogue import read
from helpers.charts.report import cells as report_cells
from helpers.charts.report import over_time
from helpers.publication import drawing
from helpers.publication.numbers import refs_in

DOWN = {"sig_rate": "Y", "dir_rate": "down"}
UP = {"sig_rate": "Y", "dir_rate": "up"}
UNCLEAR = {"sig_rate": "N"}


def stage(folder, published):
    run = small_study.stage(folder, "charts", small_study.study())
    run.register(report_cells.cells(published))
    return run


def told(run, published):
    """Sentences and rows of the part, as the report prints them."""
    words, *figure = over_time.blocks_of(run, published)
    text = re.sub(r"<[^>]+>", "", small_study.markup(run, words))
    return text, small_study.printed(run, figure[0]) if figure else []


def test_every_year_has_its_counts_and_a_year_without_results_too(tmp_path):
    published = few_results.catalogue(
        DOWN | {"published": "2014-01"},
        DOWN | {"published": "2014-12"},
        UNCLEAR | {"published": "2014-12"},
        UP | {"published": "2016-06 or before"},  # perhaps of 2013
        {"published": "2016-07"},
        DOWN,  # no date
    )
    text, rows = told(stage(tmp_path, published), published)
    assert rows == [
        ["2014", "2", "1", "0", "0", "3"],
        ["2015", "0", "0", "0", "0", "0"],
        ["2016", "0", "0", "0", "1", "1"],
        ["All years", "2", "1", "0", "1", "4"],
        ["Not in the figure: only the latest possible month known", *"00101"],
        ["Not in the figure: date not printed", "1", "0", "0", "0", "1"],
    ]
    assert text.startswith("4 of the 6 results collected are in the figure. ")
    assert "for 1 only the latest possible month is known, and of 1 the date" in text


BY_THEN = {"published": "2014-01 or before"}


@pytest.mark.parametrize("rows", [(), (DOWN,), (DOWN, UNCLEAR), (DOWN, BY_THEN)])
def test_without_a_date_a_sentence_stands_alone_and_open(tmp_path, rows):
    published = few_results.catalogue(*rows)
    run = stage(tmp_path, published)
    [words] = over_time.blocks_of(run, published)
    assert "There is no figure by year" in small_study.markup(run, words)
    assert "fold" not in words.recipe


def test_one_year_has_one_row(tmp_path):
    published = few_results.catalogue(UNCLEAR | {"published": "2019-04"})
    text, rows = told(stage(tmp_path, published), published)
    assert [row[0] for row in rows[:2]] == ["2019", "All years"]
    assert text.startswith("The 1 result collected is in the figure.")


def test_numbers_are_public_and_say_by_which_rule(tmp_path):
    published = few_results.catalogue(UNCLEAR | {"published": "2019-04"}, DOWN)
    run = stage(tmp_path, published)
    words, figure = over_time.blocks_of(run, published)
    assert words.recipe["fold"] == figure.recipe["fold"]
    assert {"see": "over-time"} in figure.recipe["lead"]
    assert {cell.kind for cell in run.registered} == {"public"}
    assert all(c.method.startswith("7: ") and len(c.method) <= 110
               for c in over_time.cells(published))  # fmt: skip
    assert {r for b in (words, figure) for r in refs_in(b.recipe)} <= set(run.cells)


def test_every_one_of_a_large_catalogue_is_drawn_or_counted(tmp_path):
    published = read.read(many_results.write(tmp_path / "catalogue", rows=200))
    run = stage(tmp_path / "run", published)
    text, rows = told(run, published)
    dated = int(published.results["published"].str.fullmatch(r"\d{4}-\d{2}").sum())
    assert text.startswith(f"{dated} of the 200 results collected are in the figure")
    *by_year, total, _, _ = rows
    assert total[-1] == str(dated) == str(sum(int(row[-1]) for row in by_year))
    assert [row[0] for row in by_year] == [str(year) for year in range(2013, 2027)]
    numbers = {ref: cell.value for ref, cell in run.cells.items()}
    figure = over_time.blocks_of(run, published)[1]
    assert drawing.render(figure.recipe, numbers).count("<figure") == 1
