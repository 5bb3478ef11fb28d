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


@dataclass(frozen=True, eq=False)
class Found:
    """What was found on the rungs: estimates, and people by analysis and variant.

    `outcomes` is the measure of each analysis that is told, `main` its own people;
    `not_shown` names the analyses whose own estimate is not shown: then no rung's is.
    """

    estimates: pd.DataFrame
    people: Mapping[tuple[str, str], pd.DataFrame]
    outcomes: Mapping[str, Outcome]
    main: Mapping[str, pd.DataFrame]
    not_shown: frozenset[str] = frozenset()

    def of(self, place: Place) -> pd.DataFrame:
        """Give the estimate that is told of a rung, in one row."""
        wanted = place.analysis, place.variant, place.outcome.name
        names = ("analysis", "variant", "outcome")
        here = [self.estimates[n] == w for n, w in zip(names, wanted, strict=True)]
        return self.estimates[here[0] & here[1] & here[2]]

    def whole(self, analysis: str, variant: str) -> int | None:
        """Count the treated of an analysis, where those of the rung are among them."""
        main, own = (_treated(p) for p in
                     (self.main[analysis], self.people[analysis, variant]))  # fmt: skip
        return len(main) if own <= main else None


def _treated(people: pd.DataFrame) -> set[int]:
    return set(people.loc[people["treatment"] == 1, "person_id"])


def cells(found: Found, rungs: pd.DataFrame, request: Request) -> list[Cell]:
    """Give every rung as cells; an estimate that may not be shown has no value.

    `rungs` tells what the matching of each came to.
    """
    made: list[Cell] = []
    for rung in rungs.itertuples(index=False):
        place = Place(rung.analysis, rung.variant, found.outcomes[rung.analysis])
        if rung.why:
            made += _none(place)
            continue
        made += _sizes(rung, place, found.whole(rung.analysis, rung.variant))
        verdict = "poorly" if rung.analysis in found.not_shown else rung.quality
        quality = pd.DataFrame([{"analysis": rung.analysis, "quality": verdict}])
        people = {rung.analysis: found.people[rung.analysis, rung.variant]}
        every = measure_cells.cells(found.of(place), people, quality, request)
        made += _needed(every, place)
    return made


def _none(place: Place) -> Iterator[Cell]:
    """Give the numbers of a rung that was not matched: there are none."""
    for name in METHOD:
        kind = "derived" if name == "match_quality" else "count"
        yield Cell(place.size(name), None, kind, method=METHOD[name])
    for name in SHOWN:
        yield Cell(place.told(name), None, "derived", method=METHOD["match_quality"])


def _sizes(rung: Any, place: Place, whole: int | None) -> Iterator[Cell]:
    """Give how many people a rung has, and the verdict on their balance.

    Who of the analysis is not among them is counted too, without an assessment or
    without a match: `whole` is how many could be.
    """
    both = tuple(place.size(name) for name in ("n_treatment", "n_comparison"))
    of = {"n_treatment": whole}
    for ref, name in zip(both, ("n_treatment", "n_comparison"), strict=True):
        n = getattr(rung, name)
        yield Cell(ref, n, "count", n, of.get(name), method=METHOD[name])
    name, method = place.size("match_quality"), METHOD["match_quality"]
    yield Cell(name, rung.quality, "derived", needs=both, method=method)


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
