"""The built page read back: nothing withheld, no number from nowhere, no id twice."""

import html
import json
import re
from collections import Counter
from functools import lru_cache

from bs4 import BeautifulSoup, Tag

from helpers.publication.disclosure import Decision
from helpers.publication.numbers import FORMATS, Number
from helpers.publication.report import own_words
from helpers.request import AnyRequest

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")

#: where a number does not stand in a sentence, or says where it comes from
NOT_PROSE = "table, svg, script, style, nav, pre, code, data, [data-numcheck=off]"

HEAVY = re.compile(
    r"<(svg|style|script)\b.*?</\1>|<table [^>]*id=\"numbers-.*?</table>", re.S
)

#: what a sentence may count in and refer to, whatever the numbers are
CONSTANTS = re.compile(
    r"\b(?:Table|Figure)\sA?\d+\b|\b95%(?= (?:confidence )?interval)|\b100\b(?!%)"
    r"|\b(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December) \d{4}\b|\b(?:19|20)\d\d\b"
    r"|\(\d+ KB\)|^\d+\.\s|\bversion [\d.]+"
)


def read_back(shown: str, decision: Decision, name: str = "report.html") -> list[str]:
    """Give problems of a built page: numbers not released, scripts, ids given twice."""
    problems = []
    pattern = r'<data value="([^"]*)" data-ref="([^"]*)">([^<]*)</data>'
    for value, ref, text in set(re.findall(pattern, shown)):
        number = decision.released.get(html.unescape(ref))
        spelt = _spellings(float(value))
        if number != float(value) or html.unescape(text) not in spelt:
            problems.append(f"{name}: {ref} is shown and was not released so")
    results = re.findall(r' id="report-results">([^<]*)</script>', shown)
    for ref, value in json.loads("".join(results) or "{}").items():
        if decision.released.get(ref) != value:
            problems.append(f"{name}: {ref} is in its data and was not released")
    scripts = re.findall(r"<script[^>]*>", shown)
    if scripts != ['<script type="application/json" id="report-results">']:
        problems.append(f"{name}: holds a script other than its data block")
    ids = Counter(re.findall(r'<\w[^<>]* id="([^"]*)"', shown))
    problems += [
        f"{name}: two places have the id {one}, and links reach only the first; give "
        "an analysis or an outcome another name"
        for one, times in ids.items()
        if times > 1
    ]
    return sorted(problems)


@lru_cache(maxsize=4096)
def _spellings(value: float) -> frozenset[str]:
    """Give every way in which a page may print a number."""
    return frozenset(Number("", value, form).text for form in FORMATS)


def numbers_from_nowhere(
    shown: str, request: AnyRequest, name: str = "report.html"
) -> list[str]:
    """Give numbers in the page's sentences that no cell holds.

    A number in a sentence is a released cell, stands in own words of the request that
    are marked as such, or is a constant of the method that is marked as one; whatever
    else was typed by hand. That the request has the same number somewhere excuses none.
    """
    theirs = own_words.texts(request)
    problems = []
    # most of a page is drawings and lists of numbers: they are not worth parsing
    page = BeautifulSoup(HEAVY.sub("", shown), "html.parser")
    charted = _in_tables_of_figures(page)
    for element in page.select(NOT_PROSE):
        element.decompose()
    for element in page.select("[data-own]:not(:has([data-own]))"):
        element.string = own_words.without(_text(element), theirs)
    for element in page.find_all(["p", "li", "dd", "dt", "figcaption", "summary",
                                  re.compile("^h[1-6]$")]):  # fmt: skip
        if element.find(["p", "li", "dd"]):
            continue
        said = _text(element)
        found = NUMBER.findall(CONSTANTS.sub(" ", said))
        problems += [
            f"{name}: {number} in “{said[:60]}” comes from no cell; register it and "
            "write blocks.ref"
            for number in dict.fromkeys(found)
            if number not in charted.get(element.get("id", ""), ())
        ]
    return list(dict.fromkeys(problems))


def _text(element: Tag) -> str:
    return re.sub(r"\s+", " ", element.get_text(" ")).strip()


def _in_tables_of_figures(page: BeautifulSoup) -> dict[str, set[str]]:
    """Give the numbers of each figure's data table, by the id of the figure's caption.

    A figure computes its headline from its data.
    """
    found, tables = (
        {},
        {table["id"]: table for table in page.find_all("table", id=True)},
    )
    for figure in page.find_all("figure", attrs={"data-table": True}):
        table = tables.get(figure["data-table"])
        if table and figure.figcaption:
            numbers = set(NUMBER.findall(_text(table)))
            found[figure.figcaption.get("id", "")] = numbers
    return found
