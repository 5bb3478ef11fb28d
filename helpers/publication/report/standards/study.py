"""What the rules of reporting standards look at: the request, and what is shown."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from helpers.publication import refs
from helpers.publication.facts.resolve import PART
from helpers.publication.numbers import refs_in
from helpers.publication.report.publish_cells import Part
from helpers.publication.sections import SECTIONS
from helpers.request import Request
from helpers.request.analyses import Analysis


@dataclass(frozen=True)
class Study:
    """A request, and the report that was made for it.

    `released` are numbers by ref; `parts` the blocks of both copies; `sections` the
    keys of the sections that stand in the reviewers' copy.
    """

    request: Request
    released: Mapping[str, float | str | None]
    parts: Sequence[Part]
    sections: Collection[str]

    @property
    def published(self) -> list[Part]:
        """The blocks of the published copy, tables first."""
        here = [part for part in self.parts if part.section in SECTIONS]
        return sorted(here, key=lambda part: part.recipe["block"] != "table")

    @cached_property
    def shown(self) -> dict[str, dict[str, Any]]:
        """Every number that is published, by its ref, as a table prints it.

        An answer holds no other number: it tells nothing that the page does not.
        """
        found: dict[str, dict[str, Any]] = {}
        for part in self.published:
            for place in _places(part.recipe):
                if self.released.get(place["ref"]) is not None:
                    found.setdefault(place["ref"], place)
        return found

    @cached_property
    def named(self) -> frozenset[str]:
        """Every ref that a published block names, shown or not."""
        return frozenset(refs_in([part.recipe for part in self.published]))

    @property
    def headlines(self) -> list[Analysis]:
        """The analyses that the report is headed by."""
        return [one for one in self.request.analyses if one.headline]

    @cached_property
    def results(self) -> dict[str, str]:
        """The headline analyses with a result: name -> ref of its first difference."""
        found = {}
        for analysis in self.headlines:
            for outcome in self.request.outcomes:
                name = refs.measure(analysis.name, outcome.name, "difference")
                if name in self.shown:
                    found[analysis.name] = name
                    break
        return found

    @property
    def from_records(self) -> bool:
        """Whether people were looked up in national records, real or made-up."""
        return self.request.inputs.from_records

    @cached_property
    def opened(self) -> list[str]:
        """How outcomes stood as they were opened; empty if they were not."""
        methods = [p for p in self.parts if p.recipe.get("words") == "how_estimated"]
        return list(methods[0].recipe["data"]["opened"]) if methods else []

    @property
    def sealed(self) -> bool:
        """Whether the outcomes were opened only after the matching was settled."""
        return self.opened == ["sealed"]

    @property
    def delays_counted(self) -> bool:
        """Whether reoffences before support began were allowed for in both groups."""
        return self.released.get(refs.NO_CORRECTION) == 0

    @cached_property
    def time_before(self) -> bool:
        """Whether the report shows that support began after the index date for some.

        Days from the index date to support then are among the characteristics. That
        they are not says nothing for certain: a number that is one for all has no row.
        """
        rows = tuple(
            f"{refs.balance(one.name, name)}."
            for one in self.headlines
            for name in ("days_to_support", "support_after_index")
        )
        return self.delays_counted and (
            any(name.startswith(rows) for name in self.named)
            or bool(self.value(refs.REOFFENDED_BEFORE))
        )

    @property
    def of_some(self) -> bool:
        """Whether an analysis keeps some of the treatment group alone."""
        return any(analysis.treatment_filter for analysis in self.headlines)

    @property
    def flow_shown(self) -> bool:
        """Whether every box of the flow is shown, so that one left out is empty."""
        boxes = [name for name in self.named if name.startswith(f"{refs.BOX}.")]
        hidden = any(name not in self.shown for name in boxes)
        return refs.SUBMITTED in self.shown and not (
            hidden or refs.OTHER_BOXES in self.shown
        )

    def value(self, name: str) -> float | str | None:
        """Give a number of the page; that of an empty box is told by its absence."""
        empty = self.flow_shown and self.released.get(name) == 0
        return self.released[name] if empty or name in self.shown else None

    def number(self, name: str, *before: Any, after: str = "") -> list[Any]:
        """Give a number in pieces of a sentence; nothing where it is not shown."""
        return [*before, self.shown[name], after] if name in self.shown else []

    def finding(self, analysis: str) -> list[Any]:
        """Give the first difference of an analysis, with the name of its measure."""
        name = self.results[analysis]
        ends = [name.removesuffix("difference") + end for end in ("ci_low", "ci_high")]
        interval: list[Any] = []
        if all(end in self.shown for end in ends):
            low, high = (self.shown[end] for end in ends)
            interval = [" (95% interval: ", low, " to ", high, ")"]
        return [*self.lead(analysis), self.shown[name], *interval, ". "]

    def lead(self, analysis: str) -> list[str]:
        """Name the first measure of an analysis, and the analysis among several."""
        key = f"results-{self.results[analysis].split('.')[1]}"
        captions = [p.recipe.get("caption", "") for p in self.parts if p.key == key]
        several = [f"{analysis}: "] if len(self.results) > 1 else []
        return [*several, *(f"{text}: " for text in captions)]

    def places(self, at: Collection[str]) -> list[tuple[str, str]]:
        """Give where something stands: section, and table or figure if it is in one."""
        found: dict[tuple[str, str], None] = {}
        for key in at:
            if key in self.sections:
                found[key, ""] = None
            for part in self.parts:
                if part.key == key or part.key.startswith(f"{key}-"):
                    words = part.recipe["block"] == "words"
                    found[part.section, "" if words else part.key] = None
        return list(found)

    def has(self, *at: str) -> bool:
        """Tell whether any of these stands in the report."""
        return bool(self.places(at))


def _places(recipe: Any) -> Iterator[dict[str, Any]]:
    """Give every place of a number in a recipe, with its format."""
    if isinstance(recipe, dict):
        if isinstance(recipe.get("ref"), str) and PART not in recipe:
            yield {"ref": recipe["ref"], "format": recipe.get("format", "count")}
            return
        recipe = list(recipe.values())
    if isinstance(recipe, list):
        for value in recipe:
            yield from _places(value)
