"""A page that is no report: it tells of nobody, and has its own words and numbers."""

from collections.abc import Mapping
from dataclasses import dataclass

from helpers.publication import drawing
from helpers.publication.numbers import refs_in
from helpers.publication.report.assembly import numbering
from helpers.publication.report.publish_cells import Part


@dataclass(frozen=True)
class Leaflet:
    """Such a page: its parts in the order of its sections, and all numbers by ref."""

    title: str
    headline: str  # as HTML
    status: str
    facts: list[tuple[str, str]]
    sections: list[tuple[str, str]]  # key and title
    parts: list[Part]
    numbers: Mapping[str, float | None]

    def used(self) -> dict[str, float]:
        """Give the numbers that it shows."""
        refs = {name for part in self.parts for name in refs_in(part.recipe)}
        return {
            name: number
            for name, number in sorted(self.numbers.items())
            if name in refs and number is not None
        }

    def drawn(self) -> dict[str, str]:
        """Give every part as HTML, by its key."""
        places = numbering(self.parts)
        return {
            part.key: drawing.render(part.recipe, self.numbers, places)
            for part in self.parts
        }
