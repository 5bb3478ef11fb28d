"""Debian's Firefox beside Chromium: tables of a phone, folds, and links into them.

The second engine has no `::details-content`, and opens folds by itself.
"""

import pytest
from support.firefox import firefox
from support.in_browser import OPEN_DETAILS, SCREENSHOTS, program

pytestmark = pytest.mark.slow

#: of every table: each row's words by cell, and which cells stand in one line
TABLES = """[...document.querySelectorAll('.jdl-main table')].map(t => [t.id,
  [...t.querySelectorAll('tbody tr')].map(row => [...row.children].map(cell => {
    const box = cell.getBoundingClientRect();
    const first = row.children[0].getBoundingClientRect();
    return [cell.textContent, Math.abs(box.top - first.top) < 4,
            box.width > 0 && box.height > 0];
  }))])"""

#: height of every row; letters are set alike in both, to a pixel or two a line
HEIGHTS = """[...document.querySelectorAll('.jdl-main tbody tr')]
  .map(row => row.getBoundingClientRect().height)"""

FOLDS = """[...document.querySelectorAll('.jdl-main details')].map(d =>
  [d.querySelector('summary').textContent, d.open])"""

PHONE = 390
#: pixels between the lines of a table there
LINE = 21


@pytest.fixture(scope="module")
def fox():
    with firefox(program("firefox-esr", "firefox-esr")) as window:
        yield window


@pytest.fixture(scope="module")
def address(shared):
    return (shared.folder / "report.html").as_uri()


@pytest.fixture
def chrome(window, address):
    window.set_viewport_size({"width": PHONE, "height": 844})
    window.goto("about:blank")
    window.goto(address)
    return window


def test_both_fold_alike_and_are_as_short(fox, chrome, address):
    fox.goto(address, PHONE)
    assert fox.evaluate(FOLDS) == chrome.evaluate(FOLDS)
    high = "document.documentElement.scrollHeight"
    assert fox.evaluate(high) == pytest.approx(chrome.evaluate(high), rel=0.05)


def test_both_draw_the_tables_of_a_phone_alike(fox, chrome, address):
    fox.goto(address, PHONE)
    for each in (fox, chrome):
        each.evaluate(f"({OPEN_DETAILS.replace('{ d.open = true }', 'd.open = true')})")
    tables = fox.evaluate(TABLES)
    assert len(tables) > 10
    assert tables == chrome.evaluate(TABLES)
    pairs = list(zip(fox.evaluate(HEIGHTS), chrome.evaluate(HEIGHTS), strict=True))
    # a word at the edge may go to the next line in one of them
    assert [pair for pair in pairs if abs(pair[0] - pair[1]) > 2 * LINE] == []
    rows = [sum(heights) for heights in zip(*pairs, strict=True)]
    assert rows[0] == pytest.approx(rows[1], rel=0.05)
    assert fox.evaluate("document.documentElement.scrollWidth") <= PHONE
    SCREENSHOTS.mkdir(exist_ok=True)
    fox.picture(SCREENSHOTS / "firefox-390-open.png")
    chrome.screenshot(path=SCREENSHOTS / "chromium-390-open.png", full_page=True)


@pytest.mark.parametrize("width", [PHONE, 1280])
def test_a_link_opens_the_folds_around_a_place_in_firefox_too(fox, address, width):
    fox.goto(address, width)
    nested = "[...document.querySelectorAll('.jdl-main details [id]:is(table, figure, "
    names = fox.evaluate(nested + ".jdl-fold__in)')].map(e => e.id)")
    for name in (names[0], names[len(names) // 2], "fold-section-glossary"):
        fox.goto(f"{address}#{name}", width)
        place = f"document.getElementById('{name}')"
        assert fox.evaluate(f"{place}.closest('details').open"), name
        assert 0 <= fox.evaluate(f"{place}.getBoundingClientRect().top") < 844, name


def test_a_search_in_the_page_opens_the_fold_that_holds_the_word(fox, address):
    fox.goto(address, PHONE)
    glossary = "document.querySelector('#glossary ~ details').open"
    assert not fox.evaluate(glossary)
    # of the meaning of a propensity score, and nowhere else
    assert fox.evaluate("find('between nought and one')")
    assert fox.evaluate(glossary)


def test_a_tap_on_its_line_opens_a_fold(fox, address):
    fox.goto(address, PHONE)
    fox.tap("document.querySelector('#glossary ~ details > summary')")
    assert fox.evaluate("document.querySelector('#glossary ~ details').open")
