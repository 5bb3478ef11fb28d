"""Sections of the page as Govspeak: headings, tables, figures, lists, boxes."""

from collections.abc import Callable
from textwrap import indent

from helpers.publication.numbers import READ_AS
from helpers.publication.report.forms.govspeak.elements import Element
from helpers.publication.report.forms.govspeak.escaping import Ids, line, own
from helpers.publication.report.forms.govspeak.inline import inline, linked

#: the section's heading, and the deepest that there is
SECTION, DEEPEST = 2, 6
HEADINGS = ("h2", "h3", "h4", "h5", "h6")
#: what begins an item of a list
ITEM = "* "
#: what is true of the page alone: what it is, and how its sentences are cited
OF_THE_PAGE = {"jdl-of-page", "jdl-cite"}
#: what a symbol means, at the foot of the publication
FOOTNOTES = {
    "[c]": "[c] stands where a number is {}. Another number may be hidden with it, so "
    "that it cannot be worked out.",
    "[z]": "[z] stands where a number is {}.",
}


class Body:
    """The body of a publication while it is written, block by block."""

    def __init__(self) -> None:
        self.places: dict[str, str] = {}  # id of the page -> id of a heading
        self._ids = Ids()
        self._headings: list[str] = []
        self._above = SECTION  # the level of the heading under which blocks stand
        self._fold = SECTION  # the level of the heading of the fold, or of the section
        self._explained: list[str] = []
        self._blocks: list[str] = []

    def add(self, element: Element) -> None:
        """Write what an element holds."""
        self._blocks += self._within(element)

    def box(self, sign: str, words: str) -> None:
        """Write words as a callout of one line."""
        self._blocks.append(f"{sign}{words}{sign}")

    def text(self) -> str:
        """Give the body, with links to its own headings and its footnotes."""
        notes = [
            f"[^{sign[1]}]: {own(FOOTNOTES[sign].format(READ_AS[sign]))}"
            for sign in FOOTNOTES
            if sign in self._explained
        ]
        return linked("\n\n".join([*self._blocks, *notes]), self.places) + "\n"

    def _within(self, element: Element) -> list[str]:
        blocks: list[str] = []
        words: list[Element | str] = []
        for child in element.content:
            if isinstance(child, str) or child.tag not in BLOCKS:
                words.append(child)
                continue
            blocks += self._paragraph(words)
            words = []
            blocks += _apart(blocks, self._block(child))
        return blocks + self._paragraph(words)

    def _block(self, element: Element) -> list[str]:
        if OF_THE_PAGE & set(element.css):
            return []
        before = len(self._headings)
        blocks = BLOCKS[element.tag](self, element)
        # what has no heading of its own is found below the one above it
        place = self._headings[before : before + 1] or self._headings[-1:]
        if "id" in element.attributes and place:
            self.places[element.attributes["id"]] = place[0]
        return blocks

    def _paragraph(self, words: list[Element | str]) -> list[str]:
        shown = inline(words).strip(" ")
        return [line(shown)] if shown else []

    def _heading(self, content: list[Element | str], level: int) -> list[str]:
        words = inline(content).strip(" ")
        if not words:
            return []
        self._headings.append(self._ids.of(words))
        return [f"{'#' * min(level, DEEPEST)} {words}"]

    def _titled(self, element: Element) -> list[str]:
        """Give the title of a table or figure: a heading, below that of its part."""
        return self._heading(element.content, self._above + 1)

    def _p(self, element: Element) -> list[str]:
        shown = self._paragraph(element.content)
        if shown and "jdl-contact" in element.css:
            return [f"$C\n{shown[0]}\n$C"]
        if shown and "jdl-note" in element.css:
            for sign in FOOTNOTES:
                if own(sign) in shown[0] and sign not in self._explained:
                    self._explained.append(sign)
                    shown[0] += f"[^{sign[1]}]"
        return shown

    def _h(self, element: Element) -> list[str]:
        level = int(element.tag[1])
        if level == SECTION:
            self._fold = SECTION
        self._above = min(self._fold + level - SECTION, DEEPEST)
        return self._heading(element.content, self._above)

    def _details(self, element: Element) -> list[str]:
        """Give what lies in a fold, under the fold's line as a heading."""
        line, held = element.parted("summary")
        if {"jdl-details", "jdl-fold--phone"} & set(element.css) or not line:
            return self._within(held)
        if "jdl-fold" not in element.css:
            return [f"**{inline(line.content).strip(' ')}**", *self._within(held)]
        outside = self._above, self._fold
        self._above = self._fold = min(self._above + 1, DEEPEST)
        blocks = self._heading(line.content, self._above) + self._within(held)
        self._above, self._fold = outside
        return blocks

    def _div(self, element: Element) -> list[str]:
        if "jdl-say" in element.css:
            blocks = self._within(element)
            self._above = self._fold  # what follows is of another measure
            return blocks
        if "jdl-finding" not in element.css:
            return self._within(element)
        head, told = element.parted(*HEADINGS)
        heading = self._block(head) if head else []
        before = len(self._headings)
        blocks = self._within(told)
        if len(self._headings) > before or not blocks:
            return heading + blocks  # a box is no place for headings
        return [*heading, "\n\n".join(["$!", *blocks, "$!"])]

    def _figure(self, element: Element) -> list[str]:
        blocks = []
        for child in element.content:
            if isinstance(child, Element) and "jdl-chart" in child.css:
                key = element.attributes["id"].removeprefix("figure-")
                blocks.append(f"[Image:{key}.png]")
            elif isinstance(child, Element):
                blocks += self._block(child)
        return blocks

    def _figcaption(self, element: Element) -> list[str]:
        head, *rest = element.elements("span")
        sub = [self._paragraph(one.content) for one in rest]
        return self._titled(head) + [words for one in sub for words in one]

    def _list(self, element: Element) -> list[str]:
        mark = "1. " if element.tag == "ol" else ITEM
        items = []
        for item in element.elements("li"):
            blocks = self._block(item)
            if blocks:
                inner = indent("\n\n".join(blocks), " " * len(mark))
                items.append(mark + inner.lstrip(" "))
        return ["\n".join(items)] if items else []

    def _dl(self, element: Element) -> list[str]:
        items = []
        for one in element.elements("dt", "dd"):
            words = inline(one.content).strip(" ")
            if one.tag == "dt":
                items.append(f"{ITEM}**{words}:**")
            else:
                items[-1] += f" {words}"
        return ["\n".join(items)] if items else []

    def _blockquote(self, element: Element) -> list[str]:
        quoted = "\n\n".join(self._within(element)).split("\n")
        return ["\n".join(f"> {words}".rstrip(" ") for words in quoted)]

    def _table(self, element: Element) -> list[str]:
        title = [
            words
            for caption in element.elements("caption")
            for words in self._titled(caption)
        ]
        head, *rows = element.elements("tr")
        columns = head.elements("th")
        aligned = ["---:" if "num" in one.css else "---" for one in columns]
        lines = [
            _row([_header(inline(one.content)) for one in columns]),
            _row(aligned),
            *(_row(row) for row in _rows(rows, len(columns))),
        ]
        return [*title, "\n".join(lines)]


def _apart(before: list[str], after: list[str]) -> list[str]:
    """Give blocks of which none is a list that would go on the list before it.

    Markdown makes one list of two; the items of the second are paragraphs instead.
    """
    lists = [some[0].startswith(ITEM) for some in (before[-1:], after) if some]
    if lists != [True, True]:
        return after
    items = after[0].removeprefix(ITEM).split(f"\n{ITEM}")
    return [item.replace("\n  ", "\n") for item in items] + after[1:]


def _rows(rows: list[Element], width: int) -> list[list[str]]:
    """Give rows, the heading of a group before the header of each of its rows.

    Govspeak has no cell across columns, and a row read alone says what it is of.
    """
    given: list[list[str]] = []
    group, counted = "", True
    for row in rows:
        cells = [inline(cell.content).strip(" ") for cell in row.elements("th", "td")]
        if len(cells) == 1 < width:
            if not counted:
                given.append([_header(group), *[""] * (width - 1)])
            group, counted = cells[0], False
            continue
        counted = True
        header = f"{group}: {cells[0]}" if group else cells[0]
        given.append([_header(header), *cells[1:]])
    if not counted:
        given.append([_header(group), *[""] * (width - 1)])
    return given


def _header(words: str) -> str:
    return f"# {words.strip(' ')}" if words.strip(" ") else ""


def _row(cells: list[str]) -> str:
    return "|" + "".join(f" {cell} |" for cell in cells)


#: how each element that stands on lines of its own is written
BLOCKS: dict[str, Callable[[Body, Element], list[str]]] = {
    **dict.fromkeys(("div", "section", "li"), Body._div),
    **dict.fromkeys(HEADINGS, Body._h),
    **dict.fromkeys(("ul", "ol"), Body._list),
    "p": Body._p,
    "details": Body._details,
    "figure": Body._figure,
    "figcaption": Body._figcaption,
    "dl": Body._dl,
    "blockquote": Body._blockquote,
    "table": Body._table,
}
