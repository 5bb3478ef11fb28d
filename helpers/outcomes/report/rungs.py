"""A rung of a ladder as cells: how many people it keeps, and what the finding is then.

It is told in the first measure of its analysis, normally the rate. Its rates are
registered, since its difference follows from them, and shown to nobody.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from helpers.outcomes.measures import MAIN
from helpers.outcomes.report import cells as measure_cells
from helpers.publication import refs
from helpers.publication.cells import Cell
from helpers.request import Outcome, Request

METHOD = {
    "n_treatment": "3: people in the programme with a match, weight 1",
    "n_comparison": "3: pool people with a weight above 0",
    "match_quality": "4: the verdict on balance, of these people",
}
RATES = ("value_treatment", "value_comparison")
SHOWN = ("difference", "ci_low", "ci_high")


@dataclass(frozen=True)
class Place:
    """Where the numbers of a rung stand, those of the headline among its rungs too."""

    analysis: str
    variant: str
    outcome: Outcome

    @property
    def base(self) -> str:
        """What its refs begin with."""
        if self.variant == MAIN:
            return refs.slug(self.analysis)
        return refs.rung(self.analysis, self.variant)

    def size(self, name: str) -> str:
        """Give the ref of how many people it has, or of the verdict on its balance."""
        return refs.within(self.base, name)

    def rate(self, name: str) -> str:
        """Give the ref of a group's value."""
        return refs.within(self.base, f"{self.outcome.name}.{name}")

    def told(self, name: str) -> str:
        """Give the ref of its difference and limits; of a frequency for 100 people."""
        often = self.outcome.kind == "frequency"
        return self.rate(f"per_100.{name}" if often else name)


def cells(
    estimates: pd.DataFrame,
    people: Mapping[tuple[str, str], pd.DataFrame],
    rungs: pd.DataFrame,
    request: Request,
    outcomes: Mapping[str, Outcome],
) -> list[Cell]:
    """Give every rung as cells; an estimate that may not be shown has no value.

    `people` are those of a rung by analysis and variant, `rungs` what its matching came
    to, `outcomes` the measure of each analysis that it is told in.
    """
    found: list[Cell] = []
    for rung in rungs.itertuples(index=False):
        place = Place(rung.analysis, rung.variant, outcomes[rung.analysis])
        found += _sizes(rung, place)
        if rung.why:
            method = METHOD["match_quality"]
            none = (Cell(place.told(n), None, "derived", method=method) for n in SHOWN)
            found += none
            continue
        one = (estimates["analysis"] == rung.analysis) & (
            estimates["variant"] == rung.variant
        )
        row = estimates[one & (estimates["outcome"] == place.outcome.name)]
        quality = pd.DataFrame([{"analysis": rung.analysis, "quality": rung.quality}])
        of_rung = {rung.analysis: people[rung.analysis, rung.variant]}
        every = measure_cells.cells(row, of_rung, quality, request)
        found += _needed(every, place)
    return found


def _sizes(rung: Any, place: Place) -> Iterator[Cell]:
    """Give how many people a rung has, and the verdict; no number where no match."""
    both = tuple(place.size(name) for name in ("n_treatment", "n_comparison"))
    for ref, name in zip(both, ("n_treatment", "n_comparison"), strict=True):
        n = None if rung.why else getattr(rung, name)
        yield Cell(ref, n, "count", n, method=METHOD[name])
    quality = None if rung.why else rung.quality
    name, method = place.size("match_quality"), METHOD["match_quality"]
    yield Cell(name, quality, "derived", needs=both, method=method)


def _needed(found: list[Cell], place: Place) -> Iterator[Cell]:
    """Give rates, difference and limits; these need the rates of the headline too.

    Or a rate that is hidden there would follow from the same one here.
    """
    headline = replace(place, variant=MAIN)
    both = tuple(headline.rate(name) for name in RATES)
    rates = {place.rate(name) for name in RATES}
    shown = {place.told(name) for name in SHOWN}
    for cell in found:
        if cell.ref in shown:
            yield replace(cell, needs=(*cell.needs, *both))
        elif cell.ref in rates:
            yield cell
