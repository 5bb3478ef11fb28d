"""Govspeak as GOV.UK reads it: what stands in for its own markup, then kramdown.

What the stand-ins look for, and in which order, is that of lib/govspeak.rb in
github.com/alphagov/govspeak: everything before kramdown sees the text.
"""

import re
import shutil
import subprocess
from collections import Counter
from functools import lru_cache

import pytest
from bs4 import BeautifulSoup

KRAMDOWN = shutil.which("kramdown")
NEEDS_KRAMDOWN = pytest.mark.skipif(not KRAMDOWN, reason="kramdown is not installed")

BOXES = ("CTA", "AI", "!", "D", "C", "P", "I", "E", "A")
#: markup of Govspeak that a report has no use for
OTHERS = {
    "attachment": r"\[(?:Attachment|AttachmentLink|InlineAttachment|Contact|embed):",
    "chart": r"\{barchart",
    "headline": r"\{/?stat-headline",
    "highlight": r"\{::",
    "image by number": r"^!!\d",
    "legislative list": r"^\$LegislativeList",
    "nation": r":(?:england|scotland|wales|london|northern-ireland|england-wales):",
    "priority": r"^\$PriorityList",
    "step": r"^s\d+\. ",
    "external": r"x\[[^\n]*?\)x",
    "acronym": r"^\*\[",
}
IMAGE = r"\[Image:\s*(.*?)\s*\]"


def markup_besides(body: str) -> list[str]:
    """Name the kinds of Govspeak's own markup that a report has no use for."""
    return [name for name, what in OTHERS.items() if re.search(what, body, re.M)]


def in_kramdown(body: str) -> str:
    """Give a body with Govspeak's own markup as HTML, which kramdown lets through."""
    for box in BOXES:
        sign = re.escape(f"${box}")
        body = re.sub(
            rf"^{sign}(.*?){sign} *$",
            rf'<div class="box" title="{box}" markdown="1">\n\1\n</div>',
            body,
            flags=re.M | re.S,
        )
    for sign in "^%@":
        body = re.sub(
            rf"^{re.escape(sign)}(.*?){re.escape(sign)}? *$",
            rf'<div class="callout" title="{sign}" markdown="1">\n\1\n</div>',
            body,
            flags=re.M,
        )
    return re.sub(IMAGE, r'<img src="\1" />', body)


def rendered(body: str) -> BeautifulSoup:
    """Give a body as GOV.UK shows it."""
    page = BeautifulSoup(f"<main>{_by_kramdown(body)}</main>", "html.parser")
    for cell in page.select("thead th"):
        _header(cell, "col")
    for cell in page.select("tbody td:first-child"):
        if cell.get_text().startswith("# "):
            cell.name = "th"
            _header(cell, "row")
    return page


@lru_cache(maxsize=2)  # of one body its words are read, and then its links
def _by_kramdown(body: str) -> str:
    made = subprocess.run(
        [KRAMDOWN], input=in_kramdown(body), capture_output=True, encoding="utf-8",
        check=True, timeout=60,
    )  # fmt: skip
    assert made.stderr == ""
    return made.stdout


def _header(cell, scope):
    if cell.contents and str(cell.contents[0]).startswith("# "):
        cell.contents[0].replace_with(str(cell.contents[0])[2:])
    cell["scope"] = scope


def plain(text: str) -> str:
    """Give words as they are compared: one space, straight quotes."""
    return re.sub(r"\s+", " ", re.sub("[‘’]", "'", re.sub("[“”]", '"', text))).strip()


# a report --------------------------------------------------------------------------

#: what a body leaves to GOV.UK, or has in another form
LEFT_OUT = (
    ".jdl-header, .jdl-footer, .jdl-skip, .jdl-toc, h1, title, svg, script, style, "
    "[aria-hidden], [download], .jdl-of-page, .jdl-cite, .jdl-details > summary, "
    ".jdl-fold--phone > summary, "
    ".jdl-fold:has(> [id^='fold-section-']) > summary"
)
HEADINGS = "h2, h3, h4, h5, h6, .jdl-fold > summary, caption, .jdl-figure__head"


def same_as_the_page(page: str, body: str) -> None:
    """Check that a body holds every heading, table, figure and word of a page."""
    there, here = BeautifulSoup(page, "html.parser"), rendered(body)
    assert markup_besides(body) == []
    for one in there.select(LEFT_OUT):
        one.decompose()
    for one in here.select(".callout, .footnotes, sup"):
        one.decompose()
    titles = [plain(one.get_text()) for one in there.select(HEADINGS)]
    titles = [re.sub(r"^\d+\. (?=[A-Z])", "", title) for title in titles]
    assert [plain(one.get_text()) for one in here.select(HEADINGS)] == titles
    assert tables(here) == tables(there)
    figures = [one["id"].removeprefix("figure-") for one in there.select("figure")]
    assert [one["src"] for one in here.select("img")] == [f"{k}.png" for k in figures]
    for page_ in (there, here):
        for one in page_.select(f"table, {HEADINGS}"):
            one.decompose()
    only = words(here) - words(there), words(there) - words(here)
    assert not any(only), only


def tables(page: BeautifulSoup) -> list[list[list[str]]]:
    """Give the tables, the name of a group before the header of each of its rows."""
    return [_rows(table) for table in page.select("table")]


def _rows(table):
    rows, group = [], ""
    for row in table.select("tr"):
        header, *rest = [plain(cell.get_text()) for cell in row.select("th, td")]
        if row.select_one("th.group"):
            group = f"{header}: "
            continue
        rows.append([group * bool(row.select("td")) + header, *rest])
    return rows


def words(page: BeautifulSoup) -> Counter[str]:
    """Count the words and numbers of a page."""
    return Counter(re.findall(r"[\w\u2212]+", page.get_text(" ")))


def lead_nowhere(body: str) -> list[str]:
    """Name the links to tables and figures that lead to no heading of theirs."""
    page = rendered(body)
    places = {one["id"]: one.get_text() for one in page.select("[id]")}
    return [
        link.get_text()
        for link in page.select("a[href^='#']:not(.footnote, .reversefootnote)")
        if not plain(places.get(link["href"][1:], "")).startswith(
            plain(link.get_text()) * bool(re.match("Table|Figure", link.get_text()))
        )
        or link["href"][1:] not in places
    ]
