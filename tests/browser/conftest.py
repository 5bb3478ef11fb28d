"""A browser for the pages that runs have built: Debian's Chromium, by Playwright.

Nothing is downloaded. Where there is no Chromium these tests skip and say so; on the
machine of .ci/run, which installs it, they fail instead.
"""

import pytest
from playwright.sync_api import sync_playwright
from support.in_browser import COPIES, EVERY_COPY, OPEN_DETAILS, Copy, program


@pytest.fixture(scope="session")
def chromium():
    return program("chromium", "chromium")


@pytest.fixture(scope="module")
def browser(chromium):
    # a module's, not a session's: while Playwright works an event loop counts as
    # running in this thread, and no other test could call asyncio.run
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium)
        yield launched
        launched.close()


@pytest.fixture(scope="module", params=EVERY_COPY)
def copy(request, browser):
    """A copy of the page of a finished run; every run has both."""
    run, kind = request.param
    path = request.getfixturevalue(run).folder / COPIES[kind]
    assert path.is_file(), f"the run {run} has no {COPIES[kind]}"
    return Copy(run, kind, path)


@pytest.fixture(scope="module")
def window(browser):
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def opened(window, copy):
    """Open the copy at a width in CSS pixels, anew.

    In one window: a new one each time takes several times as long.
    """

    def open_(width, *, details=False, **media):
        window.set_viewport_size({"width": width, "height": 900})
        window.emulate_media(**{"media": "null", "forced_colors": "null"} | media)
        window.goto("about:blank")
        window.goto(copy.path.as_uri())
        if details:
            window.evaluate(OPEN_DETAILS)
        return window

    return open_
