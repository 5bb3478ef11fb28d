"""Pages of 134 and of 200 results: every chart can be read, every result is there.

The made-up catalogue has the split of September 2015 and every type. A periodic summary
has all of it open, a request's report most of it folded away.
"""

import re
from collections import Counter

import pytest
import yaml
from bs4 import BeautifulSoup
from support import in_process, many_results, page_checks
from support.chart_text import CHARTS, problems
from support.in_browser import OPEN_DETAILS

from helpers.charts.catalogue import read
from helpers.files import ROOT

pytestmark = pytest.mark.slow

#: how many results each page tells of, and how many bytes it may have
PAGES = {"findings": (134, 3_000_000), "nc_prison_work": (200, 5_000_000)}


@pytest.fixture(scope="module", params=PAGES)
def built(request, tmp_path_factory):
    """A finished page, the catalogue that it tells of, and the bytes it may have."""
    name, (rows, most) = request.param, PAGES[request.param]
    folder = tmp_path_factory.mktemp(name)
    catalogue = many_results.write(folder / "catalogue", rows)
    raw = yaml.safe_load((ROOT / f"params/{name}.yml").read_text("utf-8"))["request"]
    raw["findings"] = {"catalogue": str(catalogue), "as_of": "2026-06-01"}
    report = in_process.run(raw, folder / "outputs") / "report.html"
    return report, read.read(catalogue), most


@pytest.fixture(scope="module")
def page(built):
    return built[0].read_text("utf-8")


def test_the_page_holds_together_and_is_not_too_heavy(built, page):
    # that the catalogue lies in a temporary folder is this test's doing
    found = [line for line in page_checks.problems(page) if "/catalogue" not in line]
    assert found == []
    assert len(page.encode()) < built[2]


@pytest.fixture(scope="module")
def soup(page):
    return BeautifulSoup(page, "html.parser")


def rows_of(soup, table):
    """Words of the first cell of every row of the tables whose ids begin so."""
    cells = soup.select(f'table[id^="table-{table}"] tbody th[scope="row"]')
    return [cell.get_text() for cell in cells]


def programmes(names):
    """How often each made-up programme is named."""
    return Counter(re.search(r"Programme (\d+)", name)[1] for name in names)


@pytest.mark.parametrize("kind", ["intervention", "sector"])
def test_every_printed_difference_stands_once_in_the_forests_of_a_kind(
    built, soup, kind
):
    results = built[1].results
    for start, column in (
        (f"forest-{kind}", "difference"),
        (f"frequency-forest-{kind}", "frequency_difference"),
    ):
        printed = results[results[column].notna()]["programme"]
        assert programmes(rows_of(soup, start)) == programmes(printed)


def test_every_result_of_a_size_and_every_year_has_its_place(built, soup):
    results = built[1].results
    sized = results.dropna(subset=["n", "difference"])["programme"]
    assert programmes(rows_of(soup, "by-size-data")) == programmes(sized)
    assert rows_of(soup, "over-time-data")[:14] == [str(y) for y in range(2013, 2027)]


@pytest.mark.parametrize("width", [1280, 390])
def test_no_text_of_any_chart_lies_over_another_or_is_cut_off(
    built, page, window, width
):
    window.set_viewport_size({"width": width, "height": 900})
    window.goto("about:blank")
    window.goto(built[0].as_uri())
    window.evaluate(OPEN_DETAILS)
    charts = window.evaluate(CHARTS)
    assert len(charts) == page.count("<figure ") > 40
    assert all(chart["texts"] for chart in charts)
    assert [line for chart in charts for line in problems(chart)] == []
    assert window.evaluate("document.scrollingElement.scrollWidth") <= width


def test_most_of_a_page_is_folded_away_on_a_phone(built, window):
    window.set_viewport_size({"width": 390, "height": 900})
    window.goto("about:blank")
    window.goto(built[0].as_uri())
    closed = window.evaluate("document.scrollingElement.scrollHeight")
    window.evaluate(OPEN_DETAILS)
    opened = window.evaluate("document.scrollingElement.scrollHeight")
    assert closed < opened / 4


#: the published results that lie in folds of a phone, and whether each is to be seen
ON_A_PHONE = ".jdl-main .jdl-fold--phone figure:not([id^=figure-measures])"
SEEN = "all => all.map(e => e.checkVisibility({contentVisibilityAuto: true}))"


@pytest.mark.parametrize(("width", "is_open"), [(1280, True), (390, False)])
def test_a_summary_alone_has_its_types_open_where_there_is_room(
    built, window, width, is_open
):
    window.set_viewport_size({"width": width, "height": 900})
    window.goto("about:blank")
    window.goto(built[0].as_uri())
    seen = window.locator(ON_A_PHONE).evaluate_all(SEEN)
    assert bool(seen) is (built[0].parent.name == "findings")
    assert all(each is is_open for each in seen)
