"""Levels of characteristics: their shares as counts, in four groups of people."""

import itertools
import math

import numpy as np
from support.attack.counts import BIG, half_digit, whole
from support.attack.digits import by_digits
from support.attack.knowledge import Knowledge
from support.attack.release import AFTER, BEFORE, MATCHED, MEANS, POOL, Release, Rows
from support.attack.rule import rule


def levels(known: Knowledge, release: Release, analysis: dict) -> None:
    """Read the characteristics of an analysis."""
    m, base, rows = known.m, release.base(analysis), release.rows(analysis)
    matched = analysis["n_comparison"]
    m.var(f"{base}.{POOL}.size", matched or 1)
    m.var(f"{base}.{MATCHED}.size", matched or 1, matched or BIG)
    m.line({f"{base}.{POOL}.size": 1, f"{base}.{MATCHED}.size": -1}, 0, BIG)
    sizes = known.sizes[base] = by_digits(known, release, base, rows)
    for column, size in sizes.items():
        m.fix(f"{base}.{column}.size", size)
    _bands(known, release, base)
    m.tighten()
    for column in MEANS:
        for refs in _parts(rows).values():
            _column(known, release, refs, base, column)
        if column in sizes:
            _not_known(known, release, rows, column, sizes[column])
    for refs in _parts(rows).values():
        _matched(known, refs, base)
        _by_smd(known, release, refs, base)
    _twins(known, release, rows, base)
    _unmatched(known, release, rows, base)
    none = [r for r, (v, lv, _) in rows.items() if v[:6] == "needs_" and lv == "none"]
    columns = (*MEANS, MATCHED)
    for (one, other), column in itertools.product(itertools.pairwise(none), columns):
        known.same(f"{one}.{column}", f"{other}.{column}")  # not assessed at all
    if known.knows_the_rule:
        for variable, refs in _parts(rows).items():
            rule(known, variable, refs, base)


def _bands(known: Knowledge, release: Release, base: str) -> None:
    """Bands of the score make up everybody, and hold ten people at least."""
    key = f"overlap-{base.removeprefix(release.prefix)}"
    bands = range(len(release.tables.get(key, [[]])) - 1)
    for side, column in (("treatment", BEFORE), ("comparison", POOL)):
        size = f"{base}.{column}.size"
        names = [known.m.var(f"{base}.overlap.{number}.{side}") for number in bands]
        for name in names:
            share = release.number(name)
            if share is not None:
                known.share(name, size, share - 0.5, share + 0.5)
                if known.knows_the_rule:
                    known.safe_unless(name, size, None)
        if names:
            known.m.line(dict.fromkeys(names, 1) | {size: -1}, 0, 0)


def _parts(rows: Rows) -> dict[str, dict[str, bool]]:
    """Levels by variable; not the row of those for whom a number is not known."""
    numeric, found = {v for v, level, _ in rows.values() if not level}, {}
    for ref, (variable, _, hidden) in rows.items():
        if variable not in numeric:
            found.setdefault(variable, {})[ref] = hidden
    return found


def _column(
    known: Knowledge, release: Release, refs: dict[str, bool], base: str, column: str
) -> None:
    """The levels of a variable make up everybody of a group."""
    m, size = known.m, f"{base}.{column}.size"
    for ref, hidden in refs.items():
        name = m.var(f"{ref}.{column}", 0, m.span(size)[1])
        value = release.number(name)
        if value is not None:
            half = 0.5 if value.is_integer() else half_digit(value)
            _shown(known, name, size, value - half, value + half)
        else:  # a level that one of the groups lacks is set aside: it has no row
            m.fix(name, column != AFTER, BIG)
            if column == BEFORE and ref in release.ranges:
                low, high = release.ranges[ref]
                step = high - low in (2, 5, 10) and low % (high - low) == 0
                known.share(name, size, low, high, open_=step and high < 100)
        if hidden:
            known.ask(name, "level")
        m.line({size: 1, name: -1}, 0, BIG)
    m.line({f"{ref}.{column}": 1 for ref in refs} | {size: -1}, 0, 0)


def _shown(known: Knowledge, name: str, size: str, low: float, high: float) -> None:
    if known.m.known(size):
        n = known.m.span(size)[0]
        least, most = low * n / 100, high * n / 100
        known.m.fix(name, max(math.ceil(least - 1e-6), 0), math.floor(most + 1e-6))
    else:
        known.share(name, size, low, high)


def _matched(known: Knowledge, refs: dict[str, bool], base: str) -> None:
    """Matched comparison people at a level: of the pool, and never told themselves."""
    m, size = known.m, f"{base}.{MATCHED}.size"
    for ref, hidden in refs.items():
        name = m.var(f"{ref}.{MATCHED}", 0, m.span(size)[1])
        m.line({f"{ref}.{POOL}": 1, name: -1}, 0, BIG)
        if hidden:
            known.ask(name, "level")
    m.line({f"{ref}.{MATCHED}": 1 for ref in refs} | {size: -1}, 0, 0)


def _twins(known: Knowledge, release: Release, rows: Rows, base: str) -> None:
    """A number that is 1 or 0 is a share too: result.json has it as a proportion."""
    analysis = next(a for a in release.analyses if release.base(a) == base)
    for row, (ref, (variable, level, _)) in zip(
        analysis["balance"], rows.items(), strict=True
    ):
        printed, mean = release.number(f"{ref}.{AFTER}"), row["mean_treatment"]
        if level or not printed or not mean or abs(printed - 100 * mean) > 1e-6:
            continue
        if any(v == variable and lv == "missing" for v, lv, _ in rows.values()):
            continue
        _column_of_one(known, release, ref, base)


def _column_of_one(known: Knowledge, release: Release, ref: str, base: str) -> None:
    for column in MEANS:
        size = f"{base}.{column}.size"
        name = known.m.var(f"{ref}.{column}", 0, known.m.span(size)[1])
        value = release.number(name)
        if value is not None:
            half = 0.5 if value.is_integer() else half_digit(value)
            _shown(known, name, size, value - half, value + half)
        known.m.line({size: 1, name: -1}, 0, BIG)


def _not_known(
    known: Knowledge, release: Release, rows: Rows, column: str, size: int
) -> None:
    """A mean of whole numbers tells for how many people the number is known."""
    for ref, (_, level, hidden) in rows.items():
        name, mean = f"{ref}.{column}", f"{ref.removesuffix('.missing')}.{column}"
        value = release.number(mean)
        if level == "missing" and hidden and value is not None:
            known.m.fix(name, 0, size)
            known.ask(name, "missing")
            people = np.arange(max(3 * size // 4, 1), size + 1)
            found = (size - people[whole(value, people)]).tolist()
            if value != round(value, 1) and 0 < len(found) < 9:
                known.m.fix(name, min(found), max(found))
                known.note(f"{name}: {found} not known, by the digits of the mean")


def _by_smd(
    known: Knowledge, release: Release, refs: dict[str, bool], base: str
) -> None:
    """A standardised difference leaves of the rounded shares only some."""
    if not known.m.known(f"{base}.{BEFORE}.size"):
        return
    n = known.m.span(f"{base}.{BEFORE}.size")[0]
    for ref in refs:
        smd, pool = (release.number(f"{ref}.{x}") for x in ("smd_before", POOL))
        name = f"{ref}.{BEFORE}"
        low, high = known.m.span(name)
        if smd is None or pool is None or high - low > 200 or n < 2:
            continue
        p = np.arange(low, high + 1) / n
        half = 0.5 if pool.is_integer() else half_digit(pool)
        ends = np.clip([(pool - half) / 100, (pool + half) / 100], 0, 1)
        s = np.sqrt((p * (1 - p) * n / (n - 1) + (ends * (1 - ends))[:, None]) / 2)
        with np.errstate(divide="ignore", invalid="ignore"):
            far = 100 * (p - ends[:, None]) / s
        slack = 0.051 + 0.005 * abs(smd)  # its rounding; the pool's n/(n - 1)
        kept = np.flatnonzero((far[0] >= smd - slack) & (far[1] <= smd + slack))
        if len(kept):
            known.m.fix(name, low + kept[0], low + kept[-1])


def _unmatched(known: Knowledge, release: Release, rows: Rows, base: str) -> None:
    """Who was matched was there before; what is known of those who were not."""
    m, lost = known.m, f"{base}.unmatched.size"
    m.total(f"{base}.{BEFORE}.size", [lost, f"{base}.{AFTER}.size"])
    variables: dict[str, list[str]] = {}
    for ref, (variable, _, _) in rows.items():
        names = [f"{ref}.{column}" for column in (BEFORE, AFTER)]
        if not all(name in m.names for name in names):
            continue
        name = m.var(f"{ref}.unmatched")
        m.total(names[0], [name, names[1]])
        m.line({lost: 1, name: -1}, 0, BIG)
        known.ask(name, "unmatched")
        variables.setdefault(variable, []).append(name)
    for variable, names in variables.items():
        if variable in _parts(rows):
            m.line(dict.fromkeys(names, 1) | {lost: -1}, 0, 0)
