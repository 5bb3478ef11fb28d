"""What ties levels, analyses and releases to each other, as anybody may know it.

Facts are plain: {"nested": [[level, [level, ...]]], "equal": [[level, level]],
"split": [[analysis, [analysis, ...]]], "same": [[analysis, analysis]] (the treated),
"same_pool": [[analysis, analysis]], "subset": [[larger, smaller]]}. A level is written
<analysis>.balance.<variable>.<level>; names of the second release begin with 2|.
"""

import itertools

from support.attack.counts import BIG
from support.attack.curves import by, step
from support.attack.knowledge import Knowledge
from support.attack.outcomes import GROUPS, RATE, TIME, kind_of, size_of, value_of
from support.attack.release import BEFORE, MATCHED, MEANS, POOL

COLUMNS = (*MEANS, MATCHED)


def related(facts: dict) -> set[str]:
    """The analyses of which another tells something."""
    found = set()
    for whole, parts in facts.get("split", []):
        found |= {whole, *parts}
    for key in ("same", "same_pool", "subset"):
        found |= {name for pair in facts.get(key, []) for name in pair}
    return found


def tie(known: Knowledge, facts: dict) -> None:
    """Add what is known of levels, analyses and releases together."""
    for whole, parts in facts.get("nested", []):
        for column in COLUMNS:
            known.add_up(f"{whole}.{column}", [f"{part}.{column}" for part in parts])
    for one, other in facts.get("equal", []):
        for column in COLUMNS:
            known.same(f"{one}.{column}", f"{other}.{column}")
    for whole, parts in facts.get("split", []):
        if _all_scored(known, [whole, *parts]):
            _split(known, whole, parts)
    for one, other in facts.get("same", []):
        if _all_scored(known, [one, other]):
            _same(known, one, other, BEFORE)
    for one, other in facts.get("same_pool", []):
        if {one, other} <= known.all_scored:
            _same(known, one, other, POOL)
    for big, small in facts.get("subset", []):
        if _all_scored(known, [big, small]):
            _apart(known, big, small)
    if known.knows_the_rule:
        _primaries(known, facts)


def _all_scored(known: Knowledge, bases: list[str]) -> bool:
    """Tell whether nobody was set aside: else levels are not of all people."""
    names = [f"{base}.aside" for base in bases]
    return all(name in known.m.names and known.m.span(name)[1] == 0 for name in names)


def _ends(known: Knowledge, base: str, column: str) -> list[str]:
    """The shares of an analysis in a column: what follows the analysis in a name."""
    return [
        name.removeprefix(base)
        for name in list(known.m.names)
        if name.startswith(f"{base}.balance.") and name.endswith(f".{column}")
    ]


def _split(known: Knowledge, whole: str, parts: list[str]) -> None:
    pools = {whole, *parts} <= known.all_scored
    for column in (BEFORE, POOL) if pools else (BEFORE,):
        known.add_up(f"{whole}.{column}.size", [f"{p}.{column}.size" for p in parts])
        for end in _ends(known, whole, column):
            known.add_up(whole + end, [part + end for part in parts])
    if all(_everyone_matched(known, base) for base in (whole, *parts)):
        for end in _events(known, whole):
            known.add_up(whole + end, [part + end for part in parts])


def _same(known: Knowledge, one: str, other: str, column: str) -> None:
    known.same(f"{one}.{column}.size", f"{other}.{column}.size")
    for end in _ends(known, one, column):
        known.same(one + end, other + end)


def _everyone_matched(known: Knowledge, base: str) -> bool:
    name = f"{base}.not_matched"
    return name in known.m.names and known.m.span(name)[1] == 0


def _events(known: Knowledge, base: str) -> list[str]:
    """Treated with an event, by measure."""
    rates = {
        name.removeprefix(f"{base}.").split(".")[0]
        for name in known.m.names
        if name.startswith(f"{base}.") and name.endswith(".value_treatment")
    }
    rates = sorted(name for name in rates if kind_of(name) == "rate" and name == RATE)
    by_day = [
        name.removeprefix(base)
        for name in list(known.m.names)
        if name.startswith(f"{base}.{RATE}.by.") and name.endswith("value_treatment")
    ]
    timed = [_timed()] if base + _timed() in known.m.names else []
    return [value_of("", name, "treatment") for name in rates] + [
        *(size_of("", name, GROUPS[0]) for name in rates), *by_day, *timed,
    ]  # fmt: skip


def _timed() -> str:
    """Those of whom it is known when they reoffended."""
    return size_of("", TIME, "treatment")


def apart(big: str, small: str, end: str = "") -> str:
    """How the people in one analysis and not in the other are named."""
    return f"apart({big}, {small}){end}"


def _apart(known: Knowledge, big: str, small: str) -> None:
    """The people in one analysis and not in the other: how many, at each level."""
    m, size = known.m, apart(big, small)
    m.total(f"{big}.{BEFORE}.size", [size, f"{small}.{BEFORE}.size"])
    known.ask(size, "apart")
    variables: dict[str, list[str]] = {}
    for end in _ends(known, big, BEFORE):
        if small + end not in m.names:
            continue
        name = apart(big, small, end.removesuffix(f".{BEFORE}"))
        m.total(big + end, [name, small + end])
        m.line({size: 1, name: -1}, 0, BIG)
        known.ask(name, "apart")
        variables.setdefault(end.split(".balance.")[1].split(".")[0], []).append(end)
    if not all(_everyone_matched(known, base) for base in (big, small)):
        return
    for end in _events(known, big):
        if small + end in m.names:
            name = apart(big, small, end)
            m.total(big + end, [name, small + end])
            m.line({size: 1, name: -1}, 0, BIG)
            # few of many who are in one alone are a few all the same
            few = end in (value_of("", RATE, "treatment"), _timed())
            known.ask(name, "apart step" if few else "apart")
    _apart_steps(known, big, small)


def _apart_steps(known: Knowledge, big: str, small: str) -> None:
    """Who of them reoffended between two days of both curves."""
    days = [_day(end) for end in _events(known, big) if ".by." in end]
    days = sorted(day for day in days if by(small, day, "treatment") in known.m.names)
    for before, after in itertools.pairwise([0, *days]):
        m, ends = known.m, [by("", day, "treatment") for day in (before, after)]
        between = apart(big, small, step("", (before, after), "treatment"))
        parts = [apart(big, small, ends[0])] if before else []
        m.total(apart(big, small, ends[1]), [*parts, m.var(between)])
        known.ask(between, "apart step")


def _day(end: str) -> int:
    return int(end.split(".by.")[1].split(".")[0])


def _primaries(known: Knowledge, facts: dict) -> None:
    """Of the levels that are hidden together one at least is unsafe.

    Together are those of a variable, and of all variables and analyses that facts tie:
    there a level may be hidden for the sake of another's.
    """
    group = {key: key for key in known.hidden}

    def root(key):
        while group[key] != key:
            key = group[key]
        return key

    def join(keys):
        keys = [key for key in keys if key in group]
        for one, other in itertools.pairwise(keys):
            group[root(one)] = root(other)

    for whole, parts in facts.get("nested", []):
        join(_key(level) for level in (whole, *parts))
    for pair in facts.get("equal", []):
        join(map(_key, pair))
    for variable in {variable for _, variable in known.hidden}:
        join((base, variable) for base in sorted(known.related))
    none = [key for key in known.hidden if key[1].startswith("needs_")]
    for base in {base for base, _ in none}:
        join(key for key in none if key[0] == base)
    together: dict[tuple, list[str]] = {}
    for key, switches in known.hidden.items():
        together.setdefault(root(key), []).extend(switches)
    for key, switches in together.items():
        members = [k for k in known.hidden if root(k) == root(key)]
        if any(f"{base}.n_treatment" in known.asked for base, _ in members):
            continue  # then a level may be hidden with the size
        known.m.line(dict.fromkeys(switches, 1), 1, BIG)


def _key(level: str) -> tuple[str, str]:
    base, _, rest = level.partition(".balance.")
    return base, rest.split(".")[0]
