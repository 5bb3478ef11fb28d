"""The markup of a page as elements, its drawings left out."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Union

#: elements that hold nothing
EMPTY = ("br", "hr", "img", "wbr")


@dataclass(frozen=True)
class Element:
    """An element: its name, its attributes, and what it holds."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    content: list[Union["Element", str]] = field(default_factory=list)

    @property
    def css(self) -> list[str]:
        """The classes of the element."""
        return self.attributes.get("class", "").split()

    def elements(self, *tags: str) -> list["Element"]:
        """Give every element of these names in this one, in order."""
        found = []
        for child in self.content:
            if isinstance(child, Element):
                found += [child] if child.tag in tags else child.elements(*tags)
        return found

    def parted(self, *tags: str) -> tuple[Union["Element", None], "Element"]:
        """Give the first element of these names that it holds, and all the rest."""
        for place, child in enumerate(self.content):
            if isinstance(child, Element) and child.tag in tags:
                rest = self.content[:place] + self.content[place + 1 :]
                return child, Element(self.tag, content=rest)
        return None, self


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("section")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].content.append(element)
        if tag not in EMPTY:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY:
            closed = self.open.pop()
            if closed.tag != tag:
                raise ValueError(f"</{tag}> stands where </{closed.tag}> should")

    def handle_data(self, data: str) -> None:
        self.open[-1].content.append(data)


def read(markup: str) -> Element:
    """Give markup as one element; raises ValueError where it is not well nested."""
    reader = _Reader()
    reader.feed(re.sub(r"<svg\b.*?</svg>", "", markup, flags=re.S))
    reader.close()
    if len(reader.open) != 1:
        raise ValueError(f"<{reader.open[-1].tag}> is not closed")
    return reader.open[0]
