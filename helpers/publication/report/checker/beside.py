"""Which other outputs hold the same number of other people, so that they could be
subtracted from each other.

Told from the names of numbers and from which counts add up, never from who the people
are: outputs are named here whether or not the difference would be about few people.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from helpers.publication.cells import Cell, Sum
from helpers.publication.refs import is_rung
from helpers.publication.report.checker.output import Output
from helpers.publication.report.checker.populations import stage

ANALYSIS, VARIANT, DAY, MATCHING, TOTAL = (
    "another analysis",
    "another variant of an analysis",
    "another length of follow-up",
    "before and after matching",
    "a total and its parts",
)
ITSELF = "within itself"

#: kinds of numbers that are of people themselves; others follow from them
OF_PEOPLE = ("count", "rate", "mean")
#: of those that follow the one that tells as much as both from which it follows
DIFFERENCE = ".difference"


@dataclass(frozen=True)
class Quantity:
    """What is counted or measured, whoever the people: "balance.sex.female.mean"."""

    name: str


@dataclass(frozen=True)
class People:
    """Of whom: the analysis, before or after matching, by which day."""

    base: str
    stage: str
    day: str

    def beside(self, other: "People") -> str:
        """Tell how other people differ from these; empty where they are the same."""
        if self.base != other.base:
            rung = is_rung(self.base) or is_rung(other.base)
            return VARIANT if rung else ANALYSIS
        if self.stage != other.stage:
            return MATCHING
        return DAY if self.day != other.day else ""


def read(ref: str) -> tuple[Quantity, People]:
    """Take the name of a number apart into what it is and of whom."""
    first, _, rest = ref.partition(".")
    day = re.search(r"\.by\.(\d+)\.", ref)
    rest = re.sub(r"\.by\.\d+\.", ".", rest)
    rest = re.sub(
        r"_(before|after)$", "", rest.replace("value_pool", "value_comparison")
    )
    return Quantity(rest), People(first, stage(ref), day.group(1) if day else "")


def subtractable(
    outputs: list[Output], cells: Mapping[str, Cell], sums: Iterable[Sum]
) -> dict[str, dict[str, list[str]]]:
    """Give by output, how it could be subtracted from others, and from which.

    The outputs stand in the order of the report.
    """
    order = {one.name: place for place, one in enumerate(outputs)}
    told: dict[str, dict[str, set[str]]] = {
        one.name: defaultdict(set) for one in outputs
    }
    for how, first, second in {
        *_of_others(outputs, cells),
        *_of_sums(outputs, cells, sums),
    }:
        told[first][how].add(second)
    return {
        name: {how: sorted(others, key=order.__getitem__)
               for how, others in sorted(ways.items())}
        for name, ways in told.items()
    }  # fmt: skip


def _of_others(
    outputs: list[Output], cells: Mapping[str, Cell]
) -> Iterable[tuple[str, str, str]]:
    """Give outputs with the same quantity of other people, each way round."""
    held: dict[Quantity, dict[People, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in outputs:
        for ref in one.numbers:
            if _tells_of_people(ref, cells.get(ref)):
                quantity, people = read(ref)
                held[quantity][people].add(one.name)
    for by_people in held.values():
        for people, here in by_people.items():
            for others, there in by_people.items():
                if how := people.beside(others):
                    yield from ((how, a, b) for a in here for b in there)


def _tells_of_people(ref: str, cell: Cell | None) -> bool:
    if cell is None:
        return False
    return cell.kind in OF_PEOPLE or (
        cell.kind == "derived" and ref.endswith(DIFFERENCE)
    )


def _of_sums(
    outputs: list[Output], cells: Mapping[str, Cell], sums: Iterable[Sum]
) -> Iterable[tuple[str, str, str]]:
    """Give outputs of which one holds a part of what another holds the total of."""
    standing: dict[str, set[str]] = defaultdict(set)
    for one in outputs:
        for ref in one.numbers:
            if _tells_of_people(ref, cells.get(ref)):
                standing[ref].add(one.name)
    for one in sums:
        parts = {name for part in one.parts for name in standing.get(part, ())}
        for total in standing.get(one.total, ()):
            for part in parts:
                yield from ((TOTAL, total, part), (TOTAL, part, total))


def of_people(output: Output, cells: Mapping[str, Cell]) -> bool:
    """Tell whether any number of an output is about people of the request."""
    return any(
        ref in cells and cells[ref].kind in (*OF_PEOPLE, "derived")
        for ref in output.numbers
    )
