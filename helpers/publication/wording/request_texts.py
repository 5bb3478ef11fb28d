"""The parts that the request itself writes: status, facts, programme, about."""

import re
import textwrap
from datetime import timedelta
from typing import Any

from helpers.publication.folding import folded
from helpers.publication.numbers import READ_AS, escape
from helpers.publication.wording.number_words import in_words
from helpers.request import AnyRequest, Request

MADE_UP = "Made-up people: nobody in this report exists."
NOT_OFFICIAL = "Not an official statistic."
SOME_MADE_UP = "Includes results of made-up people."

UNCHECKED = (
    "These words are the organisation’s own. They are not checked by the analysts."
)
#: characters of a text that the line shows behind which it lies
FIRST_WORDS = 40

NTH = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
SETTINGS = {
    "custody": "In custody",
    "community": "In the community",
    "both": "In custody and in the community",
}


def status(request: AnyRequest, some_made_up: bool = False) -> str:
    """Say what the page says about itself at the very top.

    `some_made_up` where a summary of published results holds some of made-up people.
    """
    own = request.publication.status
    made_up = not request.alone and request.inputs.made_up
    parts = [MADE_UP] if made_up else [SOME_MADE_UP] if some_made_up else []
    return " ".join([*parts, own or NOT_OFFICIAL])


def _quote(text: str) -> str:
    paragraphs = [line.strip() for line in text.split("\n\n") if line.strip()]
    # own words may be in a script that runs from right to left
    quoted = "".join(f'<p dir="auto">{_block(p)}</p>' for p in paragraphs)
    return f"<blockquote>{quoted}</blockquote>"


def _block(text: str) -> str:
    """Give own words that are all of a block, which goes by their direction itself."""
    return re.sub("</?bdi>", "", escape(text))


def facts_list(facts: dict[str, Any]) -> str:
    """Give names and values as a list of definitions, the empty ones left out."""
    items = "".join(
        f'<dt>{escape(name)}</dt><dd dir="auto">{_block(value)}</dd>'
        for name, value in facts.items()
        if value
    )
    return f'<dl class="jdl-facts">{items}</dl>' if items else ""


def programme(request: Request) -> str:
    """Give the programme in the organisation's words, marked as unchecked.

    In view is what it is called, whose it is, where and when; the rest lies in folds.
    """
    about, organisation = request.programme, request.organisation
    in_view = {
        "Programme": about.name,
        "Organisation": organisation.name,
        "Sector": organisation.sector_type,
        "Type": about.intervention_type,
        "Setting": SETTINGS.get(about.setting or ""),
        "Period": about.period,
    }
    told = {
        "What it is": about.description,
        "How people came to it": about.selection,
        "What decided who took part": "Chance"
        if about.selection_by == "chance"
        else None,
        "How much of it": about.dose,
    }
    parts = [facts_list(in_view)]
    if given := {name: text for name, text in told.items() if text}:
        line = _begins(*next(iter(given.items())))
        parts.append(folded(line, "programme", facts_list(given)))
    if organisation.own_words:
        line = _begins("Its own words", organisation.own_words)
        held = f"<p>{UNCHECKED}</p>{_quote(organisation.own_words)}"
        parts.append(folded(line, "own-words", held))
    if organisation.response:
        line = _begins("Its response", organisation.response)
        parts.append(folded(line, "response", _quote(organisation.response)))
    return "".join(parts)


def _begins(what: str, text: str) -> str:
    """Give the line of a fold by the first words of a text, up to its first number.

    A number cut out of its sentence could not be told from one that was worked out. A
    short text without any stands whole.
    """
    before = re.split(r"\s*\S*\d", text)[0]
    words = textwrap.shorten(before, FIRST_WORDS, placeholder="")
    if words and words == " ".join(text.split()):
        return f"{what}: “{escape(words)}”"
    words = words.rstrip(",;:.")
    return f"{what}: “{escape(words)} …”" if words else what


def day(date: Any) -> str:
    """Give a date as people write it: 25 June 2026."""
    return f"{date.day} {date:%B %Y}"


def last_month(date: Any) -> str:
    """Give the last month that has ended by a day: "the end of May 2026"."""
    last = (date + timedelta(days=1)).replace(day=1) - timedelta(days=1)
    return f"the end of {last:%B %Y}"


def facts(request: AnyRequest) -> list[tuple[str, str]]:
    """Give the row of facts under the title."""
    publication = request.publication
    edition = (
        _nth(publication.edition).capitalize() if publication.edition > 1 else None
    )
    if request.alone:
        of, covers = {}, {"Results up to": last_month(request.as_of)}
    else:
        of = {"Organisation": request.organisation.name}
        covers = {"Covers": request.programme.period}
    found = {
        **of,
        "Published": day(publication.date),
        "Edition": edition,
        **covers,
        "Contact": publication.contact,
    }
    return [(name, value) for name, value in found.items() if value]


def edition(number: int) -> str:
    """Give an edition as a sentence names it: "second edition", "edition eleven"."""
    nth = number <= len(NTH)
    return f"{NTH[number - 1]} edition" if nth else f"edition {in_words(number)}"


def _nth(number: int) -> str:
    return NTH[number - 1] if number <= len(NTH) else str(number)


def about(
    request: AnyRequest, version: str, shown: str, some_made_up: bool = False
) -> str:
    """Say what made the report, what its symbols mean, and whom to ask.

    `shown` is everything that the report shows: it explains the symbols in it alone.
    `some_made_up` tells whether published results of made-up people are among it.
    """
    symbols = READ_AS | {"[x]": "not available where we could read it"}
    symbols = {sign: words for sign, words in symbols.items() if sign in shown}
    told = facts_list(
        {
            "Status": status(request, some_made_up),
            "Published": day(request.publication.date),
            "Edition": _nth(request.publication.edition).capitalize(),
            "Analyst": request.analyst,
            "Request": request.id,
            "Made with": f"Justice Data Lab analysis kit, version {version}",
            "Symbols": "; ".join(f"{sign} {words}" for sign, words in symbols.items()),
        }
    )
    contact = escape(request.publication.contact)
    read = f"What {', '.join(symbols)} mean; the analyst" if symbols else "The analyst"
    line = f"{read}, {edition(request.publication.edition)}, version of the kit"
    held = (
        f'{told}<p class="jdl-of-page">It is one HTML file that needs no network '
        'connection, and prints to <span data-numcheck="off">A4</span>.</p>'
    )
    asks = (
        '<p class="jdl-contact">If you need this report in another format, write to '
        f"{contact}.</p>"
    )
    return asks + folded(line, "about", held)
