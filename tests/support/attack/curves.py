"""What curves tell: how many reoffended by each day, and between two of their days.

Of the treated a share in whole per cent, its own interval and the number at risk; of
the comparison group the number at risk, since its share is weighted. The mean time adds
a bound on how the steps lie.
"""

import itertools
import math
import re

import pandas as pd
from support.attack.counts import BIG
from support.attack.knowledge import Knowledge
from support.attack.outcomes import GROUPS, RATE, size_of, value_of
from support.attack.release import AFTER, MATCHED, Release

from helpers.publication.disclosure.rules import PRECISIONS, to_decimals

TIME = "time_to_first_reoffence"
Z = 1.959964


def by(base: str, day: int, group: str) -> str:
    """How many of a group reoffended by a day, each counted once."""
    return f"{base}.{RATE}.by.{day}.value_{group}"


def step(base: str, days: tuple[int, int], group: str) -> str:
    """How many of a group reoffended between two days."""
    return f"{base}.{RATE}.between.{days[0]}.{days[1]}.{group}"


def days_of(release: Release, base: str) -> list[int]:
    """The days of an analysis' curves, those among them that are hidden too."""
    own = re.escape(base.removeprefix(release.prefix))
    ref = re.compile(rf"{own}\.{RATE}\.by\.(\d+)\.")
    found = {int(m[1]) for name in release.numbers if (m := ref.match(name))}
    return sorted(found)


def curves(known: Knowledge, release: Release, analysis: dict) -> None:
    """Read the curves of an analysis, if it has any."""
    base, m = release.base(analysis), known.m
    days = days_of(release, base)
    for group in GROUPS if days else ():
        size, before = size_of(base, RATE, group), None
        for day in days:
            name = m.var(by(base, day, group), 0, BIG)
            m.line({size: 1, name: -1}, 0, BIG)
            _point(known, release, (base, day, group), size)
            between = m.var(step(base, (before or 0, day), group), 0, BIG)
            parts = [by(base, before, group)] if before else []
            m.total(name, [*parts, between])
            known.ask(between, "step")
            before = day
        rate = m.var(value_of(base, RATE, group), 0, BIG)
        m.line({rate: 1, by(base, days[-1], group): -1}, 0, 0)
        _mean_time(known, release, base, group)


def _point(known: Knowledge, release: Release, of: tuple[str, int, str], size: str):
    """Read what is shown of a group by a day."""
    base, day, group = of
    m, name, n = known.m, by(*of), known.m.span(size)
    numbers = {key: release.number(f"{base}.{RATE}.by.{day}.{key}")
               for key in (f"value_{group}", f"at_risk_{group}",
                           f"ci_{group}_low", f"ci_{group}_high")}  # fmt: skip
    share, left, low, high = numbers.values()
    if group == "treatment" and share is not None:
        known.share(name, size, share - 0.5, share + 0.5)
        if n[0] == n[1]:
            fits = [x for x in range(n[0] + 1) if _fits(x, n[0], share, low, high)]
            if fits:  # none: it has more digits than are printed
                m.fix(name, fits[0], fits[-1])
    if left is not None and n[0] == n[1]:
        fits = [s for s in range(101) if to_decimals(n[0] * (100 - s) / 100, 0) == left]
        if fits:
            known.share(name, size, fits[0] - 0.5, fits[-1] + 0.5)
        else:  # an exact one, of open data
            m.fix(name, n[0] - round(left))


def _fits(x: int, n: int, share: float, low: float | None, high: float | None) -> bool:
    """Tell whether so many of a group give the share and the limits as printed."""
    if PRECISIONS["whole"](100 * x / n) != share:
        return False
    if low is None or high is None or not 0 < x < n:
        return True
    s = 1 - x / n
    reach = Z * math.sqrt(x / n / s / (n - 1)) / abs(math.log(s))
    ends = (100 - 100 * s ** math.exp(-reach), 100 - 100 * s ** math.exp(reach))
    return all(
        abs(PRECISIONS["limit"](end) - told) < 1e-9
        for end, told in zip(ends, (low, high), strict=True)
    )


def _mean_time(known: Knowledge, release: Release, base: str, group: str) -> None:
    """Each who reoffended in a step did so on a day of it; the others have them all."""
    m, days = known.m, days_of(release, base)
    n = m.span(size_of(base, RATE, group))
    value = release.number(f"{base}.{RATE}.mean_time.value_{group}")
    if group != "treatment" or value is None or n[0] != n[1]:
        return
    least, most, before = {}, {}, 0
    for day in days:
        name = step(base, (before, day), group)
        # what is missing of the whole time
        least[name], most[name] = days[-1] - day, days[-1] - before - 1
        before = day
    missing = n[0] * (days[-1] - value)
    m.line(least, float("-inf"), missing + 0.5 * n[0])
    m.line(most, missing - 0.5 * n[0], float("inf"))


def truth(release: Release, base: str, groups: dict, after: pd.DataFrame) -> dict:
    """The counts behind the names above."""
    days, found = days_of(release, base), {}
    for group, column in zip(GROUPS, (AFTER, MATCHED), strict=True):
        if not days or TIME not in after:
            continue
        time = (
            after[TIME]
            .reindex(groups[column])
            .where(after[RATE].reindex(groups[column]) == 1)
        )
        size = int(after[RATE].reindex(groups[column]).notna().sum())
        had = {0: 0} | {day: int((time <= day).sum()) for day in days}
        for day in days:
            found[by(base, day, group)] = had[day], size
        for pair in itertools.combinations(had, 2):
            found[step(base, pair, group)] = had[pair[1]] - had[pair[0]], None
    return found
