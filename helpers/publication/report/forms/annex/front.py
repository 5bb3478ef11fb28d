"""What stands before the tables of the annex: cover, list of sheets, signs."""

from dataclasses import dataclass

from helpers.publication.blocks import RANGE
from helpers.publication.numbers import READ_AS
from helpers.publication.report.contents import Contents
from helpers.publication.report.forms.annex.sheets import Cell, Sheet, written
from helpers.publication.wording import request_texts

COVER, CONTENTS, NOTES = "Cover", "Contents", "Notes"

ABOUT = (
    "Each sheet after the notes holds one table of the report, or the data of one "
    "figure, under the number that it has there.",
    "The numbers are those of the report: both are made from what was released.",
    "The sheet Contents leads to every table. The sheet Notes says what signs mean.",
)

#: what stands in a cell or heading, and what it means
SIGNS = {
    "[c]": READ_AS["[c]"],
    "[z]": f"{READ_AS['[z]']}. In the column Group: the row stands below no heading.",
    "[x]": "not available where we could read it",
    "minus means fewer": "Where the report says “9 fewer”, the cell is −9; where it "
    "says “9 more”, it is 9. So with shorter and longer, and lower and higher.",
    "from, to": "The two limits of an interval as numbers. The column before them has "
    "the interval as the report prints it, in words.",
    "%": "In per cent: a cell that shows 35% holds 35.",
    "4 to 8%": RANGE,
    "<0.01": "Smaller than what it shows; the cell holds the number as it was rounded.",
}
ROUNDED = (
    "Numbers about people were rounded before anything was made of them, as the report "
    "prints them. Nothing finer stands in a cell."
)
IN_FULL = (
    "The data are open or made up, and nothing is hidden. A cell shows a number as the "
    "report prints it, and holds all its digits."
)
ROUNDING = "Rounding"


@dataclass(frozen=True)
class Cover:
    """The first sheet: what the annex belongs to, what it holds, and whom to ask."""

    title: str
    intro: list[str]
    about: list[str]
    contact: str


def cover(content: Contents) -> Cover:
    """Give the cover, with the facts that stand at the top of the page."""
    request = content.request
    facts = [f"{name}: {told}" for name, told in request_texts.facts(request)]
    lines = [
        request_texts.status(request, content.some_made_up),
        *facts,
        f"Analyst: {request.analyst}",
    ]
    return Cover(
        written(f"Annex: {request.title}"),
        [written(line) for line in lines],
        list(ABOUT),
        written(request.publication.contact),
    )


def notes(content: Contents) -> Sheet:
    """Give the sheet that says what signs in cells and headings mean."""
    open_data = content.request.disclosure.profile == "none"
    told = SIGNS | {ROUNDING: IN_FULL if open_data else ROUNDED}
    rows = [[Cell(sign), Cell(words)] for sign, words in told.items()]
    above = ["These hold for every sheet. What holds for one table stands above it."]
    return Sheet(
        NOTES, "What signs mean", above, ["What is shown", "What it means"], rows
    )


def contents(tables: list[Sheet]) -> Sheet:
    """Give the list of sheets, which leads to each."""
    titles = [one.title.removeprefix(f"{one.name}: ") for one in tables]
    rows = [
        [Cell(one.name), Cell(title)] for one, title in zip(tables, titles, strict=True)
    ]
    above = ["Each name leads to its sheet."]
    names = [one.name for one in tables]
    return Sheet(CONTENTS, CONTENTS, above, ["Sheet", "What it holds"], rows, names)
