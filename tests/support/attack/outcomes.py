"""What people did afterwards: those with an event, and how many are known of."""

import math

from support.attack.counts import BIG, Counts
from support.attack.knowledge import Knowledge
from support.attack.moments import squares_known
from support.attack.release import HIDDEN, Release

from helpers.request.measures.standard import YEAR, adding_up, named

GROUPS = ("treatment", "comparison")
RATE, OFTEN, TIME = (
    "reoffending_rate",
    "reoffending_frequency",
    "time_to_first_reoffence",
)


def kind_of(outcome: str) -> str:
    """A measure's kind; one that has no name of its own is taken for a rate."""
    return row.kind if (row := named(outcome)) else "rate"


def of_some(outcome: str) -> bool:
    """Tell whether a measure is of those alone who reoffended."""
    return bool((row := named(outcome)) and row.of_whom == "reoffenders")


def horizon_of(outcome: str) -> int:
    """Give the days within which a measure counts; of one of its own, a year."""
    return row.horizon if (row := named(outcome)) else YEAR


def wholes(names) -> list[tuple[str, ...]]:
    """Give the measures that add up, within every horizon of those named."""
    return adding_up(horizon_of(name) for name in names)


def outcomes(known: Knowledge, release: Release, analysis: dict) -> None:
    """Read the measures of an analysis, group by group."""
    base = release.base(analysis)
    known.m.var(f"{base}.n_comparison", 1)
    if analysis["n_comparison"]:
        known.m.fix(f"{base}.n_comparison", analysis["n_comparison"])
    hidden: dict[str, list[str]] = {}
    for group in GROUPS:
        for o in analysis["outcomes"]:
            hidden.setdefault(o["outcome"], [])
            hidden[o["outcome"]] += _measure(known, release, analysis, o, group)
        _of_reoffenders(known, base, analysis, group)
        _adding_up(known, base, analysis, group)
    if known.knows_the_rule:
        _rule(known, base, hidden)
    _squares(known, release, analysis)


def size_of(base: str, outcome: str, group: str) -> str:
    return f"{base}.{outcome}.n_{group}"


def value_of(base: str, outcome: str, group: str) -> str:
    return f"{base}.{outcome}.value_{group}"


def _measure(
    known: Knowledge, release: Release, analysis: dict, o: dict, group: str
) -> list[str]:
    """Read a measure of a group; gives the count that is hidden, if one is."""
    m, base, outcome = known.m, release.base(analysis), o["outcome"]
    size, value = size_of(base, outcome, group), o[f"value_{group}"]
    everyone = f"{base}.n_{group}"
    m.var(size, 0, m.span(m.var(everyone))[1])
    if o[f"n_{group}"] is not None:
        m.fix(size, o[f"n_{group}"])
    m.line({everyone: 1, size: -1}, 0, BIG)
    if kind_of(outcome) == "days":
        return []
    name = m.var(value_of(base, outcome, group), 0, BIG)
    if kind_of(outcome) == "rate":
        m.line({size: 1, name: -1}, 0, BIG)
    if value is not None and group == "comparison" and _weighted(analysis):
        return []  # a weighted share is no count of people
    if value is not None:
        scale = 100 if kind_of(outcome) == "rate" else 1
        half = _half(value * scale, 0 if kind_of(outcome) == "rate" else 2)
        low, high = (100 * (value * scale + end) / scale for end in (-half, half))
        known.share(name, size, low, high)
        return []
    if kind_of(outcome) != "rate" or not _is_hidden(release, analysis, o, group):
        return []
    known.ask(name, "outcome")
    return [name]


def _weighted(analysis: dict) -> bool:
    """Tell whether matched comparison people count with different weights."""
    people, effective = analysis["n_comparison"], analysis["effective_comparison"]
    return not people or not effective or abs(people - effective) > 1e-6


def _half(value: float, decimals: int) -> float:
    """Half of the last digit that is told: as printed, or one of ten."""
    printed = abs(value - round(value, decimals)) < 1e-9
    return 0.5 * 10.0**-decimals if printed else 1e-8 * max(abs(value), 1)


def _is_hidden(release: Release, analysis: dict, o: dict, group: str) -> bool:
    """Tell whether [c] stands where a value would; elsewhere there is none to show."""
    outcome = o["outcome"]
    row = named(outcome)
    keys = (row.adds_up if row else "", outcome)
    table = next(
        (
            release.tables[f"results-{k}"]
            for k in keys
            if f"results-{k}" in release.tables
        ),
        [[]],
    )
    # measures that share a table stand each under its heading, in a column of its own
    headed = [row.part] if table[0][:1] == ["Group"] else []
    start = [*headed, analysis["name"]]
    shown = [line for line in table[1:] if line[: len(start)] == start]
    return bool(shown) and shown[0][len(start) + 2 + GROUPS.index(group)] == HIDDEN


def _of_reoffenders(known: Knowledge, base: str, analysis: dict, group: str) -> None:
    """Who is known of: of all matched, and of those who reoffended."""
    m, present = known.m, {o["outcome"] for o in analysis["outcomes"]}
    n = {o["outcome"]: o[f"n_{group}"] for o in analysis["outcomes"]}
    for outcome in present:
        size, left = (
            size_of(base, outcome, group),
            f"{base}.{outcome}.not_known_{group}",
        )
        rate, often = (named(x).at(horizon_of(outcome)).name for x in (RATE, OFTEN))
        whole = value_of(base, rate, group) if of_some(outcome) else f"{base}.n_{group}"
        if of_some(outcome) and (rate not in present or n[rate] != n.get(often)):
            continue  # not the same people, as far as one can tell
        m.var(left)
        m.total(whole, [size, left])
        known.ask(left, "not known")
    for horizon in {horizon_of(outcome) for outcome in present}:
        rate, often = (named(x).at(horizon).name for x in (RATE, OFTEN))
        if {rate, often} <= present and n[rate] and n[rate] == n[often]:
            rate, often = (value_of(base, x, group) for x in (rate, often))
            m.line({often: 1, rate: -1}, 0, BIG)


def _adding_up(known: Knowledge, base: str, analysis: dict, group: str) -> None:
    """Kinds of first reoffence make up all who reoffended and are known of."""
    sizes = {o["outcome"]: o[f"n_{group}"] for o in analysis["outcomes"]}
    for parts in wholes(sizes):
        own = [name for name in parts if name in sizes and kind_of(name) == "rate"]
        if len(own) == len(parts) and len({sizes[name] for name in own}) == 1:
            size = size_of(base, own[0], group)
            for name in own[1:]:
                known.same(size, size_of(base, name, group))
            known.m.total(size, [value_of(base, name, group) for name in own])


def _rule(known: Knowledge, base: str, hidden: dict[str, list[str]]) -> None:
    """Of the values of a measure hidden together one at least is unsafe."""
    together = [set(parts) for parts in wholes(hidden)]
    rows = [row for outcome in hidden if (row := named(outcome))]
    alone = len({(row.horizon, row.offences) for row in rows}) < 2
    groups: dict[str, list[str]] = {}
    for outcome, names in hidden.items():
        key = next((sorted(p)[0] for p in together if outcome in p), outcome)
        groups.setdefault(key, []).extend(names)
    for names in groups.values():
        switches = []
        for name in names:
            size = name.replace(".value_", ".n_")
            switch = known.switch()
            ways = [known.few(name), known.most(name, size), known.few(size)]
            known.m.line({switch: -1} | dict.fromkeys(ways, 1), 0, BIG)
            known.safe_unless(name, size, switch)
            switches.append(switch)
        # else it may have given way to another measure of nearly the same reoffenders
        if switches and base not in known.related and alone:
            known.m.line(dict.fromkeys(switches, 1), 1, BIG)


def _squares(known: Knowledge, release: Release, analysis: dict) -> None:
    """A total and a sum of squares bound how many people have none."""
    found = {o["outcome"]: o for o in analysis["outcomes"]}
    o, base = found.get(OFTEN), release.base(analysis)
    name = value_of(base, RATE, "treatment")
    if name not in known.asked or not known.knows_the_rule:
        return
    if not o or o["value_treatment"] is None or not o["n_treatment"]:
        return
    n, total = o["n_treatment"], round(o["value_treatment"] * o["n_treatment"])
    squares = squares_known(analysis)
    exact = _half(o["value_treatment"], 2) < 1e-3
    if squares is None or not exact:
        return
    text = f"total {total}, sum of squares {squares:.3f}, {n} people"
    known.note(f"{name}: {text}")
    count, slack = Counts(), max(0.5, 1e-4 * squares)
    names = [count.var(f"with.{k}", 0, n) for k in range(int(math.sqrt(squares)) + 2)]
    count.line(dict.fromkeys(names, 1), n, n)
    count.line({x: k for k, x in enumerate(names)}, total, total)
    count.line(
        {x: k * k for k, x in enumerate(names)}, squares - slack, squares + slack
    )
    if span := count.solve("with.0"):
        known.m.fix(name, n - span[1], n - span[0])
