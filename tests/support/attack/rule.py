"""What the rule, and the algorithm that follows it, tell about hidden levels."""

from support.attack.counts import BIG
from support.attack.knowledge import Knowledge, T
from support.attack.release import AFTER, MATCHED, MEANS


def rule(known: Knowledge, variable: str, refs: dict[str, bool], base: str) -> None:
    """Primaries and secondaries among the hidden levels of a variable."""
    columns, m = (*MEANS, MATCHED), known.m
    for ref, hidden in refs.items():
        is_primary = known.switch() if hidden else None
        ways = []
        for column in columns:
            name, size = f"{ref}.{column}", f"{base}.{column}.size"
            known.safe_unless(name, size, is_primary)
            if hidden:
                ways += [known.few(name), known.most(name, size)]
        if is_primary:
            m.line({is_primary: -1} | dict.fromkeys(ways, 1), 0, BIG)
            known.hidden.setdefault((base, variable), []).append(is_primary)
    if known.strength == "replay":
        _replay(known, refs, base, known.hidden.get((base, variable), []))


def _replay(
    known: Knowledge, refs: dict[str, bool], base: str, switches: list[str]
) -> None:
    """Which of the hidden levels the open algorithm can have begun with."""
    m, hidden = known.m, [ref for ref, withheld in refs.items() if withheld]
    if f"{base}.n_treatment" in known.asked or base in known.related:
        return  # then one level may be hidden with the size, or for another analysis
    shown = {r: m.span(f"{r}.{AFTER}") for r, withheld in refs.items() if not withheld}
    if known.algorithm == "smallest":
        if len(hidden) > 2:
            m.line(dict.fromkeys(switches, 1), len(hidden), BIG)
        elif len(hidden) == 2 and shown:
            smallest = min(high for _, high in shown.values())
            for ref, switch in zip(hidden, switches, strict=True):
                m.line({f"{ref}.{AFTER}": 1, switch: -BIG}, -BIG, smallest)
    elif len(hidden) == 2:
        for other, switch in zip(hidden, switches, strict=True):
            # an earlier level that could have gone as well was not taken: this one
            # was not chosen either, but hides people of its own
            if any(r < other and low >= 2 * T + 2 for r, (low, _) in shown.items()):
                m.fix(switch, 1)
