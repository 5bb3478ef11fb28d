"""Who reoffended within one horizon and not another, or in other ways than violently.

Each such group is told by what two measures of an analysis tell of all of it.
"""

import itertools
from collections.abc import Iterator

import pandas as pd
from support.attack.counts import BIG
from support.attack.knowledge import Knowledge
from support.attack.outcomes import GROUPS, OFTEN, RATE, TIME, size_of, value_of
from support.attack.release import AFTER, MATCHED, Release

from helpers.request.measures.standard import named

VIOLENT = {RATE: "violent_reoffending_rate", OFTEN: "violent_reoffending_frequency"}


def families(names: set[str]) -> dict[tuple[int, bool], dict[str, str]]:
    """Give the measures of each horizon, of all offences and of violent ones."""
    rows = [row for name in names if (row := named(name))]
    found: dict[tuple[int, bool], dict[str, str]] = {}
    for horizon in sorted({row.horizon for row in rows}):
        for violent, own in ((False, {n: n for n in (RATE, OFTEN, TIME)}),
                             (True, VIOLENT)):  # fmt: skip
            here = {n: named(of).at(horizon).name for n, of in own.items()}
            here = {n: name for n, name in here.items() if name in names}
            if RATE in here:
                found[horizon, violent] = here
    return found


def _pairs(names: set[str]) -> Iterator[tuple]:
    """Give two families of which the first are among the second."""
    for (one, own), (other, more) in itertools.permutations(families(names).items(), 2):
        inside = one[0] <= other[0] and one[1] >= other[1]
        if inside:
            yield one, own, other, more


def more_of(base: str, own: str, more: str, group: str) -> str:
    """How those who reoffended by one measure and not by another are named."""
    return f"{base}.{more}.beyond.{own}.{group}"


def horizons(known: Knowledge, release: Release, analysis: dict) -> None:
    """Ask about those who reoffended by one of two measures alone."""
    m, base = known.m, release.base(analysis)
    told = {o["outcome"]: o for o in analysis["outcomes"]}
    for one, own, other, more in _pairs(set(told)):
        for group in GROUPS:
            if len({told[x[RATE]][f"n_{group}"] for x in (own, more)}) > 1:
                continue  # not the same people
            between = more_of(base, own[RATE], more[RATE], group)
            rates = [m.var(value_of(base, x[RATE], group)) for x in (own, more)]
            m.total(rates[1], [rates[0], m.var(between)])
            known.ask(between, "between")
            if all(OFTEN in x for x in (own, more)):
                often = [m.var(value_of(base, x[OFTEN], group)) for x in (own, more)]
                m.line({often[1]: 1, often[0]: -1, between: -1}, 0, BIG)
            if TIME in own and TIME in more and one[1] == other[1]:
                days = one[0] + 1, other[0]
                both = [told[x[TIME]] for x in (own, more)]
                _days(known, base, both, group, days)


def _days(
    known: Knowledge, base: str, both: list[dict], group: str, days: tuple[int, int]
) -> None:
    """The days of those between lie between both horizons, and make up the means."""
    means = [o[f"value_{group}"] for o in both]
    n, m = both[0][f"n_{group}"], known.m
    if None in means or n is None or group == "comparison":
        return
    sizes = [m.var(size_of(base, o["outcome"], group)) for o in both]
    (first, second), half = means, 0.5
    m.line(
        {sizes[1]: second + half - days[0], sizes[0]: days[0]}, n * (first - half), BIG
    )
    m.line(
        {sizes[1]: second - half - days[1], sizes[0]: days[1]}, -BIG, n * (first + half)
    )


def truth(release: Release, analysis: dict, groups: dict, after: pd.DataFrame) -> dict:
    """The truth behind what is asked."""
    found, base = {}, release.base(analysis)
    names = {o["outcome"] for o in analysis["outcomes"] if o["outcome"] in after}
    for _, own, _, more in _pairs(names):
        for group, column in zip(GROUPS, (AFTER, MATCHED), strict=True):
            counts = [
                int((after[x[RATE]].reindex(groups[column]) > 0).sum())
                for x in (own, more)
            ]
            name = more_of(base, own[RATE], more[RATE], group)
            found[name] = counts[1] - counts[0], None
    return found
