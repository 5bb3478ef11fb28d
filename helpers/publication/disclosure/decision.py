"""The one decision on what a report may show, over everything that it holds.

In this order: what is withheld for its own counts; sizes and the flow; measures; pairs
of analyses and releases; levels of characteristics; and what follows from all that.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from helpers.publication import refs
from helpers.publication.cells import Cell, Sum, by_ref
from helpers.publication.disclosure import counts, pairs, reoffenders, rows, suppress
from helpers.publication.disclosure.case import Case
from helpers.publication.disclosure.rules import profile as profile_of
from helpers.publication.disclosure.rules import to_decimals
from helpers.publication.disclosure.structure import Analysis

Value = float | str | None


@dataclass(frozen=True)
class Decision:
    """Released numbers by ref, and the rule by which each other one is withheld.

    `coarsened` are released as a range in place of a number; `merged` the boxes of the
    flow that are told together.
    """

    released: dict[str, Value]
    withheld: dict[str, str]
    coarsened: frozenset[str] = frozenset()
    merged: tuple[str, ...] = ()


def release(
    cells: Iterable[Cell],
    sums: Iterable[Sum],
    *,
    profile: str,
    threshold: int,
    analyses: Sequence[Analysis] = (),
    headlines: Collection[str] = (),
    earlier: Iterable[Analysis] = (),
    published: Sequence[dict[str, Any]] = (),
    used: Collection[str] | None = None,
) -> Decision:
    """Decide once over the whole report what is released.

    `analyses` are the people behind it (`structure.structure`), `headlines` the slugs
    of those that the report is headed by, `earlier` other releases on some of the same
    people, and `published` the results of this report's own earlier editions. `used`
    are the refs that the report shows, all where None. With the profile `none` (open
    data and made-up people only) everything is released. A count of zero that is a part
    of a sum is an empty box of the flow: nobody is in it, it may be shown.
    """
    known, sums = by_ref(cells), list(sums)
    rule = profile_of(profile, threshold)
    if rule is None:
        return Decision({name: cell.value for name, cell in known.items()}, {})
    shown = frozenset(known if used is None else used)
    order = sorted(analyses, key=lambda one: one.name not in headlines)
    case = Case(known, sums, order, list(earlier), list(published), rule, shown)
    empty = suppress.empty_parts(known, sums)
    for cell in known.values():
        why = suppress.primary(cell, rule)
        if why and cell.ref not in empty:
            case.withheld[cell.ref] = why
    pairs.give_way(case)
    pairs.of_measures(case)
    reoffenders.decide(case)
    suppress.follow(known, case.withheld)
    pairs.of_shared_measures(case)
    rows.decide(case)
    suppress.complete(known, _of_shares(case), case.withheld)
    suppress.follow(known, case.withheld)
    counts.settle(case)  # what follows may have taken a part of a sum
    suppress.follow(known, case.withheld)
    return _decided(case)


def _decided(case: Case) -> Decision:
    released: dict[str, Value] = {
        name: case.ranges.get(name, cell.value)
        for name, cell in case.cells.items()
        if name not in case.withheld
    }
    boxes = [
        name
        for name in case.withheld
        if name.startswith(f"{refs.BOX}.") and case.cells[name].kind == "count"
    ]
    together = counts.together(case, boxes)
    if together is not None:
        released[refs.OTHER_BOXES] = together
        if everyone := released.get(refs.SUBMITTED):
            share = to_decimals(100 * together / everyone, 0)
            released[refs.share(refs.OTHER_BOXES)] = share
    coarsened = frozenset(case.ranges) - set(case.withheld)
    merged = tuple(boxes) if together is not None else ()
    return Decision(released, case.withheld, coarsened, merged)


def _of_shares(case: Case) -> list[Sum]:
    """Give sums of shares that are of no characteristic: bands of the score."""
    return [
        one
        for one in case.sums
        if one.total in case.cells and case.cells[one.total].kind == "setting"
    ]
