"""What stands in a table in words: an interval, a verdict, a note on some rows."""

import html
import re
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from helpers.publication.facts.in_tables import (
    AND,
    Finding,
    Interval,
    Kept,
    Note,
    Printed,
    Sources,
    Varies,
)
from helpers.publication.facts.measure import Measure
from helpers.publication.numbers import Number, escape, pieces
from helpers.publication.tables import Between, Links, Markup
from helpers.publication.wording.measure import line
from helpers.publication.wording.verdicts import verdict, ways

#: verdict -> whether the difference is significant, and what it comes to
SIGNIFICANT = {
    "decrease": "Yes: a decrease",
    "increase": "Yes: an increase",
    "inconclusive": "No: inconclusive",
    "untested": "Not tested",
    "open": "Not tested",
}


#: an address of the web, and what may stand before it
ADDRESS = re.compile(r"(?P<before>(?:[^\W_][\w ]*: )?)(?P<address>https?://\S+)", re.I)


def in_cell(cell: Any) -> Any:
    """Give a cell as it is printed: an interval, a verdict or people kept, in words.

    Also where it is not shown: a column of words is not one of numbers. Several pieces
    in one cell, numbers and text, stand after each other.
    """
    if isinstance(cell, list):
        return _words(*cell)
    if isinstance(cell, Sources):
        return sources(cell)
    if isinstance(cell, Kept):
        return kept(cell)
    if isinstance(cell, Measure):
        return significant(cell)
    if isinstance(cell, Finding):
        return cell.reason or line.finding(cell.measure)
    return _between(cell) if isinstance(cell, Interval) else cell


def _between(found: Interval) -> Between:
    """Give an interval with its limits beside it, both or neither of them shown."""
    limits = (found.low, found.high)
    without = [one for one in limits if one.state != "shown" or one.value is None]
    low, high = (without[0], without[0]) if without else limits
    return Between(interval(found), low, high)


def significant(measure: Measure) -> str:
    """Say whether a difference is significant, and which way it goes."""
    found = verdict(measure)
    numbers = (measure.ci_low, measure.ci_high, measure.p_value)
    if found == "withheld":
        return _words(next(number for number in numbers if number.state == "c"))
    if found == "none":
        return _words(measure.ci_low)
    side = ways(measure).get(found)
    return f"Yes: {side}" if side else SIGNIFICANT[found]


def sources(found: Sources) -> Links:
    """Give where a result was read: a link by its host, words where there is none."""
    links = "; ".join(map(_link, found.read_at))
    return Links(f"<span>{links}</span>", " ; ".join(found.read_at))


def _link(source: str) -> str:
    """Give a link; nothing but an address of the web becomes one.

    Words may stand before it: "CI: https://…".
    """
    parts = ADDRESS.fullmatch(source)
    host = _host(parts["address"]) if parts else ""
    if not host:
        return escape(source)
    address = html.escape(parts["address"], quote=True)
    said = escape(host.removeprefix("www."))
    link = f'<a href="{address}" rel="noopener noreferrer">{said}</a>'
    return escape(parts["before"]) + link


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # such as http://[
        return ""


def kept(found: Kept) -> Number | Markup:
    """Say about how many people are kept: "about 406", "about 426, or more"."""
    if not found.shown:
        return found.people
    return _words("about ", found.people, ", or more" if found.or_more else "")


def interval(found: Interval) -> Markup:
    """Give an interval in words: "8 fewer to 1 more", "2 to 8 fewer"."""
    low, high = found.low, found.high
    for limit in (low, high):
        if limit.state != "shown" or limit.value is None:
            return _words(limit)
    if not found.less:  # of a ratio, which lies on no side of nought
        return _words(low, " to ", high)
    below, above = low.value < 0, high.value > 0
    one, other = (_size(limit) for limit in (low, high))
    if below and above:
        return _words(one, f" {found.less} to ", other, f" {found.more}")
    if not below and not above:  # both are nought
        return _words(one)
    near, far, side = (other, one, found.less) if below else (one, other, found.more)
    if near.text == far.text:
        return _words("about ", far, f" {side}")
    return _words(near, " to ", far, f" {side}")


def _words(*parts: str | Number) -> Markup:
    # one element, which the layout of a phone does not pull apart
    return Markup(f"<span>{pieces(list(parts))}</span>")


def _size(number: Number) -> Number:
    """Give a limit without its sign, with the decimals of its measure."""
    each = number.format == "frequency_fewer"
    return number.as_("frequency_size") if each else number.size


def told_of_rows(note: Any) -> str:
    """Give a note as text, with the rows that it is about; empty where it has none."""
    if isinstance(note, Varies):
        return _varies(note)
    if not isinstance(note, Note):
        return str(note)
    rows = [_row(about) for about in note.about]
    # a row may be named by own words of the request, which are marked as such
    named = "; ".join(
        AND.join(map(escape, row.split(AND))) for row in dict.fromkeys(rows) if row
    )
    text = escape(note.text)
    return named and Markup(f"{named}: {text}" if note.named else text)


def _varies(note: Varies) -> str:
    """Say how much a count varies between people, in markup; empty where it is hidden.

    Of counts of pure chance the variance is the mean.
    """
    told = [
        _times(row["times"]) + (f" ({escape(row['row'])})" if row["row"] else "")
        for row in note.rows
        if row["times"].state == "shown" and row["times"].value is not None
    ]
    if not told:
        return ""
    lead = f"In the comparison group the number of {note.what} varies "
    end = (
        " between people as counts of pure chance would: that is its variance "
        "over its mean. The intervals take account of it."
    )
    return Markup(f"{escape(lead)}{', '.join(told)}{end}")


def _times(times: Number) -> str:
    return "as much" if times.text == "1" else f"{times.html} times as much"


def _row(about: Any) -> str:
    """Name a row; of printed values only where they give another difference."""
    if not isinstance(about, Printed):
        return about
    numbers = (about.treatment, about.comparison, about.difference)
    if any(one.state != "shown" or one.value is None for one in numbers):
        return ""
    treated, compared, difference = map(_digits, numbers)
    sign = -1 if about.difference.value < 0 else 1
    return about.row if treated - compared != sign * difference else ""


def _digits(number: Number) -> Decimal:
    """Give a number as its digits are printed, without words or a unit."""
    digits = re.sub(r"[^0-9.]", "", number.text)
    if number.text.startswith("\u2212"):
        return -Decimal(digits)
    return Decimal(digits)
