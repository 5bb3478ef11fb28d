"""The columns of a provider's list, and how they are recognised in its header."""

import difflib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from helpers.errors import DataError

#: the row of the header is looked for among this many
HEADER_ROWS = 20


@dataclass(frozen=True)
class Column:
    """A column of the list.

    Attributes
    ----------
    name
        As the kit calls it.
    heading
        As the template heads it.
    kind
        What it holds: name, date, sex, pnc, prison or text.
    also
        Other headings by which it is recognised.
    essential
        Whether every list must have it.
    identifies
        Whether it tells who somebody is, by itself or beside others. Such a column
        finds people and sentences and does not go on to the cohort.
    """

    name: str
    heading: str
    kind: str
    also: tuple[str, ...] = ()
    essential: bool = False
    identifies: bool = True


COLUMNS = (
    Column("surname", "Surname", "name",
           ("surnames", "last name", "family name"), True),
    Column("forename", "Forename", "name",
           ("forenames", "first name", "first names", "given name", "given names"),
           True),
    Column("date_of_birth", "Date of birth", "date",
           ("dob", "birth date", "date born"), True),
    Column("sex", "Sex", "sex", ("gender", "sex gender", "gender sex"), True),
    Column("index_date", "Index date", "date",
           ("date of index", "release date", "date of release")),
    Column("conviction_date", "Conviction date", "date",
           ("date of conviction", "date convicted")),
    Column("intervention_start", "Intervention start", "date",
           ("intervention start date", "start of intervention", "start date",
            "start of support", "support start", "support start date", "date started",
            "date of intervention start", "programme start",
            "programme start date")),
    Column("intervention_end", "Intervention end", "date",
           ("intervention end date", "end of intervention", "end date",
            "end of support", "support end", "support end date", "date ended",
            "date of intervention end", "programme end", "programme end date")),
    Column("pnc_id", "PNC ID", "pnc",
           ("pnc", "pnc number", "pnc no", "pnc id number", "pnc ref",
            "pnc reference", "police national computer id")),
    Column("prison_number", "Prison number", "prison",
           ("prison no", "prison id", "prisoner number", "prisoner no", "prisoner id",
            "noms number", "noms no", "noms id", "noms", "nomis number", "nomis no",
            "nomis id")),
    Column("postcode", "Postcode", "text", ("post code", "postal code")),
    Column("group_1", "Group 1", "text", identifies=False),
    Column("group_2", "Group 2", "text", identifies=False),
    Column("group_3", "Group 3", "text", identifies=False),
    Column("site", "Site", "text", identifies=False),
)  # fmt: skip
BY_NAME = {column.name: column for column in COLUMNS}
ESSENTIAL = tuple(column.name for column in COLUMNS if column.essential)
ONE_OF = ("index_date", "conviction_date", "intervention_start")
#: names that the kit gives itself, so that a column of the file may not bear them
TAKEN = frozenset({"line", "left_out", "person_id", "treatment"})


def key(heading: object) -> str:
    """Give a heading without case, accents, spaces and punctuation."""
    plain = unicodedata.normalize("NFKD", str(heading).replace("ı", "i")).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


_OURS = {
    key(name): column.name
    for column in COLUMNS
    for name in (column.name, column.heading, *column.also)
}


def ours(heading: object) -> str | None:
    """Give the column of the list that a heading names, if any.

    A remark in brackets does not count: "Date of birth (dd/mm/yyyy)".
    """
    if not isinstance(heading, str):
        return None
    without = re.sub(r"[(\[][^)\]]*[)\]]", " ", heading)
    return _OURS.get(key(heading)) or _OURS.get(key(without))


def header_of(
    rows: Sequence[Sequence[object]], theirs: Sequence[str] = ()
) -> tuple[int, int]:
    """Give which of the first rows is most like a header, and how many names it has.

    `theirs` are headings that a request names. The first row wins a tie.
    """
    named = {key(name) for name in theirs}
    best = (0, 0)
    for number, row in enumerate(rows[:HEADER_ROWS]):
        names = {ours(cell) for cell in row} - {None}
        more = {key(cell) for cell in row if isinstance(cell, str)} & named
        if len(names) + len(more) > best[1]:
            best = (number, len(names) + len(more))
    return best


def heading_text(cell: object) -> str:
    """Give a heading in one line, without signs that do not print."""
    text = "" if cell is None else str(cell)
    printing = "".join(s if s.isprintable() or s.isspace() else "" for s in text)
    return " ".join(printing.split())


def places(
    header: Sequence[str],
    columns: Mapping[str, str],
    file: str,
) -> dict[str, int]:
    """Give the place in the file of each column; columns not ours keep their heading.

    `columns` are a request's `inputs.columns` (ours: theirs) and come first. Columns
    without a heading are not among them. Raises DataError with every problem.
    """
    found, problems = _renamed(header, columns, file)
    used = set(found.values())
    claims: dict[str, list[int]] = {}
    for place, heading in enumerate(header):
        name = ours(heading)
        if name and place not in used and name not in columns:
            claims.setdefault(name, []).append(place)
    for name, at in claims.items():
        if len(at) > 1:
            problems.append(
                f"{file}: {name} is what {len(at)} columns are called, "
                f"{', '.join(letter(place) for place in at)}; rename or delete all "
                "but one"
            )
        found.setdefault(name, at[0])
    problems += _missing(header, found, columns, file)
    if problems:
        raise DataError(problems)
    return {**found, **_others(header, found)}


def letter(place: int) -> str:
    """Give the letter of a spreadsheet's column; the first is 0."""
    text = ""
    while place >= 0:
        text, place = chr(65 + place % 26) + text, place // 26 - 1
    return text


def _renamed(
    header: Sequence[str], columns: Mapping[str, str], file: str
) -> tuple[dict[str, int], list[str]]:
    found, problems, keys = {}, [], [key(heading) for heading in header]
    for name, theirs in columns.items():
        exact = [n for n, heading in enumerate(header) if heading == theirs.strip()]
        at = exact or [n for n, text in enumerate(keys) if text == key(theirs)]
        if name in TAKEN:
            problems.append(
                f"inputs.columns.{name}: the kit makes a column {name} itself; "
                "choose another name"
            )
        elif len(at) == 1:
            found[name] = at[0]
        elif at:
            problems.append(
                f"inputs.columns.{name}: {file} has {len(at)} columns {theirs}; "
                "rename all but one"
            )
        else:
            near = difflib.get_close_matches(theirs, [h for h in header if h], 1, 0.7)
            hint = f"did you mean {near[0]}?" if near else "write it as its header does"
            problems.append(
                f"inputs.columns.{name}: {file} has no column {theirs}; {hint}"
            )
    return found, problems


def _missing(
    header: Sequence[str],
    found: Mapping[str, int],
    columns: Mapping[str, str],
    file: str,
) -> list[str]:
    """Give the essential columns missing from the header, with the nearest heading."""
    problems = []
    free = {
        key(heading): heading
        for place, heading in enumerate(header)
        if heading and place not in found.values()
    }
    for name in (n for n in ESSENTIAL if n not in found and n not in columns):
        spellings = [text for text, ours_ in _OURS.items() if ours_ == name]
        near = [
            match
            for text in spellings
            for match in difflib.get_close_matches(text, free, 1, 0.75)
        ]
        hint = f"; the nearest is {free[near[0]]}" if near else ""
        problems.append(
            f"{file}: column {name} is missing{hint}; add it, or head it "
            f"{BY_NAME[name].heading}"
        )
    if not any(name in found or name in columns for name in ONE_OF):
        problems.append(
            f"{file}: has none of the columns {', '.join(ONE_OF)}; add at least one "
            "of them"
        )
    return problems


def _others(header: Sequence[str], found: Mapping[str, int]) -> dict[str, int]:
    """Give the file's other columns; a name that is taken gets the column's letter."""
    others: dict[str, int] = {}
    for place, heading in enumerate(header):
        if not heading or place in found.values():
            continue
        taken = heading in found or heading in others
        if taken or heading in BY_NAME or heading in TAKEN:
            heading = f"{heading} (column {letter(place)})"
        others[heading] = place
    return others
