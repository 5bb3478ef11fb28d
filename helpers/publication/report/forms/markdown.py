"""Every table as Markdown, as printed, for those who write in Word or LaTeX."""

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.publication import drawing, tables
from helpers.publication.flat import GROUP
from helpers.publication.report.assembly import numbering
from helpers.publication.report.forms.annex.sheets import UNWRITABLE, captioned
from helpers.publication.report.forms.written import Written
from helpers.publication.report.publish_cells import Part

#: what Markdown would take for something else: anywhere, or at the start of a line
SPECIAL = re.compile(r"""[\\`*_{}\[\]<>|$"'!]|--|\.\.\.|^[-+#:]|^\d+[.)]""")
#: signs that not every reader of Markdown knows with a backslash before them
ENTITIES = {"&": "&amp;", "~": "&#126;", "^": "&#94;", "@": "&#64;", "=": "&#61;"}


def markdown(report: Written) -> dict[str, str | bytes]:
    """Give every table of release/ as Markdown, by its name there."""
    content = report.contents
    names = numbering(content.with_further().parts)
    released = content.decision.released
    return {
        f"tables/{part.key}.md": _table(part, names[part.key], released)
        for part in content.released
        if part.key in names
    }


def _table(part: Part, name: str, released: Mapping[str, Any]) -> str:
    headings, rows = drawing.table_rows(part.recipe, released)
    said, title = captioned(part.recipe, name, released)
    notes = [tables.text(note) for note in drawing.notes(part.recipe, released, rows)]
    below = [*notes, f"Source: {part.recipe['source']}"]
    paragraphs = [f"## {plain(title)}", *map(plain, said), _rows(headings, rows)]
    return "\n\n".join([*paragraphs, *map(plain, below)]) + "\n"


def _rows(headings: list[str], rows: list[list[Any]]) -> str:
    group, full = "", []
    for row in rows:
        if len(row) == 1:
            group = plain(tables.text(row[0]))
        else:
            full.append([group, *(plain(tables.text(cell)) for cell in row)])
    names = [GROUP, *map(plain, headings)]
    first = 0 if len(full) < len(rows) else 1
    frame = pd.DataFrame([row[first:] for row in full], columns=names[first:])
    numeric = {place + 1 for place in tables.numeric(rows, len(headings))}
    sides = ["right" if place in numeric else "left" for place in range(len(names))]
    return frame.to_markdown(index=False, disable_numparse=True, colalign=sides[first:])


def plain(text: str) -> str:
    """Give a text so that Markdown shows it as it is, on one line."""
    line = " ".join(UNWRITABLE.sub("", text).split())
    safe = SPECIAL.sub(_escaped, line)
    return "".join(ENTITIES.get(sign, sign) for sign in safe)


def _escaped(found: re.Match[str]) -> str:
    begun = found[0].rstrip(".)")
    if begun.isdigit():  # it would begin a list
        return f"{begun}\\{found[0][-1]}"
    return "".join(f"\\{sign}" for sign in found[0])
