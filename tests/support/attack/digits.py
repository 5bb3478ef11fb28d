"""How many people a column of shares rests on, by the digits of what is released."""

import numpy as np
from support.attack.counts import BIG, whole
from support.attack.knowledge import Knowledge
from support.attack.release import AFTER, BEFORE, POOL, Release, Rows


def by_digits(
    known: Knowledge, release: Release, base: str, rows: Rows
) -> dict[str, int]:
    """How many people each column rests on, by the digits of what is released."""
    m, sizes = known.m, {}
    m.tighten()
    own = m.span(f"{base}.{AFTER}.size")
    if own[0] == own[1]:
        sizes[AFTER] = own[0]
    lows = {AFTER: 1, BEFORE: own[0], POOL: m.span(f"{base}.{POOL}.size")[0]}
    for column, low in lows.items():
        if column in sizes:
            continue
        if size := _size(known, release, rows, base, (column, low), sizes.get(AFTER)):
            sizes[column] = size
    if BEFORE not in sizes and m.known(f"{base}.{BEFORE}.size"):
        sizes[BEFORE] = m.span(f"{base}.{BEFORE}.size")[0]
    elif BEFORE in sizes and m.span(f"{base}.not_matched")[1]:
        text = f"{sizes[BEFORE]} treated before matching, by the digits of means"
        known.note(f"{base}: {text}")
    return sizes


def _size(
    known: Knowledge,
    release: Release,
    rows: Rows,
    base: str,
    of: tuple[str, int],
    after: int | None,
) -> int | None:
    """How many people a column rests on: its means are fractions of that many."""
    (column, low), means = of, []
    missing = {v for v, level, _ in rows.values() if level == "missing"}
    for ref, (variable, level, _) in rows.items():
        value, own = (release.number(f"{ref}.{c}") for c in (column, AFTER))
        if value is None or value == 0:
            continue
        if not level:  # a number: whole for everybody, if it is for the matched
            if after is None or variable in missing or own is None:
                continue
            if whole(own, np.array([after]))[0] and value != round(value, 1):
                means.append(value)
        elif not value.is_integer():
            means.append(value / 100)
    if not means:
        return None
    sizes = np.arange(low, BIG)
    for mean in means:
        sizes = sizes[whole(mean, sizes)]
    if column == BEFORE:  # some may have been set aside
        most = known.m.span(f"{base}.{BEFORE}.size")
        sizes = sizes[(sizes >= most[0]) & (sizes <= most[1])]
    if len(sizes) > 1 and sizes[1] < 2 * sizes[0]:
        return None
    return int(sizes[0]) if len(sizes) else None
