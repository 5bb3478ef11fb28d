"""A built page looked at from outside: what leaks, numbers from no table, headings.

Nothing here is taken from the kit, so that it notices what the kit's own gates let by.
"""

import json
import re

from bs4 import BeautifulSoup

LEAKS = re.compile(
    r"/(?:home|root|tmp|Users|work)/[\w./-]+|ipykernel_\d+|Traceback \(most recent"
    r"|(?:User|Future|Deprecation|Runtime)Warning:|nan\b.{0,3}%|\{\{|\bNone\b(?! of )"
)
NUMBER = re.compile(r"(?<![\w.-])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.-])\d+(?:\.\d+)?")
MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November"
    "|December)"
)
#: what a sentence may say without a table: dates, references, 95%, of 100, how large a
#: download is
EXEMPT = re.compile(
    rf"\b\d{{1,2}} {MONTH}(?: \d{{4}})?|{MONTH} \d{{4}}|\b(?:19|20)\d\d\b(?!%)"
    r"|\b95%(?= (?:confidence )?interval)"
    r"|\b(?:Tables?|Figures?|[Vv]ersion)\s[\d.]+(?: and \d+)?"
    r"|\b(?:each|every|in|of) 100\b|\b100 (?:\w+ ){0,2}(?:people|men|women)\b"
    r"|\b(?:6|12) months\b|\(\d+ KB\)"
)


def problems(page: str) -> list[str]:
    """Everything that is wrong with a page, one line each."""
    soup = BeautifulSoup(page, "html.parser")
    return [*_leaks(page), *_headings(soup), *_ids(soup), *_data(soup), *_loose(soup)]


def _leaks(page: str) -> list[str]:
    text = re.sub(r"<style>.*?</style>|href=\"data:[^\"]*\"", "", page, flags=re.S)
    return [f"leaks {found}" for found in sorted(set(LEAKS.findall(text)))]


def _headings(soup: BeautifulSoup) -> list[str]:
    found, last = [], 0
    for heading in soup.find_all(re.compile("^h[1-6]$")):
        level, text = int(heading.name[1]), heading.get_text().strip()
        if not text:
            found.append(f"an empty {heading.name}")
        if level > last + 1:
            found.append(f"{heading.name} “{text[:40]}” comes after h{last}")
        last = level
    return found + ([] if len(soup.find_all("h1")) == 1 else ["not one h1"])


def _ids(soup: BeautifulSoup) -> list[str]:
    ids = [element["id"] for element in soup.find_all(id=True)]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    links = {a["href"][1:] for a in soup.select('a[href^="#"]')}
    return [
        *(f"id {name} stands twice" for name in twice),
        *(f"id “{name}” has a space" for name in ids if re.search(r"\s", name)),
        *(f"link to #{name} leads nowhere" for name in sorted(links - set(ids))),
    ]


def _data(soup: BeautifulSoup) -> list[str]:
    """Numbers by their refs: one value each, in a table too, and in the data block."""
    block = json.loads(soup.find(id="report-results").string)
    found = []
    in_tables = {data["data-ref"] for data in soup.select("table data[data-ref]")}
    for data in soup.select("data[data-ref]"):
        ref = data["data-ref"]
        if block.get(ref) != float(data["value"]):
            found.append(f"{ref} is not what the data block holds")
        if ref not in in_tables:
            found.append(f"{ref} is in no table")
    return sorted(set(found))


def _loose(soup: BeautifulSoup) -> list[str]:
    """Numbers of sentences that stand in no table."""
    tables = {
        float(number.replace(",", ""))
        for cell in soup.select("td, th")
        for number in NUMBER.findall(cell.get_text())
    }
    for element in soup.select(
        "table, nav, footer, code, pre, script, style, svg, data, [data-numcheck=off]"
    ):
        element.decompose()
    found = []
    for element in soup.select("main p, main li, main dd, main figcaption, main h3"):
        if element.find(["p", "li", "dd"]):
            continue
        said = re.sub(r"\s+", " ", element.get_text()).strip()
        for number in NUMBER.findall(EXEMPT.sub(" ", said)):
            value, decimals = float(number.replace(",", "")), number.partition(".")[2]
            reach = 0.5 * 10 ** -len(decimals) + 1e-9
            if not any(abs(value - known) <= reach for known in tables):
                found.append(f"{number} in “{said[:70]}” is in no table")
    return found
