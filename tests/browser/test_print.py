"""The page on paper: A4, every table printed, nothing blank or cut."""

import re
import subprocess

import pytest
from support.in_browser import program

#: the reviewers' copy has the code and a row for every number
PAGES = {"published": (4, 45), "reviewers": (10, 120)}


@pytest.fixture(scope="module")
def text_of():
    pdftotext = program("pdftotext", "poppler-utils")

    def read(path):
        command = [pdftotext, "-raw", str(path), "-"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return done.stdout.split("\f")[:-1]

    return read


def squeezed(text):
    return re.sub(r"\s+", "", text)


def test_the_print_has_a_sane_number_of_pages_and_none_is_blank(
    opened, copy, text_of, tmp_path
):
    page = opened(1280)
    page.pdf(path=tmp_path / "x.pdf", prefer_css_page_size=True, tagged=True)
    pages = text_of(tmp_path / "x.pdf")
    fewest, most = PAGES[copy.kind]
    assert fewest <= len(pages) <= most
    blank = [n for n, text in enumerate(pages, 1) if len(squeezed(text)) < 25]
    assert blank == []
    # what is closed on the screen is printed: the headers of every table's last row
    printed = squeezed("".join(pages))
    last = page.locator("table tbody tr:last-child > th").all_text_contents()
    assert len(last) > 5
    assert [text for text in last if squeezed(text) not in printed] == []


#: A4 less the margins that the page asks for, in CSS pixels
PAPER = int((210 - 2 * 15) / 25.4 * 96)

TOO_WIDE = """() => [...document.querySelectorAll('table, figure, svg, img, pre')]
  .filter(e => e.checkVisibility()
    && e.getBoundingClientRect().right > innerWidth + 1)
  .map(e => (e.id || e.outerHTML.slice(0, 80)) + ' '
    + Math.round(e.getBoundingClientRect().right))"""


def test_nothing_is_wider_than_the_paper(opened):
    page = opened(PAPER, details=True, media="print")
    assert page.evaluate(TOO_WIDE) == []
