"""A report before its decision: its cells, its people, and what is withheld so far."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from helpers.publication.cells import EXEMPT, Cell, Sum
from helpers.publication.disclosure import apart
from helpers.publication.disclosure.rules import Profile
from helpers.publication.disclosure.structure import Analysis


@dataclass
class Case:
    """A report before its decision, and what is withheld of it so far."""

    cells: dict[str, Cell]
    sums: list[Sum]
    analyses: list[Analysis]  # in the order in which they are kept
    earlier: list[Analysis]
    editions: list[dict[str, Any]]
    rule: Profile
    used: frozenset[str]
    withheld: dict[str, str] = field(default_factory=dict)
    ranges: dict[str, str] = field(default_factory=dict)
    near: dict[str, int] = field(default_factory=dict)  # sizes a few people apart
    splits: list[apart.Split] = field(init=False)
    nested: list[tuple[str, str]] = field(init=False)
    below: dict[str, list[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.splits = apart.splits(self.analyses)
        self.nested = apart.nested(self.analyses)
        for name in self.cells:
            base = name
            while base := base.rpartition(".")[0]:
                self.below.setdefault(base, []).append(name)

    def withhold(self, names: Iterable[str], rule: str) -> None:
        """Withhold numbers about people by a rule, those that are not so already."""
        for name in names:
            cell = self.cells.get(name)
            if cell and cell.value is not None and cell.kind not in EXEMPT:
                self.withheld.setdefault(name, rule)

    def within(self, base: str) -> list[str]:
        """Give the refs of the cells within another ref."""
        return self.below.get(base, [])
