"""What is folded away in a report can be reached: by a tap, a link, on paper."""

import re

import pytest

#: whether a figure is to be seen: what a closed fold holds is not
SEEN = "e => e.checkVisibility({contentVisibilityAuto: true})"
FOLDED = ".jdl-fold:not(.jdl-fold--phone)"


@pytest.fixture
def page(window, shared):
    """Open the published page of the shared run at a width, anew."""

    def open_(width, place="", **media):
        window.set_viewport_size({"width": width, "height": 900})
        window.emulate_media(**{"media": "null"} | media)
        window.goto("about:blank")
        window.goto((shared.folder / "report.html").as_uri() + place)
        return window

    return open_


def seen(page, selector):
    figures = page.locator(f"{selector} figure")
    assert figures.count() >= 1
    return figures.evaluate_all(f"all => all.map({SEEN})")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_fold_opens_by_its_line_which_says_what_it_holds(page, width):
    shown = page(width)
    figure = shown.locator("#findings ~ .jdl-fold > .jdl-fold__in > figure").first
    fold = figure.locator("xpath=ancestor::details")
    line = fold.locator("summary").first
    assert re.search(r"\d+ (?:results?|analyses)", line.inner_text())
    assert not figure.evaluate(SEEN)
    line.focus()
    shown.keyboard.press("Enter")
    assert figure.evaluate(SEEN)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_link_leads_to_a_figure_in_a_fold(page, width):
    ids = page(width).locator(f"{FOLDED} figure").evaluate_all("f => f.map(e => e.id)")
    at = page(width, f"#{ids[-1]}")
    figure = at.locator(f"#{ids[-1]}")
    at.wait_for_function("id => document.getElementById(id).closest('[open]')",
                         arg=ids[-1])  # fmt: skip
    assert figure.evaluate(SEEN)
    assert 0 <= figure.bounding_box()["y"] < 900


def test_on_paper_nothing_is_folded(page):
    paper = page(800, media="print")
    assert all(seen(paper, ".jdl-fold"))
