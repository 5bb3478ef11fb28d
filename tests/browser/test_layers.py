"""The page in layers: short while folded, and all of it reached without a script.

A link, a key or a search in the page opens the folds around a place.
"""

import pytest
from support import layers

#: pixels that the page of one analysis may be high while everything is folded, by width
SHORT = {390: 9000, 1280: 8000}

#: pixels that a line to tap is high at least, and seconds in which the page opens
TARGET, SOON = 24, 1.0


@pytest.fixture
def page(window, shared):
    """Open the published page of the shared run at a width, anew."""

    def open_(width=390, place="", **media):
        window.set_viewport_size({"width": width, "height": 844})
        window.emulate_media(**{"media": "null", "forced_colors": "null"} | media)
        window.goto("about:blank")
        window.goto((shared.folder / "report.html").as_uri() + place)
        return window

    return open_


@pytest.mark.parametrize("width", SHORT)
def test_the_page_is_short_while_everything_is_folded(page, width):
    high, sections = layers.heights(page(width))
    assert high <= SHORT[width], sections


def test_the_page_opens_soon(page):
    timing = page().evaluate("performance.getEntriesByType('navigation')[0].duration")
    assert timing / 1000 < SOON


def test_the_line_of_every_fold_says_what_it_finds(page):
    shown = page(1280)
    assert shown.locator(layers.FOLDS).count() > 10
    assert layers.poor_lines(shown) == []


def test_every_line_is_large_enough_for_a_finger(page):
    # those that are seen: a line within a fold is measured once that is open
    sizes = page(320).evaluate("""() => [...document.querySelectorAll('summary')]
      .map(s => [s.innerText, s.getBoundingClientRect()])
      .filter(([_, box]) => box.width > 0)
      .map(([text, box]) => [text, Math.min(box.width, box.height)])""")
    assert len(sizes) > 5
    assert [line for line, size in sizes if size < TARGET] == []


# places in folds -----------------------------------------------------------------

PLACES = """() => [...document.querySelectorAll(
    '.jdl-main details [id]:is(table, figure, .jdl-fold__in)')].map(e => e.id)"""

#: whether a place, or what it begins, is seen
REACHED = """id => {
  const place = document.getElementById(id);
  const around = [];
  for (let e = place; (e = e.parentElement.closest('details'));) around.push(e);
  const top = place.getBoundingClientRect().top;
  return [around.every(d => d.open), top >= -1 && top < innerHeight];
}"""


def test_a_link_opens_every_fold_around_a_place(page):
    places = page().evaluate(PLACES)
    assert {"fold-section-glossary", "table-hidden-numbers"} <= set(places)
    # the innermost of all, and some of every kind
    for name in [*places[:: max(1, len(places) // 12)], places[-1]]:
        at = page(390, f"#{name}")
        at.wait_for_function(
            "id => document.getElementById(id).closest('details').open", arg=name
        )
        assert at.evaluate(REACHED, name) == [True, True], name


def test_a_browser_that_opens_nothing_still_shows_what_a_link_leads_to(page):
    """Where the folds are closed again only the style sheet is left to show it."""
    at = page(390, "#fold-section-glossary")
    at.evaluate("document.querySelectorAll('details').forEach(d => { d.open = false })")
    seen = "e => e.checkVisibility({contentVisibilityAuto: true})"
    assert at.locator("#fold-section-glossary").evaluate(seen)
    assert not at.locator("#fold-own-words").evaluate(seen)


def test_contents_fold_on_a_phone_and_stand_beside_the_report_elsewhere(page):
    wide = page(1280)
    first, report = wide.locator(".jdl-toc a").first, wide.locator(".jdl-main")
    assert first.is_visible()
    assert first.bounding_box()["x"] < report.bounding_box()["x"]
    narrow = page(390)
    assert not narrow.locator(".jdl-toc a").first.evaluate(
        "e => e.checkVisibility({contentVisibilityAuto: true})"
    )
    narrow.locator(".jdl-toc summary").focus()
    narrow.keyboard.press("Enter")
    narrow.locator(".jdl-toc a").nth(2).click()
    narrow.wait_for_function("Math.abs(document.querySelector(location.hash)"
                             ".getBoundingClientRect().top) < 60")  # fmt: skip


def test_on_paper_no_line_to_tap_stands_at_the_foot_of_a_page_or_has_an_arrow(page):
    paper = page(700, media="print")
    rules = paper.evaluate("""() => [...document.querySelectorAll('summary')]
      .filter(s => s.getBoundingClientRect().height > 0)
      .map(s => [getComputedStyle(s).breakAfter,
                 getComputedStyle(s, '::before').display])""")
    assert rules and all(rule == ["avoid", "none"] for rule in rules)


@pytest.mark.parametrize("width", [320, 640])
def test_forced_colours_show_the_arrow_of_every_fold(page, width):
    shown = page(width, forced_colors="active")
    arrows = shown.evaluate("""() => [...document.querySelectorAll('summary')]
      .map(s => getComputedStyle(s, '::before'))
      .map(style => [style.borderRightWidth, style.borderTopWidth])""")
    assert all(arrow == ["3px", "0px"] for arrow in arrows)
    assert shown.evaluate("document.scrollingElement.scrollWidth") <= width
