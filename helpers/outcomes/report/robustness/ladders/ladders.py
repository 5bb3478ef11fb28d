"""Ladders in the report: the finding on each rung, and what moves between them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from helpers.outcomes.measures import MAIN
from helpers.outcomes.report import people
from helpers.outcomes.report.recipes import formats_of
from helpers.outcomes.report.robustness.ladders import links, rungs
from helpers.outcomes.report.robustness.ladders.rungs import SHOWN, Place
from helpers.publication import blocks, refs, units
from helpers.publication.blocks import Block, ref, see
from helpers.publication.cells import Cell
from helpers.publication.disclosure.rules import to_decimals
from helpers.publication.labels import every_100, title
from helpers.request import Outcome
from helpers.runs.run import Run


@dataclass(frozen=True)
class Ladder:
    """A ladder as the report tells of it."""

    key: str
    subtitle: str
    lead: str  # what the figure shows
    main: str  # what the estimate of the headline is called among its rungs
    rungs: tuple[str, ...]  # variants in the order shown, that of the headline too
    steps: tuple[str, ...]  # what changes from each to the next


#: one row a ladder
LADDERS = (
    Ladder(
        "oasys",
        "The difference without and with assessed needs (OASys), with 95% intervals",
        " shows whether the finding hangs on the needs that were assessed in prison or "
        "on probation (OASys), which are known of some people only.",
        "Everyone in the analysis, needs left out",
        (MAIN, "oasys_assessed", "oasys_needs"),
        (
            "Between the first and the second estimate only the people change: those "
            "without an assessment are left out.",
            "Between the second and the third needs are added, for the same people "
            "before they are matched.",
        ),
    ),
    Ladder(
        "links",
        "The difference by how surely people were found, with 95% intervals",
        " shows whether the finding hangs on how people were found in the national "
        "records. The same pool is compared with all three.",
        "Everyone who was linked",
        ("links_id", MAIN, "links_likely"),
        (
            "Between the first and the second estimate people are added who were found "
            "by names and date of birth, or by a person’s decision.",
            "Between the second and the third the likeliest candidates are added of "
            "lines that wait for a decision.",
        ),
    ),
)

MOVED = "5: d less d of the estimate above it, both as printed"
NOTE = (
    "An estimate whose groups could not be made alike enough is not shown, and none is "
    "where that of the analysis itself is not. Differences are taken before rounding; "
    "how far they move, after it."
)


def register(
    run: Run,
    results: pd.DataFrame,
    matched: pd.DataFrame,
    each: Iterable[tuple[str, str, Outcome, pd.DataFrame]],
    main: Mapping[str, pd.DataFrame],
) -> None:
    """Register what the report tells of every rung, and who is in it.

    `results` are the estimates of the rungs, `matched` what their matching came to,
    `each` their people, a measure each, and `main` those of the analyses.
    """
    outcomes = _first(run)
    of_rung = {
        (analysis, variant): group
        for analysis, variant, outcome, group in each
        if outcome.name == outcomes[analysis].name
    }
    for (analysis, variant), group in of_rung.items():
        place = Place(analysis, variant, outcomes[analysis])
        who = people.of_outcome(place.base, place.outcome, group)
        run.register([], who=[*people.of_rung(place.base, group), *who])
    not_shown = frozenset(
        analysis
        for analysis, outcome in outcomes.items()
        if run.cells[Place(analysis, MAIN, outcome).told("difference")].value is None
    )
    found = rungs.Found(results, of_rung, outcomes, main, not_shown)
    run.register(rungs.cells(found, matched, run.request))
    run.register(*links.told(run, matched))
    for _, places in _ladders(run, matched):
        run.register(_moves(run, places))


def _first(run: Run) -> dict[str, Outcome]:
    """Give the first measure of each analysis that the data have."""
    measured = {
        analysis.name: [
            outcome
            for outcome in run.request.outcomes
            if refs.measure(analysis.name, outcome.name, "difference") in run.cells
        ]
        for analysis in run.request.analyses
    }
    return {name: outcomes[0] for name, outcomes in measured.items() if outcomes}


def _ladders(run: Run, matched: pd.DataFrame) -> Iterator[tuple[Ladder, list[Place]]]:
    """Give each ladder of each analysis, with the places of its rungs in order."""
    outcomes = _first(run)
    for name, rows in matched.groupby("analysis", sort=False):
        for ladder in LADDERS:
            if set(rows["variant"]) & set(ladder.rungs):
                yield ladder, [Place(name, v, outcomes[name]) for v in ladder.rungs]


def _moves(run: Run, places: list[Place]) -> Iterator[Cell]:
    """Give how far the difference moves from each rung to the next, as printed."""
    whole = places[0].outcome.kind != "amount" or units.money(places[0].outcome.unit)
    decimals, precision = (0, "whole") if whole else (1, "tenth")
    for before, after in pairwise(places):
        ends = before.told("difference"), after.told("difference")
        first, second = (run.cells[name].value for name in ends)
        moved = None
        if first is not None and second is not None:
            moved = to_decimals(second, decimals) - to_decimals(first, decimals)
        name = after.told("moved")
        yield Cell(name, moved, "derived", needs=ends, method=MOVED, rounding=precision)


def in_detail(run: Run, matched: pd.DataFrame) -> list[Block]:
    """Give each ladder as a figure with its data, and what moves, in words."""
    labels = matched.set_index(["analysis", "variant"])["label"]
    return [
        block
        for ladder, places in _ladders(run, matched)
        for block in _blocks(run, ladder, places, labels)
    ]


def _blocks(
    run: Run, ladder: Ladder, places: list[Place], labels: pd.Series
) -> list[Block]:
    analysis, outcome = places[0].analysis, places[0].outcome
    key = f"{ladder.key}-{refs.slug(analysis)}"
    whose = f": {analysis}" if run.several else ""
    measure = {
        "kind": outcome.kind,
        "unit": outcome.unit or "",
        "title": title(outcome),
        "per": per_of(outcome, run.request.noun(analysis)),
    }
    rows = [
        _row(place, ladder, labels, first=number == 0)
        for number, place in enumerate(places)
    ]
    return [
        blocks.figure(
            run,
            f"ladder-{key}",
            figure="ladder",
            subtitle=f"{ladder.subtitle}{whose}",
            data=measure | {"rungs": rows},
            lead=[see(f"ladder-{key}"), ladder.lead],
            notes=[NOTE],
        ),
        blocks.words(
            run,
            f"moves-{key}",
            words="ladder",
            data=measure | {"rungs": rows, "steps": list(ladder.steps)},
        ),
    ]


def _row(
    place: Place, ladder: Ladder, labels: pd.Series, *, first: bool
) -> dict[str, Any]:
    _, side = formats_of(place.outcome)
    main = place.variant == MAIN
    return {
        "fact": "rung",
        "label": ladder.main if main else labels[place.analysis, place.variant],
        "main": main,
        "people": ref(place.size("n_treatment")),
        **{name: ref(place.told(name), side) for name in SHOWN},
        "moved": "" if first else ref(place.told("moved"), side),
    }


def per_of(outcome: Outcome, noun: str) -> str:
    """Say of what a difference is so many, to follow the number."""
    if outcome.kind in ("days", "amount"):
        return outcome.unit or "days"
    whom = every_100(noun, outcome.event, of_some=outcome.of_some)
    return f"in {whom}" if outcome.kind == "rate" else f"{outcome.label} for {whom}"
