"""A row of the page: what is asked, what was done, who answers, the evidence."""

import html
from collections.abc import Iterable
from typing import NamedTuple

from helpers.publication.numbers import escape
from helpers.publication.tables import Links, Markup

#: who answers for what a row says
RUN, REQUEST, LATER, NOBODY = (
    "This run checked it",
    "The request says so",
    "A person, afterwards",
    "The kit does not check it",
)
COPY = "report-reviewers.html"


class Place(NamedTuple):
    """A place to look at: a section of the reviewers' copy, by its key."""

    key: str
    title: str


CHECKS = Place("checks", "Checks of this run")
SHARING = Place("data-sharing", "Data sharing")
RULES = Place("rules", "What was withheld, by rule")
GATE = Place("gate", "What the design could find")


class Row(NamedTuple):
    """What is asked, what this run did (as HTML), who answers, and the evidence."""

    asked: str
    did: str
    answers: str
    evidence: tuple[str | Place, ...] = ()

    def cells(self) -> list[str]:
        """Give the row as the cells of a table."""
        did = Markup(f'<span class="jdl-words">{self.did}</span>')
        return [self.asked, did, self.answers, _evidence(self.evidence)]


def given(text: object) -> str:
    """Give own words of the request, whichever way they are written."""
    return f'<span dir="auto">{escape(str(text))}</span>'


def code(text: str) -> str:
    """Give a command, a file or a hash."""
    # a long path breaks where a reader would
    return f"<code>{html.escape(text).replace('/', '/<wbr>')}</code>"


def command(text: str) -> str:
    """Give a command of the kit as it is typed."""
    return code(f"python3 -m helpers {text}")


def files(names: Iterable[str]) -> str:
    """Give names of files or tables one after the other."""
    return ", ".join(map(code, names))


def counted(number: int, one: str, more: str) -> str:
    """Give how many there are of something: "1 file", "12 files"."""
    return f"{number:,} {one if number == 1 else more}"


def _evidence(places: tuple[str | Place, ...]) -> Markup:
    shown = [
        code(place) if isinstance(place, str) else
        f'<a href="{COPY}#{place.key}">{html.escape(place.title)}</a>'
        for place in places
    ]  # fmt: skip
    links = [f"{COPY}#{place.key}" for place in places if isinstance(place, Place)]
    told = "; <br>".join(shown) or "Nothing to look at"
    told = f'<span class="jdl-words jdl-evidence">{told}</span>'
    return Links(told, " ; ".join(links))
