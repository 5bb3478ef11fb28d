"""A small table that people keep by hand as CSV: read, and what is wrong with it."""

import csv
import difflib
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

AGAIN = "open it and save it as CSV UTF-8 (comma delimited)"
#: what may stand between columns, a tab having become a blank
SEPARATORS = {";": "semicolons", " ": "tabs", "|": "upright lines"}
#: kinds of characters that cannot be seen, and the two of them that a script needs
UNSEEN, JOINERS = {"Cc", "Cf", "Cn", "Cs"}, "\u200c\u200d"
#: characters of a text that a problem repeats
REPEATED = 40
#: what Excel writes where a formula has no value, or a column was too narrow
ERRORS = re.compile(r"#(?:N/A|VALUE!|REF!|NAME\?|DIV/0!|NUM!|NULL!|#+)")


def read(
    path: Path, where: str, needed: Sequence[str], more: Sequence[str] = ()
) -> tuple[dict[int, dict[str, str]] | None, list[str]]:
    """Read a table: its rows by their number in a spreadsheet, and what is wrong.

    `needed` are the columns that must be there, in any order, the one that names a row
    first; those of `more` may be. Every field is text without blanks around it, ""
    where a column or a field is not there; blank rows are none. The rows are None
    where the file cannot be read. Each problem begins with `where`.
    """
    if not path.is_file():
        return None, [f"{where} was not found; see params/catalogue/README.md"]
    text, why = _decoded(path.read_bytes())
    if why:
        return None, [f"{where} {why}"]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records: list[list[str]] = []
    try:
        for row in reader:
            records.append([" ".join(field.split()) for field in row])
    except csv.Error:
        return None, [
            f"{where} cannot be read as a CSV file: row {len(records) + 1} has a "
            "quotation mark that stands alone; write two of them within a text, and "
            "one at its start and its end"
        ]
    held = {number: row for number, row in enumerate(records, start=1) if any(row)}
    if not held:
        return None, [f"{where} cannot be read as a CSV file: it is empty"]
    first = min(held)
    wrong = list(_header(held[first], [*needed, *more], needed))
    if wrong:
        return None, [f"{where}{why}" for why in wrong]
    rows, wrong = {}, []
    for number in sorted(held)[1:]:
        fields = dict.fromkeys([*needed, *more], "")
        # Excel leaves the last fields of a row out where they are empty
        fields |= dict(zip(held[first], held[number], strict=False))
        fields.pop("", None)
        rows[number] = fields
        start = f"{where}: row {number} ({cut(fields[needed[0]]) or 'no ' + needed[0]})"
        wrong += [f"{start}{why}" for why in _row(held[first], held[number])]
    return rows, wrong


def _decoded(raw: bytes) -> tuple[str, str]:
    """Give the text of a file, or why it is none."""
    if raw.startswith((b"PK\3\4", b"\xd0\xcf\x11\xe0")):
        return "", f"is an Excel workbook under the name of a CSV file; {AGAIN}"
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", f"is saved as Unicode text (UTF-16); {AGAIN}"
    if b"\0" in raw:
        line = raw[: raw.index(b"\0")].count(b"\n") + 1
        return "", f"holds a NUL byte in line {line}; type that line again"
    try:
        return raw.decode("utf-8-sig"), ""
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return "", f"is not saved as UTF-8, first in line {line}; {AGAIN}"


def _header(
    header: list[str], known: Sequence[str], needed: Sequence[str]
) -> Iterator[str]:
    """Tell what is wrong with the header; nothing is told twice."""
    if not set(header) & set(known):
        yield _no_header(header, known, needed)
        return
    unknown = [name for name in header if name and name not in known]
    for name in sorted({name for name in header if name and header.count(name) > 1}):
        yield f": column {name} stands there twice; keep one"
    missing = {name: near(name, unknown) for name in needed if name not in header}
    yield from (f": column {name} is missing{of}" for name, of in missing.items() if of)
    bare = [name for name, alike in missing.items() if not alike]
    if bare:
        several = "columns" if bare[1:] else "column"
        verb = "are" if bare[1:] else "is"
        yield f": {several} {', '.join(bare)} {verb} missing"
    for name in unknown:
        yield f": column {cut(name)} is not known; remove or rename it"


def _no_header(header: list[str], known: Sequence[str], needed: Sequence[str]) -> str:
    line = ",".join(header)
    if line.lower().startswith("sep="):
        return ': the first line is "sep="; take it out, and use commas'
    for separator, name in SEPARATORS.items():
        if set(line.split(separator)) & set(known):
            return (
                f" separates its columns by {name}; put commas there (Excel takes the "
                "list separator of the machine's region)"
            )
    return f": the first row must name the columns: {', '.join(needed)}"


def _row(header: list[str], fields: list[str]) -> Iterator[str]:
    if any(fields[len(header) :]):
        yield (
            " has more fields than the header; put a text that holds a comma in "
            "quotation marks"
        )
    for place, (name, field) in enumerate(zip(header, fields, strict=False), start=1):
        if field and not name:
            yield f": column {place} has no name; name it or take out what it holds"
        if why := spoilt(field):
            yield f": {name} {why}"


def spoilt(field: str) -> str:
    """Tell what a field holds in place of what was meant; "" where it may be meant."""
    if sign := unseen(field):
        return f"holds a character that cannot be seen ({sign}); type it again"
    if field.startswith("="):
        return f"holds the formula {cut(field)}; write its value"
    if ERRORS.match(field):
        return f"holds {cut(field)}, an error of Excel; write what was meant"
    return ""


def unseen(text: str) -> str:
    """Give the first character of a text that cannot be seen ("U+0001"), or empty."""
    for sign in text:
        if unicodedata.category(sign) in UNSEEN and sign not in JOINERS:
            return f"U+{ord(sign):04X}"
    return ""


def cut(text: str) -> str:
    """Give a text as a problem repeats it: its beginning, without what is unseen."""
    seen = "".join(sign if not unseen(sign) else "�" for sign in text[:REPEATED])
    return seen + "…" * (len(text) > REPEATED)


def near(word: str, known: Sequence[str]) -> str:
    """Give "; is it …?" with the name that is most like a word; "" where none is."""
    names = {name.casefold(): name for name in known}
    found = difflib.get_close_matches(word.casefold(), names, 1, 0.6)
    return f"; is it {names[found[0]]}?" if found else ""
