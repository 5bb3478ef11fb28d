"""The page for everyone: axe, the keyboard, small screens, wider spacing."""

import pytest
from support.accessible import CONTRAST, violations
from support.in_browser import RUNS

#: every one with all <details> open
STATES = {
    "1280": {"width": 1280},
    "390": {"width": 390},
    "forced": {"width": 1280, "forced_colors": "active"},
    "print": {"width": 1280, "media": "print"},
}

#: one run's page in every state, the others on a phone; what the reviewers' copy has
#: besides looks alike in every state but on a phone and on paper
LOOKED_AT = [
    pytest.param(copy, state, id="-".join([*copy, state]))
    for copy, states in (
        (("shared", "published"), STATES),
        *(((run, "published"), ["390"]) for run in RUNS if run != "shared"),
        (("shared", "reviewers"), ["390", "print"]),
        (("shared", "cover"), STATES),
    )
    for state in states
]


@pytest.mark.slow
@pytest.mark.parametrize(("copy", "state"), LOOKED_AT, indirect=["copy"])
def test_axe_finds_no_violation(opened, state):
    page = opened(**STATES[state], details=True)
    # nobody touches a link on paper; forced colours leave all else as it is at 1280
    left_out = ["target-size"] if state == "print" else []
    assert violations(page, left_out, colours=state == "forced") == []


def test_axe_finds_what_is_wrong(browser):
    page = browser.new_page()
    words = "<h1 style='color: #ccc'>Pale</h1><p>Ink</p>"
    page.set_content(f"<html><title>Page</title><main>{words}</main></html>")
    rules = [line.split(":")[0] for line in violations(page)]
    page.close()
    assert rules == ["html-has-lang", CONTRAST]


# the keyboard ------------------------------------------------------------------------

#: notes every stop as it gets the focus, and whether its outline shows that
WATCH = """() => {
  const stops = 'a[href], area[href], button, input, select, textarea, summary, '
    + 'iframe, audio, video, [contenteditable], [tabindex]:not([tabindex^="-"])';
  window.stops = [...document.querySelectorAll(stops)].filter(e => e.checkVisibility());
  window.reached = [];
  document.addEventListener('focusin', ({target}) => {
    const {outlineStyle, outlineWidth} = getComputedStyle(target);
    const shown = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    window.reached.push([window.stops.indexOf(target), shown]);
  });
  return window.stops.length;
}"""

NAMES = """places => places.map(i => window.stops[i]).map(e =>
  `${e.tagName.toLowerCase()} ${e.textContent.trim().slice(0, 40)}`)"""


#: the reviewers' copy has a link in each row of its long list of numbers, all alike
MOST_STOPS = 150


def tab_through(page):
    """Press Tab once for every stop; gives their number, what was reached and seen."""
    stops = min(page.evaluate(WATCH), MOST_STOPS)
    for _ in range(stops):
        page.keyboard.press("Tab")
    return stops, page.evaluate("window.reached")


def test_the_keyboard_reaches_every_stop_in_order_and_shows_where_it_is(opened):
    page = opened(390, details=True)
    stops, reached = tab_through(page)
    assert stops > 20
    missed = set(range(stops)) - {place for place, _ in reached}
    assert page.evaluate(NAMES, sorted(missed)) == []
    assert [place for place, _ in reached] == list(range(stops))
    unseen = [place for place, shown in reached if not shown]
    assert page.evaluate(NAMES, unseen) == []


def test_the_first_stop_skips_to_the_content(opened):
    page = opened(1280)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to main content"
    box = skip.bounding_box()
    assert box["x"] >= 0 and box["y"] >= 0 and box["width"] > 50
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


SCROLLERS = """() => [...document.querySelectorAll('body *')]
  .filter(e => /auto|scroll/.test(getComputedStyle(e).overflowX)
    && e.scrollWidth > e.clientWidth + 1)
  .filter(e => !(e.tabIndex === 0 && e.matches('[tabindex]')
    && e.matches('[role=region], [role=group]')
    && e.matches('[aria-label], [aria-labelledby]')))
  .map(e => e.outerHTML.slice(0, 120))"""


def test_what_scrolls_sideways_is_a_named_stop_of_the_keyboard(opened):
    # in browsers, too, that do not make it one by themselves
    assert opened(390, details=True).evaluate(SCROLLERS) == []


# small screens and wider spacing -----------------------------------------------------

WIDE = """() => [...document.querySelectorAll('body *')]
  .filter(e => e.checkVisibility()
    && e.getBoundingClientRect().right > innerWidth + 1
    && !e.parentElement.closest('.jdl-scroll, svg'))
  .slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""


def width_of(page):
    return page.evaluate("document.scrollingElement.scrollWidth")


def test_a_screen_of_320_pixels_needs_no_scrolling_sideways(opened):
    page = opened(320, details=True)
    assert width_of(page) <= 320, page.evaluate(WIDE)


#: WCAG 1.4.12: what a reader may set and still lose nothing
SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important }
p { margin-bottom: 2em !important }
svg * { letter-spacing: normal !important; word-spacing: normal !important }
"""

CLIPPED = """() => [...document.querySelectorAll('body *')]
  .filter(e => {
    const {overflowX, overflowY} = getComputedStyle(e);
    return e.checkVisibility() && !e.closest('svg') && e.clientHeight > 2
      && (/hidden|clip/.test(overflowX) && e.scrollWidth > e.clientWidth + 1
        || /hidden|clip/.test(overflowY) && e.scrollHeight > e.clientHeight + 1);
  }).map(e => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("width", [320, 1280])
def test_wider_spacing_of_text_cuts_nothing_off(opened, width):
    page = opened(width, details=True)
    before = page.evaluate("document.body.scrollHeight")
    page.add_style_tag(content=SPACING)
    # the spacing was taken on
    assert page.evaluate("document.body.scrollHeight") > before
    assert page.evaluate(CLIPPED) == []
    assert width_of(page) <= width, page.evaluate(WIDE)
