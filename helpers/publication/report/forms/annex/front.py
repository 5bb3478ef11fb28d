"""What stands before the tables of the annex: cover, list of sheets, signs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from helpers.publication.drawing import RANGE
from helpers.publication.numbers import READ_AS
from helpers.publication.report.assembly import numbering
from helpers.publication.report.contents import Contents
from helpers.publication.report.forms.annex.sheets import Cell, Sheet, written
from helpers.publication.wording import request_texts

COVER, CONTENTS, NOTES = "Cover", "Contents", "Notes"
#: what stands above the parts of the cover
INTRODUCTION, ABOUT_DATA = "Introductory information", "About these data"
CONTACT = "Contact"
#: sizes of letters, in points, and signs that a line of the cover has room for
TITLE, SUBTITLE, TEXT = 16, 14, 12
COVER_WIDTH = 85

ABOUT = (
    "Each sheet after the notes holds one table of the report, or the data of one "
    "figure, under the number that it has there.",
    "The numbers are those of the report: both are made from what was released.",
    "The sheet Contents leads to every table. The sheet Notes says what signs mean.",
)

#: of tables that are on no page which is published
ONLY_THERE = "In the reviewers’ copy alone, which is not published: {}."
NOT_HERE = "In the reviewers’ copy and not in this annex: {}."

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

    @property
    def lines(self) -> list[tuple[str, int]]:
        """Every line of the sheet, with the size of its letters in points."""
        parts = {INTRODUCTION: self.intro, ABOUT_DATA: self.about}
        parts[CONTACT] = [self.contact]
        below = [
            line
            for heading, texts in parts.items()
            for line in [(heading, SUBTITLE), *((text, TEXT) for text in texts)]
        ]
        return [(self.title, TITLE), *below]


def cover(content: Contents) -> Cover:
    """Give the cover, with the facts at the top of the page and what is not on it."""
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
        [*ABOUT, *_beside(content)],
        written(request.publication.contact),
    )


def _beside(content: Contents) -> Iterator[str]:
    """Tell which tables only reviewers have beside the report, here and not here."""
    names = numbering(content.with_further().parts)
    on_page = {part.key for part in content.parts}
    here = {part.key for part in content.released} - on_page
    elsewhere = names.keys() - on_page - here
    if given := _named(names[key] for key in here if key in names):
        yield ONLY_THERE.format(given)
    if left_out := _named(names[key] for key in elsewhere):
        yield NOT_HERE.format(left_out)


def _named(names: Iterable[str]) -> str:
    """Name tables and figures in brief: "Tables 38 to 40, 46 and Figure 25"."""
    numbers: dict[str, list[int]] = {"Table": [], "Figure": []}
    for name in names:
        kind, number = name.split()
        numbers[kind].append(int(number))
    told = []
    for kind, some in numbers.items():
        runs = [
            [number for _, number in run]
            for _, run in groupby(enumerate(sorted(some)), lambda one: one[1] - one[0])
        ]
        spans = [
            f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs
        ]
        if spans:
            several = "s" if len(some) > 1 else ""
            told.append(f"{kind}{several} {', '.join(spans)}")
    return " and ".join(told)


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
