"""The hardest requests as pages: short, whole and readable at every width."""

import json

import pytest
from support import layers, page_checks, scenes
from support.accessible import violations
from support.in_browser import OPEN_DETAILS, SCREENSHOTS

pytestmark = pytest.mark.slow

#: pixels that a page may be high while everything is folded: of one analysis, of twelve
SHORT = {390: (9000, 16000), 1280: (8000, 14000)}


@pytest.fixture(scope="module", params=scenes.SCENES)
def scene(request, tmp_path_factory):
    """The name of a scene, and the folder of its finished run."""
    name = request.param
    return name, scenes.run(name, tmp_path_factory.mktemp("scenes"))


@pytest.fixture
def page(window, scene):
    """Open the published page of a scene at a width, anew."""

    def open_(width, *, details=False):
        window.set_viewport_size({"width": width, "height": 844})
        window.goto("about:blank")
        window.goto((scene[1] / "report.html").as_uri())
        if details:
            window.evaluate(OPEN_DETAILS)
        return window

    return open_


def _limit(of_one, of_twelve, folder):
    """What a page may have: what one analysis has, and a share for each further one."""
    result = json.loads((folder / "release/result.json").read_text("utf-8"))
    many = max(len(result["analyses"]), 1)
    return of_one + (of_twelve - of_one) * (many - 1) / 11


@pytest.mark.parametrize("width", SHORT)
def test_a_page_is_short_while_everything_is_folded(scene, page, width):
    shown = page(width)
    high, sections = layers.heights(shown)
    SCREENSHOTS.mkdir(exist_ok=True)
    picture = SCREENSHOTS / f"scene-{scene[0]}-{width}.jpeg"
    shown.screenshot(path=picture, full_page=True, type="jpeg", quality=90)
    assert high <= _limit(*SHORT[width], scene[1]), sections
    assert layers.poor_lines(shown) == []


@pytest.mark.parametrize("width", [320, 640, 1280])
def test_no_page_is_wider_than_its_screen(page, width):
    # 640 pixels are what a screen of 1280 has left at 200%
    shown = page(width, details=True)
    assert shown.evaluate("document.scrollingElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_with_every_fold_open_or_closed(page, width):
    assert violations(page(width, details=width == 390)) == []


def test_a_page_holds_together(scene):
    shown = (scene[1] / "report.html").read_text("utf-8")
    assert page_checks.problems(shown) == []
    most = 5_000_000 if scene[0] == "twelve" else 2_000_000
    assert len(shown.encode()) < most
